"""Which convention each row belongs to, and what an import makes or changes of the body and of conventions; nothing is written here."""
from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from tracker.record.as_of import AsOf
from tracker.record.bodies import AddedKind, Body
from tracker.record.conventions import Convention, ConventionDates
from tracker.record.load import clocks_of, settings, zone_of
from tracker.rules import may, terms

from .cells import ItemRow
from .problems import Problem, Severity, Unreadable

DEFAULT_CURRENCY, DEFAULT_ZONE = "USD", "UTC"
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


@dataclass(frozen=True)
class Options:
    """What the call says beside the file."""

    body: str
    convention: str | None = None
    create: bool = False
    closed: bool = False
    opened: date | None = None
    closed_on: date | None = None
    kept_from: date | None = None
    updates_on: date | None = None
    currency: str | None = None
    time_zone: str | None = None


@dataclass(frozen=True)
class ConventionPlan:
    """One convention of the file. `opens_from`: the day from which its follow-through is opened; `term_ended`: that was asked for too late."""

    slug: str
    year: int | None
    is_new: bool
    id: int | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    new_dates: bool = False
    special: bool = False
    published_items: int | None = None
    opens_from: date | None = None
    term_ended: bool = False


@dataclass(frozen=True)
class Settled:
    body: str
    body_is_new: bool
    body_id: int | None = None
    body_settings: Mapping[str, str] = field(default_factory=dict)  # those to record
    conventions: tuple[ConventionPlan, ...] = ()


class Conventions:
    """The body and its conventions as they are, and what a row and the call ask of them. Raises Unreadable for what the call cannot mean."""

    def __init__(self, session: Session, options: Options, today: date) -> None:
        self.options, self.today, self.session = options, today, session
        self.problems: list[Problem] = []
        self.body_id = session.scalar(sa.select(Body.id).where(Body.slug == options.body))
        if self.body_id is None:
            _may_be_made(options)
            for name, option, used in (("currency", options.currency, DEFAULT_CURRENCY), ("time zone", options.time_zone, DEFAULT_ZONE)):
                if option is None:
                    self.problems.append(Problem(
                        Severity.WARNING, _("No %(what)s is said for the new body: taken as %(used)s.", what=name, used=used),
                        _("Say --%(option)s, or set it before the first amount: `tracker body set`.", option=name.replace(" ", "-"))))
        self.on_record: dict[str, int] = {}
        self.known: dict[str, terms.Convention] = {}
        self.published: dict[str, int | None] = {}
        self.added_kinds: frozenset[str] = frozenset()
        if self.body_id is not None:
            self._read(self.body_id)
        self.wanted = options.convention.rpartition("/")[2] if options.convention else None
        if options.convention and "/" in options.convention and options.convention.split("/")[0] != options.body:
            raise Unreadable(_("--convention %(said)s is of another body than --body %(body)s.", said=options.convention, body=options.body))
        self.years: dict[str, int | None] = {}
        if self.wanted and self.wanted not in self.on_record and options.create and not SLUG.fullmatch(self.wanted):
            raise Unreadable(_("%(slug)r can be no address: use small letters, digits and hyphens.", slug=self.wanted))

    def _read(self, body_id: int) -> None:
        self.on_record = {slug: number for slug, number in self.session.execute(
            sa.select(Convention.slug, Convention.id).where(Convention.body_id == body_id))}
        slugs = {number: slug for slug, number in self.on_record.items()}
        rows = self.session.scalars(sa.select(ConventionDates).where(ConventionDates.convention_id.in_(slugs), ConventionDates.retracted_by.is_(None))
                                    .order_by(ConventionDates.recorded_by))
        clocks = clocks_of(self.session, body_id, AsOf(self.today), zone_of(self.session, body_id))
        for row in rows:
            self.known[slugs[row.convention_id]] = terms.Convention(row.convention_id, row.special, row.year, row.opens_on, row.closes_on,
                                                                    self.today if row.closes_on else None, clocks[row.convention_id].kept_from)
            self.published[slugs[row.convention_id]] = row.published_items
        self.added_kinds = frozenset(self.session.scalars(sa.select(AddedKind.code).where(AddedKind.body_id == body_id)))

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
        days = sorted((each.opens_on for each in self.known.values() if each.opens_on), reverse=True)
        said = self.options.opened
        return {day.year: day for day in days} | ({said.year: said} if said else {})

    def place_all(self, found: Sequence[ItemRow]) -> list[tuple[str | None, Problem | None]]:
        """The slug of each row's convention, or why there is none. A list that nowhere speaks of one is of the only one on record."""
        if self.wanted is None and len(self.on_record) == 1 and not any(row.year or row.convention for row in found):
            self.wanted = next(iter(self.on_record))
        return [self.place(row) for row in found]

    def place(self, row: ItemRow) -> tuple[str | None, Problem | None]:
        """The slug of a row's convention, or why there is none."""
        slug, year = self.wanted, row.year
        if slug is None:
            said = re.sub(r"[^a-z0-9]+", "-", (row.convention or "").casefold().rpartition("/")[2]).strip("-")
            slug = said if said in self.on_record or re.fullmatch(r"(?:19|20)\d\d-[a-z0-9-]+", said) else str(year) if year else None
        if slug is None:
            return None, Problem(Severity.ERROR, _("Nothing says to which convention it belongs."), _("Give a column year, or say --convention."),
                                 row.number_of_row)
        known = self.known[slug].year if slug in self.known else self.year if self.wanted else year
        if self.wanted and year and known and year != known:
            return None, Problem(Severity.ERROR, _("The row is of %(year)s, and --convention says %(slug)s.", year=year, slug=slug),
                                 _("Leave --convention out, or the row."), row.number_of_row)
        if slug not in self.on_record and not self.options.create:
            return None, Problem(Severity.ERROR, _("The convention %(slug)s is not on record.", slug=slug), _("Say --create-conventions to make it."),
                                 row.number_of_row)
        self.years.setdefault(slug, known)
        return slug, None

    def settled(self, slugs: Collection[str]) -> tuple[Settled, list[Problem]]:
        """What is made and changed, for the conventions that have rows to take."""
        problems: list[Problem] = []
        dated = self._dated(slugs)
        plans = []
        for slug in sorted(slugs):
            known = self.known.get(slug)
            plan = ConventionPlan(slug, known.year if known else self.years.get(slug), slug not in self.on_record, self.on_record.get(slug),
                                  known.opens_on if known else None, known.closes_on if known else None,
                                  special=known.special if known else "special" in slug, published_items=self.published.get(slug))
            if slug == dated:
                opens_on, closes_on = self.options.opened or plan.opens_on, self.options.closed_on or plan.closes_on
                plan = replace(plan, opens_on=opens_on, closes_on=closes_on, new_dates=(opens_on, closes_on) != (plan.opens_on, plan.closes_on))
            plans.append(plan)
        plans = [self._kept(plan, plans) for plan in plans]
        over = [plan.slug for plan in plans if plan.term_ended]
        if over:
            problems.append(Problem(
                Severity.WARNING, _("The term of the items of %(slugs)s had ended on %(day)s: their follow-through is not opened.",
                                    slugs=", ".join(over), day=self.options.kept_from),
                _("To open one all the same: `tracker convention set SLUG --kept-from DAY`.")))
        return Settled(self.options.body, self.body_id is None, self.body_id, self._settings(), tuple(plans)), problems

    def _dated(self, slugs: Collection[str]) -> str | None:
        """The convention that --opened and --closed-on speak of: the only one, or the one of their year."""
        day = self.options.opened or self.options.closed_on
        if day is None or not slugs:
            return None
        if self.options.opened and self.options.closed_on and self.options.opened > self.options.closed_on:
            raise Unreadable(_("--opened is after --closed-on: correct one of them."))
        of_year = [slug for slug in slugs if self.years.get(slug) == day.year]
        if len(slugs) == 1 and self.years.get(next(iter(slugs))) in (None, day.year):
            return next(iter(slugs))
        if len(of_year) != 1:
            raise Unreadable(_("--opened and --closed-on are of %(year)s, and the file has %(found)s: say --convention.", year=day.year,
                               found=", ".join(sorted(slugs))))
        return of_year[0]

    def _kept(self, plan: ConventionPlan, plans: Collection[ConventionPlan]) -> ConventionPlan:
        since = self.options.kept_from
        if since is None:
            return plan
        others = [each for slug, each in self.known.items() if slug != plan.slug]
        others += [terms.Convention(0, False, each.year, each.opens_on, each.closes_on, self.today if each.closes_on else None)
                   for each in plans if each.slug != plan.slug and each.slug not in self.known]
        held = self.known.get(plan.slug)
        clock = terms.clock(terms.Convention(0, bool(held and held.special), plan.year, plan.opens_on, plan.closes_on), others)
        if not terms.still_running(clock, since):
            return replace(plan, term_ended=held is None or held.kept_from is None)
        return replace(plan, opens_from=since if held is None or held.kept_from != since else None)

    def _settings(self) -> dict[str, str]:
        """Of a new body all, of one on record what differs."""
        options = self.options
        if self.body_id is None:
            name = options.body.upper() if len(options.body) <= 5 else options.body.replace("-", " ").title()
            return {"name": name, "time_zone": options.time_zone or DEFAULT_ZONE, "currency": options.currency or DEFAULT_CURRENCY,
                    "pages": "closed" if options.closed else "open"}
        said = settings(self.session, self.body_id, AsOf(self.today))
        wanted = {"time_zone": options.time_zone, "currency": options.currency, "pages": "closed" if options.closed else None}
        current = {"time_zone": str(said.zone), "currency": said.currency, "pages": "open" if said.open else "closed"}
        return {name: value for name, value in wanted.items() if value and value != current[name]}


def _may_be_made(options: Options) -> None:
    if not options.create:
        raise Unreadable(_("There is no body %(body)s: say --create-conventions to make it.", body=options.body))
    if not SLUG.fullmatch(options.body):
        raise Unreadable(_("%(body)r can be no address: use small letters, digits and hyphens.", body=options.body))
    if options.body in may.RESERVED_SLUGS:
        raise Unreadable(_("%(body)s is the first part of another address: take another slug.", body=options.body))
