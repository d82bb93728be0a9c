"""Ten reports at once against the pages: the application served as in production, `tracker serve`.

    python -m benchmarks.report_load [--items 160] [--reports 10] [--seconds 30] [--rate 20]
        [--workers 1,2]
        [--keep FOLDER] [--json]

Visitors ask for pages at a steady rate, each page once, so that most are rendered anew. First
nothing else happens; then a report of each body is asked for, as the page of reports does it, and
visitors come until all are made. The ratio is that of the 99th percentiles of their waiting, idle
and under load; target: at most 3. Memory is the sum (PSS) of all processes of the server and of its
workers, before, at the most, and after; with one worker and with two it grows with the workers, not
with the reports that wait.
"""

from __future__ import annotations

import argparse
import json
import queue
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.application import open_instance
from tracker.clock import now
from tracker.config import read
from tracker.extensions import db
from tracker.jobs.queue import wake
from tracker.jobs.table import OPEN, Job, JobState
from tracker.record.conventions import Convention
from tracker.record.report_drafts import ReportDraft
from tracker.reports.making import drafts
from tracker.reports.models import ReportKind
from tracker.reports.requests import ReportRequest

from .processes import Memory, pss_of_tree
from .report_bench import CACHE
from .report_instances import TRACKER, instance_with
from .serving import answer, request

VISITORS = 8  # connections
TARGET = 3.0
LOOKS_EVERY = 1.0  # seconds, at the memory and at the jobs
LONGEST = 1800.0  # seconds


@dataclass(frozen=True, kw_only=True)
class Load:
    """With so many workers; milliseconds and megabytes."""

    workers: int
    reports: int
    seconds: float  # until all reports were made
    requests: int
    idle_p50: float
    idle_p99: float
    p50: float
    p99: float
    slowest: float
    ratio: float
    mb_before: float
    mb_most: float
    mb_after: float
    processes_most: int

    @property
    def line(self) -> str:
        verdict = "met" if self.ratio <= TARGET else "MISSED"
        return (
            f"  {self.workers:7} {self.seconds:9.0f} {self.requests:9} "
            f"{self.idle_p50:8.1f} / {self.idle_p99:6.1f} {self.p50:8.1f} / {self.p99:6.1f} "
            f"{self.slowest:8.0f} {self.ratio:6.2f} {verdict:6} "
            f"{self.mb_before:7.0f} {self.mb_most:7.0f} {self.mb_after:7.0f} "
            f"{self.processes_most:9}"
        )


HEAD = (
    "  workers   seconds  requests   idle p50 / p99 ms   load p50 / p99 ms  slowest  ratio        "
    "MB idle    most   after processes"
)


@contextmanager
def served(instance: Path, workers: int) -> Iterator[tuple[int, list[int]]]:
    """`tracker serve`, which has one worker, and as many more beside it. Gives the port, and the
    processes whose trees are the application.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    at = ["--instance", str(instance)]
    commands = [[*TRACKER, *at, "serve", "--port", str(port)]]
    commands += [[sys.executable, "-m", "tracker.worker", *at]] * (workers - 1)
    started = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    try:
        _wait_for(port)
        time.sleep(3)  # the workers begin
        yield port, [process.pid for process in started]
    finally:
        for process in started:
            process.send_signal(signal.SIGTERM)
        for process in started:
            process.wait(30)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


class Visitors:
    """Ask for pages at a steady rate, whether the answers come soon or not: what waits, waits
    longer.
    """

    def __init__(self, port: int, paths: Sequence[str], rate: float) -> None:
        self._port = port
        self._paths = paths
        self._rate = rate
        self._due: queue.SimpleQueue[tuple[float, str] | None] = queue.SimpleQueue()
        self._waited: list[float] = []
        self._ended = threading.Event()

    def ask_until(self, is_over: threading.Event) -> list[float]:
        """Milliseconds from when each page was due until its answer was there."""
        threads = [threading.Thread(target=self._visit) for _ in range(VISITORS)]
        for thread in threads:
            thread.start()
        due, number = time.perf_counter(), 0
        while not is_over.is_set():
            due += 1 / self._rate
            time.sleep(max(due - time.perf_counter(), 0))
            self._due.put((due, self._paths[number % len(self._paths)]))
            number += 1
        for _thread in threads:
            self._due.put(None)
        for thread in threads:
            thread.join()
        return self._waited

    def _visit(self) -> None:
        with socket.create_connection(("127.0.0.1", self._port)) as connection:
            while (asked := self._due.get()) is not None:
                due, path = asked
                head = answer(connection, request(path))
                assert head[9:12] == b"200", (path, head[:40])
                self._waited.append((time.perf_counter() - due) * 1000)


def percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def paths_of(port: int) -> list[str]:
    """The pages of all items, of their conventions and of their bodies."""
    with socket.create_connection(("127.0.0.1", port)) as connection:

        def links(path: str, pattern: str) -> list[str]:
            page = answer(connection, request(path)).decode(errors="replace")
            return sorted(set(re.findall(rf'href="({pattern})"', page)))

        bodies = links("/", r"/bench-\d+/")
        conventions = [link for body in bodies for link in links(body, rf"{body}2024/")]
        items = [link for one in conventions for link in links(one, rf"{one}nbi-\d+")]
    assert items, "no items"
    return [*bodies, *conventions, *items]


def ask_for_reports(instance: Path, count: int) -> list[int]:
    """One of each convention, as the page of reports asks for it."""
    settings = read(instance)
    with Session(db.engine) as session:
        conventions = session.scalars(sa.select(Convention).order_by(Convention.id).limit(count))
        asked = [
            drafts.ask(
                session,
                settings,
                ReportRequest(kind=ReportKind.FULL, convention_ids=(convention.id,)),
                convention.body_id,
                0,
                now(),
            ).job_id
            for convention in conventions.all()
        ]
        session.commit()
    wake(settings, *asked)
    return asked


def wait_for_jobs(job_ids: Sequence[int], is_over: threading.Event) -> None:
    until = time.monotonic() + LONGEST
    left = True
    while left and time.monotonic() < until:
        time.sleep(LOOKS_EVERY)
        with Session(db.engine) as session:
            still = sa.select(Job.id).where(Job.id.in_(job_ids), Job.state.in_(OPEN))
            left = session.scalar(still.limit(1)) is not None
    is_over.set()


def under_load(instance: Path, workers: int, reports: int, seconds: float, rate: float) -> Load:
    """In an application context of the instance."""
    forget_reports(instance)
    with served(instance, workers) as (port, pids):
        paths = paths_of(port)
        random.Random(7).shuffle(paths)
        idle_paths, paths = paths[: len(paths) // 2], paths[len(paths) // 2 :]
        mb_before = sum(map(pss_of_tree, pids))
        is_over = threading.Event()
        threading.Timer(seconds, is_over.set).start()
        idle = Visitors(port, idle_paths, rate).ask_until(is_over)
        is_over = threading.Event()
        began = time.monotonic()
        asked = ask_for_reports(instance, reports)
        threading.Thread(target=_wait_in_context, args=(instance, asked, is_over)).start()
        with Memory(*pids, every=LOOKS_EVERY) as memory:
            waited = Visitors(port, paths, rate).ask_until(is_over)
        took = time.monotonic() - began
        need_all_made(asked)
        time.sleep(5)
        mb_after = sum(map(pss_of_tree, pids))
    idle_p99, p99 = percentile(idle, 99), percentile(waited, 99)
    return Load(
        workers=workers,
        reports=reports,
        seconds=took,
        requests=len(waited),
        idle_p50=percentile(idle, 50),
        idle_p99=idle_p99,
        p50=percentile(waited, 50),
        p99=p99,
        slowest=max(waited),
        ratio=p99 / idle_p99,
        mb_before=mb_before,
        mb_most=memory.peak_mb or 0.0,
        mb_after=mb_after,
        processes_most=memory.most_processes,
    )


def forget_reports(instance: Path) -> None:
    """So that each is made anew, and no page of it is known."""
    with Session(db.engine) as session:
        session.execute(sa.delete(ReportDraft))
        session.execute(sa.delete(Job))
        session.commit()
    shutil.rmtree(instance / CACHE, ignore_errors=True)


def _wait_in_context(instance: Path, job_ids: Sequence[int], is_over: threading.Event) -> None:
    with open_instance(instance):
        wait_for_jobs(job_ids, is_over)


def need_all_made(job_ids: Sequence[int]) -> None:
    with Session(db.engine) as session:
        of_these = sa.select(Job.state, sa.func.count()).where(Job.id.in_(job_ids))
        states = dict(session.execute(of_these.group_by(Job.state)).all())
    assert states == {JobState.DONE: len(job_ids)}, states


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--json", action="store_true")
    options.add_argument("--items", type=int, default=160)
    options.add_argument("--reports", type=int, default=10)
    options.add_argument("--seconds", type=float, default=30, help="without reports")
    options.add_argument("--rate", type=float, default=20, help="pages a second")
    options.add_argument("--workers", default="1,2", help="how many, for each measure")
    options.add_argument("--keep", type=Path, help="made conventions are kept there")
    asked = options.parse_args()
    with (
        instance_with(
            asked.items, heavy=False, bodies=asked.reports, kept_in=asked.keep
        ) as instance,
        open_instance(instance),
    ):
        loads = [
            under_load(instance, int(workers), asked.reports, asked.seconds, asked.rate)
            for workers in asked.workers.split(",")
        ]
    if asked.json:
        print(json.dumps({"title": "Reports at once", "loads": [asdict(load) for load in loads]}))
        return
    print(f"{asked.reports} reports of {asked.items} items at once; target of the ratio {TARGET:g}")
    print(HEAD)
    for load in loads:
        print(load.line)


if __name__ == "__main__":
    main()
