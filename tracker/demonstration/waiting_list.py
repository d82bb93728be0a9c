"""A list that the office has sent and not decided on: the old convention's minutes were found, and
somebody typed what they say. It is read as the worker would read it; nothing of it is on record.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from tracker.acts import import_previews, items, own_words
from tracker.acts.act_context import ActContext
from tracker.acts.own_words import WordSaid
from tracker.config import Settings
from tracker.importing.codes import Field
from tracker.importing.planning.own_words import key_of
from tracker.importing.planning.preview import no_progress
from tracker.importing.reviewing import choices, reading
from tracker.importing.reviewing.choices import Choices
from tracker.record.conventions import Convention
from tracker.record.import_previews import WordOf
from tracker.record.items import Item

from .old_list import ROWS, OldListRow

FILE = "lakeside-minutes.csv"
RETITLED = "11", "Parking for delegates at the convention"  # by hand, after the list was printed
MEETING = "Mtg"  # of a column: what the office has said that it means
HEADINGS = ("No.", "Title", "Text", "Moved by", "Disposition", MEETING, "Cost")
_AS_PRINTED = {row.number: row for row in ROWS}
_TYPED = (
    replace(_AS_PRINTED["1"], title="Lunch programs in the summer months"),
    replace(_AS_PRINTED["4"], cost="Additional $1,000 to $2,000", cut_off=False),
    replace(_AS_PRINTED["7"], remarks="Adopted"),
    OldListRow(
        number="6",
        title="Ramps at every polling place",
        text="The Federation shall ask counties for ramps where members vote.",
        delegation="Vermont",
        action=None,
        cost="Additional $1,200",
        amount=None,
        remarks="Adopted",
    ),
    OldListRow(
        number="9",
        title="Repair cafés in school workshops",
        text="The Federation shall lend tools to locals that open a workshop for repairs.",
        delegation="Oregon",
        action=None,
        cost=None,
        amount=None,
        remarks="Sent over",
    ),
    OldListRow(
        number="8",
        title="Pen pals in other countries",
        text="The Federation shall find pen pals for members in other countries.",
        delegation="Iowa",
        action=None,
        cost=None,
        amount=None,
        remarks="Adopted",
    ),
)


def retitle(context: ActContext, item: Item) -> None:
    """The office calls an item otherwise than the list does, which then does not win by itself."""
    number, title = RETITLED
    items.add_version(context, item, items.NewVersion(words=_AS_PRINTED[number].text, title=title))


def send(context: ActContext, convention: Convention, settings: Settings) -> None:
    meeting = WordSaid(
        of=WordOf.HEADING,
        key=key_of(WordOf.HEADING, MEETING),
        words=MEETING,
        meaning=Field.FLOOR_DATE,
    )
    own_words.add(context, meeting)
    preview = import_previews.upload(context, settings.uploads, FILE, _as_file())
    preview.choices = choices.as_json(Choices(convention=convention.slug))
    made = reading.look(context.session, preview, _as_file(), context.today, no_progress)
    reading.store(context.session, preview, *made)


def _as_file() -> bytes:
    typed = {row.number: row for row in _TYPED[:3]}
    rows = [typed.get(row.number, row) for row in ROWS] + list(_TYPED[3:])
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(HEADINGS)
    for row in rows:
        met = "6/7" if row.number in ("6", "9") else ""
        action = row.action.value.replace("_", " ") if row.action else row.remarks
        table.writerow(
            (row.number, row.title, row.text, row.delegation, action, met, row.cost or "")
        )
    return out.getvalue().encode()
