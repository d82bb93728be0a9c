"""Heat, boilers, air and first aid: what was given to the Center for Health and Safety."""

from __future__ import annotations

from tracker.rules.codes import Basis, Claimed, Floor, Level, MoneySaid, Stage, WithheldFor

from ..calendar import ago, ahead
from ..gatherings import FINISHED, RUNNING
from ..people import DEPUTY, HOLLIS, SAFETY
from ..steps import (
    AppropriationStep,
    AssignmentStep,
    DueDateStep,
    EntryStep,
    EstimateStep,
    FloorStep,
    ItemStory,
    MergeStep,
    OutcomeStep,
    StoryCost,
    StoryFile,
    StoryLink,
    TextStep,
    WithholdingStep,
    adopted,
    blocked,
    confirmed,
    confirmed_from_outside,
    done,
    progress,
    reopened,
    started,
    word,
)

HYGIENIST = ("Dr. Runa Fjelstad", "an industrial hygienist", "Lakeshore State University")

ATTENDANCE = StoryFile(
    name="attendance.pdf",
    title="Attendance, by local",
    lines=(
        "Local                  Date            Took part   Signed by",
        "",
        "Alder County           14 October             31   R. Imhof",
        "Bellwater              16 October             22   S. Okafor",
        "Cape Dunmore            4 November            40   L. Varga",
        "Drywell Valley          6 November            18   P. Achterberg",
        "East Tamarack          11 November            27   M. Sola",
        "",
        "38 more locals follow; 1,206 hall monitors in all.",
    ),
    inside=True,
)

ITEMS = (
    ItemStory(
        convention=FINISHED,
        number="A",
        title="De-escalation training for hall monitors",
        text="The Federation shall offer de-escalation training to hall monitors in at least 40 "
        "locals.",
        by="The Board",
        seconded="Texas",
        steps=(
            EstimateStep(on=-5, sentence="Additional cost of $54,000.", amount="54000"),
            adopted(-4, (5012, 410, 22), "Second sitting"),
            AssignmentStep(on=7, unit=SAFETY, person=HOLLIS),
            DueDateStep(on=2, due=330),
            AppropriationStep(on=28, amount="54000"),
            started(
                102,
                "The first course was held; 31 took part.",
                1,
                costs=[StoryCost(amount="6200.00", category="Trainers", payee="Calm Halls")],
            ),
            progress(158, "18 locals so far.", 1),
            progress(
                210,
                "31 locals. *Two districts let their monitors come in paid time.*",
                1,
                costs=[StoryCost(amount="21400.00", category="Trainers", payee="Calm Halls")],
            ),
            progress(336, "39 locals; the last ones wait for the new school year.", 1),
            DueDateStep(
                on=340,
                due=520,
                clause=None,
                by_whom="the Executive Committee",
                reason="Districts release their monitors at the start of a year only.",
            ),
            word(455, "No change: the courses of the spring were moved to this autumn.", 1),
            done(
                ago(8),
                "Training was held in 43 locals. 1,206 hall monitors took part. The attendance "
                "lists are attached.",
                1,
                recorded_after=1,
                money=MoneySaid.NOT_KNOWN_YET,
                papers=[ATTENDANCE],
                links=[StoryLink("Page of the course", "https://example.org/courses/calm-halls")],
            ),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="49",
        title="Posters on heat limits in laundries",
        text="The Federation shall print posters on heat limits and send them to every school "
        "laundry that it knows of.",
        by="Texas",
        name="Lupe Arroyo",
        steps=(
            EstimateStep(on=-4, sentence="Estimated additional cost: $3,000.", amount="3000"),
            adopted(-2),
            AssignmentStep(on=11, unit=SAFETY, person=HOLLIS),
            DueDateStep(on=2, due=120),
            AppropriationStep(on=28, amount="3000"),
            done(
                89,
                "Posters in four languages were sent to 1,140 laundries.",
                1,
                costs=[
                    StoryCost(
                        amount="2100.00",
                        category="Printing",
                        payee="Ostrander & Vale, printers",
                        on=80,
                    ),
                    StoryCost(amount="805.00", category="Postage"),
                ],
                papers=[
                    StoryFile(
                        name="heat-poster.pdf",
                        title="Too hot to work? Know the limit",
                        lines=(
                            "At 86 degrees: water and shade, every hour.",
                            "At 93 degrees: ten minutes of rest in every hour.",
                            "At 100 degrees: no work without cooling.",
                        ),
                    )
                ],
            ),
            OutcomeStep(
                on=248,
                level=Level.NONE_FOUND,
                words="Complaints about heat in laundries: 61 in the quarter before the posters, "
                "64 in the same quarter a year later.",
                papers=[
                    StoryFile(
                        name="heat-complaints.png",
                        title="Complaints about heat in laundries",
                        bars=(("The quarter before", 61), ("A year later", 64)),
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        convention=FINISHED,
        number="67",
        title="Safety audit of school boilers",
        text="The Federation shall have the boilers of 200 schools looked at by an independent "
        "inspector, and publish the findings.",
        by="Iowa",
        name="Harald Lunde",
        seconded="Maine",
        clauses=("Have the boilers of 200 schools inspected.", "Publish the findings."),
        steps=(
            EstimateStep(on=-4, sentence="This would cost an additional $14,000.", amount="14000"),
            adopted(-1, (2980, 2544, 130), "Fifth sitting"),
            AssignmentStep(on=30, unit=SAFETY, person=HOLLIS),
            DueDateStep(on=2, due=300, clause=1),
            DueDateStep(on=2, due=350, clause=2),
            AppropriationStep(on=35, amount="14000"),
            started(80, "Three inspectors were asked; one can begin in the new year.", 1),
            progress(
                195,
                "54 boilers were inspected in two states. Six were shut down on the same day. The "
                "table of findings has begun.",
                1,
                2,
                costs=[
                    StoryCost(amount="9480.00", category="Inspector", payee="Boone Boiler Works")
                ],
            ),
            blocked(
                316,
                "The inspector has given up his license. Nobody else can be had before the "
                "convention.",
                1,
                because="No inspector can be had before the convention.",
            ),
            MergeStep(on=ago(197), convention=RUNNING, code="nbi-4"),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="4",
        title="Boilers: the other 146 schools",
        text="The Federation shall finish the inspection of boilers in 200 schools that the last "
        "convention asked for, and publish all findings together.",
        by="Iowa",
        name="Harald Lunde",
        seconded="The Board",
        clauses=("Inspect the boilers that are left.", "Publish all findings together."),
        steps=(
            EstimateStep(on=-5, sentence="An additional $26,000.", amount="26000"),
            adopted(-3, (4870, 388, 19), "Third sitting"),
            AssignmentStep(on=5, unit=SAFETY, person=HOLLIS),
            DueDateStep(on=2, due=ahead(95), clause=1),
            DueDateStep(on=2, due=ahead(130), clause=2),
            AppropriationStep(on=24, amount="26000"),
            started(35, "Two inspectors are under contract, in different states.", 1),
            progress(
                103,
                "88 boilers inspected; nine were shut down. The counts of both years are now kept "
                "in one table.",
                1,
                costs=[
                    StoryCost(amount="13900.00", category="Inspectors", payee="Boone Boiler Works")
                ],
            ),
            EntryStep(
                on=ago(41),
                words="121 of 146 inspected. The rest lie beyond two mountain passes and wait for "
                "the spring. The table of findings is set up.",
                claims={1: Claimed.PROGRESS, 2: Claimed.STARTED},
                imported_from=("tracking-sheet.xlsx", 14),
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="20",
        title="First-aid kits in every school bus",
        text="The Federation shall give a first-aid kit to every member who drives a school bus.",
        by="Drivers’ Caucus",
        name="Otis Fairweather",
        steps=(
            EstimateStep(on=-5, sentence="Additional cost: $9,600.", amount="9600"),
            adopted(-2, (5200, 61, 4), "Fourth sitting"),
            AssignmentStep(on=8, unit=SAFETY, person=HOLLIS),
            DueDateStep(on=2, due=185),
            AppropriationStep(on=24, amount="9600"),
            started(
                52,
                "Kits were ordered from two makers.",
                1,
                costs=[StoryCost(amount="4100.00", category="Kits", payee="Red Satchel")],
            ),
            progress(118, "2,300 kits were handed out at depots.", 1),
            done(
                ago(16),
                "5,412 kits are in 5,412 buses; the signed lists are attached.",
                1,
                costs=[
                    StoryCost(
                        amount="6940.00",
                        category="Kits",
                        payee="Red Satchel",
                        on=150,
                        note="The second order cost more: the first maker could not deliver.",
                    )
                ],
                papers=[
                    StoryFile(
                        name="kits-signed-for.pdf",
                        title="Kits, signed for by depot",
                        lines=tuple(f"Depot {number}: 41 kits" for number in range(1, 133)),
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="26",
        title="Air monitors in portable classrooms",
        text="The Federation shall lend air monitors to members who teach in portable classrooms, "
        "and publish what they show.",
        by="Oregon",
        name="June Abernathy",
        seconded="Nevada",
        clauses=(
            "Lend air monitors to members who teach in portable classrooms.",
            "Publish what they show.",
        ),
        steps=(
            EstimateStep(on=-4, sentence="It would cost an additional $21,000.", amount="21000"),
            TextStep(
                on=-2,
                stage=Stage.AS_ADOPTED,
                text="The Federation shall lend air monitors to members who teach in portable "
                "classrooms, and publish what they show by district.",
            ),
            EstimateStep(
                on=-2,
                sentence="It would cost an additional $16,500.",
                amount="16500",
                stage=Stage.AS_ADOPTED,
            ),
            FloorStep(
                on=-2,
                action=Floor.ADOPTED_AS_AMENDED,
                votes=(3777, 1650, 71),
                sitting="Fourth sitting",
            ),
            AssignmentStep(on=8, unit=SAFETY, person=HOLLIS),
            DueDateStep(on=2, due=100, clause=1),
            DueDateStep(on=2, due=170, clause=2),
            AppropriationStep(on=24, amount="16500"),
            done(
                84,
                "120 monitors are on loan to members in fourteen districts.",
                1,
                costs=[StoryCost(amount="13750.00", category="Monitors", payee="Airwell")],
                links=[StoryLink("How to borrow one", "https://example.org/air")],
            ),
            confirmed(90, 1),
            done(
                150,
                "What the monitors show is published by district.",
                2,
                costs=[StoryCost(amount="1480.00", category="Web site")],
                papers=[
                    StoryFile(
                        name="air-by-district.png",
                        title="Classrooms above 1,000 ppm at noon, of 10",
                        bars=(("Alder", 8), ("Bellwater", 6), ("Cape Dunmore", 7), ("Drywell", 3)),
                    )
                ],
            ),
            confirmed_from_outside(157, HYGIENIST, 2),
            OutcomeStep(
                on=ago(18),
                level=Level.CHANGE_FOLLOWED,
                words="Cape Dunmore has put fans into all 31 of its portable classrooms.",
                tie="The district’s board named the numbers of the monitors in its decision.",
                links=[
                    StoryLink("Decision of the district", "https://example.org/cape-dunmore/fans")
                ],
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="31",
        title="Helpline for school bus aides",
        text="The Federation shall open a helpline for aides who ride in school buses.",
        by="Drivers’ Caucus",
        seconded="Ohio",
        steps=(
            EstimateStep(on=-4, sentence="Additional cost $8,000 a year.", amount="8000"),
            adopted(-1, (4001, 902, 50), "Fifth sitting"),
            AssignmentStep(on=10, unit=SAFETY, person=HOLLIS),
            DueDateStep(on=2, due=110),
            AppropriationStep(on=24, amount="8000"),
            started(
                44,
                "A number was rented, and six members were trained to answer.",
                1,
                costs=[StoryCost(amount="3300.00", category="Telephone and training")],
            ),
            done(
                97,
                "The helpline is open from 5 to 9 in the morning and from 1 to 6 in the afternoon.",
                1,
                name="open",
                costs=[StoryCost(amount="1900.00", category="Telephone")],
                links=[StoryLink("Page of the helpline", "https://example.org/helpline")],
            ),
            confirmed(104, 1),
            reopened(ago(22), "Nobody answers in the morning: called on four days.", 1),
            word(
                ago(15),
                "Two of the six members have stopped. The hours of the morning are being filled "
                "again.",
                1,
                next_word_by=ahead(20),
            ),
        ),
    ),
    ItemStory(
        convention=RUNNING,
        number="33",
        title="Directory of quiet rooms",
        text="The Federation shall list the schools that have a quiet room for staff.",
        by="Hawaii",
        steps=(
            EstimateStep(on=-3, sentence="No cost.", basis=Basis.NONE),
            adopted(-1),
            AssignmentStep(on=12, unit=SAFETY, person=HOLLIS),
            word(
                96,
                "No change. The question is in the yearly letter to locals, which goes out in the "
                "autumn.",
                1,
            ),
            progress(
                ago(37),
                "One local has answered, and names a member who was ill there.",
                1,
                name="ill",
                released_by=DEPUTY,
            ),
            WithholdingStep(on=ago(35), entry="ill", kind=WithheldFor.PERSONAL_DATA),
            word(
                ago(28), "The answers will be counted before any is published.", 1, released_after=2
            ),
            progress(
                ago(7),
                "214 schools have answered.",
                1,
                sent_back="Please say how many of them have a room; that is what was asked for.",
            ),
        ),
    ),
)
