"""What a browser would send of a form: its fields as the page has them."""

from __future__ import annotations

from html.parser import HTMLParser


class _Forms(HTMLParser):
    """The fields of each form, by its action."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self._fields: dict[str, str] = {}
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        name = values.get("name", "")
        if tag == "form":
            self._fields = self.forms[values["action"]] = {}
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in values or self._select not in self._fields:
                self._fields[self._select] = values["value"]
        elif tag == "textarea":
            self._area, self._fields[name] = name, ""
        elif tag == "input" and name:
            is_choice = values.get("type") in ("radio", "checkbox")
            if not is_choice or "checked" in values:
                self._fields[name] = values.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._fields[self._area] += data.removeprefix("\r\n")


def fields_of_form(page: str, action: str) -> dict[str, str]:
    """As they stand; the field of no choice that nobody made."""
    parser = _Forms()
    parser.feed(page)
    return parser.forms[action]
