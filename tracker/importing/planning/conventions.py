"""Which convention each row of a list belongs to.

What is made or changed of body and conventions is in `convention_plans`; nothing is written here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from tracker.importing import remedies
from tracker.importing.problems import Problem, Remedy, Severity, Unreadable
from tracker.importing.rows.imported_row import ImportedRow
from tracker.importing.rows.mapping import SLUG
from tracker.importing.values import meetings
from tracker.importing.values.meetings import ListedMeeting
from tracker.rules import slugs
from tracker.translation import gettext as _

from .convention_plans import BodyPlanner
from .meeting_places import DoubtCode, KnownConvention, MeetingDoubt, MeetingPlaces
from .models import BodyPlan
from .options import DEFAULT_CURRENCY, DEFAULT_ZONE, ImportOptions
from .recorded_body import recorded_body

RemedyPlace = tuple[str | None, Problem | None]  # the slug of a convention, or why there is none


class Conventions:
    """The body and its conventions as they are, and what rows and the call ask of them.

    Raises Unreadable for what the call cannot mean.
    """

    def __init__(self, session: Session, options: ImportOptions, today: date) -> None:
        self.options = options
        self.today = today
        self.problems: list[Problem] = []
        self.record = recorded_body(session, options.body, today)
        if self.record.body_id is None:
            _require_may_be_made(options)
            self.problems += _assumed_settings(options)
        self.wanted = _wanted(options)  # the slug of the convention that the call names
        if self.wanted and self.wanted not in self.record.convention_ids and options.create:
            _require_address(self.wanted)
            _require_free(self.wanted, slugs.RESERVED_CONVENTION_SLUGS)
        self.years: dict[str, int | None] = {}  # of the conventions that have rows
        self.places = MeetingPlaces(known=())

    @property
    def body_id(self) -> int | None:
        return self.record.body_id

    @property
    def added_kinds(self) -> frozenset[str]:
        return self.record.added_kinds

    @property
    def currency(self) -> str:
        """The body's, as it is or as the call says."""
        if self.options.currency:
            return self.options.currency
        return self.record.settings.currency if self.record.settings else DEFAULT_CURRENCY

    @property
    def year(self) -> int | None:
        """Of the whole file, where the call says it."""
        if self.wanted:
            if self.wanted in self.record.terms:
                return self.record.terms[self.wanted].year
            if named := re.search(r"(?:19|20)\d\d", self.wanted):
                return int(named[0])
        day = self.options.opened or self.options.closed_on
        return day.year if day else None

    @property
    def begins(self) -> dict[int, date]:
        """The opening of the first convention of a year, on record or as the call says."""
        days = [term.opens_on for term in self.record.terms.values() if term.opens_on]
        begins: dict[int, date] = {}
        for day in sorted(days):
            begins.setdefault(day.year, day)
        if self.options.opened:
            begins[self.options.opened.year] = self.options.opened
        return begins

    def place_all(self, rows: Sequence[ImportedRow]) -> list[RemedyPlace]:
        """The convention of each row.

        A list that nowhere speaks of one is of the only one on record.
        """
        names_one = any(row.year or row.convention for row in rows)
        if self.wanted is None and len(self.record.convention_ids) == 1 and not names_one:
            self.wanted = next(iter(self.record.convention_ids))
        named = [_meeting(row) for row in rows]
        self.places = MeetingPlaces(known=self._known(named), wanted=self.wanted)
        self.places.settle(meeting for meeting in named if meeting.year or meeting.slug)
        self.problems += [_problem_of(doubt) for doubt in self.places.doubts]
        several = self._years_of_several(named)
        return [
            self._place(row, meeting, several) for row, meeting in zip(rows, named, strict=True)
        ]

    def _known(self, named: Sequence[ListedMeeting]) -> list[KnownConvention]:
        """The conventions on record, and the one that the call names, which may be new."""
        known = []
        for slug in self.record.convention_ids:
            term = self.record.terms.get(slug)
            year = self.record.year(slug)
            known.append(
                KnownConvention(
                    slug=slug,
                    year=year,
                    special=bool(term and term.special),
                    meeting=meetings.read(self.record.names.get(slug, slug), year),
                    opens_on=term.opens_on if term else None,
                    closes_on=term.closes_on if term else None,
                )
            )
        if self.wanted and self.wanted not in self.record.convention_ids:
            meeting = meetings.read(self.wanted)
            known.append(
                KnownConvention(
                    slug=self.wanted,
                    year=self._year_of_wanted(named),
                    special=bool(meeting.special),
                    meeting=meeting,
                )
            )
        return known

    def _year_of_wanted(self, named: Sequence[ListedMeeting]) -> int | None:
        """As the record or the call says it, else the only one that the rows name."""
        recorded = self.record.year(self.wanted) if self.wanted else None
        if recorded or self.year:
            return recorded or self.year
        years = {meeting.year for meeting in named if meeting.year}
        return years.pop() if len(years) == 1 else None

    def _years_of_several(self, named: Sequence[ListedMeeting]) -> frozenset[int]:
        """The years of which the list names more than one meeting."""
        slugs: dict[int, set[str]] = {}
        for meeting in named:
            if meeting.year and not meeting.says_only_the_year:
                slugs.setdefault(meeting.year, set()).add(self.places.slugs[meeting])
        return frozenset(
            year
            for year, of_year in slugs.items()
            if len(of_year) > 1 or of_year != {self._regular(year)}
        )

    def _regular(self, year: int) -> str:
        return self.places.slugs.get(ListedMeeting(year=year), str(year))

    def _place(
        self, row: ImportedRow, meeting: ListedMeeting, several: frozenset[int]
    ) -> RemedyPlace:
        slug = self.places.slugs.get(meeting)
        if self.wanted:
            problem = self._of_another_convention(row, meeting)
            if problem:
                return None, problem
            slug = self.wanted
        if slug is None:
            return None, _rejected(
                row,
                _("Nothing says to which convention it belongs."),
                remedies.say_the_convention(),
            )
        if row.meeting_is_blank and meeting.year in several and not self.wanted:
            return None, _rejected(
                row,
                _(
                    "The list names several meetings of %(year)s, and the row does not say which.",
                    year=meeting.year,
                ),
                _("Write the meeting into its row."),
            )
        if slug not in self.record.convention_ids and not self.options.create:
            return None, _rejected(
                row,
                _("The convention %(slug)s is not on record.", slug=slug),
                remedies.make_the_convention(),
            )
        self.years.setdefault(slug, self._year(slug, meeting))
        return slug, None

    def _year(self, slug: str, meeting: ListedMeeting) -> int | None:
        recorded = self.record.year(slug)
        if recorded:
            return recorded
        return self._year_of_wanted([meeting]) if self.wanted else meeting.year

    def _of_another_convention(self, row: ImportedRow, meeting: ListedMeeting) -> Problem | None:
        """The row, its sheet or its title names another year or meeting than --convention does."""
        own = next(known for known in self.places.known if known.slug == self.wanted)
        where = row.named_by or _("The row")
        way_out = remedies.let_rows_name_theirs(self.wanted or "")
        if meeting.year and own.year and meeting.year != own.year:
            return _rejected(
                row,
                _(
                    "%(where)s is of %(year)s, and the list is said to be of %(slug)s.",
                    where=where,
                    year=meeting.year,
                    slug=self.wanted,
                ),
                way_out,
            )
        if meeting.year and own.year is None and self.wanted not in self.record.terms:
            return _rejected(
                row,
                _(
                    "The rows are of several years, and nothing says of which %(slug)s is.",
                    slug=self.wanted,
                ),
                remedies.say_the_first_day(),
            )
        slug = self.places.slugs.get(meeting)
        if slug not in (None, self.wanted) and not meeting.says_only_the_year:
            return _rejected(
                row,
                _(
                    "%(where)s names another meeting, %(words)r, and the list is said to be of"
                    " %(slug)s.",
                    where=where,
                    words=meeting.words[:80],
                    slug=self.wanted,
                ),
                way_out,
            )
        return None

    def plan(self, slugs: Collection[str]) -> tuple[BodyPlan, list[Problem]]:
        """What is made and changed, for the conventions that have rows to take."""
        planner = BodyPlanner(
            options=self.options,
            record=self.record,
            places=self.places,
            years=self.years,
            today=self.today,
        )
        return planner.plan(slugs)


def _wanted(options: ImportOptions) -> str | None:
    """The slug of the convention that the call names, as "2017" or as "nea/2017"."""
    if not options.convention:
        return None
    if "/" in options.convention and options.convention.split("/")[0] != options.body:
        raise Unreadable(
            _(
                "--convention %(said)s is of another body than --body %(body)s.",
                said=options.convention,
                body=options.body,
            )
        )
    return options.convention.rpartition("/")[2]


def _require_may_be_made(options: ImportOptions) -> None:
    if not options.create:
        raise Unreadable(
            _("There is no body %(body)s: say --create-conventions to make it.", body=options.body)
        )
    _require_address(options.body)
    _require_free(options.body, slugs.RESERVED_SLUGS)


def _require_free(slug: str, reserved: Collection[str]) -> None:
    if slug in reserved:
        raise Unreadable(_("%(slug)s is part of another address: take another slug.", slug=slug))


def _require_address(slug: str) -> None:
    if not SLUG.fullmatch(slug):
        raise Unreadable(
            _(
                "%(slug)r can be no address: use small letters, digits and hyphens.",
                slug=slug,
            )
        )


def _assumed_settings(options: ImportOptions) -> list[Problem]:
    """Of a new body: what the call does not say."""
    return [
        Problem(
            severity=Severity.WARNING,
            what=_(
                "No %(what)s is said for the new body: taken as %(used)s.", what=name, used=default
            ),
            to_do=_(
                "Say --%(option)s, or set it before the first amount: `tracker body set`.",
                option=name.replace(" ", "-"),
            ),
        )
        for name, value, default in (
            ("currency", options.currency, DEFAULT_CURRENCY),
            ("time zone", options.time_zone, DEFAULT_ZONE),
        )
        if value is None
    ]


def _rejected(row: ImportedRow, what: str, to_do: str | Remedy) -> Problem:
    return Problem(severity=Severity.ERROR, what=what, to_do=to_do, row=row.row_number)


def _meeting(row: ImportedRow) -> ListedMeeting:
    """What a row says of its meeting: words, or no more than the year."""
    if row.convention is None:
        return ListedMeeting(year=row.year)
    return replace(row.convention, year=row.year or row.convention.year)


def _problem_of(doubt: MeetingDoubt) -> Problem:
    first, others = doubt.words[0], "; ".join(doubt.words[1:])
    match doubt.code:
        case DoubtCode.WHICH_IS_REGULAR:
            what = _(
                "The list names several meetings of %(year)s, and not which is the yearly one:"
                " taken as that, at %(slug)s, is %(first)r; as special ones: %(rest)s.",
                year=doubt.year,
                slug=doubt.slug,
                first=first,
                rest=others,
            )
        case DoubtCode.MAY_BE_ONE:
            what = _(
                "%(first)r and %(rest)r may be one meeting: taken as two.", first=first, rest=others
            )
        case DoubtCode.WHICH_ON_RECORD:
            what = _(
                "%(first)r may be several conventions on record: taken as %(slug)s.",
                first=first,
                slug=doubt.slug,
            )
        case DoubtCode.NAMED_OTHERWISE:
            what = _(
                "%(first)r is taken as %(slug)s, which is on record as %(rest)r.",
                first=first,
                slug=doubt.slug,
                rest=others,
            )
    return Problem(
        severity=Severity.WARNING,
        what=what,
        to_do=remedies.say_which_meeting_is_which(),
    )
