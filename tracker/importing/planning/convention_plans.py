"""What an import makes or changes of a body and its conventions; nothing is written here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from tracker.importing import remedies
from tracker.importing.problems import Problem, Severity, Unreadable
from tracker.importing.values import meetings
from tracker.rules import terms
from tracker.rules.terms import ConventionTerm
from tracker.translation import gettext as _

from .meeting_places import MeetingPlaces
from .models import BodyPlan, ConventionPlan
from .options import DEFAULT_CURRENCY, DEFAULT_ZONE, ImportOptions
from .recorded_body import RecordedBody

LONGEST_NAME = 190  # characters of a convention's name, without the year


class BodyPlanner:
    """`years` are those of the conventions that have rows, where a row or the call says them."""

    def __init__(
        self,
        *,
        options: ImportOptions,
        record: RecordedBody,
        places: MeetingPlaces,
        years: Mapping[str, int | None],
        today: date,
    ) -> None:
        self.options = options
        self.record = record
        self.places = places
        self.years = years
        self.today = today

    def plan(self, slugs: Collection[str]) -> tuple[BodyPlan, list[Problem]]:
        """Raises Unreadable where the days of the call fit no convention, or several."""
        dated = self._dated(slugs)
        plans = []
        for slug in sorted(slugs):
            plan = self._convention(slug)
            plans.append(self._with_dates(plan) if slug == dated else plan)
        plans = [self._with_follow_through(plan, plans) for plan in plans]
        body = BodyPlan(
            slug=self.options.body,
            is_new=self.record.body_id is None,
            body_id=self.record.body_id,
            settings=self._settings(),
            conventions=tuple(plans),
        )
        return body, self._problems(plans)

    def _convention(self, slug: str) -> ConventionPlan:
        """As it is on record, else as the list names it."""
        term = self.record.terms.get(slug)
        return ConventionPlan(
            slug=slug,
            year=term.year if term else self.years.get(slug),
            is_new=slug not in self.record.convention_ids,
            id=self.record.convention_ids.get(slug),
            opens_on=term.opens_on if term else None,
            closes_on=term.closes_on if term else None,
            special=term.special if term else self._is_special(slug),
            published_items=self.record.published_items.get(slug),
            name=self._name_of_new(slug),
        )

    def _is_special(self, slug: str) -> bool:
        made = self.places.made.get(slug)
        return made.special if made else bool(meetings.read(slug).special)

    def _name_of_new(self, slug: str) -> str | None:
        """As the list names it, with its year; None where it does not, for the address is its name
        then."""
        made = self.places.made.get(slug)
        if made is None or slug in self.record.convention_ids:
            return None
        named = made.meeting
        if named.slug or named.says_only_the_year:
            return None
        names_a_yearly_one = named.special is False or named.nouns or named.others
        if not made.special and not names_a_yearly_one:  # a day names no yearly meeting
            return None
        name = named.words[:LONGEST_NAME]
        if named.year and not meetings.YEAR.search(named.words):
            return f"{name} {named.year}"
        return name

    def _dated(self, slugs: Collection[str]) -> str | None:
        """The convention that --opened and --closed-on speak of: the only one, or the one of their
        year."""
        opened, closed_on = self.options.opened, self.options.closed_on
        day = opened or closed_on
        if day is None or not slugs:
            return None
        if opened and closed_on and opened > closed_on:
            raise Unreadable(
                _("The first day of the convention is after the last."),
                remedies.mend_first_and_last_day(),
            )
        if len(slugs) == 1:
            (only,) = slugs
            if self.years.get(only) in (None, day.year):
                return only
        of_year = [slug for slug in slugs if self.years.get(slug) == day.year]
        if len(of_year) != 1:
            raise Unreadable(
                _(
                    "The days of the convention are of %(year)s, and the file has %(found)s.",
                    year=day.year,
                    found=", ".join(sorted(slugs)),
                ),
                remedies.say_whose_days(),
            )
        return of_year[0]

    def _with_dates(self, plan: ConventionPlan) -> ConventionPlan:
        opens_on = self.options.opened or plan.opens_on
        closes_on = self.options.closed_on or plan.closes_on
        is_changed = (opens_on, closes_on) != (plan.opens_on, plan.closes_on)
        return replace(plan, opens_on=opens_on, closes_on=closes_on, new_dates=is_changed)

    def _with_follow_through(
        self, plan: ConventionPlan, plans: Collection[ConventionPlan]
    ) -> ConventionPlan:
        """With the day from which its follow-through is kept, where the call opens it."""
        since = self.options.kept_from
        if since is None:
            return plan
        recorded = self.record.terms.get(plan.slug)
        own = ConventionTerm(
            id=0,
            special=bool(recorded and recorded.special),
            year=plan.year,
            opens_on=plan.opens_on,
            closes_on=plan.closes_on,
        )
        clock = terms.clock(own, self._terms_of_others(plan, plans))
        kept_from = recorded.kept_from if recorded else None
        if not terms.still_running(clock, since):
            return replace(plan, term_ended=kept_from is None)
        return replace(plan, opens_from=since if kept_from != since else None)

    def _terms_of_others(
        self, plan: ConventionPlan, plans: Collection[ConventionPlan]
    ) -> list[ConventionTerm]:
        """Those on record, and those that the list brings."""
        others = [term for slug, term in self.record.terms.items() if slug != plan.slug]
        others += [
            ConventionTerm(
                id=0,
                special=other.special,
                year=other.year,
                opens_on=other.opens_on,
                closes_on=other.closes_on,
                dated_on=self.today if other.closes_on else None,
            )
            for other in plans
            if other.slug != plan.slug and other.slug not in self.record.terms
        ]
        return others

    def _problems(self, plans: Collection[ConventionPlan]) -> list[Problem]:
        ended = [plan.slug for plan in plans if plan.term_ended]
        if not ended:
            return []
        return [
            Problem(
                severity=Severity.WARNING,
                what=_(
                    "The term of the items of %(slugs)s had ended on %(day)s: their follow-through"
                    " is not opened.",
                    slugs=", ".join(ended),
                    day=self.options.kept_from,
                ),
                to_do=remedies.open_follow_through_alone(),
            )
        ]

    def _settings(self) -> dict[str, str]:
        """Of a new body all, of one on record what the call changes."""
        options = self.options
        wanted = {
            "time_zone": options.time_zone,
            "currency": options.currency,
            "pages": "closed" if options.closed else None,
        }
        if self.record.settings is None:
            defaults = {
                "name": _name_of(options.body),
                "time_zone": DEFAULT_ZONE,
                "currency": DEFAULT_CURRENCY,
                "pages": "open",
            }
            return defaults | {name: value for name, value in wanted.items() if value}
        settings = self.record.settings
        current = {
            "time_zone": str(settings.zone),
            "currency": settings.currency,
            "pages": "open" if settings.open else "closed",
        }
        return {name: value for name, value in wanted.items() if value and value != current[name]}


def _name_of(slug: str) -> str:
    """Of a new body, until the office names it: short ones are initials."""
    return slug.upper() if len(slug) <= 5 else slug.replace("-", " ").title()
