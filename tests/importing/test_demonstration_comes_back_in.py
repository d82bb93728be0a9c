"""The made-up union, which holds every kind of item there is, given out and taken back in: each
convention is the same.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.import_office import counts
from tracker import demonstration
from tracker.accounts import user_accounts
from tracker.config import Settings
from tracker.importing import export
from tracker.importing.lists_out import lists
from tracker.importing.planning.options import ImportOptions
from tracker.importing.planning.preview import preview
from tracker.importing.rows.mapping import ListMapping
from tracker.importing.tables.sheets import read_bytes
from tracker.reading.body_context import load_body_context
from tracker.record.as_of import AsOf
from tracker.record.bodies import Body
from tracker.record.conventions import Convention

NOW = datetime(2026, 11, 26, 15, tzinfo=UTC)
TODAY = NOW.astimezone(ZoneInfo("America/New_York")).date()


@pytest.mark.slow
def test_each_convention_is_the_same(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # hashing is slow, and needs an application
    monkeypatch.setattr(user_accounts, "hash_of", lambda password: "hash")
    demonstration.load(
        session,
        NOW,
        Settings(
            instance=tmp_path,
            secret_key="a key of the tests, long enough to be one",
            database_url="",
        ),
    )
    session.commit()
    conventions = session.scalars(sa.select(Convention)).all()
    assert len(conventions) > 3
    for convention in conventions:
        body, at = session.get_one(Body, convention.body_id), AsOf(TODAY)
        items = export.item_pages(session, convention, at)
        context = load_body_context(session, body.id, at, names=True)
        out = lists.whole_list(
            export.ItemExport(body=body.slug, convention=convention.slug, day=TODAY, pages=items),
            export.revision(session, body.id, at),
        )
        for file in (out.as_csv().encode(), out.as_workbook(context)):
            plan = preview(
                session,
                read_bytes(file, "out"),
                ListMapping(),
                ImportOptions(body=body.slug),
                TODAY,
            )
            assert counts(plan) == (0, 0, len(items), 0), [
                (row.code, row.changes, row.kept) for row in plan.rows if row.changes or row.kept
            ]
