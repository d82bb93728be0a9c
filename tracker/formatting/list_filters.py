"""The filters of a list that are on, in words: for its page, and for a report of a selection."""

from __future__ import annotations

from tracker.reading.filters import Filters
from tracker.rules.codes import Verdict
from tracker.translation import gettext as _

from . import convention_rates, labels


def names(filters: Filters) -> dict[str, str]:
    """By the field of the filter: what it is called."""
    texts = {}
    if filters.words:
        texts["words"] = _("“%(words)s”", words=filters.words)
    if filters.verdict in list(Verdict):
        texts["verdict"] = labels.verdict(Verdict(filters.verdict))
    if filters.delegation:
        texts["delegation"] = filters.delegation
    if filters.unit:
        texts["unit"] = filters.unit
    if filters.kind:
        texts["kind"] = labels.kinds(filters.kind)
    if filters.rows:
        texts["rows"] = convention_rates.rows_name(filters.rows)
    return texts
