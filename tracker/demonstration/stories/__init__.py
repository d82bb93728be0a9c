"""What was moved and what became of it, by theme.

Each module has ITEMS, a tuple of `steps.ItemStory`.

To add an item, add one to the theme it fits.
"""

from __future__ import annotations

from . import bargaining, councils, credit_recovery, floor, members, research, safety, teaching
from .meetings import MEETINGS

ITEMS = tuple(
    story
    for theme in (credit_recovery, research, teaching, safety, bargaining, members, floor, councils)
    for story in theme.ITEMS
)

__all__ = ["ITEMS", "MEETINGS"]
