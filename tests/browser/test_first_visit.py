"""What a browser that knows nothing of the site loads for an item page: bytes over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.public.test_over_the_wire import FIRST_VISIT

from .conftest import DESK, Opens, addresses_in, serving, tracker

pytestmark = pytest.mark.browser
RICHEST = 3


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    instance: Path = tmp_path_factory.mktemp("instance") / "union"
    tracker(instance, "init")
    tracker(instance, "demo")
    with serving(instance) as where:
        yield where


def test_the_richest_item_pages_are_light(address: str, opens: Opens) -> None:
    start = opens(DESK)
    start.goto(address)
    items: list[str] = []
    for body in addresses_in(start, r"/[a-z-]+/"):
        start.goto(address + body)
        for convention in addresses_in(start, rf"{body}[\w-]+/"):
            start.goto(address + convention)
            items += addresses_in(start, rf"{convention}[\w-]+")
    weights = {item: len(urlopen(address + item).read()) for item in items}
    assert len(weights) > 40
    for item in sorted(weights, key=weights.__getitem__)[-RICHEST:]:
        page = opens(DESK)
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        loaded: list[int] = []
        wire.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
        page.goto(address + item, wait_until="networkidle")
        assert len(loaded) >= 6 and sum(loaded) < FIRST_VISIT, item
