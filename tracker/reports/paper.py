"""The paper: its size, and what the margins of each page say.

The style of what is between the margins is static/report/report.css.
"""

from __future__ import annotations

from babel.core import get_global

from tracker.translation import gettext as _

# The countries where letter paper is the custom.
LETTER_COUNTRIES = frozenset(
    ("US", "CA", "MX", "PH", "PR", "CL", "CO", "CR", "GT", "NI", "PA", "SV", "VE", "BZ", "DO")
)

# Stand for the two counters while the sentence "page of pages" is translated.
PAGE = "\ue000"
PAGES = "\ue001"


def size(zone: str) -> str:
    """Letter where the body's time zone lies in a country that uses it, else A4."""
    territories = get_global("zone_territories")
    return "Letter" if territories.get(zone) in LETTER_COUNTRIES else "A4"


def quoted(text: str) -> str:
    """A CSS string."""
    escaped = "".join(_escaped(character) for character in text)
    return f'"{escaped}"'


def _escaped(character: str) -> str:
    if character in '"\\<>&' or ord(character) < 32:
        return f"\\{ord(character):x} "
    return character


def sheet(paper: str, *, title: str, mark: str, as_of: str, foot: str) -> str:
    """The rules of the pages. The mark stands on each."""
    return f"""@page {{ size: {paper};
  @top-left {{ content: {quoted(title)}; }}
  @top-center {{ content: {quoted(mark)}; }}
  @top-right {{ content: {quoted(as_of)}; }}
  @bottom-left {{ content: {quoted(foot)}; }}
  @bottom-right {{ content: {_page_number()}; }} }}
@page cover {{
  @top-left {{ content: none; }}
  @top-right {{ content: none; }}
  @bottom-left {{ content: none; }} }}"""


def _page_number() -> str:
    """CSS content: "3 of 12", in the language of the report."""
    sentence = _("%(page)s of %(pages)s", page=PAGE, pages=PAGES)
    before, _page, after_page = sentence.partition(PAGE)
    between, _pages, after = after_page.partition(PAGES)
    return f"{quoted(before)} counter(page) {quoted(between)} counter(pages) {quoted(after)}"
