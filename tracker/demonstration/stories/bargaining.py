"""Contracts, courts and laws.

What was given to Bargaining Support, Legal Services and the Committee on Legislation.
"""

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
        convention=FINISHED,
        number="6",
        title="Model contract language for safe bus routes",
        text="The Federation shall write model contract language by which drivers can refuse a "
        "route that is not safe, and offer it to every local of drivers.",
        by="Drivers’ Caucus",
        name="Otis Fairweather",
        seconded="Maine",
        steps=(
            EstimateStep(on=-5, sentence="Additional cost: $8,400.", amount="8400"),
            adopted(-3, (4765, 702, 35), "Third sitting"),
            AssignmentStep(on=9, unit=BARGAINING, person=PETRA),
            DueDateStep(on=2, due=180),
            AppropriationStep(on=28, amount="8400"),
            started(40, "Clauses of eleven contracts were compared.", 1),
            done(
                155,
                "The model language was sent to all 63 locals of drivers, with notes for the "
                "table.",
                1,
                costs=[
                    StoryCost(
                        amount="5200.00", category="Legal drafting", payee="Harrow & Finch", on=120
                    ),
                    StoryCost(amount="2912.00", category="Printing and travel"),
                ],
                papers=[
                    StoryFile(
                        name="safe-routes.pdf",
                        title="Model language: routes that are not safe",
                        lines=(
                            "1. A driver who believes that a route is not safe says so in writing.",
                            "2. Until it has been looked at, another route is driven, at full pay.",
                            "3. Whoever says so is not disciplined for it.",
                        ),
                    )
                ],
            ),
            confirmed(164, 1),
            OutcomeStep(
                on=390,
                level=Level.CHANGE_FOLLOWED,
                words="14 locals have bargained the language into their contracts.",
                tie="Named contracts: the articles are listed, with their dates.",
                links=[
                    StoryLink("The fourteen articles", "https://example.org/bargaining/safe-routes")
                ],
            ),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="7",
        title="Right to refuse icy roads",
        text="The Federation shall support drivers who refuse to drive on icy roads.",
        by="Maine",
        steps=(
            EstimateStep(on=-5, sentence="No additional cost.", basis=Basis.NONE),
            FloorStep(
                on=-3,
                action=Floor.CONSOLIDATED,
                sitting="Third sitting",
                note="Consolidated with new business item 6, with the consent of both makers.",
            ),
            MergeStep(on=1, convention=FINISHED, code="nbi-6"),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="17",
        title="Campaign for paid breaks in school kitchens",
        text="The Federation shall campaign in every state for paid breaks in school kitchens.",
        by="Food Service Council",
        name="Delphine Okoro",
        seconded="Maine",
        steps=(
            EstimateStep(
                on=-4,
                sentence="Additional cost of $12,000 if all states are included.",
                amount="12000",
                conditional=True,
                assumption="All states are included.",
            ),
            referred(
                -2, LEGISLATION, votes=(2890, 2301, 77), sitting="Fourth sitting", decides_by=120
            ),
            DecisionStep(
                on=112,
                decision=Decision.ACCEPTED_IN_PART,
                unit=LEGISLATION,
                reason="In the nine states whose law leaves room for it.",
            ),
            AppropriationStep(on=125, amount="4000"),
            started(150, "Bills were drafted with the affiliates of nine states.", 1),
            progress(
                268,
                "Introduced in five; heard in two.",
                1,
                costs=[StoryCost(amount="1720.00", category="Travel of witnesses")],
            ),
            done(
                340,
                "Bills were introduced in all nine states, and 22 members were heard.",
                1,
                costs=[StoryCost(amount="1915.00", category="Travel of witnesses")],
                links=[StoryLink("The nine bills", "https://example.org/bills/kitchen-breaks")],
            ),
            confirmed(352, 1),
            OutcomeStep(
                on=470,
                level=Level.CHANGE_FOLLOWED,
                words="Two states now pay for a break of 20 minutes.",
                tie="Both laws were introduced by this campaign; their numbers are listed.",
                links=[StoryLink("The two laws", "https://example.org/laws/kitchen-breaks")],
            ),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="38",
        title="Court challenge to outsourced cleaning contracts",
        text="The Federation shall go to court against the outsourcing of school cleaning where a "
        "contract forbids it.",
        by="Ohio",
        name="Bartholomew Kiss",
        steps=(
            EstimateStep(
                on=-5,
                sentence="If the case goes to trial, an additional $85,000.",
                amount="85000",
                conditional=True,
                assumption="The case goes to trial.",
            ),
            adopted(-2, (3011, 2402, 210), "Fourth sitting"),
            AssignmentStep(on=12, unit=LEGAL, person=SIMEON),
            AppropriationStep(on=28, amount="25000"),
            started(
                60,
                "Two cases were looked at.",
                1,
                costs=[
                    StoryCost(
                        amount="4200.00",
                        category="Opinion of outside counsel",
                        payee="Harrow & Finch",
                    )
                ],
            ),
            will_not(
                150,
                "The opinion says that neither contract forbids it clearly enough. A case that is "
                "lost would hurt more locals than it helps.",
                1,
                because="Counsel’s opinion: neither contract forbids it clearly enough.",
                decided_by="the Executive Committee",
                decided_on=146,
                papers=[
                    StoryFile(
                        name="opinion.pdf",
                        title="Opinion on two cleaning contracts",
                        lines=("For the Executive Committee only.",),
                        inside=True,
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="80",
        title="Solidarity with the bus drivers of Alder County",
        text="The Federation declares its solidarity with the bus drivers of Alder County, and "
        "shall write to the county’s board to say so.",
        by="Drivers’ Caucus",
        seconded="50 delegates",
        clauses=(
            "The Federation declares its solidarity with the bus drivers of Alder County.",
            "Write to the county’s board to say so.",
        ),
        declarations=(1,),
        steps=(
            EstimateStep(on=0, sentence="No cost.", basis=Basis.NONE),
            adopted(0, sitting="Sixth sitting"),
            AssignmentStep(on=3, unit=BARGAINING, person=PETRA),
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
        convention=RUNNING,
        number="2",
        title="Tuition credit for classroom aides",
        text="Amend the legislative program by adding: a tuition credit for classroom aides who "
        "study to teach.",
        by="New Mexico",
        kind=Kind.LEGISLATIVE_AMENDMENT,
        seconded="Nevada",
        steps=(
            FloorStep(
                on=-2,
                action=Floor.ADOPTED_AS_AMENDED,
                votes=(4633, 640, 25),
                sitting="Fourth sitting",
            ),
            referred(-2, LEGISLATION, position=2),
            DecisionStep(
                on=33,
                decision=Decision.ACCEPTED,
                unit=LEGISLATION,
                reason="Taken into the program of the session.",
            ),
            started(62, "A bill was drafted.", 1),
            blocked(
                ago(38),
                "The bill lies with the committee on ways and means, which does not meet before "
                "the budget is settled.",
                1,
                because="The committee on ways and means does not meet before the budget is "
                "settled.",
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="18",
        title="Paid leave for service on a school board",
        text="The Federation shall seek paid leave for members who serve on a school board.",
        by="Vermont",
        name="Clement Yost",
        steps=(
            EstimateStep(
                on=-3,
                sentence="Cost not known: it depends on how many members serve.",
                basis=Basis.UNKNOWN,
            ),
            referred(-1, EXECUTIVE, decides_by=ahead(45)),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="19",
        title="One calendar for the spring recess",
        text="The Federation shall seek one date for the spring recess of all schools in a state.",
        by="Hawaii",
        steps=(
            EstimateStep(on=-3, sentence="No additional cost.", basis=Basis.NONE),
            referred(-1, "the appropriate committee"),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="27",
        title="A television channel of our own",
        text="The Federation shall found a television channel.",
        by="50 delegates",
        steps=(
            EstimateStep(
                on=-4,
                sentence="A channel would cost an additional $240,000 in its first year.",
                amount="240000",
            ),
            adopted(0, (2544, 2511, 300), "Sixth sitting"),
            AssignmentStep(on=20, unit=EXECUTIVE),
            word(45, "Three offers were asked for, for comparison.", 1),
            will_not(
                90,
                "The Board decided not to found a channel: the cheapest offer would use up the "
                "whole contingency fund.",
                1,
                because="The cheapest offer would use up the whole contingency fund.",
                decided_by="the Board of Directors",
                decided_on=87,
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="41",
        title="Lending library of tools for the trades",
        text="The Federation shall set up a lending library of tools for members who teach the "
        "trades.",
        by="Texas",
        name="Lupe Arroyo",
        clauses=("Set up a lending library of tools.", "Insure it."),
        steps=(
            EstimateStep(on=-3, sentence="Additional cost $17,000.", amount="17000"),
            TextStep(
                on=-1,
                stage=Stage.AMENDMENT,
                text="The Federation shall set up a lending library of tools for members who "
                "teach the trades, and insure it.",
            ),
            FloorStep(
                on=-1,
                action=Floor.ADOPTED_AS_AMENDED,
                votes=(3650, 1500, 44),
                sitting="Fifth sitting",
            ),
            AssignmentStep(on=16, unit=BARGAINING, person=PETRA),
            AppropriationStep(on=30, amount="17000"),
            DueDateStep(on=2, due=150, clause=1),
            DueDateStep(
                on=150,
                due=ahead(60),
                clause=1,
                by_whom="Bargaining Support",
                reason="The insurer has not answered.",
            ),
            started(
                58,
                "A room was found in Bellwater.",
                1,
                costs=[StoryCost(amount="3600.00", category="Rent for a year")],
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
