"""Renaming a person: what pages and lists show, who may, and that old names can be erased."""

from __future__ import annotations

import pytest

from tests.factories.staffed_union import Union
from tracker.acts import erasing, people
from tracker.acts.act_context import ActContext
from tracker.importing.planning.body_names import body_names
from tracker.reading.body_context import load_body_context
from tracker.record.as_of import NOW
from tracker.record.people import Person
from tracker.record.proof import prove
from tracker.record.texts import standing
from tracker.rules.codes import WithheldFor
from tracker.rules.permissions import NotAllowed


def rename(context: ActContext, union: Union, who: str, name: str) -> bool:
    person = context.session.get_one(Person, union.people[who])
    return people.rename(context, person, name)


def names(context: ActContext) -> dict[int, str]:
    return dict(load_body_context(context.session, context.body_id, NOW, names=True).people)


def test_the_newest_name_shows(union: Union) -> None:
    dana = union.people["dana"]
    with union.context() as context:
        assert not rename(context, union, "dana", "Dana")
        assert rename(context, union, "dana", "Dana Winter")
        assert rename(context, union, "dana", "Dana Summer")
        assert not rename(context, union, "dana", "Dana Summer")
        assert names(context)[dana] == "Dana Summer"
        assert rename(context, union, "dana", "Dana")
        assert names(context)[dana] == "Dana"
    with union.session() as session:
        assert not prove(session).problems


def test_everybody_renames_themselves_and_nobody_else(union: Union) -> None:
    with union.context("joy") as context:
        assert rename(context, union, "joy", "Joy Winter")
        with pytest.raises(NotAllowed):
            rename(context, union, "dana", "Dana Winter")
    with union.context("imani") as context:
        assert rename(context, union, "joy", "Joy Summer")


def test_a_list_may_still_write_the_old_name(union: Union) -> None:
    with union.context() as context:
        rename(context, union, "dana", "Dana Winter")
        found = body_names(context.session, context.body_id).people
    of_dana = ((union.people["dana"], union.units["Center for Research"]),)
    assert found["dana"] == found["dana winter"] == of_dana


def test_each_name_can_be_erased(union: Union) -> None:
    with union.context() as context:
        rename(context, union, "dana", "Dana Winter")
        places = list(standing(context.session, context.body_id))
        for place in places:
            if place.words in ("Dana", "Dana Winter"):
                erasing.erase(context, place.digest, WithheldFor.PERSONAL_DATA)
        assert union.people["dana"] not in names(context)
        assert rename(context, union, "dana", "Dana Summer")
    with union.session() as session:
        assert not prove(session).problems
