"""The paper: its size, and what the margins of each page say. The style of what is between them is static/report/report.css."""

from __future__ import annotations

from babel.core import get_global
from flask_babel import gettext as _

LETTER = frozenset(
    ("US", "CA", "MX", "PH", "PR", "CL", "CO", "CR", "GT", "NI", "PA", "SV", "VE", "BZ", "DO")
)  # where letter paper is the custom
COUNTED = ("\ue000", "\ue001")  # stand for the two counters while the sentence is translated


def size(zone: str) -> str:
    """Letter where the body's time zone lies in a country that uses it, else A4."""
    territories = get_global("zone_territories")
    return "Letter" if territories.get(zone) in LETTER else "A4"


def quoted(words: str) -> str:
    """A CSS string."""
    escaped = "".join(
        f"\\{ord(char):x} " if char in '"\\<>&' or ord(char) < 32 else char for char in words
    )
    return f'"{escaped}"'


def sheet(paper: str, title: str, as_of: str, foot: str) -> str:
    """The rules of the pages. "DRAFT" stands on each: a report that is issued, numbered and signed is another thing."""
    head, _sep, rest = _("%(page)s of %(pages)s", page=COUNTED[0], pages=COUNTED[1]).partition(
        COUNTED[0]
    )
    between, _sep, tail = rest.partition(COUNTED[1])
    number = f"{quoted(head)} counter(page) {quoted(between)} counter(pages) {quoted(tail)}"
    return f"""@page {{ size: {paper};
  @top-left {{ content: {quoted(title)}; }}
  @top-center {{ content: {quoted(_("DRAFT"))}; }}
  @top-right {{ content: {quoted(as_of)}; }}
  @bottom-left {{ content: {quoted(foot)}; }}
  @bottom-right {{ content: {number}; }} }}
@page cover {{ @top-left {{ content: none; }} @top-right {{ content: none; }} @bottom-left {{ content: none; }} }}"""
