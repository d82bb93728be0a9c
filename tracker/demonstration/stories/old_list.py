"""The old convention: its list, as it was printed, and nothing of what was done about it."""
from __future__ import annotations

from tracker.rules.codes import Floor, Stage

from ..gatherings import GATHERINGS, OLD
from ..people import BUDGET
from ..steps import Acted, Estimated, Told

ADOPTED, DEFEATED, REFERRED, UNKNOWN = Floor.ADOPTED, Floor.DEFEATED, Floor.REFERRED, None
# Number, title, text, delegation, what the floor did, cost, and a column of remarks that has no field.
ROWS: tuple[tuple[str, str, str, str, Floor | None, str | None, str], ...] = (
    ("1", "Lunch programs in summer", "The Federation shall support lunch programs in the summer months.", "Maine", ADOPTED, "$2,500",
        "Passed by voice."),
    ("2", "A list of credit recovery vendors", "The Federation shall publish a list of those who sell online credit recovery, and what they "
                                               "charge.", "Oregon",
     ADOPTED, "$8,000", "See the magazine, spring number."),
    ("3", "Songbook of the labor movement", "The Federation shall print a songbook.", "Vermont", DEFEATED, "$11,200", ""),
    ("4", "Locks on classroom doors", "The Federation shall ask districts for doors that lock from inside.", "Texas", ADOPTED, None,
        "Combined with a motion of the Board?"),
    ("5", "Study of a four-day week", "The Federation shall study the four-day week.", "New Mexico", REFERRED, "$15,000", ""),
    ("7", "Water fountains", "The Federation shall ask for two working water fountains on each floor of a school.", "Nevada", UNKNOWN, None,
        "Check minutes"),
    ("8", "Pen pals for new members", "The Federation shall find a pen pal for each new member who wants one.", "Iowa", ADOPTED, "$0", ""),
    ("11", "Parking at the convention", "The Federation shall pay for parking at the convention.", "Ohio", DEFEATED, "$40,000", "Division called."),
)


def _told(number: str, title: str, text: str, by: str, action: Floor | None, cost: str | None, remark: str) -> Told:
    listed = GATHERINGS[OLD].recorded
    steps = [Acted(listed, action, to=BUDGET if action is Floor.REFERRED else None, day_known=False)] if action else []
    amount = cost.strip("$").replace(",", "") if cost else None
    return Told(OLD, number, title, text, by, (*steps, *([Estimated(listed, f"Cost: {cost}", amount)] if cost else [])),
                stage=Stage.AS_PUBLISHED, cells={"Remarks": remark} if remark else {})


ITEMS = tuple(_told(*row) for row in ROWS)
