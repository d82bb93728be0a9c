"""The list of what PostgreSQL is spared names tests that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from .on_postgresql import ACCOUNTS, FORMS, HISTORIES, LONG, SURROUNDINGS


@pytest.mark.parametrize("name", [*FORMS, *ACCOUNTS, *SURROUNDINGS, *LONG, HISTORIES])
def test_each_is_there(name: str) -> None:
    module, _colons, test = name.partition("::")
    text = (Path(__file__).parent / module).read_text()
    assert not test or f"def {test}(" in text
