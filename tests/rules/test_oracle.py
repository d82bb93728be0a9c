"""The rules against oracle.py, which has the tables of standings and verdicts literally.

Every combination of one clause, and samples of several.
"""

from __future__ import annotations

import importlib.util
import random
from collections import defaultdict
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from tracker.rules import facts as f
from tracker.rules import item_facts
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


def oracle() -> ModuleType:
    spec = importlib.util.spec_from_file_location("oracle", PATH)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def built(clauses: list[dict[str, Any]]) -> dict[int, item_facts.Facts]:
    """Facts that have the marks of these clauses."""
    made: dict[str, list[Any]] = defaultdict(list)
    keys = count(100)

    def fact(shape: type[f.Fact], days_ago: int, **values: Any) -> Any:
        return _fact(shape, next(keys), D - timedelta(days=days_ago), **values)

    def of_clause(shape: type[f.Fact], days_ago: int, number: int, **values: Any) -> Any:
        return fact(shape, days_ago, clause_id=number, **values)

    for number, c in enumerate(clauses, 1):
        last = 200 if c["quiet"] else 10
        made["clauses"].append(
            _fact(f.ClauseFact, number, D, number=number, declaration=bool(c["declaration"]))
        )
        start = last if not c["word"] else 400
        for action in [Floor.ADOPTED] if c["rescinded"] else FLOOR[c["effect"]]:
            receives = 5 if action is Floor.REFERRED else None
            made["floor"].append(
                of_clause(f.FloorActionFact, start, number, **_action(action, receives))
            )
        if c["rescinded"]:
            made["floor"].append(
                of_clause(f.FloorActionFact, 5, number, **_action(Floor.RESCINDED))
            )
        if c["lead"]:
            made["assignments"].append(
                of_clause(f.AssignmentFact, 150, number, part=Part.LEAD, unit_id=6, person_id=None)
            )
        if c["due_ahead"]:
            made["due_dates"].append(
                of_clause(f.DueDateFact, 150, number, due_on=D + timedelta(days=10))
            )
        if c["newest"] in ("accepted", "declined"):
            decision = Decision(c["newest"])
            made["decisions"].append(
                of_clause(f.ReferralDecisionFact, last, number, decision=decision, unit_id=5)
            )
        elif c["word"]:
            entry = fact(
                f.EntryFact, last, author_id=7, internal=False, next_word_by=None, corrects_id=None
            )
            claim = of_clause(
                f.ClaimFact,
                last,
                number,
                entry_id=entry.id,
                claimed=CLAIMS.get(c["newest"]),
                money=None,
            )
            made["entries"].append(entry)
            made["claims"].append(claim)
            made["releases"].append(fact(f.ReleaseFact, last, entry_id=entry.id, outcome_id=None))
            if c["newest"] == "done_confirmed":
                made["reviews"].append(
                    fact(
                        f.ReviewFact,
                        last,
                        claim_id=claim.id,
                        outcome_id=None,
                        result=Result.CONFIRMED,
                        by=By.CONFIRMER,
                    )
                )
        if c["link"]:
            target_id = 2 if c["link"] == "superseded" else 3
            made["links"].append(of_clause(f.LinkFact, 20, number, item_id=1, target_id=target_id))
    clock = _clock(clauses[0])
    return {
        1: _first_item(clauses[0], made, clock),
        2: _other_item(2, convention_id=1, clock=clock),
        3: _other_item(3, convention_id=2, clock=clock),
    }


def _fact(shape: type[f.Fact], key: int, on: date, **values: Any) -> Any:
    """Entered by hand, and heard on its own day."""
    envelope = {"day_known": True, "imported": False} | values
    return shape(id=key, event=key, actor=1, on=on, heard_on=on, **envelope)


def _action(action: Floor, unit_id: int | None = None) -> dict[str, Any]:
    return {
        "action": action,
        "position": 1,
        "unit_id": unit_id,
        "purpose": None,
        "decides_by": None,
    }


def _clock(one: dict[str, Any]) -> Clock:
    """The calendar is the same for all clauses of an item: that of its first."""
    return Clock(
        closes_on=D - timedelta(days=300) if one["rescinded"] else None,
        term_ends_on=D - timedelta(days=1) if one["term_over"] else D + timedelta(days=100),
        kept_from=D - timedelta(days=1000) if one["kept"] else None,
        dated=True,
    )


def _first_item(one: dict[str, Any], made: dict[str, list[Any]], clock: Clock) -> item_facts.Facts:
    kind = Kind.NEW_BUSINESS_ITEM if one["kind_follows"] else Kind.BYLAW_AMENDMENT
    listed = D - timedelta(days=1000)
    return item_facts.Facts(
        today=D,
        clock=clock,
        silence_days=90,
        leads_release=False,
        item=_fact(f.ItemFact, 1, listed, imported=True, convention_id=1, kind=kind),
        **{name: tuple(rows) for name, rows in made.items()},
    )


def _other_item(key: int, convention_id: int, clock: Clock) -> item_facts.Facts:
    """One that was adopted, for links to lead to."""
    return item_facts.Facts(
        today=D,
        clock=clock,
        silence_days=90,
        leads_release=False,
        item=_fact(
            f.ItemFact,
            key,
            D,
            convention_id=convention_id,
            kind=Kind.NEW_BUSINESS_ITEM,
        ),
        clauses=(_fact(f.ClauseFact, key, D, number=1, declaration=False),),
        floor=(_fact(f.FloorActionFact, key, D, clause_id=None, **_action(Floor.ADOPTED)),),
    )


def compare(oracle: ModuleType, clauses: list[dict[str, Any]]) -> tuple[str, str] | None:
    standing, verdict = oracle.verdict(clauses)
    item_state = answer(1, built(clauses))
    if standing == "carried_over":
        verdict = item_state.verdict.value
    return (
        None
        if (item_state.standing.code.value, item_state.verdict.value) == (standing, verdict)
        else (f"{standing}, {verdict}", f"{item_state.standing.code}, {item_state.verdict}")
    )


def no_duty(c: dict[str, object]) -> bool:
    ended = c["effect"] in ("unknown", "open", "ends") and not c["rescinded"]
    return bool(ended or c["declaration"] or not (c["kind_follows"] or c["referred"]))


def test_every_clause_is_as_the_oracle_says() -> None:
    the_oracle = oracle()
    wrong = [
        (c, differs) for c in the_oracle.every_clause() if (differs := compare(the_oracle, [c]))
    ]
    assert not wrong, (len(wrong), wrong[:5])


def test_items_of_several_clauses_are_as_the_oracle_says() -> None:
    """Those that can be of one item: its kind, its convention and the day are the same for all."""
    the_oracle, dice, wrong = oracle(), random.Random(1), []
    pools = defaultdict(list)
    for c in the_oracle.every_clause():
        if c["kept"]:
            pools[c["kind_follows"], c["term_over"]].append(c)
    for pool in pools.values():
        for _ in range(1500):
            clauses = dice.choices(pool, k=dice.choice((2, 3)))
            if any(not c["word"] and not c["quiet"] and no_duty(c) for c in clauses):
                # the oracle's marks are free; a clause without a duty and without a word has
                # nothing that could end a silence
                continue
            if len({c["rescinded"] for c in clauses}) == 1 and (
                differs := compare(the_oracle, clauses)
            ):
                wrong.append((clauses, differs))
    assert not wrong, (len(wrong), wrong[:3])
