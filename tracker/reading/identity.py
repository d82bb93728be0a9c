"""Which item it is, as it is shown.

Kind and number as published and as corrected, code, address, title, versions of the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.rules import item_code
from tracker.rules.codes import NEAREST_FIRST, Stage
from tracker.rules.facts import EstimateFact, VersionFact
from tracker.rules.item_facts import Facts
from tracker.rules.versions import newest_of_each_stage

from . import addresses
from .body_context import BodyContext
from .models import ConventionDetails, ItemRef, VersionDetails

WORDS_OF_TITLE = 12


@dataclass(frozen=True, kw_only=True)
class Identity:
    id: int
    convention: ConventionDetails
    kind: str
    number: str | None  # as published
    normalised: str
    code: str
    title: str | None  # None: nothing says it, neither a title nor a text
    title_is_ours: bool
    versions: tuple[VersionDetails, ...]  # the one that counts first

    @property
    def path(self) -> str:
        return addresses.item_path(self.convention.path, self.code)

    @property
    def ref(self) -> ItemRef:
        return ItemRef(
            id=self.id,
            path=self.path,
            code=self.code,
            kind=self.kind,
            number=self.number,
            title=self.title or "",
            year=self.convention.year,
        )


@dataclass(frozen=True, kw_only=True)
class Heading:
    title: str | None  # None: nothing says it, neither a title nor a text
    is_ours: bool  # made of the text
    text: str | None  # of the version that counts


def heading(versions: Mapping[Stage, tuple[str | None, str | None]]) -> Heading:
    """The heading of an item, from the newest title and words of each stage."""
    nearest_first = [versions[stage] for stage in NEAREST_FIRST if stage in versions]
    text = nearest_first[0][1] if nearest_first else None
    for title, _words in nearest_first:
        if title:
            return Heading(title=title, is_ours=False, text=text)
    for _title, words in nearest_first:
        if words:
            return Heading(title=_first_words(words), is_ours=True, text=text)
    return Heading(title=None, is_ours=True, text=text)


def identity(facts: Facts, body_context: BodyContext) -> Identity:
    """Of an item whose facts were loaded with words."""
    designation = facts.designations[-1] if facts.designations else facts.item
    prefix = body_context.prefixes.get(designation.kind, designation.kind)
    versions = tuple(_version_details(version) for version in newest_of_each_stage(facts.versions))
    item_heading = heading({version.stage: (version.title, version.words) for version in versions})
    return Identity(
        id=facts.item.id,
        convention=body_context.conventions[facts.item.convention_id],
        kind=designation.kind,
        number=published(designation.number, designation.as_published),
        normalised=designation.number,
        code=f"{prefix}-{designation.number}",
        title=item_heading.title,
        title_is_ours=item_heading.is_ours,
        versions=versions,
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


def _version_details(version: VersionFact) -> VersionDetails:
    return VersionDetails(
        id=version.id,
        stage=version.stage,
        title=version.title,
        words=version.words,
        rationale=version.rationale,
        truncated=version.truncated,
        on=day_of_version(version),
    )


def day_of_version(fact: VersionFact | EstimateFact) -> date | None:
    """A list as published has no day of its own: the one recorded for it is the convention's."""
    return fact.on if fact.day_known and fact.stage is not Stage.AS_PUBLISHED else None


def _first_words(words: str) -> str:
    parts = words.split()
    return " ".join(parts[:WORDS_OF_TITLE]) + ("…" if len(parts) > WORDS_OF_TITLE else "")
