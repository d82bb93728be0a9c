"""Which version of an item's text counts.

That of the text adopted, else the nearest to it that is on record.
"""

from __future__ import annotations

from collections.abc import Collection

from .codes import NEAREST_FIRST
from .facts import VersionFact


def newest_of_each_stage(versions: Collection[VersionFact]) -> list[VersionFact]:
    """Of each stage the one recorded last; the one that counts first."""
    recorded = sorted(versions, key=lambda version: (version.event, version.id))
    newest = {version.stage: version for version in recorded}
    return [newest[stage] for stage in NEAREST_FIRST if stage in newest]
