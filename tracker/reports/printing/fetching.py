"""What the renderer may open: packaged files of the report, and data inside the document.

Never the network, never another path.
"""

from __future__ import annotations

from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from tracker.paths import STATIC

BASE = "https://packaged.invalid/"
"""A host that cannot be: it stands for the folder static/."""

MEDIA_TYPES = {
    ".css": "text/css",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}


class NotPackaged(ValueError):
    """An address that the renderer does not open."""

    def __init__(self, url: str) -> None:
        super().__init__(f"not a packaged file: {url[:80]}")


class PackagedOnly(URLFetcher):  # type: ignore[misc]
    """Raises NotPackaged for any other address; WeasyPrint then leaves out what asked for it."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        if not url.startswith(BASE):
            raise NotPackaged(url)
        path = (STATIC / url.removeprefix(BASE)).resolve()
        if not path.is_relative_to(STATIC.resolve()) or path.suffix not in MEDIA_TYPES:
            raise NotPackaged(url)
        media_type = MEDIA_TYPES[path.suffix]
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})
