"""What somebody typed, as what is looked for.

Plain functions on text: which item has it is asked of `index_text`, or of a database by `engines`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tracker.rules import item_code

from . import word_lists
from .words import Token, stem, tokens, words

LONGEST = 1000  # characters of a query that are read
MOST_TERMS = 12  # words and phrases that are looked for; more are left out, and named
SHORTEST_PREFIX = 2  # letters of a last word that others may go on from


class Mark(StrEnum):
    """What is indexed of an item beside its plain words, each before a word of its own.

    No plain word begins like them, so that none of them is taken for the rest of one.
    """

    STEM = "="
    DELEGATION = "=delegation:"
    UNIT = "=unit:"
    CODE = "=code:"
    NUMBER = "=number:"
    YEAR = "=year:"

    def of(self, word: str) -> str:
        return f"{self.value}{word}"


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """Consecutive plain words, or one marked word."""

    words: tuple[str, ...]
    is_prefix: bool = False  # the last word may go on


@dataclass(frozen=True, kw_only=True)
class Term:
    """One thing that an item must say, in one of several ways."""

    typed: str
    patterns: tuple[Pattern, ...]
    is_word: bool = False  # a plain word, which may be misspelt


@dataclass(frozen=True, kw_only=True)
class Query:
    terms: tuple[Term, ...]  # all of them are wanted
    address: tuple[Term, ...] = ()  # of a code or a number alone: the items that have it
    left_out: tuple[str, ...] = ()  # words beyond MOST_TERMS

    @property
    def is_empty(self) -> bool:
        return not self.terms and not self.address


@dataclass(frozen=True, kw_only=True)
class KnownNames:
    """Folded words of the names that a body has, and the prefixes of its kinds of items."""

    delegations: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()


NO_NAMES = KnownNames()
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|«([^»]*)»|„([^“]*)“')
_NUMBER = re.compile(
    r"\s*(?:#|nos?\.?(?=[\s\d])|numbers?(?=\s))?\s*(\d{1,6}\s*-?\s*[a-z]?|[a-z])\s*", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"\s*((?:19|20)\d\d)\b[\s:,/-]*")
_OWN_KIND = re.compile(r"\s*([a-z]{1,8})[\s-]+(\S{1,20})\s*", re.IGNORECASE)


def parse(typed: str, language: str, names: KnownNames = NO_NAMES) -> Query:
    """Never raises, whatever is typed. `language` is a code of `rules.settings.LANGUAGES`."""
    text = typed[:LONGEST]
    phrases = [_phrase(quoted) for quoted in _quoted(text)]
    plain = _QUOTED.sub(" ", text)
    ends_in_a_word = not text.rstrip().endswith(('"', "”", "»", "“"))
    terms = [
        *(phrase for phrase in phrases if phrase is not None),
        *_word_terms(plain, language, names, ends_in_a_word=ends_in_a_word),
    ]
    unique = list({term.patterns: term for term in terms}.values())
    return Query(
        terms=tuple(unique[:MOST_TERMS]),
        address=_address(text, names),
        left_out=tuple(term.typed for term in unique[MOST_TERMS:]),
    )


# --- a code or a number alone ---


def _address(text: str, names: KnownNames) -> tuple[Term, ...]:
    year, rest = _year_first(text)
    code = item_code.parse(rest) or _code_of_own_kind(rest, names.prefixes)
    number = _NUMBER.fullmatch(rest)
    if code is not None:
        pattern = Pattern(words=(Mark.CODE.of(spelled("-".join(code))),))
    elif number is not None:
        pattern = Pattern(words=(Mark.NUMBER.of(spelled(item_code.normalised(number[1]))),))
    else:
        return ()
    term = Term(typed=rest.strip(), patterns=(pattern,))
    if year is None:
        return (term,)
    return (term, Term(typed=year, patterns=(Pattern(words=(Mark.YEAR.of(year),)),)))


def _year_first(text: str) -> tuple[str | None, str]:
    match = _YEAR_FIRST.match(text)
    if match is None or not text[match.end() :].strip():
        return None, text
    return match[1], text[match.end() :]


def _code_of_own_kind(text: str, prefixes: Collection[str]) -> tuple[str, str] | None:
    match = _OWN_KIND.fullmatch(text)
    if match is None or match[1].casefold() not in prefixes:
        return None
    return match[1].casefold(), item_code.normalised(match[2])


def spelled(code: str) -> str:
    """A code or number as one word, with nothing in it that a database's query would read."""
    return "-".join(words(code))


# --- phrases ---


def _quoted(text: str) -> Iterator[str]:
    for match in _QUOTED.finditer(text):
        yield next(part for part in match.groups() if part is not None)


def _phrase(quoted: str) -> Term | None:
    wanted = tuple(words(quoted))
    if not wanted:
        return None
    return Term(typed=quoted.strip(), patterns=(Pattern(words=wanted),))


# --- words ---


def _word_terms(
    text: str, language: str, names: KnownNames, *, ends_in_a_word: bool
) -> Iterator[Term]:
    typed = tokens(text)
    named = _named(typed, language, names)
    stop_words = word_lists.stop_words(language)
    only_stop_words = all(token.word in stop_words for token in typed)
    for place, token in enumerate(typed):
        spelling = text[token.start : token.end]
        if place in named:
            if named[place]:
                yield Term(typed=spelling, patterns=named[place])
        elif only_stop_words:
            yield Term(typed=spelling, patterns=(Pattern(words=(token.word,)),))
        elif token.word not in stop_words:
            may_go_on = ends_in_a_word and place == len(typed) - 1
            yield _word_term(token.word, spelling, language, is_prefix=may_go_on)


def _word_term(word: str, spelling: str, language: str, is_prefix: bool = False) -> Term:
    patterns = [Pattern(words=(Mark.STEM.of(stem(word, language)),)), Pattern(words=(word,))]
    if is_prefix and len(word) >= SHORTEST_PREFIX:
        patterns.append(Pattern(words=(word,), is_prefix=True))
    return Term(typed=spelling, patterns=tuple(patterns), is_word=True)


# --- names beside a word such as "delegation" ---


def _named(typed: list[Token], language: str, names: KnownNames) -> dict[int, tuple[Pattern, ...]]:
    """By their places, the words that are part of such a name, and what each looks for.

    The word that says so ("delegation") looks for nothing. "Oregon delegation" finds what Oregon
    brought, and texts that have these two words together.
    """
    stop_words = word_lists.stop_words(language)
    named: dict[int, tuple[Pattern, ...]] = {}
    for place, token in enumerate(typed):
        for mark, kind_words, known in (
            (Mark.DELEGATION, word_lists.delegation_words(language), names.delegations),
            (Mark.UNIT, word_lists.unit_words(language), names.units),
        ):
            if token.word not in kind_words or place in named:
                continue
            before = _known_words(typed, range(place - 1, -1, -1), known, stop_words)
            after = _known_words(typed, range(place + 1, len(typed)), known, stop_words)
            name_places = before or after
            together = range(min([place, *name_places]), max([place, *name_places]) + 1)
            phrase = Pattern(words=tuple(typed[other].word for other in together))
            for other in name_places:
                named[other] = (Pattern(words=(mark.of(typed[other].word),)), phrase)
            if name_places:
                named.update({other: () for other in together if other not in named})
    return named


def _known_words(
    typed: list[Token], places: Iterable[int], known: Collection[str], stop_words: Collection[str]
) -> list[int]:
    """The places, from the first on, of words that such names have; stop words are passed over."""
    found = []
    for place in places:
        word = typed[place].word
        if word in stop_words:
            continue
        if word not in known:
            break
        found.append(place)
    return found
