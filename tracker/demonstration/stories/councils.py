"""What a council of locals adopted, which is read by edition, and what waits for a hearing."""

from __future__ import annotations

from tracker.rules.codes import WithheldFor

from ..calendar import ago
from ..gatherings import COUNCIL, HEARING
from ..people import COMMUNICATIONS, LUCAN, NOOR, TEACHING
from ..steps import (
    AssignmentStep,
    ItemStory,
    StoryLink,
    WithholdingStep,
    adopted,
    confirmed,
    done,
    progress,
)

ITEMS = (
    ItemStory(
        convention=COUNCIL,
        number="1",
        title="A calendar of local meetings",
        text="The Federation shall keep one calendar of the meetings of all locals.",
        by="Maine",
        steps=(
            adopted(-1),
            AssignmentStep(on=4, unit=COMMUNICATIONS, person=LUCAN),
            progress(ago(120), "14 locals have sent their dates."),
            done(
                ago(20),
                "All 31 locals are in it, and it is on the web site.",
                links=[StoryLink("The calendar", "https://example.org/calendar")],
            ),
            confirmed(ago(8)),
        ),
    ),
    ItemStory(
        convention=COUNCIL,
        number="2",
        title="Mentors for new stewards",
        text="The Federation shall find each new steward a mentor in another local.",
        by="Nevada",
        steps=(
            adopted(-1),
            AssignmentStep(on=6, unit=TEACHING, person=NOOR),
            progress(ago(70), "22 mentors have said yes.", name="mentors"),
            WithholdingStep(
                on=ago(40),
                entry="mentors",
                kind=WithheldFor.MISTAKE,
                lifted_after=4,
                lifted_because="The number was right after all: the locals have confirmed it.",
            ),
            progress(ago(10), "Each of the 40 new stewards has one."),
        ),
    ),
    ItemStory(
        convention=HEARING,
        number="1",
        title="Dues by the month",
        text="The Federation shall let members pay their dues by the month.",
        by="The Board",
        registered=ago(9),
    ),
)
