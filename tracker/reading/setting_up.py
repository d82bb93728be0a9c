"""How far an office is set up: what of each step is on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record.as_of import NOW, at
from tracker.record.items import Item, on_record
from tracker.record.people import Person, RoleHeld
from tracker.rules.codes import Role, Visibility
from tracker.rules.setting_up import SetUpStep, StepState, states

from .body_context import BodyContext
from .models import ConventionDetails
from .settings import SettingDetails, load_settings


@dataclass(frozen=True, kw_only=True)
class SettingUp:
    """Of one body, today."""

    units: int
    conventions: tuple[ConventionDetails, ...]  # the newest first
    items: int
    people: int  # who hold a role
    confirmers: int
    settings: Mapping[str, SettingDetails]

    @property
    def pages_are_open(self) -> bool:
        return self.settings["pages"].value == "open"

    @property
    def not_public(self) -> tuple[ConventionDetails, ...]:
        """Those that open pages do not show to everybody."""
        return tuple(
            convention
            for convention in self.conventions
            if convention.publication.visibility is not Visibility.PUBLIC
        )

    @property
    def pages_are_settled(self) -> bool:
        """Open, or closed because somebody has said so since the body was founded."""
        return self.pages_are_open or self.settings["pages"].actor_id is not None

    @property
    def states(self) -> Mapping[SetUpStep, StepState]:
        done = {SetUpStep.ACCOUNT, SetUpStep.BODY}
        if self.units:
            done.add(SetUpStep.UNITS)
        if self.conventions:
            done.add(SetUpStep.CONVENTION)
        if self.items:
            done.add(SetUpStep.ITEMS)
        if self.people > 1:
            done.add(SetUpStep.PEOPLE)
        if self.pages_are_settled:
            done.add(SetUpStep.PAGES)
        return states(done)

    @property
    def steps_left(self) -> int:
        return sum(state is not StepState.DONE for state in self.states.values())


def load_setting_up(session: Session, body_context: BodyContext) -> SettingUp:
    body_id = body_context.body.id
    of_body = sa.and_(Item.body_id == body_id, on_record(Item))
    items = sa.select(sa.func.count()).select_from(Item).where(of_body)
    roles = (
        sa.select(RoleHeld.role, RoleHeld.person_id)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(Person.body_id == body_id, at(RoleHeld, NOW))
        .distinct()
    )
    held = [(role, person_id) for role, person_id in session.connection().execute(roles)]
    return SettingUp(
        units=len(body_context.unit_names.offered),
        conventions=newest_first(body_context),
        items=session.connection().scalar(items) or 0,
        people=len({person_id for _role, person_id in held}),
        confirmers=sum(role is Role.CONFIRMER for role, _person_id in held),
        settings=load_settings(session, body_context),
    )


def newest_first(body_context: BodyContext) -> tuple[ConventionDetails, ...]:
    """The conventions of a body; those without a year last."""
    return tuple(
        sorted(
            body_context.conventions.values(),
            key=lambda convention: (convention.year or 0, convention.id),
            reverse=True,
        )
    )
