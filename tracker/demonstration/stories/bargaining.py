"""Contracts, courts and laws: what was given to Bargaining Support, Legal Services and the Committee on Legislation."""

from __future__ import annotations

from tracker.rules.codes import Basis, Decision, Floor, Kind, Level, Stage

from ..calendar import ago, ahead
from ..gatherings import FINISHED, RUNNING
from ..people import BARGAINING, EXECUTIVE, LEGAL, LEGISLATION, PETRA, SIMEON
from ..steps import (
    AppropriationStep,
    AssignmentStep,
    DecisionStep,
    DueDateStep,
    EstimateStep,
    FloorStep,
    ItemStory,
    MergeStep,
    OutcomeStep,
    StoryCost,
    StoryFile,
    StoryLink,
    TextStep,
    adopted,
    blocked,
    confirmed,
    done,
    progress,
    referred,
    started,
    will_not,
    word,
)

ITEMS = (
    ItemStory(
        FINISHED,
        "6",
        "Model contract language for safe bus routes",
        "The Federation shall write model contract language by which drivers can refuse a route that is not safe, and offer it to every local of "
        "drivers.",
        "Drivers’ Caucus",
        name="Otis Fairweather",
        seconded="Maine",
        steps=(
            EstimateStep(-5, "Additional cost: $8,400.", "8400"),
            adopted(-3, (4765, 702, 35), "Third sitting"),
            AssignmentStep(9, BARGAINING, PETRA),
            DueDateStep(2, 180),
            AppropriationStep(28, "8400"),
            started(40, "Clauses of eleven contracts were compared.", 1),
            done(
                155,
                "The model language was sent to all 63 locals of drivers, with notes for the table.",
                1,
                costs=[
                    StoryCost("5200.00", "Legal drafting", "Harrow & Finch", on=120),
                    StoryCost("2912.00", "Printing and travel"),
                ],
                papers=[
                    StoryFile(
                        "safe-routes.pdf",
                        "Model language: routes that are not safe",
                        (
                            "1. A driver who believes that a route is not safe says so in writing.",
                            "2. Until it has been looked at, another route is driven, at full pay.",
                            "3. Whoever says so is not disciplined for it.",
                        ),
                    )
                ],
            ),
            confirmed(164, 1),
            OutcomeStep(
                390,
                Level.CHANGE_FOLLOWED,
                "14 locals have bargained the language into their contracts.",
                "Named contracts: the articles are listed, with their dates.",
                links=[
                    StoryLink("The fourteen articles", "https://example.org/bargaining/safe-routes")
                ],
            ),
        ),
    ),
    ItemStory(
        FINISHED,
        "7",
        "Right to refuse icy roads",
        "The Federation shall support drivers who refuse to drive on icy roads.",
        "Maine",
        steps=(
            EstimateStep(-5, "No additional cost.", basis=Basis.NONE),
            FloorStep(
                -3,
                Floor.CONSOLIDATED,
                sitting="Third sitting",
                note="Consolidated with new business item 6, with the consent of both makers.",
            ),
            MergeStep(1, FINISHED, "nbi-6"),
        ),
    ),
    ItemStory(
        FINISHED,
        "17",
        "Campaign for paid breaks in school kitchens",
        "The Federation shall campaign in every state for paid breaks in school kitchens.",
        "Food Service Council",
        name="Delphine Okoro",
        seconded="Maine",
        steps=(
            EstimateStep(
                -4,
                "Additional cost of $12,000 if all states are included.",
                "12000",
                conditional=True,
                assumption="All states are included.",
            ),
            referred(
                -2, LEGISLATION, votes=(2890, 2301, 77), sitting="Fourth sitting", decides_by=120
            ),
            DecisionStep(
                112,
                Decision.ACCEPTED_IN_PART,
                LEGISLATION,
                "In the nine states whose law leaves room for it.",
            ),
            AppropriationStep(125, "4000"),
            started(150, "Bills were drafted with the affiliates of nine states.", 1),
            progress(
                268,
                "Introduced in five; heard in two.",
                1,
                costs=[StoryCost("1720.00", "Travel of witnesses")],
            ),
            done(
                340,
                "Bills were introduced in all nine states, and 22 members were heard.",
                1,
                costs=[StoryCost("1915.00", "Travel of witnesses")],
                links=[StoryLink("The nine bills", "https://example.org/bills/kitchen-breaks")],
            ),
            confirmed(352, 1),
            OutcomeStep(
                470,
                Level.CHANGE_FOLLOWED,
                "Two states now pay for a break of 20 minutes.",
                "Both laws were introduced by this campaign; their numbers are listed.",
                links=[StoryLink("The two laws", "https://example.org/laws/kitchen-breaks")],
            ),
        ),
    ),
    ItemStory(
        FINISHED,
        "38",
        "Court challenge to outsourced cleaning contracts",
        "The Federation shall go to court against the outsourcing of school cleaning where a contract forbids it.",
        "Ohio",
        name="Bartholomew Kiss",
        steps=(
            EstimateStep(
                -5,
                "If the case goes to trial, an additional $85,000.",
                "85000",
                conditional=True,
                assumption="The case goes to trial.",
            ),
            adopted(-2, (3011, 2402, 210), "Fourth sitting"),
            AssignmentStep(12, LEGAL, SIMEON),
            AppropriationStep(28, "25000"),
            started(
                60,
                "Two cases were looked at.",
                1,
                costs=[StoryCost("4200.00", "Opinion of outside counsel", "Harrow & Finch")],
            ),
            will_not(
                150,
                "The opinion says that neither contract forbids it clearly enough. A case that is lost would hurt more locals than it "
                "helps.",
                1,
                because="Counsel’s opinion: neither contract forbids it clearly enough.",
                decided_by="the Executive Committee",
                decided_on=146,
                papers=[
                    StoryFile(
                        "opinion.pdf",
                        "Opinion on two cleaning contracts",
                        ("For the Executive Committee only.",),
                        inside=True,
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        FINISHED,
        "80",
        "Solidarity with the bus drivers of Alder County",
        "The Federation declares its solidarity with the bus drivers of Alder County, and shall write to the county’s board to say so.",
        "Drivers’ Caucus",
        seconded="50 delegates",
        clauses=(
            "The Federation declares its solidarity with the bus drivers of Alder County.",
            "Write to the county’s board to say so.",
        ),
        declarations=(1,),
        steps=(
            EstimateStep(0, "No cost.", basis=Basis.NONE),
            adopted(0, sitting="Sixth sitting"),
            AssignmentStep(3, BARGAINING, PETRA),
            done(
                6,
                "The letter was sent, and read out at the county’s meeting.",
                2,
                links=[StoryLink("The letter", "https://example.org/letters/alder-county")],
            ),
            confirmed(13, 2),
        ),
    ),
    ItemStory(
        RUNNING,
        "2",
        "Tuition credit for classroom aides",
        "Amend the legislative program by adding: a tuition credit for classroom aides who "
        "study to teach.",
        "New Mexico",
        kind=Kind.LEGISLATIVE_AMENDMENT,
        seconded="Nevada",
        steps=(
            FloorStep(-2, Floor.ADOPTED_AS_AMENDED, (4633, 640, 25), "Fourth sitting"),
            referred(-2, LEGISLATION, position=2),
            DecisionStep(
                33, Decision.ACCEPTED, LEGISLATION, "Taken into the program of the session."
            ),
            started(62, "A bill was drafted.", 1),
            blocked(
                ago(38),
                "The bill lies with the committee on ways and means, which does not meet before the budget is settled.",
                1,
                because="The committee on ways and means does not meet before the budget is settled.",
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "18",
        "Paid leave for service on a school board",
        "The Federation shall seek paid leave for members who serve on a school board.",
        "Vermont",
        name="Clement Yost",
        steps=(
            EstimateStep(
                -3, "Cost not known: it depends on how many members serve.", basis=Basis.UNKNOWN
            ),
            referred(-1, EXECUTIVE, decides_by=ahead(45)),
        ),
    ),
    ItemStory(
        RUNNING,
        "19",
        "One calendar for the spring recess",
        "The Federation shall seek one date for the spring recess of all schools in a state.",
        "Hawaii",
        steps=(
            EstimateStep(-3, "No additional cost.", basis=Basis.NONE),
            referred(-1, "the appropriate committee"),
        ),
    ),
    ItemStory(
        RUNNING,
        "27",
        "A television channel of our own",
        "The Federation shall found a television channel.",
        "50 delegates",
        steps=(
            EstimateStep(
                -4, "A channel would cost an additional $240,000 in its first year.", "240000"
            ),
            adopted(0, (2544, 2511, 300), "Sixth sitting"),
            AssignmentStep(20, EXECUTIVE),
            word(45, "Three offers were asked for, for comparison.", 1),
            will_not(
                90,
                "The Board decided not to found a channel: the cheapest offer would use up the whole contingency fund.",
                1,
                because="The cheapest offer would use up the whole contingency fund.",
                decided_by="the Board of Directors",
                decided_on=87,
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "41",
        "Lending library of tools for the trades",
        "The Federation shall set up a lending library of tools for members who teach the trades.",
        "Texas",
        name="Lupe Arroyo",
        clauses=("Set up a lending library of tools.", "Insure it."),
        steps=(
            EstimateStep(-3, "Additional cost $17,000.", "17000"),
            TextStep(
                -1,
                Stage.AMENDMENT,
                "The Federation shall set up a lending library of tools for members who teach the trades, and insure it.",
            ),
            FloorStep(-1, Floor.ADOPTED_AS_AMENDED, (3650, 1500, 44), "Fifth sitting"),
            AssignmentStep(16, BARGAINING, PETRA),
            AppropriationStep(30, "17000"),
            DueDateStep(2, 150, 1),
            DueDateStep(150, ahead(60), 1, "Bargaining Support", "The insurer has not answered."),
            started(
                58,
                "A room was found in Bellwater.",
                1,
                costs=[StoryCost("3600.00", "Rent for a year")],
            ),
            progress(109, "Forty locals have given tools.", 1),
            blocked(
                ago(19),
                "Waits for the insurer’s answer, asked for twice.",
                1,
                2,
                because="The insurer has not answered.",
            ),
        ),
    ),
)
