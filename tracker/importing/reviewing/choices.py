"""What the office says on the page of a list: how it is understood, where its rows go, what is left
out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.importing.planning.options import ImportOptions, RowField, RowPlace
from tracker.importing.rows import mapping_file
from tracker.importing.rows.mapping import ListMapping

OF_THE_MAPPING = ("columns", "statuses", "date_order", "kind")
"""What is kept for the next list with the same headings."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """The names are those of the mapping file and of the command's options.

    `knows_shape`: it was looked whether a mapping is kept for a list with these headings.
    """

    convention: str | None = None
    create: bool = True
    release: bool = False
    updates_on: date | None = None
    kept_from: date | None = None
    opened: date | None = None
    closed_on: date | None = None
    sheet: str | None = None
    date_order: str | None = None
    kind: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[RowPlace] = frozenset()
    file_wins: frozenset[RowField] = frozenset()
    cells: Mapping[RowPlace, Mapping[str, str]] = field(default_factory=dict)
    knows_shape: bool = False

    def mapping(self) -> ListMapping:
        """Raises Unreadable for what is not understood."""
        content: dict[str, object] = dict(self.kept())
        if self.sheet:
            content["sheet"] = self.sheet
        return mapping_file.mapping_of(content)

    def kept(self) -> dict[str, object]:
        """What holds for the next list of this shape too; empty where nothing was said."""
        values = {name: getattr(self, name) for name in OF_THE_MAPPING}
        return {
            name: dict(value) if isinstance(value, Mapping) else value
            for name, value in values.items()
            if value
        }

    def with_kept(self, mapping: str) -> Choices:
        """With the mapping that was kept, as JSON, for what is not said yet."""
        kept = json.loads(mapping)
        return replace(
            self,
            columns={**kept.get("columns", {}), **self.columns},
            statuses={**kept.get("statuses", {}), **self.statuses},
            date_order=self.date_order or kept.get("date_order"),
            kind=self.kind or kept.get("kind"),
        )

    def options(self, body: str) -> ImportOptions:
        return ImportOptions(
            body=body,
            convention=self.convention,
            create=self.create,
            opened=self.opened,
            closed_on=self.closed_on,
            kept_from=self.kept_from,
            updates_on=self.updates_on,
            left_out=self.left_out,
            file_wins=self.file_wins,
            cells=self.cells,
        )

    def need_reading_after(self, before: Choices) -> bool:
        """Whether the file has to be read again; not for rows that are left out only."""
        return _as_read(self) != _as_read(before)


def _as_read(choices: Choices) -> Choices:
    return replace(choices, left_out=frozenset(), release=False)


_DAYS = ("updates_on", "kept_from", "opened", "closed_on")
_PLAIN = ("convention", "create", "release", "sheet", "date_order", "kind", "knows_shape")


def as_json(choices: Choices) -> str:
    content: dict[str, object] = {name: getattr(choices, name) for name in _PLAIN}
    for name in _DAYS:
        day: date | None = getattr(choices, name)
        content[name] = day.isoformat() if day else None
    content["columns"] = dict(choices.columns)
    content["statuses"] = dict(choices.statuses)
    content["left_out"] = sorted(choices.left_out)
    content["file_wins"] = sorted(choices.file_wins)
    content["cells"] = [
        [sheet, number, dict(cells)] for (sheet, number), cells in choices.cells.items()
    ]
    return json.dumps(content, ensure_ascii=False)


def from_json(words: str) -> Choices:
    content = json.loads(words)
    for name in _DAYS:
        content[name] = date.fromisoformat(content[name]) if content.get(name) else None
    content["left_out"] = frozenset(
        (str(sheet), int(number)) for sheet, number in content.get("left_out", ())
    )
    content["file_wins"] = frozenset(
        (str(sheet), int(number), str(name)) for sheet, number, name in content.get("file_wins", ())
    )
    content["cells"] = {
        (str(sheet), int(number)): cells for sheet, number, cells in content.get("cells", ())
    }
    return Choices(**content)


def key_of(place: RowPlace) -> str:
    """A row, as forms name it: its number, and its sheet where there are several."""
    sheet, number = place
    return f"{number} {sheet}".strip()


def place_of(key: str) -> RowPlace | None:
    """None where the words name no row."""
    number, _space, sheet = key.partition(" ")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return sheet, int(number)
