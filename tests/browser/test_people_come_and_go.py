"""Somebody is invited, begins on a phone, forgets the password, and is let go: each in a browser of
their own, with a mail server beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import cast

import pytest
from playwright.sync_api import Page, expect

from tests.factories.smtp_server import SmtpServer

from .conftest import DESK, PHONE, Opens, one_time_link, serving, tracker
from .test_every_page import problems_of
from .test_story import DIRECTED, PASSWORD, UNIT, write_list

pytestmark = pytest.mark.browser
NEW_PASSWORD = "seven quiet lamps beneath"


@dataclass
class BeginningOffice:
    """A union of one item, with an administrator; `server` takes its mail."""

    address: str
    instance: Path
    server: SmtpServer

    def user(self, email: str, name: str, *role: str) -> str:
        """A new account; its one-time link."""
        command = ("user", "create", email, "--name", name, "--role", *role)
        return one_time_link(tracker(self.instance, *command))

    def sign_in(self, page: Page, email: str, password: str = PASSWORD) -> None:
        page.goto(f"{self.address}/sign-in")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()

    def choose_password(self, page: Page, link: str, password: str = PASSWORD) -> None:
        page.goto(self.address + link)
        assert_fine(page)
        page.get_by_label("New password").fill(password)
        page.get_by_role("button", name="Set the password").click()

    def newest_mail(self, mails: int) -> tuple[str, str]:
        """To whom it went, and the link in it, as soon as so many mails have left."""
        email = self.server.wait_for(mails)[-1]
        plain = cast(EmailMessage, email.get_body(("plain",)))
        return str(email["To"]), one_time_link(plain.get_content())


def assert_fine(page: Page) -> None:
    """Every `details` is open afterwards."""
    assert not problems_of(page, page.url)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BeginningOffice]:
    folder = tmp_path_factory.mktemp("office")
    instance, listed, today = folder / "our-union", folder / "list.csv", date.today()
    write_list(listed, today.year)
    tracker(instance, "init")
    options = {
        "--body": "our-union",
        "--opened": today - timedelta(days=20),
        "--closed-on": today - timedelta(days=17),
        "--currency": "USD",
        "--time-zone": "UTC",
    }
    words = [str(word) for option in options.items() for word in option]
    tracker(instance, "import", "items", str(listed), "--create-conventions", *words)
    server = SmtpServer()
    mail_url = f"smtp://127.0.0.1:{server.port}?from=tracker@example.org"
    with server.up(), serving(instance, TRACKER_MAIL_URL=mail_url) as address:
        yield BeginningOffice(address, instance, server)


def test_people_come_and_go(office: BeginningOffice, opens: Opens) -> None:
    """As administrator and as a new colleague: invited, at work on a phone, given a role and
    relieved of it, and let go while signed in.
    """
    administrator = opens(DESK)
    link = office.user("ada@example.org", "Ada Admin", "administrator")
    office.choose_password(administrator, link)
    administrator.get_by_role("link", name="People and roles").click()
    administrator.get_by_text("Invite somebody").click()
    inviting = administrator.get_by_role("form", name="Invite somebody")
    inviting.get_by_label("Name, as the record shows it").fill("Lena Lead")
    inviting.get_by_label("E-mail address").fill("lena@example.org")
    inviting.get_by_label("Role").select_option("staff")
    inviting.get_by_role("button", name="Make the invitation").click()
    expect(inviting).to_contain_text("have their role in a unit")
    inviting.get_by_label("Unit, for a manager or staff").select_option(label=UNIT)
    inviting.get_by_role("button", name="Make the invitation").click()
    expect(administrator.locator("main")).to_contain_text("Lena Lead can choose a password now")
    assert_fine(administrator)
    mailed_to, link = office.newest_mail(1)
    assert "lena@example.org" in mailed_to
    assert link in administrator.get_by_label("One-time link, shown only now").input_value()

    colleague = opens(PHONE)
    office.choose_password(colleague, link)
    expect(colleague).to_have_url(re.compile("/my-work$"))
    colleague.get_by_role("link", name="A reading list for locals").first.click()
    expect(colleague.locator("main")).to_contain_text(DIRECTED)
    assert_fine(colleague)

    administrator.get_by_role("link", name="Lena Lead").click()
    administrator.get_by_text("Give another role").click()
    giving = administrator.get_by_role("form", name="Give a role")
    giving.get_by_label("Role").select_option("auditor")
    giving.get_by_role("button", name="Give the role").click()
    expect(administrator.locator("main")).to_contain_text("The role is given.")
    assert_fine(administrator)
    colleague.goto(f"{office.address}/office")
    expect(colleague.get_by_role("link", name="Log of security")).to_be_visible()
    ending = administrator.get_by_role("form", name="End the role “Auditor")
    ending.get_by_role("button", name="End the role").click()
    expect(administrator.locator("main")).to_contain_text("The role has ended.")
    assert_fine(administrator)
    assert colleague.goto(f"{office.address}/office/our-union/security").status == 403
    assert_fine(colleague)

    colleague.goto(f"{office.address}/account")
    administrator.get_by_role("button", name="Close the account").click()
    expect(administrator.locator("main")).to_contain_text("1 session ended.")
    assert_fine(administrator)
    colleague.get_by_label("Your name").fill("Lena Left")
    colleague.get_by_role("button", name="Save the name").click()
    expect(colleague.locator("main")).to_contain_text("You are no longer signed in here")
    assert_fine(colleague)
    office.sign_in(colleague, "lena@example.org")
    expect(colleague.locator("main")).to_contain_text("do not fit together")


def test_a_forgotten_password(office: BeginningOffice, opens: Opens) -> None:
    link = office.user("mo@example.org", "Mo Manager", "manager", "--unit", UNIT)
    forgetful, elsewhere = opens(PHONE), opens(DESK)
    office.choose_password(elsewhere, link)
    office.sign_in(forgetful, "mo@example.org", "another one, of long ago")
    expect(forgetful.locator("main")).to_contain_text("do not fit together")
    forgetful.get_by_role("link", name="I forgot my password").click()
    assert_fine(forgetful)
    mails = len(office.server.taken)
    forgetful.get_by_label("E-mail address").fill("mo@example.org")
    forgetful.get_by_role("button", name="Mail me a link").click()
    expect(forgetful.locator("main")).to_contain_text("a link is on its way")
    assert_fine(forgetful)
    mailed_to, link = office.newest_mail(mails + 1)
    assert "mo@example.org" in mailed_to
    office.choose_password(forgetful, link, NEW_PASSWORD)
    expect(forgetful.locator("main")).to_contain_text("Your password is set.")
    assert_fine(forgetful)
    elsewhere.reload()
    expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()
    office.sign_in(elsewhere, "mo@example.org", NEW_PASSWORD)
    expect(elsewhere).to_have_url(re.compile("/my-work$"))
    forgetful.goto(office.address + link)
    expect(forgetful.get_by_role("heading", name="This link is over")).to_be_visible()
    assert_fine(forgetful)
