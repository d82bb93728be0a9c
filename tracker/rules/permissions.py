"""Who may do what: the table of roles (docs/permissions.md), and whose unit an item is.

What the facts allow is in `entry_preconditions`, `review_preconditions`, `item_preconditions`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto

from .clause_state import clause_states
from .codes import Part, Role
from .facts import AssignmentFact
from .item_facts import Facts
from .item_standing import item_standing, to_confirm


class Permission(StrEnum):
    # people and roles, accounts, units, delegations, funds, settings, opening and closing pages,
    # erasing a text
    ADMINISTER = auto()
    # conventions, items, floor actions, decisions, links, imports, reports, estimates,
    # appropriations, withholding, meetings
    GOVERN = auto()
    ASSIGN = auto()
    LOG = auto()  # log, correct and withdraw own entries; expenses; outcomes
    RELEASE = auto()  # release, return to the author
    CONFIRM = auto()  # confirm or return a claim, confirm an outcome
    REOPEN = auto()
    READ_INTERNAL = auto()  # internal entries, files, payees
    READ_ALL = auto()  # everything, history, drafts of reports
    READ_SECURITY = auto()  # who signed in, failed to, was given or lost a role
    READ_CLOSED = auto()  # the pages of a closed body, and conventions for members
    READ_HIDDEN = auto()  # hidden conventions, and the record as it is of those by edition


class Where(StrEnum):
    ANYWHERE = auto()
    IN_UNIT = auto()  # items that the role's unit leads or contributes to
    OWN = auto()  # items that the person leads or contributes to, by name or as one of the unit
    ON_DESK = auto()  # what waits for a confirmation


TABLE: Mapping[Permission, Mapping[Role, Where]] = {
    Permission.ADMINISTER: {Role.ADMINISTRATOR: Where.ANYWHERE},
    Permission.GOVERN: {Role.GOVERNANCE: Where.ANYWHERE},
    Permission.ASSIGN: {Role.MANAGER: Where.IN_UNIT, Role.GOVERNANCE: Where.ANYWHERE},
    Permission.LOG: {
        Role.STAFF: Where.OWN,
        Role.MANAGER: Where.IN_UNIT,
        Role.GOVERNANCE: Where.ANYWHERE,
    },
    Permission.RELEASE: {Role.MANAGER: Where.IN_UNIT, Role.GOVERNANCE: Where.ANYWHERE},
    Permission.CONFIRM: {Role.CONFIRMER: Where.ANYWHERE},
    Permission.REOPEN: {Role.CONFIRMER: Where.ANYWHERE, Role.GOVERNANCE: Where.ANYWHERE},
    Permission.READ_INTERNAL: {
        Role.STAFF: Where.IN_UNIT,
        Role.MANAGER: Where.IN_UNIT,
        Role.GOVERNANCE: Where.ANYWHERE,
        Role.AUDITOR: Where.ANYWHERE,
        Role.CONFIRMER: Where.ON_DESK,
    },
    Permission.READ_ALL: {Role.AUDITOR: Where.ANYWHERE, Role.GOVERNANCE: Where.ANYWHERE},
    Permission.READ_SECURITY: {
        Role.ADMINISTRATOR: Where.ANYWHERE,
        Role.AUDITOR: Where.ANYWHERE,
    },
    Permission.READ_CLOSED: dict.fromkeys(Role, Where.ANYWHERE),
    Permission.READ_HIDDEN: {role: Where.ANYWHERE for role in Role if role is not Role.READER},
}


@dataclass(frozen=True)
class Grant:
    """A role held in the body; manager and staff in one unit."""

    role: Role
    unit_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts in a body: a person's id there (0 for the command line), and the roles held on the
    day.
    """

    person_id: int
    grants: frozenset[Grant] = field(default_factory=frozenset)

    def has(self, role: Role) -> bool:
        return any(grant.role is role for grant in self.grants)

    @property
    def governs(self) -> bool:
        return self.has(Role.GOVERNANCE)


COMMAND_LINE = Actor(0, frozenset({Grant(Role.ADMINISTRATOR), Grant(Role.GOVERNANCE)}))
FROM_OUTSIDE = Actor(-2)
"""Whoever bears a one-time link that asks somebody from outside; it has no role."""


class NotAllowed(Exception):
    """The actor's roles do not allow it."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.value)
        self.permission = permission


def units_of(facts: Facts) -> frozenset[int]:
    """The units that lead the item, or one of its clauses, or contribute."""
    return frozenset(unit for unit, _ in _units_and_persons(facts))


def _units_and_persons(facts: Facts) -> list[tuple[int, int | None]]:
    """Who leads or contributes: a unit, and the person in it, if one is named.

    (A unit that accepted a referral leads by that.)
    """
    units_and_persons: list[tuple[int, int | None]] = []
    for state in clause_states(facts, {facts.item.id: facts}):
        if isinstance(state.lead, AssignmentFact):
            units_and_persons.append((state.lead.unit_id, state.lead.person_id))
        elif state.lead:
            units_and_persons.append((state.lead.unit_id, None))
    for assignment in facts.assignments:
        if assignment.part is Part.CONTRIBUTOR:
            units_and_persons.append((assignment.unit_id, assignment.person_id))
    return units_and_persons


def _on_desk(facts: Facts) -> bool:
    """A released claim of done, or outcome, waits for somebody who confirms or returns it."""
    if to_confirm(item_standing(facts, {facts.item.id: facts})):
        return True
    return any(
        facts.released(outcome=outcome.id) and not facts.review(outcome=outcome.id)
        for outcome in facts.outcomes
    )


def is_permitted(actor: Actor, permission: Permission, facts: Facts | None = None) -> bool:
    """Whether the actor's roles allow it, of an item (by its facts now) where the permission
    depends on one.
    """
    for grant in actor.grants:
        where = TABLE[permission].get(grant.role)
        if where is Where.ANYWHERE:
            return True
        if facts is None or where is None:
            continue
        if where is Where.ON_DESK and _on_desk(facts):
            return True
        if where is Where.IN_UNIT and grant.unit_id in units_of(facts):
            return True
        if where is Where.OWN and any(
            unit == grant.unit_id and person in (None, actor.person_id)
            for unit, person in _units_and_persons(facts)
        ):
            return True
    return False


def is_permitted_somewhere(actor: Actor, permission: Permission) -> bool:
    """Whether there can be an item of which the actor may do it: what opens the door of a page."""
    return any(grant.role in TABLE[permission] for grant in actor.grants)


def require(actor: Actor, permission: Permission, facts: Facts | None = None) -> None:
    if not is_permitted(actor, permission, facts):
        raise NotAllowed(permission)


def permitted_units(actor: Actor, permission: Permission) -> frozenset[int | None]:
    """The units in which the actor may do it by a role in them."""
    return frozenset(
        grant.unit_id
        for grant in actor.grants
        if TABLE[permission].get(grant.role) is Where.IN_UNIT
    )


def is_permitted_in_units(
    actor: Actor, permission: Permission, unit_ids: Collection[int | None]
) -> bool:
    """Whether the actor may do it in each of these units."""
    allowed = permitted_units(actor, permission)
    return is_permitted(actor, permission) or all(unit in allowed for unit in unit_ids)


def require_in_unit(actor: Actor, permission: Permission, unit_ids: Collection[int | None]) -> None:
    """For acts that name the unit themselves, as an assignment does."""
    if not is_permitted_in_units(actor, permission, unit_ids):
        raise NotAllowed(permission)
