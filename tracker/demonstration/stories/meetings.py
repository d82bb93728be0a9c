"""The meetings whose minutes confirm what was reported done."""

from __future__ import annotations

from ..gatherings import FINISHED, RUNNING
from ..steps import ConfirmingMeeting

MEETINGS = (
    ConfirmingMeeting(
        convention=FINISHED,
        on=124,
        who="the Board of Directors",
        minutes="Minutes of the Board, point 9: the poster was handed round.",
        claims=[(FINISHED, "nbi-49", (1,))],
    ),
    ConfirmingMeeting(
        convention=FINISHED,
        on=161,
        who="the audit committee",
        minutes="Minutes of the audit committee, point 2: the report of the Education Committee "
        "was taken note of.",
        claims=[(FINISHED, "nbi-73", (1,))],
    ),
    ConfirmingMeeting(
        convention=FINISHED,
        on=258,
        who="the audit committee",
        minutes="Minutes of the audit committee, point 4: the review was seen, its page opened on "
        "a visitor’s telephone.",
        claims=[(FINISHED, "nbi-2", (1, 2))],
    ),
    ConfirmingMeeting(
        convention=RUNNING,
        on=75,
        who="the audit committee",
        minutes="Minutes of the audit committee, point 3: captions and seats at Port Alder; point "
        "4: minutes of fourteen committees were opened, all in time.",
        claims=[(FINISHED, "rec-3", (1,)), (RUNNING, "mot-1", (1,))],
    ),
)
