"""What the page shows of the code of the hall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from tracker.accounts import members_codes
from tracker.office.conventions.convention_page import OfficeConventionTarget


@dataclass(frozen=True, kw_only=True)
class MembersCodeBox:
    action: str  # where the form is sent that makes a new one
    version: int  # 0: none was made
    made_at: datetime | None = None  # in the body's zone
    made_by: str | None = None
    new_code: str | None = None  # it was just made, and is shown this once
    errors: Sequence[str] = ()


def members_code_box(
    session: Session,
    target: OfficeConventionTarget,
    *,
    new_code: str | None = None,
    errors: Sequence[str] = (),
) -> MembersCodeBox:
    """Of a convention, as it is now."""
    convention, context = target.convention, target.found.context
    code = members_codes.find(session, convention.id)
    return MembersCodeBox(
        action=url_for(
            "office.make_members_code", body=convention.body.slug, convention_slug=convention.slug
        ),
        version=code.version if code else 0,
        made_at=code.made_at.astimezone(context.settings.zone) if code else None,
        made_by=context.people.get(code.made_by) if code else None,
        new_code=new_code,
        errors=errors,
    )
