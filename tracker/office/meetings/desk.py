"""The page on which the office records what a meeting decided: one save, all or nothing.

What it sends is in `desk_form`, its rows are in `rows`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.accounts.body_limits import takes_files, takes_many_rows
from tracker.acts import meeting_drafts, meetings
from tracker.acts.act_context import for_body
from tracker.acts.meetings import MeetingRefused, MinutesFile
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.files import pictures, sniff
from tracker.formatting import evidence_files
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import add_error
from tracker.office.blueprint import OfficeTarget, find_body, office, whole_number
from tracker.office.choices import unit_choices
from tracker.reading.meeting_desk import meeting_desk
from tracker.record.drafts import form_fields_of
from tracker.record.meeting_drafts import MeetingDraft
from tracker.rules.meeting_decisions import DecisionKey, DecisionOf
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l
from tracker.translation import ngettext

from .desk_form import DeskForm, DeskTarget, Sent

ADDRESS = "/office/<body>/meetings/new"
NOT_KEPT = ("csrf_token", "do", "meeting-take_off")  # of a form, in its draft
MOST_ROWS = 1000


class WhoMetForm(Form):
    """The filter of the page: sent by GET, and part of its address."""

    unit = SelectField(_l("Which body met?"), default="", validate_choice=False)
    convention = SelectField(_l("Of"), default="", validate_choice=False)

    def __init__(self, found: OfficeTarget, sent: MultiDict[str, str]) -> None:
        super().__init__(sent)
        self.unit.choices = [
            SelectChoice("", _("Another body, by its name")),
            *unit_choices(found.context.unit_names.offered),
        ]
        conventions = sorted(
            found.context.conventions.values(), key=lambda one: one.slug, reverse=True
        )
        self.convention.choices = [
            SelectChoice("", _("All conventions")),
            *(SelectChoice(str(one.id), one.name) for one in conventions),
        ]

    @property
    def arguments(self) -> dict[str, str]:
        """As addresses have them."""
        names = ("unit", "convention")
        return {name: self[name].data for name in names if self[name].data}


@office.get(ADDRESS)
@requires(Permission.GOVERN)
def new_meeting(body: str) -> ResponseReturnValue:
    """What waits for the body that met; with what the person has not recorded yet."""
    found = find_body(body)
    draft = _draft(found)
    fields = form_fields_of(draft.fields) if draft and draft.fields else []
    sent: Sent = MultiDict(fields)
    who = WhoMetForm(found, request.args if request.args else MultiDict(_who_of(sent)))
    target = _target(found, who, sent, draft)
    kept_file = draft.file_name if draft and draft.fields else None
    return _render(DeskForm(target, sent or None, kept_file), who)


@office.post(ADDRESS)
@requires(Permission.GOVERN)
@begins_reading
@takes_files
@takes_many_rows
def record_meeting(body: str) -> ResponseReturnValue:
    """All rows that are decided, in one transaction; or the page comes back as it was typed."""
    found = find_body(body)
    who = WhoMetForm(found, request.args)
    button = request.form.get("do")
    if button == "drop":
        with writing() as session:
            meeting_drafts.drop(_context(session, found))
        flash(_("The draft is thrown away."))
        return _redirect("office.new_meeting", body=body, **who.arguments)
    not_taken = _keep_file(found)
    draft = _draft(found)
    kept_file = _kept_file(draft)
    form = DeskForm(_target(found, who, request.form, draft), request.form, kept_file)
    if not_taken:
        form.page_errors.append(not_taken)
    elif button == "draft":
        return _save_draft(found, who, form)
    if button == "fill":
        form = form.put_numbers()
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.has_errors else HTTPStatus.OK
        return _render(form, who), status
    if not form.check():
        status = HTTPStatus.CONFLICT if form.has_conflict else HTTPStatus.UNPROCESSABLE_ENTITY
        return _render(form, who), status
    return _record(found, who, form)


def _record(found: OfficeTarget, who: WhoMetForm, form: DeskForm) -> ResponseReturnValue:
    seen = whole_number(request.form.get("seen"))
    count = len(form.decided)
    try:
        with writing() as session:
            context = for_body(session, found.body_id, actor_in(found.body_id), now(), seen)
            draft = meeting_drafts.find(session, context.actor_id, found.body_id)
            file = _minutes(draft, form) if form.kept_file else None
            meeting = meetings.decide_by_meeting(context, form.new_meeting(file), form.decisions)
            meeting_id = meeting.id
            meeting_drafts.drop(context)
    except (Refused, ValueError) as refusal:
        return _refused(found.context.body.slug, who, refusal)
    flash(
        ngettext(
            "%(num)d decision is on record. The pages of the items say so from now on.",
            "%(num)d decisions are on record. The pages of the items say so from now on.",
            count,
        )
    )
    return _redirect("office.meeting", body=found.context.body.slug, meeting_id=meeting_id)


def _minutes(draft: MeetingDraft | None, form: DeskForm) -> MinutesFile:
    if draft is None or draft.sha256 is None:  # recorded or dropped in another window
        raise Refused(Refusal.NEEDS_MINUTES)
    settings = current_settings()
    is_open = bool(form.meeting.open.data)
    return meeting_drafts.as_minutes(draft, settings.uploads, settings.files, is_open)


def _refused(body: str, who: WhoMetForm, refusal: Refused | ValueError) -> ResponseReturnValue:
    """The page as it was typed, beside what is on record by now."""
    found = find_body(body)
    draft = _draft(found)
    form = DeskForm(_target(found, who, request.form, draft), request.form, _kept_file(draft))
    if isinstance(refusal, MeetingRefused):
        form.show_refusals(refusal.codes)
        is_conflict = Refusal.CHANGED_MEANWHILE in refusal.codes.values() or form.has_conflict
        return _render(form, who), (
            HTTPStatus.CONFLICT if is_conflict else HTTPStatus.UNPROCESSABLE_ENTITY
        )
    if isinstance(refusal, Refused):
        form.page_errors.append(refusal_sentence(refusal.code))
    else:  # no copy of a picture can be drawn
        add_error(form.meeting.open, evidence_files.no_copy(form.kept_file or ""))
    return _render(form, who), HTTPStatus.UNPROCESSABLE_ENTITY


# --- drafts and the file ---


def _draft(found: OfficeTarget) -> MeetingDraft | None:
    return meeting_drafts.find(db.session(), found.actor.person_id, found.body_id)


def _save_draft(found: OfficeTarget, who: WhoMetForm, form: DeskForm) -> ResponseReturnValue:
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in NOT_KEPT and not name.startswith("numbers-")
    ]
    fields += [(f"of-{name}", value) for name, value in who.arguments.items()]
    draft = form.target.draft
    sha256 = draft.sha256 if draft and form.kept_file else None
    with writing() as session:
        meeting_drafts.save(_context(session, found), fields, sha256)
    flash(_("The draft is saved. Nothing of it is on record yet."))
    return _redirect("office.new_meeting", body=found.context.body.slug, **who.arguments)


def _keep_file(found: OfficeTarget) -> str | None:
    """Keeps the file of this request, whatever else is to be mended; else says why not."""
    file = request.files.get("meeting-file")
    if file is None or not file.filename:
        return None
    content = file.stream.read(sniff.LARGEST + 1)
    try:
        with writing() as session:
            meeting_drafts.take(
                _context(session, found), current_settings().uploads, file.filename, content
            )
    except sniff.NotTaken as no:
        return evidence_files.not_taken(no)
    return None


def _kept_file(draft: MeetingDraft | None) -> str | None:
    """The name of the file that came now, or that the page showed already."""
    if draft is None or draft.sha256 is None:
        return None
    file = request.files.get("meeting-file")
    came_now = file is not None and bool(file.filename)
    return draft.file_name if came_now or request.form.get("kept") == draft.sha256 else None


def _context(session: Any, found: OfficeTarget) -> Any:
    return for_body(session, found.body_id, actor_in(found.body_id), now())


# --- the page ---


def _who_of(sent: Sent) -> dict[str, str]:
    return {name[3:]: value for name, value in sent.items() if name[:3] == "of-"}


def _target(
    found: OfficeTarget, who: WhoMetForm, sent: Sent, draft: MeetingDraft | None
) -> DeskTarget:
    unit_id, convention_id = whole_number(who.unit.data), whole_number(who.convention.data)
    if unit_id not in found.context.unit_names.offered:
        unit_id = None
    if convention_id not in found.context.conventions:
        convention_id = None
    return DeskTarget(
        found=found,
        unit_id=unit_id,
        convention_id=convention_id,
        desk=meeting_desk(
            db.session(),
            found.body_id,
            found.today,
            unit_id=unit_id,
            convention_id=convention_id,
            sent=_keys(sent),
        ),
        draft=draft,
    )


def _keys(sent: Sent) -> list[DecisionKey]:
    """Of the rows that are sent with a decision: they stay on the page, come what may."""
    keys = []
    for name, value in sent.items():
        kind, _dash, rest = name.partition("-")
        number = whole_number(rest.partition("-")[0])
        is_decision = rest.endswith("-decision") and value not in ("", "none")
        if kind in list(DecisionOf) and number is not None and is_decision:
            keys.append(DecisionKey(DecisionOf(kind), number))
    return keys[:MOST_ROWS]


def _render(form: DeskForm, who: WhoMetForm) -> str:
    target, draft = form.target, form.target.draft
    cannot_be_copied = bool(
        form.kept_file and draft and pictures.cannot_be_copied(draft.media_type or "")
    )
    return render_template(
        "office/meetings/new.html",
        body=target.found.context.body,
        form=form,
        who=who,
        target=target,
        kept=draft.sha256 if draft and form.kept_file else None,
        draft=draft if draft and draft.fields else None,
        saved_on=draft.saved_at.astimezone(target.found.context.settings.zone) if draft else None,
        cannot_be_copied=cannot_be_copied,
    )


def _redirect(endpoint: str, **values: Any) -> ResponseReturnValue:
    return redirect(url_for(endpoint, **values), HTTPStatus.SEE_OTHER)
