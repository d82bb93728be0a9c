"""What readers are shown of a convention by edition: the same whatever is recorded after it, but
for what is withheld or erased.
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
from tests.statements import counting
from tracker.acts.publications import pin_edition, publish_edition, set_publication
from tracker.reading import bodies, convention, item
from tracker.reading.audience import PUBLIC, staff
from tracker.reading.find import find
from tracker.reading.publications import edition_as_of, readers_as_of, visibility_of
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.progress import Withholding
from tracker.rules.codes import Visibility


def by_edition(player: Player, own: Convention) -> None:
    """A published edition of it, of this moment."""
    context = replace(player.context, actor=player.actor(0))
    set_publication(context, own, Visibility.PUBLIC, by_edition=True)
    publish_edition(context, pin_edition(context, own))


def of_readers(session: Session, own: Convention, asked: AsOf) -> AsOf:
    as_of = readers_as_of(visibility_of(session, own.body_id)[own.id], asked)
    assert as_of is not None
    return as_of


def shown(session: Session, own: Convention, asked: AsOf) -> tuple[object, ...]:
    """Everything that readers are shown of it who ask for it as of a day: its own page, those of
    its items, its line among the conventions of the body, and what Find finds of it.
    """
    body_id, as_of = own.body_id, of_readers(session, own, asked)
    page = convention.page(session, body_id, own.id, as_of)
    assert page is not None
    item_pages = item.pages(session, body_id, [row.id for row in page.rows], as_of, PUBLIC)
    lines = bodies.page(session, body_id, asked).conventions
    found = find(session, body_id, "words item done better effect", as_of=asked)
    words = find(session, body_id, "item", as_of=asked).hits
    return (
        page,
        item_pages,
        [line for line in lines if line.convention.id == own.id],
        found.fewer_words,
        [hit for hit in words if hit.convention.id == own.id],
    )


@pytest.mark.slow
@SHORT
@given(history=moves, at=st.integers(0, 25))
def test_it_reads_the_same_whatever_is_recorded_later(
    engine: sa.Engine, history: list[Move], at: int
) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        player.look = lambda: None  # type: ignore[method-assign]
        at = min(at, len(history))
        for move in history[:at]:
            player.play(move)
        own, other = player.conventions[at % 2], player.conventions[1 - at % 2]
        by_edition(player, own)
        by_edition(player, other)
        today = player.context.today
        earlier = AsOf.known_on(player.context.today - timedelta(days=20), player.context.zone)
        before = shown(session, own, AsOf(today))
        had_begun = convention.page(session, own.body_id, own.id, earlier) is not None
        past = shown(session, own, earlier) if had_begun else None
        withheld = session.scalar(sa.select(sa.func.count()).select_from(Withholding))
        for move in history[at:]:
            player.play(move)
        if session.scalar(sa.select(sa.func.count()).select_from(Withholding)) == withheld:
            assert shown(session, own, AsOf(player.context.today)) == before
            if had_begun:
                assert shown(session, own, earlier) == past
        session.rollback()


class Published:
    """A convention by edition, and one that is live; more was said of both since the edition."""

    def __init__(self, session: Session) -> None:
        self.session, self.union = session, RecordedUnion.begin(session)
        self.own, self.live = (
            records.new_convention(self.union.context, year) for year in (2023, 2024)
        )
        self.items = []
        for own in (self.own, self.live):
            one = self.union.item(own, "1", "Quiet rooms", "Provide directories.")
            self.union.adopt(one, lead="Research")
            self.union.say(one, date(2024, 7, 1), "Surveyed every campus.", None)
            self.items.append(one)
        set_publication(self.union.context, self.own, Visibility.PUBLIC, by_edition=True)
        self.edition = pin_edition(self.union.context, self.own)
        publish_edition(self.union.on(date(2024, 7, 2)), self.edition)
        for one in self.items:
            self.union.say(one, date(2024, 8, 1), "Published a booklet.", None)
        self.union.item(self.own, "2", "Booklets", "Print a booklet.")

    @property
    def today(self) -> AsOf:
        return AsOf(self.union.context.today)

    def found(self, typed: str, audience: object = PUBLIC) -> list[str]:
        results = find(
            self.session,
            self.own.body_id,
            typed,
            as_of=self.today,
            audience=audience,  # type: ignore[arg-type]
        )
        return [hit.row.path for hit in results.hits]


@pytest.fixture
def it(session: Session) -> Published:
    return Published(session)


def test_find_takes_each_convention_as_its_readers_do(it: Published) -> None:
    body = f"/{bodies.page(it.session, it.own.body_id, it.today).body.slug}"
    both = {f"{body}/2023/nbi-1", f"{body}/2024/nbi-1"}
    assert set(it.found("surveyed")) == both
    assert it.found("booklet") == it.found("booklat") == [f"{body}/2024/nbi-1"]
    staffs = it.found("booklet", staff(frozenset([1])))
    assert set(staffs) == both | {f"{body}/2023/nbi-2"}


def test_the_conventions_at_a_glance(it: Published) -> None:
    own, live = (
        next(
            line
            for line in bodies.page(it.session, it.own.body_id, it.today).conventions
            if line.convention.id == wanted.id
        )
        for wanted in (it.own, it.live)
    )
    assert own.items == 1 and own.by_edition
    assert not live.by_edition
    for_staff = bodies.page(it.session, it.own.body_id, it.today, staff(frozenset([1])))
    assert {line.convention.id: line.items for line in for_staff.conventions}[it.own.id] == 2


def test_without_an_edition_nothing_is_shown(it: Published) -> None:
    set_publication(it.union.context, it.live, Visibility.PUBLIC, by_edition=True)
    state = visibility_of(it.session, it.live.body_id)[it.live.id]
    assert readers_as_of(state, it.today) is None
    lines = bodies.page(it.session, it.own.body_id, it.today).conventions
    assert [line.convention.id for line in lines] == [it.own.id]
    assert it.found("booklet") == []


def test_days_and_the_edition(it: Published) -> None:
    zone, on, up_to = it.union.context.zone, date(2024, 7, 1), it.edition.up_to
    for day in (date(2024, 7, 1), date(2024, 7, 9)):
        assert edition_as_of(on, up_to, AsOf.known_on(day, zone)) == AsOf(on, up_to=up_to)
    earlier = AsOf.known_on(date(2024, 6, 20), zone)
    assert edition_as_of(on, up_to, earlier) == replace(earlier, up_to=up_to)
    assert edition_as_of(on, up_to, it.today) == AsOf(on, up_to=up_to)


def test_statements_do_not_depend_on_items(it: Published, engine: sa.Engine) -> None:
    counts = []
    for number in (3, 4):
        it.session.flush()
        with counting(engine) as sent:
            as_of = of_readers(it.session, it.own, it.today)
            convention.page(it.session, it.own.body_id, it.own.id, as_of)
            bodies.page(it.session, it.own.body_id, it.today)
            it.found("surveyed")
        counts.append(len(sent))
        for extra in range(5):
            one = it.union.item(it.own, f"{number}{extra}", "Survey", "Surveyed rooms.")
            it.union.adopt(one)
        publish_edition(it.union.context, pin_edition(it.union.context, it.own))
    assert counts[0] == counts[1]
