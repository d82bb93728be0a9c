"""Whatever is recorded between the draft of a report and its issue, the checksum of its data is the
same; and no number is given twice.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories.application import new_application
from tests.factories.issued_reports import SHORT
from tests.record.player import ACTS, Move, Player, history
from tests.record.player import SHORT as FEW
from tracker.acts import bodies
from tracker.record.issued_reports import IssuedReport
from tracker.record.report_drafts import ReportDraft
from tracker.record.verification import verify
from tracker.reports.collecting.collect import NotOnRecord, collect
from tracker.reports.data import data_sha256
from tracker.reports.making import issuing
from tracker.reports.models import Reading, ReportKind
from tracker.reports.requests import ReportRequest

WITHHOLDS = 19
"""The move that withholds: what it takes away is to leave the data."""

histories = st.integers(0, 2**32).map(
    lambda seed: history(seed, {act: weight for act, weight in ACTS.items() if act != WITHHOLDS})
)
KINDS = (
    ReportKind.SHORT,
    ReportKind.FULL,
    ReportKind.SILENT,
    ReportKind.MONEY,
    ReportKind.YEARS,
    ReportKind.UNIT,
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """For the words; what is recorded lies in the database of `engine`."""
    app = new_application(tmp_path_factory.mktemp("frozen"))
    with app.app_context():
        yield app


def draft_of(player: Player, kind: ReportKind, reading: Reading) -> ReportDraft | None:
    """As it is now; None where the record says nothing of it."""
    session, context = player.session, player.context
    of_several = kind in (ReportKind.YEARS, ReportKind.UNIT)
    conventions = player.conventions if of_several else player.conventions[:1]
    request = ReportRequest(
        kind=kind,
        convention_ids=tuple(convention.id for convention in conventions),
        unit_id=player.units[0] if kind is ReportKind.UNIT else None,
        reading=reading,
    )
    try:
        report = collect(session, context.body_id, request, context.now)
    except NotOnRecord:
        return None
    return ReportDraft(
        job_id=1,
        body_id=context.body_id,
        convention_id=None,
        request=request.canonical,
        request_key=request.key,
        as_of=report.as_of,
        up_to=report.up_to,
        head_hash=report.head.hash,
        newest_event=report.up_to,
        data_sha256=data_sha256(report),
        title="",
        pages=1,
        made_at=context.now,
        made_by=0,
        kept_until=context.now,
    )


@pytest.mark.slow
@settings(FEW, max_examples=FEW.max_examples // 2)
@given(
    before=histories,
    after=histories,
    reading=st.sampled_from(Reading),
    prefix=st.sampled_from(["PA", "PA-2017", ""]),
)
def test_the_data_stay_the_same_and_no_number_is_given_twice(
    engine: sa.Engine,
    app: Flask,
    before: list[Move],
    after: list[Move],
    reading: Reading,
    prefix: str,
) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        player.look = lambda: None  # type: ignore[method-assign]
        for move in before:
            player.play(move)
        drafts = [draft for kind in KINDS if (draft := draft_of(player, kind, reading))]
        assert drafts
        for number, move in enumerate(after):
            player.play(move)
            if number == len(after) // 2:
                bodies.set_setting(player.context, "report_prefix", prefix)
                drafts += [
                    draft for kind in KINDS[:2] if (draft := draft_of(player, kind, reading))
                ]
        session.expire_all()
        for draft in drafts:
            issuing.issue_draft(player.context, draft, SHORT)  # refused if its data were others
        numbers = list(
            session.scalars(
                sa.select(IssuedReport.number).where(IssuedReport.body_id == player.context.body_id)
            )
        )
        assert len(numbers) == len(drafts) == len(set(numbers))
        assert list(verify(session, player.context.body_id)) == []
        session.rollback()
