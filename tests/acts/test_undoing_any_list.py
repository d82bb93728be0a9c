"""Whatever was recorded before, an import that is undone leaves no trace: what lists read is as
before, and past days say what they said before the list came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from sqlalchemy.orm import Session

from tests.factories.import_office import table
from tests.record.player import SHORT, Move, Player, moves
from tracker.acts import undoing
from tracker.importing.planning.options import ImportOptions
from tracker.importing.planning.preview import preview
from tracker.importing.rows import mapping_file
from tracker.importing.tables.sheets import read_bytes
from tracker.importing.writing import plan_writer
from tracker.record import kept_summaries, ledger_tables, summary
from tracker.record.as_of import AsOf
from tracker.record.bodies import Body
from tracker.record.conventions import ListImport
from tracker.record.items import FloorPerson, Item
from tracker.record.loader import load
from tracker.record.surroundings import any_amount_recorded
from tracker.record.verification import verify
from tracker.rules.item_facts import Facts
from tracker.search.index import rebuild

HEADINGS = ("NBI #", "Title", "Text", "Disposition", "Date", "Maker", "Dept", "Cost", "Update")
WRITTEN: Counter[str] = Counter()


@pytest.fixture(scope="module")
def enough_was_written() -> Iterator[None]:
    """Looks, at the end, whether the lists replaced what they are to give back."""
    yield
    assert WRITTEN["lists"] and WRITTEN["replaced"], WRITTEN


def take(player: Player, *rows: tuple[str, ...]) -> ListImport:
    session, context = player.session, player.context
    player.context = context = replace(context, now=context.now + timedelta(hours=1))
    slug = session.get_one(Body, context.body_id).slug
    plan = preview(
        session,
        read_bytes(table(HEADINGS, *rows).encode(), "list.csv"),
        mapping_file.mapping_of({}),
        ImportOptions(body=slug, convention="2017", create=False),
        context.today,
    )
    plan_writer.apply(session, plan, context.now)
    newest = sa.select(ListImport).order_by(ListImport.id.desc()).limit(1)
    return session.scalars(newest).one()


def now_bound(player: Player) -> AsOf:
    head = player.session.get_one(
        ledger_tables.Head, player.context.body_id, populate_existing=True
    )
    return AsOf(player.context.today, recorded=head.recorded_at)


def known(player: Player, as_of: AsOf) -> dict[int, Facts]:
    body_id = player.context.body_id
    keys = player.session.scalars(sa.select(Item.id).where(Item.body_id == body_id)).all()
    return load(player.session, body_id, keys, replace(as_of, on=player.context.today), words=True)


def answers(player: Player) -> dict[int, object]:
    """What lists say of each item, without the keys of facts and until when it holds."""
    body_id, today = player.context.body_id, player.context.today
    keys = player.session.scalars(sa.select(Item.id).where(Item.body_id == body_id)).all()
    return {
        item_id: (one.standing, one.verdict, one.floor, one.floor_on, one.units, one.estimate)
        for item_id, one in summary.current(player.session, keys, today).items()
    }


@pytest.mark.slow
@pytest.mark.usefixtures("enough_was_written")
@settings(SHORT, max_examples=SHORT.max_examples // 2)
@given(history=moves)
def test_an_undone_list_leaves_no_trace(engine: sa.Engine, history: list[Move]) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        for move in history:
            player.play(move)
        today = player.context.today.isoformat()
        take(player, ("1", "Ours", "", "", "", "Ohio", "", "", ""))
        before, bound = answers(player), now_bound(player)
        had_amounts = any_amount_recorded(session, player.context.body_id)
        facts_before = known(player, bound)
        rows = [
            ("1", "Another", "Another text.", "Defeated", today, "Utah", "Safety", "$9", "Done it"),
            ("50", "New", "Its text.", "Adopted", today, "Iowa", "Research", "", "Begun"),
            ("", "Unnumbered", "Its text.", "Adopted", "", "Iowa", "Research", "", ""),
        ]
        imported = take(player, *rows)
        after_import = now_bound(player)
        assert len(known(player, after_import)) == len(facts_before) + 2
        replaced = sa.select(FloorPerson.id).where(
            FloorPerson.retracted_by.between(imported.first_event, imported.recorded_by)
        )
        WRITTEN["replaced"] += session.scalar(replaced) is not None
        WRITTEN["lists"] += 1
        player.context = replace(player.context, now=player.context.now + timedelta(hours=1))
        undoing.undo_import(player.context, imported)

        assert answers(player) == before
        assert any_amount_recorded(session, player.context.body_id) == had_amounts
        assert known(player, bound) == facts_before
        assert known(player, after_import) == facts_before
        body_id, day = player.context.body_id, player.context.today
        assert list(kept_summaries.rebuild(session, body_id, day, check=True)) == []
        assert list(rebuild(session, body_id, check=True)) == []
        assert list(verify(session, body_id)) == []
        session.rollback()
