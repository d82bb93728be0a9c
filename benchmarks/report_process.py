"""One process that makes reports while `benchmarks.report` measures it; a line of JSON for each.

Without --change the report is collected and printed once, by a process that has just begun.
With it, it is printed so many times more, and each time something is changed before (nothing: the
record stays as it is): so a running application makes it again.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.core_application import open_core
from tracker.extensions import db
from tracker.record.bodies import Body
from tracker.record.conventions import Convention
from tracker.reports.printing.ways import PrintEngine, Way

NOTHING = "nothing"


@dataclass
class Took:
    """Of one report; seconds."""

    collect: float = 0.0
    template: float = 0.0
    printing: float = 0.0  # what follows the template
    pages: int = 0
    laid_out: int | None = None  # of these pages: the others were known

    @property
    def whole(self) -> float:
        return self.collect + self.template + self.printing


class Printing:
    """Makes the report of a convention again and again, as it is asked for."""

    def __init__(self, app: Flask, form: str, way: Way) -> None:
        self._app = app
        self._form = form
        self._way = way
        self._target = Path(app.config["SETTINGS"].instance) / "benchmark.pdf"

    def once(self, convention_id: int) -> Took:
        from tracker.reports.collecting import collect
        from tracker.reports.models import ReportKind
        from tracker.reports.requests import ReportRequest

        took = Took()
        began = time.perf_counter()
        request = ReportRequest(kind=ReportKind(self._form), convention_ids=(convention_id,))
        with Session(db.engine) as session:
            collect.one_moment(session)
            report = collect.collect_convention(session, request, now())
        took.collect = time.perf_counter() - began
        from tracker.reports.printing import render

        begun: dict[str, float] = {}
        began = time.perf_counter()

        def note(stage: str, _done: int | None, _of: int | None) -> None:
            begun.setdefault(stage, time.perf_counter())

        rendered = render.write(report, self._target, note, self._way)
        ended = time.perf_counter()
        template_ended = min(at for stage, at in begun.items() if stage != "template")
        took.template, took.printing = template_ended - began, ended - template_ended
        took.pages, took.laid_out = rendered.pages, rendered.laid_out
        return took


def first_convention() -> tuple[int, str]:
    """Its key, and its address for commands; in an application context."""
    with Session(db.engine) as session:
        convention = session.scalars(sa.select(Convention).order_by(Convention.id)).first()
        assert convention is not None
        body = session.get_one(Body, convention.body_id)
        return convention.id, f"{body.slug}/{convention.slug}"


def change(what: str, convention_id: int, dice: random.Random) -> None:
    """Of one item, by acts: they are loaded only here, as no command that prints loads them."""
    from .report_data import CHANGES

    with Session(db.engine) as session:
        CHANGES[what](session, convention_id, dice, now())


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("instance", type=Path)
    options.add_argument("--form", default="full")
    options.add_argument("--engine", default="linked")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--change", choices=[NOTHING, "item", "word"])
    options.add_argument("--times", type=int, default=1)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    way = Way(engine=PrintEngine(asked.engine), processes=asked.processes)
    dice = random.Random(asked.seed)
    with open_core(asked.instance) as app:
        convention_id, _address = first_convention()
        printing = Printing(app, asked.form, way)
        made = [printing.once(convention_id)]
        if asked.change:
            made = []
            for _ in range(asked.times):
                if asked.change != NOTHING:
                    change(asked.change, convention_id, dice)
                made.append(printing.once(convention_id))
    for took in made:
        print(json.dumps(asdict(took)))
