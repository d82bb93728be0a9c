"""Text and title of a row's item, and what else stands in the cell of the text."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.importing.codes import Field
from tracker.importing.values import texts
from tracker.importing.vocabulary.status_words import YES
from tracker.translation import gettext as _

from .cells import Cells

LONGEST_TITLE = 500  # characters; what is longer is the text


@dataclass(frozen=True, kw_only=True)
class RowText:
    """`status` stood at the head of the text; `truncated` is what a column says of the text."""

    title: str | None
    text: str | None
    status: str | None = None
    truncated: bool | None = None
    seems_cut_off: bool = False


def row_text(cells: Cells, title_beside_number: str | None) -> RowText:
    title = cells.words(Field.TITLE)
    text = cells.words(Field.TEXT)
    if title is None and title_beside_number:
        title = title_beside_number
    if cells.reading.is_export:
        truncated = cells[Field.TEXT_TRUNCATED] in YES if text else None
        return RowText(title=title, text=text, truncated=truncated)

    if title and len(title) > LONGEST_TITLE:
        text, title = (text or title), None
    status = None
    if text:
        status, without_status = texts.status_before(text)
        if status:
            text = without_status or None
            cells.warn(
                Field.TEXT,
                _("The text begins with %(status)r: taken as what the floor did.", status=status),
                keep=False,
            )
    cell = cells[Field.TEXT_TRUNCATED].casefold().strip()
    return RowText(
        title=title,
        text=text,
        status=status,
        truncated=cell in YES if text and cell else None,
        seems_cut_off=bool(text and not cell and _is_cut_off(cells, text)),
    )


def _is_cut_off(cells: Cells, text: str) -> bool:
    if not texts.is_cut_off(text):
        return False
    cells.warn(
        Field.TEXT,
        _(
            "The text ends in the middle: %(end)r. It is shown as cut off.",
            end="…" + text[-40:],
        ),
        _("Give the whole text, or say no in a column text_truncated."),
        keep=False,
    )
    return True
