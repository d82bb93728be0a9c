"""What goes over the wire beside the words: compression, and what a page says of itself to whoever passes it on."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

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
