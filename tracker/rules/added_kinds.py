"""Kinds of items that a body adds: the code of a name, and the prefixes that are free."""

from __future__ import annotations

import re
from collections.abc import Collection

from . import item_code, refusals
from .codes import Kind
from .refusals import Refusal
from .rosters import name_key

LONGEST_CODE = 40
PREFIX = re.compile(r"[a-z]{2,8}")


def code_of(name: str) -> str:
    """The code of a kind of this name; pages show it with blanks again."""
    return re.sub(r"\W+", "_", name_key(name)).strip("_")[:LONGEST_CODE].strip("_")


def need_free(code: str, prefix: str, codes: Collection[str], prefixes: Collection[str]) -> None:
    """Whether a kind may be added; `codes` and `prefixes` are those that the body added before.

    A prefix must not be read as that of another kind where an address is typed.
    """
    refusals.need(code and code == code_of(code), Refusal.NEEDS_A_NAME)
    refusals.need(code not in {*Kind, *codes}, Refusal.NAME_IS_TAKEN)
    refusals.need(PREFIX.fullmatch(prefix), Refusal.NOT_A_PREFIX)
    is_read = item_code.parse(f"{prefix}-1") is not None
    refusals.need(not is_read and prefix not in prefixes, Refusal.PREFIX_IS_TAKEN)
