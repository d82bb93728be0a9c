"""`rates`, `verify`, `rebuild`.

Their JSON, their exit status, and that a change by force is seen, be it a cut tail.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from tests.conftest import ENGINES
from tracker.config import DATABASE, read
from tracker.engine import connect
from tracker.installation import doctor

from .conftest import Command, Done

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def no_look_at_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process of its own, and of no interest here."""
    monkeypatch.setitem(doctor.CHECKS, "pdf", lambda _: (doctor.CheckState.WELL, "not looked at"))


NAMES = {
    "carried_out",
    "change_followed",
    "no_word",
    "reported_done",
    "within_the_year",
    "clauses_carried_out",
}


def test_rates_name_every_rate(with_a_body: Command) -> None:
    cohorts = with_a_body("rates", "--json").json
    assert [(cohort["body"], cohort["convention"]) for cohort in cohorts] == [
        ("union", "2025"),
        ("union", "2017"),
    ]
    for cohort in cohorts:
        assert set(cohort) == {"body", "convention", "as_of", "kept", "rates"}
        assert {(rate["name"], rate["of"]) for rate in cohort["rates"]} == {
            *((name, of) for name in NAMES for of in ("adopted", "accepted")),
            ("decided", "referred"),
        }
        assert all(
            set(rate) == {"name", "of", "numerator", "denominator", "definition"}
            and rate["definition"]
            for rate in cohort["rates"]
        )
    old = cohorts[1]
    assert old["kept"] is False and all(
        rate["numerator"] is rate["denominator"] is None for rate in old["rates"]
    )
    one = with_a_body("rates", "--convention", "union/2025", "--json").json
    assert [cohort["convention"] for cohort in one] == ["2025"]
    assert "2025" in with_a_body("rates").out


def test_rates_as_of_a_day_that_has_no_answer(with_a_body: Command) -> None:
    before = with_a_body("rates", "--as-of", "2001-01-01", "--json")
    assert before.status == 1 and "began on" in before.err and before.out == ""
    later = with_a_body("rates", "--as-of", "2999-01-01")
    assert later.status == 1 and "still to come" in later.err


def test_verify_gives_one_head_for_all_chains(with_a_body: Command) -> None:
    proof = with_a_body("verify", "--json").json
    assert set(proof) >= {"ok", "events", "head", "chains", "problems"}
    assert proof["ok"] is True and proof["problems"] == [] and proof["chains"] == 2
    heads = sorted(chain["head"] for chain in proof["heads"])
    assert proof["head"] == hashlib.sha256("\n".join(heads).encode()).hexdigest()
    assert "proved" in with_a_body("verify").out


def test_each_commit_leaves_its_heads_outside_the_database(with_a_body: Command) -> None:
    lines = (with_a_body.instance / "heads.log").read_text().splitlines()
    assert all(re.fullmatch(r"\S+ \d+ \d+ [0-9a-f]{64}", line) for line in lines)
    with_a_body("body", "set", "union", "--open")
    after = (with_a_body.instance / "heads.log").read_text().splitlines()
    assert len(after) == len(lines) + 1
    newest = next(
        head for head in with_a_body("verify", "--json").json["heads"] if head["body"] == "union"
    )
    assert after[-1].split()[1:] == [str(newest["chain"]), str(newest["events"]), newest["head"]]


def test_a_head_that_was_kept_elsewhere_is_looked_for(with_a_body: Command, tmp_path: Path) -> None:
    printed = tmp_path / "printed.json"
    printed.write_text(with_a_body("verify", "--json").out)
    with_a_body("body", "set", "union", "--open")
    assert with_a_body("verify", "--anchor", printed, "--json").json["ok"] is True
    printed.write_text(printed.read_text().replace('"events": 3', '"events": 9'))
    proof = with_a_body("verify", "--anchor", printed, "--json")
    assert proof.status == 1 and any(
        "cut tail" in problem["what"] for problem in proof.json["problems"]
    )
    printed.write_text("a letter\nto nobody\n")
    refused = with_a_body("verify", "--anchor", printed, "--json")
    assert refused.status == 1 and refused.out == "" and "not a head" in refused.err


FORCED = {
    "the tail and the head row": [
        "DELETE FROM {facts} WHERE recorded_by = (SELECT max(id) FROM event)",
        "DELETE FROM event WHERE id = (SELECT max(id) FROM event)",
        "UPDATE head SET event_id = (SELECT max(id) FROM event), hash = (SELECT hash FROM event "
        "ORDER BY id DESC LIMIT 1) WHERE chain = 1",
    ],
    "a whole chain": [
        "DELETE FROM event WHERE id > 10000000000",
        "DELETE FROM head WHERE chain = 1",
    ],
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
    for (trigger,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in FORCED[forced]:
        assert connection.execute(statement.replace("{facts}", "body_setting")).rowcount >= 1, (
            statement
        )
    connection.close()
    proof = with_a_body("verify", "--json")
    assert proof.status == 1 and proof.json["ok"] is False and proof.json["problems"]
    assert with_a_body("verify").status == 1
    assert with_a_body("doctor").status == 1  # it misses the guards


def test_what_is_kept_for_lists_is_derived_anew(with_a_body: Command) -> None:
    assert with_a_body("rebuild", "--check").status == 0
    assert with_a_body("rebuild").status == 0


def test_a_line_of_the_heads_that_is_none_is_found_and_stops_nothing(with_a_body: Command) -> None:
    file = with_a_body.instance / "heads.log"
    whole = file.read_bytes()
    with_a_body("body", "set", "union", "--open")
    # cut by a crash; a line missing; as it was
    for words in (
        whole[:-20],
        whole[: whole.rstrip(b"\n").rfind(b"\n") + 1],
        whole,
    ):
        file.write_bytes(words)
        assert with_a_body("verify", "--json").json["ok"] is True
    for words in (b"a letter\n" + whole, b"\xff\xfe\n" + whole, b"a letter to nobody\nand more\n"):
        file.write_bytes(words)
        proof = with_a_body("verify", "--json")
        assert proof.status == 1 and [
            problem["what"] for problem in proof.json["problems"] if "heads.log" in problem["what"]
        ]
        assert with_a_body("doctor").status == 1
    file.unlink()
    gone = with_a_body("verify", "--json")
    assert gone.status == 1 and "heads.log is gone" in gone.json["problems"][0]["what"]
    doctor = with_a_body("doctor")
    assert doctor.status == 1 and "heads.log is gone" in doctor.out
    file.mkdir()
    in_its_place = with_a_body("verify", "--json")
    assert in_its_place.status == 1 and "cannot be read" in in_its_place.json["problems"][0]["what"]
    ill = with_a_body("doctor")
    assert ill.status == 1 and "cannot be written" in ill.out
    # it is recorded all the same
    assert with_a_body("body", "set", "union", "--closed").status == 0
    file.rmdir()


def test_heads_that_could_not_be_written_are_said_by_the_doctor(with_a_body: Command) -> None:
    file = with_a_body.instance / "heads.log"
    whole = file.read_bytes()
    file.unlink()
    file.symlink_to("/dev/full")
    done = with_a_body("body", "set", "union", "--open")
    assert done.status == 0 and "Traceback" not in done.err
    file.unlink()
    file.write_bytes(whole)
    diagnosis = with_a_body("doctor").out
    assert "some heads could not be written" in diagnosis
    with_a_body("body", "set", "union", "--closed")
    assert "some heads could not be written" not in with_a_body("doctor").out
    assert with_a_body("verify", "--json").json["ok"] is True


def test_the_proof_says_what_it_cannot_see(with_a_body: Command) -> None:
    proof = with_a_body("verify", "--json").json
    assert any("sessions" in words for words in proof["cannot_see"])
    assert all(words in with_a_body("verify").out for words in proof["cannot_see"])


def at_the_command_line(command: Command, moment: datetime, *words: object) -> Done:
    """A command, as if it were that moment."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return moment.astimezone(tz)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracker.clock.datetime", Clock)
        patch.setattr("tracker.installation.doctor.datetime", Clock)
        return command(*words)


def test_a_clock_behind_the_record_records_nothing(
    with_a_body: Command, strict_clock: None
) -> None:
    before = with_a_body("verify", "--json").json["head"]
    yesterday = datetime.now(UTC) - timedelta(days=1)
    refused = at_the_command_line(with_a_body, yesterday, "body", "set", "union", "--open")
    assert refused.status == 1 and "clock" in refused.err and "behind" in refused.err
    assert "behind the newest event" in at_the_command_line(with_a_body, yesterday, "doctor").out
    assert with_a_body("verify", "--json").json["head"] == before
    future = at_the_command_line(with_a_body, yesterday, "verify", "--json")
    assert future.status == 1 and any(
        "in the future" in problem["what"] for problem in future.json["problems"]
    )
    assert (
        at_the_command_line(
            with_a_body, datetime.now(UTC) - timedelta(minutes=1), "body", "set", "union", "--open"
        ).status
        == 0
    )


def test_after_a_long_pause_somebody_says_that_the_clock_is_right(
    with_a_body: Command, strict_clock: None
) -> None:
    soon, late = datetime.now(UTC) + timedelta(days=399), datetime.now(UTC) + timedelta(days=900)
    not_asked = with_a_body("doctor", "--clock-is-right")
    assert not_asked.status == 0 and "Nobody asked" in not_asked.out
    assert at_the_command_line(with_a_body, soon, "body", "set", "union", "--open").status == 0
    refused = at_the_command_line(with_a_body, late, "body", "set", "union", "--closed")
    assert refused.status == 1 and "tracker doctor --clock-is-right" in refused.err
    ill = at_the_command_line(with_a_body, late, "doctor")
    assert ill.status == 1 and "tracker doctor --clock-is-right" in ill.out
    confirmed = at_the_command_line(with_a_body, late, "doctor", "--clock-is-right")
    assert confirmed.status == 0 and "on record" in confirmed.out
    assert at_the_command_line(with_a_body, late, "body", "set", "union", "--closed").status == 0
    assert at_the_command_line(with_a_body, late, "verify", "--json").json["ok"] is True


GUARDS = {
    "sqlite": {
        "does nothing": "CREATE TRIGGER event_update_refused BEFORE UPDATE ON event "
        "BEGIN SELECT 1; END",
        "on another table": "CREATE TRIGGER event_update_refused BEFORE UPDATE ON item_summary "
        "BEGIN SELECT RAISE(ABORT, 'no'); END",
        "never": "CREATE TRIGGER event_update_refused BEFORE UPDATE ON event WHEN 0 "
        "BEGIN SELECT RAISE(ABORT, 'event is written once: UPDATE refused'); END",
    },
    "postgresql": {
        "does nothing": "CREATE TRIGGER event_update_refused BEFORE UPDATE ON event "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse()",
        "on another table": "CREATE TRIGGER event_update_refused BEFORE UPDATE ON item_summary "
        "FOR EACH ROW EXECUTE FUNCTION refuse()",
        "never": "CREATE TRIGGER event_update_refused BEFORE UPDATE ON event FOR EACH ROW "
        "WHEN (FALSE) EXECUTE FUNCTION refuse()",
        "a function that does nothing": "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger "
        "LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        "switched off": "ALTER TABLE event DISABLE TRIGGER event_update_refused",
    },
}
DROP_GUARD = {
    "sqlite": "DROP TRIGGER event_update_refused",
    "postgresql": "DROP TRIGGER event_update_refused ON event",
}


def by_force(command: Command, *statements: str) -> None:
    """In the database itself, past the tracker."""
    engine = connect(read(command.instance).database_url)
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.mark.parametrize(
    ("command", "forced"),
    [(engine, forced) for engine in ENGINES for forced in GUARDS[engine]],
    indirect=["command"],
)
def test_a_guard_of_the_same_name_that_guards_nothing_is_seen(
    with_a_body: Command, forced: str
) -> None:
    assert "guards" in with_a_body("doctor").out and with_a_body("doctor").status == 0
    statements = [GUARDS[with_a_body.engine][forced]]
    if statements[0].startswith("CREATE TRIGGER"):
        statements.insert(0, DROP_GUARD[with_a_body.engine])
    by_force(with_a_body, *statements)
    ill = with_a_body("doctor")
    assert ill.status == 1 and "guards are not those of the tracker" in ill.out, ill.out
    if forced != "on another table":
        assert with_a_body("init").status == 0
        assert with_a_body("doctor").status == 0


def test_a_trigger_of_somebody_else_is_seen(with_a_body: Command) -> None:
    by_force(
        with_a_body,
        "CREATE TRIGGER helps AFTER INSERT ON event BEGIN DELETE FROM item_summary; END"
        if with_a_body.engine == "sqlite"
        else "CREATE RULE helps AS ON UPDATE TO event DO INSTEAD NOTHING",
    )
    ill = with_a_body("doctor")
    assert ill.status == 1 and "helps" in ill.out


def test_without_its_guards_the_doctor_says_so(with_a_body: Command) -> None:
    by_force(
        with_a_body,
        "DROP TRIGGER event_update_refused"
        if with_a_body.engine == "sqlite"
        else "DROP FUNCTION refuse() CASCADE",
    )
    ill = with_a_body("doctor")
    assert ill.status == 1 and "guards are missing" in ill.out


def test_the_doctor_names_roles_and_links_with_their_day(with_a_body: Command) -> None:
    assert "nobody holds one yet" in with_a_body("doctor").out
    made = with_a_body(
        "user",
        "create",
        "imani@example.org",
        "--name",
        "Imani",
        "--role",
        "administrator",
        "--body",
        "union",
    )
    assert made.status == 0, made.err
    diagnosis = with_a_body("doctor").out
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    assert f"administrator in union (imani@example.org) since {today}" in diagnosis
    assert f"for imani@example.org, made on {today}" in diagnosis
