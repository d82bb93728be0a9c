"""The file by which an office corrects how a list is understood: read from TOML or JSON, and written as TOML to be edited."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.importing.codes import Field, Followed
from tracker.importing.problems import Problem, Severity, Unreadable
from tracker.importing.tables.columns import Column, Sure, letter, plain
from tracker.importing.tables.item_tables import Table
from tracker.importing.values import statuses
from tracker.importing.values.dates import Order
from tracker.importing.values.texts import name_key
from tracker.rules.codes import Decision, Floor, Kind
from tracker.translation import gettext as _

VOTES = ("for", "against", "abstained")
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")  # an address of a convention
_CODES = tuple(dict.fromkeys(each.value for codes in (Floor, Followed, Decision) for each in codes))
_OF_WORDS = frozenset(
    (  # columns of which [statuses] speaks
        Field.STATUS,
        Field.FLOOR_ACTION,
        Field.PROGRESS,
        Field.COMPLETE,
        Field.REFERRAL_DECISION,
    )
)
_KEPT = frozenset((Field.SOURCE, Field.LEFT_OUT, Field.DERIVED))


@dataclass(frozen=True)
class ListMapping:
    """What the office says of a list. Everything may be left out."""

    columns: Mapping[str, str] = field(
        default_factory=dict
    )  # heading, or letter of a column, to a field
    statuses: Mapping[str, str] = field(
        default_factory=dict
    )  # words of a status, case folded, to codes joined by +
    units: Mapping[str, str] = field(
        default_factory=dict
    )  # a unit as the list writes it, case folded, to its name
    conventions: Mapping[str, str] = field(
        default_factory=dict
    )  # a meeting as the list names it, case folded, to its address
    date_order: Order | None = None
    votes_order: tuple[str, ...] = ()
    floor_action: str | None = None  # where a row says none
    kind: str | None = None
    year: int | None = None
    header_row: int | None = None
    sheet: str | None = None
    encoding: str | None = None
    written: Mapping[str, str] = field(
        default_factory=dict
    )  # all words above that are case folded, as the office wrote them

    def unit(self, words: str) -> str:
        """The name of a unit that a list writes so."""
        return self.units.get(name_key(words), words)

    def convention(self, words: str) -> str | None:
        """The address of the meeting that a list names so, where the office says one."""
        return self.conventions.get(name_key(words))


def read(path: Path) -> ListMapping:
    """Raises Unreadable, with the name of what is not understood."""
    try:
        words = path.read_text("utf-8-sig")
        said = json.loads(words) if path.suffix.casefold() == ".json" else tomllib.loads(words)
    except OSError as error:
        raise Unreadable(
            _(
                "The mapping file %(file)s cannot be opened (%(why)s).",
                file=path.name,
                why=error.strerror,
            )
        ) from error
    except (ValueError, UnicodeDecodeError) as error:
        raise Unreadable(
            _(
                "The mapping file %(file)s is no %(what)s: %(why)s.",
                file=path.name,
                why=error,
                what="JSON" if path.suffix.casefold() == ".json" else "TOML",
            )
        ) from error
    if not isinstance(said, dict):
        raise Unreadable(
            _("The mapping file %(file)s must hold names with values.", file=path.name)
        )
    return told(said, path.name)


def told(said: Mapping[str, Any], name: str = "") -> ListMapping:
    known = [key for key in ListMapping.__dataclass_fields__ if key != "written"]
    for key in said:
        if key not in known:
            raise Unreadable(
                _(
                    "%(key)r in the mapping file %(file)s is not known: use %(known)s.",
                    key=key,
                    file=name,
                    known=", ".join(known),
                )
            )
    fields = frozenset(Field)
    for heading, code in _table(said, "columns", name).items():
        if code not in fields:
            raise Unreadable(
                _(
                    "The column %(heading)r in the mapping file %(file)s is said to be %(code)r: use one of %(known)s.",
                    heading=heading,
                    file=name,
                    code=code,
                    known=", ".join(sorted(fields)),
                )
            )
    order = said.get("date_order")
    if order is not None and order not in frozenset(Order):
        raise Unreadable(
            _(
                "date_order in the mapping file %(file)s must be day_first or month_first.",
                file=name,
            )
        )
    votes = said.get("votes_order") or ()
    if (
        not isinstance(votes, list | tuple)
        or not set(votes) <= set(VOTES)
        or len(set(votes)) != len(votes)
        or len(votes) == 1
    ):
        raise Unreadable(
            _(
                "votes_order in the mapping file %(file)s must name %(known)s, in the order of the list.",
                file=name,
                known=", ".join(VOTES),
            )
        )
    kind = said.get("kind")
    if kind is not None and kind not in frozenset(Kind):
        raise Unreadable(
            _(
                "kind in the mapping file %(file)s must be one of %(known)s.",
                file=name,
                known=", ".join(Kind),
            )
        )
    for number, least in (("year", 1800), ("header_row", 1)):
        if number in said and (
            type(said[number]) is not int or not least <= said[number] < 100_000
        ):
            raise Unreadable(
                _(
                    "%(key)s in the mapping file %(file)s must be a whole number.",
                    key=number,
                    file=name,
                )
            )
    for key in ("floor_action", "sheet", "encoding"):
        if not isinstance(said.get(key, ""), str):
            raise Unreadable(
                _("%(key)s in the mapping file %(file)s must be words.", key=key, file=name)
            )
    action = said.get("floor_action")
    if action and not statuses.read(action).floor:
        raise Unreadable(
            _(
                "floor_action in the mapping file %(file)s: %(code)r is no floor action that we know%(nearest)s.",
                file=name,
                code=action,
                nearest=_nearest(action, _CODES),
            )
        )
    return ListMapping(
        {str(key): code for key, code in _table(said, "columns", name).items()},
        _statuses(said, name),
        {name_key(words): unit for words, unit in _table(said, "units", name).items()},
        _conventions(said, name),
        Order(order) if order else None,
        tuple(votes),
        action,
        kind,
        said.get("year"),
        said.get("header_row"),
        said.get("sheet"),
        said.get("encoding"),
        {
            fold(words): words
            for key, fold in (
                ("units", name_key),
                ("conventions", name_key),
                ("statuses", statuses.key_of),
            )
            for words in _table(said, key, name)
        },
    )


def _statuses(said: Mapping[str, Any], name: str) -> dict[str, str]:
    """Words to codes that are known; one that is none would leave the cells undecided without a word."""
    table = _table(said, "statuses", name)
    for words, codes in table.items():
        for code in filter(None, (part.strip() for part in codes.split("+"))):
            if not statuses.is_known(code):
                raise Unreadable(
                    _(
                        "The words %(words)r in the mapping file %(file)s are said to mean %(code)r, which is no code%(nearest)s:"
                        " use %(known)s.",
                        words=words,
                        file=name,
                        code=code,
                        nearest=_nearest(code, _CODES),
                        known=", ".join(_CODES),
                    )
                )
    return {statuses.key_of(words): codes for words, codes in table.items()}


def _nearest(words: str, known: Iterable[str]) -> str:
    """The known words that are nearest to those that fit nothing, as they are written."""
    spelt = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(words.casefold().strip(), list(spelt), 3, 0.6)
    return (
        _("; nearest: %(words)s", words=", ".join(repr(spelt[each]) for each in near))
        if near
        else ""
    )


def _conventions(said: Mapping[str, Any], name: str) -> dict[str, str]:
    table = {name_key(words): slug for words, slug in _table(said, "conventions", name).items()}
    for slug in table.values():
        if not SLUG.fullmatch(slug):
            raise Unreadable(
                _(
                    "[conventions] in the mapping file %(file)s: %(slug)r can be no address, as 2017 or 2017-special is.",
                    file=name,
                    slug=slug,
                )
            )
    return table


def _table(said: Mapping[str, Any], key: str, name: str) -> dict[str, str]:
    table = said.get(key) or {}
    if not isinstance(table, dict) or not all(isinstance(each, str) for each in table.values()):
        raise Unreadable(
            _(
                '[%(key)s] in the mapping file %(file)s must hold words with words, as in: "NBI #" = "number".',
                key=key,
                file=name,
            )
        )
    return table


def to_edit(columns: Sequence[Column], unclear: Sequence[str], date_order_missing: bool) -> str:
    """TOML that says how a list was understood, with what could be added as comments."""
    lines = [
        "# How each column was understood. Correct the words on the right, and import again with --mapping and this file.",
        "# They may be: " + ", ".join(Field) + ".",
        "",
    ]
    decide = (
        "no value of a column decides it: take the first mark of this line away"
        if date_order_missing
        else "where a column does not decide it"
    )
    lines += [
        f'# date_order = "month_first"  # or day_first; {decide}',
        '# floor_action = "adopted"  # where a row says nothing',
        '# kind = "new_business_item"  # where a row says nothing',
        "# year = 2017",
        '# votes_order = ["for", "against", "abstained"]',
        "",
        "[columns]",
    ]
    for column in columns:
        if column.heading:
            sure = {Sure.SURE: "sure", Sure.LIKELY: "likely", Sure.CHECK: "please check"}[
                column.sure
            ]
            values = "; ".join(map(_short, column.examples)) or "none"
            lines.append(
                f"{_quoted(column.heading)} = {_quoted(column.field)}  # {sure}; first values: {values}"
            )
    lines += ["", "[statuses]  # words of a status that mean one or more codes, joined by +"]
    lines += [f'# {_quoted(words)} = "unknown"' for words in unclear]
    lines += [
        "",
        "[units]  # units as the list writes them, and their names",
        '# "CFR" = "Center for Research"',
        "",
        "[conventions]  # meetings, sheets or days as the list writes them, and their addresses",
        '# "Special Meeting, March 2025" = "2025-special"',
        "",
    ]
    return "\n".join(lines)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _short(words: str) -> str:
    return " ".join(words.split())[:40]


def unfitting(told: ListMapping, table: Table, columns: Sequence[Column]) -> list[Problem]:
    """What the mapping says and the file does not have. Raises Unreadable for a heading that was to become a field: without it
    the list would be understood otherwise than the office wants."""
    found = [
        Problem(
            severity=Severity.WARNING,
            what=_(
                "The mapping names the column %(heading)r, which the file does not have%(nearest)s.",
                heading=heading,
                nearest=_nearest(heading, table.headings),
            ),
            to_do=_("Take it out of the mapping file."),
        )
        for heading in _missing_headings(told, table)
    ]
    by_plain = {plain(heading): code for heading, code in told.columns.items()}
    for column in columns:
        code = (
            told.columns.get(column.heading) or by_plain.get(plain(column.heading))
            if column.told
            else None
        )
        if code and code != column.field:
            found.append(
                Problem(
                    severity=Severity.WARNING,
                    what=_(
                        "The column is said to be %(field)s, as another is: it is understood as %(other)s.",
                        field=code.replace("_", " "),
                        other=column.field.replace("_", " "),
                    ),
                    to_do=_("Say for each column another field in the mapping file."),
                    column=column.heading,
                )
            )
    found += _words_that_fit_nothing(told, table, columns)
    units = _cells(
        table, [column for column in columns if column.field in (Field.LEAD, Field.REFERRED_TO)]
    )
    for unit in told.units:
        if unit not in units and (near := difflib.get_close_matches(unit, list(units), 1, 0.8)):
            found.append(
                Problem(
                    severity=Severity.WARNING,
                    what=_(
                        "[units] in the mapping file: %(words)r fits no cell; nearest: %(near)r.",
                        words=told.written[unit],
                        near=units[near[0]],
                    ),
                    to_do=_("Correct it in the mapping file."),
                )
            )
    meetings = {
        name_key(words)
        for row in table.rows
        for words in (*row.cells, row.sheet, row.meeting or "")
    }
    for words in told.conventions:
        if words not in meetings:
            near = [each for each in meetings if 2 < len(each) < 100]
            found.append(
                Problem(
                    severity=Severity.WARNING,
                    what=_(
                        "[conventions] in the mapping file: %(words)r fits no cell and no sheet%(nearest)s.",
                        words=told.written[words],
                        nearest=_nearest(words, near),
                    ),
                    to_do=_("Correct it in the mapping file."),
                )
            )
    return found


def _missing_headings(told: ListMapping, table: Table) -> list[str]:
    known = {
        *table.headings,
        *map(plain, table.headings),
        *(letter(place) for place in range(len(table.headings))),
    }
    missing = [
        heading for heading in told.columns if heading not in known and plain(heading) not in known
    ]
    wanted = [heading for heading in missing if Field(told.columns[heading]) not in _KEPT]
    if wanted:
        raise Unreadable(
            _(
                "The mapping names the column %(heading)r, which the file does not have%(nearest)s. It has: %(known)s.",
                heading=wanted[0],
                nearest=_nearest(wanted[0], table.headings),
                known=", ".join(map(repr, table.headings)),
            )
        )
    return missing


def _words_that_fit_nothing(
    told: ListMapping, table: Table, columns: Sequence[Column]
) -> list[Problem]:
    """Words of [statuses] that no cell of a column of statuses has."""
    own = {
        statuses.key_of(cell): cell
        for cell in _cells(
            table, [column for column in columns if column.field in _OF_WORDS]
        ).values()
    }
    found = []
    for words in told.statuses:
        if words in own:
            continue
        other = next(
            (
                column
                for column in columns
                if column.field not in _OF_WORDS
                and any(statuses.key_of(cell) == words for cell in _cells(table, [column]).values())
            ),
            None,
        )
        if other:
            found.append(
                Problem(
                    severity=Severity.WARNING,
                    what=_(
                        "[statuses] in the mapping file: %(words)r stands only in the column %(heading)r, which is understood as"
                        " %(field)s.",
                        words=told.written[words],
                        heading=other.heading,
                        field=other.field.replace("_", " "),
                    ),
                    to_do=_("Say under [columns] that it is a status."),
                )
            )
        else:
            found.append(
                Problem(
                    severity=Severity.WARNING,
                    what=_(
                        "[statuses] in the mapping file: %(words)r fits no cell%(nearest)s.",
                        words=told.written[words],
                        nearest=_nearest(words, own.values()),
                    ),
                    to_do=_("Correct it in the mapping file."),
                )
            )
    return found


def _cells(table: Table, columns: Sequence[Column]) -> dict[str, str]:
    """The values of columns, by their plain words."""
    return {
        name_key(row.cells[column.place]): row.cells[column.place]
        for column in columns
        for row in table.rows
        if column.place < len(row.cells) and row.cells[column.place]
    }
