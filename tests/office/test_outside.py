"""The office's page of links for somebody from outside: making one, and taking it back."""

from __future__ import annotations

import re

import sqlalchemy as sa

from tests.factories import outside_links as made
from tests.factories.staffed_union import PEOPLE, Union
from tests.statements import counting
from tracker.acts import bodies
from tracker.extensions import db
from tracker.record.outgoing_mail import OutgoingMail
from tracker.record.outside_requests import OutsideLink, OutsideRequest

PAGE = "/office/union/outside"
WHO = {
    "name": "Runa Fjelstad",
    "role": "an industrial hygienist",
    "organisation": "Lakeshore State University",
}


def test_a_link_is_shown_once(union: Union) -> None:
    claim, outcome = made.report_done(union, 4), made.state_outcome(union, 1)
    office = union.client("walter")
    item = office.get("/office/union/2026/items/nbi-4").text
    assert f'href="{PAGE}?item={union.items[4]}"' in item
    assert f'href="{PAGE}"' in office.get("/my-work/union/confirm").text
    page = office.get(f"{PAGE}?item={union.items[4]}").text
    assert len(re.findall(r"checked", page)) == 1
    answer = office.post(PAGE, data={**WHO, "claims": [claim], "outcomes": [outcome]})
    link = re.search(r'value="[^"]*(/outside/[^"]+)"', answer.text)
    assert answer.status_code == 200 and link is not None
    assert union.client(None).get(link[1]).status_code == 200
    listed = office.get(PAGE).text
    assert link[1] not in listed
    for words in ("Runa Fjelstad", "an industrial hygienist of Lakeshore", "by Walter"):
        assert words in listed
    assert "Waits for an answer until 30" in listed
    request_id = _request(union)
    assert office.post(f"{PAGE}/{request_id}/revoke").status_code == 303
    assert "Taken back" in office.get(PAGE).text and union.count(OutsideLink) == 0
    assert office.post(f"{PAGE}/{request_id}/revoke").status_code == 404


def test_what_is_missing_comes_back(union: Union) -> None:
    claim, office = made.report_done(union, 4), union.client("walter")
    for fields, sentence, status in (
        ({**WHO, "claims": [claim], "role": " "}, "Write it, in a few words", 422),
        (WHO, "Tick at least one claim or outcome", 422),
        ({**WHO, "claims": [claim + 99]}, "it is not there", 409),
        ({**WHO, "claims": [claim], "address": "nobody"}, "name@example.org", 422),
    ):
        answer = office.post(PAGE, data=fields)
        assert (answer.status_code, "Runa Fjelstad" in answer.text) == (status, True), fields
        if status == 422:
            assert sentence in answer.text
    assert union.count(OutsideRequest) == 0
    marisol = union.client("marisol")
    desk = marisol.get(f"/my-work/union/confirm/{claim}").text
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', desk)
    assert seen is not None
    decided = {"seen": seen[1], "decision": "confirmed"}
    assert marisol.post(f"/my-work/union/confirm/{claim}", data=decided).status_code == 303
    late = office.post(PAGE, data={**WHO, "claims": [claim]})
    assert late.status_code == 409 and "decided or withheld meanwhile" in late.text


def test_who_may(union: Union) -> None:
    """Governance makes links; the auditor reads of them; nobody else knows."""
    claim = made.report_done(union, 4)
    made.ask(union, {claim}, set())
    request_id = _request(union)
    for who in PEOPLE:
        client = union.client(who)
        reads, asks = who in ("walter", "ewan"), who == "walter"
        assert client.get(PAGE).status_code == (200 if reads else 403), who
        if not asks:
            assert client.post(PAGE, data={**WHO, "claims": [claim]}).status_code == 403, who
            assert client.post(f"{PAGE}/{request_id}/revoke").status_code == 403, who
    page = union.client("ewan").get(PAGE).text
    assert "Runa Fjelstad" in page and "Make the link" not in page and "Take it back" not in page
    assert union.count(OutsideLink) == 1


def test_it_may_be_mailed(union: Union) -> None:
    """What it says of the link, and nothing of what is asked; taken back, it does not leave."""
    claim, office = made.report_done(union, 4), union.client("walter")
    assert "E-mail, if the link is to be mailed" not in office.get(PAGE).text
    with union.context() as context:
        bodies.set_setting(context, "made_up", "yes")
    assert "E-mail, if the link is to be mailed" in office.get(PAGE).text
    answer = office.post(PAGE, data={**WHO, "claims": [claim], "address": "runa@example.org"})
    assert answer.status_code == 200
    with union.session() as session:
        mail = session.scalars(sa.select(OutgoingMail)).one()
        assert (mail.to_address, mail.template) == ("runa@example.org", "outside_request")
        assert mail.text is not None and "/outside/" in mail.text
        assert "Item number 4" not in mail.text and "Dear Runa Fjelstad" in mail.text
        assert session.scalar(sa.select(OutsideLink.address)) == "runa@example.org"


def test_as_many_statements_for_one_link_as_for_many(union: Union) -> None:
    """On the office's page, and on the page behind a link, however much it asks."""
    claim, outcome = made.report_done(union, 4), made.state_outcome(union, 1)
    few, counted = {}, {}
    for outcomes in (set[int](), {outcome}):
        pages = {PAGE: "walter", f"/outside/{made.ask(union, {claim}, outcomes)}": None}
        for number, (page, who) in enumerate(pages.items()):
            client = union.client(who)
            with union.app.app_context():
                engine = db.engine
            client.get(page)
            with counting(engine) as statements:
                assert client.get(page).status_code == 200
            few.setdefault(number, len(statements))
            counted[number] = len(statements)
    assert counted == few


def _request(union: Union) -> int:
    with union.session() as session:
        return session.scalars(sa.select(OutsideRequest.id)).one()
