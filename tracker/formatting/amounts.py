"""Money, numbers, lists and sizes as the locale writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from tracker.translation import Language, current_language, current_locale


@lru_cache(4096)
def _money(amount: Decimal, currency: str, whole: bool, where: Language) -> str:
    if not whole:
        return format_currency(amount, currency, locale=where.locale)
    rounded = amount.quantize(Decimal(1), ROUND_HALF_UP)
    return format_currency(
        rounded, currency, locale=where.locale, currency_digits=False, format=_whole(where)
    )


@lru_cache(64)
def _whole(where: Language) -> str:
    """The locale's pattern of money without cents."""
    return str(where.locale.currency_formats["standard"].pattern).replace("0.00", "0")


def money(amount: Decimal, currency: str) -> str:
    """With cents: in ledgers."""
    return _money(amount, currency, False, current_language())


def whole_money(amount: Decimal, currency: str) -> str:
    """Rounded to whole units: in overviews."""
    return _money(amount, currency, True, current_language())


def currency_sign(currency: str) -> str:
    return get_currency_symbol(currency, locale=current_locale())


@lru_cache(1024)
def _number(value: int | Decimal, where: Language) -> str:
    return format_decimal(value, locale=where.locale)


def number(value: int | Decimal) -> str:
    return _number(value, current_language())


def percent(value: Decimal) -> str:
    """With one decimal; `value` is already in per cent."""
    return _percent(value, current_language())


@lru_cache(1024)
def _percent(value: Decimal, where: Language) -> str:
    rounded = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return format_decimal(rounded, "0.0", locale=where.locale) + "%"


def listing(words: list[str] | tuple[str, ...]) -> str:
    """A, B, and C."""
    # Markup would equal, in a cache, the same signs as text.
    if all(type(word) is str for word in words):
        return _listing(tuple(words), current_language())
    return format_list(list(words), locale=current_locale())


@lru_cache(1024)
def _listing(words: tuple[str, ...], where: Language) -> str:
    return format_list(words, locale=where.locale)


def size(count: int) -> str:
    """Of a file, in KB or MB."""
    if count < 1_000_000:
        return f"{number(max(1, round(count / 1000)))}\u00a0KB"
    return f"{number((Decimal(count) / 1_000_000).quantize(Decimal('0.1')))}\u00a0MB"
