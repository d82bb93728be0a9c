"""The file by which an office corrects how a list is understood: read from TOML or JSON, and written as TOML to be edited."""
from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from tracker.rules.codes import Kind

from .columns import Column, Sure
from .dates import Order
from .heading_words import Field
from .problems import Unreadable

VOTES = ("for", "against", "abstained")
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")  # an address of a convention


@dataclass(frozen=True)
class Told:
    """What the office says of a list. Everything may be left out."""

    columns: Mapping[str, str] = field(default_factory=dict)  # heading, or letter of a column, to a field
    statuses: Mapping[str, str] = field(default_factory=dict)  # words of a status, case folded, to codes joined by +
    units: Mapping[str, str] = field(default_factory=dict)  # a unit as the list writes it, case folded, to its name
    conventions: Mapping[str, str] = field(default_factory=dict)  # a meeting as the list names it, case folded, to its address
    date_order: Order | None = None
    votes_order: tuple[str, ...] = ()
    floor_action: str | None = None  # where a row says none
    kind: str | None = None
    year: int | None = None
    header_row: int | None = None
    sheet: str | None = None
    encoding: str | None = None


def read(path: Path) -> Told:
    """Raises Unreadable, with the name of what is not understood."""
    try:
        words = path.read_text("utf-8-sig")
        said = json.loads(words) if path.suffix.casefold() == ".json" else tomllib.loads(words)
    except OSError as error:
        raise Unreadable(_("The mapping file %(file)s cannot be opened (%(why)s).", file=path.name, why=error.strerror)) from error
    except (ValueError, UnicodeDecodeError) as error:
        raise Unreadable(_("The mapping file %(file)s is no %(what)s: %(why)s.", file=path.name, why=error,
                           what="JSON" if path.suffix.casefold() == ".json" else "TOML")) from error
    if not isinstance(said, dict):
        raise Unreadable(_("The mapping file %(file)s must hold names with values.", file=path.name))
    return told(said, path.name)


def told(said: Mapping[str, Any], name: str = "") -> Told:
    known = Told.__dataclass_fields__
    for key in said:
        if key not in known:
            raise Unreadable(_("%(key)r in the mapping file %(file)s is not known: use %(known)s.", key=key, file=name, known=", ".join(known)))
    fields = frozenset(Field)
    for heading, code in _table(said, "columns", name).items():
        if code not in fields:
            raise Unreadable(_("The column %(heading)r in the mapping file %(file)s is said to be %(code)r: use one of %(known)s.",
                               heading=heading, file=name, code=code, known=", ".join(sorted(fields))))
    order = said.get("date_order")
    if order is not None and order not in frozenset(Order):
        raise Unreadable(_("date_order in the mapping file %(file)s must be day_first or month_first.", file=name))
    votes = tuple(said.get("votes_order") or ())
    if not set(votes) <= set(VOTES):
        raise Unreadable(_("votes_order in the mapping file %(file)s must name %(known)s, in the order of the list.",
                           file=name, known=", ".join(VOTES)))
    kind = said.get("kind")
    if kind is not None and kind not in frozenset(Kind):
        raise Unreadable(_("kind in the mapping file %(file)s must be one of %(known)s.", file=name, known=", ".join(Kind)))
    for number in ("year", "header_row"):
        if not isinstance(said.get(number, 0), int):
            raise Unreadable(_("%(key)s in the mapping file %(file)s must be a whole number.", key=number, file=name))
    return Told({str(key): code for key, code in _table(said, "columns", name).items()},
                {key.casefold(): code for key, code in _table(said, "statuses", name).items()},
                {key.casefold(): unit for key, unit in _table(said, "units", name).items()},
                _conventions(said, name), Order(order) if order else None, votes, said.get("floor_action"), kind,
                said.get("year"), said.get("header_row"),
                said.get("sheet"), said.get("encoding"))


def _conventions(said: Mapping[str, Any], name: str) -> dict[str, str]:
    table = {" ".join(words.split()).casefold(): slug for words, slug in _table(said, "conventions", name).items()}
    for slug in table.values():
        if not SLUG.fullmatch(slug):
            raise Unreadable(_("[conventions] in the mapping file %(file)s: %(slug)r can be no address, as 2017 or 2017-special is.",
                               file=name, slug=slug))
    return table


def _table(said: Mapping[str, Any], key: str, name: str) -> dict[str, str]:
    table = said.get(key) or {}
    if not isinstance(table, dict) or not all(isinstance(each, str) for each in table.values()):
        raise Unreadable(_("[%(key)s] in the mapping file %(file)s must hold words with words, as in: \"NBI #\" = \"number\".", key=key, file=name))
    return table


def to_edit(columns: Sequence[Column], unclear: Sequence[str], date_order_missing: bool) -> str:
    """TOML that says how a list was understood, with what could be added as comments."""
    lines = ["# How each column was understood. Correct the words on the right, and import again with --mapping and this file.",
             "# They may be: " + ", ".join(Field) + ".", ""]
    decide = "no value of a column decides it: take the first mark of this line away" if date_order_missing else "where a column does not decide it"
    lines += [f'# date_order = "month_first"  # or day_first; {decide}',
              '# floor_action = "adopted"  # where a row says nothing', '# kind = "new_business_item"  # where a row says nothing', '# year = 2017',
              '# votes_order = ["for", "against", "abstained"]', "", "[columns]"]
    for column in columns:
        if column.heading:
            sure = {Sure.SURE: "sure", Sure.LIKELY: "likely", Sure.CHECK: "please check"}[column.sure]
            values = "; ".join(map(_short, column.examples)) or "none"
            lines.append(f"{_quoted(column.heading)} = {_quoted(column.field)}  # {sure}; first values: {values}")
    lines += ["", "[statuses]  # words of a status that mean one or more codes, joined by +"]
    lines += [f"# {_quoted(words)} = \"unknown\"" for words in unclear]
    lines += ["", "[units]  # units as the list writes them, and their names", '# "CFR" = "Center for Research"', "",
              "[conventions]  # meetings, sheets or days as the list writes them, and their addresses",
              '# "Special Meeting, March 2025" = "2025-special"', ""]
    return "\n".join(lines)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _short(words: str) -> str:
    return " ".join(words.split())[:40]
