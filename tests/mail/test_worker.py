"""The thread of the worker that sends, and a worker process that is really killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tracker import config
from tracker.config import Settings
from tracker.extensions import db
from tracker.mail import delivery
from tracker.record.outgoing_mail import MailState

from .conftest import Mailing, look

REPOSITORY = Path(__file__).parents[2]


def test_the_thread_sends_what_comes_and_goes_on_after_a_fault(
    app: Flask, mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "LOOKS_EVERY", 0.01)
    send_due, faults = delivery.Delivery.send_due, iter([OSError("no space left")])

    def first_a_fault(self: delivery.Delivery, ended: threading.Event | None = None) -> int:
        for fault in faults:
            raise fault
        return send_due(self, ended)

    monkeypatch.setattr(delivery.Delivery, "send_due", first_a_fault)
    ended = threading.Event()
    sending = threading.Thread(target=delivery.keep_sending, args=(app, db.engine, ended))
    mail_id = mailing.put_for_good()
    with mailing.server.up():
        sending.start()
        try:
            mailing.server.wait_for(1)
        finally:
            ended.set()
            sending.join(30)
    assert not sending.is_alive()
    assert look(mail_id).state is MailState.SENT


def test_without_a_mail_server_the_thread_ends(app: Flask) -> None:
    delivery.keep_sending(app, db.engine, threading.Event())


def test_a_worker_that_is_killed_between_sending_and_noting(
    app: Flask, mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server has taken the mail and the worker never learns of it: one duplicate, by the same
    Message-ID.
    """
    settings: Settings = app.config["SETTINGS"]
    (settings.instance / config.KEY_FILE).write_text("k" * config.SHORTEST_KEY)
    monkeypatch.setenv("TRACKER_DATABASE_URL", str(db.engine.url.render_as_string(False)))
    server = f"smtp://127.0.0.1:{mailing.server.port}?from=tracker@example.org"
    monkeypatch.setenv("TRACKER_MAIL_URL", server)
    mailing.now = datetime.now(UTC)  # the worker has a clock of its own
    mail_id = mailing.put_for_good(until=mailing.now + timedelta(days=7))
    command = [sys.executable, "-m", "tracker.worker", "--instance", str(settings.instance)]
    with mailing.server.up():
        worker = subprocess.Popen(command, cwd=REPOSITORY)
        mailing.server.on_taken = lambda: os.kill(worker.pid, signal.SIGKILL)
        try:
            mailing.server.wait_for(1)
            assert worker.wait(30) == -signal.SIGKILL
        finally:
            worker.kill()
            worker.wait()
        mailing.server.on_taken = None
        mail = look(mail_id)
        assert (mail.state, mail.attempts) == (MailState.WAITING, 1)
        assert mail.tried_at and mail.next_try_at
        mailing.now = mail.tried_at
        assert mailing.delivery.send_due() == 0
        mailing.now = mail.next_try_at
        assert mailing.delivery.send_due() == 1
        mailing.wait(delivery.LEFT_BEHIND_AFTER * 2)
        assert mailing.delivery.send_due() == 0
    assert [email["Message-ID"] for email in mailing.server.taken] == [mail.message_id] * 2
    assert (look(mail_id).state, look(mail_id).text) == (MailState.SENT, None)
