"""How things are said: money, dates and numbers by locale, codes as words, reasons as sentences. Nothing here reads the record.

`register` gives all of it to the templates: filters day, short_day, weekday, money, whole_money, percent, number, days, size, markdown, plain, icon;
globals words (codes), say (sentences of an item), moments (the record's lines), heads (a convention's sentences), marks (signs and dates), asset,
language, messages, remembered (a macro that prints once what it is asked for again).
"""

from __future__ import annotations

from decimal import Decimal

from flask import Flask, get_flashed_messages

from tracker.reading.item_models import Silence

from . import catalog, fields, headlines, markdown, marks, moments, sentences, words
from .amounts import (
    currency_sign,
    day,
    days,
    listing,
    money,
    number,
    percent,
    short_day,
    size,
    span,
    weekday,
    whole_money,
)
from .catalog import locale
from .remembered import remembered

__all__ = [
    "currency_sign",
    "day",
    "days",
    "listing",
    "money",
    "number",
    "percent",
    "register",
    "short_day",
    "size",
    "span",
    "weekday",
    "whole_money",
]


def clock_fill(silence: Silence) -> Decimal:
    """The clock's bar is twice the limit: what is within it, in per cent."""
    return _share(min(silence.days or 0, silence.limit), silence.limit)


def clock_over(silence: Silence) -> Decimal:
    return _share(min((silence.days or 0) - silence.limit, silence.limit), silence.limit)


def _share(days_gone: int, limit: int) -> Decimal:
    return (Decimal(50 * days_gone) / max(limit, 1)).quantize(Decimal("0.1"))


def bar_length(share: Decimal) -> Decimal:
    """Of a money bar, in per cent of its place: the edge needs a little of it."""
    return (share * Decimal("0.99")).quantize(Decimal("0.1"))


def register(app: Flask) -> None:
    """Filters and globals of all templates."""
    catalog.install(app)
    app.jinja_env.filters.update(
        day=day,
        short_day=short_day,
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
        sentence=sentences.sentence,
        lower_first=sentences.lower,
        icon=marks.icon,
    )
    app.jinja_env.globals.update(
        words=words,
        say=sentences,
        moments=moments,
        heads=headlines,
        span=span,
        currency_sign=currency_sign,
        paragraphs=markdown.paragraphs,
        say_file=moments.file_kind,
        asset=marks.asset,
        marks=marks,
        remembered=remembered,
        language=lambda: locale().language,
        messages=lambda: get_flashed_messages(with_categories=True),
        clock_fill=clock_fill,
        clock_over=clock_over,
        form_errors=fields.form_errors,
        field_errors=fields.field_errors,
        field_class=fields.field_class,
        described=fields.described,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
