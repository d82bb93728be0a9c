"""The commands `import items` and `export items` as another program sees them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

# Runs `tracker` with these words: its exit status, standard output and standard error.
Run = Callable[..., tuple[int, str, str]]


def imported(
    run: Run, file: str | Path, *words: object, body: str = "union"
) -> tuple[int, dict[str, Any]]:
    path = Path("list.csv") if isinstance(file, str) else file
    if isinstance(file, str):
        path.write_text(file, "utf-8")
    status, out, err = run("import", "items", path, "--body", body, *words, "--json")
    assert out, err
    return status, json.loads(out)


def figures(data: dict[str, Any]) -> list[int]:
    return [data[name] for name in ("read", "new", "changed", "same", "rejected")]
