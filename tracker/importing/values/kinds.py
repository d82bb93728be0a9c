"""Kinds and numbers of items as lists write them: words of several languages, codes, letters.

The normal forms are those of `rules.item_code`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tracker.importing.vocabulary.kind_words import (
    ABBREVIATED,
    BARE,
    CODE,
    JOINED,
    NUMBER_OF_ONE,
    PATTERNS,
)
from tracker.rules import item_code
from tracker.rules.codes import Kind

_TITLE_BEHIND = re.compile(
    r"(?P<number>.{1,40}?)\s*(?::|–|—|\s-\s)\s*(?P<title>\S.{3,})", re.DOTALL
)
_TITLE_IN_BRACKETS = re.compile(r"(?P<number>.+?)\s*\((?P<title>[^()]{4,})\)")
_NUMBER_IN_PARTS = re.compile(r"[#№]?\s*[^\W_]{0,4}[-./: ]?\d{1,5}(?:[-./: ]?[^\W_]{1,4}){0,2}")
_WORD_FOR_NUMBER = re.compile(
    r"\b(?:amendment|nos?|nrs?|numbers?|nums?|items?)\b\.?|[#№]", re.IGNORECASE
)
LONGEST_NUMBER = 12  # characters of a number in its normal form
LONGEST_KIND = 40  # characters of a cell that names a kind and no number


@dataclass(frozen=True, kw_only=True)
class Code:
    """What a number cell says."""

    published: str
    normalised: str  # "" where the cell holds no number
    kind: Kind | None = None
    year: int | None = None
    title: str | None = None  # what stood beside the number
    # the number with its letters, where the kind is only guessed from them: "SR1"
    lettered: str | None = None
    several: bool = False  # the cell names more than one item


def kind_of(words: str) -> Kind | None:
    """The kind that words name: alone ("Bylaw Amendment") or in a heading ("NBI #")."""
    words = unicodedata.normalize("NFKC", words).replace("_", " ").casefold().strip()
    try:
        return Kind(words.replace(" ", "_"))
    except ValueError:
        return next((kind for kind, pattern in PATTERNS if pattern.search(words)), None)


@lru_cache(4096)  # a number is asked for several times while its row is understood
def code_of(cell: str, year: int | None = None) -> Code:
    """What a number cell says: "NBI #3", "2017-nbi-002", "6A", "3: Air quality".

    `year` is that of the list: in a list of 2017, "2017-12" is the number 12.
    """
    published = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", cell)).strip()
    if _names_several(unicodedata.normalize("NFKC", cell).strip()):
        return Code(published=published, normalised="", kind=kind_of(published), several=True)
    words = re.sub(r"^(\d+)\.0+$", r"\1", published)  # a number that a program took for a decimal
    if words.count("(") < words.count(")") or words.endswith("."):  # "5)", "5."
        words = words.rstrip(").")
    whole_code = _whole_code(words, published)
    if whole_code:
        return whole_code
    words, said_year = _without_year(words, year)
    words, title = _without_title(words)
    if not _numberlike(words):
        return Code(
            published=published,
            normalised="",
            kind=kind_of(words) if len(words) < LONGEST_KIND else None,
            year=said_year,
            title=published or None,
        )
    if re.fullmatch(r"NR\d+", words):
        # letters of a number, as "LR7" has them: the word for a number is "nr", "Nr." or "NR 2"
        return Code(published=published, normalised=words.casefold(), year=said_year, title=title)
    parsed = item_code.parse(words)
    kind = _kind_beside_a_number(words, parsed)
    without_kind = _without_kind(words) if kind else words
    number = parsed[1] if parsed else item_code.normalised(without_kind)
    return Code(
        published=published,
        normalised=number,
        kind=kind,
        year=said_year,
        title=title,
        lettered=_lettered(words, number, kind) if parsed else None,
    )


def _whole_code(words: str, published: str) -> Code | None:
    """A code as the record writes it, with its year: "2017-nbi-2"."""
    match = CODE.fullmatch(words)
    parsed = item_code.parse(words) if match else None
    if not match or not parsed:
        return None
    return Code(
        published=published,
        normalised=parsed[1],
        kind=item_code.kind_of(parsed[0]),
        year=int(match["year"]),
    )


def _without_year(words: str, year: int | None) -> tuple[str, int | None]:
    """A number without the year before or behind it, and that year."""
    said_year = None
    code = CODE.fullmatch(words)
    if code and kind_of(code["rest"]):
        said_year, words = int(code["year"]), code["rest"]
    in_brackets = re.search(r"\(((?:19|20)\d\d)\)\s*$", words)
    if in_brackets:
        said_year, words = int(in_brackets[1]), words[: in_brackets.start()].strip()
    behind_year = re.fullmatch(rf"{year}[-/:. ]\s?0*(\d+\w?)", words) if year else None
    if behind_year:
        said_year, words = year, behind_year[1]
    return words, said_year


def _without_title(words: str) -> tuple[str, str | None]:
    """ "3" and "Air quality" of "3: Air quality" or "3 (Air quality)"."""
    match = _TITLE_BEHIND.fullmatch(words) or _TITLE_IN_BRACKETS.fullmatch(words)
    if match and _numberlike(match["number"]):
        return match["number"], match["title"].strip()
    return words, None


def _kind_beside_a_number(words: str, parsed: tuple[str, str] | None) -> Kind | None:
    if parsed:
        return item_code.kind_of(parsed[0])
    if re.search(r"[^\W\d_]{3,}", words):
        return kind_of(re.sub(r"[\d#]+", " ", words))
    return None


def _lettered(words: str, number: str, kind: Kind | None) -> str | None:
    letters = ABBREVIATED.match(words)
    if not letters or kind is Kind.NEW_BUSINESS_ITEM:
        return None
    return f"{letters[1].casefold()}{number}"


def _names_several(cell: str) -> bool:
    """ "12 and 13", "NBI 4, 5", "6A/6B": each part is a number of its own.

    A hyphen may belong to one number: "17-05".
    """
    is_pair = re.fullmatch(r"\d{1,2}/(?:19|20)?\d\d", cell)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", cell) or (is_pair and not _follow(cell.split("/"))):
        return False
    cell = re.sub(r"\((?:19|20)\d\d\)|^(?:19|20)\d\d(?=[-/ ])", " ", cell)
    cell = re.sub(r"\((and|or|&|,|y|och|und|et)\b([^()]*)\)", r" \1\2", cell).strip()
    parts = [_without_kind(part).strip(" .") for part in JOINED.split(cell)]
    return len(parts) > 1 and all(NUMBER_OF_ONE.fullmatch(part) for part in parts)


def _follow(parts: list[str]) -> bool:
    """12 and 13: neighbours."""
    return len(parts) == 2 and int(parts[1]) == int(parts[0]) + 1


def _numberlike(words: str) -> bool:
    """A number, a letter or a code, and not a title that happens to hold one."""
    if BARE.fullmatch(words.strip()):
        return True
    has_a_number = re.search(r"\d|\b[a-z]\b$", words, re.I)
    is_short = len(item_code.normalised(words)) <= LONGEST_NUMBER
    if has_a_number and is_short and item_code.parse(words):
        return True
    left = _without_kind(words)
    return len(left) <= LONGEST_NUMBER and bool(_NUMBER_IN_PARTS.fullmatch(left.strip()))


@lru_cache(4096)  # asked several times of one number
def _without_kind(words: str) -> str:
    for _kind, pattern in PATTERNS:
        words = pattern.sub(" ", words)
    return _WORD_FOR_NUMBER.sub(" ", words).strip()
