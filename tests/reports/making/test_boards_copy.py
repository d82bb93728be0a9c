"""The board's copy of an edition: what was known when it was made, marked on each page."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader
from sqlalchemy.orm import Session

from tests.factories import recorded_union
from tests.factories.reports import collected
from tests.reports.conftest import Place, plain
from tracker.acts import items, publications
from tracker.acts.act_context import for_body
from tracker.extensions import db
from tracker.record.conventions import Convention
from tracker.record.editions import editions_of
from tracker.record.items import Item
from tracker.record.ledger_tables import CHAIN
from tracker.reports.making import tasks
from tracker.reports.models import ReportKind
from tracker.reports.printing import render
from tracker.rules.codes import Stage
from tracker.rules.permissions import COMMAND_LINE


def test_it_stops_at_its_event_and_says_on_each_page_what_it_is(
    place: Place, tmp_path: Path
) -> None:
    with place.app.app_context(), Session(db.engine) as session:
        convention = session.get_one(Convention, place.running)
        context = for_body(session, convention.body_id, COMMAND_LINE, recorded_union.NOW)
        publications.pin_edition(context, convention)
        item_id = next(iter(place.items.values()))
        later = items.NewVersion(
            words="Later words.", title="A later title", stage=Stage.AS_ADOPTED
        )
        items.add_version(context, session.get_one(Item, item_id), later)
        pinned = editions_of(session, convention.id).pinned
        assert pinned
        report = collected(
            session, convention.id, ReportKind.SHORT, context.now, edition_id=pinned.id
        )
        made = render.write(report, tmp_path / "copy.pdf")
        session.rollback()
    pages = [plain(page.extract_text()) for page in PdfReader(tmp_path / "copy.pdf").pages]
    assert len(pages) == made.pages > 1
    assert all("Board’s copy, not published" in page for page in pages)
    assert not any("A later title" in page for page in pages)
    assert report.head.event == pinned.up_to % CHAIN
    assert tasks.report_name(report).endswith(f"edition-1-boards-copy-as-of-{pinned.on}.pdf")
