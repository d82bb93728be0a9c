"""Words of who may read a convention."""

from __future__ import annotations

from tracker.reading.models import ConventionDetails
from tracker.rules.codes import Visibility
from tracker.translation import gettext as _


def visibility(convention: ConventionDetails) -> str:
    match convention.publication.visibility:
        case Visibility.HIDDEN:
            return _("The office and staff")
        case Visibility.MEMBERS:
            return _("Members")
    return _("Everybody") if convention.body.open else _("People with a role")


def who_reads(convention: ConventionDetails) -> str:
    """The same as a sentence, with what they read."""
    match convention.publication.visibility:
        case Visibility.HIDDEN:
            readers = _("It is hidden: only the office and staff read it.")
        case Visibility.MEMBERS:
            readers = _(
                "It is for members: people with a role read it, and whoever types the code of the "
                "hall."
            )
        case _other:
            readers = _("It is public: everybody reads it.")
    if not convention.body.open:
        readers = _(
            "%(readers)s The pages of %(body)s are closed: only people with a role come in.",
            readers=readers,
            body=convention.body.name,
        )
    reading = (
        _("Readers see its newest edition.")
        if convention.publication.by_edition
        else _("Every release shows at once.")
    )
    return f"{readers} {reading}"
