"""What a story is told with: the union's people and days, and one scene for each item."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from tracker.acts.act_context import ActContext
from tracker.acts.evidence import NewEvidence, Opening
from tracker.record.items import Item
from tracker.record.outcomes import Outcome
from tracker.record.progress import Entry
from tracker.rules.codes import EvidenceKind

from .calendar import Calendar, When
from .people import DEPUTY, GOVERNANCE, MANAGERS, STAFF
from .steps import EntryStep, ItemStory, OutcomeStep, StoryFile, StoryLink

ContextMaker = Callable[[date, str], ActContext]  # of that person, on that day
# keeps a file; the SHA-256 of its public copy, where there is one
StoreFile = Callable[[StoryFile], tuple[NewEvidence, str | None]]


@dataclass(kw_only=True)
class Scene:
    """One item while its story is told."""

    story: ItemStory
    item: Item
    clauses: dict[int, int]  # the ids, by number
    unit: str = ""
    person: str | None = None
    # by the name, or the identity, of their step
    entries: dict[str, Entry] = field(default_factory=dict)
    outcomes: dict[int, Outcome] = field(default_factory=dict)

    @property
    def author(self) -> str:
        """Who writes of the item unless a step names somebody: the lead's person."""
        return self.person or STAFF.get(self.unit, GOVERNANCE)

    @property
    def releaser(self) -> str:
        """Who releases unless a step names somebody: the manager of the lead's unit."""
        return MANAGERS.get(self.unit, DEPUTY)

    def clause_id(self, number: int | None) -> int | None:
        """None: the whole item."""
        return self.clauses[number] if number else None

    def keep_entry(self, step: EntryStep, entry: Entry) -> None:
        self.entries[_key_of(step)] = entry

    def entry_of(self, step: EntryStep) -> Entry:
        return self.entries[_key_of(step)]

    def keep_outcome(self, step: OutcomeStep, outcome: Outcome) -> None:
        self.outcomes[id(step)] = outcome

    def outcome_of(self, step: OutcomeStep) -> Outcome:
        return self.outcomes[id(step)]


def _key_of(step: EntryStep) -> str:
    return step.name or str(id(step))


@dataclass(frozen=True)
class Cue:
    """Something to be done on a day, by somebody: what `union` sorts by day, and then does."""

    day: date
    do: Callable[[], None]


@dataclass(kw_only=True)
class World:
    """Where all stories are told."""

    session: Session
    calendar: Calendar
    at: ContextMaker
    store: StoreFile
    units: Mapping[str, int]
    people: Mapping[str, int]
    scenes: dict[tuple[str, str], Scene] = field(default_factory=dict)  # by convention and code

    def office(self, day: date) -> ActContext:
        """The governance office's context on that day."""
        return self.at(day, GOVERNANCE)

    def day(self, scene: Scene, when: When | None) -> date | None:
        """The date of `when`, counted as in the scene's convention; None stays None."""
        return None if when is None else self.calendar.day(scene.story.convention, when)

    def working_day(self, scene: Scene, when: When | None) -> date | None:
        """As `day`, but no day of a weekend."""
        return None if when is None else self.calendar.working_day(scene.story.convention, when)

    def evidence(
        self, links: Sequence[StoryLink], papers: Sequence[StoryFile]
    ) -> list[NewEvidence]:
        """The links, then the files, which are stored."""
        evidence = [
            NewEvidence(kind=EvidenceKind.LINK, title=link.title, url=link.url, internal=False)
            for link in links
        ]
        return evidence + [self.store(paper)[0] for paper in papers]

    def opening(self, papers: Sequence[StoryFile]) -> Opening:
        """A release of these files opens the public copies of those that need one."""
        public_copies = {}
        for paper in papers:
            evidence, copy = self.store(paper)
            if copy:
                public_copies[evidence.sha256 or ""] = copy
        return Opening(public_copies=public_copies)
