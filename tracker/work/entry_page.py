"""The page with the form of an entry: empty, with a draft, with an earlier entry, or come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from tracker.acts import drafts
from tracker.extensions import db
from tracker.reading.entries import EntryDetails, LoggableItem, loggable_item
from tracker.record.drafts import Draft, about
from tracker.translation import gettext as _

from .entry_files import KeptFiles, kept_files
from .entry_form import EntryForm
from .targets import ItemTarget, parse_key


@dataclass(frozen=True)
class EntryPage:
    """The form with what stands around it: the item, and the files that came already."""

    target: ItemTarget
    item: LoggableItem
    form: EntryForm
    files: KeptFiles

    @property
    def corrected(self) -> EntryDetails | None:
        """The released entry that this one replaces.

        A correction that was sent back still replaces the entry that it corrected.
        """
        returned = self.item.entry(parse_key(self.form.again.data))
        if returned is not None:
            return self.item.entry(returned.corrects)
        return self.item.entry(parse_key(self.form.corrects.data))

    def render(
        self,
        status: HTTPStatus = HTTPStatus.OK,
        *,
        preview: str | None = None,
        recorded_meanwhile: Sequence[EntryDetails] = (),
        page_errors: Sequence[str] = (),
        draft_saved_on: date | None = None,
    ) -> ResponseReturnValue:
        """The page, with its status.

        `preview`: the words to show as members will read them. `recorded_meanwhile`: what others
        recorded since the form was loaded. `page_errors`: errors that belong to no field.
        `draft_saved_on`: the day on which the draft in the form was saved.
        """
        page = render_template(
            "work/log.html",
            item=self.item,
            form=self.form,
            files=self.files,
            body=self.item.body,
            convention=self.item.convention,
            clauses={str(clause.id): clause for clause in self.item.clauses},
            corrected=self.corrected,
            earlier=self.form.earlier,
            preview=preview,
            recorded_meanwhile=recorded_meanwhile,
            page_errors=page_errors,
            draft_saved_on=draft_saved_on,
        )
        return page, status


def load_loggable(target: ItemTarget) -> LoggableItem:
    """The item for those who may log on it; 404 where it is not there, 403 for others."""
    item = loggable_item(db.session(), target.body_id, target.item_id, target.actor, target.today)
    if item is None:
        abort(404)
    return item


def received_page(target: ItemTarget, item: LoggableItem, form: EntryForm) -> EntryPage:
    """The page of a form that was sent."""
    form.set_item(item, target.today)
    return EntryPage(target, item, form, kept_files(target, form))


def render_first_page(target: ItemTarget, item: LoggableItem) -> ResponseReturnValue:
    """The person's draft; else an empty form, or one with the entry that the address names.

    `corrects` in the address: an entry to correct. `again`: one that was sent back.
    """
    corrected = item.entry(parse_key(request.args.get("corrects")))
    returned = item.entry(parse_key(request.args.get("again")))
    cannot_be_corrected = corrected is not None and corrected.id not in item.correctable
    if cannot_be_corrected:
        corrected = None
    draft = _find_draft(target, corrected, returned)
    if draft is not None:
        form = EntryForm(formdata=MultiDict(draft.form_fields))
        form.set_item(item, target.today)
    else:
        form = _form_without_draft(target, item, corrected, returned)
    form.seen.data = str(item.newest_event)
    page = EntryPage(target, item, form, kept_files(target, form))
    draft_saved_on = draft.saved_at.astimezone(target.address.zone).date() if draft else None
    if not cannot_be_corrected:
        return page.render(draft_saved_on=draft_saved_on)
    sentence = _(
        "This entry cannot be corrected from here: it was not released and is not your own, "
        "or it is confirmed."
    )
    return page.render(HTTPStatus.CONFLICT, page_errors=[sentence], draft_saved_on=draft_saved_on)


def _form_without_draft(
    target: ItemTarget,
    item: LoggableItem,
    corrected: EntryDetails | None,
    returned: EntryDetails | None,
) -> EntryForm:
    form = EntryForm(formdata=None)
    form.on.data = target.today  # the likeliest day
    form.corrects.data = str(corrected.id) if corrected else ""
    form.again.data = str(returned.id) if returned else ""
    form.set_item(item, target.today)
    earlier = corrected or returned
    if earlier is not None:
        form.copy_entry(earlier)
        form.copy_claims(earlier.claims)
    return form


def _find_draft(
    target: ItemTarget, corrected: EntryDetails | None, returned: EntryDetails | None
) -> Draft | None:
    """The person's draft on this item, unless it is of another entry than the address names."""
    draft = drafts.find(db.session(), target.actor.person_id, target.item_id)
    if draft is None or (corrected is None and returned is None):
        return draft
    about_address = (corrected.id if corrected else None, returned.id if returned else None)
    return draft if about(draft.fields) == about_address else None
