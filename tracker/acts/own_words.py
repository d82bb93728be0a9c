"""What words mean in the lists of a body: said by its office, changed, and removed.

None is a fact: it is how lists are understood, not what is on record.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.record import ledger
from tracker.record.import_previews import KeptMapping, OwnWord, WordOf
from tracker.rules import refusals
from tracker.rules.permissions import Permission
from tracker.rules.refusals import Refusal

from .act_context import ActContext

_IN_A_MAPPING = {WordOf.HEADING: "columns", WordOf.STATUS: "statuses"}


@dataclass(frozen=True, kw_only=True)
class WordSaid:
    """`key`: the words as lists are compared with them (importing/planning/own_words.py)."""

    of: WordOf
    key: str
    words: str
    meaning: str


def add(context: ActContext, said: WordSaid) -> OwnWord:
    """By hand. Refused where the body has a meaning of it already."""
    context.require(Permission.GOVERN)
    ledger.lock(context.session, context.body_id)
    refusals.need(_find(context, said) is None, Refusal.ALREADY_THERE)
    _forget_of_shapes(context, said.of, said.words)
    return _add(context, said, said_of=None)


def change(context: ActContext, word: OwnWord, meaning: str, seen: int) -> None:
    """`seen` is the version that was looked at."""
    _need_seen(context, word, seen)
    _forget_of_shapes(context, WordOf(word.of), word.words)
    _say(context, word, meaning, said_of=None)


def remove(context: ActContext, word: OwnWord, seen: int) -> None:
    """Later lists are understood without it; what was imported stays as it is."""
    _need_seen(context, word, seen)
    _forget_of_shapes(context, WordOf(word.of), word.words)
    context.session.delete(word)
    context.session.flush()


def say_of_a_list(context: ActContext, said: WordSaid, file_name: str) -> None:
    """What was said on the page of a list, when it is imported."""
    context.require(Permission.GOVERN)
    word = _find(context, said)
    if word is None:
        _add(context, said, said_of=file_name)
    elif word.meaning != said.meaning:
        _say(context, word, said.meaning, said_of=file_name)


def note_use(session: Session, word_ids: Collection[int], file_name: str, now: datetime) -> None:
    """A list was imported with these."""
    if word_ids:
        session.execute(
            sa.update(OwnWord)
            .where(OwnWord.id.in_(word_ids))
            .values(used_in=OwnWord.used_in + 1, used_at=now, used_of=file_name[:200])
        )


def _need_seen(context: ActContext, word: OwnWord, seen: int) -> None:
    context.require(Permission.GOVERN)
    context.session.refresh(word, with_for_update=True)
    refusals.need(word.version == seen, Refusal.CHANGED_MEANWHILE)


def _find(context: ActContext, said: WordSaid) -> OwnWord | None:
    return context.session.scalar(
        sa.select(OwnWord).where(
            OwnWord.body_id == context.body_id, OwnWord.of == said.of, OwnWord.key == said.key
        )
    )


def _add(context: ActContext, said: WordSaid, said_of: str | None) -> OwnWord:
    word = OwnWord(
        body_id=context.body_id,
        of=said.of.value,
        key=said.key,
        words=said.words,
        meaning=said.meaning,
        person_id=context.actor_id,
        said_at=context.now,
        said_of=said_of,
    )
    context.session.add(word)
    context.session.flush()
    return word


def _say(context: ActContext, word: OwnWord, meaning: str, said_of: str | None) -> None:
    word.meaning, word.version = meaning, word.version + 1
    word.person_id, word.said_at, word.said_of = context.actor_id, context.now, said_of
    context.session.flush()


def _forget_of_shapes(context: ActContext, of: WordOf, words: str) -> None:
    """What was kept of it for lists with certain headings would go before what is said now."""
    name = _IN_A_MAPPING[of]
    for kept in context.session.scalars(
        sa.select(KeptMapping).where(KeptMapping.body_id == context.body_id)
    ):
        mapping = json.loads(kept.mapping)
        table = mapping.get(name, {})
        spellings = [spelt for spelt in table if spelt.casefold() == words.casefold()]
        for spelt in spellings:
            del table[spelt]
        if spellings:
            kept.mapping = json.dumps(mapping, ensure_ascii=False)
