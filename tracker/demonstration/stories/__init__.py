"""What was moved and what became of it, by theme: each module has ITEMS, a tuple of `steps.Told`.

To add an item, add one to the theme it fits.
"""

from __future__ import annotations

from . import bargaining, credit_recovery, floor, members, research, safety, teaching
from .meetings import MEETINGS

ITEMS = tuple(
    told
    for theme in (credit_recovery, research, teaching, safety, bargaining, members, floor)
    for told in theme.ITEMS
)

__all__ = ["ITEMS", "MEETINGS"]
