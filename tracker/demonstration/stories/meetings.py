"""The meetings whose minutes confirm what was reported done."""

from __future__ import annotations

from ..gatherings import FINISHED, RUNNING
from ..steps import ConfirmingMeeting

MEETINGS = (
    ConfirmingMeeting(
        FINISHED,
        124,
        "the Board of Directors",
        "Minutes of the Board, point 9: the poster was handed round.",
        [(FINISHED, "nbi-49", (1,))],
    ),
    ConfirmingMeeting(
        FINISHED,
        161,
        "the audit committee",
        "Minutes of the audit committee, point 2: the report of the Education Committee was taken note of.",
        [(FINISHED, "nbi-73", (1,))],
    ),
    ConfirmingMeeting(
        FINISHED,
        258,
        "the audit committee",
        "Minutes of the audit committee, point 4: the review was seen, its page opened on a visitor’s "
        "telephone.",
        [(FINISHED, "nbi-2", (1, 2))],
    ),
    ConfirmingMeeting(
        RUNNING,
        75,
        "the audit committee",
        "Minutes of the audit committee, point 3: captions and seats at Port Alder; point 4: minutes of "
        "fourteen committees were opened, "
        "all in time.",
        [(FINISHED, "rec-3", (1,)), (RUNNING, "mot-1", (1,))],
    ),
)
