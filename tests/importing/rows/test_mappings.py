"""A mapping file does what it says, or it is said that it does not: headings, words, votes,
decisions of another body.
"""

from __future__ import annotations

import unicodedata

import pytest

from tests.factories.import_office import Office, messages, table
from tracker.acts.floor import VoteCount
from tracker.importing.codes import Followed
from tracker.importing.planning.models import Preview
from tracker.importing.problems import Unreadable
from tracker.importing.rows import mapping_file
from tracker.rules.codes import Decision, Floor

HEADINGS = ("Year", "NBI #", "Title", "Disposition", "Dept")


def look(office: Office, cell: str, mapping: dict[str, object], dept: str = "") -> Preview:
    return office.look(table(HEADINGS, ("2018", "1", "Air", cell, dept)), mapping)


def floor(preview: Preview) -> list[Floor]:
    return [action.action for action in preview.rows[0].row.floor]


# --- headings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading", ["Disposition", "disposition", "DISPOSITION", "  Disposition ", "Disposition:", "D"]
)
def test_a_heading_in_any_spelling(office: Office, heading: str) -> None:
    assert {
        column.heading: column.field
        for column in look(office, "x", {"columns": {heading: "update"}}).columns
    }["Disposition"] == "update"


@pytest.mark.parametrize("heading", ["Dispostion", "Status", "Z"])
def test_a_heading_that_fits_nothing_stops_all_and_is_named(office: Office, heading: str) -> None:
    with pytest.raises(Unreadable) as refused:
        look(office, "Adopted", {"columns": {heading: "status"}})
    assert repr(heading) in str(refused.value) and "NBI #" in str(refused.value)
    assert heading != "Dispostion" or "nearest: 'Disposition'" in str(refused.value)


def test_a_column_that_would_only_have_been_kept_is_a_warning(office: Office) -> None:
    """A mapping of last month names columns that were kept as published, or left out; they may be
    gone.
    """
    preview = look(office, "Adopted", {"columns": {"Memo": "source", "E-mail": "left_out"}})
    assert (
        "'Memo'" in messages(preview)
        and "'E-mail'" in messages(preview)
        and floor(preview) == [Floor.ADOPTED]
    )


def test_two_columns_for_one_field(office: Office) -> None:
    preview = look(
        office, "Adopted", {"columns": {"Disposition": "status", "Dept": "status"}}, "Defeated"
    )
    assert "is said to be status" in messages(preview)


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["passed", "adoptd", "adopted+complete", "Adopted as ammended"])
def test_a_code_that_is_none_stops_all_and_is_named(code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        mapping_file.mapping_of({"statuses": {"Adopted": code}}, "m.toml")
    wrong = code.split("+")[-1]
    assert f"'{wrong}'" in str(refused.value) and "'Adopted'" in str(refused.value)
    assert not code.startswith("adoptd") or "nearest: 'adopted'" in str(refused.value)


@pytest.mark.parametrize(
    "code",
    [
        "adopted",
        "Adopted",
        "adopted as amended",
        "adopted_as_amended + referred:Board",
        "done",
        "nothing",
        "",
        "unknown",
        "consolidated:NBI 3",
        "accepted",
        "adopted+progress",
    ],
)
def test_codes_that_are_known(code: str) -> None:
    assert mapping_file.mapping_of({"statuses": {"Yes!": code}})


@pytest.mark.parametrize(
    "words", ["Passed  the test", "passed the TEST", "Passed the test ", "Passed\u00a0the test"]
)
def test_words_in_any_spelling(office: Office, words: str) -> None:
    assert floor(look(office, "Passed the test", {"statuses": {words: "adopted"}})) == [
        Floor.ADOPTED
    ]
    assert floor(
        look(office, "the members’ choice", {"statuses": {"The members' choice": "adopted"}})
    ) == [Floor.ADOPTED]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Floor action", "adopted"),
        ("Carried?", "Yes"),
        ("Status", "Adopted"),
        ("Status", "A"),
        ("Status", "N/A"),
    ],
)
def test_the_office_goes_before_what_a_cell_says_by_itself(
    office: Office, heading: str, cell: str
) -> None:
    preview = office.look(
        table(("Year", "NBI #", "Title", heading), ("2018", "1", "Air", cell)),
        {"statuses": {cell: "not_reached"}},
    )
    assert floor(preview) == [Floor.NOT_REACHED] and "fits no cell" not in messages(preview)


def test_words_that_fit_no_cell_are_named_with_the_nearest(office: Office) -> None:
    preview = look(
        office, "Passed the test", {"statuses": {"Pased the test": "adopted", "Zzz": "defeated"}}
    )
    first = messages(preview).splitlines()[0]
    assert (
        "'Pased the test'" in first
        and "'Passed the test'" in first
        and floor(preview) == []
        and "'Zzz'" in messages(preview)
    )
    assert "fits" not in messages(
        look(office, "Passed the test", {"statuses": {"Passed the test": "adopted"}})
    )


def test_words_of_a_column_that_is_understood_otherwise(office: Office) -> None:
    preview = office.look(
        table(("Year", "NBI #", "Title", "Notes"), ("2018", "1", "Air", "Green light")),
        {"statuses": {"green light": "adopted"}},
    )
    assert "'Notes'" in messages(preview) and "[columns]" in messages(preview)


def test_units_and_meetings_that_fit_nothing(office: Office) -> None:
    preview = look(
        office,
        "Adopted",
        {"units": {"CFR": "Center for Research", "Publishng": "Printing"}},
        "Publishing",
    )
    # a unit may have no item this month; a near one is a slip
    assert "'Publishng'" in messages(preview) and "'CFR'" not in messages(preview)
    assert "'AGM 2019'" in messages(look(office, "Adopted", {"conventions": {"AGM 2019": "2019"}}))
    assert (
        look(office, "Adopted", {"units": {"center  for RESEARCH": "CFR"}}, "Center for Research")
        .rows[0]
        .row.lead
        == "CFR"
    )


def test_names_fit_however_their_accents_and_spaces_are_stored(office: Office) -> None:
    apart = unicodedata.normalize("NFD", "Comité  de Finanzas")
    preview = look(office, "Adopted", {"units": {apart: "Finance"}}, "Comité de Finanzas")
    assert preview.rows[0].row.lead == "Finance" and "[units]" not in messages(preview)
    preview = office.look(
        table(("Year", "NBI #", "Title", "Meeting"), ("2018", "1", "Air", "Reunión  de otoño")),
        {"conventions": {unicodedata.normalize("NFD", "Reunión de otoño"): "2018-special"}},
    )
    assert preview.rows[0].convention == "2018-special" and "[conventions]" not in messages(preview)


@pytest.mark.parametrize(
    "mapping",
    [
        {"floor_action": "pased"},
        {"year": 17},
        {"year": True},
        {"votes_order": ["for", "for"]},
        {"votes_order": "for"},
        {"votes_order": ["for"]},
        {"conventions": {"AGM": "The AGM"}},
        {"sheet": 3},
        {"encoding": 8},
    ],
)
def test_what_a_mapping_cannot_say(mapping: dict[str, object]) -> None:
    with pytest.raises(Unreadable):
        mapping_file.mapping_of(mapping, "m.toml")


def test_a_floor_action_for_rows_that_say_none(office: Office) -> None:
    for words in ("adopted", "Passed", "adopted_as_amended"):
        assert floor(look(office, "", {"floor_action": words}))


# --- a second body ------------------------------------------------------------------------------


def test_words_of_a_receiving_body(office: Office) -> None:
    headings = (
        "Year",
        "NBI #",
        "Title",
        "Status",
        "Referred to",
        "Committee decision",
        "Decided on",
    )
    rows = [
        ("2018", "1", "Air", "Referred", "Board", "Endorsed", "2018-08-01"),
        ("2018", "2", "Sea", "Referred", "Board", "Endorsed in part", "2018-08-01"),
        ("2018", "3", "Sky", "Referred", "Board", "Let lie", "2018-08-01"),
        ("2018", "4", "Oak", "Referred", "Board", "Accepted", "2018-08-01"),
    ]
    mapping = {
        "columns": {"Committee decision": "referral_decision", "Decided on": "referral_decided_on"},
        "statuses": {
            "endorsed": "accepted",
            "Endorsed in part": "accepted_in_part",
            "Let lie": "declined",
        },
    }
    preview = office.look(table(headings, *rows), mapping)
    assert [row.row.decision for row in preview.rows] == [
        Decision.ACCEPTED,
        Decision.ACCEPTED_IN_PART,
        Decision.DECLINED,
        Decision.ACCEPTED,
    ], messages(preview)
    assert "fits no cell" not in messages(preview)
    undecided = office.look(table(headings, *rows), {"columns": mapping["columns"]})
    assert "[statuses]" in messages(undecided) and undecided.rows[0].row.decision is None


def test_one_column_for_the_floor_and_the_second_body(office: Office) -> None:
    headings = ("Year", "NBI #", "Title", "Status", "Decided on")
    rows = [
        ("2018", "1", "Air", "Sent to the Board, endorsed there", "2018-08-01"),
        ("2018", "2", "Sea", "Adopted", ""),
    ]
    mapping = {
        "columns": {"Decided on": "referral_decided_on"},
        "statuses": {"Sent to the Board, endorsed there": "referred:Board+accepted"},
    }
    row = office.look(table(headings, *rows), mapping).rows[0].row
    assert [(action.action, action.unit) for action in row.floor] == [
        (Floor.REFERRED, "Board")
    ] and row.decision is Decision.ACCEPTED


def test_both_vocabularies_in_one_cell(office: Office) -> None:
    row = look(office, "OK/running", {"statuses": {"ok/running": "adopted+progress"}}).rows[0].row
    assert [action.action for action in row.floor] == [
        Floor.ADOPTED
    ] and row.followed is Followed.PROGRESS


# --- votes --------------------------------------------------------------------------------------

ORDER = ["for", "against", "abstained"]


@pytest.mark.parametrize(
    ("cell", "order", "vote"),
    [
        ("Carried 38-2-1", ORDER, VoteCount(38, 2, 1)),
        ("Carried (38-2-1)", ["for", "abstained", "against"], VoteCount(38, 1, 2)),
        ("Adopted 1,038 - 2 - 1", ORDER, VoteCount(1038, 2, 1)),
        ("Carried (38, 2, 1)", ORDER, VoteCount(38, 2, 1)),
        ("Defeated 2-38", ["for", "against"], VoteCount(2, 38, None)),
        ("Defeated 38-2", ["against", "for"], VoteCount(2, 38, None)),
        ("Carried 38 to 2", ["for", "against"], VoteCount(38, 2, None)),
        ("Carried 38 to 2", None, VoteCount(38, 2, None)),
        ("Defeated 38 to 52", ["against", "for"], VoteCount(52, 38, None)),
        ("Carried 38-2", None, VoteCount(38, 2, None)),
        ("Defeated 38-52", None, VoteCount(38, 52, None)),
        ("Carried 38-2-1", None, None),
        ("Defeated 52-38", None, None),
        ("Carried 38-2-1", ["for", "against"], None),
        ("Carried", ORDER, None),
        ("Adopted 7/4/18", ORDER, None),
        ("Adopted 2018-07-04", ORDER, None),
        ("Adopted 7/4", ["for", "against"], None),
        ("Adopted for 2018-2019", ["for", "against"], None),
        ("Adopted by 2/3 majority", ["for", "against"], None),
        ("Adopted 75%", ORDER, None),
        ("Consolidated with NBI 12-3", ["for", "against"], None),
        ("Carried: 2 against, 38 for", ORDER, VoteCount(38, 2, None)),
    ],
)
def test_the_numbers_of_an_outcome_cell(
    office: Office, cell: str, order: list[str] | None, vote: VoteCount | None
) -> None:
    preview = look(office, cell, {"votes_order": order} if order else {})
    assert preview.rows[0].row.vote == vote and floor(preview), messages(preview)


@pytest.mark.parametrize("cell", ["Carried 38-2-1", "Defeated 52-38"])
def test_numbers_whose_order_nobody_says_are_asked_about(office: Office, cell: str) -> None:
    assert "votes_order" in messages(look(office, cell, {}))


def test_a_cell_whose_vote_is_asked_about_is_no_status_to_translate(office: Office) -> None:
    preview = office.look(
        table(
            HEADINGS,
            ("2018", "1", "Air", "Carried 38-2-1", ""),
            ("2018", "2", "Sea", "Green light", ""),
        )
    )
    assert preview.unclear_statuses == ("Green light",)


def test_an_order_that_contradicts_the_result_is_said(office: Office) -> None:
    assert "and yet adopted" in messages(look(office, "Carried 2-38-1", {"votes_order": ORDER}))
