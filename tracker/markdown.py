"""People's words to HTML.

Markdown without raw HTML, then a second fence that lets only harmless marks through.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {
    "p",
    "br",
    "em",
    "strong",
    "ul",
    "ol",
    "li",
    "blockquote",
    "code",
    "pre",
    "a",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
# Headings of an entry would break the outline of the page around it; pictures would load from
# elsewhere: neither is let through.
_parser = (
    MarkdownIt("commonmark", {"html": False, "breaks": True})
    .enable("table")
    .disable(["heading", "lheading", "image"])
)


@lru_cache(2048)
def markdown(words: str) -> Markup:
    """Safe to print as it is."""
    html = nh3.clean(
        _parser.render(words),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return Markup(html)  # cleaned on the line above


@lru_cache(2048)
def plain(words: str) -> str:
    """The same words without marks, on one line: for lists and for titles."""
    return " ".join(unescape(nh3.clean(_parser.render(words), tags=set())).split())


# Between paragraphs: an empty line, or a line that begins as a point of a list does ("•", "- ",
# "2.", "b)", "(iii)").
_BETWEEN = re.compile(
    r"\n[ \t]*\n|\n(?=[ \t]*(?:[•◦▪·*+–—-][ \t]*\S|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]))"
)


def paragraphs(words: str) -> list[str]:
    """Text as published, by paragraphs and by the points of its lists.

    No mark in it means anything, and lines broken by a PDF run on.
    """
    return [
        part.strip()
        for part in _BETWEEN.split(words.replace("\r\n", "\n").replace("\r", "\n"))
        if part.strip()
    ]
