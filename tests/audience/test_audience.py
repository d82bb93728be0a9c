"""No word that nobody released reaches the public.

Random histories, and every surface on which the public reads, of every day.
"""

from __future__ import annotations

import logging
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

import pytest
from _pytest.mark import ParameterSet
from flask import Flask

from tests.conftest import ENGINES, fresh_url
from tests.factories.application import new_application
from tracker.config import Settings
from tracker.extensions import db
from tracker.record import ledger
from tracker.rules.codes import Visibility

from .histories import IN_THE_MIDDLE, MOVES, OFTEN, History
from .surfaces import NOWHERE, PRINTED, SURFACES, Reader, Seen, Surface, issued

MARKER = re.compile(r"xq\d{5}z")
SOAK = "EXAMPLES" in os.environ
STEPS = 30
MIDDLE = 18  # of them
SEEDS = range(int(os.environ["EXAMPLES"])) if SOAK else range(12)
PRINTED_SEEDS = SEEDS[::7] if SOAK else range(100, 102)
SOONEST = 3  # histories that `make check` plays
ON_POSTGRESQL = 4  # histories that are played on PostgreSQL as well: the rules are the same there
SEEN: Counter[str] = Counter()


def played(seeds: Sequence[int], soonest: int) -> list[ParameterSet]:
    """Engine and seed; all but the first are for `make test`."""
    pairs = [
        (engine, seed)
        for engine in ENGINES
        for seed in (seeds if engine == "sqlite" or SOAK else seeds[:ON_POSTGRESQL])
    ]
    return [
        pytest.param(engine, seed, marks=() if seed in seeds[:soonest] else pytest.mark.slow)
        for engine, seed in pairs
    ]


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("instance")
    url = fresh_url(request.param, request, tmp_path_factory)
    app = new_application(folder, url)
    with app.app_context():
        db.create_all()
        ledger.begin(db.session())
        db.session.commit()
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


def leaks(history: History, seen: Seen) -> list[str]:
    """The marked words that stand there and must not."""
    standing = set(MARKER.findall(seen.text))
    if seen.report is not None:
        forbidden = history.forbidden_in_report(seen.report, seen.has_code)
        SEEN["words of issued reports"] += len(standing)
    elif seen.outside:
        forbidden = history.forbidden_outside()
        SEEN["words asked outside"] += len(standing)
    else:
        forbidden = history.forbidden(seen.day, seen.handed_out, seen.has_code)
    return [
        f"{marked.what} {marked.marker} on {seen.where}"
        for marked in forbidden
        if marked.marker in standing and not (seen.names_allowed and marked.is_name)
    ]


def play(
    app: Flask, moves: list[tuple[str, int]], look_at: tuple[Surface, ...], looks: int
) -> None:
    with app.app_context():
        instance: Settings = app.config["SETTINGS"]
        history = History(db.session(), instance)
        SEEN["histories"] += 1
        app.config["CLOCK"] = lambda: history.context.now
        reader = Reader(app, history)
        every = max(len(moves) // looks, 1)
        for number, (move, seed) in enumerate(moves, 1):
            history.play(move, seed)
            SEEN[f"{move}{', refused' if 'refused' in history.played[-1] else ''}"] += 1
            if number % every and number != len(moves):
                continue
            leaked = [
                leak
                for surface in look_at
                for seen in surface(reader)
                for leak in leaks(history, seen)
            ]
            assert not leaked, "\n".join(
                [*sorted(set(leaked)), "in this history:", *history.played]
            )
            is_read = history.open and history.visibility is not Visibility.HIDDEN
            if is_read and not history.by_edition and look_at is SURFACES:
                is_public = history.visibility is Visibility.PUBLIC
                what_is_released_shows(history, reader if is_public else reader.member)
        db.session.rollback()


def what_is_released_shows(history: History, reader: Reader) -> None:
    """Released words stand on the page of their item, and its total is that of released money.

    Else nothing above could fail.
    """
    for item in history.items:
        page = reader.get(f"/{history.slug}/2025/nbi-{item.number}")
        for statement in history.entries:
            if statement.item is item and statement.state == "released":
                words = statement.words[0]
                assert words.hidden or words.undone or words.marker in page, (words, history.played)
                SEEN["released words"] += 1
                SEEN["words read with the code"] += reader.has_code
        spent = history.spent_of(item)
        if spent is not None:
            assert f"{spent:,.2f}" in page, (spent, history.played)
            SEEN["released money"] += 1


def moves(seed: int) -> list[tuple[str, int]]:
    dice = Random(seed)
    often = [*(move for move in MOVES if move not in IN_THE_MIDDLE), *OFTEN, *OFTEN]
    drawn = [(dice.choice(often), dice.randrange(2**20)) for _ in range(STEPS - 1)]
    reports = [(move, seed) for move in IN_THE_MIDDLE]
    drawn[MIDDLE:MIDDLE] = reports  # much may be taken from readers after it, and before it
    return [*drawn, *reports, ("ask from outside", seed)]  # the last look finds a link that works


@pytest.fixture(scope="module")
def enough_was_tried() -> Iterator[None]:
    """Looks, after at least ten histories, whether every move was tried in them."""
    yield
    if SEEN["histories"] >= 10:
        for move in MOVES:
            assert SEEN[move] >= 3, (move, dict(SEEN))
        assert SEEN["released words"] > 10 and SEEN["released money"] > 1, SEEN
        assert SEEN["words read with the code"] and SEEN["words asked outside"], SEEN
        assert SEEN["words of issued reports"], SEEN


@pytest.mark.slow
@pytest.mark.usefixtures("enough_was_tried")
@pytest.mark.parametrize(("site", "seed"), played(SEEDS, SOONEST), indirect=["site"])
def test_no_page_and_no_export_says_what_nobody_released(
    site: Flask, seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        play(site, moves(seed), SURFACES, looks=2)
    assert not MARKER.findall(caplog.text.replace(NOWHERE, "")), caplog.text[:3000]


@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_what_was_released_stands_in_an_issued_report_until_it_is_withheld(site: Flask) -> None:
    """Else nothing above could fail."""
    with site.app_context():
        history = History(db.session(), site.config["SETTINGS"])
        site.config["CLOCK"] = lambda: history.context.now
        reader = Reader(site, history)
        for seed in range(9):
            history.play("log", seed)
            history.play("release", seed)
        for move in IN_THE_MIDDLE:
            history.play(move, 1)
        words = next(one.words[0] for one in history.entries if one.state == "released")
        pages = [seen for seen in issued(reader) if words.marker in seen.text]
        assert pages, history.played
        for seed in range(40):
            history.play("withhold", seed)
        assert words.hidden
        assert not [seen for seen in issued(reader) if words.marker in seen.text]
        history.play("make the files of reports", 1)
        seen = list(issued(reader))
        assert not [one for one in seen if words.marker in one.text]
        assert len(history.issued) > 1
        db.session.rollback()


@pytest.mark.parametrize(("site", "seed"), played(PRINTED_SEEDS, 0), indirect=["site"])
def test_no_report_says_what_nobody_released(site: Flask, seed: int) -> None:
    play(site, moves(seed), PRINTED, looks=1)
