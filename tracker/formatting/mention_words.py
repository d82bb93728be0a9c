"""Words for what an entry or an outcome names, said before it is released."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker.rules.mentions import Mention, MentionKind, MentionPlace
from tracker.translation import N_
from tracker.translation import gettext as _

KINDS: Mapping[MentionKind, str] = {
    MentionKind.PERSON: N_("A person of this record"),
    MentionKind.EMAIL: N_("An e-mail address"),
    MentionKind.TELEPHONE: N_("A telephone number"),
    MentionKind.FIRM: N_("A firm"),
    MentionKind.PAID_PERSON: N_("A payee who may be a person"),
}
PLACES: Mapping[MentionPlace, str] = {
    MentionPlace.WORDS: N_("in the words"),
    MentionPlace.REASON: N_("in the reason"),
    MentionPlace.DECIDED_BY: N_("in who decided it"),
    MentionPlace.TIE: N_("in what ties the change to the item"),
    MentionPlace.EVIDENCE: N_("in the title of a piece of evidence"),
    MentionPlace.EXPENSE: N_("in what the money was spent for"),
}


def lines(mentions: Iterable[Mention]) -> list[str]:
    """What is named and where, a line each."""
    return [
        _(
            "%(kind)s: %(name)s (%(place)s)",
            kind=_(KINDS[mention.kind]),
            name=mention.text,
            place=_place(mention),
        )
        for mention in mentions
    ]


def _place(mention: Mention) -> str:
    if mention.kind is MentionKind.PAID_PERSON and mention.place is MentionPlace.EXPENSE:
        return _("staff alone read who was paid")
    return _(PLACES[mention.place])


def heading(count: int) -> str:
    """Above the lines; `count` of entries or outcomes that name somebody."""
    if count == 1:
        return _("It names a person or a firm")
    return _("%(count)s of these name a person or a firm", count=count)
