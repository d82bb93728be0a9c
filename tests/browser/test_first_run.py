"""An office begins: from the set-up address to opened pages, without JavaScript, on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE, Opens, one_time_link, serving, tracker
from .test_every_page import problems_of

pytestmark = pytest.mark.browser


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_from_the_set_up_address_to_opened_pages(tmp_path: Path, opens: Opens) -> None:
    instance = tmp_path / "our-office"
    tracker(instance, "init")
    with serving(instance) as address:
        delegate, office = opens(PHONE), opens(PHONE, javascript=False)
        delegate.goto(address)
        expect(delegate.locator("main")).to_contain_text("This office is not set up")
        assert "/account/set-up/" not in (instance / "serve.log").read_text()
        link = one_time_link(tracker(instance, "setup-link"))
        delegate.goto(address + link)
        assert problems_of(delegate, "set-up") == []

        office.goto(address + link)
        office.get_by_label("Your name").fill("Noor Castell")
        office.get_by_label("E-mail address").fill("noor@example.org")
        office.get_by_label("Password").fill("seven quiet lamps beneath")
        office.get_by_label("Name of the organisation").fill("Our union")
        office.get_by_label("Time zone").select_option("America/Chicago")
        press(office, "Begin")
        steps = office.url
        expect(office.locator("h1")).to_have_text("Five steps are left")

        office.get_by_role("link", name="Add units").click()
        office.get_by_label("Departments").fill("Routes\nDepots")
        press(office, "Add these units")
        office.get_by_role("link", name="Record it").click()
        office.get_by_label("Name").first.fill("Millbrook")
        office.get_by_label("Year").fill("2026")
        press(office, "Record the convention")
        office.goto(steps)
        office.get_by_role("link", name="Type one in").click()
        office.get_by_label("Number").fill("7")
        office.get_by_label("Title").fill("Seat belts for every bus")
        office.get_by_label("What the floor did").select_option("adopted")
        press(office, "Record the item")
        delegate.goto(f"{address}/our-union/2026/nbi-7")
        expect(delegate.locator("main")).not_to_contain_text("Seat belts")

        office.goto(steps)
        press(office, "Put it in")
        office.get_by_role("link", name="Look at it").click()
        expect(office.locator("header.masthead")).to_contain_text("Made-up example")
        tried = office.url
        office.goto(steps)
        press(office, "Take it away")
        office.goto(tried)
        expect(office.locator("main")).not_to_contain_text("Made-up")

        office.goto(steps)
        office.get_by_role("link", name="See the pages").click()
        office.get_by_label("Everybody").check()
        press(office, "Save who may read")
        expect(office.locator("h1")).to_have_text("One step is left")
        delegate.reload()
        expect(delegate.locator("main")).not_to_contain_text("Seat belts")
        office.get_by_role("link", name="Millbrook is not public yet").click()
        office.get_by_role("radio", name="Public").check()
        press(office, "Save; it holds at once")
        delegate.reload()
        expect(delegate.locator("main")).to_contain_text("Seat belts for every bus")
        seen = opens(PHONE)  # as before, with JavaScript, which looks for faults
        seen.context.add_cookies(office.context.cookies())
        body = steps.removesuffix("/setting-up")
        for page in ("", "/units", "/items", "/pages"):
            seen.goto(steps + page)
            assert problems_of(seen, page) == []
        for page in ("/conventions/new", "/2026/convention", "/2026/going-public"):
            seen.goto(body + page)
            assert problems_of(seen, page) == []
