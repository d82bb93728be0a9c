"""What members read, get and are paid back.

Communications, the Benefits Office, the Convention Office, the Budget Committee.
"""

from __future__ import annotations

from tracker.rules.codes import Basis, Decision, Floor, Kind, Level

from ..calendar import ago, ahead
from ..gatherings import FINISHED, RUNNING
from ..people import BENEFITS, BUDGET, COMMUNICATIONS, CONVENTIONS, GRETA, LUCAN, ODILE
from ..steps import (
    AppropriationStep,
    AssignmentStep,
    DecisionStep,
    DueDateStep,
    EstimateStep,
    ExpenseStep,
    ExplanationStep,
    FloorCorrectionStep,
    ItemStory,
    NumberStep,
    OutcomeStep,
    StoryCost,
    StoryFile,
    StoryLink,
    adopted,
    blocked,
    confirmed,
    done,
    progress,
    referred,
    started,
    word,
)

ITEMS = (
    ItemStory(
        convention=FINISHED,
        number="23",
        title="Members’ handbook in Spanish and Haitian Creole",
        text="The Federation shall publish its members’ handbook in Spanish and in Haitian "
        "Creole, and send it to every local that asks.",
        by="Florida",
        name="Yolette Baptiste",
        seconded="New Mexico",
        clauses=(
            "Publish the handbook in Spanish and in Haitian Creole.",
            "Send it to every local that asks.",
        ),
        steps=(
            EstimateStep(on=-4, sentence="Additional cost $22,700.", amount="22700"),
            adopted(-2, (4980, 470, 20), "Fourth sitting"),
            AssignmentStep(on=8, unit=COMMUNICATIONS, person=LUCAN),
            DueDateStep(on=2, due=180, clause=1),
            DueDateStep(on=2, due=240, clause=2),
            AppropriationStep(on=28, amount="22700"),
            started(
                48, "Both translators have begun; locals were asked how many they will need.", 1, 2
            ),
            progress(
                118,
                "Spanish is set; six members read Haitian Creole aloud to each other and changed "
                "a third of it.",
                1,
                2,
                costs=[
                    StoryCost(
                        amount="11800.00", category="Translation", payee="Puente Translations"
                    )
                ],
            ),
            done(
                171,
                "Both handbooks are printed and on the web site.",
                1,
                costs=[
                    StoryCost(
                        amount="10950.00", category="Printing", payee="Ostrander & Vale, printers"
                    )
                ],
                links=[
                    StoryLink("Handbook in Spanish", "https://example.org/handbook/es"),
                    StoryLink("Handbook in Haitian Creole", "https://example.org/handbook/ht"),
                ],
            ),
            done(
                205,
                "Sent to 212 locals. More asked than was thought: *a second printing was needed*, "
                "which is why more was spent.",
                2,
                costs=[
                    StoryCost(
                        amount="2900.00",
                        category="Second printing",
                        payee="Ostrander & Vale, printers",
                    ),
                    StoryCost(
                        amount="-640.00",
                        category="Refund of the printer",
                        payee="Ostrander & Vale, printers",
                        on=204,
                    ),
                ],
                papers=[
                    StoryFile(
                        name="handbooks-sent.pdf",
                        title="Handbooks sent, by local",
                        lines=tuple(f"Local {number}: 40 copies" for number in range(1, 213)),
                    )
                ],
            ),
            confirmed(215, 1, 2),
            ExplanationStep(
                on=222,
                words="212 locals asked for the handbook; 150 were expected. A *second printing* "
                "cost $2,900; the printer took $640 off it.",
            ),
            OutcomeStep(
                on=330,
                level=Level.CHANGE_FOLLOWED,
                words="Calls to the helpline that need an interpreter fell by a third.",
                tie="A count of calls in the quarter before and in the second quarter after.",
                papers=[
                    StoryFile(
                        name="helpline-calls.png",
                        title="Calls that need an interpreter, a quarter",
                        bars=(("Before", 412), ("After", 271)),
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="31",
        title="List of employers that ended retiree health cover",
        text="The Federation shall publish a list of the employers that have ended health cover "
        "for their retirees.",
        by="Retired Members’ Section",
        name="Agnes Pellworth",
        steps=(
            EstimateStep(on=-4, sentence="It would cost an additional $3,500.", amount="3500"),
            adopted(-1),
            AssignmentStep(on=26, unit=BENEFITS),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="44",
        title="Study of travel costs for island delegates",
        text="The Federation shall study what island delegates pay to reach the convention, and "
        "propose how it could be shared.",
        by="Hawaii",
        name="Keola Nakoa",
        steps=(
            EstimateStep(on=-4, sentence="Additional cost: $6,000.", amount="6000"),
            adopted(-1),
            AssignmentStep(on=14, unit=CONVENTIONS, person=GRETA),
            DueDateStep(on=2, due=250),
            AppropriationStep(on=35, amount="6000"),
            started(70, "Receipts of three years were asked for.", 1),
            blocked(
                160, "Waits for two bids from travel offices.", 1, because="Two bids are missing."
            ),
            progress(
                236,
                "One bid has come. Island delegates paid $1,140 each, on average; those of the "
                "mainland $385.",
                1,
            ),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="71",
        title="Travel fund for first-time delegates",
        text="The Federation shall set up a fund that pays the travel of first-time delegates.",
        by="New Members’ Caucus",
        steps=(
            EstimateStep(on=-4, sentence="Additional cost of $60,000 a year.", amount="60000"),
            referred(-1, BUDGET),
            DecisionStep(
                on=110,
                decision=Decision.DECLINED,
                unit=BUDGET,
                reason="The budget does not bear it. State affiliates already pay for nine in ten "
                "first-time delegates.",
            ),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="3",
        title="Captions and seats that everybody can reach",
        text="That every sitting of the convention have live captions on both screens, and seats "
        "that can be reached without steps in each delegation.",
        by="The Board",
        kind=Kind.COMMITTEE_RECOMMENDATION,
        steps=(
            EstimateStep(
                on=-5,
                sentence="Within the budget of the convention; no additional cost.",
                basis=Basis.NONE,
            ),
            adopted(-4, sitting="Second sitting"),
            AssignmentStep(on=5, unit=CONVENTIONS, person=GRETA),
            DueDateStep(on=2, due=380),
            progress(140, "Asked of every hall that has offered itself.", 1),
            done(
                ago(196),
                "At Port Alder both screens had captions at every sitting, and 61 seats could be "
                "reached without steps.",
                1,
                papers=[
                    StoryFile(
                        name="seats.pdf",
                        title="Plan of the hall",
                        lines=("61 seats, by delegation; lifts on both sides.",),
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="12",
        title="Recorded roll calls",
        text="The Federation shall publish how each delegation voted in a roll call.",
        by="Nevada",
        steps=(EstimateStep(on=-3, sentence="No additional cost.", basis=Basis.NONE),),
    ),
    ItemStory(
        convention=RUNNING,
        number="1",
        title="Minutes of committees within thirty days",
        text="That the minutes of every committee be published within thirty days.",
        by="Oregon",
        kind=Kind.MOTION,
        name="Thea Lindgren",
        steps=(
            EstimateStep(on=-2, sentence="No additional cost.", basis=Basis.NONE),
            adopted(0, sitting="Sixth sitting"),
            AssignmentStep(on=4, unit=CONVENTIONS, person=GRETA),
            DueDateStep(on=2, due=60),
            started(18, "Nine of fourteen committees send theirs in time.", 1),
            done(
                58,
                "All fourteen are published, the latest after 27 days.",
                1,
                links=[StoryLink("Minutes of committees", "https://example.org/minutes")],
            ),
            OutcomeStep(
                on=150,
                level=Level.TIE_NOT_SHOWN,
                words="Questions to the Convention Office about decisions of committees have "
                "halved. A new telephone system was put in at the same time.",
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="6A",
        title="Large print for ballots and agendas",
        text="The Federation shall print ballots and agendas in large print for whoever asks.",
        by="Retired Members’ Section",
        steps=(
            EstimateStep(on=-3, sentence="Small, and within the budget.", basis=Basis.NONE),
            adopted(-1),
            AssignmentStep(on=22, unit=CONVENTIONS, person=GRETA),
            DueDateStep(on=2, due=ahead(120)),
            word(95, "No change: the printer for the next convention is not chosen yet.", 1),
            word(ago(44), "No change. The question of large print is in the call for offers.", 1),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="72",
        title="Podcast for night custodians",
        text="The Federation shall make a podcast that can be listened to on a night shift.",
        by="Ohio",
        registered=-5,
        steps=(
            NumberStep(on=-4, number="42"),
            EstimateStep(on=-4, sentence="Additional cost $4,500.", amount="4500"),
            adopted(-1, (2980, 2012, 66), "Fifth sitting"),
            FloorCorrectionStep(on=1, action=Floor.ADOPTED_AS_AMENDED),
            AssignmentStep(on=15, unit=COMMUNICATIONS, person=LUCAN),
            DueDateStep(on=2, due=190),
            AppropriationStep(on=30, amount="4500"),
            started(50, "Two voices were found, both custodians.", 1),
            done(
                133,
                "Six episodes are out.",
                1,
                costs=[
                    StoryCost(amount="3150.00", category="Studio"),
                    StoryCost(amount="1890.00", category="Editing", on=128),
                ],
                links=[StoryLink("The podcast", "https://example.org/night-shift")],
            ),
            ExpenseStep(on=136, cost=StoryCost(amount="240.00", category="Music rights")),
            confirmed(142, 1),
            OutcomeStep(
                on=ago(26),
                level=Level.CHANGE_FOLLOWED,
                words="88 custodians have joined since the first episode; in the same months of "
                "the year before it were 31.",
                tie="61 of the 88 named the podcast on their form.",
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="9",
        title="Help with claims for lost luggage of delegates",
        text="The Federation shall help delegates whose luggage was lost on the way to the "
        "convention.",
        by="Hawaii",
        name="Keola Nakoa",
        steps=(
            EstimateStep(on=-3, sentence="No additional cost.", basis=Basis.NONE),
            adopted(-1),
            AssignmentStep(on=5, unit=BENEFITS, person=ODILE),
            progress(12, "Eleven delegates have asked; seven pieces were found.", 1),
            done(
                ago(21),
                "All eleven claims are settled.",
                1,
                released_after=2,
                papers=[
                    StoryFile(
                        name="claims.pdf",
                        title="Eleven claims and how they were settled",
                        lines=("Names and addresses of eleven delegates.",),
                        inside=True,
                    )
                ],
            ),
        ),
    ),
)
