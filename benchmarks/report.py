"""The report of 160 items by stage.

Collect, template, layout, write, archive (write again, with the data inside, and look at it), as
ratios to a bare WeasyPrint table of 160 rows in the same run.

python -m benchmarks.report [--json] [--rounds 3] [--items 160]
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import weasyprint
from sqlalchemy.orm import Session
from weasyprint.text.fonts import FontConfiguration

from tracker import create_app
from tracker.acts import (
    act_context,
    assignments,
    bodies,
    conventions,
    floor,
    items,
    money,
    progress,
    reviews,
)
from tracker.acts.evidence import NewEvidence
from tracker.config import Settings
from tracker.extensions import db
from tracker.record import ledger
from tracker.record.progress import Claim
from tracker.reports.collecting import collect
from tracker.reports.models import ReportKind
from tracker.reports.printing import render
from tracker.reports.printing.fetching import BASE as PACKAGED
from tracker.reports.printing.fetching import PackagedOnly
from tracker.reports.requests import ReportRequest
from tracker.rules.codes import Claimed, EvidenceKind, Floor, Part, Result, Role
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import Actor, Grant

from .figures import figures, rounds, show

FOUNDED = datetime(2024, 6, 1, 15, tzinfo=UTC)
NOW = datetime(2025, 3, 31, 17, tzinfo=UTC)
CLOSES = date(2024, 6, 14)
TEXT = (
    "The union shall ask its locals what they need, publish what they say in plain words, "
    "and send it to every member before the next assembly. "
)
LINK = NewEvidence(
    kind=EvidenceKind.LINK,
    title="Minutes of the committee",
    url="https://example.org/minutes",
    internal=False,
)
FONT = (
    f'@font-face {{ font-family: X; src: url("{PACKAGED}fonts/public-sans-latin-400.woff2") }} '
    "html { font-family: X }"
)
BASE = "bare table of as many rows"
Stage = Callable[[], Any]


def convention_of(session: Session, count: int) -> int:
    """A running convention: three in four adopted, half of them with entries, some confirmed; fixed
    dice.
    """
    dice = random.Random(7)
    body = bodies.found_body(
        session,
        "bench",
        {"name": "A union", "time_zone": "America/Chicago", "currency": "USD"},
        FOUNDED,
    )
    at = act_context.for_body(
        session, body.id, Actor(1, frozenset(Grant(role) for role in Role)), FOUNDED
    )
    convention = conventions.record(
        at,
        "2024",
        "Lakeside 2024",
        conventions.Dates(year=2024, opens_on=date(2024, 6, 12), closes_on=CLOSES),
    )
    unit = bodies.add_unit(at, "Center for Research").id
    found = [
        items.register(
            at,
            convention,
            "new_business_item",
            str(n),
            items.NewVersion(
                words=TEXT * dice.randint(2, 8), title=f"What the locals need, part {n}"
            ),
        )
        for n in range(1, count + 1)
    ]
    day = CLOSES
    for item in found:
        adopted = dice.random() < 0.75
        at = replace(
            at,
            now=max(
                at.now, datetime.combine(CLOSES, datetime.min.time(), UTC) + timedelta(hours=17)
            ),
        )
        floor.record_floor_action(at, item, Floor.ADOPTED if adopted else Floor.DEFEATED, CLOSES)
        if not adopted:
            continue
        assignments.assign(at, item, Part.LEAD, unit, on=CLOSES)
        if dice.random() < 0.5:
            continue
        day += timedelta(days=1)
        clause = at.facts(item).clauses[0].id
        for claimed in (Claimed.STARTED, Claimed.PROGRESS, Claimed.DONE):
            at = replace(
                at,
                now=max(
                    at.now, datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=17)
                ),
                actor=replace(at.actor, person_id=1),
            )
            entry = progress.log(
                at,
                item,
                progress.NewEntry(
                    words="Forty locals were asked; thirty have answered.",
                    on=day,
                    claims=[NewClaim(clause_id=clause, claimed=claimed)],
                    evidence=[LINK],
                    expenses=[
                        money.NewExpense(amount=Decimal("420.50"), on=day, category="printing")
                    ],
                ),
            )
            progress.release(replace(at, actor=replace(at.actor, person_id=2)), item, entry)
        claim = session.query(Claim.id).filter_by(entry_id=entry.id).scalar()
        reviews.review(
            replace(at, actor=replace(at.actor, person_id=3)), item, claim, Result.CONFIRMED
        )
    session.commit()
    return convention.id


def timed(stage: Stage) -> float:
    start = time.perf_counter()
    stage()
    return (time.perf_counter() - start) * 1000


def bare(count: int) -> None:
    rows = "".join(
        f"<tr><td>{n}<td>What the locals need, part {n}<td>Carried out<td>nothing on "
        "record<td>$1,000"
        for n in range(1, count + 1)
    )
    fonts, fetcher = FontConfiguration(), PackagedOnly()
    sheet = weasyprint.CSS(string=FONT, url_fetcher=fetcher, font_config=fonts)
    weasyprint.HTML(string=f'<html lang="en"><title>Bare</title><table>{rows}</table>').write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--items", type=int, default=160)
    given = parser.parse_args()
    render._use_packaged_fonts_only()
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            Settings(
                instance=Path(folder),
                secret_key="of a benchmark, thrown away afterwards",
                database_url=f"sqlite:///{folder}/record.sqlite3",
            )
        )
        with app.app_context():
            db.create_all()
            with Session(db.engine) as session:
                ledger.begin(session)
                convention = convention_of(session, given.items)
            measures: dict[str, Stage] = {BASE: lambda: bare(given.items)}
            pages: dict[str, int] = {}
            for form in (ReportKind.SHORT, ReportKind.FULL):
                measures |= stages(form, convention, Path(folder) / f"{form}.pdf", pages)
            found = rounds(
                {name: (lambda stage=stage: timed(stage)) for name, stage in measures.items()},
                given.rounds,
            )
            db.engine.dispose()
    for form in (ReportKind.SHORT, ReportKind.FULL):
        own = [
            name
            for name in found
            # what is archived was written in the same go
            if name.startswith(form.value) and not name.endswith(": write")
        ]
        found[f"{form.value}: all"] = [
            sum(values) for values in zip(*(found[name] for name in own), strict=True)
        ]
    show(
        f"Report of {given.items} items",
        "ms",
        figures(found, {name: (BASE, None) for name in found if name != BASE}),
        given.json,
        pages=", ".join(f"{form} {count}" for form, count in pages.items()),
    )


def stages(
    form: ReportKind, convention: int, target: Path, pages: dict[str, int]
) -> dict[str, Stage]:
    """One after the other: each uses what the one before has made."""
    made: dict[str, Any] = {}

    def collecting() -> None:
        with Session(db.engine) as session:
            collect.one_moment(session)
            made["report"] = collect.collect_convention(
                session, ReportRequest(kind=form, convention_ids=(convention,)), NOW
            )

    def template() -> None:
        made["html"] = render.html(made["report"], contents=True)

    def layout() -> None:
        made["document"] = render.layout(made["report"], made["html"], lambda stage, done, of: None)
        pages[form.value] = len(made["document"].pages)

    return {
        f"{form.value}: collect": collecting,
        f"{form.value}: template": template,
        f"{form.value}: layout": layout,
        f"{form.value}: write": lambda: made["document"].write_pdf(target, pdf_variant="pdf/ua-1"),
        f"{form.value}: archive": lambda: render.save(
            made["document"], made["report"], target, render.no_progress
        ),
    }


if __name__ == "__main__":
    main()
