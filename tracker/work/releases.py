"""Releasing entries that wait, or sending them back: one or many, each with what it will show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import actor_in, begins_reading, requires, writing
from tracker.acts import progress
from tracker.acts.evidence import Opening
from tracker.clock import now
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.files import pictures, public_copies
from tracker.formatting import evidence_files
from tracker.formatting.form_fields import form_errors
from tracker.formatting.refusal_sentences import error_sentence
from tracker.forms.fields import add_error
from tracker.forms.list_pages import ListPage, list_page, page_address
from tracker.reading.addresses import AddressTarget
from tracker.reading.imported_lists import find_imported_list
from tracker.reading.models import EvidenceDetails
from tracker.reading.releases import EntryToRelease, ReleaseQueue, release_queue
from tracker.record.items import Item
from tracker.record.progress import Entry
from tracker.rules.mentions import Mention
from tracker.rules.permissions import NotAllowed, Permission
from tracker.rules.refusals import Refused
from tracker.translation import gettext as _
from tracker.translation import ngettext

from .blueprint import work
from .decision_forms import RELEASE, EntryDecisionForm, ReleasesForm
from .targets import context_in, find_body, parse_key

ADDRESS = "/my-work/<body>/release"
ENTRIES_PER_PAGE = 20
YES_TO_ALL = "sure"  # the value of the button "all", once it was said what becomes public


@dataclass(frozen=True)
class ReleaseDecision:
    """One entry that waits, and what the form says of it."""

    entry: EntryToRelease
    form: EntryDecisionForm

    @property
    def opened_files(self) -> list[EvidenceDetails]:
        """What members may open once the entry is released."""
        return [file for file in self.entry.evidence if file.id in self.form.opened_evidence]


@dataclass(frozen=True, kw_only=True)
class ReleasesPage:
    """The entries of one page with the form of all decisions."""

    queue: ReleaseQueue
    form: ReleasesForm
    decisions: Sequence[ReleaseDecision]
    only_entry: int | None  # the one entry that the address names
    page: ListPage
    lost_reasons: Sequence[str | None] = ()  # of entries that others decided meanwhile

    def render(
        self,
        status: HTTPStatus = HTTPStatus.OK,
        *,
        page_errors: Sequence[str] = (),
        to_confirm: Sequence[ReleaseDecision] = (),
    ) -> ResponseReturnValue:
        """The page, with its status.

        `page_errors`: errors that belong to no field. `to_confirm`: releases of many at once,
        about which the page asks first.
        """
        html = render_template(
            "work/release.html",
            queue=self.queue,
            body=self.queue.body,
            form=self.form,
            decisions=self.decisions,
            only_entry=self.only_entry,
            of_list=self.queue.of_list,
            page=self.page,
            page_address=page_address,
            lost_reasons=self.lost_reasons,
            cannot_open=_evidence_without_copy(self.decisions),
            page_errors=page_errors,
            to_confirm=to_confirm,
            mentions=self._mentions(),
        )
        return html, status

    def _mentions(self) -> dict[int, tuple[Mention, ...]]:
        """By entry: what of it names a person or a firm."""
        known = self.queue.known
        return {decision.entry.id: decision.entry.mentions(known) for decision in self.decisions}


@work.get(ADDRESS)
@requires(Permission.RELEASE, Permission.LOG, Permission.READ_ALL)
def release(body: str) -> ResponseReturnValue:
    """`entry` in the address: that one alone; `list`: what that list brought; `page`: of many;
    `all`: it asks at once whether they become public.

    A lead releases where the body lets leads do so; the reading says which entries.
    """
    queue, entries, only_entry = _load_waiting(find_body(body))
    if not queue.may_decide:
        return _render_to_read(queue, list(entries.values()), only_entry)
    page = _empty_page(queue, list(entries.values()), only_entry)
    if "all" in request.args:
        _release_the_undecided(page.decisions)
        return page.render(to_confirm=page.decisions)
    return page.render()


@work.post(ADDRESS)
@requires(Permission.RELEASE, Permission.LOG)
@begins_reading
def decide_releases(body: str) -> ResponseReturnValue:
    """What was decided of the entries of a page, all in one transaction."""
    target = find_body(body)
    queue, entries, only_entry = _load_waiting(target)
    page = _received_page(queue, entries, only_entry)
    if "all" in request.form:
        _release_the_undecided(page.decisions)
    _check(page.decisions)
    openings = _make_openings(page.decisions)
    if page.lost_reasons or form_errors(page.form) or _count_decided(page.decisions) == 0:
        return page.render(HTTPStatus.UNPROCESSABLE_ENTITY, page_errors=_errors_of_page(page))
    if "all" in request.form and request.form["all"] != YES_TO_ALL:
        return page.render(
            to_confirm=[decision for decision in page.decisions if decision.form.is_release]
        )
    if not _record(target.body_id, page.decisions, openings):
        return page.render(HTTPStatus.UNPROCESSABLE_ENTITY)
    _flash_counts(page.decisions)
    remaining = len(queue.entries) - _count_decided(page.decisions)
    list_id = queue.of_list.id if queue.of_list else None
    here = url_for("work.release", body=body, list=list_id, page=request.args.get("page"))
    return redirect(here if remaining else url_for("work.my_work"), HTTPStatus.SEE_OTHER)


def find_queue(target: AddressTarget, list_id: int | None) -> ReleaseQueue:
    """What waits for the signed-in person, of one list where it is named; 404 without that list."""
    session, actor = db.session(), actor_in(target.body_id)
    of_list = None
    if list_id is not None:
        of_list = find_imported_list(session, target.body_id, list_id)
        if of_list is None:
            abort(404)
    return release_queue(session, target.body_id, actor, target.today(now()), of_list)


def _load_waiting(
    target: AddressTarget,
) -> tuple[ReleaseQueue, dict[int, EntryToRelease], int | None]:
    """All that wait, those of the address by their keys, and the one that it names."""
    queue = find_queue(target, parse_key(request.args.get("list")))
    only_entry = parse_key(request.args.get("entry"))
    entries = {entry.id: entry for entry in queue.entries if only_entry in (None, entry.id)}
    return queue, entries, only_entry


def _render_to_read(
    queue: ReleaseQueue, entries: Sequence[EntryToRelease], only_entry: int | None
) -> str:
    """All that wait, for whoever decides on none of them."""
    page = list_page(len(entries), ENTRIES_PER_PAGE)
    return render_template(
        "work/release_to_read.html",
        body=queue.body,
        entries=page.of(entries),
        waiting=len(entries),
        only_entry=only_entry,
        of_list=queue.of_list,
        page=page,
        page_address=page_address,
    )


def _empty_page(
    queue: ReleaseQueue, entries: Sequence[EntryToRelease], only_entry: int | None
) -> ReleasesPage:
    """One page of them. Nothing is decided yet; evidence opens as the author asked."""
    page = list_page(len(entries), ENTRIES_PER_PAGE)
    shown = page.of(entries)
    form = ReleasesForm(formdata=None)
    for entry in shown:
        form.entries.append_entry(
            {"entry": entry.id, "seen": entry.seen, "opens": _openable(entry)}
        )
    decisions = [
        ReleaseDecision(entry, part.form) for entry, part in zip(shown, form.entries, strict=True)
    ]
    return ReleasesPage(
        queue=queue, form=form, decisions=decisions, only_entry=only_entry, page=page
    )


def _openable(entry: EntryToRelease) -> list[int]:
    """What the author asked to open, but for pictures of which no copy can be made."""
    closed = {file.id for file in entry.evidence if _cannot_be_opened(file)}
    return sorted(entry.evidence_to_open - closed)


def _received_page(
    queue: ReleaseQueue, entries: dict[int, EntryToRelease], only_entry: int | None
) -> ReleasesPage:
    form = ReleasesForm()
    decisions, lost_reasons = [], []
    for part in form.entries:
        entry = entries.get(part.form.entry.data or 0)
        if entry is None:
            lost_reasons.append(part.form.reason.data)
        else:
            decisions.append(ReleaseDecision(entry, part.form))
    return ReleasesPage(
        queue=queue,
        form=form,
        decisions=decisions,
        only_entry=only_entry,
        page=list_page(len(entries), ENTRIES_PER_PAGE),
        lost_reasons=lost_reasons,
    )


def _release_the_undecided(decisions: Sequence[ReleaseDecision]) -> None:
    """Where all are to be released: of entries of which nothing was said."""
    for decision in decisions:
        if not decision.form.decision.data:
            decision.form.decision.data = RELEASE


def _check(decisions: Sequence[ReleaseDecision]) -> None:
    """A return needs its reason; a picture that cannot be drawn anew is not opened."""
    for decision in decisions:
        decision.form.check_reason()
        if decision.form.is_release:
            decision.form.opens.errors = [
                evidence_files.no_copy(file.label)
                for file in decision.opened_files
                if _cannot_be_opened(file)
            ]


def _count_decided(decisions: Sequence[ReleaseDecision]) -> int:
    return sum(bool(decision.form.decision.data) for decision in decisions)


def _errors_of_page(page: ReleasesPage) -> list[str]:
    if page.lost_reasons:
        return [
            _(
                "Somebody else has released or returned one of these meanwhile; "
                "it is no longer in the list."
            )
        ]
    if not form_errors(page.form):
        return [_("Choose for one entry at least what is to be done.")]
    return []


def _make_openings(decisions: Sequence[ReleaseDecision]) -> dict[int, Opening]:
    """By entry: what a release opens. A picture without a copy is an error at its field."""
    return {
        decision.entry.id: _make_opening(decision)
        for decision in decisions
        if decision.form.is_release
    }


def _make_opening(decision: ReleaseDecision) -> Opening:
    """Members may open what the releaser leaves open; of pictures they get a copy without place and
    camera."""
    copies = {}
    for file in decision.opened_files:
        has_copy = file.stored and file.sha256 and pictures.has_copy(file.media_type or "")
        copy = _store_copy(decision.form, file) if has_copy else None
        if copy is not None and file.sha256:
            copies[file.sha256] = copy
    all_files = {file.id for file in decision.entry.evidence}
    return Opening(all_files - decision.form.opened_evidence, copies)


def _store_copy(form: EntryDecisionForm, file: EvidenceDetails) -> str | None:
    """The SHA-256 of the stored copy; None, with an error in the form, where none can be made."""
    folder = current_settings().files
    try:
        return public_copies.keep_copy(folder, file.sha256 or "", file.media_type or "")
    except pictures.TooManyPixels as too_large:
        add_error(form.opens, evidence_files.too_many_pixels(file.label, too_large.most))
    except (ValueError, FileNotFoundError):
        add_error(form.opens, evidence_files.no_copy(file.label))
    return None


def _evidence_without_copy(decisions: Sequence[ReleaseDecision]) -> list[int]:
    """The keys of what cannot be opened to members."""
    return [
        file.id
        for decision in decisions
        for file in decision.entry.evidence
        if _cannot_be_opened(file)
    ]


def _cannot_be_opened(file: EvidenceDetails) -> bool:
    return file.stored and pictures.cannot_be_copied(file.media_type or "")


def _record(
    body_id: int, decisions: Sequence[ReleaseDecision], openings: dict[int, Opening]
) -> bool:
    """All decisions in one transaction.

    False: one was refused, as it says, and none is recorded.
    """
    current = decisions[0]
    try:
        with writing() as session:
            for decision in decisions:
                current = decision
                form = decision.form
                context = context_in(session, body_id, form.seen.data)
                item = session.get_one(Item, decision.entry.item_id)
                entry = session.get_one(Entry, decision.entry.id)
                if form.is_release:
                    progress.release(context, item, entry, openings[entry.id])
                elif form.is_return:
                    progress.send_back(context, item, entry, form.reason.data or "")
    except (Refused, NotAllowed) as refused:
        current.form.decision.errors = [_("Nothing was recorded."), error_sentence(refused)]
        return False
    return True


def _flash_counts(decisions: Sequence[ReleaseDecision]) -> None:
    released = sum(decision.form.is_release for decision in decisions)
    returned = sum(decision.form.is_return for decision in decisions)
    if released:
        flash(ngettext("%(num)d entry is released.", "%(num)d entries are released.", released))
    if returned:
        flash(ngettext("%(num)d entry went back.", "%(num)d entries went back.", returned))
