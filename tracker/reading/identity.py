"""Which item it is, as it is shown: kind and number as published and as corrected, code, address, title, versions of the text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.rules import facts as shapes
from tracker.rules import item_code
from tracker.rules.codes import Stage
from tracker.rules.money import NEAREST_FIRST
from tracker.rules.versions import in_order

from .body_context import BodyContext
from .item_models import ConventionDetails, ItemRef, VersionDetails

WORDS_OF_TITLE = 12


@dataclass(frozen=True)
class Identity:
    id: int
    convention: ConventionDetails
    kind: str
    number: str | None
    normalised: str
    code: str
    title: str | None  # None: nothing says it, neither a title nor a text
    title_is_ours: bool
    versions: tuple[VersionDetails, ...]  # the one that counts first

    @property
    def path(self) -> str:
        return f"{self.convention.path}{self.code}"

    @property
    def ref(self) -> ItemRef:
        return ItemRef(
            self.id,
            self.path,
            self.code,
            self.kind,
            self.number,
            self.title or "",
            self.convention.year,
        )


@dataclass(frozen=True, kw_only=True)
class Heading:
    title: str | None  # None: nothing says it, neither a title nor a text
    is_ours: bool  # made of the text
    text: str | None  # of the version that counts


def heading(versions: Mapping[Stage, tuple[str | None, str | None]]) -> Heading:
    """Of the newest title and words of each stage."""
    first = [versions[stage] for stage in NEAREST_FIRST if stage in versions]
    text = first[0][1] if first else None
    for title, _words in first:
        if title:
            return Heading(title=title, is_ours=False, text=text)
    ours = next((_first_words(words) for _title, words in first if words), None)
    return Heading(title=ours, is_ours=True, text=text)


def identity(facts: shapes.Facts, near: BodyContext) -> Identity:
    """Of an item whose facts were loaded with words."""
    own = facts.item
    said = facts.designations[-1] if facts.designations else own
    prefix = near.prefixes.get(said.kind, said.kind)
    versions = tuple(_versions(facts.versions))
    named = heading({each.stage: (each.title, each.words) for each in versions})
    return Identity(
        own.id,
        near.conventions[own.convention_id],
        said.kind,
        published(said.number, said.as_published),
        said.number,
        f"{prefix}-{said.number}",
        named.title,
        named.is_ours,
        versions,
    )


@lru_cache(4096)
def published(normalised: str, as_published: str | None) -> str | None:
    """The number alone, as the list prints it: "6A", not "NBI 6A"; None where it gives none."""
    if normalised.startswith(item_code.UNNUMBERED):
        return None
    plain = (as_published or "").strip().lstrip("#").strip()
    if plain and item_code.parse(plain) is None and len(plain) <= len(normalised) + 4:
        return plain.lstrip("0") or plain
    return normalised.upper()


def _versions(recorded: Collection[shapes.VersionFact]) -> list[VersionDetails]:
    return [
        VersionDetails(
            version.id,
            version.stage,
            version.title,
            version.words,
            version.rationale,
            version.truncated,
            day_of_version(version),
        )
        for version in in_order(recorded)
    ]


def day_of_version(fact: shapes.VersionFact | shapes.EstimateFact) -> date | None:
    """A list as published has no day of its own: what is recorded as its date is the convention's."""
    return fact.on if fact.day_known and fact.stage is not Stage.AS_PUBLISHED else None


def _first_words(words: str) -> str:
    parts = words.split()
    return " ".join(parts[:WORDS_OF_TITLE]) + ("…" if len(parts) > WORDS_OF_TITLE else "")
