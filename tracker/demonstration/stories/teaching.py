"""Classrooms and those who work in them.

What was given to the Center for Teaching and to the Education Committee.
"""

from __future__ import annotations

from tracker.rules.codes import Basis, Decision, Level, Purpose

from ..calendar import ago, ahead
from ..gatherings import FINISHED, RUNNING
from ..people import EDUCATION, NOOR, TEACHING
from ..steps import (
    AppropriationStep,
    AssignmentStep,
    DecisionStep,
    DueDateStep,
    EstimateStep,
    ItemStory,
    OutcomeStep,
    StoryCost,
    StoryFile,
    StoryLink,
    adopted,
    confirmed,
    done,
    progress,
    referred,
    started,
    will_not,
)

ITEMS = (
    ItemStory(
        convention=FINISHED,
        number="14",
        title="Mentor pairs for first-year classroom aides",
        text="The Federation shall pair first-year classroom aides with experienced ones in at "
        "least ten locals, pay both for the hours, and hold a closing conference of the pairs.",
        by="50 delegates",
        name="Corinne Abara",
        clauses=(
            "Pair first-year aides with experienced ones in at least ten locals.",
            "Pay both for the hours.",
            "Hold a closing conference of the pairs.",
        ),
        steps=(
            EstimateStep(on=-4, sentence="Additional cost of $42,000.", amount="42000"),
            adopted(-2, (3655, 2210, 90), "Fourth sitting"),
            AssignmentStep(on=20, unit=TEACHING, person=NOOR),
            DueDateStep(on=2, due=300, clause=1),
            DueDateStep(on=2, due=330, clause=2),
            DueDateStep(on=2, due=364, clause=3),
            AppropriationStep(on=28, amount="30000"),
            started(
                90,
                "Twelve locals want to take part; four of them have never had a mentor of any "
                "kind.",
                1,
                2,
            ),
            progress(
                188,
                "71 pairs have met. Some could not: *the bus leaves before the meeting ends*.",
                1,
                2,
                3,
                costs=[StoryCost(amount="11200.00", category="Hours of mentors")],
            ),
            done(
                270,
                "96 pairs in twelve locals met at least eight times each.",
                1,
                2,
                costs=[StoryCost(amount="16350.00", category="Hours of mentors")],
                papers=[
                    StoryFile(
                        name="mentor-pairs.pdf",
                        title="Mentor pairs, by local",
                        lines=tuple(
                            f"Local {number}: 8 pairs, hours signed by both"
                            for number in range(1, 13)
                        ),
                    )
                ],
            ),
            confirmed(281, 1, 2),
            will_not(
                320,
                "The conference will not be held: what is left of the money would pay for thirty "
                "of the 192 only.",
                3,
                because="The money left pays for thirty of the 192.",
                decided_by="the Executive Committee",
                decided_on=316,
            ),
            OutcomeStep(
                on=430,
                level=Level.CHANGE_FOLLOWED,
                words="Of the aides who had a mentor 9 in 100 left within the year; of those "
                "hired the year before, 23 in 100.",
                tie="A count of those who left, in the same twelve locals, before and after.",
                papers=[
                    StoryFile(
                        name="aides-who-left.png",
                        title="Aides who left within a year, of 100",
                        bars=(("The year before", 23), ("With a mentor", 9)),
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="73",
        title="How school libraries choose their books",
        text="The Federation shall look into how school libraries choose and remove books, and "
        "report to the next convention.",
        by="Vermont",
        seconded="Oregon",
        steps=(
            EstimateStep(on=-4, sentence="No additional cost.", basis=Basis.NONE),
            referred(-1, EDUCATION, purpose=Purpose.REPORT),
            DecisionStep(
                on=150,
                decision=Decision.REPORTED_BACK,
                unit=EDUCATION,
                reason="Report of the Education Committee: in 41 of 60 districts asked, a "
                "committee with a librarian decides; "
                "in nine, one person does. The committee recommends no policy.",
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="22",
        title="Bus fare relief for student teachers",
        text="The Federation shall ask city carriers for reduced fares for student teachers, and "
        "publish who grants them.",
        by="New Members’ Caucus",
        name="Ifeoma Brandt",
        steps=(
            EstimateStep(on=-4, sentence="Staff time only; no additional cost.", basis=Basis.NONE),
            referred(-2, EDUCATION, decides_by=60),
            DecisionStep(
                on=48,
                decision=Decision.ACCEPTED,
                unit=EDUCATION,
                reason="The committee takes it up as moved.",
            ),
            AssignmentStep(on=55, unit=TEACHING, person=NOOR),
            started(70, "The twelve largest carriers were written to.", 1),
            progress(131, "Seven have answered; four grant the fare.", 1),
            done(
                ago(2),
                "All twelve carriers have answered; the table is attached.",
                1,
                released_after=None,
                papers=[
                    StoryFile(
                        name="carriers.pdf",
                        title="What twelve carriers answered",
                        lines=tuple(
                            f"Carrier {number}: {answer}"
                            for number, answer in enumerate(
                                ("half fare", "half fare", "no", "free on school days") * 3, 1
                            )
                        ),
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="40",
        title="Reading hours with retired members",
        text="The Federation shall bring retired members into schools for one reading hour a "
        "week, in five cities.",
        by="Retired Members’ Section",
        seconded="Iowa",
        clauses=(
            "Find retired members in five cities.",
            "Hold one reading hour a week through the school year.",
        ),
        steps=(
            EstimateStep(
                on=-4,
                sentence="Additional cost $9,800 for travel and background checks.",
                amount="9800",
            ),
            referred(-1, EDUCATION),
            DecisionStep(
                on=70,
                decision=Decision.ACCEPTED_IN_PART,
                unit=EDUCATION,
                reason="In three cities rather than five: the background checks cost more than "
                "was thought.",
            ),
            AssignmentStep(on=76, unit=TEACHING, person=NOOR),
            AppropriationStep(on=90, amount="6000"),
            DueDateStep(on=77, due=160, clause=1),
            DueDateStep(on=77, due=ahead(150), clause=2),
            done(
                144,
                "63 members in three cities; each has been checked.",
                1,
                costs=[StoryCost(amount="2890.00", category="Background checks")],
                internal=False,
                links=[StoryLink("The three cities", "https://example.org/reading-hours")],
            ),
            confirmed(152, 1),
            progress(ago(30), "Reading hours are held in 21 schools.", 2),
            progress(
                ago(4),
                "One school has asked for a second hour each week; two members have stopped. "
                "Noor Castell keeps the list: reading@example.org.",
                2,
                released_after=None,
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="24",
        title="Lesson plans on the history of labor",
        text="The Federation shall publish ten lesson plans on the history of labor, tried in "
        "classrooms before they are published.",
        by="Ohio",
        name="Gideon Marsh",
        seconded="Maine",
        steps=(
            EstimateStep(on=-5, sentence="Additional cost $12,000.", amount="12000"),
            adopted(-3, (4520, 530, 12), "Third sitting"),
            AssignmentStep(on=6, unit=TEACHING, person=NOOR),
            DueDateStep(on=2, due=120),
            AppropriationStep(on=24, amount="12000"),
            started(31, "Ten teachers have each written one.", 1),
            done(
                112,
                "Ten plans, each tried in three classrooms, are published.",
                1,
                costs=[
                    StoryCost(amount="7500.00", category="Authors"),
                    StoryCost(
                        amount="3980.00",
                        category="Design",
                        payee="Ostrander & Vale, printers",
                        on=109,
                    ),
                ],
                links=[StoryLink("The ten plans", "https://example.org/lessons/labor")],
            ),
            confirmed(118, 1),
            OutcomeStep(
                on=171,
                level=Level.NONE_FOUND,
                words="Asked in a sample of 200 schools: one teacher in eleven knows the plans. "
                "Not one has put labor into the year’s program because of them.",
            ),
            OutcomeStep(on=177, level=Level.OUTPUT_ONLY, words="9,400 downloads of the ten plans."),
        ),
    ),
)
