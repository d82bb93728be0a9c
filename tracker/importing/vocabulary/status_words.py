"""The words by which lists say what the floor did and what was done, from `statuses.toml`.

Patterns are for case-folded text, and tried from the top: the first that fits a place in a cell
takes it. How a cell is read is in `values.statuses`.
"""

from __future__ import annotations

import re

from tracker.importing.codes import Followed
from tracker.rules.codes import Floor

from .date_words import ISO_INSIDE
from .date_words import SPELT as SPELT_DAY
from .vote_words import LABELLED
from .word_file import WordFile, alternatives, any_word, compiled

_FILE = WordFile("statuses.toml")
_ANSWERS = _FILE.section("answers")
_WORDS = _FILE.section("words")


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])")


def _floor_actions(section: str) -> list[tuple[Floor | None, re.Pattern[str]]]:
    return [
        (None if code == "no_action" else Floor(code), _whole_words(pattern))
        for code, pattern in _FILE.meanings(section)
    ]


MOTIONS = _floor_actions("motions")
FLOOR = _floor_actions("floor")
FOLLOWED = [
    (Followed(code), _whole_words(pattern)) for code, pattern in _FILE.meanings("follow_through")
]
# only where it is the whole cell
ABBREVIATED = {
    word: Floor(code) for code, words in _FILE.section("abbreviations").items() for word in words
}

SAYS_NOTHING = frozenset(_ANSWERS["nothing"])
YES = frozenset(_ANSWERS["yes"])
NO = frozenset(_ANSWERS["no"])
# "Yes - 3/1/2018"
ANSWER = re.compile(
    r"(?P<answer>yes|no|y|n|ja|nej|s[ií]|oui|non)(?:\s*[,;:.(–—-]\s*|\s+(?=\d))(?P<rest>.+)",
    re.I | re.S,
)
BESIDE = frozenset(_WORDS["beside"])
OTHER_BODIES = frozenset(_WORDS["other_bodies"])
AND = frozenset(_WORDS["between_acts"])
# each on a day of its own
LATER = frozenset(
    (Floor.RESCINDED, Floor.RECONSIDERED, Floor.LAID_ON_THE_TABLE, Floor.POSTPONED_TO_A_TIME)
)

NOBODY = compiled(
    r"(?:the |an? |el |la )?(?:\w+ )?(?:appropriate|relevant|proper|suitable|respective"
    r"|correspondiente|competente|comp[eé]tente?|zust(?:ä|a)ndigen?)\b.*",
    r"(?:the |an? |el |la |le )?(?:interim )?(?:committee|committees|body|comit[eé]|comisi[oó]n"
    r"|commission|ausschuss|utskott(?:et)?)(?: correspondiente| comp[eé]tente?)?",
)
_REFERRED = alternatives(*_FILE.section("groups")["referred"])
_TO_WHOM = _FILE.group("to_whom")
_MERGED = _FILE.group("merged")
_MERGED_WITH = _FILE.group("merged_with")
REFERRED = re.compile(
    rf"(?<![^\W_])(?P<refers>{_REFERRED})(?![^\W_])(?: (?:back )?{_TO_WHOM} (?P<whom>[^;\n]+)"
    r"| for (?:a )?(?P<purpose>report|decision|action|study|review))?"
)
MERGED = re.compile(
    rf"(?<![^\W_]){_MERGED}(?: "
    rf"together)? {_MERGED_WITH} (?P<target>(?:[^\W\d_][\w.]* ?){{0,4}}#?(?:\b[a-z]\b"
    r"|\d[\w-]*)(?: ?\((?:19|20)\d\d\))?)?"
)
WHOM_ENDS = re.compile(
    r"\s*(?:[;(\n]| for (?:a |its |their |further )?(?P<purpose>decision|action|disposition"
    r"|report|study|review|consideration|information|possible action|follow|(?!(?:training"
    r"|learning|teaching|organi[sz]ing|bargaining|nursing)\b)[a-zà-ÿ]{3,}ing\b)"
    r"|(?<=[a-zà-ÿ]{6})\. | by (?:consent|voice|unanimous|vote|acclamation|the chair)|,? (?:and"
    r"|then|but) (?:was |then |later )?(?:adopted|defeated|withdrawn|approved|amended|tabled"
    r"|returned|completed?|implemented)| on \w+ \d| by \d|,? (?:which|who)\b"
    r"| with (?:the )?(?:recommend|instruction)| to (?:report|decide|study|consider)\b|[-–—] "
    r"| \d{1,2}[/.-]\d).*",
    re.S,
)
GLUED = re.compile(
    r"(?<![^\W\d_])([A-Z])(?=(?:ADOPTED|DEFEATED|WITHDRAWN|REFERRED|AWAITING|CONSOLIDATED|DEEMED"
    r"|Adopted|Defeated|Withdrawn|Referred|Consolidated|Awaiting))"
)
TOUCHING = re.compile(
    r"(?<=[)\]\d])(?=[^\W\d_]{4})|(?<=[a-z])(?=(?:Adopted|Defeated|Withdrawn|Referred"
    r"|Consolidated|Awaiting|Deemed)\b)"
)
SEPARATOR = re.compile(
    r"[;\n:]|\.(?=\s|$)|\s[-–—]+(?=\s|$)|[–—]|(?P<weak>[,()\[\]/]|(?<=[\s\0])(?:and|&|then|but|y"
    r"|et|und|och|og)(?=[\s\0]))"
)
# "A/M - in progress"
ABBREVIATION_FIRST = re.compile(r"\s*([A-Z][A-Z/']*)\s*(?:[;\n:]|\s[-–—]+\s|[–—])")
NUMBER_ALONE = re.compile(r"[#№]?\d{1,4}[a-z]?")
IN_PART = re.compile(
    r"(?:partial(?:ly)?|partly|parcial(?:mente)?|partiel(?:lement)?|teilweise|delvis"
    r"|substantially|mostly|nearly|almost|half) ?"
)
WHITE_SPACE = re.compile(r"[^\S\n]+")  # but the ends of lines
BY = re.compile(r"\b(?:by|per|at|por|par|von|durch|av)\b")
HOW_DONE = re.compile(
    r"[\s,]*(?:in|on|by|via|through|at|per|under|as|since|using|online|och|den|el|am|im|i|på"
    r"|genom|por|en|mediante|par)\b(?! (?:part|half)\b)"
)
DAYS_INSIDE = (
    ISO_INSIDE,
    SPELT_DAY,
    re.compile(r"(?<![\w/.$€£-])\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?![\d/-]|\.\d)"),
    re.compile(r"(?<![\w/.$€£-])\d{1,2}/\d{1,2}(?![\d/-])"),
)
_PLACES = any_word(
    (
        "nbi|items?|nos?|nr|numbers?|motions?|resolutions?|articles?|amendments?|res|lines?",
        "sections?|clauses?|paragraphs?|paras?|pages?|pp?|sessions?|days?|parts?",
        "att-sats(?:en|er)?|punkt",
    )
)
# before a number in them is taken for progress
ASIDE_FIRST = tuple(
    re.compile(pattern)
    for pattern in (
        r"\d{1,3}(?:[.,]\d+)? ?(?:%|percent|per cent) "
        r"(?:majority|in favou?r|of (?:the )?votes?|votes?|yes|for|approval)\b",
        r"\d+[.,]\d+ ?(?:%|percent)",
        r"(?<![\w/.$€£-])\d[\d,]*\s*(?:to|-|–|:)\s*\d[\d,]*"
        r"(?:\s*(?:to|-|–|:)\s*\d[\d,]*)?(?![\w/.%-])",
        LABELLED.pattern,
        r"two[- ]thirds|three[- ](?:fourths|quarters)|\b[23]/[34]\b",
        r"house of (?:delegates|deputies|bishops)|(?:division of )?the (?:whole )?house\b(?= divid)"
        r"|division of the house|\bsee [^.;\n)]*",
    )
)
ASIDE = tuple(
    re.compile(pattern)
    for pattern in (
        r"^\s*[#№]?\d{1,4}[a-z]?\s*\(?(?:19|20)\d\d\)?(?!\d)",
        rf"(?<![^\W_]){_PLACES}\.? ?[#№]?\d+[a-z]?"
        r"(?: ?(?:-|–|,|and|to|&) ?\d+[a-z]?)*(?![^\W_])",
        r"[#№] ?\d+[a-z]?\b",
        r"\(?\b(?:19|20)\d\d\b\)?",
        r"\b\d{1,2}[:.]\d\d(?: ?[ap]\.?m\b\.?)?",
        r"\b\d{1,2} ?[ap]\.?m\b\.?",
    )
)
