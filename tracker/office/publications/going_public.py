"""The page on which a convention goes public: who reads it, and the code of the hall."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.accounts.access import requires
from tracker.extensions import db
from tracker.office.blueprint import office
from tracker.office.conventions.convention_page import OfficeConventionTarget, find_convention
from tracker.rules.permissions import Permission, is_permitted

from .edition_box import EditionBox, edition_box
from .members_code_box import MembersCodeBox, members_code_box
from .who_reads_form import WhoReadsForm

GOING_PUBLIC = "/office/<body>/<convention_slug>/going-public"


@office.get(GOING_PUBLIC)
@requires(Permission.READ_ALL)
def going_public(body: str, convention_slug: str) -> ResponseReturnValue:
    return render(find_convention(body, convention_slug))


def render(
    target: OfficeConventionTarget,
    who_reads: WhoReadsForm | None = None,
    *,
    members_code: MembersCodeBox | None = None,
    editions: EditionBox | None = None,
    who_reads_errors: Sequence[str] = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> ResponseReturnValue:
    """:param who_reads: the form that is shown with what was chosen
    :param members_code: with the code of the hall that was just made, or why none was
    :param editions: with the form that comes back with what was written
    """
    convention = target.convention
    page = render_template(
        "office/publication/going_public.html",
        body=convention.body,
        convention=convention,
        who_reads=who_reads or WhoReadsForm(convention.publication),
        who_reads_errors=who_reads_errors,
        members_code=members_code or members_code_box(db.session(), target),
        box=editions or edition_box(db.session(), target),
        may_govern=is_permitted(target.found.actor, Permission.GOVERN),
    )
    return page, status
