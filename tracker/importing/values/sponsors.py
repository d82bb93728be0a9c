"""Who stood for an item on the floor: a column of sponsors holds delegations, and persons where its heading or a cell says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from functools import lru_cache

from tracker.importing.vocabulary.name_words import (
    ALSO_SURNAMES,
    GIVEN,
    GROUP,
    INITIAL,
    LABEL,
    MOVERS,
    NAMES_DELEGATIONS,
    NAMES_OF_STATES,
    NAMES_PERSONS,
    ORGANISATION,
    PLACE_FIRST,
    PLACE_LAST,
    ROLE,
    SMALL,
    STATES,
    TITLE,
)

from . import kinds
from .texts import delegation


class Holds(StrEnum):
    """What a column of people holds."""

    DELEGATIONS = auto()  # its heading says so
    SPONSORS = auto()  # delegations, unless a cell says that it is a person
    BOTH = auto()  # some of its cells are persons: what can be either is asked for
    PERSONS = auto()  # its heading says so


class _Shape(Enum):
    """What some words are by themselves."""

    DELEGATION = auto()
    PLACE = auto()  # "Port Alberni"
    PERSON = auto()
    NAME = auto()  # begins with a given name: likely a person
    WORDS = auto()  # capital letters: a place, or a name
    SENTENCE = auto()  # neither


@dataclass(frozen=True)
class People:
    """Delegations by their names, persons with the delegation of each where it is said; `unclear`: some words can be either, or neither."""

    delegations: tuple[str, ...] = ()
    persons: tuple[tuple[str, str | None], ...] = ()
    contacts: tuple[tuple[str, str | None], ...] = ()
    unclear: bool = False


@dataclass(frozen=True)
class _One:
    """One of those whom a cell names."""

    shape: _Shape
    words: str
    group: str | None = None


def holds(heading: str, values: Iterable[str]) -> Holds:
    """What a column of sponsors holds, by its heading; else by whether some of its cells can only be persons."""
    words = set(re.findall(r"\w+", heading.casefold()))
    if words & NAMES_DELEGATIONS:
        return Holds.DELEGATIONS
    if words & NAMES_PERSONS:
        return Holds.PERSONS
    ones = [one for value in values for _label, part in _labelled(value) for one in _ones(part)]
    return (
        Holds.BOTH
        if any(one.shape is _Shape.PERSON and one.group is None for one in ones)
        else Holds.SPONSORS
    )


def holds_of_movers(heading: str, values: Iterable[str]) -> Holds:
    """A column of movers holds persons, unless most of its cells can only be bodies: unions, branches, councils."""
    if set(re.findall(r"\w+", heading.casefold())) & NAMES_PERSONS - MOVERS:
        return Holds.PERSONS
    ones = [one for value in values for _label, part in _labelled(value) for one in _ones(part)]
    bodies = sum(one.shape is _Shape.DELEGATION for one in ones)
    if bodies < 2 or 2 * bodies <= len(ones):
        return Holds.PERSONS
    return Holds.BOTH if any(one.shape is _Shape.PERSON for one in ones) else Holds.SPONSORS


def is_a_person(cell: str) -> bool:
    """A cell that names persons, and can name nothing else: "T. Quill", "Dr. Roe"."""
    ones = [one for piece in _labelled(cell) for one in _ones(piece[1])]
    return bool(ones) and all(one.shape is _Shape.PERSON for one in ones)


@lru_cache(4096)  # a list names the same delegations again and again
def read(cell: str, column: Holds) -> People:
    """Makers and sponsors of one cell; lines, semicolons, strokes and labels part them."""
    delegations: list[str] = []
    persons: list[tuple[str, str | None]] = []
    contacts: list[tuple[str, str | None]] = []
    unclear = False
    for label, part in _labelled(cell):
        kind = Holds.PERSONS if _PERSONAL.search(label) else column
        for one in _ones(part):
            if _is_person(one, kind):
                (contacts if "contact" in label else persons).append((one.words, one.group))
            elif _is_delegation(one, kind):
                delegations.append(delegation(one.words))
            else:
                unclear = True
    return People(
        tuple(dict.fromkeys(delegations)),
        tuple(dict.fromkeys(persons)),
        tuple(dict.fromkeys(contacts)),
        unclear,
    )


_PERSONAL = re.compile(r"contact|mak|mov|second")
_STRONG = re.compile(r"\s*[;\n]\s*")
_STROKE = re.compile(r"\s*/\s*")
_TOWN = re.compile(
    r"(?=(?:.* )?(?P<rank>rd|regional district|township|county|village)$|(?P<of>city|town|township|village|district|county"
    r"|municipality|borough|regional district) of\b)",
    re.I,
)
_AND = re.compile(r",?\s+(?:and|&|och|y|und|et)\s+|\s*,\s*")


def _is_person(one: _One, column: Holds) -> bool:
    return one.shape is _Shape.PERSON or (
        column is Holds.PERSONS and one.shape in (_Shape.NAME, _Shape.WORDS, _Shape.PLACE)
    )


def _is_delegation(one: _One, column: Holds) -> bool:
    """Among persons a single word is a place all the same; two words with capitals are a name as well as one."""
    if one.shape is _Shape.WORDS:
        return column is not Holds.BOTH or " " not in one.words
    return one.shape in (_Shape.DELEGATION, _Shape.PLACE) or (
        one.shape is _Shape.NAME and column is Holds.DELEGATIONS
    )


def _labelled(cell: str) -> list[tuple[str, str]]:
    parts, label, start = [], "", 0
    cell = ROLE.sub(lambda found: f"{found['label']}: ", cell)
    for found in LABEL.finditer(cell):
        parts.append((label, cell[start : found.start()]))
        label, start = found["label"].casefold(), found.end()
    return [
        (label, part.strip(" ,;\n"))
        for label, part in [*parts, (label, cell[start:])]
        if part.strip(" ,;\n")
    ]


def _ones(part: str) -> list[_One]:
    return [
        one
        for piece in _STRONG.split(part)
        if piece.strip(" ,")
        for one in _of_a_piece(piece.strip(" ,"))
    ]


def _of_a_piece(piece: str) -> list[_One]:
    """One, or several where each part of the piece stands by itself."""
    if _is_sentence(piece):
        return [_One(_Shape.SENTENCE, piece)]
    if (one := _with_a_group(piece)) is not None:
        return [one]
    if len(towns := [_TOWN.match(part.strip()) for part in _AND.split(piece)]) > 1 and all(towns):
        same = len({(town["rank"] or town["of"]).casefold() for town in towns if town}) == 1
        if not same:  # "Central RD, Town of Ness": two, or one in the other
            return [_One(_Shape.SENTENCE, piece)]
        return [_One(_Shape.DELEGATION, part.strip()) for part in _AND.split(piece)]
    for separator in (_STROKE, _AND):
        parts = [part for part in separator.split(piece) if part.strip()]
        if len(parts) > 1 and _stand_alone(parts, separator is _STROKE):
            return [one for part in parts for one in _of_a_piece(part.strip())]
    return [_One(_shape(piece), piece)]


def _stand_alone(parts: Sequence[str], by_stroke: bool) -> bool:
    """Persons, or states, or groups each with its own abbreviation. By a stroke other places too: not "Black / Hispanic Caucus"."""
    shapes = {_shape(part) for part in parts}
    if (
        shapes <= {_Shape.PERSON, _Shape.NAME}
        or all(_is_state(part.strip()) for part in parts)
        or all(map(_ABBREVIATION.search, parts))
    ):
        return True
    if by_stroke:
        return _Shape.SENTENCE not in shapes and (
            _Shape.DELEGATION not in shapes
            or shapes == {_Shape.DELEGATION}
            or _Shape.PERSON in shapes
        )
    return (
        len(parts) > 2
        and shapes <= {_Shape.WORDS, _Shape.PLACE}
        and all(" " not in part.strip() for part in parts)
    )


_ABBREVIATION = re.compile(r"\b[A-ZÀ-Þ]{2,6}$")


def _with_a_group(piece: str) -> _One | None:
    """A person and a delegation in one, in either order: "Ana Roe - CA", "Bo Li, Vermont", "Vermont, T. Quill", "Quill, T."."""
    match = re.fullmatch(
        r"(?P<one>.+?)(?:\s+[-–—]\s+|\s*,\s*|\s*\(\s*|\s+of\s+|\s*[/:]\s*)(?P<two>[^,()/]+?)\s*\)?",
        piece,
    )
    if not match:
        return None
    one, two = match["one"].strip(" ,"), match["two"].strip(" ,")
    first, second = _shape(one), _shape(two)
    if INITIAL.fullmatch(two) and " " not in one and not _is_state(two):  # "Quill, T."
        return _One(_Shape.PERSON, f"{two} {one}")
    if second is _Shape.PERSON and first is not _Shape.PERSON and first is not _Shape.NAME:
        return _One(_Shape.PERSON, two, delegation(one))
    if second is not _Shape.DELEGATION and not (
        first is _Shape.PERSON and second in (_Shape.WORDS, _Shape.PLACE)
    ):
        return None
    marked = (
        _is_state(two)
        and two.replace(".", "").isupper()
        and bool(re.search(r"\s[-–—]\s|\(", piece))
    )
    if first in (_Shape.PERSON, _Shape.NAME) or (first is _Shape.WORDS and marked and " " in one):
        return _One(_Shape.PERSON, one, delegation(two))
    if (
        first is _Shape.WORDS and _is_state(two) and not re.search(r"\sof\s", piece)
    ):  # "Springfield, Illinois", "Quill, Vermont"
        return _One(_Shape.NAME, piece)
    return None


def _is_state(words: str) -> bool:
    return words.replace(".", "") in STATES or words.casefold() in NAMES_OF_STATES


def _is_sentence(words: str) -> bool:
    """Running words: neither a delegation nor a person; nor is an address."""
    tokens = re.findall(r"[^\W\d_][\w'’-]*", words)
    small = [token for token in tokens if token[0].islower() and token.casefold() not in SMALL]
    ends = words.rstrip().endswith((".", "!", "?")) and len(tokens) > 5
    capitals = sum(token[0].isupper() for token in tokens)
    runs_on = len(tokens) > 4 and len(small) > 2 and capitals <= max(1, len(tokens) // 4)
    return "@" in words or len(words) > 150 or ends or runs_on


def _shape(words: str) -> _Shape:
    words = words.strip()
    if _is_state(words):
        return _Shape.DELEGATION
    if _is_sentence(words):
        return _Shape.SENTENCE
    if TITLE.match(words) and not GROUP.search(TITLE.sub("", words)):
        return _Shape.PERSON
    tokens = words.replace(",", " ").split()
    if len(tokens) == 2 and tokens[0].casefold() in GIVEN and tokens[1].casefold() in ALSO_SURNAMES:
        return _Shape.NAME
    of_an_item = kinds.code_of(words)
    if of_an_item.kind and of_an_item.normalised:  # "Res 4-16": the item from which it comes
        return _Shape.SENTENCE
    if GROUP.search(words) or ORGANISATION.search(words) or re.search(r"\d", words):
        return _Shape.DELEGATION
    if words.islower() and len(tokens) < 4:
        tokens = [token.title() for token in tokens]
    if words.isupper() and len(tokens) > 1:
        tokens = [
            token if INITIAL.fullmatch(token) and len(token) < 3 else token.title()
            for token in tokens
        ]
    given = any(token.casefold().strip("().") in GIVEN for token in tokens)
    if not all(token[0].isupper() or token.casefold() in SMALL for token in tokens):
        named = given or "(" in words or any(map(INITIAL.fullmatch, tokens))
        return _Shape.NAME if named else _Shape.DELEGATION  # "Byggnads väst"
    if len(tokens) == 2 and re.fullmatch(r"[A-ZÀ-Þ]", tokens[1]):
        return _Shape.WORDS  # "Block A" as well as "Quill T"
    if (
        any(map(INITIAL.fullmatch, tokens))
        and len(tokens) > 1
        and any(len(token) > 2 for token in tokens)
    ):
        return _Shape.PERSON
    if any(re.fullmatch(r"[A-ZÀ-Þ]{2,6}", token) for token in tokens):
        return _Shape.DELEGATION  # "Grand Rapids EA"
    first, last = tokens[0].casefold(), tokens[-1].casefold()
    if len(tokens) > 1 and (first in PLACE_FIRST or last in PLACE_LAST):
        return _Shape.PLACE
    given = first in GIVEN or ("," in words and last in GIVEN)
    return _Shape.NAME if given and len(tokens) < 6 else _Shape.WORDS
