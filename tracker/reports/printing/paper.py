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

NAME_OF_PLACE = "place"
PLACE = f"string({NAME_OF_PLACE})"


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
    """The rules of the pages. The mark stands on each; `place` is the named string of report.css:
    the section or the item with which the page begins.

    In large print there is room for the place and the mark above, and for the day below.
    """
    return "\n".join(
        (
            f"@page {{ size: {paper}; }}",
            above(margins, large=large),
            below(margins, _page_number(), large=large),
        )
    )


def above(margins: Margins, *, large: bool) -> str:
    """The rules of what stands above the text."""
    left, middle, right = quoted(margins.title), quoted(margins.mark), PLACE
    if large:
        left, middle, right = PLACE, "none", quoted(margins.mark)
    return f"""@page {{
  @top-left {{ content: {left}; }}
  @top-center {{ content: {middle}; }}
  @top-right {{ content: {right}; }} }}
@page cover {{
  @top-left {{ content: none; }}
  @top-right {{ content: {right if large else "none"}; }} }}"""


def below(margins: Margins, number: str, *, large: bool) -> str:
    """The rules of what stands below the text.

    :param number: the page number, as CSS content
    """
    foot = margins.as_of if large else f"{margins.foot}. {margins.as_of}"
    return f"""@page {{
  @bottom-left {{ content: {quoted(foot)}; }}
  @bottom-right {{ content: {number}; }} }}
@page cover {{
  @bottom-left {{ content: none; }} }}"""


def number_of_page(page: str, pages: str) -> str:
    """ "3 of 12", in the language of the report."""
    return _("%(page)s of %(pages)s", page=page, pages=pages)


def _page_number() -> str:
    """The same as CSS content."""
    before, _page, after_page = number_of_page(PAGE, PAGES).partition(PAGE)
    between, _pages, after = after_page.partition(PAGES)
    return f"{quoted(before)} counter(page) {quoted(between)} counter(pages) {quoted(after)}"
