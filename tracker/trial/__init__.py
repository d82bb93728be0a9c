"""A made-up convention of 12 items, in a closed body of its own, with which an office tries things
out: put in by one button, taken away by another (`acts.trials`).

Why it is no part of the office's own body: docs/decisions/0018-a-made-up-convention.md.
"""

from __future__ import annotations

from .writing import put_in

__all__ = ["put_in"]
