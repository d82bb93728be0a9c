"""What a row says of the follow-through, wherever it says it.

Beside the floor's action, in columns of its own, on a day of its own. All cells are invented.
"""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories.import_office import Office, counts, messages, table
from tracker.importing.planning.models import Preview
from tracker.importing.tables import column_reader, columns, headings
from tracker.importing.values import statuses
from tracker.importing.vocabulary.heading_words import Field
from tracker.importing.vocabulary.status_words import Followed
from tracker.record.ledger_tables import Event
from tracker.record.progress import Claim
from tracker.rules.codes import Claimed, Floor

DAY = {"updates_on": date(2018, 8, 31), "convention": "2018"}


def look(office: Office, **cells: str) -> Preview:
    return office.look(
        table(
            ("NBI", "Title", *(heading.replace("_", " ") for heading in cells)),
            ("1", "Guide", *cells.values()),
        ),
        **DAY,
    )


def followed(preview: Preview) -> Followed | None:
    return preview.rows[0].row.followed


@pytest.mark.parametrize(
    ("cell", "floor", "code"),
    [
        ("Adopted - in progress", Floor.ADOPTED, Followed.PROGRESS),
        ("Adopted; complete", Floor.ADOPTED, Followed.DONE),
        ("A - in progress", Floor.ADOPTED, Followed.PROGRESS),
        ("A/M; complete", Floor.ADOPTED_AS_MODIFIED, Followed.DONE),
        ("Referred to Finance Committee; in progress", Floor.REFERRED, Followed.PROGRESS),
        ("Adopted (not started)", Floor.ADOPTED, Followed.NOTHING),
        ("Adopted: on hold", Floor.ADOPTED, Followed.BLOCKED),
        ("Adopted, 50% complete", Floor.ADOPTED, Followed.PROGRESS),
        ("Adopted; completed 50%", Floor.ADOPTED, Followed.PROGRESS),
        ("Adopted (75%)", Floor.ADOPTED, None),
        ("Adopted - survey of members done", Floor.ADOPTED, None),
    ],
)
def test_what_follows_the_decision_is_read_for_itself(
    cell: str, floor: Floor, code: Followed | None
) -> None:
    status = statuses.read(cell)
    assert ([word.action for word in status.floor], status.followed) == ([floor], code)


@pytest.mark.parametrize(
    "cell",
    [
        "Survey of members done",
        "Completed survey of members",
        "Done in part of the state offices only",
        "Grant report completed by vendor",
    ],
)
def test_a_part_that_is_done_is_no_claim_of_done(cell: str) -> None:
    assert statuses.read(cell).followed is not Followed.DONE


def test_progress_beside_a_no_under_complete_keeps_its_claim(office: Office) -> None:
    assert (
        followed(look(office, Status="Adopted - in progress", Complete="No")) is Followed.PROGRESS
    )
    assert (
        followed(look(office, Status="Adopted", Complete="No", Progress="In progress"))
        is Followed.PROGRESS
    )
    assert (
        followed(look(office, Status="Adopted", Complete="No - in progress")) is Followed.PROGRESS
    )
    assert followed(look(office, Status="Adopted", Complete="No", Progress="")) is Followed.NOTHING
    row = ("1", "Guide", "Adopted - in progress", "No")
    office.take(table(("NBI", "Title", "Status", "Complete?"), row), **DAY)
    claims = office.session.scalars(
        sa.select(Claim.claimed).where(Claim.item_id == office.item("nbi-1").id)
    ).all()
    assert claims == [Claimed.PROGRESS]
    assert counts(office.look(table(("NBI", "Title", "Status", "Complete?"), row), **DAY)) == (
        0,
        0,
        1,
        0,
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"Status": "Adopted; complete", "Complete": "No"},
        {"Status": "Adopted", "Complete": "Yes", "Progress": "In progress"},
        {"Status": "Adopted", "Complete": "No", "Progress": "Completed"},
        {"Status": "Adopted", "Complete": "No", "Completed_on": "2018-08-01"},
    ],
)
def test_done_and_not_done_in_one_row_is_asked_for(office: Office, cells: dict[str, str]) -> None:
    preview = look(office, **cells)
    assert followed(preview) is None and "cannot be told" in messages(preview)


@pytest.mark.parametrize(
    ("cell", "code", "words"),
    [
        ("Yes - 2018-08-01", Followed.DONE, []),
        (
            "Yes, posted on the site of the union",
            Followed.DONE,
            ["Yes, posted on the site of the union"],
        ),
        ("Y", Followed.DONE, []),
        (
            "No, the state denied the request",
            Followed.NOTHING,
            ["No, the state denied the request"],
        ),
        ("1", Followed.DONE, []),
        ("0", Followed.NOTHING, []),
        ("0.75", None, []),
    ],
)
def test_an_answer_with_more_words(
    office: Office, cell: str, code: Followed | None, words: list[str]
) -> None:
    row = look(office, Status="Adopted", Complete=cell).rows[0].row
    assert row.followed is code and [update.words for update in row.updates] == words
    assert row.claimed_on == (date(2018, 8, 1) if "2018" in cell else None)


@pytest.mark.parametrize(
    "heading", ["% complete", "Progress", "Percent complete", "Status update", "Update"]
)
@pytest.mark.parametrize("cell", ["0.75", "1", "0", "75", "1.0"])
def test_a_number_alone_is_no_report(office: Office, heading: str, cell: str) -> None:
    rows = [
        ("1", "Guide", "Adopted", cell),
        ("2", "Other", "Adopted", "0.5"),
        ("3", "Third", "Adopted", "0.25"),
    ]
    preview = office.take(table(("NBI", "Title", "Status", heading), *rows), **DAY)
    item = office.item("nbi-1")
    assert (
        item.waiting == 0
        and preview.rows[0].row.followed is None
        and (heading, cell) in [(source.column, source.words) for source in item.source]
    )


def test_the_day_of_done_is_its_own(office: Office) -> None:
    headings = (
        "NBI",
        "Title",
        "Convention Decision",
        "Complete (Y/N)",
        "If complete, on what date?",
        "Update",
        "Last updated",
    )
    rows = [
        ("1", "Guide", "Adopted", "Y", "2018-08-10", "", ""),
        ("2", "Other", "Adopted", "N", "", "Draft written", "2018-08-20"),
        ("3", "Third", "Adopted", "Y", "2018-08-10", "Printed and sent", "2018-08-20"),
    ]
    office.take(table(headings, *rows), convention="2018", closed_on=date(2018, 7, 5))
    assert [step.on for step in office.item("nbi-1").floor] == [None]
    done_claims = office.session.execute(
        sa.select(Claim.item_id, Event.effective_on, Event.day_known)
        .join(Event, Event.id == Claim.recorded_by)
        .where(Claim.claimed == Claimed.DONE)
    ).all()
    ours = [office.item(code).id for code in ("nbi-1", "nbi-3")]
    assert sorted((item, on, known) for item, on, known in done_claims if item in ours) == [
        (item, date(2018, 8, 10), True) for item in ours
    ]
    assert office.item("nbi-2").waiting == 1 and office.item("nbi-3").waiting == 2
    assert counts(office.look(table(headings, *rows), convention="2018")) == (0, 0, 3, 0)


def test_a_day_of_completion_that_may_be_planned_claims_nothing(office: Office) -> None:
    assert followed(look(office, Status="Adopted", Completion_date="2018-08-01")) is None
    assert followed(look(office, Status="Adopted", Date_completed="2018-08-01")) is Followed.DONE


def test_a_status_beside_the_floors_decision_says_how_far_it_is(office: Office) -> None:
    headings = ("NBI", "Title", "Convention Decision", "Status as of June 2026")
    rows = [
        ("1", "A", "Adopted", "In progress"),
        ("2", "B", "Adopted", "Board approved funds 3/1"),
        ("3", "C", "Defeated", ""),
    ]
    preview = office.look(table(headings, *rows), **DAY)
    assert preview.columns[3].field is Field.PROGRESS and "no floor action" not in messages(preview)
    assert [row.row.followed for row in preview.rows] == [Followed.PROGRESS, None, None]
    assert [update.words for update in preview.rows[1].row.updates] == ["Board approved funds 3/1"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Complete (Y/N)", Field.COMPLETE),
        ("Completed (yes/no)", Field.COMPLETE),
        ("Done? Y/N", Field.COMPLETE),
        ("Has it been implemented?", Field.COMPLETE),
        ("Finished?", Field.COMPLETE),
        ("Motion nr", Field.NUMBER),
        ("Motion no", Field.NUMBER),
        ("Res. No.", Field.NUMBER),
        ("Res #", Field.NUMBER),
        ("Nr", Field.NUMBER),
        ("No.", Field.NUMBER),
        ("Motionsnr", Field.NUMBER),
        ("Article", Field.NUMBER),
        ("Article No.", Field.NUMBER),
        ("Directive", Field.NUMBER),
        ("Carried?", Field.FLOOR_ACTION),
        ("Passed?", Field.FLOOR_ACTION),
        ("Outcome", Field.STATUS),
        ("Action taken", Field.STATUS),
        ("Status as of June 2026", Field.STATUS),
        ("June 2026 status", Field.STATUS),
        ("Update March 2026", Field.UPDATE),
        ("If complete, on what date?", Field.COMPLETED_ON),
        ("Date completed", Field.COMPLETED_ON),
        ("Completed on", Field.COMPLETED_ON),
        ("Fecha de cumplimiento", Field.COMPLETED_ON),
        ("Slutdatum", Field.COMPLETED_ON),
        ("Target completion date", Field.DUE),
        ("Expected completion date", Field.DUE),
        ("Last updated", Field.UPDATED_ON),
        ("Timestamp", Field.UPDATED_ON),
        ("Date of last report", Field.UPDATED_ON),
        ("Date submitted", Field.SOURCE),
        ("Start date", Field.SOURCE),
        ("Payment date", Field.SOURCE),
        ("Date of next report", Field.SOURCE),
        ("Board decision date", Field.SOURCE),
        ("Date of decision", Field.FLOOR_DATE),
        ("Date", Field.FLOOR_DATE),
        ("Date/Time", Field.FLOOR_DATE),
        ("Amount Spent to Date", Field.SPENT),
    ],
)
def test_headings_of_several_words(heading: str, field: Field) -> None:
    field_and_sure = headings.named(heading)
    assert field_and_sure and field_and_sure[0] is field


@pytest.mark.parametrize(
    "heading", ["No. of votes", "Number of delegates", "Phone no", "Account no."]
)
def test_numbers_of_something_else_number_no_item(heading: str) -> None:
    field_and_sure = headings.named(heading)
    assert field_and_sure is None or field_and_sure[0] is not Field.NUMBER


def test_as_of_is_a_day_or_asks_and_is_never_sure_of_nothing() -> None:
    days = column_reader.understand(
        ["No", "Title", "As of"],
        [["1", "A", "2018-08-01"], ["2", "B", "2018-08-02"], ["3", "C", "2018-08-02"]],
    )
    words = column_reader.understand(
        ["No", "Title", "As of"],
        [["1", "A", "the meeting"], ["2", "B", "last spring"], ["3", "C", "then"]],
    )
    assert days[2].field is Field.UPDATED_ON and (words[2].field, words[2].sure) == (
        Field.SOURCE,
        columns.Sure.CHECK,
    )


def test_a_heading_that_names_the_kind_is_the_number_the_title_or_the_text_as_its_values_say() -> (
    None
):
    numbers = column_reader.understand(
        ["Article", "Title"], [["1", "Dogs"], ["2", "Cats"], ["3A", "Birds"]]
    )
    titles = column_reader.understand(
        ["No", "Article"], [["1", "Dogs on the common"], ["2", "Cats on roofs"]]
    )
    texts = column_reader.understand(
        ["No", "Directive"],
        [["1", "The board shall print a guide. " * 8], ["2", "The board shall survey buses. " * 8]],
    )
    assert [columns[place].field for columns, place in ((numbers, 0), (titles, 1), (texts, 1))] == [
        Field.NUMBER,
        Field.TITLE,
        Field.TEXT,
    ]


def test_a_column_of_numbers_leaves_the_status_to_the_column_that_has_words(office: Office) -> None:
    headings = ("NBI", "Title", "Convention Decision", "Status as of June 2026", "% done")
    rows = [
        ("1", "A", "Carried", "In progress", "0.75"),
        ("", "", "", "Second draft sent to the board", ""),
        ("2", "B", "Lost", "", "1"),
    ]
    preview = office.look(table(headings, *rows), **DAY)
    assert [column.field for column in preview.columns[3:]] == [
        Field.PROGRESS,
        Field.SOURCE,
    ] and counts(preview) == (2, 1, 0, 0), messages(preview)
    assert [update.words for update in preview.rows[1].row.updates] == [
        "Second draft sent to the board"
    ]
