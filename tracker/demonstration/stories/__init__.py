"""What was moved and what became of it, by theme: each module has ITEMS, a tuple of `steps.Told`. To add an item, add one to the theme it fits."""
from __future__ import annotations

from . import credit_recovery
from .meetings import MEETINGS

ITEMS = credit_recovery.ITEMS

__all__ = ["ITEMS", "MEETINGS"]
