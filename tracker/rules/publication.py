"""Who may read a convention of which visibility."""

from __future__ import annotations

from .codes import Visibility


def may_read(visibility: Visibility, *, reads_hidden: bool, is_member: bool) -> bool:
    """:param reads_hidden: the office and staff: any role but that of a reader
    :param is_member: a reader of the body, or whoever typed the convention's code
    """
    if reads_hidden or visibility is Visibility.PUBLIC:
        return True
    return is_member and visibility is Visibility.MEMBERS


def is_as_visible(visibility: Visibility, other: Visibility) -> bool:
    """Whether all who may read a convention of the other visibility may read this one, too."""
    order = list(Visibility)
    return order.index(visibility) >= order.index(other)
