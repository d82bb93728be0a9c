"""People's words to HTML: Markdown without raw HTML, then a second fence that lets only harmless marks through."""
from __future__ import annotations

from functools import lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr", "table", "thead", "tbody", "tr", "th", "td"}
# Headings of an entry would break the outline of the page around it; pictures would load from elsewhere: neither is let through.
_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(["heading", "lheading", "image"])


@lru_cache(2048)
def markdown(words: str) -> Markup:
    """Safe to print as it is."""
    html = nh3.clean(_parser.render(words), tags=TAGS, attributes={"a": {"href"}, "ol": {"start"}}, url_schemes={"http", "https", "mailto"},
                     link_rel="nofollow noopener")
    return Markup(html)  # cleaned on the line above


@lru_cache(2048)
def plain(words: str) -> str:
    """The same words without marks, on one line: for lists and for titles."""
    return " ".join(unescape(nh3.clean(_parser.render(words), tags=set())).split())


def paragraphs(words: str) -> list[str]:
    """Text as published, by paragraphs: no mark in it means anything."""
    return [part.strip() for part in words.replace("\r\n", "\n").split("\n\n") if part.strip()]
