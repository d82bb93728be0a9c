"""Releasing all that one imported list brought and that still waits, in one act, after a question
that says how much it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import begins_reading, requires, writing
from tracker.acts import progress
from tracker.formatting.refusal_sentences import error_sentence
from tracker.reading.addresses import AddressTarget
from tracker.reading.releases import EntryToRelease, ReleaseQueue
from tracker.record.items import Item
from tracker.record.kept_summaries import kept_at_the_end
from tracker.record.progress import Entry
from tracker.rules.codes import Claimed
from tracker.rules.mentions import Mention
from tracker.rules.permissions import NotAllowed, Permission
from tracker.rules.refusals import Refusal, Refused, need
from tracker.translation import ngettext

from .blueprint import work
from .releases import find_queue
from .targets import context_in, find_body

MOST_NAMED = 20  # entries that the question names


@dataclass(frozen=True, kw_only=True)
class ListRelease:
    """What would be released of a list, and what of it can only go back."""

    queue: ReleaseQueue

    @property
    def entries(self) -> list[EntryToRelease]:
        return [entry for entry in self.queue.entries if not entry.only_goes_back]

    @property
    def going_back(self) -> list[EntryToRelease]:
        return [entry for entry in self.queue.entries if entry.only_goes_back]

    @property
    def items(self) -> int:
        return len({entry.item_id for entry in self.entries})

    @property
    def claims_of_done(self) -> int:
        return sum(
            any(claim.claimed is Claimed.DONE for claim in entry.clause_claims)
            for entry in self.entries
        )

    @property
    def spent(self) -> Decimal | None:
        """None where nothing is said of money."""
        amounts = [line.amount for entry in self.entries for line in entry.spent]
        return sum(amounts, Decimal(0)) if amounts else None

    @property
    def naming(self) -> list[tuple[EntryToRelease, tuple[Mention, ...]]]:
        """Those that name a person or a firm, and what each names."""
        known = self.queue.known
        named = [(entry, entry.mentions(known)) for entry in self.entries]
        return [(entry, mentions) for entry, mentions in named if mentions]

    @property
    def seen(self) -> str:
        """Stands for all that the question showed: it changes as soon as any of it does."""
        shown = ",".join(f"{entry.id}:{entry.seen}" for entry in self.entries)
        return sha256(shown.encode()).hexdigest()


@work.route("/my-work/<body>/release/list/<int:import_id>", methods=["GET", "POST"])
@requires(Permission.RELEASE)
@begins_reading
def release_list(body: str, import_id: int) -> ResponseReturnValue:
    """GET asks, with how much it is; POST releases what the question showed, or asks anew."""
    target = find_body(body)
    if request.method == "GET":
        return _ask(target, import_id)
    try:
        released = _release(target, import_id, request.form.get("seen", ""))
    except (Refused, NotAllowed) as refused:
        question = _ask(target, import_id, error_sentence(refused))
        return question, HTTPStatus.UNPROCESSABLE_ENTITY
    flash(ngettext("%(num)d entry is released.", "%(num)d entries are released.", released))
    return redirect(url_for("work.release", body=body, list=import_id), HTTPStatus.SEE_OTHER)


def _release(target: AddressTarget, import_id: int, seen: str) -> int:
    """How many were released: all, or, where one is refused, none."""
    with writing() as session, kept_at_the_end(session):
        release = ListRelease(queue=find_queue(target, import_id))
        need(seen == release.seen, Refusal.CHANGED_MEANWHILE)
        for waiting in release.entries:
            progress.release(
                context_in(session, target.body_id),
                session.get_one(Item, waiting.item_id),
                session.get_one(Entry, waiting.id),
            )
        return len(release.entries)


def _ask(target: AddressTarget, import_id: int, refused: str | None = None) -> str:
    release = ListRelease(queue=find_queue(target, import_id))
    return render_template(
        "work/release_list.html",
        body=release.queue.body,
        release=release,
        of_list=release.queue.of_list,
        named=release.entries[:MOST_NAMED],
        naming=release.naming,
        refused=refused,
    )
