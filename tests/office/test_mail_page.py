"""The page of outgoing mail: what became of each, and never a link that lives."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.factories.staffed_union import Union
from tests.mail.conftest import LINK, Mailing, mailing
from tracker.office import mail as page

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
