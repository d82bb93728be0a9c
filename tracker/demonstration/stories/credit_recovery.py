"""The item with everything.

The review of research on online credit recovery, from the floor to its outcome.
"""

from __future__ import annotations

from tracker.rules.codes import Floor, Level, MoneySaid, Stage, WithheldFor

from ..gatherings import FINISHED
from ..people import DANA, RESEARCH
from ..steps import (
    AppropriationStep,
    AssignmentStep,
    DueDateStep,
    EstimateStep,
    ExpenseStep,
    FloorStep,
    ItemStory,
    OutcomeStep,
    StoryCost,
    StoryFile,
    StoryLink,
    TextStep,
    WithholdingStep,
    confirmed,
    done,
    progress,
    returned,
    started,
)

REVIEW = StoryFile(
    name="credit-recovery-review.pdf",
    title="Online credit recovery: a review of published research",
    lines=(
        "For the Federation of School Workers, Center for Research.",
        "",
        "1. What was asked",
        "Which students are placed in online credit recovery, and what becomes of them?",
        "",
        "2. What was read",
        "64 studies of the last fifteen years; 19 of them compare with a course taught in person.",
        "",
        "3. What is known",
        "- Students pass the online course more often than the repeated one.",
        "- Where the end-of-course test was given, they did no better, and in seven studies worse.",
        "- Who is placed online depends on the school far more than on the student.",
        "",
        "4. What is not known",
        "Nobody has followed the students beyond the second year after the course.",
        "Costs are reported in four studies only, each in another way.",
        "",
        "5. What could be asked at the table",
        "Class size online; who answers for the grade; time for the teacher of record.",
    ),
)
AFFILIATES = StoryFile(
    name="summary-sent-to.pdf",
    title="The two-page summary: where it was sent",
    lines=(
        "Mailed on the same day to 50 of 50 state affiliates; receipts of the post office are on "
        "file.",
        "",
        *(
            f"{number:>2}.  State affiliate number {number}, attention of the president"
            for number in range(1, 51)
        ),
    ),
)
READERS = StoryFile(
    name="outside-readers.pdf",
    title="The two outside readers and their terms",
    lines=("Names, home addresses and fees of the two readers.",),
)

ITEMS = (
    ItemStory(
        convention=FINISHED,
        number="2",
        title="Review of research on online credit recovery",
        text="The Federation shall spend up to $24,000 on a review of research on online credit "
        "recovery. The review will be posted on the members’ pages.",
        by="Oregon",
        name="Thea Lindgren",
        seconded="Ohio",
        rationale="More of our students sit before a screen to make up a course each year. We are "
        "asked about it at every table, and have nothing to show.",
        clauses=(
            "Commission a review of published research on online credit recovery.",
            "Publish the review where anybody can read it.",
            "Send a two-page summary to each state affiliate before the next convention.",
        ),
        addressees=("Center for Research", None, "State affiliates"),
        steps=(
            EstimateStep(on=-5, sentence="It would cost an additional $24,000.", amount="24000"),
            TextStep(
                on=-2,
                stage=Stage.AS_MODIFIED,
                text="The Federation shall spend up to $31,000 to commission a review of "
                "published research on online credit recovery, "
                "including which students are placed in it and what becomes of them; publish the "
                "review where anybody can read it; and send a "
                "two-page summary to each state affiliate before the next convention.",
            ),
            EstimateStep(
                on=-2,
                sentence="It would cost an additional $31,000.",
                amount="31000",
                stage=Stage.AS_MODIFIED,
            ),
            FloorStep(
                on=-2,
                action=Floor.ADOPTED_AS_MODIFIED,
                votes=(4112, 2087, 64),
                sitting="Fourth sitting",
            ),
            DueDateStep(on=2, due=211, clause=1),
            DueDateStep(on=2, due=271, clause=2),
            DueDateStep(on=2, due=364, clause=3),
            AssignmentStep(on=16, unit=RESEARCH, person=DANA),
            AppropriationStep(on=28, amount="31000"),
            started(
                75,
                "Five universities were asked for proposals; three have answered. The call names "
                "the *two questions of the item* and nothing else.",
                1,
                links=[
                    StoryLink("The call for proposals", "https://example.org/calls/credit-recovery")
                ],
            ),
            progress(
                201,
                "Lakeshore State University sent the **first draft**. Two outside readers have it "
                "until the end of next month:\n\n"
                "- one has taught such a course,\n- one has measured what came of it.",
                1,
                name="draft",
                costs=[
                    StoryCost(
                        amount="22000.00",
                        category="Research contract",
                        payee="Lakeshore State University",
                    )
                ],
                papers=[READERS],
            ),
            DueDateStep(
                on=207,
                due=253,
                clause=1,
                by_whom="Center for Research",
                reason="The outside readers asked for six weeks.",
            ),
            WithholdingStep(
                on=214, entry="draft", kind=WithheldFor.PERSONAL_DATA, paper=READERS.name
            ),
            ExpenseStep(
                on=243,
                cost=StoryCost(
                    amount="4800.00",
                    category="Design and tagged PDF",
                    payee="Ostrander & Vale, printers",
                ),
            ),
            done(
                250,
                "The review is finished and on the web site. It covers 46 studies.",
                1,
                2,
                name="finished",
                costs=[
                    StoryCost(
                        amount="750.00",
                        category="Summary in Spanish",
                        payee="Puente Translations",
                        on=249,
                    )
                ],
                papers=[REVIEW],
                links=[
                    StoryLink("Page of the review", "https://example.org/research/credit-recovery")
                ],
            ),
            done(
                253,
                "The review covers **64** studies. The entry of two days ago said 46: that was "
                "the number of the first draft.",
                1,
                2,
                corrects="finished",
                released_after=0,
                costs=[
                    StoryCost(
                        amount="750.00",
                        category="Summary in Spanish",
                        payee="Puente Translations",
                        on=249,
                    )
                ],
                papers=[REVIEW],
                links=[
                    StoryLink("Page of the review", "https://example.org/research/credit-recovery")
                ],
            ),
            returned(
                255,
                "The page asks for a member’s password. The floor said: where anybody can read it.",
                2,
            ),
            done(
                257,
                "The page now opens without a password; tried from outside by two people.",
                2,
                money=MoneySaid.NOTHING_BEYOND_THE_BUDGET,
                released_after=0,
                links=[
                    StoryLink(
                        "Page of the review, open to all",
                        "https://example.org/research/credit-recovery",
                    )
                ],
            ),
            done(
                258,
                "Summary posted, and mailed to every state affiliate.",
                3,
                costs=[
                    StoryCost(
                        amount="1912.50",
                        category="Printing and postage",
                        payee="Ostrander & Vale, printers",
                    )
                ],
                papers=[AFFILIATES],
            ),
            confirmed(260, 3, note="The list shows 50 addresses and the post office’s receipt."),
            OutcomeStep(
                on=269,
                level=Level.OUTPUT_ONLY,
                words="612 downloads of the review in its first two weeks.",
                links=[
                    StoryLink(
                        "Count of downloads",
                        "https://example.org/research/credit-recovery/downloads",
                    )
                ],
            ),
        ),
    ),
)
