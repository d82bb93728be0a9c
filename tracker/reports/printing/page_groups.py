"""Where a page begins in a long report whatever stands before it.

Items run on, so that a change moves those behind it. In a long report each group of items begins a
page: a change moves no other group, and groups can be laid out at the same time. It costs half a
page a group.
"""

from __future__ import annotations

ITEMS_OF_GROUP = 25
LEAST_ITEMS = 60
"""A report of fewer items has no groups: it is soon laid out as a whole."""


def begins_page(number: int, items: int) -> bool:
    """Whether a group begins with an item; the first item's is that of the whole section.

    The last group is not smaller than half of the others.

    :param number: of the item, counted from 0
    :param items: how many there are
    """
    if items < LEAST_ITEMS or number % ITEMS_OF_GROUP:
        return False
    return items - number > ITEMS_OF_GROUP // 2
