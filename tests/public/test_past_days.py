"""Other days, freshness, and closed pages."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from tests.factories.recorded_union import NOW
from tracker.acts import items
from tracker.extensions import db
from tracker.public import answers
from tracker.record.bodies import Body
from tracker.record.items import Item

from .conftest import Site, read


def test_an_earlier_day_has_its_own_answer_and_says_so(site: Site) -> None:
    text = read(site, "{open}/2024/nbi-1?as_of=2024-10-01")
    assert (
        "As of the end of 1 October 2024" in text
        and "Not yet." in text
        and "Carried out." not in text
    )
    html = site.client().get(f"{site.open}/2024/?as_of=2024-10-01").get_data(as_text=True)
    assert f'href="{site.open}/2024/nbi-1?as_of=2024-10-01"' in html


def test_a_day_before_the_record_says_since_when_there_is_one(site: Site) -> None:
    for path in (
        "{open}/?as_of=2020-01-01",
        "{open}/2024/?as_of=2020-01-01",
        "{open}/2024/nbi-1?as_of=2020-01-01",
    ):
        assert "began on 1 June 2024" in read(site, path, 404)


def test_an_item_not_yet_recorded_says_so(site: Site) -> None:
    assert "The item was not yet recorded on 1 March 2025." in read(
        site, "{open}/2024/nbi-30?as_of=2025-03-01", 404
    )


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("yesterday", "is no date. Write it as year, month and day"),
        ("2025-02-30", "is no date"),
        ("2025-04-01", "1 April 2025 lies ahead"),
        ("%00", "The address or the form is not as it should be"),
    ],
)
def test_what_is_no_day_gets_a_clear_sentence(site: Site, day: str, sentence: str) -> None:
    assert sentence in read(site, f"{{open}}/2024/?as_of={day}", 400)


def test_today_in_the_bodys_zone_is_no_other_day(site: Site) -> None:
    assert "As of the end of" not in read(site, "{open}/2024/?as_of=2025-03-31")


def test_unchanged_is_said_before_any_template_work(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, tags = site.client(), {}
    for path in ("/", "/2024/", "/2024/nbi-1", "/2024/?q=guide"):
        first = client.get(f"{site.open}{path}")
        assert "no-cache" in first.headers["Cache-Control"]
        tags[path] = first.headers["ETag"]
    assert len(set(tags.values())) == 4
    monkeypatch.setattr(
        answers, "render_template", lambda *_, **__: pytest.fail("a template was rendered")
    )
    for path, tag in tags.items():
        again = client.get(f"{site.open}{path}", headers={"If-None-Match": tag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)


def test_midnight_makes_a_page_new(site: Site) -> None:
    tag = site.client().get(f"{site.open}/2024/nbi-4").headers["ETag"]
    site.at(NOW + timedelta(days=1))
    try:
        later = site.client().get(f"{site.open}/2024/nbi-4", headers={"If-None-Match": tag})
        assert later.status_code == 200 and "291 days without a word" in later.get_data(
            as_text=True
        )
    finally:
        site.at()


def test_a_write_shows_on_the_next_request(site: Site) -> None:
    tag = site.client().get(f"{site.old}/2017/nbi-2").headers["ETag"]
    with site.app.app_context():
        from tracker.acts.act_context import for_body
        from tracker.rules.permissions import COMMAND_LINE

        body = db.session.query(Body).filter_by(slug=site.old.strip("/")).one()
        boat = db.session.query(Item).filter_by(body_id=body.id, number="2").one()
        items.add_version(
            for_body(db.session(), body.id, COMMAND_LINE, NOW),
            boat,
            items.NewVersion(words="The union shall buy a larger boat."),
        )
        db.session.commit()
        db.session.remove()
    later = site.client().get(f"{site.old}/2017/nbi-2", headers={"If-None-Match": tag})
    assert later.status_code == 200 and "a larger boat" in later.get_data(as_text=True)


def test_with_a_session_nothing_is_kept(site: Site) -> None:
    client = site.client()
    client.set_cookie("session", "whatever")
    assert "ETag" not in client.get(f"{site.open}/2024/").headers


@pytest.mark.parametrize("path", ["/", "/2017/", "/2017/nbi-2", "/2017/nbi-99", "/1999/"])
def test_closed_pages_are_as_if_they_were_not_there(site: Site, path: str) -> None:
    """And offer to sign in, with the way back; as every role in access/test_closed_bodies.py."""
    page = site.client().get(f"{site.closed}{path}")
    assert page.status_code == 404 and "boat" not in page.text
    assert f'href="/sign-in?{urlencode({"next": site.closed + path})}"' in page.text


def test_a_reader_sees_closed_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "may_read", lambda *_: True)
    assert "Defeated" in read(site, "{closed}/2017/nbi-2")


def test_closed_bodies_are_not_named(site: Site) -> None:
    assert f'href="{site.closed}/"' not in site.client().get("/").get_data(as_text=True)


def test_where_all_is_made_up_every_page_says_so(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Made-up example" not in read(site, "/")  # some bodies of this installation are not
    monkeypatch.setattr("tracker.masthead.all_made_up", lambda _: True)
    assert all("Made-up example" in read(site, path) for path in ("/", "/how-we-count", "/sign-in"))
