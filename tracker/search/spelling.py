"""The words that items of a body say to the public, and what a misspelt one may have meant.

A word and a misspelling of it have the same letters but for one: leaving out one letter of each (or
none) gives a spelling that they share. So candidates are found by equality, however many words
there are; the distance of the two decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping

import sqlalchemy as sa
from rapidfuzz.distance import OSA
from sqlalchemy.orm import Session

from .index_text import distinct_words
from .tables import SPELLINGS, WORDS

SHORTEST, LONGEST = 4, 24  # letters of a word that is taken for misspelt, or proposed
BATCH = 500  # rows of one statement


def may_be_misspelt(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def words_of(texts: Iterable[str]) -> Counter[str]:
    """Of the stored words of several items: how many say each of those that can be proposed."""
    return Counter(word for text in texts for word in distinct_words(text) if may_be_misspelt(word))


def spellings(word: str) -> set[str]:
    """As a whole, and without each of its letters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def change(session: Session, body_id: int, before: Counter[str], after: Counter[str]) -> None:
    """Some items said `before` and say `after`; a word that nobody says is forgotten at once."""
    changes = {
        word: after[word] - before[word]
        for word in sorted(before.keys() | after.keys())
        if after[word] != before[word]
    }
    known = _known(session, body_id, changes)
    gone = [word for word in known if known[word] + changes[word] <= 0]
    new = [word for word in changes if word not in known and changes[word] > 0]
    others = [word for word in known if known[word] + changes[word] > 0]
    connection = session.connection()
    if others:
        connection.execute(
            sa.update(WORDS)
            .where(WORDS.c.body_id == body_id, WORDS.c.word == sa.bindparam("of_word"))
            .values(said_by=sa.bindparam("now")),
            [{"of_word": word, "now": known[word] + changes[word]} for word in others],
        )
    if gone:
        _forget(session, body_id, gone)
    if new:
        add(session, body_id, {word: changes[word] for word in new})


def add(session: Session, body_id: int, counts: Mapping[str, int]) -> None:
    """Words that are not there yet, with how many items say each."""
    if not counts:
        return
    connection = session.connection()
    connection.execute(
        sa.insert(WORDS),
        [{"body_id": body_id, "word": word, "said_by": items} for word, items in counts.items()],
    )
    connection.execute(
        sa.insert(SPELLINGS),
        [
            {"body_id": body_id, "spelling": spelling, "word": word}
            for word in counts
            for spelling in sorted(spellings(word))
        ],
    )


def replace_all(session: Session, body_id: int, counts: Mapping[str, int]) -> None:
    for table in (SPELLINGS, WORDS):
        session.connection().execute(sa.delete(table).where(table.c.body_id == body_id))
    add(session, body_id, counts)


def _forget(session: Session, body_id: int, words: Collection[str]) -> None:
    connection = session.connection()
    connection.execute(
        sa.delete(SPELLINGS).where(
            SPELLINGS.c.body_id == body_id,
            SPELLINGS.c.spelling == sa.bindparam("of_spelling"),
            SPELLINGS.c.word == sa.bindparam("of_word"),
        ),
        [
            {"of_spelling": spelling, "of_word": word}
            for word in words
            for spelling in sorted(spellings(word))
        ],
    )
    connection.execute(
        sa.delete(WORDS).where(WORDS.c.body_id == body_id, WORDS.c.word == sa.bindparam("of_word")),
        [{"of_word": word} for word in words],
    )


def kept(session: Session, body_id: int) -> Counter[str]:
    rows = session.connection().execute(
        sa.select(WORDS.c.word, WORDS.c.said_by).where(WORDS.c.body_id == body_id)
    )
    return Counter({word: items for word, items in rows})


def _known(session: Session, body_id: int, words: Collection[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for batch in _batches(sorted(words)):
        rows = session.connection().execute(
            sa.select(WORDS.c.word, WORDS.c.said_by).where(
                WORDS.c.body_id == body_id, WORDS.c.word.in_(batch)
            )
        )
        known.update({word: items for word, items in rows})
    return known


def _batches(words: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(words), BATCH):
        yield words[start : start + BATCH]


def nearest(session: Session, body_id: int, misspelt: str) -> str | None:
    """The word that one typing error made of it: of several, the one that most items say.

    An error is a letter too many, too few, another, or two in each other's place. None: there is no
    such word, or it is too short to tell.
    """
    if not may_be_misspelt(misspelt):
        return None
    candidates = session.connection().execute(
        sa.select(WORDS.c.word, WORDS.c.said_by)
        .join(
            SPELLINGS,
            sa.and_(SPELLINGS.c.body_id == WORDS.c.body_id, SPELLINGS.c.word == WORDS.c.word),
        )
        .where(
            SPELLINGS.c.body_id == body_id, SPELLINGS.c.spelling.in_(sorted(spellings(misspelt)))
        )
        .distinct()
    )
    near = [
        (-items, word)
        for word, items in candidates
        if word != misspelt and OSA.distance(word, misspelt, score_cutoff=1) <= 1
    ]
    return min(near)[1] if near else None
