"""How an item is numbered and addressed: its normalised number, its code (`nbi-2`), all spellings
of a code.

Which items exist is the record's.
"""

from __future__ import annotations

import re
import unicodedata

from .codes import Kind

PREFIX: dict[Kind, str] = {
    Kind.NEW_BUSINESS_ITEM: "nbi",
    Kind.COMMITTEE_RECOMMENDATION: "rec",
    Kind.LEGISLATIVE_AMENDMENT: "leg",
    Kind.MOTION: "mot",
    Kind.ARTICLE: "art",
    Kind.CONSTITUTIONAL_AMENDMENT: "ca",
    Kind.BYLAW_AMENDMENT: "ba",
    Kind.STANDING_RULE_AMENDMENT: "sra",
    Kind.RESOLUTION_AMENDMENT: "rea",
    Kind.RESOLUTION: "res",
    Kind.POLICY_STATEMENT: "pol",
}
UNNUMBERED = "unnumbered"
LONGEST = 20  # characters of a normalised number

_SPELLINGS: dict[
    str, str
    # what stands before a number, and the prefix that it means; separators are single spaces here
] = {
    "new business items": "nbi",
    "new business item": "nbi",
    "new business": "nbi",
    "nbis": "nbi",
    "nbi": "nbi",
    "committee recommendation": "rec",
    "recommendation": "rec",
    "rec": "rec",
    "legislative amendment": "leg",
    "legislative program amendment": "leg",
    "amd leg": "leg",
    "leg": "leg",
    "motion": "mot",
    "mot": "mot",
    "article": "art",
    "art": "art",
    "constitutional amendment": "ca",
    "constitution amendment": "ca",
    "amd ca": "ca",
    "amd const": "ca",
    "ca": "ca",
    "bylaw amendment": "ba",
    "bylaws amendment": "ba",
    "by law amendment": "ba",
    "by laws amendment": "ba",
    "amd bl": "ba",
    "amd ba": "ba",
    "bla": "ba",
    "ba": "ba",
    "standing rule amendment": "sra",
    "standing rules amendment": "sra",
    "standing rule": "sra",
    "amd sra": "sra",
    "amd sr": "sra",
    "sra": "sra",
    "sr": "sra",
    "resolution amendment": "rea",
    "resolutions amendment": "rea",
    "amendment to resolution": "rea",
    "amd res": "rea",
    "rea": "rea",
    "resolution": "res",
    "res": "res",
    "policy statement": "pol",
    "pol": "pol",
}
_NUMBER_WORDS = (
    "number",
    "numero",
    "nummer",
    "item",
    "amendment",
    "num",
    "nos",
    "no",
    "nr",
    "n",
    "num",
    "amd",
)
_KIND = re.compile(
    rf"(?:{'|'.join(sorted(map(re.escape, _SPELLINGS), key=len, reverse=True))})(?=[\s\d]|$)"
)
_WORD = re.compile(rf"(?:{'|'.join(_NUMBER_WORDS)})(?=[\s\d])\s*(?=\S)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ASIDE = re.compile(r"\s*\((.*)\)\s*$", re.S)


def normalised(number: str) -> str:
    """The number that makes an item one and the same.

    Case folded, without leading zeros, without the words around it.

    "NBI #003" and "2017-nbi-3" are "3"; "6A" and "6-A" are "6a"; "" means that there is no number.
    """
    return _number(_rest(_plain(number))[1])


def code_of(kind: Kind, normalised_number: str) -> str:
    """The code, the last part of an item's address; an item without a number has "unnumbered-1" in
    its place.
    """
    return f"{PREFIX[kind]}-{normalised_number}"


def unnumbered(place: int) -> str:
    """What stands for the number of the nth item without one."""
    return f"{UNNUMBERED}-{place}"


def place_of_unnumbered(number: str) -> int:
    """The place of an item without a number among them; 0 of one that has a number."""
    found = re.fullmatch(rf"{UNNUMBERED}-(\d+)", number)
    return int(found[1]) if found else 0


def parse(spelling: str, year: int | None = None) -> tuple[str, str] | None:
    """The prefix and the normalised number that a spelling of a code means; None where it is no
    code, or one of another year.
    """
    kind, spelt_number = _rest(_plain(spelling), year)
    number = _number(spelt_number) if kind else ""
    return (kind, number) if kind and number else None


def kind_of(prefix: str) -> Kind | None:
    return next((kind for kind, own_prefix in PREFIX.items() if own_prefix == prefix), None)


def order(normalised_number: str) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    """Sorts as a printed list does.

    Letters (the leadership's) first, then by number, a suffix after its number, the unnumbered
    last.
    """
    parts = tuple(
        (1, int(part), "") if part.isdecimal() else (0, 0, part)
        for part in re.findall(r"\d+|[^\W\d_]+", normalised_number)
    )
    return (2 if not parts or normalised_number.startswith(UNNUMBERED) else parts[0][0]), parts


def sort_key(kind: str, normalised_number: str) -> bytes:
    """Sorts, byte by byte, as a printed list does.

    By kind (those that a body added last), then as `order` has the numbers.
    """
    kinds = list(Kind)
    place = kinds.index(Kind(kind)) if kind in kinds else len(kinds)
    rank, parts = order(normalised_number)
    key = bytes([place]) + kind.encode() + bytes([0, rank])
    for numeric, number, letters in parts:
        digits = str(number).encode()
        key += (
            bytes([1, len(digits)]) + digits if numeric else bytes([0]) + letters.encode() + b"\0"
        )
    return key


def _plain(words: str) -> str:
    """Case folded, one space for each run of separators; a title or a year in brackets at the end
    is left out, a suffix "(a)" is not.
    """
    words = unicodedata.normalize("NFKC", words).casefold().strip()
    aside = _ASIDE.search(words)
    if (
        aside
        and words[: aside.start()].strip()
        and (len(aside[1].strip()) > 3 or not aside[1].strip())
    ):
        words = words[: aside.start()]
    return re.sub(r"[\W_]+", " ", words).strip()


def _rest(words: str, year: int | None = None) -> tuple[str | None, str]:
    """The prefix that a spelling begins with, and what follows it."""
    kind: str | None = None
    year_before = _YEAR.match(words)
    after_year = words[year_before.end() :].lstrip() if year_before else ""
    if year_before and _KIND.match(after_year):
        if year is not None and int(year_before[0]) != year:
            return None, ""
        words = after_year
    while (match := _KIND.match(words)) and words[match.end() :].strip():
        kind, words = kind or _SPELLINGS[match[0]], words[match.end() :].strip()
    while match := _WORD.match(words):
        words = words[match.end() :]
    return kind, words


def _number(words: str) -> str:
    number = re.sub(r"\d+", lambda digits: str(int(digits[0])), re.sub(r"\s+", "-", words))
    return re.sub(r"(?<=\d)-(?=[^\W\d_](?:-|$))", "", number)
