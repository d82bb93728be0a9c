"""A list that comes by a page: read by the worker and kept, shown, confirmed and written.

Seconds and the peak of memory of each step, and the ratio to the command's import of the same list
and to the same rows inserted bare.

    python -m benchmarks.previews [--json] [--items 20000] [--engines sqlite,postgresql]

"read": the worker reads the file and keeps what an import would do. "page": what the page of the
list loads, with its number of statements, which is that of a short list. "write": the worker plans
anew under the lock, and writes. Reading and writing run in a process each, whose peak is printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import resource
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from queue import Empty
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_babel import Babel
from sqlalchemy.orm import Session

from tracker import translation
from tracker.acts import act_context, bodies, people
from tracker.engine import connect
from tracker.extensions import Base
from tracker.importing.planning.preview import no_progress
from tracker.importing.reviewing import choices, reading, shown
from tracker.importing.reviewing.choices import Choices
from tracker.importing.writing import plan_writer
from tracker.office.imports.preview_page import load_page
from tracker.record import ledger
from tracker.record.import_previews import ImportPreview, PreviewState
from tracker.rules.permissions import COMMAND_LINE

from . import imports
from .writes import urls

FILE = "list.csv"
SHORT = 10  # rows of the list whose page is compared


@dataclass(frozen=True)
class Step:
    seconds: float
    processor: float
    megabytes: float


def read(url: str, data: bytes, preview_id: int) -> None:
    """As `tasks.read_list` does it."""
    with Session(connect(url)) as session:
        stored = session.get_one(ImportPreview, preview_id)
        made = reading.look(session, stored, data, imports.NOW.date(), no_progress)
        reading.store(session, stored, *made)
        session.commit()


def write(url: str, data: bytes, preview_id: int) -> None:
    """As `tasks.write_list` does it."""
    with Session(connect(url)) as session:
        stored = session.get_one(ImportPreview, preview_id)
        ledger.lock(session, stored.body_id)
        plan, source, said = reading.look(session, stored, data, imports.NOW.date(), no_progress)
        looked_at = reading.digests_looked_at(session, stored, said)
        if shown.differences(looked_at, shown.digests(plan)):
            raise SystemExit("the preview has changed")
        plan_writer.apply(session, plan, imports.NOW)
        reading.drop_rows(session, stored)
        stored.summary = json.dumps(shown.summary(plan, source), ensure_ascii=False)
        stored.state = PreviewState.IMPORTED
        session.commit()


def run(
    step: Callable[[str, bytes, int], None],
    url: str,
    data: bytes,
    preview_id: int,
    answers: multiprocessing.Queue[Step],
) -> None:
    """Of a process of its own."""
    application = Flask("bench")
    Babel(application)
    translation.init_app(application)
    begun, processor = time.perf_counter(), time.process_time()
    with ExitStack() as stack:
        stack.enter_context(application.test_request_context())
        step(url, data, preview_id)
    answers.put(
        Step(
            time.perf_counter() - begun,
            time.process_time() - processor,
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        )
    )


def in_a_process(
    step: Callable[[str, bytes, int], None], url: str, data: bytes, preview_id: int
) -> Step:
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=run, args=(step, url, data, preview_id, answers))
    process.start()
    while True:
        try:
            answer: Step = answers.get(timeout=5)
            break
        except Empty:
            if not process.is_alive():
                raise SystemExit("the step failed") from None
    process.join()
    return answer


def page(url: str, preview_id: int) -> tuple[float, int]:
    """Seconds and statements of what the page loads."""
    engine = connect(url)
    statements: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *call: statements.append(str(call[2])))
    with Session(engine) as session:
        stored = session.get_one(ImportPreview, preview_id)
        begun = time.perf_counter()
        load_page(session, stored, 1)
        seconds = time.perf_counter() - begun
    engine.dispose()
    return seconds, len(statements)


def prepare(url: str, lists: dict[str, bytes]) -> dict[str, int]:
    """A record with one body, and the lists that its office has sent, by name."""
    engine = connect(url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        ledger.begin(session)
        settings = {"name": "Union", "pages": "open", "time_zone": "UTC", "currency": "USD"}
        body = bodies.found_body(session, "union", settings, imports.NOW)
        context = act_context.for_body(session, body.id, COMMAND_LINE, imports.NOW)
        person = people.add(context, "Walter")
        said = Choices(opened=imports.OPENED, closed_on=imports.CLOSED_ON)
        previews = {}
        for name, data in lists.items():
            previews[name] = ImportPreview(
                body_id=body.id,
                person_id=person.id,
                file_name=FILE,
                sha256=hashlib.sha256(data).hexdigest(),
                uploaded_at=imports.NOW,
                choices=choices.as_json(said),
            )
            session.add(previews[name])
        session.commit()
        keys = {name: preview.id for name, preview in previews.items()}
    engine.dispose()
    return keys


def bench(kind: str, count: int) -> dict[str, Any]:
    lists = {"short": imports.a_list(SHORT), "long": imports.a_list(count)}
    with urls(kind) as new:
        url, by_command, empty = new("record"), new("command"), new("bare")
        keys = prepare(url, lists)
        in_a_process(read, url, lists["short"], keys["short"])
        _seconds, of_the_short = page(url, keys["short"])
        look = in_a_process(read, url, lists["long"], keys["long"])
        seconds, statements = page(url, keys["long"])
        wrote = in_a_process(write, url, lists["long"], keys["long"])
        command = command_imports(by_command, lists["long"])
        rows, bare = imports.bare(by_command, empty)
    return {
        "engine": kind,
        "items": count,
        "read": asdict(look),
        "page": {"seconds": seconds, "statements": statements, "of the short": of_the_short},
        "write": asdict(wrote),
        "command": command,
        "bare": bare,
        "rows written": rows,
    }


def command_imports(url: str, data: bytes) -> dict[str, float]:
    """The same list by the command."""
    engine = connect(url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        ledger.begin(session)
        session.commit()
    engine.dispose()
    told = imports.in_a_process(url, data)
    return {
        "seconds": sum(told.seconds.values()),
        "processor": told.processor,
        "megabytes": told.megabytes,
    }


def show(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(told))
        return
    command, bare = told["command"], told["bare"]
    print(f"A list of {told['items']} items by a page, {told['engine']}")
    print(f"  {'':8}{'seconds':>9}{'processor':>11}{'MB':>6}{'x command':>11}{'x bare':>8}")
    for name in ("read", "write", "command"):
        step = told[name]
        print(
            f"  {name:8}{step['seconds']:9.2f}{step['processor']:11.2f}{step['megabytes']:6.0f}"
            f"{step['processor'] / command['processor']:11.2f}{step['seconds'] / bare:8.1f}"
        )
    print(f"  {'bare':8}{bare:9.2f}  {told['rows written']} rows")
    shown_page = told["page"]
    print(
        f"  page    {shown_page['seconds']:9.3f}  {shown_page['statements']} statements,"
        f" {shown_page['of the short']} of a list of {SHORT} rows"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--engines", default="sqlite")
    asked = parser.parse_args()
    for kind in asked.engines.split(","):
        show(bench(kind, asked.items), asked.json)


if __name__ == "__main__":
    main()
