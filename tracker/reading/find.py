"""Finding items of all conventions of a body by words, a code or a number.

Shown to whom: what is found is what `item.page` shows the same audience. Each excerpt is made of
the facts themselves, as of the day that is asked for, so that the index can show nothing that the
page of the item does not. The number of statements depends neither on the number of items nor on
how many are found; where nothing is, on that of the words (12 at most).

The index is of now. On an earlier day, what it gives is compared with what the day shows: words
that were withdrawn since are not found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.markdown import plain
from tracker.record import summary
from tracker.record.as_of import AsOf
from tracker.record.items import FloorPerson
from tracker.record.keys import Among
from tracker.record.loader import load
from tracker.record.summary import LISTED, ItemSummary, ListedItem, on_day
from tracker.rules.item_facts import Facts
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
from tracker.search.extent import Extent
from tracker.search.index_text import IndexText, holds, index_texts, weight
from tracker.search.passages import ItemNames, Level, Passage, Place, passages
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
from .found_items import (
    FoundItem,
    convention_counts,
    facet,
    is_left,
    left_without,
    newest_first,
)
from .naming import delegations as delegations_of_items
from .rows import ItemListRow, rows
from .tallies import keys_in

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
    whole = load_body_context(session, body_id, as_of, audience.names)
    body_context = whole.readable_by(audience)
    readable = whole.readable_keys(audience)
    filters = replace(
        filters,
        unit=body_context.unit_names.now_called(filters.unit),
        delegation=body_context.delegation_names.now_called(filters.delegation),
    )
    search = _Search(
        session=session,
        body_context=body_context,
        as_of=as_of,
        readers=Readers(
            units=audience.units,
            everything=audience.everything,
            withheld=audience.withheld,
            conventions=None if len(readable) == len(whole.publications) else readable,
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
    readers: Readers

    @property
    def language(self) -> str:
        return self.body_context.settings.language

    @property
    def body_id(self) -> int:
        return self.body_context.body.id

    @property
    def extent(self) -> Extent:
        return Extent(body_id=self.body_id)

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
        found = candidates(self.session, self.extent, terms, self.readers, only)
        items = found.items
        if not self.as_of.is_now:
            items = self._of_that_day(found, terms)
        return _Outcome(
            terms=terms,
            by_address=by_address,
            items=items,
            more=found.more,
            not_on_that_day=len(found.items) - len(items),
        )

    def _of_that_day(self, found: Candidates, terms: tuple[Term, ...]) -> tuple[Candidate, ...]:
        """Those that said it on the day, with their words of then."""
        facts_by_item = self._facts([candidate.item_id for candidate in found.items])
        items = []
        for candidate in found.items:
            facts = facts_by_item.get(candidate.item_id)
            if facts is None:
                continue
            text = self._text_of(facts, self.readers.level(candidate.units))
            if holds(text, terms):
                items.append(replace(candidate, text=text))
        return tuple(items)

    def _text_of(self, facts: Facts, level: Level) -> IndexText:
        texts = index_texts(self._passages(facts, level), self.language)
        return texts[-1]

    def _facts(self, item_ids: Collection[int]) -> dict[int, Facts]:
        if not item_ids:
            return {}
        context = self.body_context
        surroundings = (context.settings, context.clocks, context.added_kinds)
        return load(self.session, self.body_id, item_ids, self.as_of, surroundings, words=True)

    def _passages(self, facts: Facts, level: Level) -> list[Passage]:
        """That readers up to a level read."""
        convention = self.body_context.conventions[facts.item.convention_id]
        names = ItemNames(
            delegations=self.body_context.delegation_names,
            units=self.body_context.unit_names,
            prefixes=self.body_context.prefixes,
            year=convention.year,
        )
        return [passage for passage in passages(facts, names) if passage.level <= level]

    # --- misspelt, and too many words ---

    def corrected(self, typed: str, query: Query) -> tuple[str, tuple[Correction, ...]]:
        """What was typed with the words that were meant, where no item says those typed."""
        meant: dict[str, str] = {}
        for term in query.terms:
            if not term.is_word or self._says_any(term):
                continue
            nearest = spelling.nearest(self.session, self.extent, words(term.typed)[0])
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
        return says_any(self.session, self.extent, term, self.readers)

    def _fewer_words(self, query: Query) -> tuple[FewerWords, ...]:
        if len(query.terms) < 2:
            return ()
        fewer = []
        for term in query.terms[:MOST_FEWER]:
            outcome = self._look((term,), by_address=False)
            row = None
            if len(outcome.items) == 1:
                listed = self._in_list(outcome.items)
                [row] = self._rows([item.listed for item in listed.values()])
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
        in_list = self._in_list(outcome.items)
        every = list(in_list.values())
        texts = {candidate.item_id: candidate for candidate in outcome.items}
        left = [item for item in every if is_left(item, filters)]
        more = outcome.more
        if outcome.more and filters.any and self.as_of.is_now:
            narrowed = self._look(
                outcome.terms, by_address=outcome.by_address, only=self._only(filters)
            )
            texts |= {candidate.item_id: candidate for candidate in narrowed.items}
            left = list(self._in_list(narrowed.items).values())
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
            conventions=convention_counts(
                self.body_context.conventions.values(), every, filters, outcome.more
            ),
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
        items = looked_through(self.session, self.extent)
        return tuple(
            ConventionCount(convention=convention, count=Count(items=items.get(convention.id, 0)))
            for convention in newest_first(self.body_context.conventions.values())
        )

    def _only(self, filters: FindFilters) -> sa.ColumnElement[bool]:
        """The filters as a condition of the database, where too many items are found."""
        chosen = Filters(
            verdict=filters.verdict,
            delegation=filters.delegation,
            unit=filters.unit,
            kind=filters.kind,
        )
        left = sa.select(ItemSummary.item_id).where(
            on_day(self.as_of.on), *conditions(chosen, self.body_context)
        )
        if filters.convention:
            left = left.where(
                ItemSummary.convention_id.in_(
                    key
                    for key, convention in self.body_context.conventions.items()
                    if convention.slug == filters.convention
                )
            )
        return ITEMS.c.item_id.in_(left)

    def _in_list(self, found: Sequence[Candidate]) -> dict[int, FoundItem]:
        item_ids = [candidate.item_id for candidate in found]
        if not item_ids:
            return {}
        brought_by = self._delegations(item_ids)
        in_list = {}
        for listed, sort_key, unit_keys in self._summaries(item_ids):
            convention = self.body_context.conventions[listed.convention_id]
            in_list[listed.item_id] = FoundItem(
                listed=listed,
                sort_key=sort_key,
                year=convention.year or 0,
                slug=convention.slug,
                delegations=frozenset(brought_by[listed.item_id]),
                units=frozenset(
                    self.body_context.units[key]
                    for key in keys_in(unit_keys)
                    if key in self.body_context.units
                ),
            )
        return in_list

    def _summaries(self, item_ids: list[int]) -> list[tuple[ListedItem, bytes, str]]:
        """With the key of its place in a list, and the units that lead it."""
        if not self.as_of.is_now:
            derived = summary.derive(self.session, self.body_id, item_ids, self.as_of)
            return [(ListedItem.of(item), item.sort_key, item.units) for item in derived]
        found = self.session.connection().execute(
            sa.select(ItemSummary.sort_key, ItemSummary.units, *LISTED).where(
                Among(ItemSummary.item_id), on_day(self.as_of.on)
            ),
            {"keys": item_ids},
        )
        return [(ListedItem._make(row[2:]), row[0], row[1]) for row in found]

    def _delegations(self, item_ids: list[int]) -> Mapping[int, set[str]]:
        names: dict[int, set[str]] = defaultdict(set)
        brought = delegations_of_items(self.as_of).where(Among(FloorPerson.item_id))
        found = self.session.connection().execute(brought, {"keys": item_ids})
        for item_id, delegation_id in found:
            name = self.body_context.delegations.get(delegation_id or 0)
            if name:
                names[item_id].add(name)
        return names

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

    def _rows(self, listed: Sequence[ListedItem]) -> list[ItemListRow]:
        return rows(self.session, self.body_context, listed, self.as_of)

    def _hits(
        self,
        on_page: Sequence[FoundItem],
        texts: Mapping[int, Candidate],
        terms: tuple[Term, ...],
    ) -> tuple[Hit, ...]:
        if not on_page:
            return ()
        facts_by_item = self._facts([item.id for item in on_page])
        marker = Marker(terms, self.language)
        hits = []
        for item, row in zip(on_page, self._rows([item.listed for item in on_page]), strict=True):
            candidate = texts[item.id]
            readable = self._passages(facts_by_item[item.id], self.readers.level(candidate.units))
            found = [_without_marks(passage) for passage in chosen_passages(readable, marker)]
            hits.append(
                Hit(
                    row=row,
                    convention=self.body_context.conventions[item.listed.convention_id],
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
