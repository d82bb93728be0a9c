"""The page of all people of a body: who has which role, and inviting. One person's page is next
door.

Nobody types another's password: a link that is shown once lets its bearer choose one.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker import security_log
from tracker.accounts import body_people, invitations, user_accounts
from tracker.accounts.access import begins_reading, requires, writing
from tracker.accounts.body_people import AccountState, BodyPerson
from tracker.accounts.invitations import Newcomer, NewLink
from tracker.clock import now
from tracker.extensions import db
from tracker.office.blueprint import OfficeTarget, find_body, office, whole_number
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused, need
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _

from .forms import InviteForm, PeopleFilters
from .person import context_of, is_managed_here, note_link, to_person

ON_A_PAGE = 50
PEOPLE = "/office/<body>/people"


@office.get(PEOPLE)
@requires(Permission.ADMINISTER)
def people(body: str) -> ResponseReturnValue:
    found = find_body(body)
    return _people_page(found, InviteForm(found.context.unit_names.offered, formdata=None))


@office.post(PEOPLE)
@requires(Permission.ADMINISTER)
@begins_reading
def invite(body: str) -> ResponseReturnValue:
    """The link is shown on the page that answers, and on no other."""
    found = find_body(body)
    form = InviteForm(found.context.unit_names.offered)
    if not form.validate_on_submit():
        return _people_page(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    newcomer = Newcomer(
        name=(form.name.data or "").strip(),
        address=(form.email.data or "").strip(),
        role=form.role_code,
        unit_id=form.unit_id,
        from_on=form.from_on.data,
        until_on=form.until_on.data,
    )
    try:
        with writing() as session:
            _require_manageable(session, newcomer.address)
            invited = invitations.invite(context_of(session, found), newcomer)
    except Refused as refused:
        form.say(refused.code)
        return _people_page(found, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if invited.is_new_account:
        security_log.record(SecurityEvent.ACCOUNT_CREATED, account=invited.account_id)
    if invited.link is None:
        flash(
            _("%(name)s has an account already, and now this role.", name=newcomer.name)
            if invited.is_new_role
            else _("%(name)s held this role already.", name=newcomer.name)
        )
        return to_person(body, invited.person_id)
    note_link(found, invited.account_id)
    return _people_page(
        found, InviteForm(found.context.unit_names.offered, formdata=None), new_link=invited.link
    )


def _require_manageable(session: Session, address: str) -> None:
    """Nobody gets a link into another body's rooms: whoever opens it acts in these, too."""
    account = user_accounts.find_account(session, address)
    if account is not None and account.password is None:
        need(is_managed_here(session, account), Refusal.ACCOUNT_IS_ELSEWHERE)


def _people_page(found: OfficeTarget, form: InviteForm, new_link: NewLink | None = None) -> str:
    filters = PeopleFilters(request.args, found.context.unit_names.offered)
    filters.validate()
    everybody = body_people.list_people(db.session(), found.body_id, now(), found.target.zone)
    units = found.context.unit_names
    chosen = whole_number(filters.unit.data)
    unit_ids = units.family(chosen) if chosen and chosen in units.rows else frozenset()
    listed = [person for person in everybody if _fits(person, filters, unit_ids)]
    page = filters.page.data if filters.page.data and not filters.page.errors else 1
    pages = max(1, -(-len(listed) // ON_A_PAGE))
    page = min(page, pages)
    first = (page - 1) * ON_A_PAGE
    shown = {name: value for name, value in request.args.items() if name in filters and value}
    path = url_for("office.people", body=found.context.body.slug)

    def address(number: int) -> str:
        return f"{path}?{urlencode(shown | {'page': number})}"

    with_role = [person for person in everybody if person.roles_now]
    return render_template(
        "office/people.html",
        body=found.context.body,
        people=listed[first : first + ON_A_PAGE],
        first=first + 1,
        matching=len(listed),
        with_role=len(with_role),
        with_account=sum(person.state is AccountState.OPEN for person in with_role),
        filters=filters,
        form=form,
        new_link=new_link,
        page=page,
        pages=pages,
        address=address,
        today=found.today,
    )


def _fits(person: BodyPerson, filters: PeopleFilters, unit_ids: frozenset[int]) -> bool:
    """`unit_ids`: the unit that is asked for, with all that were merged into it."""
    wanted = (filters.q.data or "").strip().casefold()
    if wanted and wanted not in f"{person.name} {person.address or ''}".casefold():
        return False
    match filters.show.data:
        case "all":
            roles = person.roles
        case "invited":
            if person.state not in (AccountState.NONE, AccountState.INVITED):
                return False
            roles = person.roles_now
        case "closed":
            if person.state is not AccountState.CLOSED:
                return False
            roles = person.roles
        case _:
            roles = person.roles_now
            if not roles and person.state is not AccountState.OPEN:
                return False
    if filters.role.data:
        roles = tuple(role for role in roles if role.role == filters.role.data)
    if filters.unit.data:
        roles = tuple(role for role in roles if role.unit_id in unit_ids)
    return bool(roles) or not (filters.role.data or filters.unit.data)
