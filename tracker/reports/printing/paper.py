"""The paper: its size, and what the margins of each page say.

The style of what is between the margins is static/report/report.css.
"""

from __future__ import annotations

from dataclasses import dataclass

from babel.core import get_global

from tracker.reports.models import Paper
from tracker.translation import gettext as _

# The countries where letter paper is the custom.
LETTER_COUNTRIES = frozenset(
    ("US", "CA", "MX", "PH", "PR", "CL", "CO", "CR", "GT", "NI", "PA", "SV", "VE", "BZ", "DO")
)

# Stand for the two counters while the sentence "page of pages" is translated.
PAGE = "\ue000"
PAGES = "\ue001"

HEAD = "place"
"""The named string of report.css: the section or the item with which a page begins."""


def size(zone: str, wanted: Paper | None = None) -> str:
    """What is asked for; else Letter where the body's time zone lies in a country that uses it."""
    if wanted:
        return {Paper.LETTER: "Letter", Paper.A4: "A4"}[wanted]
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


@dataclass(frozen=True, kw_only=True)
class Margins:
    """What the margins of each page say, besides its number and what is on it."""

    title: str
    mark: str
    as_of: str
    foot: str


def sheet(paper: str, margins: Margins, *, large: bool = False) -> str:
    """The rules of the pages: their size, and both of their margins."""
    return "\n".join(
        (
            f"@page {{ size: {paper}; }}",
            above(margins, large=large),
            below(margins, _page_number(), large=large),
        )
    )


def above(margins: Margins, *, large: bool = False) -> str:
    """The rules of what stands above. The mark is on each page. In large print there is room for
    it and for the place.
    """
    left, middle, right = quoted(margins.title), quoted(margins.mark), f"string({HEAD})"
    if large:
        left, middle, right = f"string({HEAD})", "none", quoted(margins.mark)
    return f"""@page {{
  @top-left {{ content: {left}; }}
  @top-center {{ content: {middle}; }}
  @top-right {{ content: {right}; }} }}
@page cover {{
  @top-left {{ content: none; }}
  @top-right {{ content: {right if large else "none"}; }} }}"""


def below(margins: Margins, number: str, *, large: bool = False) -> str:
    """The rules of what stands below. In large print there is room for the day.

    :param number: CSS content
    """
    foot = quoted(margins.as_of if large else f"{margins.foot}. {margins.as_of}")
    return f"""@page {{
  @bottom-left {{ content: {foot}; }}
  @bottom-right {{ content: {number}; }} }}
@page cover {{
  @bottom-left {{ content: none; }} }}"""


def number_words(page: str, pages: str) -> str:
    """ "3 of 12", in the language of the report."""
    return _("%(page)s of %(pages)s", page=page, pages=pages)


def _page_number() -> str:
    """CSS content with the counters of a document."""
    before, _page, after_page = number_words(PAGE, PAGES).partition(PAGE)
    between, _pages, after = after_page.partition(PAGES)
    return f"{quoted(before)} counter(page) {quoted(between)} counter(pages) {quoted(after)}"
