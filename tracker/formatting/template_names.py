"""What templates find by name: the modules of MODULES by their own names
(`item_answers.why(item)`), and the filters and functions below.
"""

from __future__ import annotations

from decimal import Decimal

from flask import get_flashed_messages
from jinja2 import Environment

from tracker import markdown
from tracker.reading.item_models import Silence
from tracker.translation import current_locale

from . import (
    built_words,
    convention_headline,
    convention_rates,
    definitions,
    edition_words,
    errata_words,
    evidence_files,
    find_results,
    form_fields,
    history_changes,
    history_words,
    import_words,
    issued_report_words,
    item_answers,
    item_list,
    item_money,
    item_sentences,
    item_timeline,
    labels,
    led_figures,
    mail_words,
    marks,
    meeting_words,
    mention_words,
    office_convention_words,
    office_item_words,
    office_task_words,
    outside_words,
    phrases,
    publication_words,
    role_words,
    roster_words,
    security_words,
    setting_up_words,
    settings_words,
    shown_edition_words,
    staff_confirmations,
    staff_entries,
    staff_releases,
    staff_tasks,
    withholding_words,
)
from .amounts import (
    currency_sign,
    listing,
    money,
    number,
    percent,
    size,
    whole_money,
)
from .dates import day, days, moment, moment_of_zone, short_day, span, weekday, zone_name
from .remembered import remembered

MODULES = (
    built_words,
    convention_headline,
    convention_rates,
    definitions,
    edition_words,
    errata_words,
    evidence_files,
    find_results,
    form_fields,
    history_changes,
    history_words,
    import_words,
    issued_report_words,
    item_answers,
    item_list,
    item_money,
    item_sentences,
    item_timeline,
    labels,
    led_figures,
    marks,
    mention_words,
    meeting_words,
    office_convention_words,
    office_item_words,
    phrases,
    publication_words,
    role_words,
    mail_words,
    office_task_words,
    security_words,
    roster_words,
    setting_up_words,
    settings_words,
    outside_words,
    shown_edition_words,
    staff_confirmations,
    staff_entries,
    staff_releases,
    staff_tasks,
    withholding_words,
)


def clock_fill(silence: Silence) -> Decimal:
    """What of a silence lies within its limit, in per cent of the clock's bar, which is twice the
    limit.
    """
    return _share(min(silence.quiet_days or 0, silence.limit), silence.limit)


def clock_over(silence: Silence) -> Decimal:
    """What of a silence lies beyond its limit, in per cent of the clock's bar."""
    return _share(min((silence.quiet_days or 0) - silence.limit, silence.limit), silence.limit)


def _share(days_gone: int, limit: int) -> Decimal:
    return (Decimal(50 * days_gone) / max(limit, 1)).quantize(Decimal("0.1"))


def bar_length(share: Decimal) -> Decimal:
    """Of a money bar, in per cent of its place: the edge needs a little of it."""
    return (share * Decimal("0.99")).quantize(Decimal("0.1"))


def register(environment: Environment) -> None:
    """Filters and globals of all templates."""
    environment.filters.update(
        day=day,
        short_day=short_day,
        moment=moment,
        moment_of_zone=moment_of_zone,
        zone_name=zone_name,
        weekday=weekday,
        money=money,
        whole_money=whole_money,
        percent=percent,
        number=number,
        days=days,
        size=size,
        markdown=markdown.markdown,
        plain=markdown.plain,
        bar_length=bar_length,
        listing=listing,
        sentence=phrases.sentence,
        lower_first=phrases.lower,
        upper_first=phrases.upper,
        icon=marks.icon,
    )
    environment.globals.update({module.__name__.rpartition(".")[2]: module for module in MODULES})
    environment.globals.update(
        span=span,
        currency_sign=currency_sign,
        paragraphs=markdown.paragraphs,
        asset=marks.asset,
        remembered=remembered,
        language=lambda: current_locale().language,
        messages=lambda: get_flashed_messages(with_categories=True),
        clock_fill=clock_fill,
        clock_over=clock_over,
    )
