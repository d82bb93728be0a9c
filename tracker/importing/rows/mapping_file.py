"""The file of a mapping: read from TOML or JSON, and written as TOML to be edited."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

from tracker.importing.codes import Field, Followed
from tracker.importing.problems import Unreadable
from tracker.importing.tables.columns import Column, Sure
from tracker.importing.values import statuses
from tracker.importing.values.dates import Order
from tracker.rules.codes import Decision, Floor, Kind
from tracker.rules.rosters import name_key
from tracker.translation import gettext as _

from .mapping import SLUG, ListMapping, nearest_words

VOTES = ("for", "against", "abstained")
LARGEST_NUMBER = 100_000  # of a row or a year; a file has fewer of both
_NAMES = tuple(field.name for field in fields(ListMapping) if field.name != "written")
_STATUS_CODES = tuple(
    dict.fromkeys(code.value for codes in (Floor, Followed, Decision) for code in codes)
)


def read(path: Path) -> ListMapping:
    """Raises Unreadable, with the name of what is not understood."""
    is_json = path.suffix.casefold() == ".json"
    try:
        words = path.read_text("utf-8-sig")
        content = json.loads(words) if is_json else tomllib.loads(words)
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
                what="JSON" if is_json else "TOML",
            )
        ) from error
    if not isinstance(content, dict):
        raise Unreadable(
            _("The mapping file %(file)s must hold names with values.", file=path.name)
        )
    return mapping_of(content, path.name)


def mapping_of(content: Mapping[str, object], file: str = "") -> ListMapping:
    """The mapping that names with values say. Raises Unreadable for what is not understood."""
    return _MappingReader(content, file).mapping()


class _MappingReader:
    """The content of one mapping file, checked name by name."""

    def __init__(self, content: Mapping[str, object], file: str) -> None:
        self.content = content
        self.file = file

    def mapping(self) -> ListMapping:
        self._refuse_unknown_names()
        columns = self._columns()
        order = self._one_of("date_order", Order, self._unknown_order)
        votes = self._votes_order()
        kind = self._one_of("kind", Kind, self._unknown_kind)
        year = self._number("year", least=1800)
        header_row = self._number("header_row", least=1)
        floor_action = self._words("floor_action")
        sheet = self._words("sheet")
        encoding = self._words("encoding")
        self._refuse_unknown_action(floor_action)
        return ListMapping(
            columns=columns,
            statuses=self._statuses(),
            units={name_key(words): unit for words, unit in self._table("units").items()},
            conventions=self._conventions(),
            date_order=Order(order) if order else None,
            votes_order=votes,
            floor_action=floor_action,
            kind=kind,
            year=year,
            header_row=header_row,
            sheet=sheet,
            encoding=encoding,
            written=self._as_written(),
        )

    def _refuse_unknown_names(self) -> None:
        for name in self.content:
            if name not in _NAMES:
                raise Unreadable(
                    _(
                        "%(key)r in the mapping file %(file)s is not known: use %(known)s.",
                        key=name,
                        file=self.file,
                        known=", ".join(_NAMES),
                    )
                )

    def _table(self, name: str) -> dict[str, str]:
        """Words with words. A number that stands for words in JSON is a key in words."""
        table = self.content.get(name) or {}
        if not isinstance(table, dict) or not all(
            isinstance(value, str) for value in table.values()
        ):
            raise Unreadable(
                _(
                    "[%(key)s] in the mapping file %(file)s must hold words with words, as in:"
                    ' "NBI #" = "number".',
                    key=name,
                    file=self.file,
                )
            )
        return {str(key): value for key, value in table.items()}

    def _columns(self) -> dict[str, str]:
        known = frozenset(Field)
        columns = self._table("columns")
        for heading, code in columns.items():
            if code not in known:
                raise Unreadable(
                    _(
                        "The column %(heading)r in the mapping file %(file)s is said to be"
                        " %(code)r: use one of %(known)s.",
                        heading=heading,
                        file=self.file,
                        code=code,
                        known=", ".join(sorted(known)),
                    )
                )
        return columns

    def _one_of(
        self, name: str, known: type[StrEnum], refusal: Callable[[], Unreadable]
    ) -> str | None:
        value = self.content.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or value not in frozenset(known):
            raise refusal()
        return value

    def _unknown_order(self) -> Unreadable:
        return Unreadable(
            _(
                "date_order in the mapping file %(file)s must be day_first or month_first.",
                file=self.file,
            )
        )

    def _unknown_kind(self) -> Unreadable:
        return Unreadable(
            _(
                "kind in the mapping file %(file)s must be one of %(known)s.",
                file=self.file,
                known=", ".join(Kind),
            )
        )

    def _votes_order(self) -> tuple[str, ...]:
        """Two or three of the names of votes, each once."""
        votes = self.content.get("votes_order") or ()
        if isinstance(votes, list | tuple) and _is_order_of_votes(votes):
            return tuple(votes)
        raise Unreadable(
            _(
                "votes_order in the mapping file %(file)s must name %(known)s, in the order of the"
                " list.",
                file=self.file,
                known=", ".join(VOTES),
            )
        )

    def _number(self, name: str, least: int) -> int | None:
        if name not in self.content:
            return None
        number = self.content[name]
        # type(), since True and False are instances of int
        if type(number) is int and least <= number < LARGEST_NUMBER:
            return number
        raise Unreadable(
            _(
                "%(key)s in the mapping file %(file)s must be a whole number.",
                key=name,
                file=self.file,
            )
        )

    def _words(self, name: str) -> str | None:
        if name not in self.content:
            return None
        words = self.content[name]
        if isinstance(words, str):
            return words
        raise Unreadable(
            _("%(key)s in the mapping file %(file)s must be words.", key=name, file=self.file)
        )

    def _refuse_unknown_action(self, action: str | None) -> None:
        if action and not statuses.read(action).floor:
            raise Unreadable(
                _(
                    "floor_action in the mapping file %(file)s: %(code)r is no floor action that we"
                    " know%(nearest)s.",
                    file=self.file,
                    code=action,
                    nearest=nearest_words(action, _STATUS_CODES),
                )
            )

    def _statuses(self) -> dict[str, str]:
        """Words to codes that are known; one that is none would leave the cells undecided without
        a word."""
        table = self._table("statuses")
        for words, codes in table.items():
            for code in codes.split("+"):
                if code.strip() and not statuses.is_known(code.strip()):
                    raise self._unknown_status(words, code.strip())
        return {statuses.key_of(words): codes for words, codes in table.items()}

    def _unknown_status(self, words: str, code: str) -> Unreadable:
        return Unreadable(
            _(
                "The words %(words)r in the mapping file %(file)s are said to mean %(code)r, which"
                " is no code%(nearest)s: use %(known)s.",
                words=words,
                file=self.file,
                code=code,
                nearest=nearest_words(code, _STATUS_CODES),
                known=", ".join(_STATUS_CODES),
            )
        )

    def _conventions(self) -> dict[str, str]:
        table = {name_key(words): slug for words, slug in self._table("conventions").items()}
        for slug in table.values():
            if not SLUG.fullmatch(slug):
                raise Unreadable(
                    _(
                        "[conventions] in the mapping file %(file)s: %(slug)r can be no address, as"
                        " 2017 or 2017-special is.",
                        file=self.file,
                        slug=slug,
                    )
                )
        return table

    def _as_written(self) -> dict[str, str]:
        written = {}
        for name, key_of in (
            ("units", name_key),
            ("conventions", name_key),
            ("statuses", statuses.key_of),
        ):
            for words in self._table(name):
                written[key_of(words)] = words
        return written


def _is_order_of_votes(votes: Sequence[object]) -> bool:
    """None, or two or three of them; one alone is no order."""
    return set(votes) <= set(VOTES) and len(set(votes)) == len(votes) and len(votes) != 1


_SURENESS = {Sure.SURE: "sure", Sure.LIKELY: "likely", Sure.CHECK: "please check"}


def to_edit(columns: Sequence[Column], unclear: Sequence[str], date_order_missing: bool) -> str:
    """TOML that says how a list was understood, with what could be added as comments."""
    decides = "where a column does not decide it"
    if date_order_missing:
        decides = "no value of a column decides it: take the first mark of this line away"
    lines = [
        "# How each column was understood. Correct the words on the right, and import again with"
        " --mapping and this file.",
        "# They may be: " + ", ".join(Field) + ".",
        "",
        f'# date_order = "month_first"  # or day_first; {decides}',
        '# floor_action = "adopted"  # where a row says nothing',
        '# kind = "new_business_item"  # where a row says nothing',
        "# year = 2017",
        '# votes_order = ["for", "against", "abstained"]',
        "",
        "[columns]",
        *(_column_line(column) for column in columns if column.heading),
        "",
        "[statuses]  # words of a status that mean one or more codes, joined by +",
        *(f'# {_quoted(words)} = "unknown"' for words in unclear),
        "",
        "[units]  # units as the list writes them, and their names",
        '# "CFR" = "Center for Research"',
        "",
        "[conventions]  # meetings, sheets or days as the list writes them, and their addresses",
        '# "Special Meeting, March 2025" = "2025-special"',
        "",
    ]
    return "\n".join(lines)


def _column_line(column: Column) -> str:
    values = "; ".join(map(_shortened, column.examples)) or "none"
    comment = f"{_SURENESS[column.sure]}; first values: {values}"
    return f"{_quoted(column.heading)} = {_quoted(column.field)}  # {comment}"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def _shortened(words: str) -> str:
    return " ".join(words.split())[:40]
