"""Kinds and numbers of items as lists write them: words of several languages, codes, letters, suffixes; the normal forms are `rules.item_code`'s."""
from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tracker.rules import item_code
from tracker.rules.codes import Kind

from .kind_words import BARE, CODE, PATTERNS


@dataclass(frozen=True)
class Code:
    """What a number cell says. `normalised` is "" where it holds no number; `title` is what stood beside the number."""

    published: str
    normalised: str
    kind: Kind | None = None
    year: int | None = None
    title: str | None = None


def kind_of(words: str) -> Kind | None:
    """The kind that words name: by themselves ("Bylaw Amendment", "motions") or in a heading ("NBI #")."""
    words = unicodedata.normalize("NFKC", words).replace("_", " ").casefold().strip()
    try:
        return Kind(words.replace(" ", "_"))
    except ValueError:
        return next((kind for kind, pattern in PATTERNS if pattern.search(words)), None)


def code_of(cell: str, year: int | None = None) -> Code:
    """A number cell: "NBI #3", "2017-nbi-002", "New Business Item A", "6A", "3: Air quality", "2017-12" in a list of 2017."""
    published = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", cell)).strip()
    words, said_year, title = published, None, None
    words = re.sub(r"^(\d+)\.0+$", r"\1", words)
    if words.count("(") < words.count(")") or words.endswith("."):  # "5)", "5."
        words = words.rstrip(").")
    if match := CODE.fullmatch(words):
        if parsed := item_code.parse(words):
            return Code(published, parsed[1], item_code.kind_of(parsed[0]), int(match["year"]))
        if kind_of(match["rest"]):
            said_year, words = int(match["year"]), match["rest"]
    if match := re.search(r"\(((?:19|20)\d\d)\)\s*$", words):
        said_year, words = int(match[1]), words[:match.start()].strip()
    if year and (match := re.fullmatch(rf"{year}[-/:. ]\s?0*(\d+\w?)", words)):
        said_year, words = year, match[1]
    if match := re.fullmatch(r"(?P<number>.{1,40}?)\s*(?::|–|—|\s-\s)\s*(?P<title>\S.{3,})", words, re.S):
        if _numberlike(match["number"]):
            words, title = match["number"], match["title"].strip()
    elif (match := re.fullmatch(r"(?P<number>.+?)\s*\((?P<title>[^()]{4,})\)", words)) and _numberlike(match["number"]):
        words, title = match["number"], match["title"].strip()
    if not _numberlike(words):
        return Code(published, "", kind_of(words) if len(words) < 40 else None, said_year, published or None)
    parsed = item_code.parse(words)
    kind = item_code.kind_of(parsed[0]) if parsed else kind_of(re.sub(r"[\d#]+", " ", words)) if re.search(r"[^\W\d_]{3,}", words) else None
    number = parsed[1] if parsed else item_code.normalised(_without_kind(words) if kind else words)
    return Code(published, number, kind, said_year, title)


def _numberlike(words: str) -> bool:
    """A number, a letter or a code, and not a title that happens to hold one."""
    if BARE.fullmatch(words.strip()):
        return True
    if item_code.parse(words) and len(item_code.normalised(words)) <= 12 and re.search(r"\d|\b[a-z]\b$", words, re.I):
        return True
    left = _without_kind(words)
    return len(left) <= 12 and bool(re.fullmatch(r"[#№]?\s*[^\W_]{0,4}[-./: ]?\d{1,5}(?:[-./: ]?[^\W_]{1,4}){0,2}", left.strip()))


def _without_kind(words: str) -> str:
    for _, pattern in PATTERNS:
        words = pattern.sub(" ", words)
    return re.sub(r"(?i)\b(?:amendment|no|nr|number|num|item)\b\.?|[#№]", " ", words).strip()
