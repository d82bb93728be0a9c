"""What readers would read differently in the next edition of a convention."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask

from tests.factories import records
from tests.factories.staffed_union import Union, build_union, item_row
from tests.statements import counting
from tracker.acts import assignments, money, progress, publications, withholding
from tracker.acts.act_context import ActContext
from tracker.acts.progress import NewEntry
from tracker.extensions import db
from tracker.reading.body_context import load_body_context
from tracker.reading.edition_changes import (
    AmountPart,
    EditionChanges,
    UnitPart,
    edition_changes,
    items_that_wait,
)
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.editions import editions_of
from tracker.record.progress import Entry
from tracker.rules.codes import Claimed, MoneySaid, Part, Verdict, WithheldFor
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.mentions import MentionKind
from tracker.rules.permissions import Actor


def convention_of(context: ActContext, union: Union) -> Convention:
    key = item_row(context.session, union, 1).convention_id
    return context.session.get_one(Convention, key)


def changes(union: Union) -> EditionChanges:
    with union.session() as session:
        key = item_row(session, union, 1).convention_id
        context = load_body_context(session, union.body_id, AsOf(union.today), names=True)
        found = edition_changes(session, context, key, editions_of(session, key), union.today)
        assert found
        return found


def say(context: ActContext, union: Union, number: int, words: str, claimed: Claimed) -> Entry:
    """A released entry, with what it cost."""
    item = item_row(context.session, union, number)
    claim = NewClaim(clause_id=union.clauses[number][0], claimed=claimed, money=MoneySaid.AMOUNT)
    spent = money.NewExpense(amount=Decimal("120.00"), on=context.today, category="print")
    entry = progress.log(
        context,
        item,
        NewEntry(
            words=words,
            on=context.today,
            claims=[claim],
            evidence=[records.new_link()],
            expenses=[spent],
        ),
    )
    another = replace(context, actor=Actor(union.people["walter"], records.EVERY_ROLE))
    progress.release(another, item, entry)
    return entry


def publish_one(union: Union) -> None:
    with union.context() as context:
        edition = publications.pin_edition(context, convention_of(context, union))
        publications.publish_edition(context, edition)


def test_before_the_first_edition_everything_is_new(union: Union) -> None:
    found = changes(union)
    assert (found.before, len(found.after.rows)) == (None, 4)
    assert (found.answers, found.words, found.same) == ((), (), ())


def test_what_differs_and_what_stays(union: Union) -> None:
    publish_one(union)
    assert (changes(union).differing, len(changes(union).same)) == (0, 4)
    with union.context() as context:
        say(context, union, 1, "Dana asked: write to a@example.org.", Claimed.DONE)
        hidden = say(context, union, 4, "A mistake.", Claimed.PROGRESS)
        withholding.withhold(
            context, item_row(context.session, union, 4), hidden, WithheldFor.MISTAKE
        )
        third = item_row(context.session, union, 3)
        assignments.assign(context, third, Part.LEAD, union.units["Center for Research"])
    found = changes(union)
    answer, heard = found.answers  # item 4 was quiet; what is withheld keeps its effect
    assert (heard.after.id, heard.after.verdict) == (union.items[4], Verdict.NOT_YET)
    assert answer.before and answer.before.verdict is not Verdict.REPORTED_DONE
    assert (answer.after.id, answer.after.verdict) == (union.items[1], Verdict.REPORTED_DONE)
    [unit] = found.units
    assert (unit.part, unit.before, unit.after) == (
        UnitPart.LEAD,
        "Center for Safety",
        "Center for Research",
    )
    spent = Decimal("120.00")
    assert [(one.item.id, one.part, one.before, one.after) for one in found.amounts] == [
        (union.items[number], AmountPart.SPENT, None, spent) for number in (1, 4)
    ]
    [words] = found.words  # what is withheld reads nobody
    assert (words.words, words.released_on) == (
        "Dana asked: write to a@example.org.",
        union.today,
    )
    assert MentionKind.EMAIL in {mention.kind for mention in words.mentions}
    assert found.naming == (words,)
    assert ([row.id for row in found.same], found.differing) == ([union.items[2]], 3)


def test_what_is_recorded_after_the_copy_waits(union: Union) -> None:
    publish_one(union)
    with union.context() as context:
        convention = convention_of(context, union)
        say(context, union, 1, "Before the copy.", Claimed.PROGRESS)
        publications.pin_edition(context, convention)
        say(context, union, 2, "After the copy.", Claimed.PROGRESS)
    found = changes(union)
    assert [words.words for words in found.words] == ["Before the copy."]
    with union.session() as session:
        pinned = editions_of(session, item_row(session, union, 1).convention_id).pinned
        assert pinned
        waits = items_that_wait(session, pinned.convention_id, pinned)
    assert waits == {union.items[2]: 1}


@pytest.mark.slow
def test_the_number_of_statements_is_the_same_for_many_items(app: Flask) -> None:
    counts = []
    for items in (4, 24):
        union = build_union(app, items)
        publish_one(union)
        with union.context() as context:
            for number in range(1, items + 1):
                say(context, union, number, "Asked.", Claimed.PROGRESS)
        with app.app_context(), counting(db.engine) as sent:
            changes(union)
        counts.append(len(sent))
    assert counts[0] == counts[1]
