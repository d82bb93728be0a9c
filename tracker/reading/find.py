"""Finding items of all conventions of a body by words, a code or a number.

Shown to whom: what is found is what `item.page` shows the same audience. Each excerpt is made of
the facts themselves, as of the day that is asked for, so that the index can show nothing that the
page of the item does not. The number of statements depends neither on the number of items nor on
how many are found; where nothing is, on that of the words (12 at most).

The index is of now, and of each edition that readers read. On an earlier day, what it gives is
compared with what the day shows: words that were withdrawn since are not found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.markdown import plain
from tracker.record.as_of import AsOf
from tracker.record.summary import ItemSummary, kept_of
from tracker.rules.item_facts import Facts
from tracker.rules.rosters import NamesInForce
from tracker.search import spelling
from tracker.search.candidates import (
    Candidate,
    Candidates,
    Readers,
    candidates,
    looked_through,
    says_any,
)
from tracker.search.excerpts import Marker, chosen_passages
from tracker.search.index_text import IndexText, holds, index_texts, weight
from tracker.search.passages import Level, Passage, Place
from tracker.search.query import KnownNames, Query, Term, parse
from tracker.search.tables import ITEMS
from tracker.search.words import tokens, words

from .audience import PUBLIC, Audience
from .body_context import BodyContext, load_body_context
from .filters import Filters, conditions
from .find_models import (
    ConventionCount,
    Correction,
    Count,
    FewerWords,
    FindFilters,
    FindResults,
    Hit,
)
from .found_as_shown import FoundAsShown
from .found_items import (
    FoundItem,
    convention_counts,
    facet,
    is_left,
    left_without,
    newest_first,
)
from .shown import shown_conventions

MOST_FEWER = 5  # words of which it is told what each finds alone


def find(
    session: Session,
    body_id: int,
    typed: str,
    *,
    as_of: AsOf,
    audience: Audience = PUBLIC,
    filters: FindFilters = FindFilters(),  # noqa: B008  (it is frozen)
) -> FindResults:
    """What of a body's items says what was typed. Never raises, whatever that is."""
    typed = typed.replace("\0", " ")
    body_context = load_body_context(session, body_id, as_of, audience.names)
    shown = shown_conventions(session, body_context, as_of, audience)
    filters = replace(
        filters,
        unit=_called(filters.unit, [own.body_context.unit_names for own in shown.values()])
        or body_context.unit_names.now_called(filters.unit),
        delegation=_called(
            filters.delegation, [own.body_context.delegation_names for own in shown.values()]
        )
        or body_context.delegation_names.now_called(filters.delegation),
    )
    search = _Search(
        session=session,
        body_context=body_context,
        as_of=as_of,
        found=FoundAsShown(
            session=session,
            body_id=body_id,
            all_conventions=body_context.publications.keys(),
            shown=shown,
        ),
        readers=Readers(
            units=audience.units, everything=audience.everything, withheld=audience.withheld
        ),
    )
    looked_for = typed
    corrections: tuple[Correction, ...] = ()
    query = search.parse(typed)
    outcome = search.look(query)
    if not outcome.items and not filters.as_typed:
        corrected, meant = search.corrected(typed, query)
        corrected_query = search.parse(corrected)
        corrected_outcome = search.look(corrected_query) if meant else outcome
        if corrected_outcome.items:
            looked_for, corrections = corrected, meant
            query, outcome = corrected_query, corrected_outcome
    return search.results(
        typed=typed,
        looked_for=looked_for,
        corrections=corrections,
        query=query,
        outcome=outcome,
        filters=filters,
    )


def _called(name: str, rosters: Iterable[NamesInForce]) -> str | None:
    """The name itself, where anything found is shown under it."""
    return name if any(name in roster.shown.values() for roster in rosters) else None


@dataclass(frozen=True, kw_only=True)
class _Outcome:
    """The items that say what was looked for, on the day that is asked for."""

    terms: tuple[Term, ...]  # what was looked for: words, or a code or number alone
    by_address: bool
    items: tuple[Candidate, ...]
    more: bool
    not_on_that_day: int = 0


@dataclass(frozen=True, kw_only=True)
class _Search:
    session: Session
    body_context: BodyContext
    as_of: AsOf
    found: FoundAsShown
    readers: Readers

    @property
    def language(self) -> str:
        return self.body_context.settings.language

    @property
    def body_id(self) -> int:
        return self.body_context.body.id

    def parse(self, typed: str) -> Query:
        names = KnownNames(
            delegations=_words_of(self.body_context.delegation_names.all_names),
            units=_words_of(self.body_context.unit_names.all_names),
            prefixes=frozenset(self.body_context.prefixes.values()),
        )
        return parse(typed, self.language, names)

    # --- which items ---

    def look(self, query: Query) -> _Outcome:
        """A code or number alone is looked for as such first, then as a word."""
        if query.address:
            outcome = self._look(query.address, by_address=True)
            if outcome.items:
                return outcome
        return self._look(query.terms, by_address=False)

    def _look(
        self,
        terms: tuple[Term, ...],
        *,
        by_address: bool,
        only: sa.ColumnElement[bool] | None = None,
    ) -> _Outcome:
        found = candidates(self.session, self.found.extent, terms, self.readers, only)
        items = self._of_its_day(found, terms)
        return _Outcome(
            terms=terms,
            by_address=by_address,
            items=items,
            more=found.more,
            not_on_that_day=len(found.items) - len(items),
        )

    def _of_its_day(self, found: Candidates, terms: tuple[Term, ...]) -> tuple[Candidate, ...]:
        """Those that said it on the day, with their words of then: the index is of no earlier
        day.
        """
        earlier = [
            candidate
            for candidate in found.items
            if not self.found.shown[candidate.convention_id].as_of.is_kept
        ]
        if not earlier:
            return found.items
        facts_by_item = self.found.facts(earlier)
        items = []
        for candidate in found.items:
            if self.found.shown[candidate.convention_id].as_of.is_kept:
                items.append(candidate)
                continue
            facts = facts_by_item.get(candidate.item_id)
            if facts is None:
                continue
            text = self._text_of(facts, self.readers.level(candidate.units))
            if holds(text, terms):
                items.append(replace(candidate, text=text))
        return tuple(items)

    def _text_of(self, facts: Facts, level: Level) -> IndexText:
        texts = index_texts(self.found.passages(facts, level), self.language)
        return texts[-1]

    # --- misspelt, and too many words ---

    def corrected(self, typed: str, query: Query) -> tuple[str, tuple[Correction, ...]]:
        """What was typed with the words that were meant, where no item says those typed."""
        meant: dict[str, str] = {}
        for term in query.terms:
            if not term.is_word or self._says_any(term):
                continue
            nearest = spelling.nearest(self.session, self.found.extent, words(term.typed)[0])
            if nearest is not None:
                meant[term.typed] = nearest
        looked_for = typed
        for token in reversed(tokens(typed)):
            spelled = typed[token.start : token.end]
            if spelled in meant:
                looked_for = looked_for[: token.start] + meant[spelled] + looked_for[token.end :]
        corrections = tuple(
            Correction(typed=spelled, meant=word) for spelled, word in meant.items()
        )
        return looked_for, corrections

    def _says_any(self, term: Term) -> bool:
        return says_any(self.session, self.found.extent, term, self.readers)

    def _fewer_words(self, query: Query) -> tuple[FewerWords, ...]:
        if len(query.terms) < 2:
            return ()
        fewer = []
        for term in query.terms[:MOST_FEWER]:
            outcome = self._look((term,), by_address=False)
            row = None
            if len(outcome.items) == 1:
                listed = self.found.in_list(outcome.items)
                row = self.found.rows(listed.values())[outcome.items[0].item_id]
            count = Count(items=len(outcome.items), more=outcome.more)
            fewer.append(FewerWords(typed=term.typed, count=count, row=row))
        return tuple(fewer)

    # --- what is shown of them ---

    def results(
        self,
        *,
        typed: str,
        looked_for: str,
        corrections: tuple[Correction, ...],
        query: Query,
        outcome: _Outcome,
        filters: FindFilters,
    ) -> FindResults:
        in_list = self.found.in_list(outcome.items)
        every = list(in_list.values())
        texts = {candidate.item_id: candidate for candidate in outcome.items}
        left = [item for item in every if is_left(item, filters)]
        more = outcome.more
        if outcome.more and filters.any and self.as_of.is_kept:
            narrowed = self._look(
                outcome.terms, by_address=outcome.by_address, only=self._only(filters)
            )
            texts |= {candidate.item_id: candidate for candidate in narrowed.items}
            left = list(self.found.in_list(narrowed.items).values())
            more = narrowed.more
        left.sort(key=self._order(filters.order, outcome.terms, texts))
        pages = max(1, -(-len(left) // filters.size))
        filters = replace(filters, page=min(max(filters.page, 1), pages))
        start = (filters.page - 1) * filters.size
        on_page = left[start : start + filters.size]
        hits = self._hits(on_page, texts, outcome.terms)
        is_alone = outcome.by_address and len(every) == 1 and not filters.any
        return FindResults(
            body=self.body_context.body,
            as_of=self.as_of.on,
            typed=typed,
            looked_for=looked_for,
            corrections=corrections,
            left_out_words=query.left_out,
            filters=filters,
            count=Count(items=len(left), more=more),
            pages=pages,
            hits=hits,
            conventions=convention_counts(self.found.conventions, every, filters, outcome.more),
            any_convention=Count(
                items=len(left_without(every, filters, "convention")), more=outcome.more
            ),
            verdicts=facet(every, filters, "verdict", outcome.more),
            delegations=facet(every, filters, "delegation", outcome.more),
            units=facet(every, filters, "unit", outcome.more),
            kinds=facet(every, filters, "kind", outcome.more),
            by_address=outcome.by_address,
            leads_to=hits[0].row.path if is_alone and hits else None,
            not_on_that_day=outcome.not_on_that_day,
            looked_through=() if outcome.items else self._looked_through(),
            fewer_words=() if outcome.items else self._fewer_words(query),
        )

    def _looked_through(self) -> tuple[ConventionCount, ...]:
        """How many items of each convention can be found at all, the newest convention first."""
        items = looked_through(self.session, self.found.extent)
        return tuple(
            ConventionCount(convention=convention, count=Count(items=items.get(convention.id, 0)))
            for convention in newest_first(self.found.conventions)
        )

    def _only(self, filters: FindFilters) -> sa.ColumnElement[bool]:
        """The filters as a condition of the database, where too many items are found."""
        chosen = Filters(
            verdict=filters.verdict,
            delegation=filters.delegation,
            unit=filters.unit,
            kind=filters.kind,
        )
        parts = []
        for key, own in self.found.shown.items():
            if filters.convention in ("", own.convention.slug):
                of_convention = ItemSummary.convention_id == key
                chosen_items = conditions(chosen, own.body_context, own.as_of)
                parts.append(sa.and_(of_convention, kept_of(own.as_of), *chosen_items))
        left = sa.select(ItemSummary.item_id).where(sa.or_(sa.false(), *parts))
        return ITEMS.c.item_id.in_(left)

    def _order(
        self, order: str, terms: tuple[Term, ...], texts: Mapping[int, Candidate]
    ) -> Callable[[FoundItem], tuple[object, ...]]:
        if order == "number":
            return lambda item: (item.sort_key, -item.year, item.id)
        if order == "newest":
            return lambda item: (-item.year, item.listed.convention_id, item.sort_key, item.id)
        query = Query(terms=terms)
        return lambda item: (
            -weight(texts[item.id].text, query),
            -item.year,
            item.listed.convention_id,
            item.sort_key,
            item.id,
        )

    def _hits(
        self,
        on_page: Sequence[FoundItem],
        texts: Mapping[int, Candidate],
        terms: tuple[Term, ...],
    ) -> tuple[Hit, ...]:
        if not on_page:
            return ()
        facts_by_item = self.found.facts(item.listed for item in on_page)
        rows_by_item = self.found.rows(on_page)
        marker = Marker(terms, self.language)
        hits = []
        for item in on_page:
            row = rows_by_item[item.id]
            candidate = texts[item.id]
            readable = self.found.passages(
                facts_by_item[item.id], self.readers.level(candidate.units)
            )
            found = [_without_marks(passage) for passage in chosen_passages(readable, marker)]
            hits.append(
                Hit(
                    row=row,
                    convention=self.found.shown[item.listed.convention_id].convention,
                    title=marker.title(row.title) if row.title else (),
                    found=tuple(marker.excerpt(passage) for passage in found),
                )
            )
        return tuple(hits)


def _without_marks(passage: Passage) -> Passage:
    """What people wrote in Markdown, as it reads."""
    if passage.place not in (Place.ENTRY, Place.OUTCOME):
        return passage
    return replace(passage, text=plain(passage.text))


def _words_of(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in words(name))
