"""The main job, end to end: a list imported, the lead logs on a phone, the manager releases, the
confirmer confirms, a delegate reads, a report is printed.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from .conftest import DESK, PHONE, Opens, one_time_link, serving, tracker

pytestmark = pytest.mark.browser
PASSWORD = "a long sentence that nobody guesses"
UNIT = "Center for Reading"
PEOPLE = {
    "lena@example.org": ("Lena Lead", "staff", UNIT),
    "mo@example.org": ("Mo Manager", "manager", UNIT),
    "cora@example.org": ("Cora Confirmer", "confirmer", None),
    "gus@example.org": ("Gus Governance", "governance", None),
}
DIRECTED = "The union shall print a reading list of forty books and send it to every local."


def write_list(file: Path, year: int) -> None:
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(
            [
                "Item #",
                "Year",
                "Kind",
                "Title",
                "Text",
                "Submitted by",
                "Cost",
                "Status",
                "Department",
                "Lead person",
            ]
        )
        rows.writerow(
            [
                "7",
                year,
                "New Business Item",
                "A reading list for locals",
                DIRECTED,
                "Oregon",
                "This would cost an additional $1,200.",
                "Adopted",
                UNIT,
                "Lena Lead",
            ]
        )
        rows.writerow(
            [
                "8",
                year,
                "New Business Item",
                "Shade for playgrounds",
                "The union shall ask towns to plant trees.",
                "Ohio",
                "No cost.",
                "Defeated",
                "",
                "",
            ]
        )


def sign_up(page: Page, address: str, link: str, email: str) -> None:
    page.goto(address + link)
    page.get_by_label("password", exact=False).first.fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    if page.get_by_role("button", name="Sign in").count():
        page.get_by_label("Email", exact=False).fill(email)
        page.get_by_label("Password", exact=False).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()


def test_from_an_imported_list_to_a_printed_report(tmp_path: Path, opens: Opens) -> None:
    instance, listed, year = tmp_path / "our-union", tmp_path / "list.csv", date.today().year
    opened = date.today() - timedelta(days=20)
    write_list(listed, year)
    tracker(instance, "init")
    printed = tracker(
        instance,
        "import",
        "items",
        str(listed),
        "--body",
        "our-union",
        "--create-conventions",
        "--opened",
        opened.isoformat(),
        "--closed-on",
        (opened + timedelta(days=3)).isoformat(),
        "--currency",
        "USD",
        "--time-zone",
        "UTC",
    )
    assert "2 new" in printed
    links = {}
    for email, (name, role, unit) in PEOPLE.items():
        of_unit = ["--unit", unit] if unit else []
        links[email] = one_time_link(
            tracker(instance, "user", "create", email, "--name", name, "--role", role, *of_unit)
        )
    with serving(instance) as address:
        item = f"{address}/our-union/{year}/nbi-7"

        delegate = opens(PHONE, javascript=False)
        delegate.goto(item)
        expect(delegate.locator("main")).to_contain_text("Not yet")

        # no mail server is set
        forgetful = opens(PHONE)
        forgetful.goto(f"{address}/account/forgotten")
        expect(forgetful.locator("main")).to_contain_text("Ask an administrator")
        expect(forgetful.get_by_role("button", name="Mail me a link")).to_have_count(0)

        lead = opens(PHONE, javascript=False)
        sign_up(lead, address, links["lena@example.org"], "lena@example.org")
        lead.goto(f"{address}/my-work")
        lead.get_by_role("link", name="A reading list for locals").first.click()
        lead.get_by_role("link", name="Log progress").first.click()
        lead.get_by_label("In your words", exact=False).or_(
            lead.locator("textarea").first
        ).first.fill("The list is **printed** and was sent on Monday.")
        lead.locator("input[name=on]").fill(date.today().isoformat())
        lead.locator("input[type=radio][value=done]").first.check()
        lead.locator("input[type=url], input[name$='url']").first.fill(
            "https://example.org/reading-list"
        )
        lead.locator("input[name$='title']").first.fill("The reading list")
        lead.locator("input[type=radio][value=amount]").check()
        lead.locator("input[name=amount]").fill("1,100.00")
        lead.locator("input[name=paid_on]").fill(date.today().isoformat())
        lead.locator("input[name=paid_for]").fill("Printing")
        lead.get_by_role("button", name="Submit entry").click()
        expect(lead.locator("main")).to_contain_text("The entry is submitted")
        assert not lead.locator(".errors").count()
        delegate.reload()
        expect(delegate.locator("main")).not_to_contain_text("sent on Monday")
        expect(delegate.locator("main")).to_contain_text("waits for release")

        manager = opens(DESK)
        sign_up(manager, address, links["mo@example.org"], "mo@example.org")
        manager.goto(f"{address}/my-work")
        manager.get_by_role("link", name="Read it").first.click()
        manager.locator("input[type=checkbox][name$=opens]").first.check()
        manager.locator("input[type=radio][value=release]").first.check()
        manager.get_by_role("button", name="Record the decision").click()
        delegate.reload()
        expect(delegate.locator("main")).to_contain_text("Reported done, not yet checked")

        confirmer = opens(DESK)
        sign_up(confirmer, address, links["cora@example.org"], "cora@example.org")
        confirmer.goto(f"{address}/my-work/confirm")
        confirmer.get_by_role("link", name="A reading list for locals").or_(
            confirmer.get_by_role("link", name="Decide")
        ).first.click()
        expect(confirmer.locator("main")).to_contain_text(DIRECTED)
        confirmer.locator("input[type=radio][value=confirmed]").check()
        confirmer.get_by_role("button", name="Record decision").click()

        delegate.reload()
        answer = delegate.locator(".verdict")
        expect(answer).to_contain_text("Carried out.")
        expect(answer).to_contain_text("What changed: nothing on record.")
        first_screen = answer.bounding_box()
        # the answer is on a phone's first screen
        assert first_screen and first_screen["y"] < PHONE["height"] / 2
        expect(delegate.locator("main")).to_contain_text("$1,100.00")

        office = opens(DESK)
        sign_up(office, address, links["gus@example.org"], "gus@example.org")
        office.goto(f"{address}/office/our-union/reports?convention={year}")
        office.get_by_role("button", name="Make a draft").click()
        download = office.get_by_role("link", name="Open").first
        expect(download).to_be_visible(timeout=60_000)
        with office.expect_download() as download_info:
            download.click()
        report = PdfReader(download_info.value.path())
        words = " ".join(page.extract_text() for page in report.pages)
        assert "A reading list for locals" in words and "Carried out" in words and "DRAFT" in words
