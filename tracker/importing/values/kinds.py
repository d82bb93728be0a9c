"""Kinds and numbers of items as lists write them: words of several languages, codes, letters, suffixes; the normal forms are `rules.item_code`'s."""

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


@dataclass(frozen=True, kw_only=True)
class Code:
    """What a number cell says. `normalised` is "" where it holds no number; `title` is what stood beside the number.
    `lettered` is the number with its letters, where the kind is only guessed from them: "SR1"."""

    published: str
    normalised: str
    kind: Kind | None = None
    year: int | None = None
    title: str | None = None
    lettered: str | None = None
    several: bool = False  # it names more than one item


def kind_of(words: str) -> Kind | None:
    """The kind that words name: by themselves ("Bylaw Amendment", "motions") or in a heading ("NBI #")."""
    words = unicodedata.normalize("NFKC", words).replace("_", " ").casefold().strip()
    try:
        return Kind(words.replace(" ", "_"))
    except ValueError:
        return next((kind for kind, pattern in PATTERNS if pattern.search(words)), None)


@lru_cache(4096)  # a number is asked for several times while its row is understood
def code_of(cell: str, year: int | None = None) -> Code:
    """A number cell: "NBI #3", "2017-nbi-002", "New Business Item A", "6A", "3: Air quality", "2017-12" in a list of 2017."""
    published = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", cell)).strip()
    if _names_several(unicodedata.normalize("NFKC", cell).strip()):
        return Code(published=published, normalised="", kind=kind_of(published), several=True)
    words, said_year, title = published, None, None
    words = re.sub(r"^(\d+)\.0+$", r"\1", words)
    if words.count("(") < words.count(")") or words.endswith("."):  # "5)", "5."
        words = words.rstrip(").")
    if match := CODE.fullmatch(words):
        if parsed := item_code.parse(words):
            return Code(
                published=published,
                normalised=parsed[1],
                kind=item_code.kind_of(parsed[0]),
                year=int(match["year"]),
            )
        if kind_of(match["rest"]):
            said_year, words = int(match["year"]), match["rest"]
    if match := re.search(r"\(((?:19|20)\d\d)\)\s*$", words):
        said_year, words = int(match[1]), words[: match.start()].strip()
    if year and (match := re.fullmatch(rf"{year}[-/:. ]\s?0*(\d+\w?)", words)):
        said_year, words = year, match[1]
    if match := re.fullmatch(
        r"(?P<number>.{1,40}?)\s*(?::|–|—|\s-\s)\s*(?P<title>\S.{3,})", words, re.S
    ):
        if _numberlike(match["number"]):
            words, title = match["number"], match["title"].strip()
    elif (
        match := re.fullmatch(r"(?P<number>.+?)\s*\((?P<title>[^()]{4,})\)", words)
    ) and _numberlike(match["number"]):
        words, title = match["number"], match["title"].strip()
    if not _numberlike(words):
        return Code(
            published=published,
            normalised="",
            kind=kind_of(words) if len(words) < 40 else None,
            year=said_year,
            title=published or None,
        )
    parsed = item_code.parse(words)
    kind = (
        item_code.kind_of(parsed[0])
        if parsed
        else kind_of(re.sub(r"[\d#]+", " ", words))
        if re.search(r"[^\W\d_]{3,}", words)
        else None
    )
    if re.fullmatch(
        r"NR\d+", words
    ):  # letters of the number, beside "LR7": the word for a number is "nr", "Nr." or "NR 2"
        return Code(
            published=published, normalised=words.casefold(), kind=None, year=said_year, title=title
        )
    number = parsed[1] if parsed else item_code.normalised(_without_kind(words) if kind else words)
    letters = ABBREVIATED.match(words) if parsed else None
    lettered = (
        f"{letters[1].casefold()}{number}"
        if letters and kind is not Kind.NEW_BUSINESS_ITEM
        else None
    )
    return Code(
        published=published,
        normalised=number,
        kind=kind,
        year=said_year,
        title=title,
        lettered=lettered,
    )


def _names_several(cell: str) -> bool:
    """ "12 and 13", "NBI 4, 5", "6A/6B": each part is a number of its own. A hyphen may belong to one number ("17-05")."""
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
    if (
        item_code.parse(words)
        and len(item_code.normalised(words)) <= 12
        and re.search(r"\d|\b[a-z]\b$", words, re.I)
    ):
        return True
    left = _without_kind(words)
    return len(left) <= 12 and bool(
        re.fullmatch(
            r"[#№]?\s*[^\W_]{0,4}[-./: ]?\d{1,5}(?:[-./: ]?[^\W_]{1,4}){0,2}", left.strip()
        )
    )


def _without_kind(words: str) -> str:
    for _, pattern in PATTERNS:
        words = pattern.sub(" ", words)
    return re.sub(
        r"(?i)\b(?:amendment|nos?|nrs?|numbers?|nums?|items?)\b\.?|[#№]", " ", words
    ).strip()
