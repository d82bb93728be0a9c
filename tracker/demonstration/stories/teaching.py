"""Classrooms and those who work in them: what was given to the Center for Teaching and to the Education Committee."""

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
        FINISHED,
        "14",
        "Mentor pairs for first-year classroom aides",
        "The Federation shall pair first-year classroom aides with experienced ones in at least ten locals, pay both for the hours, and hold a "
        "closing "
        "conference of the pairs.",
        "50 delegates",
        name="Corinne Abara",
        clauses=(
            "Pair first-year aides with experienced ones in at least ten locals.",
            "Pay both for the hours.",
            "Hold a closing conference of the pairs.",
        ),
        steps=(
            EstimateStep(-4, "Additional cost of $42,000.", "42000"),
            adopted(-2, (3655, 2210, 90), "Fourth sitting"),
            AssignmentStep(20, TEACHING, NOOR),
            DueDateStep(2, 300, 1),
            DueDateStep(2, 330, 2),
            DueDateStep(2, 364, 3),
            AppropriationStep(28, "30000"),
            started(
                90,
                "Twelve locals want to take part; four of them have never had a mentor of any kind.",
                1,
                2,
            ),
            progress(
                188,
                "71 pairs have met. Some could not: *the bus leaves before the meeting ends*.",
                1,
                2,
                3,
                costs=[StoryCost("11200.00", "Hours of mentors")],
            ),
            done(
                270,
                "96 pairs in twelve locals met at least eight times each.",
                1,
                2,
                costs=[StoryCost("16350.00", "Hours of mentors")],
                papers=[
                    StoryFile(
                        "mentor-pairs.pdf",
                        "Mentor pairs, by local",
                        tuple(
                            f"Local {number}: 8 pairs, hours signed by both"
                            for number in range(1, 13)
                        ),
                    )
                ],
            ),
            confirmed(281, 1, 2),
            will_not(
                320,
                "The conference will not be held: what is left of the money would pay for thirty of the 192 only.",
                3,
                because="The money left pays for thirty of the 192.",
                decided_by="the Executive Committee",
                decided_on=316,
            ),
            OutcomeStep(
                430,
                Level.CHANGE_FOLLOWED,
                "Of the aides who had a mentor 9 in 100 left within the year; of those hired the year before, 23 "
                "in 100.",
                "A count of those who left, in the same twelve locals, before and after.",
                papers=[
                    StoryFile(
                        "aides-who-left.png",
                        "Aides who left within a year, of 100",
                        bars=(("The year before", 23), ("With a mentor", 9)),
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        FINISHED,
        "73",
        "How school libraries choose their books",
        "The Federation shall look into how school libraries choose and remove books, and report to the next convention.",
        "Vermont",
        seconded="Oregon",
        steps=(
            EstimateStep(-4, "No additional cost.", basis=Basis.NONE),
            referred(-1, EDUCATION, purpose=Purpose.REPORT),
            DecisionStep(
                150,
                Decision.REPORTED_BACK,
                EDUCATION,
                "Report of the Education Committee: in 41 of 60 districts asked, a committee with a "
                "librarian decides; "
                "in nine, one person does. The committee recommends no policy.",
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "22",
        "Bus fare relief for student teachers",
        "The Federation shall ask city carriers for reduced fares for student teachers, and publish who grants them.",
        "New Members’ Caucus",
        name="Ifeoma Brandt",
        steps=(
            EstimateStep(-4, "Staff time only; no additional cost.", basis=Basis.NONE),
            referred(-2, EDUCATION, decides_by=60),
            DecisionStep(48, Decision.ACCEPTED, EDUCATION, "The committee takes it up as moved."),
            AssignmentStep(55, TEACHING, NOOR),
            started(70, "The twelve largest carriers were written to.", 1),
            progress(131, "Seven have answered; four grant the fare.", 1),
            done(
                ago(2),
                "All twelve carriers have answered; the table is attached.",
                1,
                released=None,
                papers=[
                    StoryFile(
                        "carriers.pdf",
                        "What twelve carriers answered",
                        tuple(
                            f"Carrier {number}: {said}"
                            for number, said in enumerate(
                                ("half fare", "half fare", "no", "free on school days") * 3, 1
                            )
                        ),
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "40",
        "Reading hours with retired members",
        "The Federation shall bring retired members into schools for one reading hour a week, in five cities.",
        "Retired Members’ Section",
        seconded="Iowa",
        clauses=(
            "Find retired members in five cities.",
            "Hold one reading hour a week through the school year.",
        ),
        steps=(
            EstimateStep(-4, "Additional cost $9,800 for travel and background checks.", "9800"),
            referred(-1, EDUCATION),
            DecisionStep(
                70,
                Decision.ACCEPTED_IN_PART,
                EDUCATION,
                "In three cities rather than five: the background checks cost more than was thought.",
            ),
            AssignmentStep(76, TEACHING, NOOR),
            AppropriationStep(90, "6000"),
            DueDateStep(77, 160, 1),
            DueDateStep(77, ahead(150), 2),
            done(
                144,
                "63 members in three cities; each has been checked.",
                1,
                costs=[StoryCost("2890.00", "Background checks")],
                internal=False,
                links=[StoryLink("The three cities", "https://example.org/reading-hours")],
            ),
            confirmed(152, 1),
            progress(ago(30), "Reading hours are held in 21 schools.", 2),
            progress(
                ago(4),
                "One school has asked for a second hour each week; two members have stopped.",
                2,
                released=None,
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "24",
        "Lesson plans on the history of labor",
        "The Federation shall publish ten lesson plans on the history of labor, tried in classrooms before they are published.",
        "Ohio",
        name="Gideon Marsh",
        seconded="Maine",
        steps=(
            EstimateStep(-5, "Additional cost $12,000.", "12000"),
            adopted(-3, (4520, 530, 12), "Third sitting"),
            AssignmentStep(6, TEACHING, NOOR),
            DueDateStep(2, 120),
            AppropriationStep(24, "12000"),
            started(31, "Ten teachers have each written one.", 1),
            done(
                112,
                "Ten plans, each tried in three classrooms, are published.",
                1,
                costs=[
                    StoryCost("7500.00", "Authors"),
                    StoryCost("3980.00", "Design", "Ostrander & Vale, printers", on=109),
                ],
                links=[StoryLink("The ten plans", "https://example.org/lessons/labor")],
            ),
            confirmed(118, 1),
            OutcomeStep(
                171,
                Level.NONE_FOUND,
                "Asked in a sample of 200 schools: one teacher in eleven knows the plans. Not one has put labor into the "
                "year’s program because of them.",
            ),
            OutcomeStep(177, Level.OUTPUT_ONLY, "9,400 downloads of the ten plans."),
        ),
    ),
)
