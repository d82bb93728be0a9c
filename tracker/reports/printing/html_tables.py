"""Tables for a phone: their parts keep their roles when rows become cards, and each cell has the
name of its column.

Plain text in, plain text out: what is no table goes through as it is.
"""

from __future__ import annotations

from html import escape, unescape
from html.parser import HTMLParser

ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tfoot": "rowgroup",
    "tr": "row",
    "td": "cell",
}


def with_roles(document: str) -> str:
    parser = _Tables()
    parser.feed(document)
    parser.close()
    return "".join(parser.parts)


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self.names: list[str] = []  # of the columns of the table that is read
        self.column = 0
        self.heads: list[str] = []  # in the row that is read
        self.name: list[str] | None = None  # of the column whose head is read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text = self.get_starttag_text() or ""
        own = dict(attrs)
        match tag:
            case "table":
                self.names = []
            case "tr":
                self.column, self.heads = 0, []
            case "th" if own.get("scope") == "col":
                self.name = []
        added = _role(tag, own)
        if tag in ("td", "th"):
            if tag == "td" and self.column < len(self.names):
                name = self.names[self.column]
                added += (
                    f' data-label="{escape(unescape(name))}"'
                    if name and "colspan" not in own
                    else ""
                )
            self.column += int(own.get("colspan") or 1)
        self.parts.append(f"{text[:-1]}{added}>" if added else text)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "th" and self.name is not None:
            self.heads.append(" ".join("".join(self.name).split()))
            self.name = None
        if tag == "tr" and self.heads:
            self.names = self.heads
        self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.parts.append(f"<!{decl}>")

    def _add(self, text: str) -> None:
        self.parts.append(text)
        if self.name is not None:
            self.name.append(text)


def _role(tag: str, own: dict[str, str | None]) -> str:
    if tag == "th":
        is_of_row = (own.get("scope") or "").startswith("row")
        return ' role="rowheader"' if is_of_row else ' role="columnheader"'
    return f' role="{ROLES[tag]}"' if tag in ROLES else ""
