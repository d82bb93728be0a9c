"""An application with the union of the readings' tests, one a module.

Nobody here writes but where a test says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape

import pytest
from flask import Flask

from tests.client import Client
from tests.conftest import ENGINES, fresh_url
from tests.factories import recorded_union, scenes
from tests.factories.application import new_application
from tests.factories.recorded_union import NOW
from tracker.extensions import db
from tracker.page_cache import PageCache
from tracker.record import ledger
from tracker.record.bodies import Body


@dataclass(frozen=True, kw_only=True)
class Site:
    app: Flask
    open: str  # the addresses of five bodies
    old: str
    empty: str
    closed: str
    several: str

    def client(self) -> Client:
        return self.app.test_client()  # type: ignore[return-value]

    @property
    def pages(self) -> PageCache:
        """What the application keeps."""
        page_cache: PageCache = self.app.extensions["tracker.pages"]
        return page_cache

    def at(self, now: datetime = NOW) -> None:
        self.app.config["CLOCK"] = lambda: now.astimezone(UTC)


@pytest.fixture(scope="module", params=ENGINES)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("instance")
    url = (
        f"sqlite:///{folder / 'record.sqlite3'}"
        if request.param == "sqlite"
        else fresh_url(request.param, request, tmp_path_factory)
    )
    app = new_application(folder, url)
    with app.app_context():
        db.create_all()
        session = db.session()
        ledger.begin(session)
        session.commit()
        contexts = [
            scenes.scene(session, made_up="yes").union.context,
            recorded_union.old_union(session)[0].context,
            scenes.empty_union(session)[0].context,
            scenes.closed_union(session)[0].context,
            scenes.union_of_several_years(session),
        ]
        session.commit()
        open_, old, empty, closed, several = (
            f"/{session.get_one(Body, context.body_id).slug}" for context in contexts
        )
        db.session.remove()
    site = Site(app=app, open=open_, old=old, empty=empty, closed=closed, several=several)
    site.at()
    yield site
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _nothing_kept(request: pytest.FixtureRequest) -> None:
    """A test finds no page kept that another has asked for."""
    if "site" in request.fixturenames:
        request.getfixturevalue("site").pages.clear()


def words(html: str) -> str:
    """What is read on a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).replace("\u00a0", " ")


def read(site: Site, path: str, status: int = 200) -> str:
    """The words of a page; `{open}` and the like in its path stand for the address of a body."""
    response = site.client().get(path.format(**vars(site)))
    assert response.status_code == status, (path, response.status_code)
    return words(response.get_data(as_text=True))
