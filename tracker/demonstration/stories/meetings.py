"""The meetings whose minutes confirm what was reported done."""
from __future__ import annotations

from ..gatherings import FINISHED
from ..steps import Meeting

MEETINGS = (
    Meeting(FINISHED, 258, "the audit committee", "Minutes of the audit committee, point 4: the review was seen, its page opened on a visitor’s telephone.",
            [(FINISHED, "nbi-2", (1, 2))]),
)
