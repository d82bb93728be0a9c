"""The one loader: every field of the type that it names, as of a day, words where they are asked
for, a constant number of statements.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date
from typing import Any, get_args, get_origin, get_type_hints

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.everything import record_everything
from tests.factories.recorded_union import ZONE
from tests.factories.scenes import Scene, scene
from tests.statements import counting
from tracker.record.as_of import AsOf
from tracker.record.fact_selects import ALWAYS, TABLES, WITH_WORDS
from tracker.record.items import Item
from tracker.record.ledger_tables import Event, Text
from tracker.record.loader import Rows, load
from tracker.record.money import Expense

from .player import Player

NOW = AsOf(date(2025, 3, 31))
FREE_TEXT = (
    *("words", "title", "rationale", "reason", "note", "sentence"),
    *("assumption", "payee", "tie", "url", "minutes"),
)


@pytest.fixture(scope="module")
def recorded(engine: sa.Engine) -> Iterator[Scene]:
    with Session(engine) as session:
        yield scene(session)


def is_of(value: object, kind: Any) -> bool:
    """Whether a value is of the type of a field; a bool is no number here, and a text no code."""
    if get_origin(kind) is types.UnionType:
        return any(is_of(value, part) for part in get_args(kind))
    return type(value) is kind


def test_each_field_of_each_table_has_its_type(engine: sa.Engine) -> None:
    with Session(engine, expire_on_commit=False) as session:
        player = Player.begin(session)
        player.play((0, 0, 0, 0, 0, 0))
        record_everything(player)
        session.commit()
        context = player.context
        keys = session.scalars(sa.select(Item.id).where(Item.body_id == context.body_id)).all()
        spent = sa.select(Event.recorded_at).join(Expense, Expense.recorded_by == Event.id)
        moments = (None, session.scalars(spent.order_by(Event.id)).first())  # it is corrected later
        facts = [
            fact
            for moment in moments
            for rows in [Rows(session, keys, AsOf(context.today, moment), context.zone, words=True)]
            for shape in TABLES
            for fact in rows.every(shape)
        ]
    assert {type(fact) for fact in facts} == set(TABLES)
    for fact in facts:
        hints = get_type_hints(type(fact))
        for field in fields(fact):
            value = getattr(fact, field.name)
            assert is_of(value, hints[field.name]), (type(fact).__name__, field.name, value)
        assert fact.recorded_at.tzinfo is UTC
    for shape in TABLES:
        mine = [fact for fact in facts if type(fact) is shape]
        for field in fields(shape):
            if field.name in FREE_TEXT:
                assert any(getattr(fact, field.name) for fact in mine), (shape, field.name)


def test_words_are_there_only_where_they_are_asked_for(session: Session, recorded: Scene) -> None:
    keys = list(recorded.items.values())
    plain = load(session, recorded.body_id, keys, NOW)
    worded = load(session, recorded.body_id, keys, NOW, words=True)
    assert plain.keys() == worded.keys() == set(keys)
    for key, facts in plain.items():
        assert {type(fact) for fact in facts.every_fact()}.isdisjoint(WITH_WORDS)
        for fact in facts.every_fact():
            assert not any(getattr(fact, name, None) for name in FREE_TEXT), fact
        # What the rules ask is the same.
        assert [fact.id for fact in facts.entries] == [fact.id for fact in worded[key].entries]
        assert [(expense.id, expense.amount) for expense in facts.expenses] == [
            (expense.id, expense.amount) for expense in worded[key].expenses
        ]
    [mentors] = load(session, recorded.body_id, [recorded.items["9"]], NOW, words=True).values()
    assert "There are **64** mentors." in {entry.words for entry in mentors.entries}


def test_what_is_over_shows_beside_what_stands(session: Session, recorded: Scene) -> None:
    [mentors] = load(session, recorded.body_id, [recorded.items["9"]], NOW, words=True).values()
    over = [entry for entry in mentors.entries_ever if entry.retracted]
    assert [entry.words for entry in over] == ["There are **46** mentors."]
    assert set(mentors.entries) == set(mentors.entries_ever) - set(over)
    [claim] = [claim for claim in mentors.claims_ever if claim.retracted]
    assert claim.entry_id == over[0].id and claim not in mentors.claims
    # It was released, and its release was taken back with it.
    assert over[0].id in mentors.released_ever and mentors.released(entry=over[0].id) is None
    waits = next(entry for entry in mentors.entries if entry.words and "waits" in entry.words)
    assert not mentors.was_released(waits.id) and mentors.was_released(None)


@pytest.mark.parametrize(
    "as_of",
    [AsOf.known_on(date(2025, 3, 22), ZONE), AsOf.happened_by(date(2025, 3, 21))],
    ids=["known on", "happened by"],
)
def test_a_correction_counts_from_the_day_on_which_it_was_known(
    session: Session, recorded: Scene, as_of: AsOf
) -> None:
    """On the day before its release both were there; of what had happened, what was retracted since
    is never part.
    """
    [mentors] = load(session, recorded.body_id, [recorded.items["9"]], as_of, words=True).values()
    first = next(entry for entry in mentors.entries_ever if entry.words and "46" in entry.words)
    assert first.retracted is as_of.happened
    corrections = [entry for entry in mentors.entries if entry.corrects_id == first.id]
    assert bool(corrections) is not as_of.happened
    assert all(entry.on <= as_of.on for entry in mentors.entries_ever)
    if as_of.happened:
        assert all(fact.heard_on == fact.on for fact in mentors.every_fact())


def test_an_item_that_was_not_recorded_by_then_is_left_out(
    session: Session, recorded: Scene
) -> None:
    late = recorded.items["30"]
    assert load(session, recorded.body_id, [late], AsOf.known_on(date(2025, 3, 24), ZONE)) == {}
    assert load(session, recorded.body_id, [], NOW) == {}
    assert late in load(session, recorded.body_id, [late], AsOf.known_on(date(2025, 3, 25), ZONE))


def test_an_erased_text_is_none(session: Session, recorded: Scene) -> None:
    digest = session.scalar(sa.select(Text.digest).where(Text.words == "A late item"))
    session.execute(sa.update(Text).where(Text.digest == digest).values(words=None, nonce=None))
    [late] = load(session, recorded.body_id, [recorded.items["30"]], NOW, words=True).values()
    session.rollback()
    assert [version.title for version in late.versions] == [None] and late.versions[0].words


@pytest.mark.parametrize("words", [False, True])
def test_as_many_statements_for_one_item_as_for_all(
    session: Session, recorded: Scene, words: bool
) -> None:
    engine = session.get_bind()
    assert isinstance(engine, sa.Engine)
    statements = []
    one, two, *_ = every = list(recorded.items.values())
    for keys in ([one], [one, two], every * 20):
        with counting(engine) as sent:
            load(session, recorded.body_id, keys, NOW, words=words)
        statements.append(sent)
    # The items that links join; settings, added kinds, clocks; then each table once.
    assert [len(sent) for sent in statements] == [len(TABLES if words else ALWAYS) + 4] * 3
    # the very same SQL, however many they are: it is prepared once
    assert statements[1] == statements[2]


def test_both_ends_of_a_link_are_loaded(engine: sa.Engine) -> None:
    with Session(engine, expire_on_commit=False) as session:
        player = Player.begin(session)
        player.play((0, 0, 0, 0, 0, 0))
        record_everything(player)
        session.commit()
        body_id, as_of = player.context.body_id, AsOf(player.context.today)
        keys = session.scalars(sa.select(Item.id).where(Item.body_id == body_id)).all()
        every = load(session, body_id, keys, as_of)
        links = [link for facts in every.values() for link in facts.links]
        assert links
        for link in links:
            assert link in every[link.target_id].incoming
            for end in (link.item_id, link.target_id):
                assert {link.item_id, link.target_id} <= load(session, body_id, [end], as_of).keys()
