"""The HTML of a report, for WeasyPrint, with as few of its own rules as a report needs.

WeasyPrint's rules for all HTML give six pseudo-elements to each element (list markers, calls and
markers of notes), each with a style that is computed. A report has no notes, and its lists have the
usual markers.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import weasyprint
from weasyprint.html import UA

NOT_NEEDED = re.compile(r"^(::[a-z-]+|\[dir.*?|\[dir\] .*?) \{[^}]*\}$", re.MULTILINE)
"""Rules of notes and markers, and of texts with a direction of their own."""


class ReportHTML(weasyprint.HTML):  # type: ignore[misc]
    """If WeasyPrint no longer asks for its rules here, they are all used: that is slower."""

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
        return [_rules()]


@cache
def _rules() -> Any:
    return weasyprint.CSS(string=NOT_NEEDED.sub("", UA))
