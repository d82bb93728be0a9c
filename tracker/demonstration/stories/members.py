"""What members read, get and are paid back: Communications, the Benefits Office, the Convention Office, the Budget Committee."""

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
        FINISHED,
        "23",
        "Members’ handbook in Spanish and Haitian Creole",
        "The Federation shall publish its members’ handbook in Spanish and in Haitian Creole, and send it to every local that asks.",
        "Florida",
        name="Yolette Baptiste",
        seconded="New Mexico",
        clauses=(
            "Publish the handbook in Spanish and in Haitian Creole.",
            "Send it to every local that asks.",
        ),
        steps=(
            EstimateStep(-4, "Additional cost $22,700.", "22700"),
            adopted(-2, (4980, 470, 20), "Fourth sitting"),
            AssignmentStep(8, COMMUNICATIONS, LUCAN),
            DueDateStep(2, 180, 1),
            DueDateStep(2, 240, 2),
            AppropriationStep(28, "22700"),
            started(
                48, "Both translators have begun; locals were asked how many they will need.", 1, 2
            ),
            progress(
                118,
                "Spanish is set; six members read Haitian Creole aloud to each other and changed a third of it.",
                1,
                2,
                costs=[StoryCost("11800.00", "Translation", "Puente Translations")],
            ),
            done(
                171,
                "Both handbooks are printed and on the web site.",
                1,
                costs=[StoryCost("10950.00", "Printing", "Ostrander & Vale, printers")],
                links=[
                    StoryLink("Handbook in Spanish", "https://example.org/handbook/es"),
                    StoryLink("Handbook in Haitian Creole", "https://example.org/handbook/ht"),
                ],
            ),
            done(
                205,
                "Sent to 212 locals. More asked than was thought: *a second printing was needed*, which is why more was spent.",
                2,
                costs=[
                    StoryCost("2900.00", "Second printing", "Ostrander & Vale, printers"),
                    StoryCost(
                        "-640.00", "Refund of the printer", "Ostrander & Vale, printers", on=204
                    ),
                ],
                papers=[
                    StoryFile(
                        "handbooks-sent.pdf",
                        "Handbooks sent, by local",
                        tuple(f"Local {number}: 40 copies" for number in range(1, 213)),
                    )
                ],
            ),
            confirmed(215, 1, 2),
            ExplanationStep(
                222,
                "212 locals asked for the handbook; 150 were expected. A *second printing* cost $2,900; the printer took $640 off it.",
            ),
            OutcomeStep(
                330,
                Level.CHANGE_FOLLOWED,
                "Calls to the helpline that need an interpreter fell by a third.",
                "A count of calls in the quarter before and in the second quarter after.",
                papers=[
                    StoryFile(
                        "helpline-calls.png",
                        "Calls that need an interpreter, a quarter",
                        bars=(("Before", 412), ("After", 271)),
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        FINISHED,
        "31",
        "List of employers that ended retiree health cover",
        "The Federation shall publish a list of the employers that have ended health cover for their retirees.",
        "Retired Members’ Section",
        name="Agnes Pellworth",
        steps=(
            EstimateStep(-4, "It would cost an additional $3,500.", "3500"),
            adopted(-1),
            AssignmentStep(26, BENEFITS),
        ),
    ),
    ItemStory(
        FINISHED,
        "44",
        "Study of travel costs for island delegates",
        "The Federation shall study what island delegates pay to reach the convention, and propose how it could be shared.",
        "Hawaii",
        name="Keola Nakoa",
        steps=(
            EstimateStep(-4, "Additional cost: $6,000.", "6000"),
            adopted(-1),
            AssignmentStep(14, CONVENTIONS, GRETA),
            DueDateStep(2, 250),
            AppropriationStep(35, "6000"),
            started(70, "Receipts of three years were asked for.", 1),
            blocked(
                160, "Waits for two bids from travel offices.", 1, because="Two bids are missing."
            ),
            progress(
                236,
                "One bid has come. Island delegates paid $1,140 each, on average; those of the mainland $385.",
                1,
            ),
        ),
    ),
    ItemStory(
        FINISHED,
        "71",
        "Travel fund for first-time delegates",
        "The Federation shall set up a fund that pays the travel of first-time delegates.",
        "New Members’ Caucus",
        steps=(
            EstimateStep(-4, "Additional cost of $60,000 a year.", "60000"),
            referred(-1, BUDGET),
            DecisionStep(
                110,
                Decision.DECLINED,
                BUDGET,
                "The budget does not bear it. State affiliates already pay for nine in ten first-time "
                "delegates.",
            ),
        ),
    ),
    ItemStory(
        FINISHED,
        "3",
        "Captions and seats that everybody can reach",
        "That every sitting of the convention have live captions on both screens, and seats that can be reached without steps in each delegation.",
        "The Board",
        kind=Kind.COMMITTEE_RECOMMENDATION,
        steps=(
            EstimateStep(
                -5, "Within the budget of the convention; no additional cost.", basis=Basis.NONE
            ),
            adopted(-4, sitting="Second sitting"),
            AssignmentStep(5, CONVENTIONS, GRETA),
            DueDateStep(2, 380),
            progress(140, "Asked of every hall that has offered itself.", 1),
            done(
                ago(196),
                "At Port Alder both screens had captions at every sitting, and 61 seats could be reached without steps.",
                1,
                papers=[
                    StoryFile(
                        "seats.pdf",
                        "Plan of the hall",
                        ("61 seats, by delegation; lifts on both sides.",),
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        FINISHED,
        "12",
        "Recorded roll calls",
        "The Federation shall publish how each delegation voted in a roll call.",
        "Nevada",
        steps=(EstimateStep(-3, "No additional cost.", basis=Basis.NONE),),
    ),
    ItemStory(
        RUNNING,
        "1",
        "Minutes of committees within thirty days",
        "That the minutes of every committee be published within thirty days.",
        "Oregon",
        kind=Kind.MOTION,
        name="Thea Lindgren",
        steps=(
            EstimateStep(-2, "No additional cost.", basis=Basis.NONE),
            adopted(0, sitting="Sixth sitting"),
            AssignmentStep(4, CONVENTIONS, GRETA),
            DueDateStep(2, 60),
            started(18, "Nine of fourteen committees send theirs in time.", 1),
            done(
                58,
                "All fourteen are published, the latest after 27 days.",
                1,
                links=[StoryLink("Minutes of committees", "https://example.org/minutes")],
            ),
            OutcomeStep(
                150,
                Level.TIE_NOT_SHOWN,
                "Questions to the Convention Office about decisions of committees have halved. A new telephone "
                "system was put in at the same time.",
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "6A",
        "Large print for ballots and agendas",
        "The Federation shall print ballots and agendas in large print for whoever asks.",
        "Retired Members’ Section",
        steps=(
            EstimateStep(-3, "Small, and within the budget.", basis=Basis.NONE),
            adopted(-1),
            AssignmentStep(22, CONVENTIONS, GRETA),
            DueDateStep(2, ahead(120)),
            word(95, "No change: the printer for the next convention is not chosen yet.", 1),
            word(ago(44), "No change. The question of large print is in the call for offers.", 1),
        ),
    ),
    ItemStory(
        RUNNING,
        "72",
        "Podcast for night custodians",
        "The Federation shall make a podcast that can be listened to on a night shift.",
        "Ohio",
        registered=-5,
        steps=(
            NumberStep(-4, "42"),
            EstimateStep(-4, "Additional cost $4,500.", "4500"),
            adopted(-1, (2980, 2012, 66), "Fifth sitting"),
            FloorCorrectionStep(1, Floor.ADOPTED_AS_AMENDED),
            AssignmentStep(15, COMMUNICATIONS, LUCAN),
            DueDateStep(2, 190),
            AppropriationStep(30, "4500"),
            started(50, "Two voices were found, both custodians.", 1),
            done(
                133,
                "Six episodes are out.",
                1,
                costs=[StoryCost("3150.00", "Studio"), StoryCost("1890.00", "Editing", on=128)],
                links=[StoryLink("The podcast", "https://example.org/night-shift")],
            ),
            ExpenseStep(136, StoryCost("240.00", "Music rights")),
            confirmed(142, 1),
            OutcomeStep(
                ago(26),
                Level.CHANGE_FOLLOWED,
                "88 custodians have joined since the first episode; in the same months of the year before it were 31.",
                "61 of the 88 named the podcast on their form.",
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "9",
        "Help with claims for lost luggage of delegates",
        "The Federation shall help delegates whose luggage was lost on the way to the convention.",
        "Hawaii",
        name="Keola Nakoa",
        steps=(
            EstimateStep(-3, "No additional cost.", basis=Basis.NONE),
            adopted(-1),
            AssignmentStep(5, BENEFITS, ODILE),
            progress(12, "Eleven delegates have asked; seven pieces were found.", 1),
            done(
                ago(21),
                "All eleven claims are settled.",
                1,
                released=2,
                papers=[
                    StoryFile(
                        "claims.pdf",
                        "Eleven claims and how they were settled",
                        ("Names and addresses of eleven delegates.",),
                        inside=True,
                    )
                ],
            ),
        ),
    ),
)
