"""The table of jobs: the truth of what was asked for, who works on it and what came of it.

How the worker is woken is in `queue`.

A job is taken by one worker at a time: it holds a lease, which its heartbeat renews. What a killed
worker left is taken up again when the lease has run out, and only the holder of the lease can say
that it is done: so each job is done once. What was cancelled has no holder any more: its worker
stops at its next note of progress.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum, auto
from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.extensions import Base

LEASE = timedelta(seconds=30)  # without a heartbeat for so long, a worker counts as gone
BEAT = timedelta(seconds=5)
ATTEMPTS = 3  # a job that has ended so many workers is not tried again


JobArguments = Mapping[str, object]  # ids and codes


class JobState(StrEnum):
    QUEUED = auto()
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()
    CANCELLED = auto()


OPEN = (JobState.QUEUED, JobState.RUNNING)


class Job(Base):
    """Mutable, outside the ledger.

    `result` is a file's name inside the instance; `error` is the reference under which the log has
    it.
    """

    __tablename__ = "job"
    __table_args__ = (
        sa.Index(
            "uq_job_open_request",
            "body_id",
            "kind",
            "request_key",
            unique=True,
            sqlite_where=sa.text("state IN ('queued', 'running')"),
            postgresql_where=sa.text("state IN ('queued', 'running')"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    kind: Mapped[str] = mapped_column(sa.String(40))
    arguments: Mapped[str] = mapped_column(sa.Text)  # JSON of ids and codes
    body_id: Mapped[int] = mapped_column(sa.ForeignKey("body.id"), index=True)
    requested_by: Mapped[int]  # the person in that body; 0 is the command line
    requested_at: Mapped[datetime]
    # The name of the constraint is that of the schema, whatever the class is called.
    state: Mapped[JobState] = mapped_column(
        sa.Enum(
            JobState,
            name="state",
            native_enum=False,
            create_constraint=True,
            length=40,
            values_callable=lambda codes: [code.value for code in codes],
        ),
        default=JobState.QUEUED,
        index=True,
    )
    stage: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    done: Mapped[int | None] = mapped_column(default=None)
    of: Mapped[int | None] = mapped_column(default=None)
    worker: Mapped[str | None] = mapped_column(sa.String(120), default=None)
    attempts: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    heard_at: Mapped[datetime | None] = mapped_column(default=None)  # the newest heartbeat
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    result: Mapped[str | None] = mapped_column(sa.String(300), default=None)
    error: Mapped[str | None] = mapped_column(sa.String(40), default=None)
    # what is asked for: of one kind and body no two jobs with the same are open at once
    request_key: Mapped[str | None] = mapped_column(sa.String(64), default=None)

    @property
    def decoded_arguments(self) -> JobArguments:
        return cast(JobArguments, json.loads(self.arguments))

    @property
    def over(self) -> bool:
        return self.state not in OPEN


def ask_for(
    session: Session,
    kind: str,
    arguments: JobArguments,
    body_id: int,
    requested_by: int,
    now: datetime,
    *,
    request_key: str | None = None,
) -> Job:
    """A job for the worker. The caller commits, and then wakes it."""
    job = Job(
        kind=kind,
        arguments=json.dumps(arguments, sort_keys=True),
        body_id=body_id,
        requested_by=requested_by,
        requested_at=now,
        request_key=request_key,
    )
    session.add(job)
    session.flush()
    return job


def ask_once(
    session: Session,
    kind: str,
    arguments: JobArguments,
    body_id: int,
    requested_by: int,
    now: datetime,
    *,
    request_key: str,
) -> tuple[Job, bool]:
    """As `ask_for`, but while the same is waiting or being made it is that job; and whether it is a
    new one.
    """
    while True:
        job = find_open(session, kind, body_id, request_key)
        if job is not None:
            return job, False
        try:
            with session.begin_nested():
                job = ask_for(
                    session, kind, arguments, body_id, requested_by, now, request_key=request_key
                )
        except sa.exc.IntegrityError:  # somebody else asked for it at this moment
            continue
        return job, True


def find_open(session: Session, kind: str, body_id: int, request_key: str) -> Job | None:
    """The job of this request that waits or is being done."""
    return session.scalar(
        sa.select(Job).where(
            Job.kind == kind,
            Job.body_id == body_id,
            Job.request_key == request_key,
            Job.state.in_(OPEN),
        )
    )


def cancel(session: Session, job_id: int, now: datetime) -> bool:
    """Ends a job that is not over; false where it is. The caller commits.

    One that is being done ends at the next note of its worker, and what it had begun goes.
    """
    where = [Job.id == job_id, Job.state.in_(OPEN)]
    return _update(session, where, state=JobState.CANCELLED, finished_at=now, stage=None)


def begin_again(session: Session, kind: str, body_id: int) -> list[int]:
    """Jobs that are being done are to be done from the start: what they have read is no longer so.
    It counts as no attempt. The caller commits, and then wakes the worker.
    """
    where = [Job.kind == kind, Job.body_id == body_id, Job.state == JobState.RUNNING]
    job_ids = list(session.scalars(sa.select(Job.id).where(*where)))
    _update(session, where, state=JobState.QUEUED, worker=None, attempts=Job.attempts - 1)
    return job_ids


def _free(now: datetime) -> sa.ColumnElement[bool]:
    """Nobody holds it: never taken, or its worker is gone."""
    return sa.or_(
        Job.state == JobState.QUEUED,
        sa.and_(Job.state == JobState.RUNNING, Job.heard_at < now - LEASE),
    )


def _change(session: Session, where: Sequence[sa.ColumnElement[bool]], **values: object) -> bool:
    is_changed = _update(session, where, **values)
    session.commit()
    return is_changed


def _update(session: Session, where: Sequence[sa.ColumnElement[bool]], **values: object) -> bool:
    result = session.execute(
        sa.update(Job).where(*where).values(values).execution_options(synchronize_session=False)
    )
    assert isinstance(result, sa.CursorResult)
    return bool(result.rowcount)


def take(session: Session, job_id: int, worker: str, now: datetime) -> bool:
    """Whether this worker now holds it; false where another does, or where it is over."""
    return _change(
        session,
        [Job.id == job_id, _free(now), Job.attempts < ATTEMPTS],
        state=JobState.RUNNING,
        worker=worker,
        started_at=now,
        heard_at=now,
        attempts=Job.attempts + 1,
        stage=None,
        done=None,
        of=None,
    )


def _held(job_id: int, worker: str) -> list[sa.ColumnElement[bool]]:
    return [Job.id == job_id, Job.state == JobState.RUNNING, Job.worker == worker]


def beat(session: Session, job_id: int, worker: str, now: datetime) -> bool:
    """Renews the lease; false if it was lost."""
    return _change(session, _held(job_id, worker), heard_at=now)


def progress(
    session: Session,
    job_id: int,
    worker: str,
    now: datetime,
    stage: str,
    done: int | None,
    of: int | None,
) -> bool:
    """Says how far it has come; false if the lease was lost."""
    return _change(session, _held(job_id, worker), heard_at=now, stage=stage, done=done, of=of)


def finish(
    session: Session,
    job_id: int,
    worker: str,
    now: datetime,
    result: str | None,
    keep: Callable[[Session], None] | None = None,
) -> bool:
    """False where the lease was lost, or it was cancelled: what was made is then not the job's.

    :param keep: stores what was made, in the transaction that ends the job; only where it is held
    """
    is_held = _update(
        session,
        _held(job_id, worker),
        state=JobState.DONE,
        finished_at=now,
        result=result,
        stage=None,
    )
    if is_held and keep is not None:
        keep(session)
    session.commit()
    return is_held


def fail(session: Session, job_id: int, worker: str, now: datetime, reference: str) -> bool:
    return _change(
        session, _held(job_id, worker), state=JobState.FAILED, finished_at=now, error=reference
    )


def give_back(session: Session, worker: str) -> bool:
    """What a worker holds when it is told to stop: taken up by the next, and not counted as an
    attempt.
    """
    return _change(
        session,
        [Job.state == JobState.RUNNING, Job.worker == worker],
        state=JobState.QUEUED,
        worker=None,
        attempts=Job.attempts - 1,
    )


def left_behind(session: Session, now: datetime) -> list[int]:
    """The jobs that nobody holds, oldest first; those that have ended too many workers are over."""
    _change(
        session,
        [_free(now), Job.attempts >= ATTEMPTS],
        state=JobState.FAILED,
        finished_at=now,
        error="worker-lost",
    )
    return list(session.scalars(sa.select(Job.id).where(_free(now)).order_by(Job.id)))


def abandon(session: Session, worker: str) -> bool:
    """The worker is known to be gone: its lease ends at once.

    The attempt counts, as the job may have ended it.
    """
    return _change(
        session,
        [Job.state == JobState.RUNNING, Job.worker == worker],
        state=JobState.QUEUED,
        worker=None,
    )


def workers(session: Session) -> list[str]:
    """Who holds a job now."""
    return [
        worker
        for worker in session.scalars(
            sa.select(Job.worker).where(Job.state == JobState.RUNNING).distinct()
        )
        if worker
    ]
