"""The worker publishes editions at their hour, also those that were due while it was down."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories.staffed_union import NOW, Union, item_row
from tracker import worker
from tracker.acts import bodies, publications
from tracker.extensions import db
from tracker.record.conventions import Convention
from tracker.record.editions import EditionRecord, editions_of
from tracker.record.publications import Edition, EditionPublication
from tracker.rules.permissions import COMMAND_LINE


def schedule(union: Union, hours: int) -> int:
    """The key of the convention whose first edition is set for that hour."""
    with union.context("walter") as context:
        convention_id = item_row(context.session, union, 1).convention_id
        edition = publications.pin_edition(
            context, context.session.get_one(Convention, convention_id)
        )
        hour = NOW + timedelta(hours=hours)
        publications.schedule_edition(context, edition, hour, "For the council.")
    return convention_id


def newest(union: Union, convention_id: int) -> EditionRecord | None:
    with union.session() as session:
        return editions_of(session, convention_id).newest


def publish_due(union: Union, hours: int) -> int:
    with union.app.app_context():
        return len(worker.publish_due(db.engine, NOW + timedelta(hours=hours)))


def test_at_its_hour_and_once(union: Union) -> None:
    convention_id = schedule(union, hours=2)
    assert [publish_due(union, hours) for hours in (1, 2, 3)] == [0, 1, 0]
    edition = newest(union, convention_id)
    assert edition and edition.publication
    assert edition.publication.at == NOW + timedelta(hours=2)
    assert (edition.publication.line, edition.publication.by_worker) == ("For the council.", True)


def test_what_waits_for_a_sign_off_keeps_nothing_else_from_being_published(union: Union) -> None:
    convention_id = schedule(union, hours=2)
    with union.context() as context:
        bodies.set_setting(context, "sign_off", "yes")
    assert publish_due(union, 3) == 0
    with union.context("walter") as context:
        pinned = editions_of(context.session, convention_id).pinned
        assert pinned
        edition = context.session.get_one(Edition, pinned.id)
        publications.sign_edition(replace(context, actor=COMMAND_LINE), edition)
    assert publish_due(union, 4) == 1


def test_two_workers_publish_it_once(union: Union) -> None:
    schedule(union, hours=2)
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(publish_due(union, 3))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(counts) == [0, 1]
    assert union.count(EditionPublication) == 1


def test_a_worker_that_was_down_publishes_when_it_starts(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a fault of one look keeps it from no later one."""
    convention_id = schedule(union, hours=2)
    union.app.config["CLOCK"] = lambda: NOW + timedelta(hours=30)
    monkeypatch.setattr(worker, "PUBLISHES_EVERY", 0.01)
    once, faults, ended = worker.publish_due, iter([OSError("no space left")]), threading.Event()

    def first_a_fault(*arguments: object) -> list[int]:
        for fault in faults:
            raise fault
        ended.set()
        return once(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(worker, "publish_due", first_a_fault)
    with union.app.app_context():
        worker.keep_publishing(union.app, db.engine, ended)
    edition = newest(union, convention_id)
    assert edition and edition.publication and edition.publication.at == NOW + timedelta(hours=30)
