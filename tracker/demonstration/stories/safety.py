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
    done,
    progress,
    reopened,
    started,
    word,
)

ATTENDANCE = StoryFile(
    "attendance.pdf",
    "Attendance, by local",
    (
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
        FINISHED,
        "A",
        "De-escalation training for hall monitors",
        "The Federation shall offer de-escalation training to hall monitors in at least 40 locals.",
        "The Board",
        seconded="Texas",
        steps=(
            EstimateStep(-5, "Additional cost of $54,000.", "54000"),
            adopted(-4, (5012, 410, 22), "Second sitting"),
            AssignmentStep(7, SAFETY, HOLLIS),
            DueDateStep(2, 330),
            AppropriationStep(28, "54000"),
            started(
                102,
                "The first course was held; 31 took part.",
                1,
                costs=[StoryCost("6200.00", "Trainers", "Calm Halls")],
            ),
            progress(158, "18 locals so far.", 1),
            progress(
                210,
                "31 locals. *Two districts let their monitors come in paid time.*",
                1,
                costs=[StoryCost("21400.00", "Trainers", "Calm Halls")],
            ),
            progress(336, "39 locals; the last ones wait for the new school year.", 1),
            DueDateStep(
                340,
                520,
                None,
                "the Executive Committee",
                "Districts release their monitors at the start of a year only.",
            ),
            word(455, "No change: the courses of the spring were moved to this autumn.", 1),
            done(
                ago(8),
                "Training was held in 43 locals. 1,206 hall monitors took part. The attendance lists are attached.",
                1,
                recorded=1,
                money=MoneySaid.NOT_KNOWN_YET,
                papers=[ATTENDANCE],
                links=[StoryLink("Page of the course", "https://example.org/courses/calm-halls")],
            ),
        ),
    ),
    ItemStory(
        FINISHED,
        "49",
        "Posters on heat limits in laundries",
        "The Federation shall print posters on heat limits and send them to every school laundry that it knows of.",
        "Texas",
        name="Lupe Arroyo",
        steps=(
            EstimateStep(-4, "Estimated additional cost: $3,000.", "3000"),
            adopted(-2),
            AssignmentStep(11, SAFETY, HOLLIS),
            DueDateStep(2, 120),
            AppropriationStep(28, "3000"),
            done(
                89,
                "Posters in four languages were sent to 1,140 laundries.",
                1,
                costs=[
                    StoryCost("2100.00", "Printing", "Ostrander & Vale, printers", on=80),
                    StoryCost("805.00", "Postage"),
                ],
                papers=[
                    StoryFile(
                        "heat-poster.pdf",
                        "Too hot to work? Know the limit",
                        (
                            "At 86 degrees: water and shade, every hour.",
                            "At 93 degrees: ten minutes of rest in every hour.",
                            "At 100 degrees: no work without cooling.",
                        ),
                    )
                ],
            ),
            OutcomeStep(
                248,
                Level.NONE_FOUND,
                "Complaints about heat in laundries: 61 in the quarter before the posters, "
                "64 in the same quarter a year later.",
                papers=[
                    StoryFile(
                        "heat-complaints.png",
                        "Complaints about heat in laundries",
                        bars=(("The quarter before", 61), ("A year later", 64)),
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        FINISHED,
        "67",
        "Safety audit of school boilers",
        "The Federation shall have the boilers of 200 schools looked at by an independent inspector, and publish the findings.",
        "Iowa",
        name="Harald Lunde",
        seconded="Maine",
        clauses=("Have the boilers of 200 schools inspected.", "Publish the findings."),
        steps=(
            EstimateStep(-4, "This would cost an additional $14,000.", "14000"),
            adopted(-1, (2980, 2544, 130), "Fifth sitting"),
            AssignmentStep(30, SAFETY, HOLLIS),
            DueDateStep(2, 300, 1),
            DueDateStep(2, 350, 2),
            AppropriationStep(35, "14000"),
            started(80, "Three inspectors were asked; one can begin in the new year.", 1),
            progress(
                195,
                "54 boilers were inspected in two states. Six were shut down on the same day. The table of findings has begun.",
                1,
                2,
                costs=[StoryCost("9480.00", "Inspector", "Boone Boiler Works")],
            ),
            blocked(
                316,
                "The inspector has given up his license. Nobody else can be had before the convention.",
                1,
                because="No inspector can be had before the convention.",
            ),
            MergeStep(ago(197), RUNNING, "nbi-4"),
        ),
    ),
    ItemStory(
        RUNNING,
        "4",
        "Boilers: the other 146 schools",
        "The Federation shall finish the inspection of boilers in 200 schools that the last convention asked for, and publish all findings together.",
        "Iowa",
        name="Harald Lunde",
        seconded="The Board",
        clauses=("Inspect the boilers that are left.", "Publish all findings together."),
        steps=(
            EstimateStep(-5, "An additional $26,000.", "26000"),
            adopted(-3, (4870, 388, 19), "Third sitting"),
            AssignmentStep(5, SAFETY, HOLLIS),
            DueDateStep(2, ahead(95), 1),
            DueDateStep(2, ahead(130), 2),
            AppropriationStep(24, "26000"),
            started(35, "Two inspectors are under contract, in different states.", 1),
            progress(
                103,
                "88 boilers inspected; nine were shut down. The counts of both years are now kept in one table.",
                1,
                costs=[StoryCost("13900.00", "Inspectors", "Boone Boiler Works")],
            ),
            EntryStep(
                ago(41),
                "121 of 146 inspected. The rest lie beyond two mountain passes and wait for the spring. The table of findings is set up.",
                {1: Claimed.PROGRESS, 2: Claimed.STARTED},
                imported_from=("tracking-sheet.xlsx", 14),
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "20",
        "First-aid kits in every school bus",
        "The Federation shall give a first-aid kit to every member who drives a school bus.",
        "Drivers’ Caucus",
        name="Otis Fairweather",
        steps=(
            EstimateStep(-5, "Additional cost: $9,600.", "9600"),
            adopted(-2, (5200, 61, 4), "Fourth sitting"),
            AssignmentStep(8, SAFETY, HOLLIS),
            DueDateStep(2, 185),
            AppropriationStep(24, "9600"),
            started(
                52,
                "Kits were ordered from two makers.",
                1,
                costs=[StoryCost("4100.00", "Kits", "Red Satchel")],
            ),
            progress(118, "2,300 kits were handed out at depots.", 1),
            done(
                ago(16),
                "5,412 kits are in 5,412 buses; the signed lists are attached.",
                1,
                costs=[
                    StoryCost(
                        "6940.00",
                        "Kits",
                        "Red Satchel",
                        on=150,
                        note="The second order cost more: the first maker could not deliver.",
                    )
                ],
                papers=[
                    StoryFile(
                        "kits-signed-for.pdf",
                        "Kits, signed for by depot",
                        tuple(f"Depot {number}: 41 kits" for number in range(1, 133)),
                    )
                ],
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "26",
        "Air monitors in portable classrooms",
        "The Federation shall lend air monitors to members who teach in portable classrooms, and publish what they show.",
        "Oregon",
        name="June Abernathy",
        seconded="Nevada",
        clauses=(
            "Lend air monitors to members who teach in portable classrooms.",
            "Publish what they show.",
        ),
        steps=(
            EstimateStep(-4, "It would cost an additional $21,000.", "21000"),
            TextStep(
                -2,
                Stage.AS_ADOPTED,
                "The Federation shall lend air monitors to members who teach in portable classrooms, and publish what "
                "they show by district.",
            ),
            EstimateStep(
                -2, "It would cost an additional $16,500.", "16500", stage=Stage.AS_ADOPTED
            ),
            FloorStep(-2, Floor.ADOPTED_AS_AMENDED, (3777, 1650, 71), "Fourth sitting"),
            AssignmentStep(8, SAFETY, HOLLIS),
            DueDateStep(2, 100, 1),
            DueDateStep(2, 170, 2),
            AppropriationStep(24, "16500"),
            done(
                84,
                "120 monitors are on loan to members in fourteen districts.",
                1,
                costs=[StoryCost("13750.00", "Monitors", "Airwell")],
                links=[StoryLink("How to borrow one", "https://example.org/air")],
            ),
            confirmed(90, 1),
            done(
                150,
                "What the monitors show is published by district.",
                2,
                costs=[StoryCost("1480.00", "Web site")],
                papers=[
                    StoryFile(
                        "air-by-district.png",
                        "Classrooms above 1,000 ppm at noon, of 10",
                        bars=(("Alder", 8), ("Bellwater", 6), ("Cape Dunmore", 7), ("Drywell", 3)),
                    )
                ],
            ),
            confirmed(157, 2),
            OutcomeStep(
                ago(18),
                Level.CHANGE_FOLLOWED,
                "Cape Dunmore has put fans into all 31 of its portable classrooms.",
                "The district’s board named the numbers of the monitors in its decision.",
                links=[
                    StoryLink("Decision of the district", "https://example.org/cape-dunmore/fans")
                ],
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "31",
        "Helpline for school bus aides",
        "The Federation shall open a helpline for aides who ride in school buses.",
        "Drivers’ Caucus",
        seconded="Ohio",
        steps=(
            EstimateStep(-4, "Additional cost $8,000 a year.", "8000"),
            adopted(-1, (4001, 902, 50), "Fifth sitting"),
            AssignmentStep(10, SAFETY, HOLLIS),
            DueDateStep(2, 110),
            AppropriationStep(24, "8000"),
            started(
                44,
                "A number was rented, and six members were trained to answer.",
                1,
                costs=[StoryCost("3300.00", "Telephone and training")],
            ),
            done(
                97,
                "The helpline is open from 5 to 9 in the morning and from 1 to 6 in the afternoon.",
                1,
                name="open",
                costs=[StoryCost("1900.00", "Telephone")],
                links=[StoryLink("Page of the helpline", "https://example.org/helpline")],
            ),
            confirmed(104, 1),
            reopened(ago(22), "Nobody answers in the morning: called on four days.", 1),
            word(
                ago(15),
                "Two of the six members have stopped. The hours of the morning are being filled again.",
                1,
                next_word_by=ahead(20),
            ),
        ),
    ),
    ItemStory(
        RUNNING,
        "33",
        "Directory of quiet rooms",
        "The Federation shall list the schools that have a quiet room for staff.",
        "Hawaii",
        steps=(
            EstimateStep(-3, "No cost.", basis=Basis.NONE),
            adopted(-1),
            AssignmentStep(12, SAFETY, HOLLIS),
            word(
                96,
                "No change. The question is in the yearly letter to locals, which goes out in the autumn.",
                1,
            ),
            progress(
                ago(37),
                "One local has answered, and names a member who was ill there.",
                1,
                name="ill",
                released_by=DEPUTY,
            ),
            WithholdingStep(ago(35), "ill", WithheldFor.PERSONAL_DATA),
            word(ago(28), "The answers will be counted before any is published.", 1, released=2),
            progress(
                ago(7),
                "214 schools have answered.",
                1,
                sent_back="Please say how many of them have a room; that is what was asked for.",
            ),
        ),
    ),
)
