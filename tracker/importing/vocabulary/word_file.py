"""The files of words beside this module: TOML, so that an office can read and correct them.

A word is a regular expression for case-folded text; most are plain words. A name in braces, as in
"{adopted} in part", stands for any word of that name in the file's section [groups].
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import cast

Section = dict[str, list[str]]
_GROUP = re.compile(r"\{([a-z_]+)\}")


def alternatives(*patterns: str) -> str:
    """One regular expression that fits where any of several does; the first that fits is taken."""
    return "|".join(patterns)


def compiled(*patterns: str) -> re.Pattern[str]:
    """The same, ready for use; the case of letters does not matter."""
    return re.compile(alternatives(*patterns), re.IGNORECASE)


def any_word(patterns: Iterable[str]) -> str:
    """The same, to stand inside a longer regular expression."""
    return f"(?:{alternatives(*patterns)})"


class WordFile:
    """One file of words. What it does not hold is a KeyError, and a group that is not there too."""

    def __init__(self, name: str) -> None:
        text = resources.files(__package__).joinpath(name).read_text("utf-8")
        self.content = tomllib.loads(text)

    def words(self, name: str) -> tuple[str, ...]:
        """The words that stand under a name at the top of the file."""
        return tuple(self.content[name])

    def section(self, name: str) -> Section:
        """A section whose lines are lists of words, in the order of the file."""
        return cast(Section, self.content[name])

    def pairs(self, name: str) -> dict[str, str]:
        """A section whose lines are one word each."""
        return cast(dict[str, str], self.content[name])

    def group(self, name: str) -> str:
        """A regular expression for any word of a group."""
        return any_word(self.expanded(word) for word in self.section("groups")[name])

    def expanded(self, word: str) -> str:
        """A word, with a regular expression in place of each group that it names."""
        return _GROUP.sub(lambda name: self.group(name[1]), word)

    def meanings(self, name: str) -> list[tuple[str, str]]:
        """What each entry of an ordered section means, and the regular expression of its words."""
        return [
            (entry["means"], alternatives(*map(self.expanded, entry["words"])))
            for entry in self.content[name]
        ]
