"""What a mail says: its templates to a subject, and to plain text and HTML made from one source."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from html.parser import HTMLParser

from flask import current_app

LINE = 72  # characters, of plain text
BLOCKS = frozenset(
    "blockquote br div h1 h2 h3 hr li ol p pre table tbody td th thead tr ul".split()  # noqa: SIM905
)
BEGINNINGS = {"li": "- ", "hr": "--"}
UNSEEN = frozenset(("head", "title", "style", "script"))


class MailTemplate(StrEnum):
    """A folder in templates/mail."""

    INVITATION = auto()
    NEW_LINK = auto()  # an administrator made it
    PASSWORD_RESET = auto()  # somebody typed the address
    OUTSIDE_REQUEST = auto()  # somebody from outside is asked to confirm
    TRIAL = auto()  # the command `mail test`


@dataclass(frozen=True)
class Message:
    subject: str  # on one line
    text: str
    html: str


def compose(template: MailTemplate, context: Mapping[str, object]) -> Message:
    """In the language of the moment; what the context holds is escaped. In an application's
    context.
    """
    environment = current_app.jinja_env
    subject = plain_text(
        environment.get_template(f"mail/{template.value}/subject.html").render(context)
    )
    html = environment.get_template(f"mail/{template.value}/message.html").render(
        dict(context, subject=" ".join(subject.split()))
    )
    return Message(" ".join(subject.split()), plain_text(html), html)


def plain_text(html: str) -> str:
    """The same words without marks: paragraphs at 72 characters, a link followed by its address."""
    reader = _PlainText()
    reader.feed(html)
    reader.close()
    return "\n\n".join(reader.paragraphs()) + "\n"


class _PlainText(HTMLParser):
    """Collects the words of each block, by lines: only an address has a line of its own, as
    whitespace of the source means nothing.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[list[str]] = [[""]]
        self._address: str | None = None
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        if tag in BLOCKS:
            self._blocks.append([BEGINNINGS.get(tag, "")])
        if tag == "a":
            self._address = dict(attrs).get("href")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen -= 1
        if tag in BLOCKS:
            self._blocks.append([""])
        if tag == "a" and self._address:
            self._blocks[-1][-1] += ":"
            self._blocks[-1] += [self._address, ""]
            self._address = None

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._blocks[-1] == [BEGINNINGS["hr"]]:
            self._blocks.append([""])
        self._blocks[-1][-1] += data

    def paragraphs(self) -> list[str]:
        paragraphs = []
        for block in self._blocks:
            lines = [" ".join(line.split()) for line in block]
            paragraphs.append("\n".join(_filled(line) for line in lines if line))
        return [paragraph for paragraph in paragraphs if paragraph]


def _filled(line: str) -> str:
    return textwrap.fill(line, LINE, break_long_words=False, break_on_hyphens=False)
