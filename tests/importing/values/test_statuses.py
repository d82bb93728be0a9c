"""Status cells in the words of many offices. All wordings are invented."""

from __future__ import annotations

import pytest

from tracker.importing.codes import Followed
from tracker.importing.values import statuses
from tracker.rules.codes import Purpose

FLOOR = {
    "Adopted": "adopted",
    "ADOPTED": "adopted",
    "AADOPTED": "adopted",
    "Carried": "adopted",
    "Passed unanimously": "adopted",
    "Approved by voice vote": "adopted",
    "Bifall": "adopted",
    "bifölls": "adopted",
    "Aprobado": "adopted",
    "Adoptée": "adopted",
    "Angenommen": "adopted",
    "Vedtatt": "adopted",
    "Aangenomen": "adopted",
    "adopted_as_modified": "adopted_as_modified",
    "Passed as amended": "adopted_as_amended",
    "Approved with amendments": "adopted_as_amended",
    "Amended and adopted": "adopted_as_amended",
    "In geänderter Fassung angenommen": "adopted_as_amended",
    "Antagen med ändringar": "adopted_as_amended",
    "adopted w/ amendment": "adopted_as_amended",
    "Adopted (amended)": "adopted_as_amended",
    "Amended, then adopted": "adopted_as_amended",
    "Approved w/amendments": "adopted_as_amended",
    "Adopt as amended": "adopted_as_amended",
    "Ref. to Budget Cmte": "referred",
    "Combined w/ #3": "consolidated",
    "Postponed indefinitely (tabled)": "postponed_indefinitely",
    "Aprobada con enmiendas": "adopted_as_amended",
    "Adopted with modifications": "adopted_as_modified",
    "A/M": "adopted_as_modified",
    "A/A": "adopted_as_amended",
    "Substitute adopted": "substitute_adopted",
    "Referred to the Budget Committee": "referred",
    "REF": "referred",
    "Remitted to Council": "remitted",
    "überwiesen an den Vorstand": "referred",
    "Remitido al Comité de Finanzas": "referred",
    "Motion to refer carried": "referred",
    "Consolidated with NBI 42": "consolidated",
    "Merged into New Business Item 12A": "consolidated",
    "Not adopted": "defeated",
    "not accepted": "defeated",
    "Failed": "defeated",
    "Lost": "defeated",
    "Rejected": "defeated",
    "Rechazada": "defeated",
    "Abgelehnt": "defeated",
    "Avslag": "defeated",
    "rejetée": "defeated",
    "The motion to adopt was defeated": "defeated",
    "Defeated 18 to 18": "defeated",
    "did not carry": "defeated",
    "W/D": "withdrawn",
    "Withdrawn by maker": "withdrawn",
    "Zurückgezogen": "withdrawn",
    "Retirada": "withdrawn",
    "Deemed to Have Failed": "deemed_to_have_failed",
    "Objection to consideration sustained": "objection_sustained",
    "Postponed indefinitely": "postponed_indefinitely",
    "Ruled out of order": "ruled_out_of_order",
    "Not reached": "not_reached",
    "Tabled": "laid_on_the_table",
    "Laid on the table": "laid_on_the_table",
    "Postponed until Thursday": "postponed_to_a_time",
    "Awaiting Debate": "awaiting_debate",
    "Pending": "awaiting_debate",
    "Motion to refer failed; adopted": "adopted",
    "Adopted, later rescinded": "adopted rescinded",
    "Adopted As Modified and Referred to the Board": "adopted_as_modified referred",
    "Referred to the Executive Director and adopted as amended": "referred adopted_as_amended",
    "": "",
    "N/A": "",
    "?": "",
    "unknown": "",
}


@pytest.mark.parametrize(("cell", "actions"), FLOOR.items())
def test_what_the_floor_did(cell: str, actions: str) -> None:
    status = statuses.read(cell)
    assert " ".join(word.action for word in status.floor) == actions
    assert status.clear


@pytest.mark.parametrize(
    "cell",
    [
        "TBL/REF?",
        "foo bar",
        "Recommended for adoption",
        "Endorsed by the council",
        "Defeated; substitute adopted",
        "See the minutes",
        "To be adopted",
        "Adopted / Defeated",
        "Accepted as information",
        "Withdrawn/Referred",
        "Received and filed",
    ],
)
def test_a_wording_that_nobody_can_place_is_not_placed(cell: str) -> None:
    status = statuses.read(cell)
    assert not status.floor
    assert status.followed is None
    assert not status.clear


@pytest.mark.parametrize(
    ("cell", "followed"),
    [
        ("Complete", Followed.DONE),
        ("completed", Followed.DONE),
        ("Done", Followed.DONE),
        ("Erledigt", Followed.DONE),
        ("Completado", Followed.DONE),
        ("100%", Followed.DONE),
        ("In progress", Followed.PROGRESS),
        ("ongoing", Followed.PROGRESS),
        ("90% complete", Followed.PROGRESS),
        ("Partially complete", Followed.PROGRESS),
        ("payment pending", Followed.PROGRESS),
        ("En curso", Followed.PROGRESS),
        ("Not completed", Followed.NOTHING),
        ("Not started", Followed.NOTHING),
        ("no further action required", Followed.WORD),
        ("On hold", Followed.BLOCKED),
        ("Started", Followed.STARTED),
        ("Cancelled", Followed.WILL_NOT_BE_DONE),
        ("Adopted - Complete", Followed.DONE),
        ("Adopted; in progress", Followed.PROGRESS),
    ],
)
def test_what_was_done_about_it(cell: str, followed: Followed) -> None:
    assert statuses.read(cell).followed is followed


@pytest.mark.parametrize(
    ("cell", "whom", "purpose"),
    [
        ("Referred to the Executive Committee for report", "Executive Committee", Purpose.REPORT),
        ("Refer to Board", "Board", None),
        ("Referred to Exec. Comm.", "Exec. Comm", None),
        ("Referred to the Board of Directors by consent", "Board of Directors", None),
        (
            "Referred to Committee on Constitution, Bylaws and Rules",
            "Committee on Constitution, Bylaws and Rules",
            None,
        ),
        ("Referred to the Board for decision", "Board", Purpose.DECISION),
        ("Referred to the appropriate committee", None, None),
        ("Återremiss", None, None),
        ("Referred", None, None),
    ],
)
def test_whom_it_was_referred_to(cell: str, whom: str | None, purpose: Purpose | None) -> None:
    word = statuses.read(cell).floor[0]
    assert word.referred_to == whom
    assert word.purpose is purpose
