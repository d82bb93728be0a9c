"""What is shown of one item, or of many, in a constant number of statements: for the pages, the report, the export and the command.

Shown to whom. PUBLIC (and readers of a closed body): released entries and their words, unless withheld; public files; units and delegations;
the kind of a confirmation; "sent back once", without the reason; of a list's cells without a field those of open columns; persons only where
the body's setting shows names. Staff of the units that lead or contribute, besides: names, entries that wait or are internal, reasons of returns,
all files, payees, all cells. The office and the auditor: this of every item, and what is withheld. Whatever else is recorded is not in the object.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from tracker.record.as_of import NOW, AsOf
from tracker.record.loader import load
from tracker.rules.codes import Effect
from tracker.rules.facts import Facts
from tracker.rules.item_state import derive
from tracker.rules.permissions import units_of
from tracker.rules.verdict import answer

from . import amounts, item_sections, timeline
from .audience import Audience
from .body_context import load_body_context
from .identity import Identity, identity
from .item_context import ItemContext
from .item_models import ItemPage, ItemRef, SourceCellDetails

__all__ = ["ItemPage", "page", "pages"]


def pages(
    session: Session, body_id: int, item_ids: Collection[int], as_of: AsOf, audience: Audience
) -> dict[int, ItemPage]:
    """By item, in the order given; one that was not recorded by then is left out; in a constant number of statements."""
    if not item_ids:
        return {}
    near = load_body_context(session, body_id, as_of, audience.names)
    around_them = (near.settings, near.clocks, near.added_kinds)
    every = load(session, body_id, item_ids, as_of, around_them, words=True)
    names = {key: identity(facts, near) for key, facts in every.items()}
    units = _units_today(session, body_id, every, as_of, audience)
    return {
        key: shown(
            ItemContext(
                facts=every[key],
                state=derive(key, every),
                body_context=near,
                linked_facts=every,
                identities=names,
                audience=audience,
                as_of=as_of,
                units_today=units.get(key, frozenset()),
            )
        )
        for key in item_ids
        if key in every
    }


def _units_today(
    session: Session, body_id: int, every: Mapping[int, Facts], as_of: AsOf, audience: Audience
) -> dict[int, frozenset[int]]:
    """The units that work on each of them now: by these the internal part is read, whatever day is asked for."""
    if not audience.units:
        return {}
    of_today = as_of.recorded is None and not as_of.happened
    now = every if of_today else load(session, body_id, every.keys(), NOW)
    return {key: units_of(facts) for key, facts in now.items()}


def page(
    session: Session, body_id: int, item_id: int, as_of: AsOf, audience: Audience
) -> ItemPage | None:
    return pages(session, body_id, [item_id], as_of, audience).get(item_id)


def shown(case: ItemContext) -> ItemPage:
    facts, own, state = case.facts, case.identities[case.facts.item.id], case.state
    said = state.answer
    standing, shown_clauses = said.standing, item_sections.clauses(case)
    title, floor = own.title or "", item_sections.floor_lines(case)
    return ItemPage(
        id=own.id,
        code=own.code,
        kind=own.kind,
        number=own.number,
        title=title,
        title_is_ours=own.title_is_ours,
        convention=own.convention,
        as_of=case.as_of.on,
        today=case.as_of.recorded is None and not case.as_of.happened,
        record_began=case.body_context.record_began,
        newest_event=facts.newest_event,
        versions=own.versions,
        sponsors=item_sections.sponsors(case),
        floor=floor,
        floor_in_force=tuple(
            line for action in state.floor for line in floor if line.id == action.id
        ),
        decisions=item_sections.decisions(case),
        recommendation=facts.recommendations[-1].words if facts.recommendations else None,
        standing=standing.code,
        unheard=state.unheard,
        standing_reason=case.reason(standing.reason),
        late=standing.late,
        past_term=state.past_term,
        verdict=said.verdict,
        reason=case.reason(said.reason),
        of_the_part_accepted=state.of_the_part_accepted,
        due=said.due,
        change=said.change,
        change_outcome=state.change_outcome,
        by_way_of=_ref(case.identities, said.by_way_of),
        by_way_of_verdict=answer(said.by_way_of, case.linked_facts).verdict
        if said.by_way_of is not None and said.by_way_of in case.linked_facts
        else None,
        clauses=shown_clauses,
        lead=item_sections.lead(case, state.lead),
        lead_ended=state.lead_ended,
        silence=item_sections.silence(case),
        done_on=said.done_on,
        money=amounts.money(case),
        outcomes=item_sections.outcomes(case),
        record=timeline.record(case),
        floor_record=timeline.floor_record(case),
        waiting=state.waiting.entries,
        steps=item_sections.steps(case),
        source=_source(case),
        merged_into=_merged_outside(case),
        carried_to=_refs(case.identities, [link.target_id for link in facts.links]),
        came_from=_refs(case.identities, [link.item_id for link in facts.incoming]),
        internal=case.inside,
    )


def _ref(names: Mapping[int, Identity], key: int | None) -> ItemRef | None:
    return names[key].ref if key is not None and key in names else None


def _refs(names: Mapping[int, Identity], keys: Collection[int]) -> tuple[ItemRef, ...]:
    return tuple(names[key].ref for key in dict.fromkeys(keys) if key in names)


def _source(case: ItemContext) -> tuple[SourceCellDetails, ...]:
    """Of each heading the newest cell, in the order of their first appearance. A closed column is for the inside."""
    newest = {cell.heading: cell for cell in case.facts.source_cells}.values()
    return tuple(
        SourceCellDetails(
            cell.heading,
            cell.words or "",
            cell.file_name,
            cell.source_row,
            not case.column_open(cell.heading),
        )
        for cell in newest
        if case.inside or case.column_open(cell.heading)
    )


def _merged_outside(case: ItemContext) -> str | None:
    """The other item in the source's words, where the floor merged this one into an item that is not in the record."""
    if case.facts.links:
        return None
    return next(
        (each.note for each in case.facts.floor if each.action.effect is Effect.MERGES), None
    )
