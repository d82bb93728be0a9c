"""The history of an item, a convention, a body: whatever changed them is there, once, with what it
changed; in a constant number of statements.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.scenes import BEGAN, Scene
from tests.statements import counting
from tracker.formatting import history_changes, history_words
from tracker.reading.body_context import BodyContext, load_body_context
from tracker.reading.history import ON_A_PAGE, act_of, every_act, history
from tracker.reading.history_models import Changed, HistoryPage
from tracker.reading.history_selection import HistoryFilters
from tracker.record.as_of import NOW
from tracker.record.ledger_tables import CHAIN, Event
from tracker.record.progress import Entry, Release
from tracker.rules.codes import Standing

CORRECTIONS = history_words.kinds_of(history_words.ActGroup.CORRECTIONS)
WITHHOLDINGS = history_words.kinds_of(history_words.ActGroup.WITHHOLDING)


@pytest.fixture
def context(session: Session, recorded: Scene) -> BodyContext:
    return load_body_context(session, recorded.body_id, NOW, names=True)


def page(session: Session, context: BodyContext, **filters: object) -> HistoryPage:
    chosen = HistoryFilters(**filters)  # type: ignore[arg-type]
    return history(session, context, chosen, CORRECTIONS, WITHHOLDINGS)


def test_every_act_of_the_chain_is_there_once_and_page_by_page(
    session: Session, context: BodyContext
) -> None:
    of_body = sa.and_(Event.id > context.body.id * CHAIN, Event.id <= context.head)
    newest_first = sa.select(Event.id).where(of_body).order_by(Event.id.desc())
    expected = list(session.scalars(newest_first))
    assert [act.event for act in every_act(session, context, HistoryFilters())] == expected
    found, before, newer = [], None, 0
    while True:
        shown = page(session, context, before=before)
        assert (shown.counts.all, shown.counts.newer) == (len(expected), newer)
        found += [act.event for act in shown.acts]
        newer += len(shown.acts)
        before = shown.acts[-1].number
        if not shown.has_earlier:
            break
    assert found == expected and len(expected) > ON_A_PAGE
    assert all(act.is_sealed for act in shown.acts)


def test_an_item_has_all_acts_that_wrote_facts_of_it(
    session: Session, recorded: Scene, context: BodyContext
) -> None:
    item_id = recorded.items["9"]
    acts = list(every_act(session, context, HistoryFilters(item_id=item_id)))
    expected = set[int]()
    for fact in (Entry, Release):
        expected |= set(session.scalars(sa.select(fact.recorded_by).where(fact.item_id == item_id)))
    assert expected <= {act.event for act in acts}
    assert {act.item.id for act in acts if act.item} == {item_id}
    of_convention = list(
        every_act(session, context, HistoryFilters(convention_id=recorded.convention_id))
    )
    assert {act.event for act in acts} < {act.event for act in of_convention}
    assert any(act.kind == "convention_recorded" for act in of_convention)
    assert not any(act.kind == "person_added" for act in of_convention)


def test_filters_and_counts_agree(session: Session, context: BodyContext) -> None:
    everything = page(session, context).counts
    shown = page(session, context, kinds=CORRECTIONS, corrections=True)
    assert shown.counts.shown == everything.corrections == len(shown.acts) > 0
    assert shown.counts.all == everything.all
    shown = page(session, context, kinds=WITHHOLDINGS)
    assert shown.counts.shown == everything.withholdings == len(shown.acts) > 0
    by_person = [page(session, context, actor_id=key).counts.shown for key in everything.actors]
    assert sum(by_person) == everything.all
    on_the_first_day = page(session, context, since=BEGAN, until=BEGAN)
    assert 0 < on_the_first_day.counts.shown < everything.all
    assert {act.recorded_at.date() for act in on_the_first_day.acts} == {BEGAN}


def test_what_an_act_changed_is_derived(
    session: Session, recorded: Scene, context: BodyContext
) -> None:
    acts = every_act(session, context, HistoryFilters(convention_id=recorded.convention_id))
    changes = [(act.kind, change) for act in acts for change in act.changes]
    standings = {
        (kind, change.before, change.after)
        for kind, change in changes
        if change.of is Changed.STANDING
    }
    assert any(
        kind == "assigned" and after is Standing.ASSIGNED for kind, _before, after in standings
    )
    assert any(
        kind == "progress_released" and isinstance(change.after, Decimal)
        for kind, change in changes
        if change.of is Changed.SPENT
    )


def test_a_correction_shows_the_words_that_changed(
    session: Session, recorded: Scene, context: BodyContext
) -> None:
    acts = every_act(
        session,
        context,
        HistoryFilters(item_id=recorded.items["9"], kinds=CORRECTIONS, corrections=True),
    )
    texts = {
        (history_changes.as_text(line.before), history_changes.as_text(line.after))
        for act in acts
        for line in history_changes.lines(act)
    }
    assert ("There are 46 mentors.", "There are 64 mentors.") in texts


def test_no_act_is_without_words_or_says_none(session: Session, context: BodyContext) -> None:
    for act in every_act(session, context, HistoryFilters()):
        text = [history_words.what(act), *history_words.details(act), history_words.who(act)]
        for line in history_changes.lines(act):
            text += [history_changes.as_text(line.before), history_changes.as_text(line.after)]
        for row in act.rows.wrote + act.rows.over:
            text.append(history_words.fact(act, row))
            assert text[-1], row
        assert text[0] and "None" not in " ".join(text), text


def test_one_act_has_its_neighbours(session: Session, context: BodyContext) -> None:
    event = act_of(session, context, 5)
    assert event and (event.earlier, event.act.number, event.later) == (4, 5, 6)
    first, last = act_of(session, context, 1), act_of(session, context, context.head % CHAIN)
    assert first and first.earlier is None and last and last.later is None
    assert act_of(session, context, context.head % CHAIN + 1) is None


def test_a_page_takes_as_many_statements_at_any_length(
    session: Session, engine: sa.Engine, context: BodyContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A statement for each table that acts wrote to, however many they are."""
    kinds = frozenset({"progress_released"})
    sent = []
    for length in (2, ON_A_PAGE):
        monkeypatch.setattr("tracker.reading.history.ON_A_PAGE", length)
        with counting(engine) as statements:
            shown = page(session, context, kinds=kinds)
        sent.append(len(statements))
    assert len(shown.acts) > 2
    assert sent[1] <= sent[0] + 2 and sent[1] < 70
