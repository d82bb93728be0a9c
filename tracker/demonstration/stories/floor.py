"""What the floor ended, what needs no follow-through, and what waits for the special session."""

from __future__ import annotations

from tracker.rules.codes import Basis, Floor, Kind

from ..calendar import ago
from ..gatherings import FINISHED, RUNNING, SPECIAL
from ..steps import EstimateStep, FloorStep, ItemStory, adopted

ITEMS = (
    ItemStory(
        convention=FINISHED,
        number="58",
        title="Convention of four days",
        text="The Federation shall hold its convention in four days instead of six.",
        by="Ohio",
        steps=(
            EstimateStep(
                on=-5, sentence="It would save the affiliates some $900,000.", basis=Basis.UNKNOWN
            ),
            FloorStep(
                on=-1, action=Floor.DEFEATED, votes=(2011, 3622, 85), sitting="Fifth sitting"
            ),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="1",
        title="Seats for support staff on the Board",
        text="Amend bylaw 5: at least three of the directors are support staff.",
        by="Food Service Council",
        kind=Kind.BYLAW_AMENDMENT,
        seconded="Drivers’ Caucus",
        steps=(adopted(-2, (5120, 310, 15), "Fourth sitting"),),
    ),
    ItemStory(
        convention=RUNNING,
        number="13",
        title="Boycott of a maker of chalk",
        text="The Federation shall call for a boycott of a maker of chalk.",
        by="Texas",
        steps=(
            FloorStep(
                on=-2,
                action=Floor.WITHDRAWN,
                sitting="Fourth sitting",
                note="By its maker, who has an answer of the maker of chalk.",
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="2",
        title="A screen that shows which items are open",
        text="Amend standing rule 11: a screen in the hall shows which items of earlier "
        "conventions are still open.",
        by="Oregon",
        kind=Kind.STANDING_RULE_AMENDMENT,
        name="Thea Lindgren",
        steps=(adopted(-4, (3700, 1888, 12), "Second sitting"),),
    ),
    ItemStory(
        convention=SPECIAL,
        number="1",
        title="Dues year that begins in September",
        text="Amend article 7: the dues year begins on the first day of September.",
        by="The Board",
        kind=Kind.CONSTITUTIONAL_AMENDMENT,
        registered=ago(20),
        rationale="Members join when school begins. They should not pay twice in their first year.",
    ),
    ItemStory(
        convention=SPECIAL,
        number="1",
        title="Relief for the flooded counties",
        text="The Federation shall give $150,000 to members in the counties that were flooded, and "
        "help them to claim what the state owes them.",
        by="Iowa",
        name="Harald Lunde",
        seconded="Texas",
        registered=ago(6),
        steps=(
            EstimateStep(
                on=ago(5),
                sentence="An additional $150,000, from reserves.",
                amount="150000",
                budget="reserves",
            ),
        ),
    ),
)
