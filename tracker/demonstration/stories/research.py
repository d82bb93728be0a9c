"""Surveys, guides and registers that were given to the Center for Research."""

from __future__ import annotations

from tracker.rules.codes import Basis, Floor, Level, MoneySaid, Stage

from ..calendar import ago, ahead
from ..gatherings import FINISHED, RUNNING
from ..people import BUDGET, DANA, JUNO, RESEARCH
from ..steps import (
    AppropriationStep,
    AssignmentStep,
    DueDateStep,
    EstimateStep,
    FloorStep,
    ItemStory,
    OutcomeStep,
    StoryCost,
    StoryFile,
    StoryLink,
    TextStep,
    adopted,
    confirmed,
    done,
    progress,
    returned,
    started,
    word,
)

UNPAID_HOURS = StoryFile(
    "unpaid-hours.pdf",
    "Unpaid hours among support staff",
    (
        "4,318 answers from 31 states; three quarters from aides, cooks and drivers.",
        "",
        "Hours a week worked and not paid, by occupation (median):",
        "  Classroom aides        3.5",
        "  Bus drivers            2.0",
        "  Kitchen staff          2.5",
        "  Office staff           4.0",
        "",
        "Four in ten had asked to be paid for them. One in nine was.",
    ),
)

ITEMS = (
    ItemStory(
        FINISHED,
        "9",
        "Survey of unpaid hours among support staff",
        "The Federation shall survey its support staff on the hours that they work and are not paid for, and report the findings to the Executive "
        "Committee in time for the next round of bargaining.",
        "Nevada",
        name="Rosalind Ekker",
        seconded="Food Service Council",
        clauses=(
            "Survey support staff on hours worked and not paid.",
            "Report the findings to the Executive Committee.",
        ),
        steps=(
            EstimateStep(-4, "Additional cost: $18,900, of which $6,000 for postage.", "18900"),
            adopted(-3, (3902, 1744, 121), "Third sitting"),
            AssignmentStep(12, RESEARCH, JUNO),
            DueDateStep(2, 180, 1),
            DueDateStep(2, 280, 2),
            AppropriationStep(28, "18900"),
            started(
                61,
                "The questions were tried on 40 members at two regional meetings; eleven of them were changed.",
                1,
            ),
            progress(
                140,
                "Mailed to 22,000 addresses and open on the web site. 1,905 answers in the first week.",
                1,
                costs=[StoryCost("6300.00", "Printing and postage", "Ostrander & Vale, printers")],
            ),
            done(
                172,
                "Closed with 4,318 answers from 31 states.",
                1,
                costs=[StoryCost("2250.00", "Keying of paper answers", "Tally House")],
                papers=[UNPAID_HOURS],
            ),
            confirmed(179, 1),
            DueDateStep(
                262,
                310,
                2,
                "Center for Research",
                "The answers on paper came in later than planned.",
            ),
            done(
                330,
                "The findings were presented to the Executive Committee, which asked for a version for bargaining teams.",
                2,
                costs=[StoryCost("9870.00", "Analysis", "Lakeshore State University")],
                links=[StoryLink("Slides", "https://example.org/research/unpaid-hours")],
            ),
            confirmed(339, 2, note="The committee’s agenda names the report as point 3."),
            OutcomeStep(
                420,
                Level.TIE_NOT_SHOWN,
                "Two states have opened audits of school districts’ time records. Neither names the survey.",
                links=[StoryLink("Notice of the audits", "https://example.org/news/time-records")],
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "1",
        "Plain guide to the paperwork of special education",
        "The Federation shall find out how many hours its members spend on the paperwork of special education, publish a plain guide to what the law "
        "asks for and what it does not, and offer two evening courses on it in each region.",
        "New Mexico",
        name="Amparo Delgado",
        seconded="New Members’ Caucus",
        rationale="Half of what we fill in is asked for by habit. Nobody has told us which half.",
        clauses=(
            "Find out how many hours members spend on it.",
            "Publish a plain guide to what the law asks for.",
            "Offer two evening courses in each region.",
        ),
        steps=(
            EstimateStep(-5, "This item would cost an additional $46,500 over one year.", "46500"),
            TextStep(
                -3,
                Stage.AS_MODIFIED,
                "The Federation shall find out how many hours its members spend on the paperwork of special education, "
                "publish a plain "
                "guide to what the law asks for and what it does not, and offer at least one evening course on it in each region.",
            ),
            EstimateStep(
                -3,
                "This item would cost an additional $38,000 over one year.",
                "38000",
                stage=Stage.AS_MODIFIED,
            ),
            FloorStep(-3, Floor.ADOPTED_AS_MODIFIED, (4390, 1011, 87), "Third sitting"),
            AssignmentStep(9, RESEARCH, DANA),
            AssignmentStep(20, RESEARCH, JUNO, helps=True),
            DueDateStep(2, 150, 1),
            DueDateStep(2, ahead(8), 2),
            DueDateStep(2, ahead(190), 3),
            AppropriationStep(24, "38000"),
            started(
                40,
                "A diary of one week was agreed with twelve locals. Members fill it in on their telephones.",
                1,
            ),
            progress(
                92,
                "611 diaries are in. First look: **5 hours and 40 minutes** a week, the median. The questions for the guide come from "
                "them.",
                1,
                2,
                costs=[StoryCost("4200.00", "Diary application, licence", "Fieldbook")],
            ),
            done(
                138,
                "Hours counted and published by grade and state.",
                1,
                costs=[StoryCost("1150.00", "Analysis", "Tally House")],
                papers=[
                    StoryFile(
                        "hours-by-state.png",
                        "Median hours a week, by grade",
                        bars=(
                            ("Grades 1 to 5", 340),
                            ("Grades 6 to 8", 312),
                            ("Grades 9 to 12", 377),
                        ),
                    )
                ],
            ),
            confirmed(146, 1, note="The table was compared with twenty diaries drawn by lot."),
            OutcomeStep(
                160,
                Level.OUTPUT_ONLY,
                "Three state affiliates have printed the table in their magazines.",
            ),
            progress(
                ago(24),
                "The guide is written. Two lawyers read it; one has answered.",
                2,
                costs=[StoryCost("5600.00", "Legal reading", "Harrow & Finch")],
                next_word_by=ahead(12),
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "5",
        "Directory of translated forms",
        "The Federation shall keep a public directory of school forms that have been translated by its members, so that no form is translated twice.",
        "Florida",
        seconded="New Mexico",
        steps=(
            EstimateStep(-4, "Existing staff and resources would be used.", basis=Basis.NONE),
            adopted(-2),
            AssignmentStep(14, RESEARCH, DANA),
            DueDateStep(3, ahead(160)),
            started(55, "Forty locals were asked to send what they have.", 1),
            progress(
                ago(85),
                "212 forms in nine languages are in the directory; it is open to those who sent some. Next: opening it to all.",
                1,
                links=[StoryLink("The directory", "https://example.org/forms")],
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "8",
        "Guide to free science equipment",
        "The Federation shall publish a guide to science equipment that schools can have for nothing.",
        "Rural Schools Caucus",
        name="Everett Stonebridge",
        steps=(
            EstimateStep(-4, "It is estimated that an additional $3,200 would be needed.", "3200"),
            adopted(-2, (3120, 1998, 40), "Fourth sitting"),
            AssignmentStep(14, RESEARCH, DANA),
            DueDateStep(3, ahead(18)),
            AppropriationStep(30, "3200"),
            started(70, "Sixty makers and museums were written to.", 1),
            progress(
                120,
                "Forty-one have answered; the list has 180 things, from lenses to a retired planetarium.",
                1,
                costs=[StoryCost("640.00", "Postage")],
            ),
            done(
                ago(12),
                "The guide is finished.",
                1,
                costs=[StoryCost("2100.00", "Design", "Ostrander & Vale, printers")],
                papers=[
                    StoryFile(
                        "science-equipment-draft.pdf",
                        "Free science equipment: a guide (draft)",
                        (
                            "This is the draft that was sent to readers.",
                            "Pages 3 to 11 are to follow.",
                        ),
                    )
                ],
            ),
            returned(
                ago(3),
                "The file opens, but it is the draft that went to readers. Please add the guide as published.",
                1,
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "11",
        "Register of retired translators",
        "The Federation shall keep a register of retired members who can translate at meetings with families.",
        "Retired Members’ Section",
        steps=(
            EstimateStep(
                -4, "Cost is unknown; it depends on how many members register.", basis=Basis.UNKNOWN
            ),
            adopted(-1),
            AssignmentStep(21, RESEARCH, JUNO),
            started(60, "A notice was printed in the magazine of the Retired Members’ Section.", 1),
            word(ago(103), "No change. 34 members have written; most of them speak Spanish.", 1),
        ),
    ),
    ItemStory(
        RUNNING,
        "15",
        "Atlas of rural substitutes",
        "The Federation shall draw a map of the districts in which no substitute can be found on three days of five, and keep it up to date.",
        "Rural Schools Caucus",
        seconded="Vermont",
        steps=(
            EstimateStep(
                -3,
                "Estimated cost: $7,400, to be taken from the operating plan and budget.",
                "7400",
                budget="operating plan and budget",
            ),
            adopted(-1),
        ),
    ),
    ItemStory(
        RUNNING,
        "36",
        "Fund for classroom research by members",
        "The Federation shall give ten small grants to members who study a question of their own classroom.",
        "Vermont",
        name="Silas Thornquist",
        steps=(
            EstimateStep(
                -4,
                "An additional $15,000, on condition that a donor gives as much again.",
                "15000",
                conditional=True,
                assumption="A donor gives as much again.",
            ),
            adopted(-2),
            AssignmentStep(15, RESEARCH, JUNO),
            AppropriationStep(41, "15000", BUDGET),
            AppropriationStep(88, "-5000", BUDGET),
            progress(
                ago(1),
                "Seven applications came in; a jury of four has read them. The donor has **not** answered yet.",
                1,
                released=None,
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "30",
        "Digest of class size rulings",
        "The Federation shall publish a digest of rulings on class size and send it to every local that bargains on it.",
        "Ohio",
        name="Marta Sobel",
        clauses=(
            "Publish a digest of rulings on class size.",
            "Send it to every local that bargains on it.",
        ),
        steps=(
            EstimateStep(-4, "Additional cost $5,000.", "5000"),
            adopted(-2, (4001, 912, 33), "Fourth sitting"),
            AssignmentStep(10, RESEARCH, DANA),
            AssignmentStep(10, RESEARCH, JUNO, helps=True),
            DueDateStep(2, 120, 1),
            DueDateStep(2, 170, 2),
            AppropriationStep(24, "5000"),
            started(33, "Rulings of the last ten years are being gathered.", 1),
            done(
                101,
                "The digest is published: 88 rulings, each on one page.",
                1,
                costs=[StoryCost("3100.00", "Legal research", "Harrow & Finch")],
                papers=[
                    StoryFile(
                        "class-size-digest.pdf",
                        "Digest of class size rulings",
                        tuple(
                            f"Ruling {number}: what was asked, what was decided."
                            for number in range(1, 89)
                        ),
                    )
                ],
            ),
            confirmed(110, 1),
            done(
                ago(9),
                "Sent to 214 locals by mail.",
                2,
                money=MoneySaid.NOT_KNOWN_YET,
                papers=[
                    StoryFile(
                        "sent-to.pdf",
                        "Locals to which the digest was sent",
                        tuple(f"Local {number}" for number in range(101, 315)),
                    )
                ],
            ),
        ),
    ),
)
