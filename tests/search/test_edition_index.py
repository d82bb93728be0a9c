"""What is kept of an edition is what follows from the facts up to its event, whatever is recorded
later; what is withheld or erased goes from it at once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.factories import records
from tests.factories.recorded_union import RecordedUnion
from tests.record.player import SHORT, Move, Player, moves
from tracker.acts import bodies, erasing, withholding
from tracker.acts.publications import pin_edition
from tracker.record import kept_summaries
from tracker.record.items import Version
from tracker.record.progress import Withholding
from tracker.record.publications import Edition
from tracker.record.summary import KEPT, LIVE
from tracker.rules.codes import WithheldFor
from tracker.search import index, spelling
from tracker.search.candidates import Readers, candidates
from tracker.search.extent import Extent
from tracker.search.query import parse
from tracker.search.tables import ITEMS, WORDS


def wrong(session: Session, player: Player) -> list[str]:
    body_id, today = player.context.body_id, player.context.today
    return [
        *kept_summaries.rebuild(session, body_id, today, check=True),
        *index.rebuild(session, body_id, check=True),
    ]


def kept(session: Session, edition: Edition) -> dict[int, dict[str, object]]:
    """What lists read of it, but for the columns that name the edition."""
    rows = session.execute(sa.select(KEPT).where(KEPT.c.up_to == edition.up_to)).mappings()
    return {row["item_id"]: content(dict(row)) for row in rows}


def content(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in DIFFERS}


DIFFERS = ("up_to", "first_day", "last_day")


@pytest.mark.slow
@SHORT
@given(history=moves, at=st.integers(0, 25))
def test_it_is_kept_whatever_is_recorded_later(
    engine: sa.Engine, history: list[Move], at: int
) -> None:
    """And is the copy of what was kept of the record on its day."""
    with Session(engine) as session:
        player = Player.begin(session)
        at = min(at, len(history))
        for move in history[:at]:
            player.play(move)
        own = player.conventions[at % 2]
        live = {
            row["item_id"]: content(dict(row))
            for row in session.execute(
                sa.select(KEPT).where(
                    KEPT.c.convention_id == own.id,
                    KEPT.c.up_to == LIVE,
                    KEPT.c.first_day <= player.context.today,
                    KEPT.c.last_day >= player.context.today,
                )
            ).mappings()
        }
        edition = pin_edition(replace(player.context, actor=player.actor(0)), own)
        assert kept(session, edition) == live != {}
        for move in history[at:]:
            player.play(move)
        assert kept(session, edition) == live
        assert wrong(session, player) == []
        session.rollback()


def pinned(session: Session) -> tuple[Player, Edition]:
    player = Player.begin(session)
    return player, pin_edition(player.context, player.conventions[0])


def test_one_made_anew_leaves_nothing_of_the_first(session: Session) -> None:
    player, first = pinned(session)
    later = replace(player.context, now=player.context.now + timedelta(hours=1))
    bodies.set_setting(later, "silence_days", "30")
    second = pin_edition(later, player.conventions[0])
    assert second.up_to > first.up_to
    assert kept(session, first) == {} != kept(session, second)
    for table in (ITEMS, WORDS):
        of_editions = sa.select(table.c.up_to).where(table.c.up_to != LIVE).distinct()
        assert session.scalars(of_editions).all() == [second.up_to]
    assert wrong(session, player) == []


def test_what_was_changed_behind_its_back_is_told_and_made_anew(session: Session) -> None:
    player, edition = pinned(session)
    item_id, body_id = player.items[0].id, player.context.body_id
    of_edition = sa.and_(KEPT.c.item_id == item_id, KEPT.c.up_to == edition.up_to)
    session.execute(sa.update(KEPT).where(of_edition).values(entries_waiting=7))
    session.execute(
        sa.update(ITEMS)
        .where(ITEMS.c.item_id == item_id, ITEMS.c.up_to == edition.up_to)
        .values(units=" 7 ")
    )
    on = player.context.today
    assert wrong(session, player) == [
        f"item {item_id}: what is kept of it as the edition of {on} has it",
        f"item {item_id}: the words by which the edition of {on} finds it",
    ]
    session.execute(sa.update(KEPT).where(of_edition).values(up_to=edition.up_to + 1))
    assert len(wrong(session, player)) == 3
    assert list(kept_summaries.rebuild(session, body_id, on)) == []
    assert list(index.rebuild(session, body_id)) == []
    assert wrong(session, player) == []


class Pinned:
    """An edition of one item is pinned after one entry, and before another."""

    def __init__(self, session: Session) -> None:
        self.session, self.union = session, RecordedUnion.begin(session)
        self.own = records.new_convention(self.union.context, 2024)
        self.item = self.union.item(self.own, "1", "Quiet rooms", "Provide directories.")
        self.entry = self.union.say(self.item, date(2024, 7, 1), "Surveyed every campus.", None)
        self.edition = pin_edition(self.union.context, self.own)
        self.union.say(self.item, date(2024, 7, 2), "Published a booklet.", None)

    @property
    def extent(self) -> Extent:
        return Extent(body_id=self.union.context.body_id, up_to={self.own.id: self.edition.up_to})

    def finds(self, typed: str) -> bool:
        terms = parse(typed, "en").terms
        found = candidates(self.session, self.extent, terms, Readers())
        assert [item.item_id for item in found.items] in ([], [self.item.id])
        return bool(found.items)

    def is_offered(self, misspelt: str) -> str | None:
        return spelling.nearest(self.session, self.extent, misspelt)

    def need_sound(self) -> None:
        assert list(index.rebuild(self.session, self.union.context.body_id, check=True)) == []


@pytest.fixture
def it(session: Session) -> Pinned:
    return Pinned(session)


def test_words_that_came_later_are_neither_found_nor_offered(it: Pinned) -> None:
    assert it.finds("surveyed") and not it.finds("booklet")
    assert it.is_offered("survayed") == "surveyed"
    assert it.is_offered("booklat") is None
    assert spelling.nearest(it.session, Extent(body_id=it.extent.body_id), "booklat") == "booklet"
    it.need_sound()


def test_what_is_withheld_later_goes_at_once_and_comes_back(it: Pinned) -> None:
    withholding.withhold(it.union.context, it.item, it.entry, WithheldFor.LEGAL)
    assert not it.finds("surveyed")
    assert it.is_offered("survayed") is None
    it.need_sound()
    context = it.union.context
    key = withholding.standing_withholding(context, it.entry)
    withholding.lift(context, it.item, it.session.get_one(Withholding, key), "They agreed.")
    assert it.finds("surveyed") and it.is_offered("survayed") == "surveyed"
    it.need_sound()


def test_what_is_erased_later_goes_at_once(it: Pinned) -> None:
    version = it.session.scalars(sa.select(Version).where(Version.item_id == it.item.id)).one()
    assert version.title is not None and it.finds("quiet")
    erasing.erase(it.union.context, version.title, WithheldFor.PERSONAL_DATA)
    assert not it.finds("quiet") and it.finds("directories")
    it.need_sound()
