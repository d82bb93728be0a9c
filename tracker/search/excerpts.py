"""Where of an item a query was found: passages with the words marked.

Plain functions on text; what is marked is data, and no markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .passages import Level, Passage, Place
from .query import Mark, Pattern, Term
from .words import Token, stem, tokens

WORDS_BEFORE, WORDS_OF_EXCERPT = 8, 32
MOST_CHOSEN = 2  # passages that are shown of one item
SHOWN_OTHERWISE = (Place.CODE, Place.TITLE)  # marked where they stand
_MARKS_OF_NAMES = {Place.DELEGATION: Mark.DELEGATION, Place.UNIT: Mark.UNIT}


@dataclass(frozen=True, kw_only=True)
class Piece:
    text: str
    marked: bool  # it is what was looked for


@dataclass(frozen=True, kw_only=True)
class Found:
    """One passage, or a part of it, that says what was looked for."""

    place: Place
    on: date | None  # the day of the entry, decision or outcome
    fact_id: int  # of the version, entry, outcome, piece of evidence and so on
    pieces: tuple[Piece, ...]
    cut_before: bool  # more of the passage stands before
    cut_after: bool
    internal: bool  # not for the public


class Marker:
    """Marks in passages what a query looks for. One serves all items of a page."""

    def __init__(self, terms: Sequence[Term], language: str) -> None:
        patterns = [pattern for term in terms for pattern in term.patterns]
        self._terms = terms
        self._language = language
        self._whole = {word for pattern in patterns for word in pattern.words}
        self._prefixes = tuple(pattern.words[-1] for pattern in patterns if pattern.is_prefix)
        self._forms_of: dict[tuple[str, Mark | None], frozenset[str]] = {}

    def title(self, text: str) -> tuple[Piece, ...]:
        """The whole of it."""
        found = tokens(text)
        places = self._places(Place.TITLE, found)
        return _pieces(text, 0, len(text), [found[place] for place in sorted(places)])

    def terms_said(self, passage: Passage) -> frozenset[int]:
        """Which of the terms the passage says, by their places in the query."""
        forms = self._forms(passage.place, tokens(passage.text))
        if not any(forms) and not passage.marks:
            return frozenset()
        return frozenset(
            number
            for number, term in enumerate(self._terms)
            if any(
                pattern.words[0] in passage.marks or _first_places(pattern, forms)
                for pattern in term.patterns
            )
        )

    def excerpt(self, passage: Passage) -> Found:
        """Of the passage from some words before the first that was looked for."""
        text = passage.text
        found = tokens(text)
        places = self._places(passage.place, found)
        first = 0
        if len(found) > WORDS_OF_EXCERPT:
            first = max(0, min(places, default=0) - WORDS_BEFORE)
        last = min(len(found), first + WORDS_OF_EXCERPT)
        start = found[first].start if first else 0
        end = found[last - 1].end if last < len(found) else len(text)
        return Found(
            place=passage.place,
            on=passage.on,
            fact_id=passage.fact_id,
            pieces=_pieces(text, start, end, [found[place] for place in sorted(places)]),
            cut_before=first > 0,
            cut_after=last < len(found),
            internal=passage.level > Level.PUBLIC,
        )

    def _places(self, place: Place, found: Sequence[Token]) -> set[int]:
        """Of the words that were looked for, by their place among the words of a passage."""
        forms = self._forms(place, found)
        places: set[int] = set()
        for term in self._terms:
            for pattern in term.patterns:
                for first in _first_places(pattern, forms):
                    places.update(range(first, first + len(pattern.words)))
        return places

    def _forms(self, place: Place, found: Sequence[Token]) -> list[frozenset[str]]:
        mark = _MARKS_OF_NAMES.get(place)
        return [self._wanted_forms(token.word, mark) for token in found]

    def _wanted_forms(self, word: str, mark: Mark | None) -> frozenset[str]:
        """A word, its stem, and what it is as a part of a name, as far as these are looked for."""
        key = word, mark
        if key not in self._forms_of:
            forms = {word, Mark.STEM.of(stem(word, self._language))}
            if mark is not None:
                forms.add(mark.of(word))
            is_begun = word.startswith(self._prefixes) if self._prefixes else False
            self._forms_of[key] = frozenset(forms & self._whole | ({word} if is_begun else set()))
        return self._forms_of[key]


def _first_places(pattern: Pattern, forms: Sequence[frozenset[str]]) -> list[int]:
    return [
        place
        for place in range(len(forms) - len(pattern.words) + 1)
        if forms[place] and _stands_at(pattern, forms, place)
    ]


def _stands_at(pattern: Pattern, forms: Sequence[frozenset[str]], first: int) -> bool:
    *before, last = pattern.words
    if any(word not in forms[first + step] for step, word in enumerate(before)):
        return False
    at_the_end = forms[first + len(before)]
    if pattern.is_prefix:
        return any(form.startswith(last) for form in at_the_end)
    return last in at_the_end


def _pieces(text: str, start: int, end: int, found: Sequence[Token]) -> tuple[Piece, ...]:
    pieces = []
    before = start
    for token in found:
        if token.start < start or token.end > end:
            continue
        if token.start > before:
            pieces.append(Piece(text=text[before : token.start], marked=False))
        pieces.append(Piece(text=text[token.start : token.end], marked=True))
        before = token.end
    if before < end:
        pieces.append(Piece(text=text[before:end], marked=False))
    return tuple(pieces)


# --- which passages are shown ---


def chosen_passages(readable: Sequence[Passage], marker: Marker) -> list[Passage]:
    """The passage that says the most, and one that says the rest; none of code and title."""
    covered: frozenset[int] = frozenset()
    others: list[tuple[Passage, frozenset[int]]] = []
    for passage in readable:
        terms = marker.terms_said(passage)
        if passage.place in SHOWN_OTHERWISE:
            covered |= terms
        elif terms:
            others.append((passage, terms))
    chosen: list[Passage] = []
    while others and len(chosen) < MOST_CHOSEN:
        passage, terms = max(
            others,
            key=lambda other: (
                len(other[1] - covered),
                other[0].place not in _MARKS_OF_NAMES,
                len(other[1]),
            ),
        )
        if chosen and not terms - covered:
            break
        chosen.append(passage)
        covered |= terms
        others.remove((passage, terms))
    return chosen
