"""Who stood for an item on the floor.

A column of sponsors holds delegations, and persons where its heading or a cell says so.
"""

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


class PeopleColumn(StrEnum):
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


Person = tuple[str, str | None]  # a name, and the delegation where it is said


@dataclass(frozen=True)
class People:
    """Those whom a cell names."""

    delegations: tuple[str, ...] = ()
    persons: tuple[Person, ...] = ()
    contacts: tuple[Person, ...] = ()
    unclear: bool = False  # some words can be either, or neither


@dataclass(frozen=True)
class _Sponsor:
    """One of those whom a cell names."""

    shape: _Shape
    words: str
    group: str | None = None  # the delegation of a person


_PERSONAL_LABEL = re.compile(r"contact|mak|mov|second")
_LINE_OR_SEMICOLON = re.compile(r"\s*[;\n]\s*")
_STROKE = re.compile(r"\s*/\s*")
_AND_OR_COMMA = re.compile(r",?\s+(?:and|&|och|y|und|et)\s+|\s*,\s*")
_TOWN = re.compile(
    r"(?=(?:.* )?(?P<rank>rd|regional district|township|county|village)$"
    r"|(?P<of>city|town|township|village|district|county"
    r"|municipality|borough|regional district) of\b)",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(r"\b[A-ZÀ-Þ]{2,6}$")
_PERSON_AND_GROUP = re.compile(
    r"(?P<first>.+?)(?:\s+[-–—]\s+|\s*,\s*|\s*\(\s*|\s+of\s+|\s*[/:]\s*)(?P<second>[^,()/]+?)\s*\)?"
)


def people_in_column(heading: str, values: Iterable[str]) -> PeopleColumn:
    """What a column of sponsors holds.

    Its heading decides; else whether some of its cells can only be persons.
    """
    words = set(re.findall(r"\w+", heading.casefold()))
    if words & NAMES_DELEGATIONS:
        return PeopleColumn.DELEGATIONS
    if words & NAMES_PERSONS:
        return PeopleColumn.PERSONS
    if any(
        sponsor.shape is _Shape.PERSON and sponsor.group is None
        for sponsor in _sponsors_of_cells(values)
    ):
        return PeopleColumn.BOTH
    return PeopleColumn.SPONSORS


def people_in_column_of_movers(heading: str, values: Iterable[str]) -> PeopleColumn:
    """A column of movers holds persons, unless most of its cells can only be bodies.

    Bodies are unions, branches, councils.
    """
    words = set(re.findall(r"\w+", heading.casefold()))
    if words & (NAMES_PERSONS - MOVERS):
        return PeopleColumn.PERSONS
    shapes = [sponsor.shape for sponsor in _sponsors_of_cells(values)]
    bodies = shapes.count(_Shape.DELEGATION)
    if bodies < 2 or 2 * bodies <= len(shapes):
        return PeopleColumn.PERSONS
    return PeopleColumn.BOTH if _Shape.PERSON in shapes else PeopleColumn.SPONSORS


def is_a_person(cell: str) -> bool:
    """A cell that names persons, and can name nothing else: "T. Quill", "Dr. Roe"."""
    sponsors = _sponsors_of_cells([cell])
    return bool(sponsors) and all(sponsor.shape is _Shape.PERSON for sponsor in sponsors)


@lru_cache(4096)  # a list names the same delegations again and again
def read(cell: str, column: PeopleColumn) -> People:
    """Makers and sponsors of one cell; lines, semicolons, strokes and labels part them."""
    delegations: list[str] = []
    persons: list[Person] = []
    contacts: list[Person] = []
    unclear = False
    for label, words in _labelled(cell):
        held = PeopleColumn.PERSONS if _PERSONAL_LABEL.search(label) else column
        for sponsor in _sponsors(words):
            if _is_person(sponsor, held):
                people = contacts if "contact" in label else persons
                people.append((sponsor.words, sponsor.group))
            elif _is_delegation(sponsor, held):
                delegations.append(delegation(sponsor.words))
            else:
                unclear = True
    return People(
        delegations=tuple(dict.fromkeys(delegations)),
        persons=tuple(dict.fromkeys(persons)),
        contacts=tuple(dict.fromkeys(contacts)),
        unclear=unclear,
    )


def _is_person(sponsor: _Sponsor, column: PeopleColumn) -> bool:
    if sponsor.shape is _Shape.PERSON:
        return True
    can_be_one = sponsor.shape in (_Shape.NAME, _Shape.WORDS, _Shape.PLACE)
    return can_be_one and column is PeopleColumn.PERSONS


def _is_delegation(sponsor: _Sponsor, column: PeopleColumn) -> bool:
    """Among persons a single word is a place all the same; two words may be a name as well."""
    if sponsor.shape is _Shape.WORDS:
        return column is not PeopleColumn.BOTH or " " not in sponsor.words
    if sponsor.shape is _Shape.NAME:
        return column is PeopleColumn.DELEGATIONS
    return sponsor.shape in (_Shape.DELEGATION, _Shape.PLACE)


def _labelled(cell: str) -> list[tuple[str, str]]:
    """A cell in parts by its labels ("Mover: ..."), each with its label or ""."""
    cell = ROLE.sub(lambda role: f"{role['label']}: ", cell)
    parts: list[tuple[str, str]] = []
    label, start = "", 0
    for match in LABEL.finditer(cell):
        parts.append((label, cell[start : match.start()].strip(" ,;\n")))
        label, start = match["label"].casefold(), match.end()
    parts.append((label, cell[start:].strip(" ,;\n")))
    return [(label, words) for label, words in parts if words]


def _sponsors_of_cells(cells: Iterable[str]) -> list[_Sponsor]:
    return [
        sponsor
        for cell in cells
        for _label, words in _labelled(cell)
        for sponsor in _sponsors(words)
    ]


def _sponsors(words: str) -> list[_Sponsor]:
    """All whom the words behind one label name."""
    pieces = [piece.strip(" ,") for piece in _LINE_OR_SEMICOLON.split(words)]
    return [sponsor for piece in pieces if piece for sponsor in _of_a_piece(piece)]


def _of_a_piece(piece: str) -> list[_Sponsor]:
    """One, or several where each part of the piece stands by itself."""
    if _is_sentence(piece):
        return [_Sponsor(_Shape.SENTENCE, piece)]
    with_group = _with_a_group(piece)
    if with_group is not None:
        return [with_group]
    places = [part.strip() for part in _AND_OR_COMMA.split(piece)]
    towns = [town for town in map(_TOWN.match, places) if town]
    if len(places) > 1 and len(towns) == len(places):
        ranks = {(town["rank"] or town["of"]).casefold() for town in towns}
        if len(ranks) > 1:  # "Central RD, Town of Ness": two, or one in the other
            return [_Sponsor(_Shape.SENTENCE, piece)]
        return [_Sponsor(_Shape.DELEGATION, place) for place in places]
    for separator in (_STROKE, _AND_OR_COMMA):
        parts = [part for part in separator.split(piece) if part.strip()]
        if len(parts) > 1 and _stand_alone(parts, by_stroke=separator is _STROKE):
            return [sponsor for part in parts for sponsor in _of_a_piece(part.strip())]
    return [_Sponsor(_shape(piece), piece)]


def _stand_alone(parts: Sequence[str], *, by_stroke: bool) -> bool:
    """Persons, or states, or groups each with its own abbreviation.

    By a stroke other places too: not "Black / Hispanic Caucus".
    """
    shapes = {_shape(part) for part in parts}
    if shapes <= {_Shape.PERSON, _Shape.NAME}:
        return True
    if all(_is_state(part.strip()) for part in parts) or all(map(_ABBREVIATION.search, parts)):
        return True
    if not by_stroke:
        all_single_words = all(" " not in part.strip() for part in parts)
        return len(parts) > 2 and shapes <= {_Shape.WORDS, _Shape.PLACE} and all_single_words
    if _Shape.SENTENCE in shapes:
        return False
    if _Shape.DELEGATION not in shapes:
        return True
    return shapes == {_Shape.DELEGATION} or _Shape.PERSON in shapes


def _with_a_group(piece: str) -> _Sponsor | None:
    """A person and a delegation in one, in either order.

    "Ana Roe - CA", "Bo Li, Vermont", "Vermont, T. Quill"; and a name turned round: "Quill, T.".
    """
    match = _PERSON_AND_GROUP.fullmatch(piece)
    if not match:
        return None
    first, second = match["first"].strip(" ,"), match["second"].strip(" ,")
    shape_of_first, shape_of_second = _shape(first), _shape(second)
    if INITIAL.fullmatch(second) and " " not in first and not _is_state(second):  # "Quill, T."
        return _Sponsor(_Shape.PERSON, f"{second} {first}")
    first_is_a_name = shape_of_first in (_Shape.PERSON, _Shape.NAME)
    if shape_of_second is _Shape.PERSON and not first_is_a_name:
        return _Sponsor(_Shape.PERSON, second, delegation(first))
    person_and_place = shape_of_first is _Shape.PERSON and shape_of_second in (
        _Shape.WORDS,
        _Shape.PLACE,
    )
    if shape_of_second is not _Shape.DELEGATION and not person_and_place:
        return None
    if first_is_a_name:
        return _Sponsor(_Shape.PERSON, first, delegation(second))
    if shape_of_first is not _Shape.WORDS:
        return None
    is_abbreviated_state = _is_state(second) and second.replace(".", "").isupper()
    is_set_apart = re.search(r"\s[-–—]\s|\(", piece)
    if is_abbreviated_state and is_set_apart and " " in first:
        return _Sponsor(_Shape.PERSON, first, delegation(second))
    if _is_state(second) and not re.search(r"\sof\s", piece):
        return _Sponsor(_Shape.NAME, piece)  # "Springfield, Illinois", "Quill, Vermont"
    return None


def _is_state(words: str) -> bool:
    return words.replace(".", "") in STATES or words.casefold() in NAMES_OF_STATES


def _is_sentence(words: str) -> bool:
    """Running words, or an address: neither a delegation nor a person."""
    if "@" in words or len(words) > 150:
        return True
    tokens = re.findall(r"[^\W\d_][\w'’-]*", words)
    if len(tokens) > 5 and words.rstrip().endswith((".", "!", "?")):
        return True
    capitals = sum(token[0].isupper() for token in tokens)
    small = [token for token in tokens if token[0].islower() and token.casefold() not in SMALL]
    return len(tokens) > 4 and len(small) > 2 and capitals <= max(1, len(tokens) // 4)


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
    code = kinds.code_of(words)
    if code.kind and code.normalised:  # "Res 4-16": the item from which it comes
        return _Shape.SENTENCE
    if GROUP.search(words) or ORGANISATION.search(words) or re.search(r"\d", words):
        return _Shape.DELEGATION
    return _shape_by_capitals(words, _with_capitals(words, tokens))


def _with_capitals(words: str, tokens: Sequence[str]) -> Sequence[str]:
    """The tokens as they would be spelt, where all letters are small, or all are capitals."""
    if words.islower() and len(tokens) < 4:
        return [token.title() for token in tokens]
    if words.isupper() and len(tokens) > 1:
        return [
            token if INITIAL.fullmatch(token) and len(token) < 3 else token.title()
            for token in tokens
        ]
    return tokens


def _shape_by_capitals(words: str, tokens: Sequence[str]) -> _Shape:
    has_initial = any(INITIAL.fullmatch(token) for token in tokens)
    if not all(token[0].isupper() or token.casefold() in SMALL for token in tokens):
        has_given_name = any(token.casefold().strip("().") in GIVEN for token in tokens)
        is_name = has_given_name or "(" in words or has_initial
        return _Shape.NAME if is_name else _Shape.DELEGATION  # "Byggnads väst"
    if len(tokens) == 2 and re.fullmatch(r"[A-ZÀ-Þ]", tokens[1]):
        return _Shape.WORDS  # "Block A" as well as "Quill T"
    if has_initial and len(tokens) > 1 and any(len(token) > 2 for token in tokens):
        return _Shape.PERSON
    if any(re.fullmatch(r"[A-ZÀ-Þ]{2,6}", token) for token in tokens):
        return _Shape.DELEGATION  # "Grand Rapids EA"
    first, last = tokens[0].casefold(), tokens[-1].casefold()
    if len(tokens) > 1 and (first in PLACE_FIRST or last in PLACE_LAST):
        return _Shape.PLACE
    has_given_name = first in GIVEN or ("," in words and last in GIVEN)
    return _Shape.NAME if has_given_name and len(tokens) < 6 else _Shape.WORDS
