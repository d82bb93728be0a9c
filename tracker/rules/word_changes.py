"""Two texts side by side: which words are gone, which are new, and what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Indel

AROUND = 8  # words that are shown before and after a change
LONGEST = 3_000  # words of a text that are compared
LEFT_OUT = "…"


@dataclass(frozen=True)
class WordPiece:
    """Some words on end."""

    words: str
    changed: bool = False


Pieces = tuple[WordPiece, ...]


def word_changes(before: str, after: str) -> tuple[Pieces, Pieces]:
    """The pieces of each text. What stays the same far from any change is left out."""
    old, new = before.split()[:LONGEST], after.split()[:LONGEST]
    changes = [code for code in Indel.opcodes(old, new) if code.tag != "equal"]
    return (
        _pieces(old, [range(code.src_start, code.src_end) for code in changes]),
        _pieces(new, [range(code.dest_start, code.dest_end) for code in changes]),
    )


def _pieces(words: Sequence[str], changes: Sequence[range]) -> Pieces:
    """A change is empty where the other text alone has words."""
    changed = {place for change in changes for place in change}
    near = {
        place for change in changes for place in range(change.start - AROUND, change.stop + AROUND)
    }
    pieces = []
    kinds = groupby(range(len(words)), lambda place: (place in near, place in changed))
    for (is_near, is_changed), places in kinds:
        shown = " ".join(words[place] for place in places) if is_near else LEFT_OUT
        pieces.append(WordPiece(shown, is_changed))
    return tuple(pieces)
