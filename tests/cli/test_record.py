"""`rates`, `verify`, `rebuild`: their JSON, their exit status, and that a change by force is seen, be it a cut tail."""
from __future__ import annotations

import hashlib
import re
import sqlite3
from pathlib import Path

import pytest

from tracker.config import DATABASE

from .conftest import Command

NAMES = {"carried_out", "change_followed", "no_word", "reported_done", "within_the_year", "clauses_carried_out"}


def test_rates_name_every_rate(with_a_body: Command) -> None:
    found = with_a_body("rates", "--json").json
    assert [(each["body"], each["convention"]) for each in found] == [("union", "2025"), ("union", "2017")]
    for each in found:
        assert set(each) == {"body", "convention", "as_of", "kept", "rates"}
        assert {(rate["name"], rate["of"]) for rate in each["rates"]} == {*((name, of) for name in NAMES for of in ("adopted", "accepted")), ("decided", "referred")}
        assert all(set(rate) == {"name", "of", "numerator", "denominator", "definition"} and rate["definition"] for rate in each["rates"])
    old = found[1]
    assert old["kept"] is False and all(rate["numerator"] is rate["denominator"] is None for rate in old["rates"])
    one = with_a_body("rates", "--convention", "union/2025", "--json").json
    assert [each["convention"] for each in one] == ["2025"]
    assert "2025" in with_a_body("rates").out


def test_rates_as_of_a_day_that_has_no_answer(with_a_body: Command) -> None:
    before = with_a_body("rates", "--as-of", "2001-01-01", "--json")
    assert before.status == 1 and "began on" in before.err and before.out == ""
    later = with_a_body("rates", "--as-of", "2999-01-01")
    assert later.status == 1 and "still to come" in later.err


def test_verify_gives_one_head_for_all_chains(with_a_body: Command) -> None:
    found = with_a_body("verify", "--json").json
    assert set(found) >= {"ok", "events", "head", "chains", "problems"}
    assert found["ok"] is True and found["problems"] == [] and found["chains"] == 2
    heads = sorted(each["head"] for each in found["heads"])
    assert found["head"] == hashlib.sha256("\n".join(heads).encode()).hexdigest()
    assert "proved" in with_a_body("verify").out


def test_each_commit_leaves_its_heads_outside_the_database(with_a_body: Command) -> None:
    lines = (with_a_body.instance / "heads.log").read_text().splitlines()
    assert all(re.fullmatch(r"\S+ \d+ \d+ [0-9a-f]{64}", line) for line in lines)
    with_a_body("body", "set", "union", "--open")
    after = (with_a_body.instance / "heads.log").read_text().splitlines()
    assert len(after) == len(lines) + 1
    newest = next(each for each in with_a_body("verify", "--json").json["heads"] if each["body"] == "union")
    assert after[-1].split()[1:] == [str(newest["chain"]), str(newest["events"]), newest["head"]]


def test_a_head_that_was_kept_elsewhere_is_looked_for(with_a_body: Command, tmp_path: Path) -> None:
    printed = tmp_path / "printed.json"
    printed.write_text(with_a_body("verify", "--json").out)
    with_a_body("body", "set", "union", "--open")
    assert with_a_body("verify", "--anchor", printed, "--json").json["ok"] is True
    printed.write_text(printed.read_text().replace('"events": 3', '"events": 9'))
    found = with_a_body("verify", "--anchor", printed, "--json")
    assert found.status == 1 and any("cut tail" in each["what"] for each in found.json["problems"])
    printed.write_text("a letter\nto nobody\n")
    refused = with_a_body("verify", "--anchor", printed, "--json")
    assert refused.status == 1 and refused.out == "" and "not a head" in refused.err


FORCED = {
    "the tail and the head row": ["DELETE FROM {facts} WHERE recorded_by = (SELECT max(id) FROM event)", "DELETE FROM event WHERE id = (SELECT max(id) FROM event)",
                                  "UPDATE head SET event_id = (SELECT max(id) FROM event), hash = (SELECT hash FROM event ORDER BY id DESC LIMIT 1) WHERE chain = 1"],
    "a whole chain": ["DELETE FROM event WHERE id > 10000000000", "DELETE FROM head WHERE chain = 1"],
    "a time that is none": ["UPDATE event SET recorded_at = 'yesterday' WHERE id = 10000000002"],
    "a payload that is no JSON": ["UPDATE event SET payload = '{' WHERE id = 10000000002"],
    "a fact of no chain": ["UPDATE {facts} SET recorded_by = 0 WHERE id = 1"],
    "a text": ["UPDATE body_setting SET value = 'Another union' WHERE name = 'name'"],
}


@pytest.mark.parametrize("command", ["sqlite"], indirect=True)
@pytest.mark.parametrize("forced", FORCED)
def test_what_was_changed_by_force_is_seen(with_a_body: Command, forced: str) -> None:
    with_a_body("body", "set", "union", "--open")
    connection = sqlite3.connect(with_a_body.instance / DATABASE, isolation_level=None)
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in FORCED[forced]:
        assert connection.execute(statement.replace("{facts}", "body_setting")).rowcount >= 1, statement
    connection.close()
    found = with_a_body("verify", "--json")
    assert found.status == 1 and found.json["ok"] is False and found.json["problems"]
    assert with_a_body("verify").status == 1
    assert with_a_body("doctor").status == 1  # it misses the guards


def test_what_is_kept_for_lists_is_derived_anew(with_a_body: Command) -> None:
    assert with_a_body("rebuild", "--check").status == 0
    assert with_a_body("rebuild").status == 0
