"""The printed report: its targets, as ratios to one-shot WeasyPrint of the same report.

    python -m benchmarks.report [--items 160] [--heavy] [--rounds 3] [--changes 20] [--json]
        [--keep FOLDER] [--no-stages] [--no-plain]

The baseline is the very HTML and sheets of the full form, printed by WeasyPrint as anybody calls it
(one_shot.py), in a process of its own, in the same rounds; its time is without imports. For the
short form it is a bare table of as many rows. What is measured:

- "fresh process": printing, by a process that has collected the report and has yet to load
  WeasyPrint; "whole command": `tracker report convention` as a user runs it, start and all;
- "running process": printing once more in a process that has made the report before;
- "cold": no page is known; "changed": title, text and money of one item, which dice choose, were
  changed by acts before; "nothing changed": the same record again.

Memory is the peak PSS of the tree of processes, of one more run. Of 1,000 items and more the
baseline and the plain way run once. --heavy: each item has a section of about two pages.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from tracker.application import open_instance
from tracker.reports.models import ReportKind

from . import report_baselines, report_stages
from . import report_targets as cases
from .figures import show
from .report_bench import Bench
from .report_instances import instance_with
from .report_process import NOTHING, first_convention
from .report_targets import MANY, Table


def main() -> None:
    asked = options().parse_args()
    with (
        instance_with(asked.items, heavy=asked.heavy, kept_in=asked.keep) as instance,
        tempfile.TemporaryDirectory() as folder,
        open_instance(instance),
    ):
        bench = Bench(instance, Path(folder), *first_convention())
        if not asked.no_stages:
            by_stage(bench, asked)
        report_baselines.write_report(bench.folder / "full", ReportKind.FULL, bench.convention_id)
        report_baselines.write_bare_table(bench.folder / "short", asked.items)
        for form in ("full", "short"):
            measured(bench, form, asked).show(asked.json)


def by_stage(bench: Bench, asked: argparse.Namespace) -> None:
    rounds = 1 if asked.items >= MANY else asked.rounds
    show(
        f"Report of {asked.items} items by stage, the plain way",
        "ms",
        report_stages.measured(bench.convention_id, asked.items, bench.folder, rounds),
        asked.json,
    )


def options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--items", type=int, default=160)
    parser.add_argument("--heavy", action="store_true")
    parser.add_argument("--changes", type=int, default=20, help="of one item, in all rounds")
    parser.add_argument("--keep", type=Path, help="made conventions are kept there")
    parser.add_argument("--no-stages", action="store_true")
    parser.add_argument("--no-plain", action="store_true")
    return parser


def measured(bench: Bench, form: str, asked: argparse.Namespace) -> Table:
    """All cases of one form, in turn, as often as there are rounds."""
    baseline = cases.ONE_SHOT if form == "full" else cases.BARE
    kind = "heavy items" if asked.heavy else "items"
    table = Table(f"Report of {asked.items} {kind}, {form} form", baseline, asked.items, form)
    dice = random.Random(asked.items)
    for number in range(asked.rounds):
        if number == 0 or asked.items < MANY or form == "short":
            table.add(baseline, bench.once(form))
            if not asked.no_plain:
                table.add(cases.PLAIN, bench.fresh(form, "--engine", "plain"))
        one_round(bench, form, table, dice, -(-asked.changes // asked.rounds))
    memory(bench, form, table, dice)
    return table


def one_round(bench: Bench, form: str, table: Table, dice: random.Random, changes: int) -> None:
    """The cold ones leave the pages that the others find."""
    for name, processes in ((cases.COLD_1, "1"), (cases.COLD_2, "2")):
        bench.forget()
        table.add(name, bench.fresh(form, "--processes", processes))
    table.add(cases.SAME, bench.fresh(form))
    bench.command(form)  # it keeps its file, which the next one hands out
    table.add_seconds(cases.SAME_COMMAND, bench.command(form))
    bench.change(dice)
    table.add(cases.CHANGED, bench.fresh(form))
    bench.change(dice)
    table.add_seconds(cases.CHANGED_COMMAND, bench.command(form))
    for printing, whole, change in (
        (cases.CHANGED_RUNNING, cases.CHANGED_COLLECTED, "item"),
        (cases.WORD_RUNNING, cases.WORD_COLLECTED, "word"),
        (cases.SAME_RUNNING, cases.SAME_COLLECTED, NOTHING),
    ):
        seed = str(dice.randint(1, 10**6))
        again = ("--change", change, "--times", str(changes), "--seed", seed)
        for took in bench.ours(form, *again)[0]:
            table.add(printing, took)
            table.add_seconds(whole, took.whole)


def memory(bench: Bench, form: str, table: Table, dice: random.Random) -> None:
    """Of one more run of each."""
    table.of(table.baseline).peak_mb = bench.once_with_memory(form)
    bench.forget()
    table.of(cases.COLD_2).peak_mb = bench.ours(form, with_memory=True)[1]
    table.of(cases.SAME).peak_mb = bench.ours(form, with_memory=True)[1]
    bench.change(dice)
    table.of(cases.CHANGED).peak_mb = bench.ours(form, with_memory=True)[1]


if __name__ == "__main__":
    main()
