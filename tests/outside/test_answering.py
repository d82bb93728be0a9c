"""The page behind a one-time link: what it shows and to whom, and the one answer that it takes."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.factories import outside_links as made
from tests.factories.outside_links import AS_PUBLISHED, AskedPacket
from tests.factories.staffed_union import NOW, Union, hidden_field, item_row
from tracker.accounts import outside_links as links
from tracker.acts import publications, reviews
from tracker.record.conventions import Convention
from tracker.record.ledger_tables import Event
from tracker.record.outside_requests import OutsideAnswer, OutsideLink, OutsideRequest
from tracker.record.progress import Review
from tracker.rules.codes import OutsideDecision, Result, Visibility
from tracker.web_extensions import limiter

OVER = "This link is over"


@pytest.fixture
def asked(union: Union) -> tuple[Union, AskedPacket]:
    return union, made.ask_about_both(union)


def filled(page: str, *decisions: str, reason: str = "", took_no_part: bool = True) -> Any:
    """The form of the page with these decisions, in its order."""
    fields = {"took_no_part": "y"} if took_no_part else {}
    for number, decision in enumerate(decisions):
        row = f"subjects-{number}-"
        fields |= {
            f"{row}subject": hidden_field(page, f"{row}subject"),
            f"{row}seen": hidden_field(page, f"{row}seen"),
            f"{row}decision": decision,
            f"{row}reason": reason,
        }
    return fields


def test_opening_it_changes_nothing(asked: tuple[Union, AskedPacket]) -> None:
    """Nor does HEAD, nor a program that follows each link of the page."""
    union, packet = asked
    visitor, before = union.client(None), union.count(Event)
    page = visitor.get(packet.address)
    assert page.status_code == 200
    for words in ("Item number 4", "Do the thing number 4.", "Looked for it.", "a.pdf"):
        assert words in page.text
    for name in ("Dana", "Ray", "Walter"):
        assert name not in page.text
    with union.app.app_context():  # its answer has no page to be inspected
        plain = FlaskClient(union.app, union.app.response_class)
        assert plain.head(packet.address).status_code == 200
    for address in re.findall(r'href="(/outside/[^"]+)"', page.text):
        assert visitor.get(address).status_code == 200
    assert union.count(Event) == before and union.count(OutsideLink) == 1
    assert visitor.get(packet.address).status_code == 200


def test_nobody_keeps_it_and_no_request_names_it(asked: tuple[Union, AskedPacket]) -> None:
    union, packet = asked
    visitor = union.client(None)
    for path in (packet.address, f"{packet.address}/files/{packet.file}", "/outside/nothing"):
        headers = visitor.get(path).headers
        assert headers["Cache-Control"] == "no-store", path
        assert headers["Referrer-Policy"] == "no-referrer", path
        assert headers["X-Robots-Tag"] == "noindex, nofollow", path
        assert "Set-Cookie" not in headers, path
    page = visitor.get(packet.address).text
    nav = re.search(r"<nav aria-label=\"Main\"", page)
    assert nav is None and "/union/2026" not in page and "Sign in" not in page


def test_it_takes_one_answer(asked: tuple[Union, AskedPacket]) -> None:
    """Pages say from whom, as what of what, and never the name."""
    union, packet = asked
    visitor = union.client(None)
    page = visitor.get(packet.address).text
    sent = visitor.post(packet.address, data=filled(page, "confirmed", "confirmed"))
    assert sent.status_code == 303 and sent.headers["Location"] == "/outside/sent"
    assert "Thank you" in visitor.get("/outside/sent").text
    for number, words in ((4, "Confirmed"), (1, "Confirmed")):
        public = visitor.get(f"/union/2026/nbi-{number}").text
        assert f"{words} {AS_PUBLISHED}" in public and "Fjelstad" not in public
    assert "Carried out" in visitor.get("/union/2026/nbi-4").text
    assert union.count(OutsideLink) == 0
    for again in (
        visitor.get(packet.address),
        visitor.post(packet.address, data=filled(page, "returned", "returned", reason="No.")),
        visitor.get(f"{packet.address}/files/{packet.file}"),
    ):
        assert again.status_code == 410 and OVER in again.text
        assert "Item number 4" not in again.text and "Federation" not in again.text
    assert union.count(Review) == 2
    history = union.client("ewan").get("/office/union/history?who=-2").text
    assert "By a one-time link" in history and "Confirmed a claim" in history
    assert "Name erased" not in history and "Submitted an entry" not in history.split("<table")[1]


def test_a_return_and_i_cannot_say(asked: tuple[Union, AskedPacket]) -> None:
    union, packet = asked
    visitor = union.client(None)
    page = visitor.get(packet.address).text
    fields = filled(page, "returned", "cannot_say", reason="Half of the lists are missing.")
    assert visitor.post(packet.address, data=fields).status_code == 303
    with union.session() as session:
        assert session.scalars(sa.select(Review.result)).all() == [Result.RETURNED]
        assert set(session.scalars(sa.select(OutsideAnswer.decision))) == {
            OutsideDecision.RETURNED,
            OutsideDecision.CANNOT_SAY,
        }
    public = visitor.get("/union/2026/nbi-4").text
    assert "Sent back once" in public and "Half of the lists" not in public
    assert "Not confirmed yet" in visitor.get("/union/2026/nbi-1").text
    assert "Half of the lists are missing." in union.client("dana").get("/my-work").text
    office = union.client("walter").get("/office/union/outside").text
    assert "could not say" in office and "Half of the lists are missing." in office
    desk = union.client("marisol").get("/my-work/union/confirm").text
    assert "One outcome waits for you" in desk


def test_what_cannot_be_recorded_comes_back(asked: tuple[Union, AskedPacket]) -> None:
    union, packet = asked
    visitor = union.client(None)
    page = visitor.get(packet.address).text
    for fields, sentence in (
        (filled(page, "confirmed", "", reason="kept"), "Choose one of the three"),
        (filled(page, "confirmed", "nothing", reason="kept"), "Choose one of the three"),
        (filled(page, "confirmed", "returned"), "Say what the evidence does not show yet"),
        (filled(page, "confirmed", "cannot_say", took_no_part=False), "who took part does not"),
    ):
        answer = visitor.post(packet.address, data=fields)
        assert answer.status_code == 422 and sentence in answer.text
        assert fields["subjects-0-reason"] in answer.text and "checked" in answer.text
    assert union.count(Review) == 0 and union.count(OutsideLink) == 1
    for fields in (
        {},
        filled(page, "confirmed"),
        {**filled(page, "confirmed", "confirmed"), "subjects-1-subject": "999"},
    ):
        assert visitor.post(packet.address, data=fields).status_code == 409
    assert union.count(Review) == 0 and union.count(OutsideLink) == 1


def test_what_was_decided_meanwhile(asked: tuple[Union, AskedPacket]) -> None:
    """Nothing is recorded, nothing is lost, and what is left can be answered."""
    union, packet = asked
    visitor = union.client(None)
    page = visitor.get(packet.address).text
    with union.context("marisol") as context:
        item = item_row(context.session, union, 4)
        reviews.review(context, item, packet.claim, Result.CONFIRMED)
    late = visitor.post(packet.address, data=filled(page, "returned", "returned", reason="Mine."))
    assert late.status_code == 409 and "decided or withheld meanwhile" in late.text
    assert "Confirmed on" in late.text and "Marisol" not in late.text and "Mine." in late.text
    assert "a.pdf" not in late.text and union.count(Review) == 1
    assert visitor.get(f"{packet.address}/files/{packet.file}").status_code == 404
    sent = visitor.post(packet.address, data=filled(late.text, "returned", reason="Mine."))
    assert sent.status_code == 303 and union.count(Review) == 2


def test_two_answers_at_once(asked: tuple[Union, AskedPacket]) -> None:
    """The link is used up in the transaction that records the answer."""
    union, packet = asked
    with union.session() as session:
        assert links.use(session, packet.token, NOW) is not None
        assert links.use(session, packet.token, NOW) is None
    with union.session() as session:  # rolled back: it was not used
        assert links.find(session, packet.token, NOW) is not None


def test_a_link_that_is_over_tells_nothing(asked: tuple[Union, AskedPacket]) -> None:
    union, packet = asked
    visitor = union.client(None)
    unknown = visitor.get("/outside/nothing")
    with union.session() as session:
        assert links.find(session, packet.token, NOW + timedelta(days=30)) is not None
        assert links.find(session, packet.token, NOW + timedelta(days=31)) is None
        assert session.scalar(sa.select(OutsideLink.token_sha256)) != packet.token
        request_id = session.scalar(sa.select(OutsideRequest.id))
    sent = union.client("walter").post(f"/office/union/outside/{request_id}/revoke")
    assert sent.status_code == 303
    revoked = visitor.get(packet.address)
    assert (revoked.status_code, revoked.text) == (410, unknown.text)


def test_other_files_stay_closed(asked: tuple[Union, AskedPacket]) -> None:
    """Under the link only those of what it asks; without it not even these."""
    union, packet = asked
    made.report_done(union, 2)
    visitor = union.client(None)
    other = union.files(2)[0]
    assert visitor.get(f"{packet.address}/files/{packet.file}").data == b"%PDF-1.7 a"
    for path in (
        f"{packet.address}/files/{other}",
        f"{packet.address}/files/999",
        f"/files/{packet.file}",
    ):
        assert visitor.get(path).status_code == 404, path
    assert visitor.get(f"/outside/nothing/files/{packet.file}").status_code == 410


@pytest.mark.parametrize("who", ["walter", "dana", "ray", "marisol", "ewan"])
def test_it_is_for_somebody_from_outside(asked: tuple[Union, AskedPacket], who: str) -> None:
    """Not for whoever made it, and not for others who have a part in the record."""
    union, packet = asked
    client = union.client(who)
    page = union.client(None).get(packet.address).text
    assert "This link is not for you." in client.get(packet.address).text
    sent = client.post(packet.address, data=filled(page, "confirmed", "cannot_say"))
    assert sent.status_code == 422 and union.count(Review) == 0
    assert union.count(OutsideLink) == 1


def test_a_reader_may_be_asked(asked: tuple[Union, AskedPacket]) -> None:
    union, packet = asked
    client = union.client("joy")
    page = client.get(packet.address).text
    assert "This link is not for you." not in page
    sent = client.post(packet.address, data=filled(page, "confirmed", "confirmed"))
    assert sent.status_code == 303


def test_tries_are_limited(
    asked: tuple[Union, AskedPacket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of links that do not work; a good one costs nothing."""
    union, packet = asked
    monkeypatch.setitem(union.app.config, "RATELIMIT_ENABLED", True)
    limiter.reset()
    visitor = union.client(None)
    for _time in range(12):
        assert visitor.get(packet.address).status_code == 200
    statuses = [visitor.get(f"/outside/guess-{number}").status_code for number in range(12)]
    assert statuses[:10] == [410] * 10 and statuses[-1] == 429
    limiter.reset()


def test_a_hidden_convention_stays_hidden(asked: tuple[Union, AskedPacket]) -> None:
    """Who is asked reads what is asked of it, and nothing else of it."""
    union, packet = asked
    with union.context("walter") as context:
        convention = item_row(context.session, union, 4).convention_id
        publications.set_publication(
            context, context.session.get_one(Convention, convention), Visibility.HIDDEN
        )
    visitor = union.client(None)
    assert "Do the thing number 4." in visitor.get(packet.address).text
    assert visitor.get(f"{packet.address}/files/{packet.file}").status_code == 200
    for path in ("/union/2026/nbi-4", "/union/2026/", f"/files/{packet.file}"):
        assert visitor.get(path).status_code == 404, path
