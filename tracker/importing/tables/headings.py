"""What the heading of a column says by itself: the field that it names, and whether it asks.

What the values of the column say to that is in `column_values`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from tracker.importing.codes import Field
from tracker.importing.values import dates, kinds, statuses
from tracker.importing.values.status_marks import FloorWord
from tracker.importing.values.statuses import StatusCell
from tracker.importing.vocabulary.heading_words import (
    ADMINISTRATION,
    DAY_OF,
    DAY_WORDS,
    DECISION_WORDS,
    DERIVED,
    FLOOR_BODIES,
    HEADINGS,
    NAMES_A_UNIT,
    NUMBER_WORDS,
    NUMBERED,
    ONLY_ALONE,
)
from tracker.importing.vocabulary.meeting_words import NOUN
from tracker.importing.vocabulary.status_words import NO, OTHER_BODIES, YES
from tracker.rules.codes import Effect, Floor

from .columns import Sure

LONGEST_HEADING_OF_DAYS = 60  # characters
_CODES = frozenset(Field)  # an export's headings, and a mapping's words
_FieldAndSure = tuple[Field, Sure]

_TIME = re.compile(r"\d+|q[1-4]|fy\d*|spring|summer|fall|autumn|winter|date|today")
_AS_OF = re.compile(
    r"\b(?:as (?:of|at)|per|stand|a fecha de|au|up to|until|for)\b (?=.*(?:\d|date|today|now))"
)
_OF = re.compile(r" (?:of|for|de|del|du|des|von|der|da|do|av|van) ")
_QUESTION = re.compile(
    r"(?:which|what|for which|on which|about which) ([^\W\d_]+(?: [^\W\d_]+)?)"
    r"(?= (?:are|is|does|do|did|was|were|will)\b)"
)
_YES_OR_NO_BEHIND = re.compile(
    r"\s*[(\[]?\b(?:y\s*/\s*n|yes\s*/\s*no|y or n|yes or no|true\s*/\s*false|ja\s*/\s*nej"
    r"|s[ií]\s*/\s*no)\b[)\]]?\??\s*$",
    re.IGNORECASE,
)
_BEGINS_A_QUESTION = re.compile(
    r"^(?:(?:is|was|has|have|were|been|it|this|item|motion|the|nbi) )+(?=\w)"
)


@lru_cache(4096)
def plain(heading: str) -> str:
    """A heading without case, marks and separators.

    "Rationale/Background:" is "rationale background".
    """
    heading = unicodedata.normalize("NFKC", heading).casefold().replace("_", " ")
    heading = re.sub(r"(?<=\w)'s\b", " s", heading.replace("’", "'"))
    return re.sub(r"\s+", " ", re.sub(r"[^\w#№°º%$€]+", " ", heading)).strip()


def letter(place: int) -> str:
    """Of a column, as a spreadsheet has it: A, B, AA. `place` is counted from 0."""
    letters = ""
    number = place + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


@cache
def _phrases() -> dict[str, Field]:
    """Each phrase, plain, with its field; one of two fields is the one that stands first."""
    fields = {
        plain(phrase): field for field, phrases in reversed(HEADINGS.items()) for phrase in phrases
    }
    return fields | dict.fromkeys(DERIVED, Field.DERIVED)


@lru_cache(1000)
def names_the_meeting(heading: str) -> bool:
    """A column of days that is named for the meeting: "Meeting date", "Date of assembly"."""
    return any(
        NOUN.fullmatch(word) and not word.startswith("session") for word in plain(heading).split()
    )


@lru_cache(4000)
def named(heading: str) -> _FieldAndSure | None:
    """The field that a heading names, by itself."""
    words = plain(heading)
    if not words:
        return None
    code = words.replace(" ", "_")
    if code in _CODES:
        return Field(code), Sure.SURE
    if words in _phrases():
        return _phrases()[words], Sure.SURE
    tokens = words.split()
    return (
        _mover_and_seconder(words)
        or _which(words, tokens)
        or _yes_or_no(heading, words, tokens)
        or _number(tokens)
        or _day(words, tokens)
        or _decision(heading, words, tokens)
        or _dated(words)
        or _beside_brackets(heading, words)
        or _what_is_named(words)
        or _phrase_inside(words, tokens)
    )


def _mover_and_seconder(words: str) -> _FieldAndSure | None:
    """ "Moved/Seconded": which of the names in a cell is which is not said. It is kept."""
    moves = re.search(r"\bmove[rd]?s?\b", words)
    seconds = re.search(r"\bsecond(?:ed|ers?|s)?\b", words)
    return (Field.SOURCE, Sure.CHECK) if moves and seconds else None


def _which(words: str, tokens: Sequence[str]) -> _FieldAndSure | None:
    """A form's question: "Which resolution are you reporting on?"."""
    question = _QUESTION.match(words)
    if not question or len(tokens) < 4:
        return None
    last_word = question[1].split()[-1]
    if kinds.kind_of(question[1]) or last_word in NUMBERED:
        return Field.NUMBER, Sure.LIKELY
    if last_word in NAMES_A_UNIT:
        return Field.LEAD, Sure.LIKELY
    return None


def _yes_or_no(heading: str, words: str, tokens: Sequence[str]) -> _FieldAndSure | None:
    """ "Complete (Y/N)", "Has it been implemented?", "Carried?": what is asked."""
    question = _what_is_asked(heading)
    field = _phrases().get(question)
    if question != words and field:
        return field, Sure.SURE if len(tokens) < 5 else Sure.LIKELY
    if asks_whether(heading):
        return Field.FLOOR_ACTION, Sure.LIKELY
    return None


def _what_is_asked(heading: str) -> str:
    """ "implemented" of "Has it been implemented? (y/n)"."""
    return _BEGINS_A_QUESTION.sub("", plain(_YES_OR_NO_BEHIND.sub("", heading)))


def asks_whether(heading: str) -> Floor | None:
    """The floor action that a column of yes and no asks for: "Carried?", "Withdrawn (Y/N)"."""
    question = _what_is_asked(heading)
    is_code = question.replace(" ", "_") in frozenset(Floor)
    if len(question) < 4 or (" " in question and not is_code):
        return None
    status = statuses.read(question)
    if len(status.floor) != 1 or status.followed:
        return None
    action = status.floor[0].action
    return None if action.effect is Effect.OPEN else action


def answered(heading: str, cell: str) -> StatusCell | None:
    """What yes or no says under such a heading; None where neither is said.

    A no to "Adopted?" may be defeated, referred or withdrawn, and says nothing clear.
    """
    action, answer = asks_whether(heading), cell.casefold().strip()
    if action is None or answer not in YES | NO:
        return None
    if answer in YES:
        return StatusCell(floor=(FloorWord(action=action),))
    if action is not Floor.ADOPTED:
        return StatusCell()
    if _what_is_asked(heading) in ("carried", "passed"):
        return StatusCell(floor=(FloorWord(action=Floor.DEFEATED),))
    return StatusCell(not_understood=cell, clear=False)


def _number(tokens: Sequence[str]) -> _FieldAndSure | None:
    """ "Motion nr", "Res. No.", "Motionsnr": the number of something that an item can be.

    "No. of votes" and "Phone no" are none.
    """
    joined = re.fullmatch(r"(\w{3,}?)s?(?:nr|nummer)", tokens[-1])
    if joined:
        tokens = (*tokens[:-1], joined[1], "nr")
    numbered = [token for token in tokens if token not in NUMBER_WORDS | {"of", "the", "de", "der"}]
    if not set(tokens) & NUMBER_WORDS or not numbered or len(numbered) > 3:
        return None
    if set(numbered) & {"vote", "votes"}:
        return None
    is_item = set(numbered) <= NUMBERED or kinds.kind_of(" ".join(numbered)) is not None
    return (Field.NUMBER, Sure.LIKELY) if is_item else None


def _day(words: str, tokens: Sequence[str]) -> _FieldAndSure | None:
    """ "If complete, on what date?", "Date last updated": of what it is the day.

    What no rule knows stays as published.
    """
    without_spans = re.sub(r"\b(?:to date|year to date|out of date)\b", " ", words)
    if not DAY_WORDS.search(without_spans) or len(words) > LONGEST_HEADING_OF_DAYS:
        return None
    if set(tokens) <= {"date", "time", "and", "day"}:
        return Field.FLOOR_DATE, Sure.LIKELY
    fields = [field for field, pattern in DAY_OF if pattern.search(without_spans)]
    field = fields[0] if fields else None
    of_another_body = set(tokens) & OTHER_BODIES
    ends_with_on = tokens[-1] == "on" and not re.search(r"\bdates?\b", words)
    is_next_day = "next" in tokens and field is not Field.DUE
    is_no_floor_day = field is Field.FLOOR_DATE and (of_another_body or ends_with_on)
    if field is None or is_next_day or is_no_floor_day:
        return Field.SOURCE, Sure.CHECK
    return field, Sure.LIKELY


def _decision(heading: str, words: str, tokens: Sequence[str]) -> _FieldAndSure | None:
    """ "Convention Decision" is the floor's; "Executive Decision" another body's, and is kept."""
    is_advice = any(
        field is Field.RECOMMENDATION and f" {phrase} " in f" {words} "
        for phrase, field in _phrases().items()
    )
    if is_advice or re.search(r"\brecommend|\brefer|\breceiving\b", words):
        return None
    if names_another_body(heading):
        return Field.SOURCE, Sure.CHECK
    if set(tokens) & DECISION_WORDS and set(tokens) & ADMINISTRATION:
        return Field.UPDATE, Sure.LIKELY
    if set(tokens) & (DECISION_WORDS | {"status"}) and set(tokens) & FLOOR_BODIES:
        return Field.FLOOR_ACTION, Sure.LIKELY
    return None


def names_another_body(heading: str) -> bool:
    """A decision that is not the floor's, or not its alone."""
    words = plain(heading)
    tokens = words.split()
    if not set(tokens) & DECISION_WORDS or "general council" in words:
        return False
    singulars = {token if token in OTHER_BODIES else token.removesuffix("s") for token in tokens}
    return bool(singulars & (OTHER_BODIES - ADMINISTRATION))


def _dated(words: str) -> _FieldAndSure | None:
    """ "Status as of June 2026", "June 2026 update": what is left without the time."""
    tokens = _AS_OF.sub(" ", words).split()
    left = " ".join(
        token for token in tokens if not dates.month(token) and not _TIME.fullmatch(token)
    )
    if left == words:
        return None
    field = _phrases().get(left)
    if field in (Field.STATUS, Field.PROGRESS, Field.COMPLETE, Field.UPDATE, Field.SPENT):
        return field, Sure.LIKELY
    return None


def _beside_brackets(heading: str, words: str) -> _FieldAndSure | None:
    """ "Sponsor (delegation)": what is left without brackets, unless they name another field."""
    left = plain(re.sub(r"\s*[(\[][^()\[\]]*[)\]]", " ", heading))
    field = _phrases().get(left)
    if left == words or field is None:
        return None
    brackets = re.search(r"[(\[]([^()\[\]]*)[)\]]", heading)
    field_in_brackets = _phrases().get(plain(brackets[1])) if brackets else None
    return (field, Sure.LIKELY) if field_in_brackets in (None, field) else None


def _what_is_named(words: str) -> _FieldAndSure | None:
    """ "Sponsors of the motion": what is named stands before "of"."""
    named_first = _OF.split(words, maxsplit=1)[0]
    field = _phrases().get(named_first)
    if named_first == words or named_first in NUMBER_WORDS or field is None:
        return None
    return field, Sure.LIKELY


def _phrase_inside(words: str, tokens: Sequence[str]) -> _FieldAndSure | None:
    """The phrase of most words in a heading; of equals the last, since it is what is named."""
    phrases = [
        phrase
        for phrase, field in _phrases().items()
        if len(phrase) > 2
        and phrase not in ONLY_ALONE
        and field is not Field.DERIVED
        and f" {phrase} " in f" {words} "
    ]
    if not phrases:
        if "#" in words and len(tokens) < 4:
            return Field.NUMBER, Sure.LIKELY
        return None

    def worth(phrase: str) -> tuple[int, int, int]:
        last_word = phrase.split()[-1]
        return len(phrase.split()), tokens.index(last_word), len(phrase)

    phrase = max(phrases, key=worth)
    length = len(phrase.split())
    is_likely = length > 1 or len(tokens) - length <= 2
    return _phrases()[phrase], Sure.LIKELY if is_likely else Sure.CHECK
