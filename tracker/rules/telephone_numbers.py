"""Telephone numbers in running words.

Which digits are a number, in which groups, is known by `phonenumbers`. A number with a + is found
whatever its country; one without is found as the body's own country writes it, or after a word
such as "tel." in any way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from babel.core import get_global
from phonenumbers import SUPPORTED_REGIONS, Leniency, PhoneNumberMatcher

DEFAULT_REGION = "US"  # of a time zone without a country, such as UTC

_TRIES = 1_000  # other figures in one text before the library looks no further
_GAP = r"[ \u00a0\u202f./-]?"
_CALLED = re.compile(
    r"\b(?:tel|telephone|phone|mobile|cell|fax|call|text|whatsapp|telefono|teléfono|téléphone|"
    r"telefon|mobil|handy)\b[.: ]{0,3}(?:(?:no|at|on|number)\b[.: ]{0,2})?"
    rf"(\d(?:{_GAP}\d){{5,11}})",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}")
_BEFORE_AN_AMOUNT = re.compile(r"(?:[$€£¥]|\b[A-Z]{3})[ \u00a0]?$|[\d.,+/-]$|[\w#]-?$")
_AFTER_AN_AMOUNT = re.compile(r"^(?:[\d%€£]|[.,/-]\d|-?\w)")


def region_of(zone: ZoneInfo) -> str:
    """The country of a time zone, by its code of two letters."""
    name = get_global("zone_aliases").get(zone.key, zone.key)
    region = get_global("zone_territories").get(name)
    return region if region in SUPPORTED_REGIONS else DEFAULT_REGION


def telephone_numbers(text: str, region: str) -> Iterator[str]:
    """As they are written, some twice; not amounts, days, numbers of items or addresses of
    pages.
    """
    for called in _CALLED.finditer(text):
        if not _DATE.fullmatch(called[1]):
            yield called[1]
    for country, leniency in ((None, Leniency.VALID), (region, Leniency.STRICT_GROUPING)):
        for match in PhoneNumberMatcher(text, country, leniency, max_tries=_TRIES):
            before, after = text[max(match.start - 6, 0) : match.start], text[match.end :][:2]
            if (
                not match.raw_string.isdigit()  # without any group it may number anything
                and not _DATE.fullmatch(match.raw_string)
                and not _BEFORE_AN_AMOUNT.search(before)
                and not _AFTER_AN_AMOUNT.search(after)
            ):
                yield match.raw_string
