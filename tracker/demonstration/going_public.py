"""Who may read the made-up union's conventions, and the editions of one of them."""

from __future__ import annotations

from tracker.acts import publications
from tracker.acts.act_context import ActContext
from tracker.record.conventions import Convention
from tracker.rules.codes import Visibility

from .gatherings import Gathering


def settle(context: ActContext, convention: Convention, gathering: Gathering) -> None:
    """Nothing is said of one that is public and read live: that is how it begins."""
    by_edition = bool(gathering.editions)
    if by_edition or gathering.visibility is not Visibility.PUBLIC:
        publications.set_publication(
            context, convention, gathering.visibility, by_edition=by_edition
        )


def publish_edition(pins: ActContext, signs: ActContext, convention: Convention) -> None:
    """Made by one of governance, signed off by another."""
    edition = publications.pin_edition(pins, convention)
    publications.sign_edition(signs, edition, "Agreed with the board’s copy.")
    publications.publish_edition(signs, edition)
