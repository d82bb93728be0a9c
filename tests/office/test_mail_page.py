"""The page of outgoing mail: what became of each, and never a link that lives."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.factories.staffed_union import Union
from tests.mail.conftest import AT, LINK, Mailing, look, mailing
from tracker.config import Settings
from tracker.jobs import heartbeat
from tracker.office import mail as page
from tracker.record.outgoing_mail import MailState

__all__ = ["mailing"]
ADDRESS = "/office/union/mail"


def test_it_says_what_became_of_a_mail_and_shows_no_link(
    app: Flask, union: Union, mailing: Mailing
) -> None:
    mailing.put_for_good()
    mailing.put_for_good("not an address")
    mailing.delivery.send_due()
    words = union.client("imani").get(ADDRESS).text
    assert "ada@example.org" in words and "The mail server does not answer." in words
    assert "This cannot be an address." in words and "Mails given up: 1" in words
    assert LINK not in words


def test_in_a_made_up_installation_the_link_can_be_followed(
    app: Flask, union: Union, mailing: Mailing, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailing.put_for_good()
    monkeypatch.setattr(page, "all_made_up", lambda session: True)
    assert f'href="{LINK}"' in union.client("imani").get(ADDRESS).text


def try_now(union: Union, mail_id: object, who: str = "imani") -> str:
    answer = union.client(who).post(f"{ADDRESS}/try", data={"mail": mail_id}, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def test_a_mail_that_waits_is_tried_now(app: Flask, union: Union, mailing: Mailing) -> None:
    mail_id = mailing.put_for_good()
    mailing.delivery.send_due()  # the server is down
    mailing.wait(timedelta(seconds=10))
    page = union.client("imani").get(ADDRESS).text
    assert "Try now" in page and "Times are in Coordinated Universal Time." in page
    with mailing.server.up():
        assert mailing.delivery.send_due() == 0
        assert "It is tried within seconds." in try_now(union, mail_id)
        assert mailing.delivery.send_due() == 1
    assert look(mail_id).state is MailState.SENT
    for over in (mail_id, 999, "", "x"):
        assert "Nothing to do" in try_now(union, over)
    assert "Try now" not in union.client("imani").get(ADDRESS).text


def test_a_mail_that_is_being_sent_is_left_alone(
    app: Flask, union: Union, mailing: Mailing
) -> None:
    mail_id = mailing.put_for_good()
    assert mailing.delivery._take(mail_id)
    mailing.wait(timedelta(seconds=10))
    assert "Nothing to do" in try_now(union, mail_id)
    with mailing.server.up():
        assert mailing.delivery.send_due() == 0


def test_mail_that_waits_for_the_worker(app: Flask, union: Union, mailing: Mailing) -> None:
    mailing.put_for_good()
    settings: Settings = app.config["SETTINGS"]
    waits = "Waits for the worker, last seen 31\N{NO-BREAK SPACE}May 2026, 12:00"
    heartbeat.beat(settings, AT - timedelta(days=1))
    imani = union.client("imani")
    page = imani.get(ADDRESS).text
    assert waits in page and 'content="30"' in page and "Load the page again" in page
    heartbeat.beat(settings, AT)
    assert waits not in imani.get(ADDRESS).text
    mailing.delivery.send_due()
    page = imani.get(ADDRESS).text
    assert "<noscript>" not in page and "waiting.js" not in page, "it stops when it is done"
