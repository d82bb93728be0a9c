"""Every surface on which the public may read words.

Whatever is added to the product is added to SURFACES, or found by its route.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from tests.factories.reports import collected
from tracker.accounts import members_codes, permissions_page
from tracker.accounts.access import OPEN
from tracker.importing import export
from tracker.reading import convention
from tracker.reading import item as item_reading
from tracker.reading.audience import PUBLIC, staff
from tracker.reading.find import find as reading_find
from tracker.record.as_of import AsOf
from tracker.record.progress import Evidence
from tracker.reports.models import ReportKind
from tracker.reports.printing import render
from tracker.rules.codes import EvidenceKind, Visibility
from tracker.search.passages import Level
from tracker.search.tables import FindItem, FindWord

from .histories import History, ReportIssued

NOWHERE = "xq00000z"
"""A marker that nobody has written."""
BEGINNING = "xq"
"""With which every marker begins."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was read, where, and of which day it speaks."""

    where: str
    day: date
    text: str
    names_allowed: bool = False  # a surface of the office, where people are named
    handed_out: bool = False  # made by the office, which decides who gets it
    has_code: bool = False  # read by somebody who typed the code of the hall
    outside: bool = False  # the page of a one-time link, and its files
    report: ReportIssued | None = None  # an issued one: its files, and what is said of it


@dataclass
class Reader:
    """Somebody without an account, whose browser keeps pages and asks whether they have changed."""

    app: Flask
    history: History
    has_code: bool = False  # of the hall: its version is in the browser's session
    kept: dict[str, tuple[str, str]] = field(default_factory=dict)  # by address: ETag, text

    @cached_property
    def member(self) -> Reader:
        """Somebody who typed the code of the hall."""
        return Reader(self.app, self.history, has_code=True)

    def get(self, address: str) -> str:
        client = FlaskClient(self.app, self.app.response_class)
        if self.has_code:
            with client.session_transaction() as browser_session:
                browser_session[members_codes.KEY] = {str(self.history.convention.id): 1}
        etag, text = self.kept.get(address, ("", ""))
        with self.app.app_context():
            answer: TestResponse = client.get(
                address, headers={"If-None-Match": etag} if etag else {}
            )
        if answer.status_code == 304:
            return text
        text = f"{answer.status} {answer.headers} {answer.get_data().decode(errors='replace')}"
        if answer.headers.get("ETag"):
            self.kept[address] = answer.headers["ETag"], text
        return text


def asked_days(history: History) -> list[date]:
    """Today, and some days before it, the first among them."""
    days = history.days
    return list(dict.fromkeys([days[-1], *days[-3:-1], days[0]]))


def pages(reader: Reader) -> Iterator[Seen]:
    """Every address that is open to all, of every day, in every order."""
    history = reader.history
    errata = f"/{history.slug}/errata"  # it lists what was corrected until today
    for address in addresses(reader.app, history):
        is_of_a_day = address.startswith(f"/{history.slug}/") and address != errata
        for day in asked_days(history) if is_of_a_day else [history.today]:
            query = "" if day == history.today else f"?as_of={day}"
            yield Seen(where=address + query, day=day, text=reader.get(address + query))
    convention = f"/{history.slug}/2025/"
    for query in (
        "?order=word",
        "?order=spent",
        "?size=all",
        "?rows=chart.not_yet",
        "?verdict=not_yet",
        "?page=2",
    ):
        yield Seen(where=convention + query, day=history.today, text=reader.get(convention + query))
    for day in asked_days(history):
        search = f"/{history.slug}/find?q={BEGINNING}&as_of={day}"
        yield Seen(where=search, day=day, text=reader.get(search))


def members(reader: Reader) -> Iterator[Seen]:
    """What the code of the hall opens, and what it does not.

    A public convention is read with it as without. They read before the public does: what is kept
    for them must not be given to it.
    """
    history = reader.history
    if history.visibility is Visibility.PUBLIC:
        return
    body = f"/{history.slug}/"
    for address in (
        body,
        f"{body}2025/",
        *(f"{body}2025/nbi-{item.number}" for item in history.items),
        f"{body}2025/nbi-1?as_of={history.days[0]}",
        f"{body}find?q={BEGINNING}",
        f"{body}errata",
    ):
        yield Seen(
            where=f"{address}, with the code",
            day=history.days[0] if "as_of" in address else history.today,
            text=reader.member.get(address),
            has_code=True,
        )


def asked_outside(reader: Reader) -> Iterator[Seen]:
    """The page of the newest one-time link and, by its address, the newest files of the record."""
    history = reader.history
    if history.link is None:
        return
    with reader.app.app_context():
        keys = history.session.scalars(
            sa.select(Evidence.id)
            .where(
                Evidence.item_id.in_([item.id for item in history.items]),
                Evidence.kind == EvidenceKind.FILE,
            )
            .order_by(Evidence.id.desc())
            .limit(4)
        ).all()
    page = f"/outside/{history.link.token}"
    for address in (page, *(f"{page}/files/{key}" for key in keys)):
        yield Seen(where=address, day=history.today, text=reader.get(address), outside=True)


def issued(reader: Reader) -> Iterator[Seen]:
    """The files of issued reports, and what is said of them, to everybody and with the code."""
    history = reader.history
    for report in list(history.issued.values())[-4:]:
        address = f"/{history.slug}/reports/{report.number}/"
        for path in (
            address,
            f"{address}{report.number}.csv",
            f"{address}{report.number}.json",
            f"/verify?number={report.number}",
            f"/verify/changes.csv?number={report.number}",
        ):
            for who in (reader, reader.member):
                yield Seen(
                    where=path,
                    day=history.today,
                    text=who.get(path),
                    report=report,
                    has_code=who.has_code,
                )


def addresses(app: Flask, history: History) -> list[str]:
    """The addresses of all routes that are open to all; fails for parts that it cannot fill."""
    spellings = [f"nbi-{item.number}" for item in history.items]
    with app.app_context():
        keys = history.session.scalars(
            sa.select(Evidence.id)
            .where(Evidence.item_id.in_([item.id for item in history.items]))
            .order_by(Evidence.id)
        ).all()
    values_of = {
        "body": [history.slug],
        "convention_slug": ["2025"],
        "spelling": [*spellings, "NBI 1"],
        "key": keys[-12:],
        "name": ["a.pdf"],
        "token": ["nothing"],
        "filename": ["favicon.svg"],
        "file_name": ["a.svg"],
        "number": ["NONE-1"],  # `issued` reads those that there are
    }
    paths = []
    for rule in app.url_map.iter_rules():
        if (
            rule.endpoint in permissions_page.THIRD_PARTY
            or getattr(app.view_functions[rule.endpoint], "access", None) != OPEN
        ):
            continue
        if "GET" not in (rule.methods or set()):
            continue
        filled = [str(rule)]
        for argument in sorted(rule.arguments):
            parts = [f"<{kind}{argument}>" for kind in ("", "int:", "path:")]
            part = next(part for part in parts if part in str(rule))
            filled = [
                path.replace(part, str(value)) for path in filled for value in values_of[argument]
            ]
        paths += filled
    return paths


def errors(reader: Reader) -> Iterator[Seen]:
    """Pages that say that something is not there, or not understood."""
    slug, today = reader.history.slug, reader.history.today
    for address in (
        f"/{slug}/2025/nbi-99",
        f"/{slug}/2024/",
        f"/{slug}/2025/?as_of=nonsense",
        f"/{slug}/2025/?as_of=1999-01-01",
        f"/{slug}/2025/nbi-1?as_of=2199-01-01",
        "/nobody/",
        f"/my-work/{slug}/2025/nbi-1/log",
        f"/office/{slug}/reports",
    ):
        yield Seen(where=address, day=today, text=reader.get(address))


def find(reader: Reader) -> Iterator[Seen]:
    """What is found by words that may not be read: it is what a word finds that stands nowhere."""
    history, nowhere = reader.history, NOWHERE
    for search in (f"/{history.slug}/2025/?q=", f"/{history.slug}/find?exact=1&q="):
        expected = reader.get(search + nowhere)
        for marked in list(history.forbidden(history.today))[-12:]:
            answer = reader.get(search + marked.marker).replace(marked.marker, nowhere)
            if _without_tags(answer) != _without_tags(expected):
                yield Seen(where=search, day=history.today, text=f"found by {marked.marker}")


def words_found(reader: Reader) -> Iterator[Seen]:
    """What finds items, and what is shown of those found: on every day, and as the index has it.

    Whether a closed body is looked through at all is asked by the doors.
    """
    history = reader.history
    body_id = history.context.body_id
    other_unit = staff(frozenset({history.other_unit}))
    with reader.app.app_context():
        session = history.session
        said = session.scalars(
            sa.select(FindItem.words).where(
                FindItem.body_id == body_id, FindItem.level == Level.PUBLIC
            )
        ).all()
        listed = session.scalars(sa.select(FindWord.word).where(FindWord.body_id == body_id)).all()
        yield Seen(
            where="the index of words",
            day=history.today,
            text=" ".join([*said, *listed]),
            handed_out=True,
        )
        for day in asked_days(history):
            as_of = AsOf(day) if day == history.today else AsOf.known_on(day, history.context.zone)
            for audience in (PUBLIC, other_unit):
                results = reading_find(session, body_id, BEGINNING, as_of=as_of, audience=audience)
                yield Seen(
                    where=f"reading.find for {audience}, {as_of}",
                    day=day,
                    text=repr(results),
                    names_allowed=audience.names,
                    handed_out=True,
                )
        for piece in list(history.forbidden(history.today, handed_out=True))[-12:]:
            results = reading_find(
                session, body_id, piece.marker, as_of=AsOf(history.today), audience=PUBLIC
            )
            if results.count.items:
                yield Seen(where="reading.find", day=history.today, text=f"found by {piece.marker}")


def _without_tags(text: str) -> str:
    """An answer without what differs by itself: tags, and the token of a form."""
    return "\n".join(
        line
        for line in text.splitlines()
        if not line.lower().startswith(("etag", "set-cookie")) and 'name="csrf_token"' not in line
    )


def exports(reader: Reader) -> Iterator[Seen]:
    """The office's CSV, where people are named, and the JSON."""
    history = reader.history
    with reader.app.app_context():
        row = history.conventions_row()
        for day in asked_days(history):
            as_of = AsOf(day) if day == history.today else AsOf.known_on(day, history.context.zone)
            items = export.ItemExport(
                body=history.slug,
                convention="2025",
                day=day,
                pages=export.item_pages(history.session, row, as_of),
            )
            data = export.as_data(items)
            table = export.as_csv(items, revision=0)
            yield Seen(
                where="export items --format json",
                day=day,
                text=json.dumps(data),
                names_allowed=True,
                handed_out=True,
            )
            yield Seen(
                where="export items --format csv",
                day=day,
                text=table,
                names_allowed=True,
                handed_out=True,
            )


def readings(reader: Reader) -> Iterator[Seen]:
    """The very objects that pages are made of, in both readings of a day.

    For the public, for staff of a unit that works on none of it, and, of what it handed over, for
    staff of the unit that led it.
    """
    history = reader.history
    keys = [item.id for item in history.items]
    with reader.app.app_context():
        for day in asked_days(history):
            for as_of in (AsOf.known_on(day, history.context.zone), AsOf.happened_by(day)):
                last_day = history.today if as_of.happened else day
                for audience, items in (
                    (PUBLIC, keys),
                    (staff(frozenset({history.other_unit})), keys),
                    (staff(frozenset({history.unit})), sorted(history.handed_over)),
                ):
                    items_read = item_reading.pages(
                        history.session, history.context.body_id, items, as_of, audience
                    )
                    yield Seen(
                        where=f"reading.item for {audience}, {as_of}",
                        day=last_day,
                        text=repr(items_read),
                        names_allowed=audience.names,
                        handed_out=True,
                    )
                listed = convention.page(
                    history.session, history.context.body_id, history.convention.id, as_of
                )
                yield Seen(
                    where=f"reading.convention, {as_of}",
                    day=last_day,
                    text=repr(listed),
                    handed_out=True,
                )


def printed_reports(reader: Reader) -> Iterator[Seen]:
    """Each form of the report as of today, and the full one as of a day before as well."""
    history = reader.history
    for kind in (ReportKind.SHORT, ReportKind.FULL, ReportKind.ITEM):
        days = [history.today, *(history.days[-3:-2] if kind is ReportKind.FULL else ())]
        for day in days:
            item = history.items[0].id if kind is ReportKind.ITEM else None
            with reader.app.app_context(), tempfile.TemporaryDirectory() as folder:
                report = collected(
                    history.session,
                    history.convention.id,
                    kind,
                    history.context.now,
                    as_of=day,
                    item_id=item,
                )
                file = Path(folder) / "report.pdf"
                render.write(report, file)
                document = PdfReader(file)
                text = " ".join(page.extract_text() for page in document.pages)
                links = [
                    str(note.get_object().get("/A"))
                    for page in document.pages
                    for note in page.get("/Annots") or ()
                ]
                text = (
                    f"{text} {document.metadata} {document.outline} {links} {file.read_bytes()!r}"
                )
            yield Seen(where=f"report, {kind}", day=day, text=text, handed_out=True)


Surface = Callable[[Reader], Iterator[Seen]]
SURFACES: tuple[Surface, ...] = (
    members,
    pages,
    errors,
    find,
    words_found,
    exports,
    readings,
    asked_outside,
    issued,
)
PRINTED: tuple[Surface, ...] = (printed_reports,)
"""Seconds each: a few histories are printed."""
