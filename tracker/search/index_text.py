"""The words of an item as they are stored, what of them a query finds, and how well it fits.

Plain functions on text. A database finds candidates by the same stored words; `holds` says for one
item whether they are what was looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import word_lists
from .passages import Level, Passage, Place
from .query import Mark, Pattern, Query, Term
from .words import stem, words

BREAK = "|"  # between passages: no phrase goes across
FIELD = "||"  # between the four fields, in which words weigh differently
MOST_WORDS = 5_000  # of one passage

FIELDS = (
    (Place.CODE, Place.TITLE),
    (Place.DELEGATION, Place.UNIT),
    (Place.TEXT, Place.CLAUSE),
    (Place.ENTRY, Place.DECISION, Place.OUTCOME, Place.EVIDENCE),
)
WEIGHTS = (8, 5, 3, 1)  # of a word found in each of them
AS_TYPED = 2  # more, where it stands as it was typed
TOGETHER = 4  # more, where all words stand together in that order


@dataclass(frozen=True, kw_only=True)
class IndexText:
    """The words of one item that readers of one level read."""

    level: Level
    words: str  # as they stand, folded, with BREAK and FIELD between
    marks: str  # stems and other marked words, with FIELD between


def index_texts(passages: Iterable[Passage], language: str) -> list[IndexText]:
    """One for each level at which there is more to read than at those before it."""
    every = [(passage, words(passage.text)[:MOST_WORDS]) for passage in passages]
    levels = sorted({passage.level for passage, _words in every} | {Level.PUBLIC})
    return [
        _index_text([pair for pair in every if pair[0].level <= level], level, language)
        for level in levels
    ]


def _index_text(
    readable: list[tuple[Passage, list[str]]], level: Level, language: str
) -> IndexText:
    """Of passages with their words."""
    word_fields = []
    mark_fields = []
    stop_words = word_lists.stop_words(language)
    stem_mark = Mark.STEM.value
    for places in FIELDS:
        of_field = [pair for pair in readable if pair[0].place in places]
        word_fields.append(f" {BREAK} ".join(" ".join(found) for _passage, found in of_field))
        distinct = dict.fromkeys(word for _passage, found in of_field for word in found)
        marks = {
            f"{stem_mark}{stem(word, language)}": None
            for word in distinct
            if word not in stop_words
        }
        marks |= {mark: None for passage, _words in of_field for mark in passage.marks}
        mark_fields.append(" ".join(marks))
    return IndexText(
        level=level,
        words=f" {FIELD} ".join(word_fields),
        marks=f" {FIELD} ".join(mark_fields),
    )


# --- what a query finds ---


def holds(text: IndexText, terms: Iterable[Term]) -> bool:
    """Whether it says all of this."""
    padded = _padded(text.words, text.marks)
    return all(any(_stands(pattern, padded) for pattern in term.patterns) for term in terms)


def _padded(*texts: str) -> str:
    return f" {f' {FIELD} '.join(texts)} "


def _stands(pattern: Pattern, padded: str) -> bool:
    joined = " ".join(pattern.words)
    return f" {joined}" in padded if pattern.is_prefix else f" {joined} " in padded


def weight(text: IndexText, query: Query) -> int:
    """How well it fits: words in the title before words in names, in texts, in entries."""
    fields = [
        _padded(*field) for field in zip(_fields(text.words), _fields(text.marks), strict=True)
    ]
    total = sum(_weight_of_term(term, fields) for term in query.terms)
    return total + _weight_together(query, fields)


def _weight_together(query: Query, fields: list[str]) -> int:
    """More, where all words stand in one field as they were typed, one after the other."""
    plain = [_plain_words(term) for term in query.terms]
    if len(plain) < 2 or not all(plain):
        return 0
    together = Pattern(words=tuple(word for term_words in plain for word in term_words))
    for field, own_weight in zip(fields, WEIGHTS, strict=True):
        if _stands(together, field):
            return TOGETHER + own_weight
    return 0


def _fields(text: str) -> list[str]:
    return f" {text} ".split(f" {FIELD} ")


def _weight_of_term(term: Term, fields: list[str]) -> int:
    """That of the best field that says it, and a little more for each other one."""
    saying = [
        (field, own_weight)
        for field, own_weight in zip(fields, WEIGHTS, strict=True)
        if any(_stands(pattern, field) for pattern in term.patterns)
    ]
    if not saying:
        return 0
    best_field, total = saying[0]
    as_typed = Pattern(words=_plain_words(term))
    if as_typed.words and _stands(as_typed, best_field):
        total += AS_TYPED
    return total + len(saying) - 1


def _plain_words(term: Term) -> tuple[str, ...]:
    """As they were typed; none of a term that looks for marked words alone."""
    for pattern in term.patterns:
        if not pattern.is_prefix and not any(_is_marked(word) for word in pattern.words):
            return pattern.words
    return ()


def _is_marked(word: str) -> bool:
    return word.startswith(Mark.STEM.value)


def distinct_words(text: str) -> Iterator[str]:
    """Of stored words: each once, without what stands between them."""
    yield from dict.fromkeys(word for word in text.split() if word not in (BREAK, FIELD))
