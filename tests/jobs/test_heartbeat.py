"""When the worker was last seen."""

from __future__ import annotations

import errno
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest

from tracker.config import Settings
from tracker.jobs import heartbeat

AT = datetime(2026, 11, 30, 14, 2, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(instance=tmp_path, secret_key="k", database_url="sqlite://")


def test_a_worker_that_was_never_there_is_down(settings: Settings) -> None:
    state = heartbeat.worker_state(settings, AT)
    assert state.is_down and state.seen_at is None


def test_it_counts_as_down_half_a_minute_after_its_last_beat(settings: Settings) -> None:
    heartbeat.beat(settings, AT)
    assert settings.worker_file.read_bytes() == b"", "a full disk has room for it"
    for seconds, is_down in ((0, False), (30, False), (31, True)):
        state = heartbeat.worker_state(settings, AT + timedelta(seconds=seconds))
        assert (state.seen_at, state.is_down) == (AT, is_down)


def test_a_beat_that_fails_is_logged_once_and_ends_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ended = threading.Event()
    beats: list[datetime] = []

    def full(_settings: Settings, now: datetime) -> NoReturn:
        beats.append(now)
        if len(beats) == 3:
            ended.set()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(heartbeat, "beat", full)
    monkeypatch.setattr(heartbeat, "BEAT", timedelta(milliseconds=1))
    heartbeat.keep_beating(settings, lambda: AT, ended)
    assert len(beats) == 3 and caplog.text.count("cannot say that it is there") == 1
