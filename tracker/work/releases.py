"""Releasing entries that wait, or sending them back: one or many, each with all that it will show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import progress
from tracker.acts.evidence import Opening
from tracker.clock import now
from tracker.errors import error_sentence
from tracker.extensions import db
from tracker.files import pictures, store
from tracker.formatting import evidence_files
from tracker.formatting.form_fields import form_errors
from tracker.reading import releases
from tracker.reading.item_models import EvidenceDetails
from tracker.reading.releases import EntryToRelease, ReleaseQueue
from tracker.record.progress import Entry
from tracker.rules.permissions import NotAllowed, Permission
from tracker.rules.preconditions import Refused
from tracker.translation import gettext as _
from tracker.translation import ngettext

from .door import TO_MEND, settings, work
from .forms import ReleaseForm, ReleasesForm
from .targets import context_in, find_body, parse_key, stored_item

MANY = 20  # on one page
RELEASE, RETURN = "release", "return"
SURE = "sure"  # of releasing all, once it was said what becomes public


@dataclass(frozen=True)
class _Gone:
    """What was decided of an entry that somebody else has decided meanwhile."""

    reason: str | None


@work.route("/my-work/<body>/release", methods=["GET", "POST"])
@requires(Permission.RELEASE, Permission.LOG)
@begins_reading
def release(body: str) -> Any:
    """`entry` in the address: that one alone. (A lead releases where the body lets leads do so; the reading says which.)"""
    arrival = find_body(body)
    found = releases.release_queue(
        db.session(), arrival.body_id, actor_in(arrival.body_id), arrival.today(now())
    )
    only = parse_key(request.args.get("entry"))
    shown = {each.entry: each for each in found.entries if only in (None, each.entry)}
    if request.method == "GET":
        return _page(found, list(shown.values())[:MANY], _blank(list(shown.values())[:MANY]), only)
    form = ReleasesForm()
    parts = [
        (shown[key], entry.form)
        for entry in form.entries
        if (key := entry.form.entry.data) in shown
    ]
    gone = [
        _Gone(entry.form.reason.data)
        for entry in form.entries
        if entry.form.entry.data not in shown
    ]
    _read(parts)
    openings = {
        each.entry: _opening(each, part) for each, part in parts if part.decision.data == RELEASE
    }
    if form_errors(form) or gone or not any(part.decision.data for _each, part in parts):
        more = (
            [
                _(
                    "Somebody else has released or returned one of these meanwhile; it is no longer in the list."
                )
            ]
            if gone
            else []
        )
        more += (
            [_("Choose for one entry at least what is to be done.")]
            if not gone and not form_errors(form)
            else []
        )
        return _page(found, [each for each, _part in parts], form, only, TO_MEND, more, gone)
    if "all" in request.form and request.form["all"] != SURE:
        released = [(each, part) for each, part in parts if part.decision.data == RELEASE]
        asks = [(each, _opened(each, part)) for each, part in released]
        return _page(found, [each for each, _part in parts], form, only, asks=asks)
    at_hand = parts[0][1]
    try:
        with writing() as session:
            for each, part in parts:
                at_hand = part
                context, item = (
                    context_in(session, arrival.body_id, part.seen.data),
                    stored_item(session, each.item_id),
                )
                entry = session.get_one(Entry, each.entry)
                if part.decision.data == RELEASE:
                    progress.release(context, item, entry, openings[each.entry])
                elif part.decision.data == RETURN:
                    progress.send_back(context, item, entry, part.reason.data or "")
    except (Refused, NotAllowed) as no:
        at_hand.decision.errors = [_("Nothing was recorded."), error_sentence(no)]
        return _page(found, [each for each, _part in parts], form, only, TO_MEND)
    _say([part.decision.data for _each, part in parts])
    return redirect(
        url_for("work.release", body=body)
        if len(found.entries) > len([1 for _e, part in parts if part.decision.data])
        else url_for("work.my_work"),
        303,
    )


def _page(
    found: ReleaseQueue,
    shown: list[EntryToRelease],
    form: ReleasesForm,
    only: int | None,
    status: int = 200,
    more: list[str] | None = None,
    gone: Sequence[_Gone] = (),
    asks: Sequence[tuple[EntryToRelease, list[str]]] = (),
) -> Any:
    """`asks`: the entries that are about to be released all at once, each with the labels of what members may then open."""
    parts = {entry.form.entry.data: entry.form for entry in form.entries}
    cannot_open = [each.id for entry in shown for each in entry.evidence if _closed(each)]
    return render_template(
        "work/release.html",
        found=found,
        body=found.body,
        form=form,
        only=only,
        more=more or [],
        gone=gone,
        asks=asks,
        shown=[(each, parts[each.entry]) for each in shown],
        cannot_open=cannot_open,
    ), status


def _blank(shown: list[EntryToRelease]) -> ReleasesForm:
    form = ReleasesForm(formdata=None)
    for each in shown:
        form.entries.append_entry(
            {"entry": each.entry, "seen": each.seen, "opens": sorted(each.asked)}
        )
    return form


def _read(parts: list[tuple[EntryToRelease, ReleaseForm]]) -> None:
    """ "Release them all" decides for those of which nothing was said; a return needs its reason; what cannot be drawn anew stays inside."""
    for each, part in parts:
        if "all" in request.form and not part.decision.data:
            part.decision.data = RELEASE
        if part.decision.data == RETURN and not (part.reason.data or "").strip():
            part.reason.errors = [_("Say why it goes back")]
        if part.decision.data == RELEASE:
            part.opens.errors = [
                evidence_files.no_copy(file.label)
                for file in each.evidence
                if file.id in (part.opens.data or []) and _closed(file)
            ]


def _opened(each: EntryToRelease, part: ReleaseForm) -> list[str]:
    """The labels of the evidence that members may open once it is released."""
    return [file.label for file in each.evidence if file.id in (part.opens.data or [])]


def _closed(file: EvidenceDetails) -> bool:
    kind = file.media_type or ""
    return file.stored and pictures.needs_copy(kind) and not pictures.has_copy(kind)


def _opening(each: EntryToRelease, part: ReleaseForm) -> Opening:
    """What members may open is as the releaser leaves it; of pictures they get a copy without place and camera."""
    opened = set(part.opens.data or [])
    copies = {}
    for file in each.evidence:
        if (
            file.id in opened
            and file.stored
            and file.sha256
            and pictures.has_copy(file.media_type or "")
        ):
            try:
                copy, _kind = pictures.public_copy(
                    store.read(settings().files, file.sha256), file.media_type or ""
                )
                copies[file.sha256] = store.keep(settings().files, copy)
            except pictures.TooManyPixels as large:
                part.opens.errors = [
                    *part.opens.errors,
                    evidence_files.too_many_pixels(file.label, large.most),
                ]
            except (ValueError, FileNotFoundError):
                part.opens.errors = [*part.opens.errors, evidence_files.no_copy(file.label)]
    return Opening({file.id for file in each.evidence} - opened, copies)


def _say(decisions: list[str | None]) -> None:
    released, returned = decisions.count(RELEASE), decisions.count(RETURN)
    if released:
        flash(ngettext("%(num)d entry is released.", "%(num)d entries are released.", released))
    if returned:
        flash(ngettext("%(num)d entry went back.", "%(num)d entries went back.", returned))
