"""What only the report says of items: in its tables, and of one item."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.formatting import (
    evidence_files,
    item_sentences,
    labels,
    listing,
    number,
    phrases,
)
from tracker.reading.convention import ItemListRow
from tracker.reading.item_models import ItemPage
from tracker.reading.models import EvidenceDetails
from tracker.reports.models import CollectedReport, Report
from tracker.rules.codes import Floor, Verdict
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import kind_wording

CHECKSUM_GROUPS = ((0, 4), (4, 8), (60, 64))
"""The digits of a SHA-256 that are printed: enough to compare by eye. All are on the page."""

LONGEST_RUNNING_NAME = 48
"""Characters that fit beside the other words at the top of a page."""


def contents_name(item: ItemPage) -> str:
    """An item in the contents and in the bookmarks."""
    return f"{item.number}. {item.title}" if item.number else item.title


def anchor(report: CollectedReport, item: ItemPage | ItemListRow, slug: str = "") -> str:
    """What leads to the section of an item. `slug`: of the convention of a row."""
    if len(report.conventions) == 1:
        return item.code
    return f"{item.convention.slug if isinstance(item, ItemPage) else slug}-{item.code}"


def running_name(item: ItemPage) -> str:
    """What stands at the top of the pages of an item."""
    name = f"{item_name(item)}: {item.title}"
    return name if len(name) <= LONGEST_RUNNING_NAME else f"{name[:LONGEST_RUNNING_NAME]}…"


# --- rows of the items ---


def by_kind(rows: Sequence[ItemListRow]) -> list[tuple[str, list[ItemListRow]]]:
    """The rows of each kind, the kinds in the order in which the list first has them."""
    rows_of: dict[str, list[ItemListRow]] = {}
    for row in rows:
        rows_of.setdefault(row.kind, []).append(row)
    return [(labels.kinds(kind), kind_rows) for kind, kind_rows in rows_of.items()]


def who_has_it(row: ItemListRow) -> str:
    """The lead of an item, else the body to which it was referred."""
    if row.lead:
        return row.lead
    if row.group in ("referred", "accepted"):
        return phrases.referred_to(row.referred_to)
    return phrases.nobody_on_record() if row.due else ""


def changed(row: ItemListRow) -> str:
    """The answer to "What changed?", in a table."""
    if row.change is None:
        if row.verdict is Verdict.NOT_TRACKED:
            return _("not kept")
        if row.verdict in (Verdict.DECISION_NOT_KNOWN, Verdict.NOT_DECIDED):
            return phrases.not_known()
        return _("not due")
    text = labels.change(row.change)
    if row.change_words:
        return _("%(change)s: %(what)s", change=text, what=row.change_words)
    return text


def all_items(report: Report) -> str:
    if report.selection:
        return kind_wording.selection(report)
    return ngettext(
        "The one item on record.",
        "All %(count)s items, in the order of their numbers.",
        len(report.page.rows),
        count=number(len(report.page.rows)),
    )


# --- one item ---


def item_name(item: ItemPage | ItemListRow) -> str:
    return phrases.item_name(item.kind, item.number)


def brought(item: ItemPage) -> str:
    """Moved by the Ohio council. Adopted as amended on 13 June 2023. For 212; against 31."""
    parts = []
    if item.delegations:
        parts.append(_("Moved by %(delegations)s.", delegations=listing(item.delegations)))
    for line in item.floor_in_force:
        action = item_sentences.floor_line(line, dated=True)
        if not line.on:
            action = _("%(action)s; the day is not known", action=action)
        parts.append(phrases.sentence(action))
        parts.append(item_sentences.vote_line(line))
    text = " ".join(part for part in parts if part)
    return text or phrases.sentence(labels.floor(Floor.UNKNOWN))


def evidence(details: EvidenceDetails) -> str:
    """Guide, PDF, 1.9 MB."""
    if details.path is None:
        return _("%(label)s, as recorded", label=details.label)
    return ", ".join(
        part for part in (details.label, evidence_files.kind_and_size(details)) if part
    )


def checksum(details: EvidenceDetails) -> str:
    """Enough of the checksum of a file to compare it by eye."""
    if not details.sha256:
        return ""
    first, second, last = (details.sha256[start:end] for start, end in CHECKSUM_GROUPS)
    return _("checksum %(first)s %(second)s … %(last)s", first=first, second=second, last=last)


def with_full_stop(text: str) -> str:
    """The text as it was written, with a full stop where it ends without a mark."""
    if text.rstrip().endswith((".", "!", "?", "…", "”")):
        return text
    return f"{text.rstrip()}."


def rest_of_text(characters: int) -> str:
    """What follows where the report prints the beginning of a very long text."""
    return ngettext(
        "%(count)s more character is on the item’s page.",
        "%(count)s more characters are on the item’s page.",
        characters,
        count=number(characters),
    )


def rest_of_record(lines: int) -> str:
    """What follows where the report prints the newest lines of a very long record."""
    return ngettext(
        "%(count)s earlier line is on the item’s page.",
        "%(count)s earlier lines are on the item’s page.",
        lines,
        count=number(lines),
    )
