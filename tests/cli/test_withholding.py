"""`withhold` and `erase`: what they find, what they take away, and that nothing of it is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from tracker.acts import drafts, floor, items, people, progress, withholding
from tracker.acts.evidence import NewEvidence
from tracker.acts.progress import NewEntry
from tracker.cli import opened
from tracker.config import DATABASE
from tracker.jobs import table
from tracker.record.drafts import Draft
from tracker.record.ledger_tables import Erasure, Event, Text
from tracker.record.people import Person
from tracker.record.progress import Entry, Evidence, Withholding
from tracker.reports.making.tasks import KIND
from tracker.rules.codes import EvidenceKind, Floor, Role
from tracker.rules.permissions import Actor, Grant

from .conftest import Command

pytestmark = pytest.mark.slow

SECRET = "Jane Roe of 12 Elm Street lost her licence."
GOVERNANCE = frozenset({Grant(Role.GOVERNANCE)})


@pytest.fixture
def recorded(with_a_body: Command) -> Command:
    """Item 2 of 2025 with a released entry that holds the secret, an entry that waits with it, a
    draft, and a printed report.
    """
    with opened.instance(with_a_body.instance) as app:
        at = opened.context_for(opened.body_of("union"))
        item = items.register(
            at,
            opened.convention_of("2025"),
            "new_business_item",
            "2",
            items.NewVersion(words="Look after it.", title="After it"),
        )
        floor.record_floor_action(at, item, Floor.ADOPTED, at.today)
        author = people.add(at, "Walter")
        office = replace(at, actor=Actor(author.id, GOVERNANCE))
        link = [
            NewEvidence(
                kind=EvidenceKind.LINK,
                title="The page",
                url="https://example.org/a",
                internal=False,
            )
        ]
        entry = progress.log(
            office,
            item,
            NewEntry(words=f"We wrote to her.\n\n{SECRET}", on=at.today, evidence=link),
        )
        progress.release(at, item, entry)
        progress.log(office, item, NewEntry(words=SECRET.upper(), on=at.today))
        drafts.save(
            office, item, {"form": [["words", f"We wrote to her.\r\n\r\n{SECRET} Twice."]]}, []
        )
        report = Path(app.instance_path) / "reports" / "1-report.pdf"
        report.parent.mkdir(exist_ok=True)
        report.write_bytes(b"%PDF " + SECRET.encode())
        job = table.ask_for(
            at.session,
            KIND,
            {"convention": 1, "form": "short", "as_of": None, "item": None, "code": None},
            at.body_id,
            0,
            datetime.now(UTC),
        )
        job.result = "reports/1-report.pdf"
        at.session.commit()
    return with_a_body


def count(command: Command, kind: type) -> int:
    with opened.instance(command.instance):
        return opened.session().scalar(sa.select(sa.func.count()).select_from(kind)) or 0


# --- withhold ---


def test_what_was_released_is_listed_and_withheld(recorded: Command) -> None:
    listed = recorded("withhold", "union/2025/nbi-2", "--json").json
    # what waits cannot be withheld
    assert [(row["kind"], row["withheld"]) for row in listed] == [
        ("entry", None),
        ("evidence", None),
    ]
    entry, evidence = listed
    assert SECRET in entry["words"] and evidence["words"] == "The page"
    done = recorded("withhold", "2025/NBI 2", "--entry", entry["number"], "--for", "personal_data")
    assert done.status == 0 and "Withheld" in done.out
    assert (
        f"--entry {entry['number']}" in recorded("withhold", "2025/nbi-2").out
        and "(withheld: personal_data)" in recorded("withhold", "2025/nbi-2").out
    )
    assert (
        recorded(
            "withhold", "2025/nbi-2", "--evidence", evidence["number"], "--for", "legal", "--json"
        ).json[1]["withheld"]
        == "legal"
    )
    again = recorded("withhold", "2025/nbi-2", "--entry", entry["number"], "--for", "legal")
    assert again.status == 1 and "withheld already" in again.err
    assert count(recorded, Withholding) == 2 and recorded("verify", "--json").json["ok"]


def test_what_cannot_be_withheld_is_said_in_one_line(recorded: Command) -> None:
    with opened.instance(recorded.instance):
        waiting = opened.session().scalar(sa.select(sa.func.max(Entry.id)))
    for words, status, text in (
        (("nowhere",), 1, "no item's address"),
        (("2025/nbi-99",), 1, "no item 'nbi-99'"),
        (("1999/nbi-2",), 1, "no convention"),
        (("2025/nbi-2", "--entry", "999", "--for", "legal"), 1, "has no entry 999"),
        (("2025/nbi-2", "--outcome", "1", "--for", "legal"), 1, "has no outcome 1"),
        (("2025/nbi-2", "--entry", waiting, "--for", "legal"), 1, "must be released"),
        (("2025/nbi-2", "--entry", "1"), 2, "why"),
        (("2025/nbi-2", "--for", "legal"), 2, "what is withheld"),
        (("2025/nbi-2", "--entry", "1", "--evidence", "1", "--for", "legal"), 2, "one of"),
        (("2025/nbi-2", "--entry", "1", "--for", "spite"), 2, "spite"),
    ):
        refused = recorded("withhold", *words)
        assert refused.status == status and text in refused.err, (words, refused)
    assert count(recorded, Withholding) == 0


# --- erase ---


def texts_with(command: Command, words: str) -> list[dict[str, str]]:
    listed: list[dict[str, str]] = command("erase", "union", "--containing", words, "--json").json
    return listed


def test_texts_are_found_whatever_their_case_and_spaces(recorded: Command) -> None:
    both = texts_with(recorded, "JANE  roe")
    assert [text["stands_in"] for text in both] == ["entry.words", "entry.words"] and both[0][
        "item"
    ] == both[1]["item"] == 1
    line = recorded("erase", "union", "--containing", "Elm Street").out.splitlines()[0]
    assert line.startswith(f"--text {both[0]['text']}  entry.words 1  We wrote to her.")
    assert (
        texts_with(recorded, "nobody wrote this") == []
        and "No text" in recorded("erase", "union", "--containing", "nobody wrote this").out
    )


def test_an_erased_text_is_nowhere(recorded: Command) -> None:
    first, second = texts_with(recorded, "Jane Roe")
    done = recorded(
        "erase", "union", "--text", first["text"], "--for", "personal_data", "--json"
    ).json
    assert done["drafts_dropped"] == 1 and done["reports_removed"] == 1 and len(done["erased"]) == 1
    assert (
        count(recorded, Draft) == 0
        and not (recorded.instance / "reports" / "1-report.pdf").exists()
    )
    assert [text["text"] for text in texts_with(recorded, "Jane Roe")] == [second["text"]]
    whole = recorded("erase", "union", "--text", second["text"].upper(), "--for", "personal_data")
    assert whole.status == 0 and "1 text is erased" in whole.out and "Backups" in whole.out
    with opened.instance(recorded.instance):
        session = opened.session()
        erasures = session.scalars(sa.select(Erasure)).all()
        assert [erasure.reason for erasure in erasures] == ["personal_data"] * 2
        event = session.get_one(Event, erasures[0].recorded_by)
        assert (event.kind, event.subject_type, event.actor_id) == ("text_erased", "item", 0)
        assert (
            session.scalar(
                sa.select(sa.func.count()).select_from(Text).where(Text.words.ilike("%jane%"))
            )
            == 0
        )
    assert recorded("verify", "--json").json["ok"]
    again = recorded("erase", "union", "--text", first["text"], "--for", "legal")
    assert again.status == 1 and "erased already" in again.err


@pytest.mark.parametrize("command", ["sqlite"], indirect=True)
def test_no_file_of_the_instance_holds_the_words_any_more(recorded: Command) -> None:
    def holding() -> list[str]:
        return [
            str(file.relative_to(recorded.instance))
            for file in recorded.instance.rglob("*")
            if file.is_file() and b"12 elm" in file.read_bytes().lower()
        ]

    assert DATABASE in holding()
    recorded(
        "erase",
        "union",
        *(word for text in texts_with(recorded, "Elm Street") for word in ("--text", text["text"])),
        "--for",
        "personal_data",
    )
    assert holding() == []


def test_the_same_words_elsewhere_are_named(recorded: Command) -> None:
    first, second = texts_with(recorded, SECRET)
    # the shorter one: the other holds it whole
    left = recorded("erase", "union", "--text", second["text"], "--for", "personal_data")
    assert (
        left.status == 0
        and f"The same words still stand in {first['text']}  entry.words 1." in left.out
    )


def test_a_name_of_a_person_can_be_erased(recorded: Command) -> None:
    named = texts_with(recorded, "Walter")
    assert [text["stands_in"] for text in named] == ["person.name"] and named[0]["item"] is None
    assert (
        recorded("erase", "union", "--text", named[0]["text"], "--for", "personal_data").status == 0
    )
    with opened.instance(recorded.instance):
        event = opened.session().scalars(sa.select(Event).where(Event.kind == "text_erased")).one()
        assert event.subject_type == Person.__tablename__
    assert recorded("verify", "--json").json["ok"] and recorded("rebuild", "--check").status == 0


def test_what_cannot_be_erased_is_said_in_one_line(recorded: Command) -> None:
    for words, status, text in (
        (("union",), 2, "--containing"),
        (("union", "--text", "0123456789ab"), 2, "--for"),
        (("union", "--containing", "x", "--for", "legal"), 2, "--containing"),
        (("union", "--containing", " "), 2, "which words"),
        (("union", "--text", "0123456789ab", "--for", "legal"), 1, "no text '0123456789ab'"),
        (("union", "--text", "ab", "--for", "legal"), 1, "too short"),
        (("union", "--text", "%%%%%%%%", "--for", "legal"), 1, "no text"),
        (("nobody", "--containing", "x"), 1, "no body"),
    ):
        refused = recorded("erase", *words)
        assert refused.status == status and text in refused.err, (words, refused)
    assert count(recorded, Erasure) == 0


def test_the_texts_of_another_body_are_its_own(recorded: Command) -> None:
    from tracker.acts import bodies

    with opened.instance(recorded.instance):
        bodies.found_body(opened.session(), "other", {"name": "Other"}, datetime.now(UTC))
        opened.session().commit()
    name = texts_with(recorded, SECRET)[0]["text"]
    assert recorded("erase", "other", "--containing", "Jane", "--json").json == []
    assert (
        recorded("erase", "other", "--text", name, "--for", "legal").status == 1
        and count(recorded, Erasure) == 0
    )


def test_withheld_and_then_erased(recorded: Command) -> None:
    with opened.instance(recorded.instance):
        at = opened.context_for(opened.body_of("union"))
        entry = at.session.get_one(Entry, 1)
        withholding.withhold(
            at, at.session.get_one(items.Item, entry.item_id), entry, withholding.WithheldFor.LEGAL
        )
        at.session.commit()
        assert at.session.get_one(Evidence, 1)
    assert (
        recorded(
            "erase",
            "union",
            "--text",
            texts_with(recorded, SECRET)[0]["text"],
            "--for",
            "personal_data",
        ).status
        == 0
    )
    assert "(withheld: legal)  (erased)" in recorded("withhold", "2025/nbi-2").out
