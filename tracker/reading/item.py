"""What is shown of one item, or of many: for the pages, the report, the export and the command.

The number of statements does not depend on the number of items.

Shown to whom. PUBLIC (and readers of a closed body): released entries and their words, unless
withheld; public files; units and delegations; the kind of a confirmation; "sent back once", without
the reason; of a list's cells without a field those of open columns; persons only where the body's
setting shows names. Staff of the units that lead or contribute, besides: names, entries that wait
or are internal, reasons of returns, all files, payees, all cells. The office and the auditor: this
of every item, and what is withheld. Whatever else is recorded is not in the object.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from tracker.record.as_of import NOW, AsOf
from tracker.record.loader import load
from tracker.rules.codes import Effect, Verdict
from tracker.rules.item_facts import Facts
from tracker.rules.item_state import derive
from tracker.rules.permissions import units_of
from tracker.rules.verdict import answer

from . import amounts, item_sections, timeline
from .audience import Audience
from .body_context import load_body_context
from .identity import identity
from .item_context import ItemContext
from .item_models import ItemPage, SourceCellDetails
from .minutes import meetings_named, minutes_of
from .models import ItemRef

__all__ = ["ItemPage", "item_page", "page", "pages"]


def page(
    session: Session, body_id: int, item_id: int, as_of: AsOf, audience: Audience
) -> ItemPage | None:
    """None where it was not recorded by then."""
    return pages(session, body_id, [item_id], as_of, audience).get(item_id)


def pages(
    session: Session, body_id: int, item_ids: Collection[int], as_of: AsOf, audience: Audience
) -> dict[int, ItemPage]:
    """By item, in the order given; one that was not recorded by then is left out."""
    if not item_ids:
        return {}
    body_context = load_body_context(session, body_id, as_of, audience.names)
    surroundings = (body_context.settings, body_context.clocks, body_context.added_kinds)
    facts_by_id = load(session, body_id, item_ids, as_of, surroundings, words=True)
    # What links join the items with is named where it may be read.
    readable = body_context.readable_by(
        audience,
        besides=[facts_by_id[key].item.convention_id for key in item_ids if key in facts_by_id],
    )
    identities = {
        item_id: identity(facts, readable)
        for item_id, facts in facts_by_id.items()
        if facts.item.convention_id in readable.conventions
    }
    units_today = _units_today(session, body_id, facts_by_id, as_of, audience)
    all_minutes = minutes_of(session, meetings_named(facts_by_id.values()))
    item_pages = {}
    for item_id in item_ids:
        if item_id not in facts_by_id:
            continue
        item = ItemContext(
            facts=facts_by_id[item_id],
            state=derive(item_id, facts_by_id),
            body_context=body_context,
            linked_facts=facts_by_id,
            identities=identities,
            audience=audience,
            as_of=as_of,
            units_today=units_today.get(item_id, frozenset()),
            all_minutes=all_minutes,
        )
        item_pages[item_id] = item_page(item)
    return item_pages


def _units_today(
    session: Session,
    body_id: int,
    facts_by_id: Mapping[int, Facts],
    as_of: AsOf,
    audience: Audience,
) -> dict[int, frozenset[int]]:
    """The units that work on each of the items now.

    By these the internal part is read, whatever day is asked for.
    """
    if not audience.units:
        return {}
    if not as_of.is_now:
        facts_by_id = load(session, body_id, facts_by_id.keys(), NOW)
    return {item_id: units_of(facts) for item_id, facts in facts_by_id.items()}


def item_page(item: ItemContext) -> ItemPage:
    """All that this audience sees of the item."""
    facts = item.facts
    state = item.state
    item_answer = state.answer
    standing = item_answer.standing
    floor = item_sections.floor_lines(item)
    return ItemPage(
        id=item.identity.id,
        code=item.identity.code,
        kind=item.identity.kind,
        number=item.identity.number,
        title=item.identity.title or "",
        title_is_ours=item.identity.title_is_ours,
        convention=item.identity.convention,
        versions=item.identity.versions,
        sponsors=item_sections.sponsors(item),
        source=_source(item),
        as_of=item.as_of.on,
        today=item.as_of.is_now,
        record_began=item.body_context.record_began,
        newest_event=facts.newest_event,
        internal=item.inside,
        floor=floor,
        floor_in_force=tuple(
            line for action in state.floor for line in floor if line.id == action.id
        ),
        floor_record=timeline.floor_record(item),
        decisions=item_sections.decisions(item),
        recommendation=facts.recommendations[-1].words if facts.recommendations else None,
        merged_into=_merged_outside(item),
        carried_to=_refs(item, [link.target_id for link in facts.links]),
        came_from=_refs(item, [link.item_id for link in facts.incoming]),
        standing=standing.code,
        unheard=state.unheard,
        standing_reason=item.reason(standing.reason),
        late=standing.late,
        past_term=state.past_term,
        verdict=item_answer.verdict,
        reason=item.reason(item_answer.reason),
        of_the_part_accepted=state.of_the_part_accepted,
        due=item_answer.due,
        change=item_answer.change,
        change_outcome=state.change_outcome,
        by_way_of=_ref(item, item_answer.by_way_of),
        by_way_of_verdict=_verdict_of(item, item_answer.by_way_of),
        clauses=item_sections.clauses(item),
        lead=item_sections.lead(item, state.lead),
        lead_ended=state.lead_ended,
        silence=item_sections.silence(item),
        done_on=item_answer.done_on,
        money=amounts.money(item),
        outcomes=item_sections.outcomes(item),
        record=timeline.record(item),
        waiting=state.waiting.entries,
        steps=item_sections.steps(item),
    )


def _verdict_of(item: ItemContext, linked_id: int | None) -> Verdict | None:
    """Of the item that carries the duty on; None where it is not in the record, or not shown."""
    if linked_id is None or linked_id not in item.identities:
        return None
    return answer(linked_id, item.linked_facts).verdict


def _ref(item: ItemContext, linked_id: int | None) -> ItemRef | None:
    if linked_id is None or linked_id not in item.identities:
        return None
    return item.identities[linked_id].ref


def _refs(item: ItemContext, linked_ids: Collection[int]) -> tuple[ItemRef, ...]:
    """Each once; those that are not in the record are left out."""
    refs = [_ref(item, linked_id) for linked_id in dict.fromkeys(linked_ids)]
    return tuple(ref for ref in refs if ref is not None)


def _source(item: ItemContext) -> tuple[SourceCellDetails, ...]:
    """Of each heading the newest cell, in the order of their first appearance.

    A closed column is for those who read the internal part.
    """
    newest = {cell.heading: cell for cell in item.facts.source_cells}.values()
    return tuple(
        SourceCellDetails(
            column=cell.heading,
            words=cell.words or "",
            file=cell.file_name,
            row=cell.source_row,
            internal=not item.column_open(cell.heading),
        )
        for cell in newest
        if item.inside or item.column_open(cell.heading)
    )


def _merged_outside(item: ItemContext) -> str | None:
    """The other item in the source's words, where it is not in the record.

    The floor merged this item into it.
    """
    if item.facts.links:
        return None
    for action in item.facts.floor:
        if action.action.effect is Effect.MERGES:
            return action.note
    return None
