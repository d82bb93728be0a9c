"""Whether a cost lies beyond the budget, in sentences of many shapes. All are invented."""

from __future__ import annotations

import pytest

from tracker.importing.values import costs

BEYOND = {
    "The Plan and Budget of 2020-2022 does not provide for this item. To carry it out would "
    "add $7,750.": "7750.00",
    "The Plan and Budget for 2018-2020 doesn't provide for this item. To carry it out would "
    "add 7,750 dollars in 2019.": "7750.00",
    "$500 in new spending would be needed, since staff and resources of the 2018-2020 plan "
    "do not cover the item.": "500.00",
    "The item cannot be met at no additional cost: it would take another $1,000.": "1000.00",
    "This could not be carried out under the plan and budget at no added cost; another "
    "$1,000 is needed.": "1000.00",
    "It would run $117,940 past what the 2020-2022 budget can bear.": "117940.00",
    "Staff are too few for it; the 2019-2020 budget would have to grow by $12,000.": "12000.00",
    "An extra $10,000 would be needed.": "10000.00",
    "It would not be free of additional cost: $3,000 is needed beyond the 2018-2020 "
    "budget.": "3000.00",
    "The current plan does not allow for this work; $12,500 more would be needed.": "12500.00",
    # their neighbours
    "Present resources cannot absorb it: $4,000.": "4000.00",
    "This cannot be absorbed within current means. Cost: $4,000.": "4000.00",
    "Not feasible with the staff in place. $4,000 would do it.": "4000.00",
    "The budget leaves no room for this item; $4,000.": "4000.00",
    "No funds have been set aside for this. It would cost $4,000.": "4000.00",
    "There is no money for this in the budget; the cost is $4,000.": "4000.00",
    "The operating budget has no provision for it. Price: $4,000.": "4000.00",
    "The plan does not have the funds for this; $4,000 would be needed.": "4000.00",
    "The cost of $4,000 is not budgeted.": "4000.00",
    "Unbudgeted: $4,000.": "4000.00",
    "Staff and resources at hand are insufficient. $4,000.": "4000.00",
    "We lack the staff for this; $4,000.": "4000.00",
    "It would exceed the approved budget by $4,000.": "4000.00",
    "$4,000 over budget.": "4000.00",
    "$4,000 in excess of the current budget.": "4000.00",
    "A shortfall of $4,000 would have to be made up.": "4000.00",
    "It would raise the budget by $4,000.": "4000.00",
    "An increase of $4,000 in the budget is required.": "4000.00",
    "Expenses would go up by $4,000.": "4000.00",
    "$4,000 on top of what is planned for 2021.": "4000.00",
    "It can't be done without $4,000 in new money.": "4000.00",
    "This is not cost-neutral: $4,000.": "4000.00",
    "It cannot be done free of charge; $4,000.": "4000.00",
    "The budget doesn’t stretch to this: $4,000.": "4000.00",
    "A supplemental appropriation of $4,000.": "4000.00",
    "Another 4,000 dollars.": "4000.00",
    "It is not possible to do this at current funding levels: $4,000.": "4000.00",
    "It would not be possible without an additional $4,000.": "4000.00",
    "Printing would call for $4,000 that the budget does not hold.": "4000.00",
    "The plan makes no allowance for it; $4,000 must be found outside the budget.": "4000.00",
    "The budget would have to be $4,000 larger.": "4000.00",
    "$4,000; no budget for it": "4000.00",
    "Cost: $4,000 (not included in budget)": "4000.00",
    "Cannot be absorbed. $4,000": "4000.00",
    "The budget covers this only in part; $4,000 is missing.": "4000.00",
    "The budget falls $4,000 short.": "4000.00",
    "El presupuesto no cubre este punto: 4.000 dólares.": "4000.00",
    "Im Haushalt nicht vorgesehen: 4.000 €.": "4000.00",
}
NOTHING_BEYOND = (
    "This can be done at no additional cost.",
    "No new spending is needed.",
    "No funds are needed.",
    "There is no budget impact.",
    "The current budget covers the item.",
    "It would be absorbed in the current budget.",
    "It does not require additional funds.",
    "Free of additional cost.",
    "No additional money or staff is required.",
    "No cost beyond the 2018-2020 budget.",
    "Cost-neutral.",
    "It can be absorbed.",
    "None beyond the current budget.",
    "Nothing beyond present staff time.",
    "No funds for this item are needed.",
    "It does not involve any cost beyond what is already planned.",
    "It is not a large item and can be done at no cost.",
    "Not urgent; no cost.",
)
AMOUNT_ALONE = (  # what the amount is beside the budget is not said
    "$4,000",
    "The cost would be $4,000.",
    "$4,000 from the contingency fund.",
    "$4,000, which is in the budget.",
    "Within the budget: $4,000.",
    "The above item would cost $4,000.",
    "As said above: $4,000.",
    "A campaign to increase membership would cost $4,000.",
    "$4,000 for one more survey of the plan of 2019.",
    "Not to exceed $4,000.",
    "It would cost no more than $4,000.",
    "$4,000, which does not include travel.",
    "$4,000. This does not include staff time.",
    "The Budget Committee does not support the item; it costs $4,000.",
    "The board does not support this item: $4,000.",
    "It does not go beyond the current budget: $4,000.",
    "It adds up to $4,000.",
    "Present staff can do the work; printing needs $4,000.",
    "It does not cover printing. $4,000 in all.",
    "$4,000 for further study",
    "The state affiliate will cover the cost of $4,000.",
    "Can be absorbed: $4,000",
    "The $4,000 is not an additional cost.",
    "The budget covers it: $4,000.",
    "It would not exceed the budget: $4,000.",
)
NO_AMOUNT = (  # nothing is zero that only says that there is no money for it
    "It cannot be done at no additional cost.",
    "Not free of additional cost.",
    "No funds are available.",
    "There is no budget for this.",
    "No money has been set aside.",
    "It would not be possible without additional cost.",
    "The budget covers this only in part.",
    "Part of it can be done within the current budget.",
    "The plan does not have the funds.",
    "Current staff and resources do not cover the item.",
    "The budget leaves no room for it.",
    "It is not cost-neutral.",
    "No further information.",
)


@pytest.mark.parametrize("sentence", BEYOND)
def test_what_the_budget_does_not_cover_is_additional(sentence: str) -> None:
    cost = costs.read(sentence)
    assert cost and (str(cost.amount), cost.basis.value) == (BEYOND[sentence], "additional")


@pytest.mark.parametrize("sentence", NOTHING_BEYOND)
def test_nothing_beyond_the_budget_is_zero(sentence: str) -> None:
    cost = costs.read(sentence)
    assert cost and (str(cost.amount), cost.basis.value) == ("0.00", "none")


@pytest.mark.parametrize("sentence", AMOUNT_ALONE)
def test_an_amount_alone_says_nothing_of_the_budget(sentence: str) -> None:
    cost = costs.read(sentence)
    assert cost and (str(cost.amount), cost.basis.value) == ("4000.00", "unknown")


@pytest.mark.parametrize("sentence", NO_AMOUNT)
def test_no_money_for_it_is_no_zero(sentence: str) -> None:
    cost = costs.read(sentence)
    assert cost and cost.amount is None and cost.basis.value == "unknown" and cost.doubt


@pytest.mark.parametrize(
    "sentence",
    [
        "No additional cost in 2019; $4,000 in 2020.",
        "No additional cost is expected beyond the $4,000 already budgeted.",
        "It cannot be done for less than $4,000.",
        "$4,000 to $6,000 beyond the budget",
        "It would add $4,000 to the $9,000 in the budget.",
    ],
)
def test_a_sentence_that_says_two_things_gives_no_amount(sentence: str) -> None:
    cost = costs.read(sentence)
    assert cost and cost.amount is None and cost.doubt


def test_an_english_word_is_no_condition() -> None:
    cost = costs.read("The budget falls $4,000 short.")
    assert cost and not cost.conditional


def test_the_heading_of_the_column_speaks_too() -> None:
    for heading, basis in (
        ("Additional cost", "additional"),
        ("Cost", "unknown"),
        ("Cost (see above)", "unknown"),
    ):
        cost = costs.read("$4,000", heading)
        assert cost and cost.basis == basis
