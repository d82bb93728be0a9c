"""People's words to HTML.

Markdown without raw HTML, then a second fence that lets only harmless marks through.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

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


LONGEST = 20_000
"""Characters of words whose marks are read. Longer ones are shown as they were written, at once."""

KEPT = 4_000
"""Characters of words whose HTML is kept for whoever asks next."""

MOST_LINES = 1_000
"""Of words that are shown as they were written: after these, lines run on."""


def markdown(words: str) -> Markup:
    """Safe to print as it is. Nothing is left out."""
    return kept_html(words) if len(words) <= KEPT else _html(words)


def plain(words: str) -> str:
    """The same words without marks, on one line: for lists and for titles."""
    return kept_plain(words) if len(words) <= KEPT else _plain(words)


def _html(words: str) -> Markup:
    tokens = _tokens(words)
    if tokens is None:
        return _as_written(words)
    html = nh3.clean(
        _rendered(tokens),
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )
    return Markup(html)  # cleaned on the line above


def _plain(words: str) -> str:
    tokens = _tokens(words)
    if tokens is None:
        return " ".join(words.split())
    return " ".join(unescape(nh3.clean(_rendered(tokens), tags=set())).split())


kept_html = lru_cache(2048)(_html)
kept_plain = lru_cache(2048)(_plain)


def forget_kept() -> None:
    """Drops all words that were rendered."""
    kept_html.cache_clear()
    kept_plain.cache_clear()


def _tokens(words: str) -> list[Token] | None:
    """None of words so long that reading their marks takes its time, or with lists and quotations
    so deep that the parser would leave out what is in them.
    """
    if len(words) > LONGEST:
        return None
    tokens = _parser.parse(words)
    deepest = max((token.level for token in tokens), default=0)
    return None if deepest >= _parser.options.maxNesting - 1 else tokens


def _rendered(tokens: list[Token]) -> str:
    return str(_parser.renderer.render(tokens, _parser.options, {}))


def _as_written(words: str) -> Markup:
    """By paragraphs and lines, without any mark."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join([*lines[:MOST_LINES], " ".join(lines[MOST_LINES:])])
    parts = (escape(part.strip()) for part in re.split(r"\n[ \t]*\n", text) if part.strip())
    return Markup("\n").join(
        Markup("<p>{}</p>").format(Markup("<br>\n").join(part.split("\n"))) for part in parts
    )


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
