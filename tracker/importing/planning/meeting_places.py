"""Which convention each meeting that a list names is, or will be.

The yearly meeting of a year has its year as address, others have "2017-special",
"2017-special-2". Plain data in and out: the record is read in `recorded_body`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum, auto
from itertools import combinations

from tracker.importing.values import meetings
from tracker.importing.values.meetings import DAYS_OF_ONE_MEETING, ListedMeeting


@dataclass(frozen=True, kw_only=True)
class KnownConvention:
    """A convention on record, or one that the call names; `meeting` is what its name says."""

    slug: str
    year: int | None
    special: bool
    meeting: ListedMeeting
    opens_on: date | None = None
    closes_on: date | None = None

    @property
    def is_named_by_its_address(self) -> bool:
        return self.meeting.words == self.slug


@dataclass(frozen=True)
class NewConvention:
    """A convention to be made for a meeting."""

    slug: str
    year: int | None
    special: bool
    meeting: ListedMeeting


class DoubtCode(StrEnum):
    WHICH_IS_REGULAR = auto()  # two meetings of a year, and no word says which is the yearly one
    MAY_BE_ONE = auto()  # two names of special meetings that could mean one
    WHICH_ON_RECORD = auto()  # a name that could mean several conventions on record
    NAMED_OTHERWISE = auto()  # the only special one on record has another name


@dataclass(frozen=True)
class MeetingDoubt:
    """`words` are the names as published; `slug` is where the first of them went."""

    code: DoubtCode
    year: int
    words: tuple[str, ...]
    slug: str


Cluster = list[ListedMeeting]  # names of one meeting


@dataclass(kw_only=True)
class MeetingPlaces:
    """The address of each meeting, what is to be made, and what was not sure.

    `wanted` is the slug of the convention that the call names.
    """

    known: Sequence[KnownConvention]
    wanted: str | None = None
    slugs: dict[ListedMeeting, str] = field(default_factory=dict)
    made: dict[str, NewConvention] = field(default_factory=dict)
    doubts: list[MeetingDoubt] = field(default_factory=list)

    def settle(self, named: Iterable[ListedMeeting]) -> None:
        """Finds the addresses of all meetings of a list: what one name means depends on the
        others."""
        unsettled = [
            meeting for meeting in dict.fromkeys(named) if not self._settle_address(meeting)
        ]
        for year in sorted({meeting.year for meeting in unsettled if meeting.year}):
            self._settle_year(year, [meeting for meeting in unsettled if meeting.year == year])

    def _settle_address(self, meeting: ListedMeeting) -> bool:
        """Settles a meeting whose words are an address; tells whether they are."""
        known = {convention.slug for convention in self.known}
        spelt = _as_address(meeting.words)
        slug = meeting.slug or (spelt if spelt in known else None)
        if slug is None:
            return False
        self.slugs[meeting] = slug
        if slug not in known:
            self._make(slug, meeting.year, bool(meeting.special), replace(meeting, words=slug))
        return True

    def _make(self, slug: str, year: int | None, special: bool, meeting: ListedMeeting) -> None:
        self.made.setdefault(slug, NewConvention(slug, year, special, meeting))

    def _settle_year(self, year: int, named: Sequence[ListedMeeting]) -> None:
        known = [convention for convention in self.known if convention.year == year]
        unsettled, settled_by_name = [], set()
        for meeting in named:
            slug = _address_by_name(meeting, known)
            if slug is None:
                unsettled.append(meeting)
            else:
                self.slugs[meeting] = slug
                settled_by_name.add(slug)
        others = self._settle_regular(
            year,
            [meeting for meeting in unsettled if not meeting.special],
            [convention for convention in known if not convention.special],
            settled_by_name,
        )
        special = _clusters(
            [meeting for meeting in unsettled if meeting.special], meetings.says_the_same
        )
        for one, two in combinations(special, 2):
            if meetings.same(one[0], two[0]):
                words = (one[0].words, two[0].words)
                self.doubts.append(MeetingDoubt(DoubtCode.MAY_BE_ONE, year, words, ""))
        known_special = [convention for convention in known if convention.special]
        self._settle_special(year, [*special, *others], known_special)

    def _settle_regular(
        self,
        year: int,
        named: Sequence[ListedMeeting],
        known: Sequence[KnownConvention],
        settled_by_name: Collection[str],
    ) -> list[Cluster]:
        """Settles the yearly meeting of a year; gives the meetings that are another one."""
        only_the_year = [meeting for meeting in named if meeting.says_only_the_year]
        clusters = _clusters(
            [meeting for meeting in named if not meeting.says_only_the_year], meetings.same
        )
        own = self._yearly_on_record(year, known)
        candidates = clusters
        if own is not None and own.slug in settled_by_name:
            candidates = []
        elif own is not None:
            candidates = [cluster for cluster in clusters if _is_near(own, cluster)]
        called_yearly = [cluster for cluster in candidates if _is_called_yearly(cluster)]
        main: Cluster | None = None
        if len(called_yearly) == 1:
            main = called_yearly[0]
        elif candidates:
            main = candidates[0]

        slug = own.slug if own else str(year)
        for meeting in (*only_the_year, *(main or ())):
            self.slugs[meeting] = slug
        if own is None and (only_the_year or main):
            name = next((meeting for meeting in (main or ()) if meeting.words), None)
            self._make(slug, year, False, name or ListedMeeting(words=slug, year=year))
        others = [cluster for cluster in clusters if cluster is not main]
        is_sure = len(called_yearly) == 1 and not any(cluster in candidates for cluster in others)
        if others and not is_sure:
            first = _name_of_yearly(year, main, own)
            words = (first, *(cluster[0].words for cluster in others))
            self.doubts.append(MeetingDoubt(DoubtCode.WHICH_IS_REGULAR, year, words, slug))
        return others

    def _yearly_on_record(
        self, year: int, known: Sequence[KnownConvention]
    ) -> KnownConvention | None:
        """The one that the call names, else the one at the address of the year, else the first."""
        for slug in (self.wanted, str(year)):
            for convention in known:
                if convention.slug == slug:
                    return convention
        return known[0] if known else None

    def _settle_special(
        self, year: int, clusters: Sequence[Cluster], known: Sequence[KnownConvention]
    ) -> None:
        in_order = meetings.in_order([cluster[0] for cluster in clusters])
        order = {meeting: place for place, meeting in enumerate(in_order)}
        for cluster in sorted(clusters, key=lambda names: order[names[0]]):
            first = cluster[0]
            free = [
                convention
                for convention in known
                if convention.slug not in self.slugs.values() and _may_be(convention, first)
            ]
            free.sort(key=lambda convention: convention.slug != self.wanted)
            if free:
                slug = free[0].slug
                self._doubt_special(year, first, free)
            else:
                slug = self._free_address(year)
                self.made[slug] = NewConvention(slug, year, True, first)
            for meeting in cluster:
                self.slugs[meeting] = slug

    def _doubt_special(
        self, year: int, meeting: ListedMeeting, free: Sequence[KnownConvention]
    ) -> None:
        """What is not sure of a meeting that is taken as the first of these conventions."""
        code = DoubtCode.NAMED_OTHERWISE
        if len(free) > 1 and free[0].slug != self.wanted:
            code = DoubtCode.WHICH_ON_RECORD
        elif free[0].is_named_by_its_address:
            return
        words = (meeting.words, *(convention.meeting.words for convention in free))
        self.doubts.append(MeetingDoubt(code, year, words, free[0].slug))

    def _free_address(self, year: int) -> str:
        slugs_in_use = {convention.slug for convention in self.known} | self.made.keys()
        slug, place = f"{year}-special", 1
        while slug in slugs_in_use:
            place += 1
            slug = f"{year}-special-{place}"
        return slug


def _as_address(words: str) -> str:
    letters = "".join(mark if mark.isalnum() else " " for mark in words.casefold())
    return "-".join(letters.split())


def _address_by_name(meeting: ListedMeeting, known: Sequence[KnownConvention]) -> str | None:
    """The slug of the only convention that has the meeting's name."""
    if meeting.says_only_the_year:
        return None
    named_so = [convention.slug for convention in known if _is_named_so(convention, meeting)]
    return named_so[0] if len(named_so) == 1 else None


def _is_called_yearly(cluster: Cluster) -> bool:
    return any(meeting.special is False for meeting in cluster)


def _name_of_yearly(year: int, main: Cluster | None, own: KnownConvention | None) -> str:
    if main:
        return main[0].words
    return own.meeting.words if own else str(year)


def _clusters(
    named: Sequence[ListedMeeting], alike: Callable[[ListedMeeting, ListedMeeting], bool]
) -> list[Cluster]:
    """Names of one meeting together, in the order in which the list has them.

    Those that say the most come first to it, so that a short name joins a longer one.
    """
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
    for cluster in clusters:
        cluster.sort(key=lambda meeting: place[meeting])
    return sorted(clusters, key=lambda cluster: place[cluster[0]])


def _says(meeting: ListedMeeting) -> int:
    """How much a name says."""
    details = (meeting.number, meeting.month, meeting.day, meeting.special)
    known = sum(detail is not None for detail in details)
    return len(meeting.nouns) + len(meeting.others) + known


def _is_named_so(convention: KnownConvention, meeting: ListedMeeting) -> bool:
    if convention.is_named_by_its_address:
        return False
    is_special = convention.special if meeting.special is None else meeting.special
    if convention.special is not is_special:
        return False
    return meetings.says_the_same(replace(convention.meeting, special=meeting.special), meeting)


def _may_be(convention: KnownConvention, meeting: ListedMeeting) -> bool:
    """The meeting, as a special one, may be this convention."""
    number = None if convention.is_named_by_its_address else convention.meeting.number
    own = replace(convention.meeting, special=True, number=number)
    return meetings.same(own, replace(meeting, special=True)) and _fits_the_days(
        convention, meeting
    )


def _is_near(convention: KnownConvention, cluster: Cluster) -> bool:
    return all(_fits_the_days(convention, meeting) for meeting in cluster)


def _fits_the_days(convention: KnownConvention, meeting: ListedMeeting) -> bool:
    """Whether the day or month that a name says is about that of the convention, where both are
    known."""
    opens = convention.opens_on or convention.closes_on
    closes = convention.closes_on or convention.opens_on
    if opens is None or closes is None:
        return True
    if meeting.day:
        about = timedelta(days=DAYS_OF_ONE_MEETING)
        return opens - about <= meeting.day <= closes + about
    return meeting.month is None or meeting.month in {opens.month, closes.month}
