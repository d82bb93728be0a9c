"""The mark of the made-up union: an open book on a shield."""

from __future__ import annotations

from pathlib import Path

from tracker.files import marks, store

DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">
<path fill="#7a2e1f" d="M5 4h38v20c0 10.5-8 17.5-19 21C13 41.5 5 34.5 5 24Z"/>
<path fill="#fbfaf6" d="M11 13c5-1.5 9.5-1 12 1.5v18c-2.5-2.5-7-3-12-1.5Z"/>
<path fill="#fbfaf6" d="M37 13c-5-1.5-9.5-1-12 1.5v18c2.5-2.5 7-3 12-1.5Z"/>
</svg>"""


def keep(folder: Path) -> str:
    """Stores it; gives back the value of the setting."""
    content, mark = marks.take(DRAWING)
    store.keep(folder, content)
    return mark.stored
