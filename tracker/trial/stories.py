"""The words of the made-up convention: its units, its delegations, its 12 items and what became of
each. Nothing of it was ever moved anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.rules.codes import Claimed, Decision, Floor

TEACHING, BUDGET, TRAVEL = "Teaching", "Budget committee", "Travel and meetings"
UNITS = (TEACHING, BUDGET, TRAVEL)


@dataclass(frozen=True, kw_only=True)
class TrialEntry:
    """What was said about an item. `after`: so many days after the closing."""

    after: int
    words: str
    claimed: Claimed | None = None
    reason: str | None = None  # of blocked, and of what will not be done
    link: str | None = None  # the title of its evidence
    spent: Decimal | None = None
    released: bool = True
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class TrialItem:
    title: str
    words: str
    delegation: str
    floor: Floor = Floor.ADOPTED
    unit: str | None = None  # which has the lead, or to which it was referred
    estimate: Decimal | None = None
    entries: Sequence[TrialEntry] = ()
    decided: tuple[int, Decision, str] | None = None  # days after the closing, and the reason
    change: tuple[int, str, str] | None = None  # days after, what changed, what ties it to the item


ITEMS = (
    TrialItem(
        title="Plain words in the handbook",
        words="The association shall rewrite its handbook so that a new member understands it.",
        delegation="North Shore",
        unit=TEACHING,
        entries=(
            TrialEntry(after=20, words="Three readers went through the first half."),
            TrialEntry(
                after=95,
                words="The new handbook is out, forty pages in place of ninety.",
                claimed=Claimed.DONE,
                link="The new handbook",
                confirmed=True,
            ),
        ),
        change=(
            130,
            "Questions about the handbook fell from 31 a month to 12.",
            "The help desk counted them for three months before and after it came out.",
        ),
    ),
    TrialItem(
        title="A loan shelf of classroom games",
        words="The association shall buy games for lending, at a cost of 1,200.",
        delegation="Lakeside",
        unit=TEACHING,
        estimate=Decimal("1200.00"),
        entries=(
            TrialEntry(
                after=60,
                words="Thirty games were bought and stand on the shelf; any local may borrow them.",
                claimed=Claimed.DONE,
                link="List of the games",
                spent=Decimal("1164.50"),
                confirmed=True,
            ),
        ),
    ),
    TrialItem(
        title="Minutes within ten days",
        words="Minutes of every board meeting shall be published within ten days.",
        delegation="Hill Country",
        unit=TRAVEL,
        entries=(
            TrialEntry(
                after=110,
                words="The last four minutes came out after 6, 9, 4 and 8 days.",
                claimed=Claimed.DONE,
                link="The four minutes",
            ),
        ),
    ),
    TrialItem(
        title="A guide for first-time delegates",
        words="The association shall send each first-time delegate a guide before the convention.",
        delegation="North Shore",
        unit=TEACHING,
        entries=(
            TrialEntry(
                after=120,
                words="A draft is with two delegates of last year.",
                claimed=Claimed.PROGRESS,
            ),
        ),
    ),
    TrialItem(
        title="Ramps at every meeting place",
        words="No meeting shall be held where a ramp or a lift is missing.",
        delegation="River Bend",
        unit=TRAVEL,
        entries=(
            TrialEntry(
                after=100,
                words="Two of our five meeting places have neither.",
                claimed=Claimed.BLOCKED,
                reason="The lease of one of them runs for another year.",
            ),
        ),
    ),
    TrialItem(
        title="Mentors for new stewards",
        words="Each new steward shall have a mentor for the first year.",
        delegation="Lakeside",
        unit=TEACHING,
        entries=(
            TrialEntry(after=15, words="Eleven mentors have volunteered.", claimed=Claimed.STARTED),
        ),
    ),
    TrialItem(
        title="A count of empty posts",
        words="The association shall count empty posts each autumn and publish the count.",
        delegation="River Bend",
    ),
    TrialItem(
        title="Dues by the month",
        words="Members shall be able to pay their dues by the month.",
        delegation="Hill Country",
        floor=Floor.REFERRED,
        unit=BUDGET,
    ),
    TrialItem(
        title="A second yearly convention",
        words="A second convention shall be held each winter.",
        delegation="North Shore",
        floor=Floor.REFERRED,
        unit=BUDGET,
        decided=(70, Decision.DECLINED, "It would cost more than the yearly reserve."),
    ),
    TrialItem(
        title="A printed calendar",
        words="The association shall print a wall calendar for every member.",
        delegation="Lakeside",
        unit=TRAVEL,
        entries=(
            TrialEntry(
                after=80,
                words="The board looked at three offers.",
                claimed=Claimed.WILL_NOT_BE_DONE,
                reason="Two of three members asked said that they would not hang it up.",
            ),
        ),
    ),
    TrialItem(
        title="Shorter speeches",
        words="Speeches on the floor shall last two minutes at most.",
        delegation="River Bend",
        floor=Floor.DEFEATED,
    ),
    TrialItem(
        title="Child care at the convention",
        words="Child care shall be offered on every day of the convention.",
        delegation="Hill Country",
        unit=TRAVEL,
        entries=(
            TrialEntry(
                after=140,
                words="Two offers have come in; the cheaper one is for 40 children.",
                claimed=Claimed.STARTED,
                released=False,
            ),
        ),
    ),
)
