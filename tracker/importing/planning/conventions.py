"""Which convention each row belongs to, and what an import makes or changes of the body and of conventions; nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.importing.problems import Problem, Severity, Unreadable
from tracker.importing.rows.imported_row import ImportedRow
from tracker.importing.rows.mapping import SLUG
from tracker.importing.values import meetings
from tracker.importing.values.meetings import Meeting
from tracker.record.as_of import AsOf
from tracker.record.bodies import AddedKind, Body
from tracker.record.conventions import Convention, ConventionDates, ConventionName
from tracker.record.loader import clocks_of, settings, zone_of
from tracker.rules import preconditions, terms
from tracker.translation import gettext as _

from .models import BodyPlan, ConventionPlan
from .options import DEFAULT_CURRENCY, DEFAULT_ZONE, ImportOptions
from .placing import Doubt, Held, Places, Unsure


class Conventions:
    """The body and its conventions as they are, and what a row and the call ask of them. Raises Unreadable for what the call cannot mean."""

    def __init__(self, session: Session, options: ImportOptions, today: date) -> None:
        self.options, self.today, self.session = options, today, session
        self.problems: list[Problem] = []
        self.body_id = session.scalar(sa.select(Body.id).where(Body.slug == options.body))
        if self.body_id is None:
            _may_be_made(options)
            for name, option, used in (
                ("currency", options.currency, DEFAULT_CURRENCY),
                ("time zone", options.time_zone, DEFAULT_ZONE),
            ):
                if option is None:
                    self.problems.append(
                        Problem(
                            severity=Severity.WARNING,
                            what=_(
                                "No %(what)s is said for the new body: taken as %(used)s.",
                                what=name,
                                used=used,
                            ),
                            to_do=_(
                                "Say --%(option)s, or set it before the first amount: `tracker body set`.",
                                option=name.replace(" ", "-"),
                            ),
                        )
                    )
        self.on_record: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.known: dict[str, terms.ConventionTerm] = {}
        self.published: dict[str, int | None] = {}
        self.added_kinds: frozenset[str] = frozenset()
        if self.body_id is not None:
            self._read(self.body_id)
        self.wanted = options.convention.rpartition("/")[2] if options.convention else None
        if (
            options.convention
            and "/" in options.convention
            and options.convention.split("/")[0] != options.body
        ):
            raise Unreadable(
                _(
                    "--convention %(said)s is of another body than --body %(body)s.",
                    said=options.convention,
                    body=options.body,
                )
            )
        self.years: dict[str, int | None] = {}
        self.places = Places(())
        if (
            self.wanted
            and self.wanted not in self.on_record
            and options.create
            and not SLUG.fullmatch(self.wanted)
        ):
            raise Unreadable(
                _(
                    "%(slug)r can be no address: use small letters, digits and hyphens.",
                    slug=self.wanted,
                )
            )

    def _read(self, body_id: int) -> None:
        self.on_record = {
            slug: number
            for slug, number in self.session.execute(
                sa.select(Convention.slug, Convention.id).where(Convention.body_id == body_id)
            )
        }
        slugs = {number: slug for slug, number in self.on_record.items()}
        self.names = {
            slugs[number]: name
            for number, name in self.session.execute(
                sa.select(ConventionName.convention_id, ConventionName.name)
                .where(
                    ConventionName.convention_id.in_(slugs), ConventionName.retracted_by.is_(None)
                )
                .order_by(ConventionName.recorded_by)
            )
        }
        rows = self.session.scalars(
            sa.select(ConventionDates)
            .where(ConventionDates.convention_id.in_(slugs), ConventionDates.retracted_by.is_(None))
            .order_by(ConventionDates.recorded_by)
        )
        clocks = clocks_of(self.session, body_id, AsOf(self.today), zone_of(self.session, body_id))
        for row in rows:
            self.known[slugs[row.convention_id]] = terms.ConventionTerm(
                id=row.convention_id,
                special=row.special,
                year=row.year,
                opens_on=row.opens_on,
                closes_on=row.closes_on,
                dated_on=self.today if row.closes_on else None,
                kept_from=clocks[row.convention_id].kept_from,
            )
            self.published[slugs[row.convention_id]] = row.published_items
        self.added_kinds = frozenset(
            self.session.scalars(sa.select(AddedKind.code).where(AddedKind.body_id == body_id))
        )

    @property
    def currency(self) -> str:
        """The body's, as it is or as the call says."""
        if self.options.currency or self.body_id is None:
            return self.options.currency or DEFAULT_CURRENCY
        return settings(self.session, self.body_id, AsOf(self.today)).currency

    @property
    def year(self) -> int | None:
        """Of the whole file, where the call says it."""
        if self.wanted:
            if self.wanted in self.known:
                return self.known[self.wanted].year
            if found := re.search(r"(?:19|20)\d\d", self.wanted):
                return int(found[0])
        day = self.options.opened or self.options.closed_on
        return day.year if day else None

    @property
    def begins(self) -> dict[int, date]:
        """The opening of the first convention of a year, on record or as the call says."""
        days = sorted(
            (each.opens_on for each in self.known.values() if each.opens_on), reverse=True
        )
        said = self.options.opened
        return {day.year: day for day in days} | ({said.year: said} if said else {})

    def place_all(self, found: Sequence[ImportedRow]) -> list[tuple[str | None, Problem | None]]:
        """The slug of each row's convention, or why there is none. A list that nowhere speaks of one is of the only one on record."""
        if (
            self.wanted is None
            and len(self.on_record) == 1
            and not any(row.year or row.convention for row in found)
        ):
            self.wanted = next(iter(self.on_record))
        named = [_meeting(row) for row in found]
        self.places = Places(self._held(named), self.wanted)
        self.places.settle(meeting for meeting in named if meeting.year or meeting.slug)
        self.problems += [_of_a_doubt(doubt) for doubt in self.places.doubts]
        several = self._years_of_several(named)
        return [
            self._place(row, meeting, several) for row, meeting in zip(found, named, strict=True)
        ]

    def _held(self, named: Sequence[Meeting]) -> list[Held]:
        """The conventions on record, and the one that the call names, which may be new."""
        held = []
        for slug in self.on_record:
            known, name = self.known.get(slug), self.names.get(slug, slug)
            year = known.year if known else None
            held.append(
                Held(
                    slug=slug,
                    year=year,
                    special=bool(known and known.special),
                    meeting=meetings.read(name, year),
                    opens_on=known.opens_on if known else None,
                    closes_on=known.closes_on if known else None,
                )
            )
        if self.wanted and self.wanted not in self.on_record:
            said = meetings.read(self.wanted)
            held.append(
                Held(
                    slug=self.wanted,
                    year=self._year_of_wanted(named),
                    special=bool(said.special),
                    meeting=said,
                )
            )
        return held

    def _year_of_wanted(self, named: Sequence[Meeting]) -> int | None:
        """As the record or the call says it, else the only one that the rows name."""
        if self.wanted in self.known and self.known[self.wanted].year:
            return self.known[self.wanted].year
        years = {meeting.year for meeting in named if meeting.year}
        return self.year or (years.pop() if len(years) == 1 else None)

    def _years_of_several(self, named: Sequence[Meeting]) -> frozenset[int]:
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

    def _regular(self, year: int) -> str | None:
        return self.places.slugs.get(Meeting(year=year), str(year))

    def _place(
        self, row: ImportedRow, meeting: Meeting, several: frozenset[int]
    ) -> tuple[str | None, Problem | None]:
        """The slug of a row's convention, or why there is none."""
        year, slug = meeting.year, self.places.slugs.get(meeting)
        if self.wanted:
            wrong = self._is_of_another(row, meeting)
            if wrong:
                return None, wrong
            slug = self.wanted
        elif slug is None:
            return None, Problem(
                severity=Severity.ERROR,
                what=_("Nothing says to which convention it belongs."),
                to_do=_(
                    "Give a column year or convention, say --convention, or say year in the mapping file."
                ),
                row=row.row_number,
            )
        if row.meeting_is_blank and year in several and not self.wanted:
            return None, Problem(
                severity=Severity.ERROR,
                what=_(
                    "The list names several meetings of %(year)s, and the row does not say which.",
                    year=year,
                ),
                to_do=_("Write the meeting into its row."),
                row=row.row_number,
            )
        if slug not in self.on_record and not self.options.create:
            return None, Problem(
                severity=Severity.ERROR,
                what=_("The convention %(slug)s is not on record.", slug=slug),
                to_do=_("Say --create-conventions to make it."),
                row=row.row_number,
            )
        known = self.known[slug].year if slug in self.known else None
        self.years.setdefault(
            slug, known or (self._year_of_wanted([meeting]) if self.wanted else year)
        )
        return slug, None

    def _is_of_another(self, row: ImportedRow, meeting: Meeting) -> Problem | None:
        """The row, its sheet or its title names another year or another meeting than --convention does."""
        own = next(held for held in self.places.held if held.slug == self.wanted)
        way_out = _(
            "Leave --convention out, and each row goes to its own convention; or say it in a column convention (such as %(slug)s),"
            " or under [conventions] or as year in the mapping file.",
            slug=self.wanted,
        )
        where = row.named_by or _("The row")
        if meeting.year and own.year and meeting.year != own.year:
            return Problem(
                severity=Severity.ERROR,
                what=_(
                    "%(where)s is of %(year)s, and --convention says %(slug)s.",
                    where=where,
                    year=meeting.year,
                    slug=self.wanted,
                ),
                to_do=way_out,
                row=row.row_number,
            )
        if meeting.year and own.year is None and self.wanted not in self.known:
            return Problem(
                severity=Severity.ERROR,
                what=_(
                    "The rows are of several years, and nothing says of which %(slug)s is.",
                    slug=self.wanted,
                ),
                to_do=_("Say its first day with --opened, or leave --convention out."),
                row=row.row_number,
            )
        slug = self.places.slugs.get(meeting)
        if slug is not None and slug != self.wanted and not meeting.says_only_the_year:
            return Problem(
                severity=Severity.ERROR,
                what=_(
                    "%(where)s names another meeting, %(words)r, and --convention says %(slug)s.",
                    where=where,
                    words=meeting.words[:80],
                    slug=self.wanted,
                ),
                to_do=way_out,
                row=row.row_number,
            )
        return None

    def plan(self, slugs: Collection[str]) -> tuple[BodyPlan, list[Problem]]:
        """What is made and changed, for the conventions that have rows to take."""
        problems: list[Problem] = []
        dated = self._dated(slugs)
        plans = []
        for slug in sorted(slugs):
            known = self.known.get(slug)
            plan = ConventionPlan(
                slug=slug,
                year=known.year if known else self.years.get(slug),
                is_new=slug not in self.on_record,
                id=self.on_record.get(slug),
                opens_on=known.opens_on if known else None,
                closes_on=known.closes_on if known else None,
                special=known.special if known else self._is_special(slug),
                published_items=self.published.get(slug),
                name=self._name_of_new(slug),
            )
            if slug == dated:
                opens_on, closes_on = (
                    self.options.opened or plan.opens_on,
                    self.options.closed_on or plan.closes_on,
                )
                plan = replace(
                    plan,
                    opens_on=opens_on,
                    closes_on=closes_on,
                    new_dates=(opens_on, closes_on) != (plan.opens_on, plan.closes_on),
                )
            plans.append(plan)
        plans = [self._kept(plan, plans) for plan in plans]
        over = [plan.slug for plan in plans if plan.term_ended]
        if over:
            problems.append(
                Problem(
                    severity=Severity.WARNING,
                    what=_(
                        "The term of the items of %(slugs)s had ended on %(day)s: their follow-through is not opened.",
                        slugs=", ".join(over),
                        day=self.options.kept_from,
                    ),
                    to_do=_(
                        "To open one all the same: `tracker convention set SLUG --kept-from DAY`."
                    ),
                )
            )
        return BodyPlan(
            slug=self.options.body,
            is_new=self.body_id is None,
            body_id=self.body_id,
            settings=self._settings(),
            conventions=tuple(plans),
        ), problems

    def _is_special(self, slug: str) -> bool:
        made = self.places.made.get(slug)
        return made.special if made else bool(meetings.read(slug).special)

    def _name_of_new(self, slug: str) -> str | None:
        """As the list names it, with its year; the address of one that the list does not name."""
        made = self.places.made.get(slug)
        named = (
            made.meeting
            if made
            else next(
                (
                    meeting
                    for meeting, at in self.places.slugs.items()
                    if at == slug and meeting.words
                ),
                None,
            )
        )
        if named is None or slug in self.on_record or named.slug or named.says_only_the_year:
            return None
        if not made or not (
            made.special or named.special is False or named.nouns or named.others
        ):  # a day names no yearly meeting
            return None
        year = "" if meetings.YEAR.search(named.words) or not named.year else f" {named.year}"
        return f"{named.words[:190]}{year}"

    def _dated(self, slugs: Collection[str]) -> str | None:
        """The convention that --opened and --closed-on speak of: the only one, or the one of their year."""
        day = self.options.opened or self.options.closed_on
        if day is None or not slugs:
            return None
        if (
            self.options.opened
            and self.options.closed_on
            and self.options.opened > self.options.closed_on
        ):
            raise Unreadable(_("--opened is after --closed-on: correct one of them."))
        of_year = [slug for slug in slugs if self.years.get(slug) == day.year]
        if len(slugs) == 1 and self.years.get(next(iter(slugs))) in (None, day.year):
            return next(iter(slugs))
        if len(of_year) != 1:
            raise Unreadable(
                _(
                    "--opened and --closed-on are of %(year)s, and the file has %(found)s: say --convention.",
                    year=day.year,
                    found=", ".join(sorted(slugs)),
                )
            )
        return of_year[0]

    def _kept(self, plan: ConventionPlan, plans: Collection[ConventionPlan]) -> ConventionPlan:
        since = self.options.kept_from
        if since is None:
            return plan
        others = [each for slug, each in self.known.items() if slug != plan.slug]
        others += [
            terms.ConventionTerm(
                id=0,
                special=each.special,
                year=each.year,
                opens_on=each.opens_on,
                closes_on=each.closes_on,
                dated_on=self.today if each.closes_on else None,
            )
            for each in plans
            if each.slug != plan.slug and each.slug not in self.known
        ]
        held = self.known.get(plan.slug)
        clock = terms.clock(
            terms.ConventionTerm(
                id=0,
                special=bool(held and held.special),
                year=plan.year,
                opens_on=plan.opens_on,
                closes_on=plan.closes_on,
            ),
            others,
        )
        if not terms.still_running(clock, since):
            return replace(plan, term_ended=held is None or held.kept_from is None)
        return replace(plan, opens_from=since if held is None or held.kept_from != since else None)

    def _settings(self) -> dict[str, str]:
        """Of a new body all, of one on record what differs."""
        options = self.options
        if self.body_id is None:
            name = (
                options.body.upper()
                if len(options.body) <= 5
                else options.body.replace("-", " ").title()
            )
            return {
                "name": name,
                "time_zone": options.time_zone or DEFAULT_ZONE,
                "currency": options.currency or DEFAULT_CURRENCY,
                "pages": "closed" if options.closed else "open",
            }
        said = settings(self.session, self.body_id, AsOf(self.today))
        wanted = {
            "time_zone": options.time_zone,
            "currency": options.currency,
            "pages": "closed" if options.closed else None,
        }
        current = {
            "time_zone": str(said.zone),
            "currency": said.currency,
            "pages": "open" if said.open else "closed",
        }
        return {name: value for name, value in wanted.items() if value and value != current[name]}


def _may_be_made(options: ImportOptions) -> None:
    if not options.create:
        raise Unreadable(
            _("There is no body %(body)s: say --create-conventions to make it.", body=options.body)
        )
    if not SLUG.fullmatch(options.body):
        raise Unreadable(
            _(
                "%(body)r can be no address: use small letters, digits and hyphens.",
                body=options.body,
            )
        )
    if options.body in preconditions.RESERVED_SLUGS:
        raise Unreadable(
            _(
                "%(body)s is the first part of another address: take another slug.",
                body=options.body,
            )
        )


def _meeting(row: ImportedRow) -> Meeting:
    """What a row says of its meeting: words, or no more than the year."""
    return replace(
        row.convention or Meeting(),
        year=row.year or (row.convention.year if row.convention else None),
    )


def _of_a_doubt(doubt: Doubt) -> Problem:
    way_out = _("If it is otherwise, say which is which under [conventions] in the mapping file.")
    first, rest = doubt.words[0], "; ".join(doubt.words[1:])
    match doubt.code:
        case Unsure.WHICH_IS_REGULAR:
            what = _(
                "The list names several meetings of %(year)s, and not which is the yearly one: taken as that, at %(slug)s, is %(first)r;"
                " as special ones: %(rest)s.",
                year=doubt.year,
                slug=doubt.slug,
                first=first,
                rest=rest,
            )
        case Unsure.MAY_BE_ONE:
            what = _(
                "%(first)r and %(rest)r may be one meeting: taken as two.", first=first, rest=rest
            )
        case Unsure.WHICH_ON_RECORD:
            what = _(
                "%(first)r may be several conventions on record: taken as %(slug)s.",
                first=first,
                slug=doubt.slug,
            )
        case Unsure.NAMED_OTHERWISE:
            what = _(
                "%(first)r is taken as %(slug)s, which is on record as %(rest)r.",
                first=first,
                slug=doubt.slug,
                rest=rest,
            )
    return Problem(severity=Severity.WARNING, what=what, to_do=way_out)
