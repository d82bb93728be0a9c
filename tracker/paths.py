"""Where packaged files are: beside the package in the wheel, at the top of the checkout
otherwise.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
PACKAGED = PACKAGE / "packaged"
_ROOT = PACKAGED if PACKAGED.is_dir() else PACKAGE.parent

TEMPLATES = _ROOT / "templates"
STATIC = _ROOT / "static"
MIGRATIONS = _ROOT / "migrations"
