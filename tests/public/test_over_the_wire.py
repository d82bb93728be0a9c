"""What goes over the wire beside the words.

Compression, and what a page says of itself to whoever passes it on.
"""

from __future__ import annotations

import re
from dataclasses import replace

import brotli
import pytest
from flask.testing import FlaskClient
from fontTools.ttLib import TTFont

from tracker.paths import STATIC

from .conftest import Site

BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
PASSED_ON = ("{open}/", "{open}/2024/", "{open}/2024/nbi-1")


@pytest.mark.parametrize("path", PASSED_ON)
def test_what_is_the_same_for_all_is_compressed(site: Site, path: str) -> None:
    address = path.format(open=site.open)
    plain, answer = site.client().get(address), site.client().get(address, headers=BROWSER)
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) < len(plain.data) / 3
    assert "Accept-Encoding" in answer.headers["Vary"] and "Cookie" in answer.headers["Vary"]
    assert "Content-Encoding" not in plain.headers


def test_a_style_sheet_is_compressed(site: Site) -> None:
    assert (
        site.client().get("/static/css/base.css", headers=BROWSER).headers["Content-Encoding"]
        == "br"
    )
    assert (
        "Content-Encoding"
        not in site.client()
        .get("/static/fonts/newsreader-latin-400.woff2", headers=BROWSER)
        .headers
    )


def test_what_has_a_session_is_not_compressed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret beside words that somebody else chose can be read from the length of the answer."""
    monkeypatch.setitem(site.app.config, "WTF_CSRF_ENABLED", True)
    assert "Content-Encoding" not in site.client().get("/sign-in", headers=BROWSER).headers
    client = site.client()
    client.set_cookie("session", "anything")
    assert "Content-Encoding" not in client.get(f"{site.open}/2024/", headers=BROWSER).headers


def test_a_page_that_was_compressed_is_not_sent_again(site: Site) -> None:
    address = f"{site.open}/2024/nbi-1"
    first = site.client().get(address, headers=BROWSER)
    again = site.client().get(address, headers={**BROWSER, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.data == b""
    assert again.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("path", PASSED_ON)
def test_addresses_that_are_passed_on_are_absolute(
    site: Site, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = site.app.config["SETTINGS"]
    monkeypatch.setitem(
        site.app.config, "SETTINGS", replace(settings, base_url="https://tracker.example.org")
    )
    address = path.format(open=site.open)
    page = site.client().get(f"{address}?as_of=2025-03-30").get_data(as_text=True)
    expected = f"https://tracker.example.org{address}"
    assert f'<link rel="canonical" href="{expected}">' in page
    assert f'<meta property="og:url" content="{expected}">' in page


def test_without_an_address_of_its_own_it_is_the_one_that_was_asked(site: Site) -> None:
    page = site.client().get(f"{site.open}/2024/nbi-1").get_data(as_text=True)
    assert f'<link rel="canonical" href="http://localhost{site.open}/2024/nbi-1">' in page


@pytest.mark.parametrize("path", [*PASSED_ON, "/", "/how-we-count", "/sign-in"])
def test_every_page_describes_itself(site: Site, path: str) -> None:
    page = site.client().get(path.format(open=site.open)).get_data(as_text=True)
    described = re.findall(r'<meta name="description"\s+content="([^"]+)">', page)
    assert len(described) == 1 and len(described[0]) > 40


def test_an_item_is_described_by_its_answer(site: Site) -> None:
    page = site.client().get(f"{site.open}/2024/nbi-1").get_data(as_text=True)
    (described,) = re.findall(r'<meta name="description"\s+content="([^"]+)">', page)
    assert "arried out" in described and "New business item\xa01" in described


# bytes of an item page with all that it needs, heads of the answers included
FIRST_VISIT = 90 * 1024


def test_the_first_visit_of_an_item_page_is_light(site: Site) -> None:
    """With every face in which English is set. What a browser loads is counted in tests/browser."""
    client = FlaskClient(site.app, site.app.response_class)
    page = client.get(f"{site.open}/2024/nbi-1", headers=BROWSER)
    html = brotli.decompress(page.data).decode()
    needed = set(re.findall(r'"(/static/[^"#]+)', html))
    styles = client.get("/static/css/tokens.css").text
    needed |= {
        f"/static/fonts/{name}" for name in re.findall(r"fonts/([a-z0-9-]+basic[^\"]+)", styles)
    }
    answers = [page, *(client.get(address, headers=BROWSER) for address in needed)]
    assert len(answers) == 9 and {answer.status_code for answer in answers} == {200}
    assert sum(len(answer.data) + len(str(answer.headers)) for answer in answers) < FIRST_VISIT


@pytest.mark.parametrize("name", ["css/base.css", "css/tokens.css", "icons.svg"])
@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_packaged_file_is_compressed_once(
    site: Site, name: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For those who are signed in, too: it holds nothing of anybody."""
    client = FlaskClient(site.app, site.app.response_class)
    ask = {"Accept-Encoding": encoding}
    first = client.get(f"/static/{name}", headers=ask)
    monkeypatch.setattr(
        "flask_compress.flask_compress._compress_data", lambda *_: pytest.fail("compressed anew")
    )
    client.set_cookie("session", "anything")
    again = client.get(f"/static/{name}?v=2", headers=ask)
    assert first.headers["Content-Encoding"] == again.headers["Content-Encoding"] == encoding
    assert again.data == first.data and len(first.data) < 10_000
    same = client.get(f"/static/{name}", headers=ask | {"If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304 and same.data == b""
    part = client.get(f"/static/{name}", headers=ask | {"Range": "bytes=0-9"})
    assert part.status_code == 206 and "Content-Encoding" not in part.headers
    assert len(part.data) == 10


def test_each_letter_is_in_the_file_that_is_said_to_have_it() -> None:
    """A range that names more than its file has would load the file for nothing."""
    faces = re.findall(
        r'fonts/([^"]+)"\).+?unicode-range: ([^;]+)', (STATIC / "css" / "tokens.css").read_text()
    )
    assert len(faces) == 12
    for name, ranges in faces:
        has = TTFont(STATIC / "fonts" / name).getBestCmap()
        named_ranges = [part.removeprefix("U+").split("-") for part in ranges.split(", ")]
        assert all(
            any(code in has for code in range(int(ends[0], 16), int(ends[-1], 16) + 1))
            for ends in named_ranges
        ), name
        if "basic" in name:
            assert set(range(0x20, 0x7F)) | {0x2019, 0x201C, 0x201D, 0x2014, 0x20AC} <= set(has)
        if "accents" in name:
            assert set(map(ord, "ÀÖØöøÿœ")) <= set(has)
