"""Fields that WTForms does not have: a day and an amount, as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import NumberFormatError, parse_decimal
from flask_babel.speaklater import LazyString
from wtforms import Field, StringField
from wtforms.fields import DateField
from wtforms.form import BaseForm
from wtforms.validators import Optional, StopValidation

from tracker.translation import current_locale
from tracker.translation import lazy_gettext as _l

LARGEST_AMOUNT = Decimal("999999999999.99")
CENT = Decimal("0.01")
EARLIEST_YEAR = 1900
DAY_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y")


class DayField(DateField):
    """A day, as the calendar of a browser or a person writes it."""

    def __init__(self, label: LazyString | None = None, **options: Any) -> None:
        super().__init__(label, [Optional()], format=list(DAY_FORMATS), **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].replace("\u00a0", " ").strip() if valuelist else ""
        try:
            super().process_formdata([text] if text else [])
        except ValueError:
            raise ValueError(
                _l("This is no date. Write it as year, month and day: 2025-03-31")
            ) from None

    def pre_validate(self, form: BaseForm) -> None:
        if self.data is not None and self.data.year < EARLIEST_YEAR:
            raise StopValidation(str(_l("The year of this date cannot be right")))


class AmountField(StringField):
    """Money in the body's currency, as people write it in their language.

    `amount` is the exact value once the field is validated; None where nothing was written.
    """

    amount: Decimal | None = None

    def pre_validate(self, form: BaseForm) -> None:
        if not text_of(self):
            return
        figures = "".join(sign for sign in self.data or "" if sign.isdigit() or sign in ".,-'’")
        try:
            amount = parse_decimal(figures, locale=current_locale(), strict=True)
        except (NumberFormatError, InvalidOperation):
            raise StopValidation(
                str(_l("This is no amount. Write it in figures, like 1,250.00"))
            ) from None
        if abs(amount) > LARGEST_AMOUNT or amount != amount.quantize(CENT):
            raise StopValidation(
                str(_l("An amount has at most two decimals, and twelve figures before them"))
            )
        self.amount = amount.quantize(CENT)


def text_of(field: Field) -> str:
    """What was written in a field of text, without the space around it; empty where nothing was."""
    return (field.data or "").strip()


def add_error(field: Field, sentence: str | LazyString) -> None:
    """Says at the field, once, what is to be mended."""
    text = str(sentence)
    if text not in field.errors:
        field.errors = [*field.errors, text]


def choice_of(field: Field, codes: Sequence[str]) -> str | None:
    """The code that was chosen; None where nothing was, or something that was not offered."""
    return field.data if field.data in codes else None


def is_web_address(text: str) -> bool:
    """Whether it is an address of the web with a host: what a link may lead to."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
