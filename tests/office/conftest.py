"""Forms that only ask one act each: on PostgreSQL they are tried in `make soak` alone.

What they ask is tried on both engines: acts by role (`tests/access`), facts and readings
(`tests/acts`, `tests/record`, `tests/reading`), and here whatever two people do at once.
"""

from __future__ import annotations

import pytest

ON_SQLITE = (
    "test_convention_page.py",
    "test_fill_in_pasting.py",
    "test_item_page.py",
    "test_item_page_corrections.py",
    "test_item_page_links_and_outcomes.py",
    "test_item_page_movers.py",
    "test_item_page_text_and_money.py",
    "test_mark.py",
    "test_meetings.py",
    "test_new_item.py",
    "test_people.py",
    "test_settings_page.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        is_simple = item.path.parent.name == "office" and item.path.name in ON_SQLITE
        if is_simple and "[postgresql" in item.nodeid:
            item.add_marker(pytest.mark.soak)
