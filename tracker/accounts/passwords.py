"""Which passwords are refused: short ones, those that name their owner, those that are tried first.

Plain data in, a code out.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto

from zxcvbn import zxcvbn

SHORTEST = 12  # characters
STRONG = 4  # zxcvbn's best score: more than 10**10 guesses
LOOKED_AT = 72  # characters: zxcvbn takes no more
LONG_ENOUGH_ANYWHERE = 4  # characters: a shorter part counts only as a word of its own
SHORTEST_PART = 3

# zxcvbn keeps the words of its caller in a dictionary of its module
_one_at_a_time = threading.Lock()


class Weakness(StrEnum):
    TOO_SHORT = auto()
    HAS_ADDRESS = auto()
    HAS_NAME = auto()
    HAS_BODY = auto()
    EASILY_GUESSED = auto()


@dataclass(frozen=True)
class OwnerBody:
    slug: str
    name: str


@dataclass(frozen=True)
class PasswordOwner:
    """Whose password it is to be: what a stranger tries first."""

    address: str
    name: str
    bodies: tuple[OwnerBody, ...] = ()


def find_weakness(password: str, owner: PasswordOwner) -> Weakness | None:
    """Why it is refused; None: it will do."""
    if len(password) < SHORTEST:
        return Weakness.TOO_SHORT
    if _has_any(password, _parts_of_address(owner.address)):
        return Weakness.HAS_ADDRESS
    if _has_any(password, _parts_of_name(owner.name)):
        return Weakness.HAS_NAME
    if any(_has_body(password, body) for body in owner.bodies):
        return Weakness.HAS_BODY
    if _score(password, owner) < STRONG:
        return Weakness.EASILY_GUESSED
    return None


def _parts_of_address(address: str) -> Iterator[str]:
    """The whole, what stands before the @, and its words; of the domain, what is not its ending."""
    local, _at, domain = address.partition("@")
    labels = domain.split(".")[:-1]
    yield from (address, local, domain, *_words(local), *labels)


def _parts_of_name(name: str) -> Iterator[str]:
    yield from (name, *_words(name))


def _has_body(password: str, body: OwnerBody) -> bool:
    """Its name in one piece, its words in any order, or its short name."""
    words = [word for word in _words(body.name) if len(word) >= LONG_ENOUGH_ANYWHERE]
    in_any_order = bool(words) and all(_has(password, word) for word in words)
    return in_any_order or _has_any(password, (body.name, body.slug))


def _has_any(password: str, parts: Iterable[str]) -> bool:
    return any(_has(password, part) for part in parts)


def _has(password: str, part: str) -> bool:
    """Whether a part of three characters or more is in it, however it is written."""
    squeezed = "".join(_words(part))
    if len(squeezed) < SHORTEST_PART or squeezed.isdigit():
        return False
    if len(squeezed) < LONG_ENOUGH_ANYWHERE:
        return squeezed in _words(password)
    return squeezed in "".join(_words(password)) or _as_read(squeezed) in _as_read(password)


_READ_AS = str.maketrans(
    {
        "@": "a",
        "4": "a",
        "3": "e",
        "1": "i",
        "!": "i",
        "|": "i",
        "l": "i",
        "0": "o",
        "$": "s",
        "5": "s",
        "7": "t",
    }
)


def _as_read(text: str) -> str:
    """With signs that stand for letters read as these: `D4n@` is `dana`."""
    return "".join(_words(_plain(text).translate(_READ_AS)))


def _words(text: str) -> list[str]:
    """Runs of letters, and runs of digits."""
    return re.findall(r"[^\W\d_]+|\d+", _plain(text))


def _plain(text: str) -> str:
    """Without case and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def _score(password: str, owner: PasswordOwner) -> int:
    known = [owner.address, *_parts_of_address(owner.address), *_parts_of_name(owner.name)]
    for body in owner.bodies:
        known += [body.slug, "".join(_words(body.name)), *_words(body.name)]
    with _one_at_a_time:
        estimate = zxcvbn(password[:LOOKED_AT], user_inputs=[word for word in known if word])
    return int(estimate["score"])
