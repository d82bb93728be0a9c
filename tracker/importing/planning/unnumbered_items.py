"""Items without a number: which of those on record a row means, or the place that it gets."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Mapping

from tracker.importing.rows.imported_row import ImportedRow
from tracker.rules import item_code
from tracker.rules.rosters import name_key

from .models import ItemKey
from .on_record import RecordedItem

_COMPARED = 200  # characters of a title that are compared for a near match
_NEAR = 0.85  # of difflib's ratio: less is another title


class UnnumberedItems:
    """Their key is kind and title, by the text only where there is no title."""

    def __init__(
        self, recorded: Mapping[ItemKey, RecordedItem], undone: Mapping[ItemKey, str]
    ) -> None:
        """`undone`: the titles of those whose import was undone; they get the places they had."""
        self._undone: dict[tuple[str, str, str], str] = {}
        self._number_by_title: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self._last_place: Counter[tuple[str, str]] = Counter()
        for (slug, kind, number), item in recorded.items():
            if number.startswith(item_code.UNNUMBERED):
                title = item.title or item.text
                words = title.value if title else ""
                self._number_by_title[slug, kind][name_key(words)] = number
                place = int(number.rsplit("-", 1)[-1])
                self._last_place[slug, kind] = max(self._last_place[slug, kind], place)
        for (slug, kind, number), words in undone.items():
            self._undone[slug, kind, name_key(words)] = number
            place = int(number.rsplit("-", 1)[-1])
            self._last_place[slug, kind] = max(self._last_place[slug, kind], place)

    def number_of(self, slug: str, row: ImportedRow) -> tuple[str, str | None]:
        """What stands for the row's number ("unnumbered-1"), and the title of another item that
        is nearly the same."""
        known = self._number_by_title[slug, row.kind]
        words = name_key(row.title or row.text or "")
        if row.unnumbered and row.unnumbered in known.values():
            return row.unnumbered, None
        if words in known:
            return known[words], None
        titles = [title[:_COMPARED] for title in known]
        close = difflib.get_close_matches(words[:_COMPARED], titles, n=1, cutoff=_NEAR)
        if (slug, row.kind, words) in self._undone:
            known[words] = self._undone[slug, row.kind, words]
            return known[words], close[0] if close else None
        self._last_place[slug, row.kind] += 1
        known[words] = item_code.unnumbered(self._last_place[slug, row.kind])
        return known[words], close[0] if close else None
