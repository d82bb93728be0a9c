"""The paths that readings hold are those of the routes: they are put together without Flask."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories.application import new_application
from tracker.reading import addresses

CONVENTION = addresses.convention_path("fsw", "2024")


@pytest.mark.parametrize(
    ("path", "endpoint", "values"),
    [
        (addresses.body_path("fsw"), "public.body", {"body": "fsw"}),
        (CONVENTION, "public.convention_page", {"body": "fsw", "convention_slug": "2024"}),
        (
            addresses.item_path(CONVENTION, "nbi-2"),
            "public.item_page",
            {"body": "fsw", "convention_slug": "2024", "spelling": "nbi-2"},
        ),
        (addresses.file_path(7), "evidence.file", {"key": 7}),
    ],
)
def test_each_path_is_that_of_a_route(
    tmp_path: Path, path: str, endpoint: str, values: dict[str, object]
) -> None:
    app = new_application(tmp_path)
    assert app.url_map.bind("localhost").match(path, method="GET") == (endpoint, values)
