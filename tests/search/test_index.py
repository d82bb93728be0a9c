"""The index that acts have written is the one that is made anew; and both engines find what the
words themselves say.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories import records
from tests.record.player import SHORT, START, Move, Player, moves
from tracker.acts import bodies, items
from tracker.record import kept_summaries
from tracker.record.summary import LIVE
from tracker.rules.codes import Kind
from tracker.search import index, spelling
from tracker.search.candidates import MOST, Readers, candidates
from tracker.search.extent import Extent
from tracker.search.index_text import IndexText, holds
from tracker.search.passages import Level
from tracker.search.query import parse
from tracker.search.spelling import Said
from tracker.search.tables import ITEMS, SPELLINGS, WORDS

VOCABULARY = (
    *("air", "airs", "monitor", "monitors", "monitoring", "classroom", "portable", "delegation"),
    *("oregon", "the", "of", "state", "contracts", "contracted", "naive", "café"),
)
# What the query languages of the engines are made of.
SYNTAX = (
    *("AND", "OR", "NOT", "NEAR(", "'", '"', "*", ":*", "&", "|", "!", "<->", "^", ")", ";--"),
    *("words:", "{marks}:", "\\"),
)


@SHORT
@given(history=moves)
def test_act_by_act_is_what_is_made_anew(engine: sa.Engine, history: list[Move]) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        for move in history:
            player.play(move)
        body_id = player.context.body_id
        assert list(index.rebuild(session, body_id, check=True)) == []
        session.rollback()


def test_what_was_changed_behind_its_back_is_told_and_made_anew(engine: sa.Engine) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        body_id, item_id = player.context.body_id, player.items[0].id
        session.execute(sa.update(ITEMS).where(ITEMS.c.item_id == item_id).values(units=" 7 "))
        session.execute(sa.delete(WORDS).where(WORDS.c.body_id == body_id))
        assert list(index.rebuild(session, body_id, check=True)) == [
            f"item {item_id}: the words by which it is found",
            "the list of words that items say",
        ]
        assert list(index.rebuild(session, body_id)) == []
        assert list(index.rebuild(session, body_id, check=True)) == []


def test_an_index_of_other_words_is_told_and_made_anew(engine: sa.Engine) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        body_id, item_id = player.context.body_id, player.items[0].id
        if engine.dialect.name == "sqlite":
            session.connection().exec_driver_sql(
                "INSERT INTO find_words (rowid, words, marks) VALUES (999, 'other', 'words')"
            )
        else:
            session.execute(
                sa.update(ITEMS).where(ITEMS.c.item_id == item_id).values(vector="'other':1")
            )
        assert list(index.rebuild(session, body_id, check=True)) == ["the index of full text"]
        assert list(index.rebuild(session, body_id)) == []
        assert list(index.rebuild(session, body_id, check=True)) == []
        session.rollback()


def test_many_acts_are_indexed_at_their_end(engine: sa.Engine) -> None:
    with Session(engine) as session:
        context = records.context_of_new_body(session, START)
        convention = records.new_convention(context, 2017)
        with kept_summaries.kept_at_the_end(session):
            for number in range(3):
                records.new_item(context, convention, str(number), f"Title {number}")
            assert index_rows(session, context.body_id) == []
        assert len(index_rows(session, context.body_id)) == 3
        assert list(index.rebuild(session, context.body_id, check=True)) == []
        session.rollback()


def index_rows(session: Session, body_id: int) -> list[tuple[int, IndexText]]:
    rows = session.execute(sa.select(ITEMS).where(ITEMS.c.body_id == body_id)).mappings()
    return [
        (
            row["item_id"],
            IndexText(level=Level(row["level"]), words=row["words"], marks=row["marks"]),
        )
        for row in rows
    ]


def test_engines_find_what_the_words_say(engine: sa.Engine) -> None:
    """Whatever is typed, be it in the languages of the engines themselves."""
    dice = Random(7)
    with Session(engine) as session:
        context = records.context_of_new_body(session, START)
        convention = records.new_convention(context, 2017)
        for number in range(40):
            text = " ".join(dice.choices(VOCABULARY, k=dice.randint(1, 12)))
            version = items.NewVersion(words=text, title=dice.choice([None, *VOCABULARY]))
            items.register(context, convention, Kind.NEW_BUSINESS_ITEM, str(number), version)
        rows = index_rows(session, context.body_id)
        found_any = 0
        for _ in range(300):
            typed = " ".join(dice.choices([*VOCABULARY, *SYNTAX], k=dice.randint(1, 4)))
            terms = parse(dice.choice([typed, f'"{typed}"', typed[:-1]]), "en").terms
            if not terms:
                continue
            found = candidates(session, Extent(body_id=context.body_id), terms, Readers())
            expected = {item_id for item_id, text in rows if holds(text, terms)}
            assert {item.item_id for item in found.items} == expected, typed
            found_any += bool(expected)
        assert found_any > 50
        session.rollback()


@pytest.mark.parametrize("typed", ["a", "e" * 5000, "the of and", "🤷", "\u202eabc", "%", "monit*"])
def test_words_of_the_worst_kind(engine: sa.Engine, typed: str) -> None:
    with Session(engine) as session:
        context = records.context_of_new_body(session, START)
        found = candidates(
            session, Extent(body_id=context.body_id), parse(typed, "en").terms, Readers()
        )
        assert found.items == () and not found.more
        session.rollback()


def test_of_more_than_500_the_last_recorded_are_given(engine: sa.Engine) -> None:
    with Session(engine) as session:
        context = records.context_of_new_body(session, START)
        convention = records.new_convention(context, 2017)
        with kept_summaries.kept_at_the_end(session):
            added = [
                records.new_item(context, convention, str(number)).id for number in range(MOST + 2)
            ]
        found = candidates(
            session, Extent(body_id=context.body_id), parse("thing", "en").terms, Readers()
        )
        assert found.more
        assert [item.item_id for item in found.items] == added[:1:-1]
        session.rollback()


WORD = st.text("abcdefgh", min_size=spelling.SHORTEST, max_size=8)


@given(word=WORD, place=st.integers(0, 7), letter=st.sampled_from("abcxyz"))
def test_a_word_and_its_misspelling_share_a_spelling(word: str, place: int, letter: str) -> None:
    place %= len(word)
    others = [
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    ]
    for other in others:
        assert spelling.spellings(word) & spelling.spellings(other)


def said(*texts: str) -> Counter[Said]:
    """The words of items of one convention."""
    return spelling.words_of({"convention_id": 7, "up_to": LIVE, "words": text} for text in texts)


def test_words_are_counted_and_forgotten(engine: sa.Engine) -> None:
    with Session(engine) as session:
        context = records.context_of_new_body(session, START)
        body_id = context.body_id
        first = said("monitors boilers", "monitors | monitors")
        assert first == {Said(7, LIVE, "monitors"): 2, Said(7, LIVE, "boilers"): 1}
        spelling.change(session, body_id, said(), first)
        assert spelling.nearest(session, Extent(body_id=body_id), "moniters") == "monitors"
        assert spelling.nearest(session, Extent(body_id=body_id), "monitors") is None
        assert spelling.nearest(session, Extent(body_id=body_id), "munitars") is None
        spelling.change(session, body_id, first, said("boilers"))
        assert spelling.nearest(session, Extent(body_id=body_id), "moniters") is None
        assert spelling.kept(session, body_id) == {Said(7, LIVE, "boilers"): 1}
        left = session.scalar(
            sa.select(sa.func.count()).where(
                SPELLINGS.c.body_id == body_id, SPELLINGS.c.word == "monitors"
            )
        )
        assert left == 0
        session.rollback()


def test_of_several_words_the_one_that_most_items_say_was_meant(engine: sa.Engine) -> None:
    with Session(engine) as session:
        context = records.context_of_new_body(session, START)
        words = said("planes", "planks", "planks")
        spelling.change(session, context.body_id, said(), words)
        assert spelling.nearest(session, Extent(body_id=context.body_id), "planxs") == "planks"
        session.rollback()


def test_a_setting_that_is_no_language_changes_nothing(engine: sa.Engine) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        bodies.set_setting(player.context, "silence_days", "30")
        assert list(index.rebuild(session, player.context.body_id, check=True)) == []
        session.rollback()
