"""What the tests of the report share: an application with the small union, and its reports.

The reports are made once for all tests.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from pypdf import PdfReader
from sqlalchemy.orm import Session

from tests.factories import recorded_union
from tests.factories.application import new_application
from tests.factories.reports import collected
from tracker.extensions import db
from tracker.record import ledger
from tracker.record.bodies import Delegation, Unit
from tracker.record.conventions import Convention
from tracker.reports.collecting.collect import collect
from tracker.reports.models import CollectedReport, Report, ReportKind
from tracker.reports.printing import render
from tracker.reports.requests import ReportRequest

TRACKER = Path(sys.executable).parent / "tracker"


@dataclass(frozen=True)
class Printed:
    """A report and the file that was made of it."""

    report: Report
    made: render.RenderedReport
    file: Path

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(self.file)

    @cached_property
    def pages(self) -> list[str]:
        """The words of each, in the order of reading; on one line, as lines break anywhere."""
        return [plain(page.extract_text()) for page in self.reader.pages]

    def page(self, number: int) -> str:
        """The last is -1."""
        return self.pages[number]

    @cached_property
    def raw(self) -> str:
        """As poppler sees it, which puts columns side by side."""
        return subprocess.run(
            ["pdftotext", self.file, "-"], capture_output=True, text=True, check=True
        ).stdout

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @property
    def titles(self) -> list[str]:
        """Of the bookmarks."""

        return _titles(self.reader.outline)


def plain(words: str) -> str:
    """On one line, without spaces at its ends."""
    return " ".join(words.split())


def _titles(outline: list[Any]) -> list[str]:
    titles = []
    for entry in outline:
        titles += _titles(entry) if isinstance(entry, list) else [entry.title]
    return titles


@dataclass(frozen=True, kw_only=True)
class Place:
    """An instance with the small union: its conventions by name."""

    app: Flask
    folder: Path
    running: int
    old: int
    items: dict[str, int]

    def print(self, convention: int, kind: ReportKind, name: str, **options: Any) -> Printed:
        """`options` are those of `collect`."""
        with self.app.app_context(), Session(db.engine) as session:
            report = collected(session, convention, kind, recorded_union.NOW, **options)
            file = self.folder / f"{name}.pdf"
            return Printed(report, render.write(report, file), file)


@pytest.fixture(scope="package")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("report")
    app = new_application(folder)
    app.config["CLOCK"] = lambda: recorded_union.NOW
    with app.app_context():
        db.create_all()
        with Session(db.engine) as session:
            ledger.begin(session)
            _, running = recorded_union.running_union(session)
            _, old = recorded_union.old_union(session)
            session.commit()
            page = collected(session, running.id, ReportKind.SHORT, recorded_union.NOW).page
            place = Place(
                app=app,
                folder=folder,
                running=running.id,
                old=old.id,
                items={row.code: row.id for row in page.rows},
            )
    yield place
    with app.app_context():
        db.engine.dispose()


def report_of(place: Place, kind: ReportKind = ReportKind.SHORT, **options: Any) -> Report:
    """A report of the running convention, and no file. `options` are those of the request."""
    with place.app.app_context(), Session(db.engine) as session:
        return collected(session, place.running, kind, recorded_union.NOW, **options)


@pytest.fixture(scope="package")
def other_kinds(place: Place) -> dict[str, CollectedReport]:
    """A report of each kind that is not of a convention as a whole or of one item."""
    with place.app.app_context(), Session(db.engine) as session:
        body_id = session.get_one(Convention, place.running).body_id
        unit_id = session.scalars(sa.select(Unit.id).order_by(Unit.id)).first()
        delegation_id = session.scalars(sa.select(Delegation.id).order_by(Delegation.id)).first()
        of_one = {"convention_ids": (place.running,)}
        requests = [
            ReportRequest(kind=ReportKind.SILENT, **of_one),
            ReportRequest(kind=ReportKind.MONEY, **of_one),
            ReportRequest(kind=ReportKind.UNIT, unit_id=unit_id),
            ReportRequest(kind=ReportKind.DELEGATION, delegation_id=delegation_id),
            ReportRequest(kind=ReportKind.YEARS),
        ]
        return {
            request.kind.value: collect(session, body_id, request, recorded_union.NOW)
            for request in requests
        }


@pytest.fixture(scope="package")
def short(place: Place) -> Printed:
    return place.print(place.running, ReportKind.SHORT, "short")


@pytest.fixture(scope="package")
def full(place: Place) -> Printed:
    return place.print(place.running, ReportKind.FULL, "full")


@pytest.fixture(scope="session")
def demonstration_full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The full form of the demonstration's long convention: made once for all tests."""
    folder = tmp_path_factory.mktemp("demonstration-report")
    instance, file = folder / "instance", folder / "full.pdf"
    report = ("report", "convention", "2025", "--form", "full", "--output", str(file))
    for words in (("init",), ("demo",), report):
        subprocess.run(
            [TRACKER, "--instance", str(instance), *words], capture_output=True, check=True
        )
    return file
