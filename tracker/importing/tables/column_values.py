"""What the values of a column say: whether they hold what its heading promises."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tracker.importing.codes import Field
from tracker.importing.values import dates, kinds, statuses
from tracker.importing.values.amounts import exact
from tracker.importing.vocabulary.status_words import ANSWER, NO, YES

from .columns import Sure
from .headings import plain

LONGEST_VALUE = 1000  # characters of a value that are looked at
MOST_VALUES = 400  # of a column, of which shares are counted
DAYS = frozenset(
    (Field.FLOOR_DATE, Field.DUE, Field.UPDATED_ON, Field.COMPLETED_ON, Field.REFERRAL_DECIDED_ON)
)
_AMOUNTS = frozenset((Field.ESTIMATE_AMOUNT, Field.SPENT, Field.SPENT_WAITING, Field.APPROPRIATED))
_FieldAndSure = tuple[Field, Sure]


def share(values: Sequence[str], fits: Callable[[str], bool]) -> float:
    """The share of values that fit, from 0 to 1; 0 where there are none."""
    counted = values[:MOST_VALUES]
    return sum(map(fits, counted)) / len(counted) if counted else 0.0


def is_number(value: str) -> bool:
    """The number of an item, or of several."""
    code = kinds.code_of(value)
    return bool(code.normalised) or code.several


def is_kind(value: str) -> bool:
    return kinds.kind_of(value) is not None


def is_day(value: str) -> bool:
    if dates.looks_like_a_day(value):
        return True
    return bool(re.fullmatch(r"[2-6]\d{4}(?:\.\d+)?|(?:19|20)\d{6}", value))


def is_year(value: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d(?:\.0)?", value))


def is_amount(value: str) -> bool:
    return exact(value) is not None


def is_floor_action(value: str) -> bool:
    return bool(statuses.read(value).floor)


def is_clear_status(value: str) -> bool:
    return statuses.read(value).clear


def is_yes_or_no(value: str) -> bool:
    return value.casefold().strip() in YES | NO


def _is_number_with_digits(value: str) -> bool:
    return is_number(value) and any(map(str.isdigit, value))


def _is_tally(value: str) -> bool:
    return bool(re.search(r"\d", value)) and not is_floor_action(value)


def _is_count(value: str) -> bool:
    return bool(re.fullmatch(r"[\d.,\s]+", value))


def _says_whether_complete(value: str) -> bool:
    is_clear = statuses.read(value, yes_is_done=True).clear
    return is_clear or bool(ANSWER.fullmatch(value.strip()))


def checked_by_values(
    field: Field, sure: Sure, heading: str, values: Sequence[str]
) -> _FieldAndSure:
    """The field that a heading promises, or another where the values do not hold it.

    Where they decide, the office is asked to look.
    """
    if not values:
        return field, sure
    if field in _AMOUNTS and share(values, is_amount) < 0.5:
        is_estimate = field is Field.ESTIMATE_AMOUNT
        return (Field.COST, Sure.LIKELY) if is_estimate else (field, Sure.CHECK)
    if field is Field.FLOOR_ACTION:
        return _instead_of_floor_action(heading, values) or (field, sure)
    if field not in _CHECKS:
        return field, sure
    return _CHECKS[field](values) or (field, sure)


# Each of these looks at a column whose heading promises a field. It says what the column is
# instead, and how sure that is; None where it holds what the heading promises.


def _instead_of_number(values: Sequence[str]) -> _FieldAndSure | None:
    """ "Item" may be the title, "Motion" the text."""
    if share(values, is_number) >= 0.5:
        return None
    return Field.TEXT if _mean_length(values) > 120 else Field.TITLE, Sure.LIKELY


def _instead_of_code(values: Sequence[str]) -> _FieldAndSure | None:
    return (Field.SOURCE, Sure.LIKELY) if share(values, is_number) < 0.5 else None


def _instead_of_words(values: Sequence[str]) -> _FieldAndSure | None:
    are_numbers = _mean_length(values) < 12 and share(values, _is_number_with_digits) > 0.8
    return (Field.NUMBER, Sure.LIKELY) if are_numbers else None


def _instead_of_year(values: Sequence[str]) -> _FieldAndSure | None:
    if share(values, is_year) >= 0.5:
        return None
    return Field.FLOOR_DATE if share(values, is_day) > 0.5 else Field.CONVENTION, Sure.LIKELY


def _instead_of_convention(values: Sequence[str]) -> _FieldAndSure | None:
    if share(values, is_day) > 0.6 and share(values, is_year) < 0.5:
        return Field.FLOOR_DATE, Sure.CHECK
    return (Field.FLOOR_ACTION, Sure.CHECK) if share(values, is_floor_action) > 0.6 else None


def _instead_of_floor_action(heading: str, values: Sequence[str]) -> _FieldAndSure | None:
    if share(values, is_day) > 0.6:
        return Field.FLOOR_DATE, Sure.LIKELY
    if "vote" in plain(heading).split() and share(values, _is_tally) > 0.5:
        return Field.VOTE, Sure.LIKELY
    return (Field.FLOOR_ACTION, Sure.CHECK) if _are_reports(values) else None


def _instead_of_status(values: Sequence[str]) -> _FieldAndSure | None:
    if share(values, is_day) > 0.6:
        return Field.FLOOR_DATE, Sure.LIKELY
    return (Field.UPDATE, Sure.CHECK) if _are_reports(values) else None


def _instead_of_report(values: Sequence[str]) -> _FieldAndSure | None:
    """Numbers are no report: 0.75 under "% complete"."""
    if share(values, _is_count) > 0.8:
        return Field.SOURCE, Sure.CHECK
    return (Field.UPDATED_ON, Sure.LIKELY) if share(values, is_day) > 0.6 else None


def _instead_of_floor_date(values: Sequence[str]) -> _FieldAndSure | None:
    if _are_no_days(values):
        is_of_years = share(values, is_year) > 0.6
        return (Field.YEAR, Sure.LIKELY) if is_of_years else (Field.SOURCE, Sure.CHECK)
    return (Field.SOURCE, Sure.CHECK) if _mean_length(values) > 60 else None


def _instead_of_due(values: Sequence[str]) -> _FieldAndSure | None:
    return (Field.DUE, Sure.CHECK) if _are_no_days(values) else None


def _instead_of_day(values: Sequence[str]) -> _FieldAndSure | None:
    return (Field.SOURCE, Sure.CHECK) if _are_no_days(values) else None


def _instead_of_day_of_update(values: Sequence[str]) -> _FieldAndSure | None:
    if _are_no_days(values):
        return Field.SOURCE, Sure.CHECK
    is_words = _mean_length(values) > 30 and share(values, is_day) < 0.5
    return (Field.UPDATE, Sure.LIKELY) if is_words else None


def _instead_of_kind(values: Sequence[str]) -> _FieldAndSure | None:
    return (Field.SOURCE, Sure.LIKELY) if share(values, is_kind) < 0.4 else None


def _instead_of_votes(values: Sequence[str]) -> _FieldAndSure | None:
    return (Field.SOURCE, Sure.LIKELY) if share(values, _is_count) < 0.6 else None


def _instead_of_complete(values: Sequence[str]) -> _FieldAndSure | None:
    if share(values, _says_whether_complete) >= 0.5:
        return None
    return Field.UPDATED_ON if share(values, is_day) > 0.6 else Field.UPDATE, Sure.CHECK


def _instead_of_referred_to(values: Sequence[str]) -> _FieldAndSure | None:
    return (Field.SOURCE, Sure.CHECK) if share(values, is_yes_or_no) > 0.6 else None


def _instead_of_lead(values: Sequence[str]) -> _FieldAndSure | None:
    return (Field.FLOOR_ACTION, Sure.CHECK) if share(values, is_floor_action) > 0.6 else None


def _mean_length(values: Sequence[str]) -> float:
    return sum(map(len, values)) / len(values)


def _are_no_days(values: Sequence[str]) -> bool:
    return len(values) > 2 and share(values, is_day) < 0.3


def _are_reports(values: Sequence[str]) -> bool:
    """Long words under the heading of a status, of which few say one clearly."""
    return _mean_length(values) > 60 and share(values, is_clear_status) < 0.3


_CHECKS: dict[Field, Callable[[Sequence[str]], _FieldAndSure | None]] = {
    Field.NUMBER: _instead_of_number,
    Field.CODE: _instead_of_code,
    Field.TITLE: _instead_of_words,
    Field.TEXT: _instead_of_words,
    Field.YEAR: _instead_of_year,
    Field.CONVENTION: _instead_of_convention,
    Field.STATUS: _instead_of_status,
    Field.UPDATE: _instead_of_report,
    Field.PROGRESS: _instead_of_report,
    Field.FLOOR_DATE: _instead_of_floor_date,
    Field.DUE: _instead_of_due,
    Field.COMPLETED_ON: _instead_of_day,
    Field.REFERRAL_DECIDED_ON: _instead_of_day,
    Field.UPDATED_ON: _instead_of_day_of_update,
    Field.KIND: _instead_of_kind,
    Field.VOTES_FOR: _instead_of_votes,
    Field.VOTES_AGAINST: _instead_of_votes,
    Field.ABSTAINED: _instead_of_votes,
    Field.COMPLETE: _instead_of_complete,
    Field.REFERRED_TO: _instead_of_referred_to,
    Field.LEAD: _instead_of_lead,
}
