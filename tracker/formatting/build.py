"""Which build this is.

A short name that changes with every packaged file, for ETags and for the addresses of styles and
icons.
"""

from __future__ import annotations

import hashlib
from functools import cache

from tracker.paths import PACKAGE, STATIC, TEMPLATES


@cache
def build() -> str:
    """Made once a process, of names, sizes and times of change."""
    digest = hashlib.sha256()
    for root in (PACKAGE, STATIC, TEMPLATES):
        for path in sorted(file for file in root.rglob("*") if file.suffix in _KINDS):
            status = path.stat()
            digest.update(
                f"{path.relative_to(root)} {status.st_size} {status.st_mtime_ns};".encode()
            )
    return digest.hexdigest()[:12]


_KINDS = {".py", ".html", ".css", ".js", ".svg", ".woff2", ".mo"}
