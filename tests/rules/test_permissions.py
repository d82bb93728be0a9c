"""Who may do what: the table of docs/permissions.md, every role, every permission, every relation
to the item.
"""

from __future__ import annotations

import pytest

from tests.factories.facts import (
    ELSEWHERE,
    LEADER,
    OTHER,
    UNIT,
    claim,
    entry,
    facts,
    floor,
    new_fact,
    outcome,
    part,
    released,
    review,
)
from tracker.rules.codes import Claimed, Decision, Floor, Part, Result, Role
from tracker.rules.facts import ReferralDecisionFact
from tracker.rules.item_facts import Facts
from tracker.rules.permissions import (
    COMMAND_LINE,
    Actor,
    Grant,
    NotAllowed,
    Permission,
    is_permitted,
    is_permitted_somewhere,
    require,
    require_in_unit,
    units_of,
)

# In the words of its table: where each role may do it. Whoever is not named may not.
MAY = {
    Permission.ADMINISTER: {Role.ADMINISTRATOR: "anywhere"},
    Permission.GOVERN: {Role.GOVERNANCE: "anywhere"},
    Permission.ASSIGN: {Role.MANAGER: "unit", Role.GOVERNANCE: "anywhere"},
    Permission.LOG: {Role.STAFF: "own", Role.MANAGER: "unit", Role.GOVERNANCE: "anywhere"},
    Permission.RELEASE: {Role.MANAGER: "unit", Role.GOVERNANCE: "anywhere"},
    Permission.CONFIRM: {Role.CONFIRMER: "anywhere"},
    Permission.REOPEN: {Role.CONFIRMER: "anywhere", Role.GOVERNANCE: "anywhere"},
    Permission.READ_INTERNAL: {
        Role.STAFF: "unit",
        Role.MANAGER: "unit",
        Role.GOVERNANCE: "anywhere",
        Role.AUDITOR: "anywhere",
        Role.CONFIRMER: "desk",
    },
    Permission.READ_ALL: {Role.AUDITOR: "anywhere", Role.GOVERNANCE: "anywhere"},
    Permission.READ_SECURITY: {Role.ADMINISTRATOR: "anywhere", Role.AUDITOR: "anywhere"},
    Permission.READ_CLOSED: dict.fromkeys(Role, "anywhere"),
    Permission.READ_HIDDEN: {
        Role.ADMINISTRATOR: "anywhere",
        Role.GOVERNANCE: "anywhere",
        Role.MANAGER: "anywhere",
        Role.STAFF: "anywhere",
        Role.CONFIRMER: "anywhere",
        Role.AUDITOR: "anywhere",
    },
}
DONE, WORK, CHANGE = entry(20), entry(30), outcome()
CLAIM = claim(DONE, Claimed.DONE)

# What the item is to a person numbered OTHER of the unit UNIT: its facts, and at which of the
# table's places it stands.
RELATIONS: dict[str, tuple[Facts, set[str]]] = {
    "nobody leads": (facts(), set()),
    "the unit leads": (facts(part(Part.LEAD)), {"unit", "own"}),
    "the unit leads one clause": (
        facts(part(Part.LEAD, clause=claim(DONE, None).clause_id)),
        {"unit", "own"},
    ),
    "the person leads": (facts(part(Part.LEAD, person=OTHER)), {"unit", "own"}),
    "somebody else of the unit leads": (facts(part(Part.LEAD, person=LEADER)), {"unit"}),
    "the unit contributes": (
        facts(part(Part.LEAD, ELSEWHERE), part(Part.CONTRIBUTOR)),
        {"unit", "own"},
    ),
    "the person contributes": (
        facts(part(Part.LEAD, ELSEWHERE), part(Part.CONTRIBUTOR, person=OTHER)),
        {"unit", "own"},
    ),
    "somebody else of the unit contributes": (
        facts(part(Part.LEAD, ELSEWHERE), part(Part.CONTRIBUTOR, person=LEADER)),
        {"unit"},
    ),
    "another unit leads": (facts(part(Part.LEAD, ELSEWHERE)), set()),
    "the unit led before": (
        facts(part(Part.LEAD, days=150), part(Part.LEAD, ELSEWHERE, days=100)),
        set(),
    ),
    "the unit accepted it": (
        facts(
            floor(Floor.REFERRED, unit=UNIT),
            new_fact(
                ReferralDecisionFact,
                100,
                clause_id=None,
                decision=Decision.ACCEPTED,
                unit_id=UNIT,
            ),
        ),
        {"unit", "own"},
    ),
    "it was referred to the unit": (facts(floor(Floor.REFERRED, unit=UNIT)), set()),
    "a claim of done waits": (facts(DONE, CLAIM, released(DONE)), {"desk"}),
    "a claim of done is not released": (facts(DONE, CLAIM), set()),
    "a claim of done is confirmed": (
        facts(DONE, CLAIM, released(DONE), review(CLAIM, Result.CONFIRMED)),
        set(),
    ),
    "work is reported": (facts(WORK, claim(WORK, Claimed.PROGRESS), released(WORK)), set()),
    "an outcome waits": (facts(CHANGE, released(CHANGE)), {"desk"}),
}


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_each_role_is_permitted_what_the_table_says(role: Role, permission: Permission) -> None:
    where = MAY[permission].get(role)
    actor = Actor(
        OTHER, frozenset({Grant(role, UNIT if role in (Role.MANAGER, Role.STAFF) else None)})
    )
    for relation, (item, places) in RELATIONS.items():
        allowed = where is not None and where in places | {"anywhere"}
        assert is_permitted(actor, permission, item) is allowed, relation
        if not allowed:
            with pytest.raises(NotAllowed) as no:
                require(actor, permission, item)
            assert no.value.permission is permission


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_each_role_without_an_item(role: Role, permission: Permission) -> None:
    """A page opens for whoever may do it to some item; what is of no item asks for "anywhere"."""
    actor = Actor(OTHER, frozenset({Grant(role, UNIT)}))
    assert is_permitted_somewhere(actor, permission) is (role in MAY[permission])
    assert is_permitted(actor, permission) is (MAY[permission].get(role) == "anywhere")


@pytest.mark.parametrize("permission", Permission)
def test_without_a_role(permission: Permission) -> None:
    assert not is_permitted(Actor(OTHER), permission, facts(part(Part.LEAD, person=OTHER)))
    assert not is_permitted_somewhere(Actor(OTHER), permission)


def test_roles_add_up() -> None:
    both = Actor(OTHER, frozenset({Grant(Role.STAFF, ELSEWHERE), Grant(Role.CONFIRMER)}))
    assert is_permitted(both, Permission.CONFIRM) and is_permitted(
        both, Permission.LOG, facts(part(Part.LEAD, ELSEWHERE))
    )
    assert not is_permitted(both, Permission.LOG, facts(part(Part.LEAD, UNIT)))
    assert not both.governs and both.has(Role.CONFIRMER)


def test_the_command_line() -> None:
    """It founds, imports and sets; it confirms nothing."""
    assert is_permitted(COMMAND_LINE, Permission.ADMINISTER) and is_permitted(
        COMMAND_LINE, Permission.GOVERN
    )
    assert not is_permitted(COMMAND_LINE, Permission.CONFIRM, facts(DONE, CLAIM, released(DONE)))


def test_a_manager_assigns_inside_the_unit_and_governance_anywhere() -> None:
    """A manager assigns inside the unit, governance anywhere."""
    manager, office = (
        Actor(OTHER, frozenset({Grant(Role.MANAGER, UNIT)})),
        Actor(OTHER, frozenset({Grant(Role.GOVERNANCE)})),
    )
    require_in_unit(manager, Permission.ASSIGN, {UNIT})
    require_in_unit(office, Permission.ASSIGN, {UNIT, ELSEWHERE})
    for units in ({ELSEWHERE}, {UNIT, ELSEWHERE}, {UNIT, None}):
        with pytest.raises(NotAllowed):
            require_in_unit(manager, Permission.ASSIGN, units)


def test_an_item_is_of_the_units_that_lead_or_contribute() -> None:
    assert units_of(facts(part(Part.LEAD), part(Part.CONTRIBUTOR, ELSEWHERE))) == {UNIT, ELSEWHERE}
    assert units_of(facts()) == frozenset()
