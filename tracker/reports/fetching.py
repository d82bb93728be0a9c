"""What the renderer may open: packaged files of the report, and data inside the document. Never the network, never another path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from tracker.paths import STATIC

BASE = "https://packaged.invalid/"  # a host that cannot be: what is below static/, by its name
KINDS = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


class NotPackaged(ValueError):
    """An address that the renderer does not open."""


class PackagedOnly(URLFetcher):  # type: ignore[misc]
    """Anything else is refused, and what wanted it is left out."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        if not url.startswith(BASE):
            raise NotPackaged(f"not a packaged file: {url[:80]}")
        path = (STATIC / url.removeprefix(BASE)).resolve()
        if not path.is_relative_to(STATIC.resolve()) or path.suffix not in KINDS:
            raise NotPackaged(f"not a packaged file: {url[:80]}")
        return URLFetcherResponse(
            url, Path(path).read_bytes(), {"Content-Type": KINDS[path.suffix]}
        )
