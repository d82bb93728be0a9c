"""The paths that readings hold are those of the routes: they are put together without Flask."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.application import create_app
from tracker.config import Settings
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
    key = "a key of the tests, long enough to be one"
    app = create_app(
        Settings(
            instance=tmp_path,
            secret_key=key,
            database_url=f"sqlite:///{tmp_path / 'x.sqlite3'}",
            testing=True,
        )
    )
    assert app.url_map.bind("localhost").match(path, method="GET") == (endpoint, values)
