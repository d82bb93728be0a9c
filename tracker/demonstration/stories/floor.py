"""What the floor ended, what needs no follow-through, and what waits for the special session."""

from __future__ import annotations

from tracker.rules.codes import Basis, Floor, Kind

from ..calendar import ago
from ..gatherings import FINISHED, RUNNING, SPECIAL
from ..steps import EstimateStep, FloorStep, ItemStory, adopted

ITEMS = (
    ItemStory(
        FINISHED,
        "58",
        "Convention of four days",
        "The Federation shall hold its convention in four days instead of six.",
        "Ohio",
        steps=(
            EstimateStep(-5, "It would save the affiliates some $900,000.", basis=Basis.UNKNOWN),
            FloorStep(-1, Floor.DEFEATED, (2011, 3622, 85), "Fifth sitting"),
        ),
    ),
    ItemStory(
        FINISHED,
        "1",
        "Seats for support staff on the Board",
        "Amend bylaw 5: at least three of the directors are support staff.",
        "Food Service Council",
        kind=Kind.BYLAW_AMENDMENT,
        seconded="Drivers’ Caucus",
        steps=(adopted(-2, (5120, 310, 15), "Fourth sitting"),),
    ),
    ItemStory(
        RUNNING,
        "13",
        "Boycott of a maker of chalk",
        "The Federation shall call for a boycott of a maker of chalk.",
        "Texas",
        steps=(
            FloorStep(
                -2,
                Floor.WITHDRAWN,
                sitting="Fourth sitting",
                note="By its maker, who has an answer of the maker of chalk.",
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "2",
        "A screen that shows which items are open",
        "Amend standing rule 11: a screen in the hall shows which items of earlier "
        "conventions are still open.",
        "Oregon",
        kind=Kind.STANDING_RULE_AMENDMENT,
        name="Thea Lindgren",
        steps=(adopted(-4, (3700, 1888, 12), "Second sitting"),),
    ),
    ItemStory(
        SPECIAL,
        "1",
        "Dues year that begins in September",
        "Amend article 7: the dues year begins on the first day of September.",
        "The Board",
        kind=Kind.CONSTITUTIONAL_AMENDMENT,
        registered=ago(20),
        rationale="Members join when school begins. They should not pay twice in their first year.",
    ),
    ItemStory(
        SPECIAL,
        "1",
        "Relief for the flooded counties",
        "The Federation shall give $150,000 to members in the counties that were flooded, and "
        "help them to claim what the state owes them.",
        "Iowa",
        name="Harald Lunde",
        seconded="Texas",
        registered=ago(6),
        steps=(
            EstimateStep(
                ago(5), "An additional $150,000, from reserves.", "150000", budget="reserves"
            ),
        ),
    ),
)
