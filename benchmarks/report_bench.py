"""The processes that `benchmarks.report` measures, for one instance with one convention."""

from __future__ import annotations

import json
import random
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from tracker.clock import now
from tracker.extensions import db

from .processes import Ended, run
from .report_data import change_item
from .report_instances import TRACKER
from .report_process import Took

ONE_SHOT = [sys.executable, "-c", "from benchmarks.one_shot import main; main()"]
OURS = [sys.executable, "-c", "from benchmarks.report_process import main; main()"]
CACHE = "report-pages"  # a folder of the instance


@dataclass(frozen=True)
class Bench:
    """In an application context of the instance."""

    instance: Path
    folder: Path  # with the documents of the baselines, a folder for each form
    convention_id: int
    address: str  # of the convention, for the command

    def once(self, form: str) -> Took:
        """The baseline of a form."""
        printed = json.loads(self._one_shot(form).output)
        return Took(printing=printed["seconds"], pages=printed["pages"])

    def once_with_memory(self, form: str) -> float | None:
        return self._one_shot(form, with_memory=True).peak_mb

    def _one_shot(self, form: str, *, with_memory: bool = False) -> Ended:
        return run([*ONE_SHOT, str(self.folder / form)], with_memory=with_memory)

    def fresh(self, form: str, *options: str) -> Took:
        """By a process that has just begun."""
        return self.ours(form, *options)[0][0]

    def ours(
        self, form: str, *options: str, with_memory: bool = False
    ) -> tuple[list[Took], float | None]:
        """The reports of one process, and the most memory that it took, where that is looked at."""
        words = [str(self.instance), "--form", form, *options]
        ended = run([*OURS, *words], with_memory=with_memory)
        return [Took(**json.loads(line)) for line in ended.output.splitlines()], ended.peak_mb

    def command(self, form: str) -> float:
        """Seconds of the whole command, as a user runs it."""
        words = ["--instance", str(self.instance), "report", "convention", self.address]
        output = [
            "--form",
            form,
            "--engine",
            "linked",
            "--output",
            str(self.folder / f"{form}.pdf"),
        ]
        return run([*TRACKER, *words, *output]).seconds

    def forget(self) -> None:
        """No page is known any more."""
        shutil.rmtree(self.instance / CACHE, ignore_errors=True)

    def change(self, dice: random.Random) -> None:
        """Title, text and money of one item."""
        with Session(db.engine) as session:
            change_item(session, self.convention_id, dice, now())
