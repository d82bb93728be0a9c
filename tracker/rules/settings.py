"""A body's settings: their names, what they are unless the body says otherwise, and how what is
stored is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo, available_timezones

from .body_mark import BodyMark, is_mark, read_mark
from .report_issue import is_prefix

YES, NO = "yes", "no"
DEFAULTS = {
    "name": "",
    "time_zone": "UTC",
    "currency": "USD",
    "pages": "closed",
    "silence_days": "90",
    "variance_percent": "10",
    "leads_release": NO,
    "show_names": NO,
    "second_factor": NO,
    "sign_off": NO,
    "report_prefix": "",
    "made_up": NO,
    "language": "en",
    "mark": "",
}

LANGUAGES = {
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "sv": "swedish",
}
"""In which the words of a body may be (ISO 639-1), and Snowball's name of each: by it they are cut
to their stems where they are found."""

OF_TODAY = ("pages", "show_names", "mark")
"""Who may read, whether people are named, the mark: judged by today, whatever day is asked for."""


@dataclass(frozen=True, kw_only=True)
class BodySettings:
    """A setting takes effect on the day on which it is recorded, and never re-judges earlier dates;
    but for those of `OF_TODAY`.
    """

    name: str
    zone: ZoneInfo
    currency: str  # ISO 4217
    open: bool  # whether anybody may read the pages; else readers and those with a role
    silence_days: int
    variance_percent: Decimal
    leads_release: bool
    show_names: bool
    second_factor: bool  # whether administrators and governance need one
    sign_off: bool  # whether editions and issued reports need a second person of governance
    report_prefix: str  # of the numbers of its reports; empty: its slug in capitals
    made_up: bool  # a demonstration: said on every page
    language: str  # of its items' words: a code of `LANGUAGES`
    mark: BodyMark | None


LONGEST_VALUE = 200  # characters


def normalized(name: str, written: str) -> str:
    """What a person wrote, as it is stored: "usd" is USD, "12,5" is 12.5."""
    value = written.strip()
    match name:
        case "currency" | "report_prefix":
            return value.upper()
        case "variance_percent":
            return value.removesuffix("%").strip().replace(",", ".")
    return value


def sound(name: str, value: str) -> bool:
    """Whether the setting can have this value: what is stored once must always be readable."""
    if len(value) > LONGEST_VALUE:
        return False
    match name:
        case "name":
            return bool(value.strip())
        case "time_zone":
            return value in available_timezones()
        case "currency":
            return len(value) == 3 and value.isascii() and value.isalpha() and value.isupper()
        case "pages":
            return value in ("open", "closed")
        case "silence_days":
            return value.isascii() and value.isdigit() and 0 < int(value) < 10_000
        case "variance_percent":
            return value.isascii() and value.replace(".", "", 1).isdigit()
        case "leads_release" | "show_names" | "second_factor" | "sign_off" | "made_up":
            return value in (YES, NO)
        case "report_prefix":
            return not value or is_prefix(value)
        case "language":
            return value in LANGUAGES
        case "mark":
            return is_mark(value)
    return False


def read(stored: Mapping[str, str]) -> BodySettings:
    values = DEFAULTS | dict(stored)
    return BodySettings(
        name=values["name"],
        zone=ZoneInfo(values["time_zone"]),
        currency=values["currency"],
        open=values["pages"] == "open",
        silence_days=int(values["silence_days"]),
        variance_percent=Decimal(values["variance_percent"]),
        leads_release=values["leads_release"] == YES,
        show_names=values["show_names"] == YES,
        second_factor=values["second_factor"] == YES,
        sign_off=values["sign_off"] == YES,
        report_prefix=values["report_prefix"],
        made_up=values["made_up"] == YES,
        language=values["language"],
        mark=read_mark(values["mark"]),
    )
