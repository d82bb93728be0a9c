"""Makes the fetcher of `fetching`, without loading WeasyPrint before it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .fetching import PackagedOnly


def packaged_only() -> PackagedOnly:
    """What opens the addresses of a report's style sheets and texts."""
    from .fetching import PackagedOnly

    return PackagedOnly()
