"""How each column of a table is understood: by the words of its heading, then by its values, and how sure that is. What a cell says is in `rows`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache

from tracker.importing.codes import Field
from tracker.importing.values import dates, kinds, meetings, sponsors, statuses
from tracker.importing.values.amounts import exact
from tracker.importing.values.sponsors import PeopleColumn
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
from tracker.importing.vocabulary.status_words import ANSWER, NO, OTHER_BODIES, YES
from tracker.rules.codes import Effect, Floor, Visibility
from tracker.rules.columns import is_confidential, is_personal


class Sure(IntEnum):
    CHECK = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column as understood. `examples` are its first values; `note` is a code of what was assumed ("month_first", "other_column", ...)."""

    place: int
    heading: str
    field: Field
    sure: Sure
    examples: tuple[str, ...] = ()
    note: str | None = None
    told: bool = False  # by the mapping
    visibility: Visibility = Visibility.SHOWN  # in the workbook
    set_aside: Field | None = None  # what it would be, were it not hidden or confidential
    holds: PeopleColumn | None = None  # of a column of sponsors
    meanings: tuple[
        tuple[str, tuple[str, ...]], ...
    ] = ()  # of a status: its first values, and the codes that each means; no code: not known

    @property
    def is_guarded(self) -> bool:
        """Its words are for the inside: only a mapping file can make them those of a field."""
        return self.visibility is Visibility.HIDDEN or is_confidential(self.heading)


LOOKED_AT = 1000  # characters of a value, to tell what a column holds
_TIME = re.compile(r"\d+|q[1-4]|fy\d*|spring|summer|fall|autumn|winter|date|today")
ALSO_AN_ACTION = "also_an_action"  # the note of a column whose yes tells a further floor action
_ACTION = re.compile(r"\bactions?\b|\bfollow|\bdone\b")
_REFERS = re.compile(
    r"\brefer(?:red|ral|rals|s)?\b|\bremit|\brenvoy|\bremis|überwies|\breceiving\b"
)
_CODES = frozenset(Field)  # an export's headings, and a mapping's words
_MANY = frozenset((Field.SOURCE, Field.LEFT_OUT, Field.DERIVED, Field.UPDATE))
_DAYS = frozenset(
    (Field.FLOOR_DATE, Field.DUE, Field.UPDATED_ON, Field.COMPLETED_ON, Field.REFERRAL_DECIDED_ON)
)
_AMOUNTS = frozenset((Field.ESTIMATE_AMOUNT, Field.SPENT, Field.SPENT_WAITING, Field.APPROPRIATED))
_IDENTITY = frozenset(
    (
        Field.YEAR,
        Field.CONVENTION,
        Field.KIND,
        Field.CODE,
        Field.NUMBER,
        Field.TEXT_TRUNCATED,
        Field.SOURCE,
        Field.LEFT_OUT,
        Field.DERIVED,
    )
)
_NAMES = frozenset(
    (
        Field.SUBMITTED_BY,
        Field.MAKER,
        Field.SECONDER,
        Field.CONTACT,
        Field.CONTACT_STATE,
        Field.LEAD,
        Field.PERSON,
    )
)
_WORDS = frozenset((Field.TITLE, Field.TEXT, Field.RATIONALE, Field.UPDATE))


@lru_cache(4096)
def plain(heading: str) -> str:
    """A heading without case, marks and separators: "Rationale/Background:" is "rationale background"."""
    heading = unicodedata.normalize("NFKC", heading).casefold().replace("_", " ")
    heading = re.sub(r"(?<=\w)'s\b", " s", heading.replace("’", "'"))
    return re.sub(r"\s+", " ", re.sub(r"[^\w#№°º%$€]+", " ", heading)).strip()


@cache
def _phrases() -> dict[str, Field]:
    known = {
        plain(phrase): field for field, phrases in reversed(HEADINGS.items()) for phrase in phrases
    }
    return known | dict.fromkeys(DERIVED, Field.DERIVED)


@lru_cache(1000)
def names_the_meeting(heading: str) -> bool:
    """A column of days that is named for the meeting: "Meeting date", "Date of assembly"."""
    return any(
        NOUN.fullmatch(word) and not word.startswith("session") for word in plain(heading).split()
    )


@lru_cache(4000)
def named(heading: str) -> tuple[Field, Sure] | None:
    """The field that a heading names, by itself."""
    words = plain(heading)
    if not words:
        return None
    if (code := words.replace(" ", "_")) in _CODES:
        return Field(code), Sure.SURE
    if field := _phrases().get(words):
        return field, Sure.SURE
    tokens = words.split()
    for rule in (
        _mover_and_seconder,
        _which,
        _yes_or_no,
        _number,
        _day,
        _decision,
        _dated,
        _beside,
    ):
        if found := rule(heading, words, tokens):
            return found
    head = re.split(r" (?:of|for|de|del|du|des|von|der|da|do|av|van) ", words, maxsplit=1)[
        0
    ]  # what is named comes before these, else last
    if head != words and head not in NUMBER_WORDS and (field := _phrases().get(head)):
        return field, Sure.LIKELY
    inside = [
        (phrase, field)
        for phrase, field in _phrases().items()
        if len(phrase) > 2
        and phrase not in ONLY_ALONE
        and field is not Field.DERIVED
        and f" {phrase} " in f" {words} "
    ]
    if not inside:
        if "#" in words and len(tokens) < 4:
            return Field.NUMBER, Sure.LIKELY
        return None
    phrase, field = max(
        inside,
        key=lambda each: (len(each[0].split()), tokens.index(each[0].split()[-1]), len(each[0])),
    )
    left = len(tokens) - len(phrase.split())
    return field, Sure.LIKELY if left <= 2 or len(phrase.split()) > 1 else Sure.CHECK


_Found = tuple[Field, Sure] | None


def _mover_and_seconder(heading: str, words: str, tokens: Sequence[str]) -> _Found:
    """ "Moved/Seconded": which of the names in a cell is which is not said. It stays as published."""
    both = re.search(r"\bmove[rd]?s?\b", words) and re.search(r"\bsecond(?:ed|ers?|s)?\b", words)
    return (Field.SOURCE, Sure.CHECK) if both else None


def _which(heading: str, words: str, tokens: Sequence[str]) -> _Found:
    """A form's question: "Which resolution are you reporting on?"."""
    asked = re.match(
        r"(?:which|what|for which|on which|about which) ([^\W\d_]+(?: [^\W\d_]+)?)"
        r"(?= (?:are|is|does|do|did|was|were|will)\b)",
        words,
    )
    if not asked or len(tokens) < 4:
        return None
    last = asked[1].split()[-1]
    if kinds.kind_of(asked[1]) or last in NUMBERED:
        return Field.NUMBER, Sure.LIKELY
    return (Field.LEAD, Sure.LIKELY) if last in NAMES_A_UNIT else None


def _yes_or_no(heading: str, words: str, tokens: Sequence[str]) -> _Found:
    """ "Complete (Y/N)", "Has it been implemented?", "Carried?": what is asked."""
    asked = _asked(heading)
    if asked != words and (field := _phrases().get(asked)):
        return field, Sure.SURE if len(tokens) < 5 else Sure.LIKELY
    return (Field.FLOOR_ACTION, Sure.LIKELY) if asks_whether(heading) else None


def _asked(heading: str) -> str:
    asked = re.sub(
        r"\s*[(\[]?\b(?:y\s*/\s*n|yes\s*/\s*no|y or n|yes or no|true\s*/\s*false|ja\s*/\s*nej|s[ií]\s*/\s*no)\b[)\]]?\??\s*$",
        "",
        heading,
        flags=re.I,
    )
    return re.sub(
        r"^(?:(?:is|was|has|have|were|been|it|this|item|motion|the|nbi) )+(?=\w)", "", plain(asked)
    )


def asks_whether(heading: str) -> Floor | None:
    """The floor action that a column of yes and no asks for: "Carried?", "Withdrawn (Y/N)"."""
    asked = _asked(heading)
    is_code = asked.replace(" ", "_") in frozenset(Floor)
    if len(asked) < 4 or (" " in asked and not is_code):
        return None
    said = statuses.read(asked)
    action = said.floor[0].action if len(said.floor) == 1 and not said.followed else None
    return action if action and action.effect is not Effect.OPEN else None


def answered(heading: str, cell: str) -> StatusCell | None:
    """What yes or no says under such a heading; a no to "Adopted?" may be defeated, referred or withdrawn, and says nothing clear."""
    action, answer = asks_whether(heading), cell.casefold().strip()
    if action is None or answer not in YES | NO:
        return None
    if answer in YES:
        return StatusCell(floor=(FloorWord(action=action),))
    if action is not Floor.ADOPTED:
        return StatusCell()
    lost = _asked(heading) in ("carried", "passed")
    return (
        StatusCell(floor=(FloorWord(action=Floor.DEFEATED),))
        if lost
        else StatusCell(not_understood=cell, clear=False)
    )


def _number(heading: str, words: str, tokens: Sequence[str]) -> _Found:
    """ "Motion nr", "Res. No.", "Motionsnr": the number of something that an item can be; not "No. of votes", "Phone no"."""
    last = re.fullmatch(r"(\w{3,}?)s?(?:nr|nummer)", tokens[-1])
    if last:
        tokens = (*tokens[:-1], last[1], "nr")
    of = [token for token in tokens if token not in NUMBER_WORDS | {"of", "the", "de", "der"}]
    if not set(tokens) & NUMBER_WORDS or not of or len(of) > 3:
        return None
    is_item = set(of) <= NUMBERED or kinds.kind_of(" ".join(of)) is not None
    return (Field.NUMBER, Sure.LIKELY) if is_item and not set(of) & {"vote", "votes"} else None


def _day(heading: str, words: str, tokens: Sequence[str]) -> _Found:
    """ "If complete, on what date?", "Date last updated": of what it is the day. What no rule knows stays as published."""
    of = re.sub(r"\b(?:to date|year to date|out of date)\b", " ", words)
    if not DAY_WORDS.search(of) or len(words) > 60:
        return None
    if set(tokens) <= {"date", "time", "and", "day"}:
        return Field.FLOOR_DATE, Sure.LIKELY
    field = next((field for field, pattern in DAY_OF if pattern.search(of)), Field.SOURCE)
    if "next" in tokens and field is not Field.DUE:
        field = Field.SOURCE
    if field is Field.FLOOR_DATE and (
        set(tokens) & OTHER_BODIES or (tokens[-1] == "on" and not re.search(r"\bdates?\b", words))
    ):
        field = Field.SOURCE
    return field, Sure.LIKELY if field is not Field.SOURCE else Sure.CHECK


def _decision(heading: str, words: str, tokens: Sequence[str]) -> _Found:
    """ "Convention Decision" is the floor's, "Executive Decision" another body's: that one is kept as published."""
    advice = any(
        field is Field.RECOMMENDATION and f" {phrase} " in f" {words} "
        for phrase, field in _phrases().items()
    )
    if advice or re.search(r"\brecommend|\brefer|\breceiving\b", words):
        return None
    if names_another_body(heading):
        return Field.SOURCE, Sure.CHECK
    if set(tokens) & DECISION_WORDS and set(tokens) & ADMINISTRATION:
        return Field.UPDATE, Sure.LIKELY
    return (
        (Field.FLOOR_ACTION, Sure.LIKELY)
        if set(tokens) & (DECISION_WORDS | {"status"}) and set(tokens) & FLOOR_BODIES
        else None
    )


def names_another_body(heading: str) -> bool:
    """A decision that is not the floor's, or not its alone."""
    words = plain(heading)
    tokens = {
        token if token in OTHER_BODIES else token.removesuffix("s") for token in words.split()
    }
    decides = set(words.split()) & DECISION_WORDS
    return (
        bool(decides and tokens & (OTHER_BODIES - ADMINISTRATION))
        and "general council" not in words
    )


def _dated(heading: str, words: str, tokens: Sequence[str]) -> _Found:
    """ "Status as of June 2026", "June 2026 update": what is left without the time."""
    left = re.sub(
        r"\b(?:as (?:of|at)|per|stand|a fecha de|au|up to|until|for)\b (?=.*(?:\d|date|today|now))",
        " ",
        words,
    )
    left = " ".join(
        word for word in left.split() if not (dates.month(word) or _TIME.fullmatch(word))
    )
    if left == words or not left:
        return None
    field = _phrases().get(left)
    return (
        (field, Sure.LIKELY)
        if field in (Field.STATUS, Field.PROGRESS, Field.COMPLETE, Field.UPDATE, Field.SPENT)
        else None
    )


def _beside(heading: str, words: str, tokens: Sequence[str]) -> _Found:
    """ "Sponsor (delegation)": what is left without a bracket."""
    left = plain(re.sub(r"\s*[(\[][^()\[\]]*[)\]]", " ", heading))
    field = _phrases().get(left) if left != words else None
    inside = re.search(r"[(\[]([^()\[\]]*)[)\]]", heading)
    other = _phrases().get(plain(inside[1])) if inside else None
    return (field, Sure.LIKELY) if field and other in (None, field) else None


def understand(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    told: Mapping[str, str] | None = None,
    table: Mapping[str, str] | None = None,
    hidden: frozenset[int] | None = frozenset(),
) -> tuple[Column, ...]:
    """Each column with its field. `told` are the mapping's words: heading (or letter of the column) to field; `table` its statuses;
    `hidden` the places that the workbook hides, None where it does not tell."""
    kept = list(rows)
    values = [
        [row[place][:LOOKED_AT] for row in kept if place < len(row) and row[place]]
        for place in range(len(headings))
    ]
    if is_export(headings):
        return tuple(
            replace(column, field=_exported(column))
            for column in _all_first(headings, values, told or {}, by_values=False)
        )
    columns = [
        replace(column, visibility=_visibility(column.place, hidden))
        for column in _all_first(headings, values, told or {})
    ]
    if (
        len([column for column in columns if column.field is Field.DERIVED]) < 3
    ):  # no export of ours
        columns = [
            column
            if column.field is not Field.DERIVED or column.told
            else _not_derived(column, values[column.place])
            for column in columns
        ]
    columns = [_kept_inside(column) for column in columns]
    columns = _settled(columns, values)
    columns = _text_under_another_heading(columns, values)
    columns = _votes_that_tell_the_result(columns, values)
    columns = _by_values(columns, values)
    columns = _status_beside_a_decision(columns, values)
    columns = _days_of_what_followed(columns)
    columns = _before_the_floor(columns, kept, table)
    columns = _one_column_for_each_action(columns, values)
    return tuple(_noted(column, values[column.place], table) for column in columns)


def _not_derived(column: Column, values: Sequence[str]) -> Column:
    """A heading of our exports in a list that is none."""
    field = {"body": Field.TEXT, "as of": Field.UPDATED_ON}.get(plain(column.heading), Field.SOURCE)
    if field is Field.UPDATED_ON and values and _share(values, _is_day) < 0.5:
        field = Field.SOURCE
    return replace(column, field=field, sure=Sure.CHECK if field is Field.SOURCE else Sure.LIKELY)


def _visibility(place: int, hidden: frozenset[int] | None) -> Visibility:
    if hidden is None:
        return Visibility.NOT_TOLD
    return Visibility.HIDDEN if place in hidden else Visibility.SHOWN


def _kept_inside(column: Column) -> Column:
    """What the workbook hides, or the heading calls confidential, fills no field that shows: unless the mapping says so.
    Nor is how to reach a person the person's name."""
    of_no_name = column.field in _NAMES and is_personal(column.heading)
    if column.told or column.field in _IDENTITY or not (column.is_guarded or of_no_name):
        return column
    return replace(column, field=Field.SOURCE, sure=Sure.CHECK, set_aside=column.field)


def is_export(headings: Sequence[str]) -> bool:
    """A file that the record itself gave out: its headings are codes, and its cells are what they say."""
    return Field.REVISION in headings


def _exported(column: Column) -> Field:
    return (
        column.field
        if column.told or column.heading in _CODES
        else Field.DERIVED
        if plain(column.heading) in DERIVED
        else column.field
    )


def _all_first(
    headings: Sequence[str],
    values: Sequence[Sequence[str]],
    told: Mapping[str, str],
    by_values: bool = True,
) -> list[Column]:
    return [
        _first(place, heading, values[place], told, by_values)
        for place, heading in enumerate(headings)
    ]


def _first(
    place: int, heading: str, values: Sequence[str], told: Mapping[str, str], by_values: bool
) -> Column:
    examples = tuple(dict.fromkeys(value[:80] for value in values))[:3]
    by_plain = {plain(key): code for key, code in told.items()}
    for code in (
        told.get(heading),
        by_plain.get(plain(heading)) if plain(heading) else None,
        told.get(letter(place)),
    ):
        if code is not None:
            return Column(
                place=place,
                heading=heading,
                field=Field(code),
                sure=Sure.SURE,
                examples=examples,
                told=True,
            )
    found = named(heading)
    if found is None:
        return Column(
            place=place,
            heading=heading,
            field=Field.SOURCE,
            sure=Sure.CHECK if heading and values else Sure.SURE,
            examples=examples,
        )
    field, sure = found
    if by_values:
        field, sure = _against_values(field, sure, heading, values)
    note = "another_body" if field is Field.SOURCE and names_another_body(heading) else None
    return Column(
        place=place, heading=heading, field=field, sure=sure, examples=examples, note=note
    )


def letter(place: int) -> str:
    """Of a column, as a spreadsheet has it: A, B, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _share(values: Sequence[str], fits: Callable[[str], bool]) -> float:
    looked = values[:400]
    return sum(map(fits, looked)) / len(looked) if looked else 0.0


def _is_number(value: str) -> bool:
    code = kinds.code_of(value)
    return bool(code.normalised) or code.several


def _is_day(value: str) -> bool:
    return dates.looks_like_a_day(value) or bool(
        re.fullmatch(r"[2-6]\d{4}(?:\.\d+)?|(?:19|20)\d{6}", value)
    )


def _is_floor(value: str) -> bool:
    return bool(statuses.read(value).floor)


def _is_tally(value: str) -> bool:
    return bool(re.search(r"\d", value)) and not _is_floor(value)


def _is_year(value: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d(?:\.0)?", value))


def _is_count(value: str) -> bool:
    return bool(re.fullmatch(r"[\d.,\s]+", value))


def _says_whether_complete(value: str) -> bool:
    return statuses.read(value, yes_is_done=True).clear or bool(ANSWER.fullmatch(value.strip()))


def _is_yes_or_no(value: str) -> bool:
    return value.casefold().strip() in YES | NO


def _against_values(
    field: Field, sure: Sure, heading: str, values: Sequence[str]
) -> tuple[Field, Sure]:
    """A heading may promise what the values do not hold: then they decide, and the office is asked to look."""
    if not values:
        return field, sure
    long = sum(map(len, values)) / len(values)
    if (
        field is Field.NUMBER and _share(values, _is_number) < 0.5
    ):  # "Item" may be the title, "Motion" the text
        return (Field.TEXT if long > 120 else Field.TITLE), Sure.LIKELY
    if field is Field.CODE and _share(values, _is_number) < 0.5:
        return Field.SOURCE, Sure.LIKELY
    if (
        field in (Field.TEXT, Field.TITLE)
        and long < 12
        and _share(values, lambda value: _is_number(value) and any(map(str.isdigit, value))) > 0.8
    ):
        return Field.NUMBER, Sure.LIKELY
    if field is Field.YEAR and _share(values, _is_year) < 0.5:
        return (
            Field.FLOOR_DATE if _share(values, _is_day) > 0.5 else Field.CONVENTION
        ), Sure.LIKELY
    if (
        field is Field.CONVENTION
        and _share(values, _is_day) > 0.6
        and _share(values, _is_year) < 0.5
    ):
        return Field.FLOOR_DATE, Sure.CHECK
    if field is Field.CONVENTION and _share(values, _is_floor) > 0.6:
        return Field.FLOOR_ACTION, Sure.CHECK
    if field is Field.FLOOR_ACTION and _share(values, _is_day) > 0.6:
        return Field.FLOOR_DATE, Sure.LIKELY
    if (
        field is Field.FLOOR_ACTION
        and "vote" in plain(heading).split()
        and _share(values, _is_tally) > 0.5
    ):
        return Field.VOTE, Sure.LIKELY
    if field in _DAYS and len(values) > 2 and _share(values, _is_day) < 0.3:
        year = _share(values, _is_year) > 0.6
        return (
            (Field.YEAR, Sure.LIKELY)
            if year and field is Field.FLOOR_DATE
            else (field if field is Field.DUE else Field.SOURCE, Sure.CHECK)
        )
    if field is Field.FLOOR_DATE and long > 60:
        return Field.SOURCE, Sure.CHECK
    if field in _AMOUNTS and _share(values, lambda value: exact(value) is not None) < 0.5:
        return (
            Field.COST if field is Field.ESTIMATE_AMOUNT else field
        ), Sure.LIKELY if field is Field.ESTIMATE_AMOUNT else Sure.CHECK
    if field is Field.KIND and _share(values, lambda value: kinds.kind_of(value) is not None) < 0.4:
        return Field.SOURCE, Sure.LIKELY
    if (
        field in (Field.VOTES_FOR, Field.VOTES_AGAINST, Field.ABSTAINED)
        and _share(values, _is_count) < 0.6
    ):
        return Field.SOURCE, Sure.LIKELY
    if field is Field.COMPLETE and _share(values, _says_whether_complete) < 0.5:
        return (Field.UPDATED_ON if _share(values, _is_day) > 0.6 else Field.UPDATE), Sure.CHECK
    if (
        field in (Field.UPDATE, Field.PROGRESS) and _share(values, _is_count) > 0.8
    ):  # 0.75 under "% complete"
        return Field.SOURCE, Sure.CHECK
    if field in (Field.UPDATE, Field.PROGRESS, Field.STATUS) and _share(values, _is_day) > 0.6:
        return (Field.FLOOR_DATE if field is Field.STATUS else Field.UPDATED_ON), Sure.LIKELY
    if field is Field.UPDATED_ON and long > 30 and _share(values, _is_day) < 0.5:
        return Field.UPDATE, Sure.LIKELY
    if (
        field in (Field.STATUS, Field.FLOOR_ACTION)
        and long > 60
        and _share(values, lambda value: statuses.read(value).clear) < 0.3
    ):
        return Field.UPDATE if field is Field.STATUS else field, Sure.CHECK
    if field is Field.REFERRED_TO and _share(values, _is_yes_or_no) > 0.6:
        return Field.SOURCE, Sure.CHECK
    if field is Field.LEAD and _share(values, _is_floor) > 0.6:
        return Field.FLOOR_ACTION, Sure.CHECK
    return field, sure


def _settled(columns: Sequence[Column], values: Sequence[Sequence[str]]) -> list[Column]:
    """One column for each field: the surer, then the fuller, then the first; the others fall to a neighbour field, or stay as published."""
    settled = _person_beside_unit(_persons_who_lead(columns, values))
    for field in Field:
        rivals = [column for column in settled if column.field is field]
        if field in _MANY or len(rivals) < 2:
            continue
        best = max(
            rivals,
            key=lambda each: (
                each.told,
                each.sure,
                bool(values[each.place]),
                _worth(field, values[each.place]),
                -each.place,
            ),
        )
        for other in rivals:
            if other is not best:
                second = _second(field, values[other.place], {column.field for column in settled})
                if field is Field.FLOOR_ACTION and asks_whether(
                    other.heading
                ):  # a further action, and no progress
                    second = Field.SOURCE
                note = other.note or ("other_column" if second is Field.SOURCE else None)
                settled[other.place] = replace(other, field=second, sure=Sure.CHECK, note=note)
    return settled


def _status_beside_a_decision(
    columns: list[Column], values: Sequence[Sequence[str]]
) -> list[Column]:
    """Beside a column of the floor's decisions, a status that holds none says how far the item is; where another
    column says that, it reports what was done."""
    taken = {column.field for column in columns}
    if Field.FLOOR_ACTION not in taken:
        return columns
    field = Field.UPDATE if Field.PROGRESS in taken else Field.PROGRESS
    return [
        replace(column, field=field, sure=min(column.sure, Sure.LIKELY))
        if column.field is Field.STATUS
        and not column.told
        and values[column.place]
        and _share(values[column.place], _is_floor) < 0.2
        else column
        for column in columns
    ]


def _text_under_another_heading(
    columns: list[Column], values: Sequence[Sequence[str]]
) -> list[Column]:
    """A table without titles and texts, where "Action" or "Decision" has the words of the motions."""
    if any(column.field in (Field.TITLE, Field.TEXT) for column in columns):
        return columns
    for column in columns:
        cells = values[column.place]
        if column.field is not Field.STATUS or column.told or not cells:
            continue
        in_words = _share(cells, lambda cell: len(cell.split()) > 2)
        if in_words > 0.8 and _share(cells, lambda cell: statuses.read(cell).clear) < 0.3:
            text = replace(column, field=Field.TEXT, sure=Sure.CHECK, note="by_values")
            return [text if other is column else other for other in columns]
    return columns


def _votes_that_tell_the_result(
    columns: list[Column], values: Sequence[Sequence[str]]
) -> list[Column]:
    """A column of votes ("Passed 34-2") has the floor's action where no other column has it."""
    vote = next((column for column in columns if column.field is Field.VOTE), None)
    if vote is None or vote.told or any(column.field is Field.FLOOR_ACTION for column in columns):
        return columns
    share = _share(values[vote.place], _is_floor)
    status = next((column for column in columns if column.field is Field.STATUS), None)
    if share < 0.3 or (status and 2 * _share(values[status.place], _is_floor) > share):
        return columns
    result = replace(vote, field=Field.FLOOR_ACTION, sure=Sure.LIKELY)
    return [result if column is vote else column for column in columns]


def _days_of_what_followed(columns: list[Column]) -> list[Column]:
    """Where one column has the floor's decision and another what was done about it, the "Date of action"
    is of what was done: unless the floor's column is that of the action."""
    floor = next((column for column in columns if column.field is Field.FLOOR_ACTION), None)
    follows = [column for column in columns if column.field in (Field.PROGRESS, Field.UPDATE)]
    taken = {column.field for column in columns}
    if floor is None or Field.UPDATED_ON in taken or "action" in plain(floor.heading).split():
        return columns
    if not any(_ACTION.search(plain(column.heading)) for column in follows):
        return columns
    return [
        replace(column, field=Field.UPDATED_ON, sure=Sure.CHECK)
        if column.field is Field.FLOOR_DATE
        and not column.told
        and _ACTION.search(plain(column.heading))
        else column
        for column in columns
    ]


def _one_column_for_each_action(
    columns: list[Column], values: Sequence[Sequence[str]]
) -> list[Column]:
    """ "Adopted", "Referred", "Withdrawn", each with a cross: those beside the first tell the floor's action too."""
    floor = next((column for column in columns if column.field is Field.FLOOR_ACTION), None)
    if floor is None or asks_whether(floor.heading) is None:
        return columns

    def is_beside(column: Column) -> bool:
        cells = values[column.place]
        is_free = (
            column.field is Field.SOURCE and not column.is_guarded
        )  # told too: a mapping file has it so
        is_crossed = bool(cells) and _share(cells, _is_yes_or_no) > 0.8
        return is_free and is_crossed and asks_whether(column.heading) is not None

    return [
        replace(column, note=ALSO_AN_ACTION, sure=Sure.LIKELY) if is_beside(column) else column
        for column in columns
    ]


def _before_the_floor(
    columns: list[Column], rows: Sequence[Sequence[str]], table: Mapping[str, str] | None
) -> list[Column]:
    """A column that names a committee also for items that the floor decided itself says who dealt with them
    before: a reference committee. It is no referral by the floor."""
    referred = next((column for column in columns if column.field is Field.REFERRED_TO), None)
    decided = next(
        (
            column
            for field in (Field.FLOOR_ACTION, Field.STATUS)
            for column in columns
            if column.field is field
        ),
        None,
    )
    if referred is None or referred.told or decided is None:
        return columns
    named = [row for row in rows if row[referred.place] and not _is_yes_or_no(row[referred.place])]
    read = [statuses.read(row[decided.place], table) for row in named]
    clear = [
        {word.action.effect for word in said.floor} for said in read if said.clear and said.floor
    ]
    ended = [effects for effects in clear if Effect.ENDS in effects]
    itself = [effects for effects in clear if Effect.REFERS not in effects]
    by_floor = len(clear) - len(itself)
    if _REFERS.search(plain(referred.heading)):
        everywhere = len(clear) > 3 and len(named) > 0.8 * len(rows) and not by_floor
        is_before = everywhere or (bool(ended) and by_floor < len(itself))
    else:
        is_before = len(itself) > 0.2 * len(clear)
    if not is_before:
        return columns
    before = replace(referred, field=Field.SOURCE, sure=Sure.CHECK, note="before_the_floor")
    return [before if column is referred else column for column in columns]


def _persons_who_lead(columns: Sequence[Column], values: Sequence[Sequence[str]]) -> list[Column]:
    """ "Owner", "Who", "Assigned to", where the cells are persons ("T. Quill"): none of them is a unit."""
    if any(column.field is Field.PERSON for column in columns):
        return list(columns)

    def names_persons(column: Column) -> bool:
        names_a_unit = NAMES_A_UNIT & set(plain(column.heading).split())
        is_free = column.field is Field.LEAD and not column.told and not names_a_unit
        return is_free and _share(values[column.place], sponsors.is_a_person) > 0.6

    return [
        replace(column, field=Field.PERSON, sure=Sure.LIKELY) if names_persons(column) else column
        for column in columns
    ]


def _person_beside_unit(columns: Sequence[Column]) -> list[Column]:
    """Beside a column of departments, one of who is responsible ("assigned to", "owner") names the person."""
    leads = [column for column in columns if column.field is Field.LEAD]
    of_units = [column for column in leads if NAMES_A_UNIT & set(plain(column.heading).split())]
    if not of_units or any(column.field is Field.PERSON for column in columns):
        return list(columns)
    person = next((column for column in leads if column not in of_units and not column.told), None)
    return [
        replace(column, field=Field.PERSON, sure=Sure.LIKELY) if column is person else column
        for column in columns
    ]


def _worth(field: Field, values: Sequence[str]) -> float:
    """Which of two columns of one name is meant: of texts the longer; of statuses the one that reads better."""
    if field in _WORDS:
        return sum(map(len, values))
    if field in (Field.STATUS, Field.FLOOR_ACTION):
        return _share(values, _is_floor)
    return 0.0


def _second(field: Field, values: Sequence[str], taken: set[Field]) -> Field:
    if field in (Field.STATUS, Field.FLOOR_ACTION) and Field.PROGRESS not in taken:
        return Field.PROGRESS if _share(values, _is_floor) < 0.2 else Field.SOURCE
    if field is Field.NUMBER and Field.TITLE not in taken and _share(values, _is_number) < 0.5:
        return Field.TITLE
    if field is Field.TEXT and Field.TITLE not in taken:
        return Field.TITLE
    if field is Field.TITLE and Field.TEXT not in taken:
        return Field.TEXT
    if field is Field.SUBMITTED_BY and Field.MAKER not in taken:
        return Field.SOURCE
    if (
        field is Field.COST
        and Field.ESTIMATE_AMOUNT not in taken
        and _share(values, lambda value: exact(value) is not None) > 0.6
    ):
        return Field.ESTIMATE_AMOUNT
    return Field.SOURCE


def _by_values(columns: Sequence[Column], values: Sequence[Sequence[str]]) -> list[Column]:
    """What no heading names and the table needs is looked for among the columns that nothing else wants; always to be checked."""
    settled = list(columns)
    wanted: tuple[tuple[Field, Callable[[Sequence[str]], bool]], ...] = (
        (Field.YEAR, lambda cells: _share(cells, _is_year) > 0.9),
        (
            Field.KIND,
            lambda cells: (
                _share(cells, lambda cell: len(cell) < 40 and kinds.kind_of(cell) is not None) > 0.8
            ),
        ),
        (Field.CONVENTION, lambda cells: _share(cells, meetings.is_a_name) > 0.8),
        (
            Field.STATUS,
            lambda cells: (
                len(cells) > 2
                and _share(cells, lambda cell: len(cell) < 120 and _is_floor(cell)) > 0.6
            ),
        ),
        (
            Field.NUMBER,
            lambda cells: len(set(cells)) > 0.8 * len(cells) and _share(cells, _is_number) > 0.9,
        ),
        (Field.TEXT, lambda cells: sum(map(len, cells)) / len(cells) > 80),
    )
    for field, fits in wanted:
        rivals = (
            {Field.STATUS, Field.FLOOR_ACTION}
            if field is Field.STATUS
            else {Field.NUMBER, Field.CODE}
            if field is Field.NUMBER
            else {field}
        )
        held = [column for column in settled if column.field in rivals]
        if field is Field.STATUS and any(
            column.field is Field.STATUS and not column.told for column in held
        ):
            held = [
                column for column in held if _says_what_the_floor_did(column, values[column.place])
            ]
            field = Field.FLOOR_ACTION
        if held:
            continue
        free = [
            column
            for column in settled
            if column.field is Field.SOURCE
            and not column.told
            and column.note != "another_body"
            and not column.is_guarded
            and not column.set_aside
            and values[column.place]
            and fits(values[column.place])
        ]
        if free:
            best = max(
                free,
                key=lambda column: (
                    sum(map(len, values[column.place]))
                    if field is Field.TEXT
                    else len(values[column.place])
                ),
            )
            settled[best.place] = replace(best, field=field, sure=Sure.CHECK, note="by_values")
    return settled


def _says_what_the_floor_did(column: Column, values: Sequence[str]) -> bool:
    """A status without any word of the floor leaves its place to a column that has them."""
    return (
        column.field is not Field.STATUS
        or column.told
        or not values
        or _share(values, _is_floor) > 0
    )


def _meanings(
    column: Column, values: Sequence[str], table: Mapping[str, str] | None
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for value in list(dict.fromkeys(values))[:6]:
        said = statuses.read(value, table, yes_is_done=column.field is Field.COMPLETE)
        if column.field is Field.FLOOR_ACTION and (answer := answered(column.heading, value)):
            said = answer
        codes = (
            [each.action.value for each in said.floor] if column.field is not Field.COMPLETE else []
        )
        found.append((value[:80], (*codes, *([said.followed.value] if said.followed else []))))
    return tuple(found)


def _noted(column: Column, values: Sequence[str], table: Mapping[str, str] | None) -> Column:
    if column.field is Field.SUBMITTED_BY:
        return replace(column, holds=sponsors.people_in_column(column.heading, values))
    if column.field in (Field.MAKER, Field.SECONDER):
        return replace(column, holds=sponsors.people_in_column_of_movers(column.heading, values))
    if column.field in (Field.STATUS, Field.FLOOR_ACTION, Field.COMPLETE):
        return replace(column, meanings=_meanings(column, values, table))
    if column.field in _DAYS and any(
        dates.read(value, year=2000).doubt == "order" for value in values
    ):
        order = dates.order_of(values)
        return replace(
            column,
            note=order.value if order else "order_not_known",
            sure=min(column.sure, Sure.LIKELY if order else Sure.CHECK),
        )
    return column
