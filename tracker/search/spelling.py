"""The words that items say to the public, and what a misspelt one may have meant.

A word and a misspelling of it have the same letters but for one: leaving out one letter of each (or
none) gives a spelling that they share. So candidates are found by equality, however many words
there are; the distance of the two decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa
from rapidfuzz.distance import OSA
from sqlalchemy.orm import Session

from .extent import Extent
from .index_text import distinct_words
from .tables import SPELLINGS, WORDS

SHORTEST, LONGEST = 4, 24  # letters of a word that is taken for misspelt, or proposed
BATCH = 500  # rows of one statement


def may_be_misspelt(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


class Said(NamedTuple):
    """A word of the items of a convention: as they are, or as an edition has them."""

    convention_id: int
    up_to: int
    word: str


def words_of(rows: Iterable[Mapping[str, Any]]) -> Counter[Said]:
    """Of rows of `find_item`: how many items say each word that can be proposed."""
    return Counter(
        Said(row["convention_id"], row["up_to"], word)
        for row in rows
        for word in distinct_words(row["words"])
        if may_be_misspelt(word)
    )


def spellings(word: str) -> set[str]:
    """As a whole, and without each of its letters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def change(session: Session, body_id: int, before: Counter[Said], after: Counter[Said]) -> None:
    """Some items said `before` and say `after`; a word that nobody says is forgotten at once."""
    changes = {
        said: after[said] - before[said]
        for said in sorted(before.keys() | after.keys())
        if after[said] != before[said]
    }
    known = _known(session, body_id, {said.word for said in changes})
    counts = {said: known.get(said, 0) + change for said, change in changes.items()}
    gone = [said for said, items in counts.items() if items <= 0 and said in known]
    new = {said: items for said, items in counts.items() if items > 0 and said not in known}
    others = {said: items for said, items in counts.items() if items > 0 and said in known}
    if others:
        session.connection().execute(
            sa.update(WORDS).where(*_OF_SAID).values(said_by=sa.bindparam("now")),
            [_parameters(body_id, said) | {"now": items} for said, items in others.items()],
        )
    if gone:
        session.connection().execute(
            sa.delete(WORDS).where(*_OF_SAID), [_parameters(body_id, said) for said in gone]
        )
    _add_words(session, body_id, new)
    words_before = {said.word for said in known}
    words_after = {said.word for said in (known.keys() - set(gone)) | new.keys()}
    _forget_spellings(session, body_id, words_before - words_after)
    _add_spellings(session, body_id, words_after - words_before)


_OF_SAID = (
    WORDS.c.body_id == sa.bindparam("of_body"),
    WORDS.c.word == sa.bindparam("of_word"),
    WORDS.c.convention_id == sa.bindparam("of_convention"),
    WORDS.c.up_to == sa.bindparam("of_up_to"),
)


def _parameters(body_id: int, said: Said) -> dict[str, object]:
    return {
        "of_body": body_id,
        "of_word": said.word,
        "of_convention": said.convention_id,
        "of_up_to": said.up_to,
    }


def _add_words(session: Session, body_id: int, counts: Mapping[Said, int]) -> None:
    if counts:
        session.connection().execute(
            sa.insert(WORDS),
            [
                {"body_id": body_id, **said._asdict(), "said_by": items}
                for said, items in counts.items()
            ],
        )


def _add_spellings(session: Session, body_id: int, words: Collection[str]) -> None:
    if words:
        session.connection().execute(
            sa.insert(SPELLINGS),
            [
                {"body_id": body_id, "spelling": spelling, "word": word}
                for word in sorted(words)
                for spelling in sorted(spellings(word))
            ],
        )


def _forget_spellings(session: Session, body_id: int, words: Collection[str]) -> None:
    if words:
        session.connection().execute(
            sa.delete(SPELLINGS).where(
                SPELLINGS.c.body_id == body_id,
                SPELLINGS.c.spelling == sa.bindparam("of_spelling"),
                SPELLINGS.c.word == sa.bindparam("of_word"),
            ),
            [
                {"of_spelling": spelling, "of_word": word}
                for word in sorted(words)
                for spelling in sorted(spellings(word))
            ],
        )


def replace_all(session: Session, body_id: int, counts: Mapping[Said, int]) -> None:
    for table in (SPELLINGS, WORDS):
        session.connection().execute(sa.delete(table).where(table.c.body_id == body_id))
    _add_words(session, body_id, counts)
    _add_spellings(session, body_id, {said.word for said in counts})


def kept(session: Session, body_id: int) -> Counter[Said]:
    return Counter(_counts(session, WORDS.c.body_id == body_id))


def _known(session: Session, body_id: int, words: Collection[str]) -> dict[Said, int]:
    """Of these words, whoever says them."""
    known: dict[Said, int] = {}
    for batch in _batches(sorted(words)):
        known |= _counts(session, WORDS.c.body_id == body_id, WORDS.c.word.in_(batch))
    return known


def _counts(session: Session, *where: sa.ColumnElement[bool]) -> dict[Said, int]:
    columns = (*(WORDS.c[name] for name in Said._fields), WORDS.c.said_by)
    rows = session.connection().execute(sa.select(*columns).where(*where))
    return {Said._make(said): items for *said, items in rows}


def _batches(words: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(words), BATCH):
        yield words[start : start + BATCH]


def nearest(session: Session, extent: Extent, misspelt: str) -> str | None:
    """The word that one typing error made of it: of several, the one that most items say.

    An error is a letter too many, too few, another, or two in each other's place. None: there is no
    such word where it is looked for, or it is too short to tell.
    """
    if not may_be_misspelt(misspelt):
        return None
    candidates = session.connection().execute(
        sa.select(WORDS.c.word, sa.cast(sa.func.sum(WORDS.c.said_by), sa.BigInteger))
        .where(
            extent.of(WORDS),
            WORDS.c.word.in_(
                sa.select(SPELLINGS.c.word).where(
                    SPELLINGS.c.body_id == extent.body_id,
                    SPELLINGS.c.spelling.in_(sorted(spellings(misspelt))),
                )
            ),
        )
        .group_by(WORDS.c.word)
    )
    near = [
        (-items, word)
        for word, items in candidates
        if word != misspelt and OSA.distance(word, misspelt, score_cutoff=1) <= 1
    ]
    return min(near)[1] if near else None
