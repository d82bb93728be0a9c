"""Which convention each meeting that a list names is, or will be: the yearly one of a year keeps its year as
address, others are "2017-special", "2017-special-2". Plain data in and out; the record is read in `conventions`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum, auto

from tracker.importing.values import meetings
from tracker.importing.values.meetings import DAYS_OF_ONE_MEETING, Meeting


@dataclass(frozen=True, kw_only=True)
class Held:
    """A convention that is on record, or that the call names: `meeting` is what its name says."""

    slug: str
    year: int | None
    special: bool
    meeting: Meeting
    opens_on: date | None = None
    closes_on: date | None = None


@dataclass(frozen=True)
class Made:
    """A convention to be made for a meeting."""

    slug: str
    year: int | None
    special: bool
    meeting: Meeting


class Unsure(StrEnum):
    WHICH_IS_REGULAR = auto()  # two meetings of a year, and no word says which is the yearly one
    MAY_BE_ONE = auto()  # two names of special meetings that could mean one
    WHICH_ON_RECORD = auto()  # a name that could mean several conventions on record
    NAMED_OTHERWISE = auto()  # the only special one on record has another name


@dataclass(frozen=True)
class Doubt:
    """`words` are the names as published; `slug` is where the first of them went."""

    code: Unsure
    year: int
    words: tuple[str, ...]
    slug: str


Cluster = list[Meeting]  # names of one meeting


@dataclass
class Places:
    """The address of each meeting, what is to be made, and what was not sure."""

    held: Sequence[Held]
    wanted: str | None = None  # the convention that the call names
    slugs: dict[Meeting, str] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def settle(self, named: Iterable[Meeting]) -> None:
        """All meetings of a list at once: what one name means depends on the others."""
        left = [meeting for meeting in dict.fromkeys(named) if not self._is_an_address(meeting)]
        for year in sorted({meeting.year for meeting in left if meeting.year}):
            self._settle_year(year, [meeting for meeting in left if meeting.year == year])

    def _is_an_address(self, meeting: Meeting) -> bool:
        known = {each.slug for each in self.held}
        spelt = "-".join(
            "".join(mark if mark.isalnum() else " " for mark in meeting.words.casefold()).split()
        )
        slug = meeting.slug or (spelt if spelt in known else None)
        if slug is None:
            return False
        self.slugs[meeting] = slug
        if slug not in known:
            self.made.setdefault(
                slug, Made(slug, meeting.year, bool(meeting.special), replace(meeting, words=slug))
            )
        return True

    def _settle_year(self, year: int, named: Sequence[Meeting]) -> None:
        held = [each for each in self.held if each.year == year]
        left, named_so = [], set()
        for meeting in named:
            exact = [
                each
                for each in held
                if not meeting.says_only_the_year and _is_named_so(each, meeting)
            ]
            if len(exact) == 1:
                self.slugs[meeting] = exact[0].slug
                named_so.add(exact[0].slug)
            else:
                left.append(meeting)
        regular = [meeting for meeting in left if not meeting.special]
        others = self._settle_regular(
            year, regular, [each for each in held if not each.special], named_so
        )
        special = _clusters(
            [meeting for meeting in left if meeting.special], meetings.says_the_same
        )
        for one, two in (
            (one, two) for place, one in enumerate(special) for two in special[place + 1 :]
        ):
            if meetings.same(one[0], two[0]):
                self.doubts.append(Doubt(Unsure.MAY_BE_ONE, year, (one[0].words, two[0].words), ""))
        self._settle_special(year, [*special, *others], [each for each in held if each.special])

    def _settle_regular(
        self, year: int, named: Sequence[Meeting], held: Sequence[Held], named_so: Collection[str]
    ) -> list[Cluster]:
        """Gives those that are not the yearly meeting of the year."""
        bare = [meeting for meeting in named if meeting.says_only_the_year]
        clusters = _clusters(
            [meeting for meeting in named if not meeting.says_only_the_year], meetings.same
        )
        own = (
            next((each for each in held if each.slug == self.wanted), None)
            or next((each for each in held if each.slug == str(year)), None)
            or next(iter(held), None)
        )
        may_be = (
            []
            if own and own.slug in named_so
            else [cluster for cluster in clusters if own is None or _is_near(own, cluster)]
        )
        yearly = [
            cluster for cluster in may_be if any(meeting.special is False for meeting in cluster)
        ]
        main = yearly[0] if len(yearly) == 1 else may_be[0] if may_be else None
        slug = own.slug if own else str(year)
        for meeting in (*bare, *(main or ())):
            self.slugs[meeting] = slug
        if own is None and (bare or main):
            name = next((meeting for meeting in (main or ()) if meeting.words), None)
            self.made.setdefault(
                slug, Made(slug, year, False, name or Meeting(words=slug, year=year))
            )
        others = [cluster for cluster in clusters if cluster is not main]
        unsure = (
            [cluster[0].words for cluster in others]
            if len(yearly) != 1 or any(cluster in may_be for cluster in others)
            else []
        )
        if others and unsure:
            first = main[0].words if main else own.meeting.words if own else str(year)
            self.doubts.append(Doubt(Unsure.WHICH_IS_REGULAR, year, (first, *unsure), slug))
        return others

    def _settle_special(self, year: int, clusters: Sequence[Cluster], held: Sequence[Held]) -> None:
        order = {
            meeting: place
            for place, meeting in enumerate(meetings.in_order([cluster[0] for cluster in clusters]))
        }
        for cluster in sorted(clusters, key=lambda each: order[each[0]]):
            first = cluster[0]
            free = [
                each
                for each in held
                if each.slug not in self.slugs.values() and _may_be(each, first)
            ]
            free.sort(key=lambda each: each.slug != self.wanted)
            if free:
                slug = free[0].slug
                several = len(free) > 1 and free[0].slug != self.wanted
                if several or not _is_named_by_its_address(free[0]):
                    code = Unsure.WHICH_ON_RECORD if several else Unsure.NAMED_OTHERWISE
                    self.doubts.append(
                        Doubt(
                            code, year, (first.words, *(each.meeting.words for each in free)), slug
                        )
                    )
            else:
                slug = self._free_address(year)
                self.made[slug] = Made(slug, year, True, first)
            for meeting in cluster:
                self.slugs[meeting] = slug

    def _free_address(self, year: int) -> str:
        taken = {each.slug for each in self.held} | self.made.keys()
        place = 1
        while (slug := f"{year}-special" + (f"-{place}" if place > 1 else "")) in taken:
            place += 1
        return slug


def _clusters(named: Sequence[Meeting], alike: Callable[[Meeting, Meeting], bool]) -> list[Cluster]:
    """Names of one meeting together; those that say the most first, so that a short name joins a longer one."""
    clusters: list[Cluster] = []
    for meeting in sorted(named, key=_says, reverse=True):
        fitting = next(
            (cluster for cluster in clusters if all(alike(other, meeting) for other in cluster)),
            None,
        )
        if fitting is None:
            clusters.append([meeting])
        else:
            fitting.append(meeting)
    place = {meeting: number for number, meeting in enumerate(named)}
    return sorted(
        (sorted(cluster, key=place.__getitem__) for cluster in clusters),
        key=lambda cluster: place[cluster[0]],
    )


def _says(meeting: Meeting) -> int:
    return (
        len(meeting.nouns)
        + len(meeting.others)
        + sum(
            each is not None
            for each in (meeting.number, meeting.month, meeting.day, meeting.special)
        )
    )


def _is_named_so(held: Held, meeting: Meeting) -> bool:
    return (
        not _is_named_by_its_address(held)
        and meetings.says_the_same(replace(held.meeting, special=meeting.special), meeting)
        and held.special is bool(meeting.special or (held.special and meeting.special is None))
    )


def _is_named_by_its_address(held: Held) -> bool:
    return held.meeting.words == held.slug


def _may_be(held: Held, meeting: Meeting) -> bool:
    return meetings.same(
        replace(
            held.meeting,
            special=True,
            number=None if _is_named_by_its_address(held) else held.meeting.number,
        ),
        replace(meeting, special=True),
    ) and _fits_the_days(held, meeting)


def _is_near(held: Held, cluster: Cluster) -> bool:
    return all(_fits_the_days(held, meeting) for meeting in cluster)


def _fits_the_days(held: Held, meeting: Meeting) -> bool:
    """The day or month that a name says is about that of the convention, where both are known."""
    opens, closes = held.opens_on or held.closes_on, held.closes_on or held.opens_on
    if opens is None or closes is None:
        return True
    if meeting.day:
        about = timedelta(days=DAYS_OF_ONE_MEETING)
        return opens - about <= meeting.day <= closes + about
    return meeting.month is None or meeting.month in {opens.month, closes.month}
