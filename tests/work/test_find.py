"""Finding items as the people who work on them do."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.factories.staffed_union import Union, build_union


@pytest.fixture
def union(app: Flask) -> Union:
    return build_union(app)


def found(union: Union, who: str | None, typed: str) -> list[str]:
    html = union.client(who).get(f"/union/find?q={typed}").get_data(as_text=True)
    return re.findall(r'<h3 class="hit__title">\s*<a href="([^"?]+)', html)


def test_what_waits_is_found_by_people_of_the_items_unit_and_the_office(union: Union) -> None:
    union.log("dana", 4, words="The zebra crossing was painted.")
    readers = {who: found(union, who, "zebra") for who in ("dana", "ewan", "hollis", None)}
    own = ["/union/2026/nbi-4"]
    assert readers == {"dana": own, "ewan": own, "hollis": [], None: []}
    html = union.client("dana").get("/union/find?q=zebra").get_data(as_text=True)
    assert "not public" in html
    assert union.client("dana").get("/union/find?q=zebra").headers.get("ETag") is None


def test_what_was_released_is_found_by_everybody_and_is_not_marked(union: Union) -> None:
    union.log("dana", 4, words="The zebra crossing was painted.")
    union.decide("ray", union.entry(4))
    html = union.client(None).get("/union/find?q=zebra").get_data(as_text=True)
    assert found(union, None, "zebra") == ["/union/2026/nbi-4"]
    assert "not public" not in html


def test_pages_of_staff_have_the_field(union: Union) -> None:
    for path in ("/my-work", "/my-work/union/2026/nbi-4/log"):
        html = union.client("dana").get(path).get_data(as_text=True)
        assert re.findall(r'<form class="masthead__find"\s+action="([^"]+)"', html) == [
            "/union/find"
        ], path
