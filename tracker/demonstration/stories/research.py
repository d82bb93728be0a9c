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
    name="unpaid-hours.pdf",
    title="Unpaid hours among support staff",
    lines=(
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
        convention=FINISHED,
        number="9",
        title="Survey of unpaid hours among support staff",
        text="The Federation shall survey its support staff on the hours that they work and are "
        "not paid for, and report the findings to the Executive "
        "Committee in time for the next round of bargaining.",
        by="Nevada",
        name="Rosalind Ekker",
        seconded="Food Service Council",
        clauses=(
            "Survey support staff on hours worked and not paid.",
            "Report the findings to the Executive Committee.",
        ),
        steps=(
            EstimateStep(
                on=-4,
                sentence="Additional cost: $18,900, of which $6,000 for postage.",
                amount="18900",
            ),
            adopted(-3, (3902, 1744, 121), "Third sitting"),
            AssignmentStep(on=12, unit=RESEARCH, person=JUNO),
            DueDateStep(on=2, due=180, clause=1),
            DueDateStep(on=2, due=280, clause=2),
            AppropriationStep(on=28, amount="18900"),
            started(
                61,
                "The questions were tried on 40 members at two regional meetings; eleven of them "
                "were changed.",
                1,
            ),
            progress(
                140,
                "Mailed to 22,000 addresses and open on the web site. 1,905 answers in the first "
                "week.",
                1,
                costs=[
                    StoryCost(
                        amount="6300.00",
                        category="Printing and postage",
                        payee="Ostrander & Vale, printers",
                    )
                ],
            ),
            done(
                172,
                "Closed with 4,318 answers from 31 states.",
                1,
                costs=[
                    StoryCost(
                        amount="2250.00", category="Keying of paper answers", payee="Tally House"
                    )
                ],
                papers=[UNPAID_HOURS],
            ),
            confirmed(179, 1),
            DueDateStep(
                on=262,
                due=310,
                clause=2,
                by_whom="Center for Research",
                reason="The answers on paper came in later than planned.",
            ),
            done(
                330,
                "The findings were presented to the Executive Committee, which asked for a "
                "version for bargaining teams.",
                2,
                costs=[
                    StoryCost(
                        amount="9870.00", category="Analysis", payee="Lakeshore State University"
                    )
                ],
                links=[StoryLink("Slides", "https://example.org/research/unpaid-hours")],
            ),
            confirmed(339, 2, note="The committee’s agenda names the report as point 3."),
            OutcomeStep(
                on=420,
                level=Level.TIE_NOT_SHOWN,
                words="Two states have opened audits of school districts’ time records. Neither "
                "names the survey.",
                links=[StoryLink("Notice of the audits", "https://example.org/news/time-records")],
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="1",
        title="Plain guide to the paperwork of special education",
        text="The Federation shall find out how many hours its members spend on the paperwork of "
        "special education, publish a plain guide to what the law "
        "asks for and what it does not, and offer two evening courses on it in each region.",
        by="New Mexico",
        name="Amparo Delgado",
        seconded="New Members’ Caucus",
        rationale="Half of what we fill in is asked for by habit. Nobody has told us which half.",
        clauses=(
            "Find out how many hours members spend on it.",
            "Publish a plain guide to what the law asks for.",
            "Offer two evening courses in each region.",
        ),
        steps=(
            EstimateStep(
                on=-5,
                sentence="This item would cost an additional $46,500 over one year.",
                amount="46500",
            ),
            TextStep(
                on=-3,
                stage=Stage.AS_MODIFIED,
                text="The Federation shall find out how many hours its members spend on the "
                "paperwork of special education, publish a plain "
                "guide to what the law asks for and what it does not, and offer at least one "
                "evening course on it in each region.",
            ),
            EstimateStep(
                on=-3,
                sentence="This item would cost an additional $38,000 over one year.",
                amount="38000",
                stage=Stage.AS_MODIFIED,
            ),
            FloorStep(
                on=-3,
                action=Floor.ADOPTED_AS_MODIFIED,
                votes=(4390, 1011, 87),
                sitting="Third sitting",
            ),
            AssignmentStep(on=9, unit=RESEARCH, person=DANA),
            AssignmentStep(on=20, unit=RESEARCH, person=JUNO, helps=True),
            DueDateStep(on=2, due=150, clause=1),
            DueDateStep(on=2, due=ahead(8), clause=2),
            DueDateStep(on=2, due=ahead(190), clause=3),
            AppropriationStep(on=24, amount="38000"),
            started(
                40,
                "A diary of one week was agreed with twelve locals. Members fill it in on their "
                "telephones.",
                1,
            ),
            progress(
                92,
                "611 diaries are in. First look: **5 hours and 40 minutes** a week, the median. "
                "The questions for the guide come from them.",
                1,
                2,
                costs=[
                    StoryCost(
                        amount="4200.00", category="Diary application, licence", payee="Fieldbook"
                    )
                ],
            ),
            done(
                138,
                "Hours counted and published by grade and state.",
                1,
                costs=[StoryCost(amount="1150.00", category="Analysis", payee="Tally House")],
                papers=[
                    StoryFile(
                        name="hours-by-state.png",
                        title="Median hours a week, by grade",
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
                on=160,
                level=Level.OUTPUT_ONLY,
                words="Three state affiliates have printed the table in their magazines.",
            ),
            progress(
                ago(24),
                "The guide is written. Two lawyers read it; one has answered.",
                2,
                costs=[
                    StoryCost(amount="5600.00", category="Legal reading", payee="Harrow & Finch")
                ],
                next_word_by=ahead(12),
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="5",
        title="Directory of translated forms",
        text="The Federation shall keep a public directory of school forms that have been "
        "translated by its members, so that no form is translated twice.",
        by="Florida",
        seconded="New Mexico",
        steps=(
            EstimateStep(
                on=-4, sentence="Existing staff and resources would be used.", basis=Basis.NONE
            ),
            adopted(-2),
            AssignmentStep(on=14, unit=RESEARCH, person=DANA),
            DueDateStep(on=3, due=ahead(160)),
            started(55, "Forty locals were asked to send what they have.", 1),
            progress(
                ago(85),
                "212 forms in nine languages are in the directory; it is open to those who sent "
                "some. Next: opening it to all.",
                1,
                links=[StoryLink("The directory", "https://example.org/forms")],
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="8",
        title="Guide to free science equipment",
        text="The Federation shall publish a guide to science equipment that schools can have for "
        "nothing.",
        by="Rural Schools Caucus",
        name="Everett Stonebridge",
        steps=(
            EstimateStep(
                on=-4,
                sentence="It is estimated that an additional $3,200 would be needed.",
                amount="3200",
            ),
            adopted(-2, (3120, 1998, 40), "Fourth sitting"),
            AssignmentStep(on=14, unit=RESEARCH, person=DANA),
            DueDateStep(on=3, due=ahead(18)),
            AppropriationStep(on=30, amount="3200"),
            started(70, "Sixty makers and museums were written to.", 1),
            progress(
                120,
                "Forty-one have answered; the list has 180 things, from lenses to a retired "
                "planetarium.",
                1,
                costs=[StoryCost(amount="640.00", category="Postage")],
            ),
            done(
                ago(12),
                "The guide is finished.",
                1,
                costs=[
                    StoryCost(
                        amount="2100.00", category="Design", payee="Ostrander & Vale, printers"
                    )
                ],
                papers=[
                    StoryFile(
                        name="science-equipment-draft.pdf",
                        title="Free science equipment: a guide (draft)",
                        lines=(
                            "This is the draft that was sent to readers.",
                            "Pages 3 to 11 are to follow.",
                        ),
                    )
                ],
            ),
            returned(
                ago(3),
                "The file opens, but it is the draft that went to readers. Please add the guide "
                "as published.",
                1,
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="11",
        title="Register of retired translators",
        text="The Federation shall keep a register of retired members who can translate at "
        "meetings with families.",
        by="Retired Members’ Section",
        steps=(
            EstimateStep(
                on=-4,
                sentence="Cost is unknown; it depends on how many members register.",
                basis=Basis.UNKNOWN,
            ),
            adopted(-1),
            AssignmentStep(on=21, unit=RESEARCH, person=JUNO),
            started(60, "A notice was printed in the magazine of the Retired Members’ Section.", 1),
            word(ago(103), "No change. 34 members have written; most of them speak Spanish.", 1),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="15",
        title="Atlas of rural substitutes",
        text="The Federation shall draw a map of the districts in which no substitute can be "
        "found on three days of five, and keep it up to date.",
        by="Small Schools Caucus",
        seconded="Vermont",
        steps=(
            EstimateStep(
                on=-3,
                sentence="Estimated cost: $7,400, to be taken from the operating plan and budget.",
                amount="7400",
                budget="operating plan and budget",
            ),
            adopted(-1),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="36",
        title="Fund for classroom research by members",
        text="The Federation shall give ten small grants to members who study a question of their "
        "own classroom.",
        by="Vermont",
        name="Silas Thornquist",
        steps=(
            EstimateStep(
                on=-4,
                sentence="An additional $15,000, on condition that a donor gives as much again.",
                amount="15000",
                conditional=True,
                assumption="A donor gives as much again.",
            ),
            adopted(-2),
            AssignmentStep(on=15, unit=RESEARCH, person=JUNO),
            AppropriationStep(on=41, amount="15000", decided_by=BUDGET),
            AppropriationStep(on=88, amount="-5000", decided_by=BUDGET),
            progress(
                ago(1),
                "Seven applications came in; a jury of four has read them. The donor has **not** "
                "answered yet.",
                1,
                released_after=None,
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="30",
        title="Digest of class size rulings",
        text="The Federation shall publish a digest of rulings on class size and send it to every "
        "local that bargains on it.",
        by="Ohio",
        name="Marta Sobel",
        clauses=(
            "Publish a digest of rulings on class size.",
            "Send it to every local that bargains on it.",
        ),
        steps=(
            EstimateStep(on=-4, sentence="Additional cost $5,000.", amount="5000"),
            adopted(-2, (4001, 912, 33), "Fourth sitting"),
            AssignmentStep(on=10, unit=RESEARCH, person=DANA),
            AssignmentStep(on=10, unit=RESEARCH, person=JUNO, helps=True),
            DueDateStep(on=2, due=120, clause=1),
            DueDateStep(on=2, due=170, clause=2),
            AppropriationStep(on=24, amount="5000"),
            started(33, "Rulings of the last ten years are being gathered.", 1),
            done(
                101,
                "The digest is published: 88 rulings, each on one page.",
                1,
                costs=[
                    StoryCost(amount="3100.00", category="Legal research", payee="Harrow & Finch")
                ],
                papers=[
                    StoryFile(
                        name="class-size-digest.pdf",
                        title="Digest of class size rulings",
                        lines=tuple(
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
                        name="sent-to.pdf",
                        title="Locals to which the digest was sent",
                        lines=tuple(f"Local {number}" for number in range(101, 315)),
                    )
                ],
            ),
        ),
    ),
)
