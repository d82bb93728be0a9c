"""The rules against oracle.py, the tables of domain.md section 4 literally: every combination of one clause, and samples of several."""

from __future__ import annotations

import importlib.util
import random
from collections import defaultdict
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from tracker.rules import facts as f
from tracker.rules.codes import By, Claimed, Decision, Floor, Kind, Part, Result
from tracker.rules.terms import Clock
from tracker.rules.verdict import answer

PATH = Path(__file__).parent / "oracle.py"
D = date(2019, 6, 1)
CLAIMS = {
    "started": Claimed.STARTED,
    "blocked": Claimed.BLOCKED,
    "done": Claimed.DONE,
    "done_confirmed": Claimed.DONE,
    "wont": Claimed.WILL_NOT_BE_DONE,
}
FLOOR = {
    "directs": [Floor.ADOPTED],
    "refers": [Floor.REFERRED],
    "both": [Floor.ADOPTED, Floor.REFERRED],
    "ends": [Floor.DEFEATED],
    "open": [Floor.LAID_ON_THE_TABLE],
    "unknown": [Floor.UNKNOWN],
}


def oracle() -> Any:
    spec = importlib.util.spec_from_file_location("oracle", PATH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def built(clauses: list[dict[str, Any]]) -> dict[int, f.Facts]:
    """Facts that have the marks of these clauses."""
    made: dict[str, list[Any]] = defaultdict(list)
    keys = count(100)

    def base(days_ago: int) -> tuple[int, int, int, date, date, bool, bool]:
        key = next(keys)
        day = D - timedelta(days=days_ago)
        return key, key, 1, day, day, True, False

    one = clauses[0]
    for number, c in enumerate(clauses, 1):
        last = 200 if c["quiet"] else 10
        clause = f.ClauseFact(number, number, 1, D, D, True, False, number, bool(c["declaration"]))
        made["clauses"].append(clause)
        start = last if not c["word"] else 400
        for action in [Floor.ADOPTED] if c["rescinded"] else FLOOR[c["effect"]]:
            made["floor"].append(
                f.FloorActionFact(
                    *base(start),
                    number,
                    action,
                    1,
                    5 if action is Floor.REFERRED else None,
                    None,
                    None,
                )
            )
        if c["rescinded"]:
            made["floor"].append(
                f.FloorActionFact(*base(5), number, Floor.RESCINDED, 1, None, None, None)
            )
        if c["lead"]:
            made["assignments"].append(f.AssignmentFact(*base(150), number, Part.LEAD, 6, None))
        if c["due_ahead"]:
            made["due_dates"].append(f.DueDateFact(*base(150), number, D + timedelta(days=10)))
        if c["newest"] in ("accepted", "declined"):
            made["decisions"].append(
                f.ReferralDecisionFact(*base(last), number, Decision(c["newest"]), 5)
            )
        elif c["word"]:
            entry = f.EntryFact(*base(last), 7, False, None, None)
            claim = f.ClaimFact(*base(last), entry.id, number, CLAIMS.get(c["newest"]), None)
            made["entries"].append(entry)
            made["claims"].append(claim)
            made["releases"].append(f.ReleaseFact(*base(last), entry.id, None))
            if c["newest"] == "done_confirmed":
                made["reviews"].append(
                    f.ReviewFact(*base(last), claim.id, None, Result.CONFIRMED, By.CONFIRMER)
                )
        if c["link"]:
            made["links"].append(
                f.LinkFact(*base(20), number, 1, 2 if c["link"] == "superseded" else 3)
            )
    closes_on = D - timedelta(days=300) if one["rescinded"] else None
    listed = D - timedelta(days=1000)
    clock = Clock(
        closes_on,
        D - timedelta(days=1) if one["term_over"] else D + timedelta(days=100),
        D - timedelta(days=1000) if one["kept"] else None,
        True,
    )
    kind = Kind.NEW_BUSINESS_ITEM if one["kind_follows"] else Kind.BYLAW_AMENDMENT
    every = {
        1: f.Facts(
            D,
            clock,
            90,
            False,
            f.ItemFact(1, 1, 1, listed, listed, True, True, 1, kind),
            **{name: tuple(rows) for name, rows in made.items()},
        )
    }
    for key, convention in ((2, 1), (3, 2)):
        action = f.FloorActionFact(
            key, key, 1, D, D, True, False, None, Floor.ADOPTED, 1, None, None, None
        )
        every[key] = f.Facts(
            D,
            clock,
            90,
            False,
            f.ItemFact(key, key, 1, D, D, True, False, convention, Kind.NEW_BUSINESS_ITEM),
            (f.ClauseFact(key, key, 1, D, D, True, False, 1, False),),
            floor=(action,),
        )
    return every


def compare(said: Any, clauses: list[dict[str, Any]]) -> tuple[str, str] | None:
    standing, verdict = said.verdict(clauses)
    found = answer(1, built(clauses))
    if standing == "carried_over":
        verdict = found.verdict.value
    return (
        None
        if (found.standing.code.value, found.verdict.value) == (standing, verdict)
        else (f"{standing}, {verdict}", f"{found.standing.code}, {found.verdict}")
    )


def no_duty(c: dict[str, Any]) -> bool:
    ended = c["effect"] in ("unknown", "open", "ends") and not c["rescinded"]
    return bool(ended or c["declaration"] or not (c["kind_follows"] or c["referred"]))


def test_every_clause() -> None:
    said = oracle()
    wrong = [(c, differs) for c in said.every_clause() if (differs := compare(said, [c]))]
    assert not wrong, (len(wrong), wrong[:5])


def test_items_of_several_clauses() -> None:
    """Those that can be of one item: its kind, its convention and the day are the same for all."""
    said, dice, wrong = oracle(), random.Random(1), []
    pools = defaultdict(list)
    for c in said.every_clause():
        if c["kept"]:
            pools[c["kind_follows"], c["term_over"]].append(c)
    for pool in pools.values():
        for _ in range(1500):
            clauses = dice.choices(pool, k=dice.choice((2, 3)))
            if any(not c["word"] and not c["quiet"] and no_duty(c) for c in clauses):
                continue  # the oracle's marks are free; a clause without a duty and without a word has nothing that could end a silence
            if len({c["rescinded"] for c in clauses}) == 1 and (differs := compare(said, clauses)):
                wrong.append((clauses, differs))
    assert not wrong, (len(wrong), wrong[:3])
