"""The page of the security log: who came in, who failed to, who was given or lost a role."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form, IntegerField, SelectField
from wtforms.fields import DateField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import NumberRange, Optional

from tracker.accounts.access import requires
from tracker.accounts.security_lines import LogFilter, load_reader, read_page
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.formatting import security_words
from tracker.rules.permissions import Permission
from tracker.security_log import SecurityEvent
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .blueprint import find_body, office


class LogForm(Form):
    """The filters; what cannot be read of them filters nothing, and says so at its field."""

    event = SelectField(_l("What happened"), [Optional()])
    person = SelectField(_l("Whom it concerns"), [Optional()])
    until = DateField(_l("Up to the end of"), [Optional()])
    page = IntegerField(default=1, validators=[Optional(), NumberRange(1, 10_000)])


@office.get("/office/<body>/security")
@requires(Permission.READ_SECURITY)
def security(body: str) -> ResponseReturnValue:
    found = find_body(body)
    context = found.context
    reader = load_reader(db.session(), found.body_id, body, found.target.zone, units=context.units)
    form = LogForm(request.args)
    form.event.choices = [
        SelectChoice("", _("Anything")),
        *(SelectChoice(event.value, security_words.event(event)) for event in SecurityEvent),
    ]
    with_account = sorted(
        (name, key) for key, name in reader.people.items() if key in reader.accounts_of
    )
    form.person.choices = [
        SelectChoice("", _("Anybody")),
        *(SelectChoice(str(key), name) for name, key in with_account),
    ]
    form.validate()
    wanted = LogFilter(
        event=SecurityEvent(form.event.data) if form.event.data and not form.event.errors else None,
        person_id=int(form.person.data) if form.person.data and not form.person.errors else None,
        until=None if form.until.errors else form.until.data,
    )
    page = form.page.data if form.page.data and not form.page.errors else 1
    log = read_page(current_settings().security_log, reader, wanted, page)

    def address(number: int) -> str:
        return url_for(
            "office.security",
            body=body,
            event=wanted.event,
            person=wanted.person_id,
            until=wanted.until,
            page=number if number > 1 else None,
        )

    return render_template(
        "office/security.html",
        body=context.body,
        form=form,
        log=log,
        page=page,
        address=address,
        is_filtered=wanted != LogFilter(),
    )
