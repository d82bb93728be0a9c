"""Public pages that are kept.

Each is rendered and compressed once, and shows what is on record at the time of every request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli
import flask_compress.flask_compress as compression
import pytest
import sqlalchemy as sa
from babel import Locale
from flask import Flask, flash, request, session
from flask.testing import FlaskClient

from tests.factories.recorded_union import NOW
from tests.factories.staffed_union import Union
from tracker import create_app, templating, translation
from tracker.acts import bodies, erasing, items, withholding
from tracker.acts.act_context import ActContext, for_body
from tracker.config import Settings
from tracker.extensions import db
from tracker.markdown import kept_html
from tracker.page_cache import AS_IT_IS, OVERHEAD, PageCache, pages
from tracker.public import answers, views
from tracker.record.bodies import Body
from tracker.record.items import Item
from tracker.record.ledger_tables import Text
from tracker.record.progress import Entry
from tracker.rules.codes import WithheldFor
from tracker.rules.permissions import COMMAND_LINE

from .conftest import Site

BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were rendered, by name."""
    names: list[str] = []
    render = answers.render_template

    def counted(name: str, **shown: object) -> str:
        names.append(name)
        return render(name, **shown)

    monkeypatch.setattr(answers, "render_template", counted)
    return names


@contextmanager
def context_of(site: Site, address: str, days: int) -> Iterator[ActContext]:
    """That of the command line, some days after the others; it commits."""
    with site.app.app_context():
        body = db.session.query(Body).filter_by(slug=address.strip("/")).one()
        yield for_body(db.session(), body.id, COMMAND_LINE, NOW + timedelta(days=days))
        db.session.commit()
        db.session.remove()


def item_of(context: ActContext, number: str) -> Item:
    return context.session.query(Item).filter_by(body_id=context.body_id, number=number).one()


def unchecked(site: Site) -> FlaskClient:
    """Gets answers that are no whole pages of HTML."""
    return FlaskClient(site.app, site.app.response_class)


def kept_bytes(cache: PageCache) -> bytes:
    return b"".join(form for page in cache._pages.values() for form in page.forms.values())


@pytest.mark.parametrize("path", ["/", "/2024/", "/2024/nbi-1", "/2024/nbi-1?as_of=2024-10-01"])
def test_the_same_page_is_rendered_once(site: Site, rendered: list[str], path: str) -> None:
    first, again = (site.client().get(f"{site.open}{path}") for _ in range(2))
    assert len(rendered) == 1
    assert (again.status_code, again.data) == (200, first.data)
    assert again.headers == first.headers


def test_it_is_compressed_once_for_each_encoding(
    site: Site, monkeypatch: pytest.MonkeyPatch, rendered: list[str]
) -> None:
    encodings: list[str] = []
    compress = compression._compress_data

    def counted(app: Flask, data: bytes, algorithm: str) -> bytes:
        encodings.append(algorithm)
        return compress(app, data, algorithm)

    monkeypatch.setattr(compression, "_compress_data", counted)
    address = f"{site.open}/2024/nbi-1"
    plain = site.client().get(address)
    first, again = (site.client().get(address, headers=BROWSER) for _ in range(2))
    assert encodings == ["br"] and again.headers == first.headers
    assert brotli.decompress(first.data) == brotli.decompress(again.data) == plain.data
    for _ in range(2):
        gzipped = unchecked(site).get(address, headers={"Accept-Encoding": "gzip"})
        assert gzipped.headers["Content-Encoding"] == "gzip"
        unchecked(site).get("/static/css/base.css", headers=BROWSER)
        unchecked(site).get("/static/css/base.css", headers={"Accept-Encoding": "gzip"})
    assert encodings == ["br", "gzip", "br", "gzip"] and len(rendered) == 1


def test_head_says_what_get_says(site: Site, rendered: list[str]) -> None:
    address = f"{site.open}/2024/"
    head, page, again = (unchecked(site).open(address, method=m) for m in ("HEAD", "GET", "HEAD"))
    assert len(rendered) == 1
    assert head.data == again.data == b"" and page.data.endswith(b"</html>")
    assert head.headers == page.headers == again.headers
    assert int(head.headers["Content-Length"]) == len(page.data)


def test_addresses_and_hosts_have_pages_of_their_own(site: Site) -> None:
    different_pages = {
        site.client().get(f"{site.open}{path}", base_url=base).data
        for path in ("/2024/", "/2024/?q=guide", "/2024/nbi-1", "/2024/nbi-1?as_of=2024-10-01")
        for base in ("http://one.example.org", "http://two.example.org/below")
        for _ in range(2)
    }
    assert len(different_pages) == 8


def test_two_languages_have_pages_of_their_own(
    site: Site, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        translation, "get_locale", lambda: Locale(request.accept_languages.best_match(["en", "de"]))
    )
    address = f"{site.open}/2024/nbi-1"
    for _ in range(2):
        for language in ("de", "en"):
            page = site.client().get(address, headers={"Accept-Language": language})
            assert f'<html lang="{language}">' in page.text
    assert len(rendered) == 2


def test_midnight_shows_on_the_next_request(site: Site, rendered: list[str]) -> None:
    address = f"{site.open}/2024/nbi-4"
    before = site.client().get(address).text
    site.at(NOW + timedelta(hours=11, minutes=59))  # NOW is noon in the body's zone
    assert site.client().get(address).text == before and len(rendered) == 1
    site.at(NOW + timedelta(hours=12))
    try:
        after = site.client().get(address).text
    finally:
        site.at()
    assert "290 days without a word" in before and "291 days without a word" in after


def test_a_write_of_another_process_shows_on_the_next_request(site: Site) -> None:
    """The other has an application, an engine and pages of its own."""
    settings: Settings = site.app.config["SETTINGS"]
    address = f"{site.old}/2017/nbi-2"
    assert "a boat that floats" not in site.client().get(address).text
    other = create_app(settings)
    with other.app_context():
        body = db.session.query(Body).filter_by(slug=site.old.strip("/")).one()
        context = for_body(db.session(), body.id, COMMAND_LINE, NOW + timedelta(days=1))
        items.add_version(
            context, item_of(context, "2"), items.NewVersion(words="Buy a boat that floats.")
        )
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    assert "a boat that floats" in site.client().get(address).text


def test_words_that_are_erased_are_gone_at_once_and_from_memory(site: Site) -> None:
    with context_of(site, site.old, 2) as context:
        items.add_version(
            context, item_of(context, "2"), items.NewVersion(words="Buy an unspeakable boat.")
        )
    address = f"{site.old}/2017/nbi-2"
    assert "unspeakable" in site.client().get(address).text
    other = site.client().get(f"{site.open}/2024/").text
    assert b"unspeakable" in kept_bytes(site.pages)
    with context_of(site, site.old, 3) as context:
        digest = context.session.scalar(
            sa.select(Text.digest).where(Text.words.contains("unspeakable"))
        )
        erasing.erase(context, str(digest), WithheldFor.PERSONAL_DATA)
    assert "unspeakable" not in site.client().get(address).text
    kept = kept_bytes(site.pages)
    assert b"unspeakable" not in kept and other.encode() in kept


def test_what_templates_printed_is_kept_after_a_write_and_dropped_after_an_erasure(
    site: Site,
) -> None:
    address = f"{site.open}/2024/nbi-9"
    with context_of(site, site.old, 2) as context:
        items.add_version(context, item_of(context, "2"), items.NewVersion(words="Buy a boat."))
    site.client().get(address)
    site.client().get(f"{site.old}/2017/nbi-2")
    with context_of(site, site.old, 3) as context:  # the first write that this process sees
        items.add_version(context, item_of(context, "2"), items.NewVersion(words="Buy a ship."))
    site.client().get(f"{site.old}/2017/nbi-2")
    site.client().get(address)
    printed = kept_html.cache_info().currsize
    assert printed
    with context_of(site, site.old, 4) as context:
        items.add_version(context, item_of(context, "2"), items.NewVersion(words="Buy a raft."))
    site.client().get(f"{site.old}/2017/nbi-2")
    assert kept_html.cache_info().currsize == printed
    escaped = templating._escaped.cache_info().currsize
    with context_of(site, site.old, 5) as context:
        digest = context.session.scalar(sa.select(Text.digest).where(Text.words == "Buy a boat."))
        erasing.erase(context, str(digest), WithheldFor.PERSONAL_DATA)
    site.client().get(f"{site.old}/2017/nbi-2")
    assert kept_html.cache_info().currsize == 0
    assert templating._escaped.cache_info().currsize < escaped


def test_what_is_withheld_is_gone_at_once(site: Site) -> None:
    address = f"{site.open}/2024/nbi-9"
    assert "64</strong> mentors" in site.client().get(address).text
    with context_of(site, site.open, 4) as context:
        item = item_of(context, "9")
        newest = context.session.scalars(
            sa.select(Entry)
            .join(Text, Text.digest == Entry.words)
            .where(Entry.item_id == item.id, Text.words.contains("**64** mentors"))
        ).one()
        withholding.withhold(context, item, newest, WithheldFor.PERSONAL_DATA)
    assert "64</strong> mentors" not in site.client().get(address).text


def test_pages_of_a_body_that_is_closed_are_gone_at_once(site: Site) -> None:
    address = f"{site.empty}/2026/"
    assert site.client().get(address).status_code == 200
    with context_of(site, site.empty, 5) as context:
        bodies.set_setting(context, "pages", "closed")
    assert site.client().get(address).status_code == 404
    with context_of(site, site.empty, 6) as context:
        bodies.set_setting(context, "pages", "open")
    assert site.client().get(address).status_code == 200


def test_with_a_cookie_no_page_is_kept_and_none_is_read(site: Site, rendered: list[str]) -> None:
    address, anybody = f"{site.open}/2024/", site.client()
    anybody.set_cookie("session", "whatever")
    for _ in range(2):
        anybody.get(address)
    assert len(rendered) == 2 and site.pages.weight == 0
    site.client().get(address)
    assert len(rendered) == 3 and site.pages.weight > 0
    anybody.get(address)
    assert len(rendered) == 4


@pytest.mark.parametrize(
    "touched",
    [lambda: flash("Said to one alone."), lambda: session.update(seen="once")],
    ids=["a message", "a cookie"],
)
def test_what_is_for_one_reader_is_not_kept(
    site: Site, monkeypatch: pytest.MonkeyPatch, touched: Callable[[], None]
) -> None:
    shown = views.item.page

    def page(*arguments: Any) -> object:
        touched()
        return shown(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(views.item, "page", page)
        site.client().get(f"{site.open}/2024/nbi-1")
    assert site.pages.weight == 0
    assert "Said to one alone" not in site.client().get(f"{site.open}/2024/nbi-1").text


@pytest.mark.parametrize("path", ["/2024/nbi-99", "/2024/NBI-1", "/2024/?q=nbi+1", "/?as_of=x"])
def test_only_pages_that_are_there_are_kept(site: Site, path: str) -> None:
    assert site.client().get(f"{site.open}{path}").status_code in (301, 302, 400, 404)
    assert site.pages.weight == 0


def test_without_room_every_page_is_rendered(
    site: Site, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(site.app.extensions, "tracker.pages", PageCache(0))
    first, again = (site.client().get(f"{site.open}/2024/", headers=BROWSER) for _ in range(2))
    assert len(rendered) == 2 and first.data == again.data


def test_a_signed_in_reader_gets_a_page_of_their_own(union: Union) -> None:
    address = "/union/2026/nbi-1"
    for _ in range(2):
        public, staff = union.client(None).get(address), union.client("dana").get(address)
        assert "Sign out" not in public.text and "Sign out" in staff.text
        assert "ETag" in public.headers and "ETag" not in staff.headers
    with union.app.app_context():
        assert b"Sign out" not in kept_bytes(pages())


# --- the cache itself ---


def test_it_is_bounded_by_bytes_and_drops_what_was_not_asked_for_the_longest() -> None:
    cache = PageCache(4 * (1000 + OVERHEAD))
    for name in "abcd":
        cache.put(name, b"x" * 1000)
    assert cache.get("a") is not None
    cache.put("e", b"x" * 1000)
    assert [name for name in "abcde" if cache.get(name)] == ["a", "c", "d", "e"]
    cache.put("e", b"y" * 1000, "br")
    assert cache.weight <= 4 * (1000 + OVERHEAD)
    assert cache.get("e") == b"x" * 1000 and cache.get("e", "br") == b"y" * 1000
    cache.put("too large", b"x" * 6000)
    assert cache.get("too large") is None and cache.get("e") is not None


def test_pages_of_another_revision_are_dropped_and_those_of_others_stay() -> None:
    cache = PageCache(10_000)
    cache.see_revision(1, "first")
    cache.put("of one", b"x", body_id=1)
    cache.put("of one", b"y", "br")
    cache.put("of two", b"x", body_id=2)
    cache.put("a style sheet", b"x", "br")
    cache.see_revision(1, "first")
    assert cache.get("of one", "br") == b"y"
    cache.see_revision(1, "second")
    assert cache.get("of one") is cache.get("of one", "br") is None
    assert cache.get("of two") == cache.get("a style sheet", "br") == b"x"


def test_threads_share_the_cache() -> None:
    cache = PageCache(20 * (100 + OVERHEAD))

    def use(thread: int) -> None:
        for turn in range(3000):
            name = str((turn * 7 + thread) % 50)
            cache.put(name, name.encode() * 50, body_id=thread)
            assert cache.get(name, AS_IT_IS) in (None, name.encode() * 50)
            cache.see_revision(turn % 8, str(turn % 3))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(use, range(8)))
    assert cache.weight == sum(page.weight for page in cache._pages.values()) <= 20 * 600


def test_how_much_is_kept_is_a_setting(tmp_path: Path) -> None:
    from tracker import config

    (tmp_path / "secret-key").write_text("k" * 40)
    assert config.read(tmp_path, {}).page_cache == 16 * 2**20
    assert config.read(tmp_path, {"TRACKER_PAGE_CACHE": "0"}).page_cache == 0
    with pytest.raises(config.WrongSetting, match="TRACKER_PAGE_CACHE"):
        config.read(tmp_path, {"TRACKER_PAGE_CACHE": "16 MB"})
