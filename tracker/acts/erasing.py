"""Erasing a text for ever.

Its words go, and that they were erased, when and for which kind of reason stays on record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import sqlalchemy as sa

from tracker.extensions import Base
from tracker.record import ledger
from tracker.record.drafts import Draft, Upload
from tracker.record.items import Item
from tracker.record.outgoing_mail import MailState, MailTrouble, OutgoingMail
from tracker.record.texts import StandingText, holds, standing
from tracker.rules import refusals
from tracker.rules.codes import WithheldFor
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext

SHORT = 12  # characters: shorter words may stand in a draft without being a copy


def erase(context: ActContext, digest: str, kind: WithheldFor) -> int:
    """Blanks the text of that digest, which a fact of this body names; what it was said of keeps
    its effect.

    Drafts that hold a copy of the words are dropped; gives back how many. Mail of the body that
    holds them is forgotten, and does not leave any more. Printed reports lie in
    files, which whoever calls this removes.
    """
    context.require(Permission.ADMINISTER)
    places = list(standing(context.session, context.body_id, digest))
    refusals.need(places, Refusal.NOT_THERE)
    words = places[0].words
    if words is None:
        raise refusals.Refused(Refusal.ALREADY_ERASED)
    ledger.erase(
        context.session,
        digest,
        kind.value,
        chain=context.body_id,
        actor_id=context.actor_id,
        now=context.now,
        on=context.today,
        subject=_subject(context, places[0]),
    )
    _forget_mail(context, words)
    return _drop_copies(
        context, words, [place.item_id for place in places if place.item_id is not None]
    )


def _subject(context: ActContext, place: StandingText) -> Base:
    """The item, where the text is of one; else the fact itself."""
    if place.item_id is not None:
        return context.session.get_one(Item, place.item_id)
    table = Base.metadata.tables[place.table]
    fact = next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
    row: Base = context.session.get_one(fact, place.fact_id)
    return row


def _drop_copies(context: ActContext, words: str, item_ids: list[int]) -> int:
    """A correction begins with the words that it corrects, so a draft can hold them."""
    dropped = 0
    for draft in context.session.scalars(sa.select(Draft).where(Draft.item_id.in_(item_ids))).all():
        if any(_is_copy(text, words) for text in _strings(json.loads(draft.fields))):
            context.session.execute(sa.delete(Upload).where(Upload.draft_id == draft.id))
            context.session.delete(draft)
            dropped += 1
    context.session.flush()
    return dropped


def _forget_mail(context: ActContext, words: str) -> None:
    """What waits or is shown, and whatever names the words in its subject or to whom it goes."""
    mails = sa.select(OutgoingMail).where(OutgoingMail.body_id == context.body_id)
    for mail in context.session.scalars(mails).all():
        if not any(_is_copy(text or "", words) for text in _texts_of(mail)):
            continue
        if mail.state is MailState.WAITING:
            mail.state, mail.trouble = MailState.GIVEN_UP, MailTrouble.ERASED
            mail.ended_at, mail.next_try_at = context.now, None
        mail.text = mail.html = None
        mail.to_name = mail.subject = ""
    context.session.flush()


def _texts_of(mail: OutgoingMail) -> tuple[str | None, ...]:
    return mail.subject, mail.to_name, mail.text, mail.html


def _is_copy(text: str, words: str) -> bool:
    return holds(text, words) if len(words) >= SHORT else text.split() == words.split()


def _strings(value: object) -> Iterator[str]:
    """Every text in what JSON holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from _strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from _strings(member)
