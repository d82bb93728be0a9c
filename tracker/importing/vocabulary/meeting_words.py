"""What meetings of a body are called, from `meetings.toml`, and how their days are written.

What a name means is decided in `values.meetings`.
"""

from __future__ import annotations

import re

from .word_file import WordFile, alternatives, compiled

_FILE = WordFile("meetings.toml")

# single words, case-folded
NOUN = re.compile(alternatives(*_FILE.words("nouns")))
REGULAR = re.compile(alternatives(*_FILE.words("regular")))
SPECIAL = re.compile(alternatives(*_FILE.words("special")))
ABBREVIATED = _FILE.pairs("abbreviations")
QUALIFIER = frozenset(_FILE.words("qualifiers"))
SITTING = frozenset(_FILE.words("sittings"))
ORDINALS = {word: number for number, word in enumerate(_FILE.words("ordinals"), 1)}
ROMAN = {word: number for number, word in enumerate(_FILE.words("roman"), 1)}

NOT_A_MEETING = re.compile(
    r"\bspecial (?:education|needs|interest|olympics|committee|order|rules?|thanks|fund|project)",
    re.I,
)
# two words, or a hyphen, that are one word
JOINED = compiled(
    r"\b(extra)[- ](ordinary)",
    r"\b(semi|bi|mid|half)[- ]?(annual|yearly|year)",
    r"\b(au(?:ß|ss)er)[- ](ordentliche\w*)",
)
# one meeting, the yearly one
ANNUAL_AND_SPECIAL = re.compile(r"\b(annual(?: general)?|agm)(?: and | ?& ?| ?/ ?)special\b", re.I)
_DAY = (
    r"(?:[^\W\d_]{3,}\.?[\s_-]*)?(?:\d{1,2}(?:st|nd|rd|th)?[\s,./_-]+)*(?:[^\W\d_]{3,}\.?[\s_-]*)?"
)
# the day of a print-out or of a report, and no meeting's
AS_OF = compiled(
    r"\b(?:as of|as at|printed|exported|last (?:changed|saved)|stand|per)[\s:_-]*(?:on "
    rf"|vom )?{_DAY}(?:19|20)\d\d(?:[-_./]\d{{1,2}}){{0,2}}",
    r"\b(?:status|updated?|export|draft|version|rev(?:ised)?|report(?:ed)?)[\s:_-]*(?:on "
    r"|of )?(?:(?:19|20)\d\d[-_./]\d{1,2}[-_./]\d{1,2}|\d{1,2}[/._-]\d{1,2}[/._-](?:19"
    r"|20)\d\d|(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]*\.?[\s_-]*(?:\d{1,2},? )?(?:19|20)\d\d)",
)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NUMERIC_DAY = re.compile(
    r"(?<!\d)\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?!\d)|(?<!\d)\d{1,2}-\d{1,2}-\d{4}(?!\d)"
)
SLUG = re.compile(r"(?:19|20)\d\d-(?=[a-z0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")
