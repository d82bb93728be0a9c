"""Cells in the words of many offices: statuses, costs, days, kinds and numbers, people, texts. All wordings are invented."""
from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.importing.rows.cells import marked, unmarked
from tracker.importing.values import costs, dates, kinds, sponsors, statuses, texts
from tracker.importing.values.amounts import exact, number
from tracker.importing.values.dates import Order
from tracker.importing.vocabulary.status_words import Followed
from tracker.rules.codes import Basis, Kind, Purpose

FLOOR = {
    "Adopted": "adopted", "ADOPTED": "adopted", "AADOPTED": "adopted", "Carried": "adopted", "Passed unanimously": "adopted", "Approved by voice vote": "adopted",
    "Bifall": "adopted", "bifölls": "adopted", "Aprobado": "adopted", "Adoptée": "adopted", "Angenommen": "adopted", "Vedtatt": "adopted", "Aangenomen": "adopted",
    "adopted_as_modified": "adopted_as_modified", "Passed as amended": "adopted_as_amended", "Approved with amendments": "adopted_as_amended",
    "Amended and adopted": "adopted_as_amended", "In geänderter Fassung angenommen": "adopted_as_amended", "Antagen med ändringar": "adopted_as_amended",
    "adopted w/ amendment": "adopted_as_amended", "Adopted (amended)": "adopted_as_amended", "Amended, then adopted": "adopted_as_amended",
    "Approved w/amendments": "adopted_as_amended", "Adopt as amended": "adopted_as_amended", "Ref. to Budget Cmte": "referred", "Combined w/ #3": "consolidated",
    "Postponed indefinitely (tabled)": "postponed_indefinitely", "Aprobada con enmiendas": "adopted_as_amended", "Adopted with modifications": "adopted_as_modified", "A/M": "adopted_as_modified", "A/A": "adopted_as_amended",
    "Substitute adopted": "substitute_adopted", "Referred to the Budget Committee": "referred", "REF": "referred", "Remitted to Council": "remitted",
    "überwiesen an den Vorstand": "referred", "Remitido al Comité de Finanzas": "referred", "Motion to refer carried": "referred",
    "Consolidated with NBI 42": "consolidated", "Merged into New Business Item 12A": "consolidated", "Not adopted": "defeated", "not accepted": "defeated",
    "Failed": "defeated", "Lost": "defeated", "Rejected": "defeated", "Rechazada": "defeated", "Abgelehnt": "defeated", "Avslag": "defeated", "rejetée": "defeated",
    "The motion to adopt was defeated": "defeated", "Defeated 18 to 18": "defeated", "did not carry": "defeated", "W/D": "withdrawn", "Withdrawn by maker": "withdrawn",
    "Zurückgezogen": "withdrawn", "Retirada": "withdrawn", "Deemed to Have Failed": "deemed_to_have_failed", "Objection to consideration sustained": "objection_sustained",
    "Postponed indefinitely": "postponed_indefinitely", "Ruled out of order": "ruled_out_of_order", "Not reached": "not_reached", "Tabled": "laid_on_the_table",
    "Laid on the table": "laid_on_the_table", "Postponed until Thursday": "postponed_to_a_time", "Awaiting Debate": "awaiting_debate", "Pending": "awaiting_debate",
    "Motion to refer failed; adopted": "adopted", "Adopted, later rescinded": "adopted rescinded", "Adopted As Modified and Referred to the Board": "adopted_as_modified referred",
    "Referred to the Executive Director and adopted as amended": "referred adopted_as_amended", "": "", "N/A": "", "?": "", "unknown": "",
}


@pytest.mark.parametrize("said", FLOOR)
def test_what_the_floor_did(said: str) -> None:
    read = statuses.read(said)
    assert " ".join(each.action for each in read.floor) == FLOOR[said] and read.clear


@pytest.mark.parametrize("said", ["TBL/REF?", "foo bar", "Recommended for adoption", "Endorsed by the council", "Defeated; substitute adopted", "See the minutes",
                                  "To be adopted", "Adopted / Defeated", "Accepted as information", "Withdrawn/Referred", "Received and filed"])
def test_a_wording_that_nobody_can_place_is_not_placed(said: str) -> None:
    read = statuses.read(said)
    assert not read.floor and read.followed is None and not read.clear


@pytest.mark.parametrize(("said", "followed"), [
    ("Complete", Followed.DONE), ("completed", Followed.DONE), ("Done", Followed.DONE), ("Erledigt", Followed.DONE), ("Completado", Followed.DONE), ("100%", Followed.DONE),
    ("In progress", Followed.PROGRESS), ("ongoing", Followed.PROGRESS), ("90% complete", Followed.PROGRESS), ("Partially complete", Followed.PROGRESS),
    ("payment pending", Followed.PROGRESS), ("En curso", Followed.PROGRESS), ("Not completed", Followed.NOTHING), ("Not started", Followed.NOTHING),
    ("no further action required", Followed.WORD), ("On hold", Followed.BLOCKED), ("Started", Followed.STARTED), ("Cancelled", Followed.WILL_NOT_BE_DONE),
    ("Adopted - Complete", Followed.DONE), ("Adopted; in progress", Followed.PROGRESS)])
def test_what_was_done_about_it(said: str, followed: Followed) -> None:
    assert statuses.read(said).followed is followed


def test_whom_it_was_referred_to() -> None:
    for said, whom, purpose in (("Referred to the Executive Committee for report", "Executive Committee", Purpose.REPORT),
                                ("Refer to Board", "Board", None), ("Referred to Exec. Comm.", "Exec. Comm", None),
                                ("Referred to the Board of Directors by consent", "Board of Directors", None), ("Referred to Committee on Constitution, Bylaws and Rules", "Committee on Constitution, Bylaws and Rules", None),
                                ("Referred to the Board for decision", "Board", Purpose.DECISION), ("Referred to the appropriate committee", None, None),
                                ("Återremiss", None, None), ("Referred", None, None)):
        read = statuses.read(said).floor[0]
        assert (read.referred_to, read.purpose) == (whom, purpose)


COSTS = {
    "$31,000": "31000.00 unknown", "31000": "31000.00 unknown", "$31K": "31000.00 unknown", "$1.2 million": "1200000.00 unknown", "1.2M": "1200000.00 unknown",
    "USD 31,000": "31000.00 unknown", "31.000,50 €": "31000.50 unknown", "1 250 000 kr": "1250000.00 unknown", "CHF 31'000.-": "31000.00 unknown",
    "thirty-one thousand dollars": "31000.00 unknown", "about $5,000": "5000.00 unknown", "$12,000 in 2019": "12000.00 unknown", "FY2020: $3,000": "3000.00 unknown",
    "$30,000 ($10,000 for staff and $20,000 for printing)": "30000.00 unknown", "$1,500 + $2,500 = $4,000": "4000.00 unknown", "Costs 12000 dollars": "12000.00 unknown",
    "addl 8,400": "8400.00 additional", "An additional 5000 is required": "5000.00 additional", "$5,000 beyond the 2019-2020 budget": "5000.00 additional",
    "Coste adicional de 12.500 €": "12500.00 additional", "Zusätzliche Kosten: 12.500 EUR": "12500.00 additional",
    "It cannot be done with current staff under the 2018-2020 plan; another $12,500 is needed.": "12500.00 additional",
    "No cost": "0.00 none", "$0": "0.00 none", "0": "0.00 none", "None": "0.00 none", "No additional cost.": "0.00 none", "Additional cost: none": "0.00 none",
    "Within existing budget": "0.00 none", "Can be done with existing staff and resources": "0.00 none", "cost-neutral": "0.00 none", "No fiscal impact": "0.00 none",
    "does not require additional funds": "0.00 none", "At no added cost under the 2017-2018 Strategic Plan and Budget": "0.00 none", "Sin costo adicional": "0.00 none",
    "Aucun coût supplémentaire": "0.00 none", "Inga kostnader": "0.00 none", "Keine zusätzlichen Kosten": "0.00 none",
    "TBD": " unknown", "N/A": " unknown", "unknown": " unknown", "2018": " unknown", "in 2018-2020": " unknown", "12 meetings": " unknown", "50%": " unknown",
    "$10,000–$15,000": " unknown", "between $10,000 and $15,000": " unknown", "31,000–35,000": " unknown", "10-15K": " unknown", "$4.7M, $1.6M, $300k": " unknown",
    "-$500": " unknown", "($500)": " unknown", "$1.2 trillion": " unknown", "$50 per delegate": " unknown", "$10,000 per year": " unknown", "at least $500": " unknown",
    "Refer to the Budget Committee at no additional cost": " unknown", "cannot be done within the existing budget": " unknown",
    "Not to exceed $5,000": "5000.00 unknown", "No more than $10K": "10000.00 unknown", "less than $10,000": "10000.00 unknown", "more than $10,000": " unknown",
    "$25,000 plus travel": " unknown", "$25,000 (printing) or more": " unknown", "50% of $10,000": " unknown", "1.5 FTE ($150,000)": "150000.00 unknown", "USD (500)": " unknown",
    "The cost is not known": " unknown", "No estimate is available": " unknown",
}


@pytest.mark.parametrize("sentence", COSTS)
def test_costs(sentence: str) -> None:
    cost = costs.read(sentence)
    assert cost and f"{'' if cost.amount is None else cost.amount} {cost.basis}" == COSTS[sentence]


@pytest.mark.parametrize(("sentence", "assumption"), [
    ("On the assumption of three meetings in person, an additional $80,215 will pay for it.", "three meetings in person"),
    ("If it is spread by digital channels alone, it can be done for $13,000.", "it is spread by digital channels alone"),
    ("$4,000 if two meetings are held in person", "two meetings are held in person"), ("up to $5,000", "up to"),
    ("$31,000; conditional on board approval", "board approval"), ("Not to exceed $5,000", "Not to exceed"), ("less than $500", "less than")])
def test_conditions(sentence: str, assumption: str) -> None:
    cost = costs.read(sentence)
    assert cost and cost.conditional and cost.assumption == assumption and cost.amount


def test_the_budget_that_a_sentence_names() -> None:
    cost = costs.read("At no added cost: it fits into the Modified 2017-2018 Strategic Plan and Budget now proposed.")
    assert cost and cost.budget == "Modified 2017-2018 Strategic Plan and Budget"
    assert costs.read("") is None


@settings(derandomize=True, deadline=None)
@given(st.decimals(0, 10**9, places=2), st.sampled_from(["${:,.2f}", "{:,.2f} dollars", "USD {:,.2f}", "{:.2f}", "An additional ${:,.2f} for 2019-2020.", "€ {:,.2f}"]))
def test_an_amount_is_read_as_it_was_written(amount: Decimal, shape: str) -> None:
    cost = costs.read(shape.format(amount))
    assert cost and cost.amount == amount and (cost.basis is Basis.NONE) == (amount == 0)


@settings(derandomize=True, deadline=None)
@given(st.integers(1900, 2099), st.integers(0, 3))
def test_years_are_not_money(year: int, more: int) -> None:
    cost = costs.read(f"In the plan of {year}-{year + more + 1}.")
    assert cost and cost.amount is None


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=200))
def test_no_sentence_breaks_the_reading(sentence: str) -> None:
    cost = costs.read(sentence)
    assert cost is None or cost.amount is None or cost.amount >= 0
    statuses.read(sentence)
    dates.read(sentence)
    kinds.code_of(sentence)
    for column in sponsors.PeopleColumn:
        sponsors.read(sentence, column)
    texts.cut_off(texts.repaired(sentence))


@settings(derandomize=True, deadline=None)
@given(st.text(max_size=50))
def test_what_is_marked_as_text_is_unmarked_again(cell: str) -> None:
    assert unmarked(marked(cell)) == cell and not marked(cell).startswith(("=", "+", "-", "@"))


def test_money_columns() -> None:
    assert exact("$1,234.50") == Decimal("1234.50") and exact("1234") == 1234 and exact("2018") == 2018 and exact("about ten") is None
    assert exact("5 and 6") is None and number("1.234.567,89") == Decimal("1234567.89")


@settings(derandomize=True, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2068, 12, 31)), st.sampled_from(list(Order)), st.sampled_from("/-."), st.booleans())
def test_a_day_is_read_in_the_order_of_its_column(day: date, order: Order, mark: str, short: bool) -> None:
    year = f"{day.year % 100:02}" if short and 1970 <= day.year < 2069 else str(day.year)
    first, second = (day.day, day.month) if order is Order.DAY_FIRST else (day.month, day.day)
    cell = f"{first}{mark}{second}{mark}{year}"
    assert dates.read(cell, order).on == day
    assert dates.read(cell).on in (None, day)  # never another one
    assert dates.read(day.isoformat()).on == day
    assert dates.read(str((day - date(1899, 12, 30)).days)).on == (day if day > date(1954, 10, 3) else None)


@settings(derandomize=True, deadline=None)
@given(st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1, max_size=20), st.sampled_from(list(Order)))
def test_a_column_proves_its_order_or_nothing(days: list[date], order: Order) -> None:
    cells = [f"{day.day}/{day.month}/{day.year}" if order is Order.DAY_FIRST else f"{day.month}/{day.day}/{day.year}" for day in days]
    assert dates.order_of(cells) is (order if any(day.day > 12 for day in days) else None)


def test_three_national_orders_at_once_prove_nothing() -> None:
    assert dates.order_of(["31/12/2017", "12/31/2017", "2017-12-31"]) is None
    assert dates.read("04/07/2017").doubt == "order" and dates.read("07/07/2017").on == date(2017, 7, 7)


@pytest.mark.parametrize("cell", ["July 4, 2017", "4 July 2017", "4-Jul-17", "4. Juli 2017", "4 de julio de 2017", "den 4 juli 2017", "4 juillet 2017", "July 4th 2017",
                                  "Tuesday, July 4, 2017", "2017/7/4", "20170704", "42920", "2017-07-04 10:00", "4 luglio 2017", "2017-07-04T10:00:00-05:00", "Tue 4 July 2017", "4-Jul-2017"])
def test_days_in_words(cell: str) -> None:
    assert dates.read(cell).on == date(2017, 7, 4)


@pytest.mark.parametrize(("cell", "doubt"), [("2017", "no_day"), ("July 2017", "no_day"), ("July 3-4, 2017", "several"), ("13/13/2017", "no_date"), ("soon", "no_date"), ("", None),
                                             ("2018-07-04 to 2018-07-06", "several"), ("2018-07-04 10:00 - 2018-07-06", "several"), ("Jul-18", "no_day"),
                                             ("7/4/1018", "no_date"), ("12/31/9999", "no_date")])
def test_what_is_no_day(cell: str, doubt: str | None) -> None:
    assert dates.read(cell) == dates.Day(None, doubt)


@pytest.mark.parametrize("words", ["Adopted 4 July 2017", "Special meeting 4 July 2017 (2nd)", "On the 4th of July, 2017: adopted", "No. 12: July 4, 2017"])
def test_a_day_after_another_word(words: str) -> None:
    assert dates.find(words).on == date(2017, 7, 4)


def test_a_year_that_the_list_leaves_out() -> None:
    assert dates.read("7/31", year=2017).on == date(2017, 7, 31) and dates.read("Jul 4", year=2017).on == date(2017, 7, 4)
    assert dates.find("adopted on 4 July 2017 by voice").on == date(2017, 7, 4)
    assert date(2017, 7, 4) + timedelta(0) == dates.find("adopted July 4", 2017).on


@pytest.mark.parametrize(("cell", "number_", "kind", "title"), [
    ("NBI #3", "3", Kind.NEW_BUSINESS_ITEM, None), ("3: Air quality", "3", None, "Air quality"), ("2018-12", "12", None, None), ("2.0", "2", None, None),
    ("Motion 14", "14", Kind.MOTION, None), ("Antrag 12", "12", Kind.MOTION, None), ("5)", "5", None, None), ("14 (a)", "14a", None, None),
    ("Resolution B-4", "b-4", Kind.RESOLUTION, None), ("Support for public schools", "", None, "Support for public schools"),
    ("Amendment 3 (I-10. Some Subject)", "3", None, "I-10. Some Subject")])
def test_number_cells(cell: str, number_: str, kind: Kind | None, title: str | None) -> None:
    code = kinds.code_of(cell, 2018)
    assert (code.normalised, code.kind, code.title) == (number_, kind, title)


@pytest.mark.parametrize(("words", "kind"), [
    ("New Business Item", Kind.NEW_BUSINESS_ITEM), ("Amendments to the Bylaws", Kind.BYLAW_AMENDMENT), ("Constitutional Amendment", Kind.CONSTITUTIONAL_AMENDMENT),
    ("Resolution amendment", Kind.RESOLUTION_AMENDMENT), ("Resolutions", Kind.RESOLUTION), ("Moción", Kind.MOTION), ("Policy Statement", Kind.POLICY_STATEMENT),
    ("committee_recommendation", Kind.COMMITTEE_RECOMMENDATION), ("standing rule amendment", Kind.STANDING_RULE_AMENDMENT), ("Status", None)])
def test_kinds(words: str, kind: Kind | None) -> None:
    assert kinds.kind_of(words) is kind


def test_texts_are_repaired_only_where_it_is_sure() -> None:
    assert texts.repaired("o\ufb03ce Rep\u00adresentative &amp; unionâ€™s") == "office Representative & union’s"
    assert texts.repaired("Â£5 and 100 % naïve façade") == "£5 and 100 % naïve façade" and texts.repaired("Garci?a") == "Garci?a" and texts.repaired("AT&T") == "AT&T"


def test_a_text_that_ends_in_the_middle() -> None:
    assert texts.cut_off("The review will be posted on") and texts.cut_off("It shall do this. It shall then go on and print in the journal what the survey of all members has shown us")
    assert not texts.cut_off("A short title") and not texts.cut_off("It shall do this.") and not texts.cut_off("") and not texts.cut_off("1. One\n2. Two")
    assert not texts.cut_off("مرحبا بالعالم.")


def test_a_status_before_the_text() -> None:
    assert texts.status_before("Consolidated with NBI 42\nThe union shall") == ("Consolidated with NBI 42", "The union shall")
    assert texts.status_before("Adopted children need help") == (None, "Adopted children need help")
    assert texts.status_before("Withdrawn") == ("Withdrawn", "")
