"""Where the list of items lies that a union has published: beside the checkout, or nowhere.

Its words are not ours to give away, so that it is not part of the repository.
"""

from __future__ import annotations

from pathlib import Path

PUBLISHED_LIST = Path(__file__).parents[3] / "shared" / "data" / "nea_items.csv"
