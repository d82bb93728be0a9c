"""Dates and numbers of days as the locale writes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_name

from tracker.translation import Language, current_language, current_locale, ngettext
from tracker.translation import gettext as _

from .amounts import number

# In English the house writes "3 July 2024", whatever the country; other languages write dates their
# own way.
LONG, SHORT, WEEKDAY = "d\u00a0MMMM y", "d\u00a0MMM y", "EEEE, d\u00a0MMMM y"


def day(on: date) -> str:
    """3 July 2024, in text."""
    return _day(on, "long", current_language())


def short_day(on: date) -> str:
    """3 Jul 2024, in tables."""
    return _day(on, "medium", current_language())


def weekday(on: date) -> str:
    """Wednesday, 3 July 2024."""
    return _day(on, "full", current_language())


def moment(at: datetime) -> str:
    """3 July 2024, 14:02, in the zone that `at` is in."""
    return _("%(day)s, %(time)s", day=day(at.date()), time=time_of_day(at))


def time_of_day(at: datetime) -> str:
    """14:02, in the zone that `at` is in."""
    return str(format_time(at, "short", locale=current_locale()))


def moment_of_zone(at: datetime) -> str:
    """3 July 2024, 14:02 (Central European Summer Time): where the zone is not obvious."""
    zone = get_timezone_name(at, locale=current_locale())
    return _("%(moment)s (%(zone)s)", moment=moment(at), zone=zone)


def zone_name(zone: ZoneInfo) -> str:
    """Central European Time: of summer and winter. UTC is nowhere, and has no summer."""
    if "/" not in zone.key:
        return get_timezone_name(zone, zone_variant="standard", locale=current_locale())
    return get_timezone_name(zone, locale=current_locale())


def recent_moment(at: datetime, now: datetime) -> str:
    """14:02, and with the day where that is not today; both are in one zone."""
    if at.date() == now.date():
        return time_of_day(at)
    return moment(at)


@lru_cache(4096)
def _day(on: date, form: str, where: Language) -> str:
    if where.locale.language == "en":
        form = {"long": LONG, "medium": SHORT, "full": WEEKDAY}[form]
    return format_date(on, form, locale=where.locale)


def span(first: date, last: date) -> str:
    """30 June to 5 July 2024: the year once where both are of one."""
    if first == last:
        return day(first)
    if current_locale().language == "en" and first.year == last.year:
        begins = format_date(
            first, "d" if first.month == last.month else "d\u00a0MMMM", locale=current_locale()
        )
        return f"{begins} to {day(last)}"
    return f"{day(first)} – {day(last)}"


def days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count, count=number(count))
