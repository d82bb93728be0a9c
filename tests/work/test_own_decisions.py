"""What a confirmer has decided, as a list, with what became of it since."""

from __future__ import annotations

from tests.factories import outside_links as made
from tests.factories.staffed_union import PEOPLE, Union, item_row
from tracker.acts import reviews, withholding
from tracker.record.outcomes import Outcome
from tracker.rules.codes import Result, WithheldFor

PAGE = "/my-work/union/confirm/mine"


def test_own_decisions_and_what_became_of_them(union: Union) -> None:
    claim, outcome = made.report_done(union, 4), made.state_outcome(union, 1)
    confirmer = union.client("marisol")
    assert f'href="{PAGE}"' in confirmer.get("/my-work/union/confirm").text
    assert "Nothing yet" in confirmer.get(PAGE).text
    with union.context("marisol") as context:
        reviews.review(context, item_row(context.session, union, 4), claim, Result.CONFIRMED)
        reviews.review_outcome(
            context,
            item_row(context.session, union, 1),
            context.session.get_one(Outcome, outcome),
            Result.RETURNED,
            reason="One month is too short.",
        )
    page = confirmer.get(PAGE).text
    for words in ("2 times: 1 confirmed, 1 returned", "One month is too short.", "It stands"):
        assert words in page
    with union.context("walter") as context:
        item = item_row(context.session, union, 4)
        reviews.review(context, item, claim, Result.REOPENED, "It broke.")
        other = item_row(context.session, union, 1)
        stated = context.session.get_one(Outcome, outcome)
        withholding.withhold(context, other, stated, WithheldFor.MISTAKE)
    page = confirmer.get(PAGE).text
    assert "Reopened on 30" in page and "Withheld on 30" in page and "It stands" not in page
    for who in PEOPLE:
        status = 200 if who == "marisol" else 403
        assert union.client(who).get(PAGE).status_code == status, who
