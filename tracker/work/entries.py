"""Logging an entry: one form, with its draft, its files and its preview. What an entry may say is asked of the act."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from babel.numbers import format_decimal
from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage, MultiDict

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.accounts.body_limits import takes_files
from tracker.acts import drafts, progress
from tracker.acts.evidence import NewEvidence
from tracker.acts.expenses import NewExpense
from tracker.errors import refusal_sentence
from tracker.extensions import db
from tracker.files import pictures, sniff
from tracker.formatting import evidence_files
from tracker.formatting.form_fields import form_errors
from tracker.reading.entries import EntryDetails, LoggableItem, loggable_item
from tracker.reading.item_models import EvidenceDetails
from tracker.record.drafts import Upload, about
from tracker.rules.codes import Claimed, EvidenceKind, MoneySaid
from tracker.rules.permissions import Permission
from tracker.rules.preconditions import NewClaim, Refusal, Refused
from tracker.translation import current_locale
from tracker.translation import gettext as _

from .door import ADDRESS, MEANWHILE, TO_MEND, settings, work
from .forms import INTERNAL, NO_CHANGE, NOT_ABOUT_IT, PUBLIC, ClauseForm, KeptForm, ProgressForm
from .targets import ItemTarget, context_in, find_item, parse_key, stored_item

MOST_FILES = 20
NOT_KEPT = ("csrf_token", "seen", "submit", "draft", "preview", "add", "drop")


@dataclass(frozen=True)
class Shape:
    """The form while it is shown."""

    target: ItemTarget
    item: LoggableItem
    form: ProgressForm
    uploads: dict[int, Upload]

    @property
    def kept(self) -> list[tuple[Upload, KeptForm]]:
        """The files that came already, each with its part of the form."""
        return [
            (self.uploads[entry.form.upload.data], entry.form)
            for entry in self.form.kept
            if entry.form.upload.data is not None
        ]


@work.route(f"{ADDRESS}/log", methods=["GET", "POST"])
@takes_files
@requires(Permission.LOG)
@begins_reading
def log(body: str, convention_slug: str, spelling: str) -> Any:
    where = find_item(body, convention_slug, spelling)
    item = loggable_item(
        db.session(), where.body_id, where.item_id, actor_in(where.body_id), where.today
    )
    if item is None:
        abort(404)
    if request.method == "GET":
        return _blank(where, item)
    form = ProgressForm()
    _take(where, form)
    shape = Shape(where, item, form.stand_on(item, where.today), _uploads(where, form))
    if "draft" in request.form:
        return _save(shape)
    if "add" in request.form or "drop" in request.form:
        if "link" in request.form.getlist("add"):
            form.links.append_entry()
        return _page(shape, status=TO_MEND if form.files.errors else 200)
    if "preview" in request.form:
        # how long the words may be: longer ones would be set for minutes; and the amount, which is shown as it was understood
        fits = all([form.words.validate(form), form.amount.validate(form)])
        return (
            _page(shape, preview=(form.words.data or "").strip()) if fits else _page(shape, TO_MEND)
        )
    form.validate()
    _closed_pictures(shape)
    if form_errors(form):
        return _page(shape, TO_MEND)
    return _submit(shape)


# --- the form, empty or taken up again ---


def _blank(where: ItemTarget, item: LoggableItem) -> Any:
    draft = drafts.find(db.session(), actor_in(where.body_id).person_id, where.item_id)
    corrects, again = (
        item.entry(parse_key(request.args.get("corrects"))),
        item.entry(parse_key(request.args.get("again"))),
    )
    refused = corrects is not None and corrects.id not in item.correctable
    corrects = None if refused else corrects
    if (
        draft is not None
        and (corrects or again)
        and about(draft.fields) != (corrects and corrects.id, again and again.id)
    ):
        draft = None  # it is of another entry
    if draft is not None:
        form = ProgressForm(formdata=MultiDict(json.loads(draft.fields)["form"]))
    else:
        form = ProgressForm(formdata=None)
        form.on.data = where.today  # likeliest
        if entry := corrects or again:
            _fill(form, entry)
            form.along.data = [found.id for found, _opens in entry.evidence]
        form.corrects.data, form.again.data = (
            str(corrects.id) if corrects else "",
            str(again.id) if again else "",
        )
    form.seen.data = str(item.newest_event)
    form.stand_on(item, where.today)
    _fill_claims(form, None if draft else corrects or again)
    more = (
        (
            _(
                "This entry cannot be corrected from here: it was not released and is not your own, or it is confirmed."
            ),
        )
        if refused
        else ()
    )
    return _page(
        Shape(where, item, form, _uploads(where, form)),
        MEANWHILE if refused else 200,
        more=more,
        draft_of=draft.saved_at if draft else None,
    )


def _fill(form: ProgressForm, entry: EntryDetails) -> None:
    form.words.data, form.on.data, form.next_word_by.data = (
        entry.words,
        entry.on,
        entry.next_word_by,
    )
    form.reader.data = INTERNAL if entry.internal else PUBLIC
    form.money.data = next(
        (
            claim.money.value
            for claim in entry.claims
            if claim.money and claim.money is not MoneySaid.AMOUNT
        ),
        None,
    )
    if entry.spent:
        first = entry.spent[0]
        form.money.data, form.paid_on.data, form.paid_for.data = (
            MoneySaid.AMOUNT.value,
            first.on or entry.on,
            first.category,
        )
        form.amount.data = format_decimal(first.amount, "0.00", locale=current_locale())


def _fill_claims(form: ProgressForm, entry: EntryDetails | None) -> None:
    said = {str(claim.clause_id): claim for claim in entry.claims} if entry else {}
    for each in form.clauses:
        clause: ClauseForm = each.form
        if claim := said.get(clause.clause.data or ""):
            clause.claimed.data = claim.claimed.value if claim.claimed else NO_CHANGE
            clause.blocked_by.data = claim.reason if claim.claimed is Claimed.BLOCKED else None
            clause.why_not.data = (
                claim.reason if claim.claimed is Claimed.WILL_NOT_BE_DONE else None
            )
            clause.decided_by.data, clause.decided_on.data = claim.decided_by, claim.decided_on


def _page(
    shape: Shape,
    status: int = 200,
    preview: str | None = None,
    meanwhile: Sequence[EntryDetails] = (),
    more: Sequence[str] = (),
    draft_of: Any = None,
) -> Any:
    words = {str(each.id): each for each in shape.item.clauses}
    return render_template(
        "work/log.html",
        shape=shape,
        item=shape.item,
        form=shape.form,
        body=shape.item.body,
        clauses=words,
        preview=preview,
        meanwhile=meanwhile,
        more=more,
        draft_of=draft_of and draft_of.astimezone(shape.target.arrival.zone).date(),
        corrected=_corrected(shape),
        earlier=shape.form.earlier,
        not_about=NOT_ABOUT_IT,
    ), status


def _corrected(shape: Shape) -> EntryDetails | None:
    """What members read that this entry is to replace: also where a correction of it came back."""
    again = shape.item.entry(parse_key(shape.form.again.data))
    return shape.item.entry(again.corrects if again else parse_key(shape.form.corrects.data))


# --- its files ---


def _take(where: ItemTarget, form: ProgressForm) -> None:
    """Files that came now are kept, whatever else is to be mended; those that cannot be taken are named."""
    chosen = [
        each for each in form.files.data or [] if isinstance(each, FileStorage) and each.filename
    ]
    form.files.data = []
    if not chosen:
        return
    wrong = []
    with writing() as session:
        context, item = context_in(session, where.body_id), stored_item(session, where.item_id)
        known = {entry.form.upload.data for entry in form.kept}
        for each in chosen:
            if len(form.kept.entries) >= MOST_FILES:
                wrong.append(
                    _(
                        "An entry takes %(most)s files. Put the others together, or give a link to where they lie.",
                        most=MOST_FILES,
                    )
                )
                break
            try:
                upload = drafts.take(
                    context,
                    item,
                    settings().uploads,
                    each.filename or "",
                    each.stream.read(sniff.LARGEST + 1),
                )
            except sniff.NotTaken as no:
                wrong.append(evidence_files.not_taken(no))
            else:
                if upload.id not in known:
                    form.kept.append_entry(
                        {"upload": upload.id, "opens": bool(form.files_open.data)}
                    )
    form.files.process_errors = form.files.errors = wrong


def _uploads(where: ItemTarget, form: ProgressForm) -> dict[int, Upload]:
    """The files that the form names and that are this person's, here; the others are left out of the form."""
    mine = {
        each.id: each
        for each in drafts.uploads(db.session(), actor_in(where.body_id).person_id, where.item_id)
    }
    dropped = parse_key(request.form.get("drop"))
    form.kept.entries[:] = [
        entry
        for entry in form.kept
        if entry.form.upload.data in mine and entry.form.upload.data != dropped
    ]
    return mine


def _closed_pictures(shape: Shape) -> None:
    """A picture that cannot be drawn anew would show members its place and camera."""
    for upload, kept in shape.kept:
        if (
            kept.opens.data
            and pictures.needs_copy(upload.media_type)
            and not pictures.has_copy(upload.media_type)
        ):
            kept.opens.errors = [evidence_files.no_copy(upload.name)]


# --- keeping and submitting it ---


def _save(shape: Shape) -> Any:
    kept = [upload.id for upload, _form in shape.kept]
    said = [
        [name, value]
        for name, value in request.form.items(multi=True)
        if name not in NOT_KEPT and not name.startswith("kept-")
    ]
    for row, (upload, kept_form) in enumerate(shape.kept):
        said += [[f"kept-{row}-upload", str(upload.id)]]
        said += [[f"kept-{row}-opens", "y"]] if kept_form.opens.data else []
    with writing() as session:
        drafts.save(
            context_in(session, shape.target.body_id),
            stored_item(session, shape.target.item_id),
            {"form": said},
            kept,
        )
    flash(_("The draft is kept. Nobody else reads it; it is no entry until you submit it."))
    return redirect(url_for("work.my_work"), 303)


def _submit(shape: Shape) -> Any:
    form = shape.form
    files = [
        drafts.as_evidence(upload, settings().uploads, settings().files, not kept.opens.data)
        for upload, kept in shape.kept
    ]
    files += [_along(found, opens) for found, opens in form.taken_along]
    try:
        with writing() as session:
            context, item = (
                context_in(session, shape.target.body_id, form.seen.data),
                stored_item(session, shape.target.item_id),
            )
            entry = progress.log(context, item, _report(shape, [*files, *_links(form)]))
            drafts.submitted(
                context,
                item,
                (parse_key(form.corrects.data), parse_key(form.again.data)),
                [upload.id for upload, _kept in shape.kept],
            )
            key = entry.id
    except Refused as no:
        return _refused(shape, no)
    if form.reader.data == INTERNAL:
        flash(_("The entry is on record, for staff only."))
    else:
        flash(_("The entry is submitted. It shows to members once it is released."))
    return redirect(
        url_for(
            "work.item",
            body=shape.item.body.slug,
            convention_slug=shape.item.convention.slug,
            spelling=shape.item.item.code,
            _anchor=f"entry-{key}",
        ),
        303,
    )


def _refused(shape: Shape, no: Refused) -> Any:
    """The form comes back: with what others said meanwhile beside it, or with the refusal at its field."""
    item = loggable_item(
        db.session(),
        shape.target.body_id,
        shape.target.item_id,
        actor_in(shape.target.body_id),
        shape.target.today,
    )
    assert item is not None
    seen = parse_key(shape.form.seen.data) or 0
    about = [
        key
        for entry in shape.form.clauses
        if entry.form.said and (key := parse_key(entry.form.clause.data))
    ]
    fresh = replace(shape, item=item, uploads=_uploads(shape.target, shape.form))
    shape.form.item = item
    if no.code is Refusal.CHANGED_MEANWHILE:
        shape.form.seen.data = str(item.newest_event)
        return _page(fresh, MEANWHILE, meanwhile=item.since(seen, about))
    field = shape.form.field_of(no.code)
    if field is not None:
        field.errors = [refusal_sentence(no.code)]
    return _page(fresh, TO_MEND, more=() if field is not None else (refusal_sentence(no.code),))


def _along(found: EvidenceDetails, opens: bool) -> NewEvidence:
    """Evidence of an earlier entry stands with this one as well."""
    kind = (
        EvidenceKind.FILE if found.stored else EvidenceKind.LINK if found.path else EvidenceKind.ROW
    )
    url = found.path if kind is EvidenceKind.LINK else None
    return NewEvidence(
        kind=kind,
        title=found.label,
        url=url,
        words=found.words,
        sha256=found.sha256,
        media_type=found.media_type,
        size=found.size,
        internal=not opens,
    )


def _links(form: ProgressForm) -> list[NewEvidence]:
    """Without words of its own a link is called by where it leads."""
    found = [
        ((entry.form.url.data or "").strip(), (entry.form.title.data or "").strip())
        for entry in form.links
    ]
    return [
        NewEvidence(
            kind=EvidenceKind.LINK,
            title=title or url.split("://", 1)[-1].rstrip("/")[:200],
            url=url,
            internal=form.reader.data == INTERNAL,
        )
        for url, title in found
        if url
    ]


def _report(shape: Shape, shown: Sequence[NewEvidence]) -> progress.NewEntry:
    form = shape.form
    money = (
        MoneySaid(form.money.data)
        if form.money.data in {each.value for each in MoneySaid} and form.asks_for_money
        else None
    )
    sayings = {
        key: _saying(key, entry.form, money)
        for entry in form.clauses
        if entry.form.said and (key := parse_key(entry.form.clause.data))
    }
    spent = _spent(form) if money is MoneySaid.AMOUNT else []
    assert form.on.data is not None
    return progress.NewEntry(
        words=(form.words.data or "").strip(),
        on=form.on.data,
        sayings=list(sayings.values()),
        shown=shown,
        spent=spent,
        internal=form.reader.data == INTERNAL,
        next_word_by=form.next_word_by.data,
        corrects=parse_key(form.corrects.data),
        explains=bool(form.earlier and form.earlier.explains),
        answers=parse_key(form.again.data),
    )


def _spent(form: ProgressForm) -> list[NewExpense]:
    """The amount of the form, to whom it went as the earlier entry has it; and what else that entry says was spent."""
    if form.amount.amount is None or form.paid_on.data is None:
        return []
    first = form.earlier.spent[0] if form.earlier and form.earlier.spent else None
    paid = NewExpense(
        amount=form.amount.amount,
        on=form.paid_on.data,
        category=(form.paid_for.data or "").strip(),
        payee=first.payee if first else None,
        note=first.note if first else None,
    )
    return [
        paid,
        *(
            NewExpense(
                amount=each.amount,
                on=each.on or form.paid_on.data,
                category=each.category,
                payee=each.payee,
                note=each.note,
            )
            for each in form.spent_along
        ),
    ]


def _saying(key: int, clause: ClauseForm, money: MoneySaid | None) -> NewClaim:
    claim = clause.claim
    reason = (
        {
            Claimed.BLOCKED: clause.blocked_by.data,
            Claimed.WILL_NOT_BE_DONE: clause.why_not.data,
        }.get(claim)
        if claim
        else None
    )
    wont = claim is Claimed.WILL_NOT_BE_DONE
    return NewClaim(
        clause_id=key,
        claimed=claim,
        reason=(reason or "").strip() or None,
        money=money if claim is Claimed.DONE else None,
        decided_by=(clause.decided_by.data or "").strip() or None if wont else None,
        decided_on=clause.decided_on.data if wont else None,
    )


@work.post(f"{ADDRESS}/draft/drop")
@requires(Permission.LOG)
@begins_reading
def drop_draft(body: str, convention_slug: str, spelling: str) -> Any:
    where = find_item(body, convention_slug, spelling)
    with writing() as session:
        drafts.drop(context_in(session, where.body_id), stored_item(session, where.item_id))
    flash(_("The draft and its files are thrown away."))
    return redirect(url_for("work.my_work"), 303)
