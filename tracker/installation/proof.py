"""The whole proof of an installation.

The record, the heads that are kept beside it, and the bytes of its stored files.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.files import store
from tracker.record import anchors, proof
from tracker.record.proof import Proof, ProofProblem
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext

CANNOT_SEE = (
    lazy_gettext(
        "Accounts, passwords, sessions and one-time links: they are outside the ledger. "
        "`tracker doctor` names the roles and links with the day on which they were made."
    ),
    lazy_gettext(
        "Drafts, files that were not sent yet, jobs, and printed reports that are not issued: "
        "outside the ledger too."
    ),
    lazy_gettext(
        "The newest events cut off together with their lines in heads.log: only a head that "
        "others keep shows it (--anchor)."
    ),
    lazy_gettext(
        "Acts recorded by whoever can write to the database, chained as the tracker chains them: "
        "again, a head that others keep shows it."
    ),
)


def prove(settings: Settings, session: Session, now: datetime, anchor: Path | None = None) -> Proof:
    """`anchor`: heads that were kept elsewhere.

    Raises anchors.Unreadable where that file holds none, OSError.
    """
    kept, wrong = _kept_here(settings.heads_file)
    if anchor is not None:
        elsewhere = anchors.read(anchor)
        kept += elsewhere.anchors
        wrong += _unreadable(anchor, elsewhere)
    proved = proof.prove(session, kept, now, lambda sha256: store.digest_of(settings.files, sha256))
    if proved.events and not settings.heads_file.exists():
        wrong += (
            ProofProblem(
                None,
                None,
                _(
                    "%(file)s is gone: whether the newest events were cut off cannot be told.",
                    file=settings.heads_file.name,
                ),
            ),
        )
    return replace(proved, problems=(*wrong, *proved.problems))


def _kept_here(file: Path) -> tuple[tuple[tuple[int, str], ...], tuple[ProofProblem, ...]]:
    """The heads in heads.log. That it cannot be read is found, and stops nothing."""
    try:
        kept = anchors.read(file)
    except FileNotFoundError:
        return (), ()
    except (anchors.UnreadableAnchors, OSError) as wrong:
        return (), (
            ProofProblem(
                None, None, _("%(file)s cannot be read: %(why)s", file=file.name, why=wrong)
            ),
        )
    return kept.anchors, _unreadable(file, kept)


def _unreadable(file: Path, kept: anchors.KeptHead) -> tuple[ProofProblem, ...]:
    return tuple(
        ProofProblem(
            None,
            None,
            _(
                "%(file)s, line %(line)s: not a head (time, chain, number, hash)",
                file=file.name,
                line=number,
            ),
        )
        for number in kept.unreadable_lines
    )
