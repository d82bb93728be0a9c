"""The jobs "import_preview" and "import_write": a list that came by a page is read, and written.

Done twice they do it once: what is on record of the preview says how far it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import TypedDict, cast

from sqlalchemy.orm import Session

from tracker.acts import act_context, import_previews, own_words, people
from tracker.clock import now
from tracker.config import Settings
from tracker.current_settings import current_settings
from tracker.engine import READING, long_act
from tracker.extensions import db
from tracker.files import store as files
from tracker.importing.planning.preview import Advance, no_progress
from tracker.importing.problems import Unreadable
from tracker.importing.writing import plan_writer
from tracker.jobs.table import JobArguments
from tracker.record import ledger
from tracker.record.import_previews import ImportPreview, PreviewState
from tracker.record.surroundings import zone_of
from tracker.rules.codes import Visibility
from tracker.rules.permissions import NotAllowed
from tracker.translation import gettext as _

from . import reading, shown, shown_problems

READ, WRITE = "import_preview", "import_write"
"""The kinds of these jobs in the table of jobs."""

STEPS = 20  # notes of how far the reading is

Progress = Callable[[str, int | None, int | None], None]
"""Is told the stage, how much is done, and of how much."""


class ImportArguments(TypedDict):
    """The arguments of both jobs, as JSON keeps them; `person` is who asked for it."""

    preview: int
    version: int
    person: int


def read_list(arguments: JobArguments, _job_id: int, progress: Progress) -> str | None:
    """Reads the file, and keeps what an import of it would do. No writer waits meanwhile."""
    asked_for, settings = cast(ImportArguments, arguments), current_settings()
    with Session(db.engine) as session:
        session.connection(execution_options=READING)
        stored = _find(session, asked_for, PreviewState.READING)
        if stored is None:
            return None
        progress("read", None, None)
        try:
            made = reading.look(
                session,
                stored,
                files.read(settings.uploads, stored.sha256),
                _today(session, stored.body_id),
                _in_steps(progress),
            )
            trouble = None
        except Unreadable as unreadable:
            made, trouble = None, unreadable.page_message
    with Session(db.engine) as session:
        stored = _find(session, asked_for, PreviewState.READING)
        if stored is None:
            return None
        if made is None:
            _say_trouble(session, stored, trouble or "")
        else:
            reading.store(session, stored, *made)
        session.commit()
    return None


def write_list(arguments: JobArguments, _job_id: int, progress: Progress) -> str | None:
    """Plans anew under the lock, and writes what was looked at; where it differs, shows that.

    Nothing is said of how far it is while it writes: the note would wait for this transaction.
    """
    asked_for, settings = cast(ImportArguments, arguments), current_settings()
    progress("write", None, None)
    # who sends something by a page meanwhile is told that it takes long
    with long_act(db.engine), Session(db.engine) as session:
        stored = _find(session, asked_for, PreviewState.WRITING)
        if stored is None:
            return None
        ledger.lock(session, stored.body_id)
        try:
            _write(session, stored, settings, asked_for["person"])
        except (Unreadable, NotAllowed) as refused:
            session.rollback()
            stored = _find(session, asked_for, PreviewState.WRITING)
            if stored is not None:
                _say_trouble(session, stored, _sentence(refused))
        session.commit()
    _drop_file(settings, asked_for["preview"])
    return None


def _write(session: Session, stored: ImportPreview, settings: Settings, person_id: int) -> None:
    content = files.read(settings.uploads, stored.sha256)
    at = now()
    today = _today(session, stored.body_id, at)
    plan, source, said = reading.look(session, stored, content, today, no_progress)
    differing = shown.differences(
        reading.digests_looked_at(session, stored, said), shown.digests(plan)
    )
    if differing:
        reading.store(session, stored, plan, source, said)
        stored.differs = json.dumps(shown.row_keys(differing), ensure_ascii=False)
        return
    actor = people.actor_of(session, person_id, today)
    plan_writer.apply(session, plan, at, actor, release=said.release, visibility=Visibility.HIDDEN)
    context = act_context.for_body(session, stored.body_id, actor, at)
    for word in reading.words_said(session, stored, plan, said):
        own_words.say_of_a_list(context, word, stored.file_name)
    import_previews.keep_mapping(
        session,
        stored.body_id,
        shape=shown.shape_of([column.heading for column in plan.columns]),
        mapping=json.dumps(said.kept(), ensure_ascii=False) if said.kept() else None,
        now=at,
    )
    reading.drop_rows(session, stored)
    stored.summary = json.dumps(shown.summary(plan, source), ensure_ascii=False)
    stored.rejected = shown_problems.rejected_csv(plan)
    stored.state, stored.trouble, stored.differs = PreviewState.IMPORTED, None, None


def _find(
    session: Session, asked_for: ImportArguments, state: PreviewState
) -> ImportPreview | None:
    """None where it was thrown away, done, or changed since the job was asked for."""
    stored = session.get(ImportPreview, asked_for["preview"])
    if stored is None or stored.version != asked_for["version"] or stored.state is not state:
        return None
    return stored


def _say_trouble(session: Session, stored: ImportPreview, sentence: str) -> None:
    reading.drop_rows(session, stored)
    stored.state, stored.trouble = PreviewState.UNREADABLE, sentence


def _sentence(refused: Unreadable | NotAllowed) -> str:
    if isinstance(refused, NotAllowed):
        return _("Whoever confirmed the import may not do that any more. Nothing was written.")
    return refused.page_message


def _drop_file(settings: Settings, preview_id: int) -> None:
    """The uploaded file of what was imported, unless another form or preview has the same."""
    with Session(db.engine) as session:
        session.connection(execution_options=READING)
        stored = session.get(ImportPreview, preview_id)
        if (
            stored is not None
            and stored.state is PreviewState.IMPORTED
            and not import_previews.needs_file(session, stored.sha256)
        ):
            files.drop(settings.uploads, stored.sha256)


def _today(session: Session, body_id: int, at: datetime | None = None) -> date:
    return (at or now()).astimezone(zone_of(session, body_id)).date()


def _in_steps(progress: Progress) -> Advance:
    noted = [-1]

    def advance(done: int, total: int) -> None:
        step = done * STEPS // max(total, 1)
        if step != noted[0]:
            noted[0] = step
            progress("rows", done, total)

    return advance
