"""What reports of each kind print: what was asked for, and a sentence where there is nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import recorded_union
from tests.reports.conftest import Place, Printed, plain
from tracker.acts import bodies
from tracker.acts.act_context import for_body
from tracker.extensions import db
from tracker.record.bodies import Delegation, Unit
from tracker.record.conventions import Convention
from tracker.reports.collecting.collect import collect
from tracker.reports.linked.flow import MARK
from tracker.reports.linked.source import element_tree
from tracker.reports.models import CollectedReport, Reading, ReportKind
from tracker.reports.printing import document, render
from tracker.reports.requests import OF_SEVERAL, ReportRequest
from tracker.rules.permissions import COMMAND_LINE

from .test_archive import findings

KINDS = (*OF_SEVERAL, ReportKind.SILENT, ReportKind.MONEY)


def of_kind(
    session: Session, convention_id: int, kind: ReportKind, **options: Any
) -> CollectedReport:
    """Of the Ohio council, and of the Pension Committee, unless others are named."""
    body_id = session.get_one(Convention, convention_id).body_id
    names = {"delegation": "Ohio council", "unit": "Pension Committee"}
    names |= {name: options.pop(name) for name in list(options) if name in names}
    if kind is ReportKind.DELEGATION:
        options["delegation_id"] = _key(session, Delegation, body_id, names["delegation"])
    if kind is ReportKind.UNIT:
        options["unit_id"] = _key(session, Unit, body_id, names["unit"])
    request = ReportRequest(kind=kind, convention_ids=(convention_id,), **options)
    return collect(session, body_id, request, recorded_union.NOW)


def _key(session: Session, table: type[Delegation | Unit], body_id: int, name: str) -> int:
    keys = session.scalars(sa.select(table.id).where(table.body_id == body_id, table.name == name))
    return keys.one()


def words(place: Place, kind: ReportKind, convention_id: int, **options: Any) -> str:
    """All that is printed, without the marks."""
    with place.app.app_context(), Session(db.engine) as session:
        report = of_kind(session, convention_id, kind, **options)
        html = document.html(report, contents=False)
    assert "None" not in html
    assert element_tree(MARK.sub("", html)).tag == "html"
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    return plain(re.sub(r"<[^>]+>", " ", html.partition("<body>")[2]))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_archives_and_screen_readers_find_nothing(place: Place, kind: ReportKind) -> None:
    with place.app.app_context(), Session(db.engine) as session:
        report = of_kind(session, place.running, kind)
        file = place.folder / f"{kind}.pdf"
        printed = Printed(report, render.write(report, file), file)
    assert findings(file) == []
    assert all("DRAFT" in page for page in printed.pages)
    assert "About this record" in printed.titles


def test_of_a_delegation_or_a_unit(place: Place) -> None:
    text = words(place, ReportKind.DELEGATION, place.running)
    assert "What became of what Ohio council moved" in text
    assert "Of 1 item that it moved, 1 was carried out." in text
    assert "Guide to pension options" in text and "in plain words and in large print" in text
    assert "in large print" not in words(place, ReportKind.DELEGATION, place.running, texts=False)
    unit = words(place, ReportKind.UNIT, place.running, unit="Board")
    assert "Referred on 14 Jun 2024, for decision." in unit and "Declined on 9 Nov 2024." in unit
    assert "Its decision is not on record" not in unit
    assert "Leads it since 14 Jun 2024." in words(place, ReportKind.UNIT, place.running)


def test_what_had_happened_by_a_day_says_so(place: Place) -> None:
    text = words(place, ReportKind.DELEGATION, place.running, reading=Reading.HAPPENED)
    assert "what had happened by that day, whenever it was recorded" in text
    assert "as had happened by then" in text


def test_over_the_years_the_table_has_both_numbers_of_each_rate(place: Place) -> None:
    text = words(place, ReportKind.YEARS, place.running)
    assert "290 days after closing" in text and "2 of 6 33.3%" in text
    assert "younger: 290 days after closing" in text  # a year after closing
    old = words(place, ReportKind.YEARS, place.old)
    assert "no convention whose adopted items could be measured" in old
    assert "What was done about its items is not kept in this record." in old


def test_items_without_a_word(place: Place) -> None:
    text = words(place, ReportKind.SILENT, place.running)
    assert "On 1 of 7 items whose follow-through is due there has been no word" in text
    assert "Register of retired interpreters" in text and "signers" in text
    nothing = words(place, ReportKind.SILENT, place.running, filters={"q": "ramp"})
    assert "There is none" in nothing and "A selection: 1 of 10 items (“ramp”)." in nothing
    assert "What was done about" in words(place, ReportKind.SILENT, place.old)


def test_money_against_the_fund(place: Place) -> None:
    text = words(place, ReportKind.MONEY, place.running)
    assert "Of $60,000.00 in the fund, $9,000.00 was appropriated" in text
    assert "$15,842.10 is on record as spent" in text
    assert "Contingency fund $60,000.00 $9,000.00 1 $51,000.00" in text
    assert "Beyond the limit; no explanation is on record." in text
    assert "Reported done, and the money not accounted for." in text
    assert "Total $16,700.00 $9,000.00 $15,842.10" in text
    assert "No amount of money is on record." in words(place, ReportKind.MONEY, place.old)


def test_a_selection_is_said_on_the_cover_and_its_items_add_up(place: Place) -> None:
    text = words(place, ReportKind.SHORT, place.running, filters={"verdict": "carried_out"})
    assert "A selection: 2 of 10 items (Carried out). 2 were carried out." in text
    assert "These figures are of all 10 items, not of the selection." in text
    assert "In the selection 2" in text
    none = words(place, ReportKind.FULL, place.running, filters={"department": "Nobody at all"})
    assert "A selection: none of 10 items (Nobody at all)." in none


def test_nothing_on_record_is_a_sentence(place: Place) -> None:
    """Of a delegation and a unit that were added, and that nothing names."""
    with place.app.app_context(), Session(db.engine) as session:
        body_id = session.get_one(Convention, place.old).body_id
        context = for_body(session, body_id, COMMAND_LINE, recorded_union.NOW)
        bodies.add_delegation(context, "Nobody")
        bodies.add_unit(context, "Nobody")
        texts = [
            document.html(
                of_kind(session, place.old, kind, delegation="Nobody", unit="Nobody"),
                contents=False,
            )
            for kind in (ReportKind.DELEGATION, ReportKind.UNIT)
        ]
        session.rollback()
    assert "Nothing that it moved is on record." in texts[0]
    assert "Nothing that was given to it is on record." in texts[1]
