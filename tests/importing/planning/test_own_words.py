"""What the office of a body says of words holds for each of its lists, on the page and for the
command.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.import_office import Office, table
from tracker.acts import act_context, own_words, people
from tracker.acts.own_words import WordSaid
from tracker.importing.codes import Field
from tracker.importing.planning.models import Preview, RowOutcome
from tracker.importing.planning.own_words import key_of, understood_as
from tracker.record.bodies import Body
from tracker.record.import_previews import OwnWord, WordOf
from tracker.rules.permissions import COMMAND_LINE

LIST = table(
    ["NBI #", "Title", "Status", "Ofc"],
    ["1", "Air", "Sent on", "Center for Safety"],
    ["2", "Water", "sent  ON", "Center for Safety"],
    ["3", "Heat", "Adopted", ""],
)


@pytest.fixture
def office(session: Session) -> Office:
    """With a convention on record, so that there is a body."""
    office = Office(session)
    office.take(table(["NBI #", "Title"], ["90", "First"]), convention="2018")
    return office


def say(office: Office, of: WordOf, words: str, meaning: str) -> OwnWord:
    body_id = office.session.scalars(sa.select(Body.id).where(Body.slug == office.body)).one()
    context = act_context.for_body(office.session, body_id, COMMAND_LINE, office.now)
    person = people.add(context, "Walter")
    context = replace(context, actor=replace(context.actor, person_id=person.id))
    return own_words.add(
        context, WordSaid(of=of, key=key_of(of, words), words=words, meaning=meaning)
    )


def field_of(plan: Preview, heading: str) -> Field:
    return next(column.field for column in plan.columns if column.heading == heading)


def floor_of(plan: Preview) -> list[str | None]:
    return [row.writes.floor[0].action.value if row.writes.floor else None for row in plan.rows]


def test_a_status_of_the_body_is_known_in_any_case_and_spacing(office: Office) -> None:
    assert office.look(LIST, convention="2018").unclear_statuses
    say(office, WordOf.STATUS, "Sent on", "referred")
    plan = office.look(LIST, convention="2018")
    assert floor_of(plan) == ["referred", "referred", "adopted"] and not plan.unclear_statuses
    [used] = plan.own_words
    assert (used.words, used.meaning, used.times, used.otherwise) == (
        "Sent on",
        "referred",
        2,
        None,
    )


def test_a_heading_of_the_body_is_known_in_lists_of_any_shape(office: Office) -> None:
    say(office, WordOf.HEADING, "Ofc", "lead")
    for content in (LIST, table(["Ofc.", "NBI #", "Title"], ["Center for Safety", "7", "Sun"])):
        plan = office.look(content, convention="2018")
        assert plan.creates.units == ("Center for Safety",)
        assert [word.meaning for word in plan.own_words] == ["lead"]


def test_the_body_goes_before_the_house_and_what_is_said_of_the_list_before_both(
    office: Office,
) -> None:
    assert understood_as(WordOf.STATUS, "Adopted") == "adopted"
    say(office, WordOf.STATUS, "Adopted", "defeated")
    say(office, WordOf.HEADING, "Title", "text")
    plan = office.look(LIST, convention="2018")
    assert floor_of(plan)[2] == "defeated" and field_of(plan, "Title") is Field.TEXT
    assert {(word.words, word.otherwise) for word in plan.own_words} == {
        ("Adopted", "adopted"),
        ("Title", "title"),
    }
    plan = office.look(
        LIST,
        {"columns": {"Title": "title"}, "statuses": {"adopted": "withdrawn"}},
        convention="2018",
    )
    assert floor_of(plan)[2] == "withdrawn" and field_of(plan, "Title") is Field.TITLE
    assert plan.own_words == ()


def test_what_a_list_does_not_have_is_no_problem(office: Office) -> None:
    say(office, WordOf.HEADING, "Bureau", "lead")
    say(office, WordOf.STATUS, "Shelved", "postponed_indefinitely")
    plan = office.look(LIST, convention="2018")
    assert plan.own_words == ()
    assert not any(
        "Bureau" in problem.what or "Shelved" in problem.what for problem in plan.problems
    )


def test_the_records_own_export_speaks_in_codes(office: Office) -> None:
    say(office, WordOf.HEADING, "status", "update")
    say(office, WordOf.STATUS, "adopted", "defeated")
    office.take(LIST, convention="2018")
    office.file = "items.csv"
    plan = office.look(office.export())
    assert plan.own_words == () and plan.count(RowOutcome.CHANGED) == 0


def test_an_import_notes_where_a_word_was_used(office: Office) -> None:
    word = say(office, WordOf.STATUS, "Sent on", "referred")
    office.look(LIST, convention="2018")
    assert word.used_in == 0
    office.file = "june.csv"
    office.take(LIST, convention="2018")
    office.session.refresh(word)
    assert (word.used_in, word.used_of) == (1, "june.csv") and word.used_at is not None


def test_words_of_another_body_do_not_count(office: Office, session: Session) -> None:
    say(office, WordOf.STATUS, "Sent on", "referred")
    other = Office(session)
    other.take(table(["NBI #", "Title"], ["90", "First"]), convention="2018")
    assert other.look(LIST, convention="2018").own_words == ()
