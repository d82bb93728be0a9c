"""Which drafts of reports wait for somebody of governance: to be signed off, or to be issued."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.reading.body_context import BodyContext
from tracker.record.issued_reports import IssuedReport, ReportSignOff
from tracker.record.ledger_tables import Event
from tracker.record.report_drafts import ReportDraft
from tracker.rules.permissions import Actor
from tracker.rules.report_states import PROGRESS


@dataclass(frozen=True)
class WaitingDrafts:
    """Their titles, the newest first."""

    to_sign_off: tuple[str, ...] = ()
    to_issue: tuple[str, ...] = ()


def drafts_that_wait(
    session: Session, body_context: BodyContext, actor: Actor, now: datetime
) -> WaitingDrafts:
    """Where the body asks for a sign-off: those that lack it, and those that somebody else signed
    off; else the newest progress report of each convention. Not the board's copies of editions,
    which wait with their edition, nor what was overtaken by an issued report.
    """
    body_id = body_context.body.id
    drafts = session.scalars(
        sa.select(ReportDraft)
        .where(ReportDraft.body_id == body_id, ReportDraft.kept_until > now)
        .order_by(ReportDraft.job_id.desc())
    ).all()
    if not drafts:
        return WaitingDrafts()
    issued = {
        convention_id: up_to
        for convention_id, up_to in session.execute(
            sa.select(IssuedReport.convention_id, sa.func.max(IssuedReport.up_to))
            .where(IssuedReport.body_id == body_id)
            .group_by(IssuedReport.convention_id)
        )
    }
    signed_by = {
        (request_key, data_sha256): person_id
        for request_key, data_sha256, person_id in session.execute(
            sa.select(ReportSignOff.request_key, ReportSignOff.data_sha256, Event.actor_id)
            .join(Event, Event.id == ReportSignOff.recorded_by)
            .where(ReportSignOff.body_id == body_id)
        )
    }
    needs_sign_off = body_context.settings.sign_off
    to_sign_off, to_issue, seen = [], [], set()
    for draft in drafts:
        request = json.loads(draft.request)
        is_progress = request["kind"] in PROGRESS
        about = draft.convention_id if is_progress else draft.request_key
        is_overtaken = draft.up_to <= issued.get(draft.convention_id, 0)
        if "edition" in request or about in seen or is_overtaken:
            continue
        seen.add(about)
        person_id = signed_by.get((draft.request_key, draft.data_sha256))
        if needs_sign_off and person_id is None:
            to_sign_off.append(draft.title)
        elif (needs_sign_off and person_id != actor.person_id) or (
            not needs_sign_off and is_progress
        ):
            to_issue.append(draft.title)
    return WaitingDrafts(tuple(to_sign_off), tuple(to_issue))
