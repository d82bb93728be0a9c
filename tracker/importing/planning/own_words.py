"""What words mean in the lists of a body, as its office has said: it goes after what is said of the
list itself, and before what we understand by ourselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.importing.codes import Field
from tracker.importing.rows.mapping import ListMapping
from tracker.importing.rows.mapping_problems import STATUS_FIELDS
from tracker.importing.tables.column_reader import is_export
from tracker.importing.tables.columns import Column
from tracker.importing.tables.headings import letter, named, plain
from tracker.importing.tables.item_tables import Table
from tracker.importing.values import statuses
from tracker.record.import_previews import OwnWord, WordOf

LONGEST_WORDS = 300  # characters; a longer cell is no word of a status


@dataclass(frozen=True, kw_only=True)
class OwnWordUsed:
    """A word of the body that a list has. `otherwise`: what we would have taken it for, where that
    is something else.
    """

    word_id: int
    of: WordOf
    words: str  # as the list has them
    meaning: str
    otherwise: str | None
    times: int  # cells that have it; of a heading its columns


def own_words(session: Session, body_id: int | None) -> Sequence[OwnWord]:
    if body_id is None:
        return ()
    return session.scalars(sa.select(OwnWord).where(OwnWord.body_id == body_id)).all()


def key_of(of: WordOf, words: str) -> str:
    """The words as lists are compared with them; empty where nothing is left."""
    return plain(words) if of is WordOf.HEADING else statuses.key_of(words)


def understood_as(of: WordOf, words: str) -> str | None:
    """What we take it for by ourselves; None where we do not know it."""
    if of is WordOf.HEADING:
        field_and_sure = named(words)
        return field_and_sure[0].value if field_and_sure else None
    status = statuses.read(words)
    codes = [word.action.value for word in status.floor]
    codes += [status.followed.value] if status.followed else []
    return "+".join(codes) if status.clear and codes else None


def with_own_words(mapping: ListMapping, words: Sequence[OwnWord], table: Table) -> ListMapping:
    """The mapping, and below it what the body says of headings and statuses of the list.

    What the record itself has given out speaks in codes: there the body's words do not count.
    """
    if not words or is_export(table.headings):
        return mapping
    in_mapping = set(map(plain, mapping.columns))
    in_table = {
        plain(heading): heading
        for place, heading in enumerate(table.headings)
        if letter(place) not in mapping.columns
    }
    columns = {
        in_table[word.key]: word.meaning
        for word in words
        if word.of == WordOf.HEADING and word.key in in_table and word.key not in in_mapping
    }
    own_statuses = {word.key: word.meaning for word in words if word.of == WordOf.STATUS}
    return replace(
        mapping,
        columns={**columns, **mapping.columns},
        statuses={**own_statuses, **mapping.statuses},
    )


def words_used(
    mapping: ListMapping, words: Sequence[OwnWord], table: Table, columns: Sequence[Column]
) -> tuple[OwnWordUsed, ...]:
    """`mapping` is what is said of the list itself, which goes before."""
    if not words or is_export(table.headings):
        return ()
    by_key = {(word.of, word.key): word for word in words}
    in_mapping = set(map(plain, mapping.columns))
    headings = Counter(
        column.heading
        for column in columns
        if column.by_mapping
        and plain(column.heading) not in in_mapping
        and letter(column.place) not in mapping.columns
    )
    cells = _status_cells(table, columns)
    used = [
        *_used(WordOf.HEADING, headings, by_key),
        *(
            use
            for use in _used(WordOf.STATUS, cells, by_key)
            if statuses.key_of(use.words) not in mapping.statuses
        ),
    ]
    return tuple(used)


def _status_cells(table: Table, columns: Sequence[Column]) -> Counter[str]:
    places = [column.place for column in columns if column.field in STATUS_FIELDS]
    return Counter(
        row.cells[place]
        for row in table.rows
        for place in places
        if place < len(row.cells) and 0 < len(row.cells[place]) <= LONGEST_WORDS
    )


def _used(
    of: WordOf, times: Mapping[str, int], by_key: Mapping[tuple[str, str], OwnWord]
) -> list[OwnWordUsed]:
    """Each word once, in the first spelling that the list has of it."""
    used: dict[int, OwnWordUsed] = {}
    for words, count in times.items():
        word = by_key.get((of, key_of(of, words)))
        if word is None:
            continue
        before = used.get(word.id)
        if before is not None:
            used[word.id] = replace(before, times=before.times + count)
            continue
        otherwise = understood_as(of, words)
        used[word.id] = OwnWordUsed(
            word_id=word.id,
            of=of,
            words=words,
            meaning=word.meaning,
            otherwise=otherwise if otherwise != word.meaning else None,
            times=count,
        )
    return list(used.values())


def is_a_meaning(of: WordOf, meaning: str) -> bool:
    """Whether an office may say that words mean this."""
    if of is WordOf.HEADING:
        return meaning in frozenset(Field)
    return statuses.is_known(meaning)
