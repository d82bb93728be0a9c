"""A report goes out: the auditor makes its draft, a second person signs it off, governance issues
it, a delegate on a phone finds it, downloads it and checks it; something in it is withheld, and the
report without it takes its place.
"""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tracker.acts import bodies
from tracker.cli import opened

from .conftest import DESK, PHONE, Opens, one_time_link, serving, tracker
from .test_story import sign_up

pytestmark = pytest.mark.browser
YEAR = date.today().year
WAITS = 60_000  # milliseconds, for the worker
WORDS = "A tree stands at each of the 40 schools."
HEADINGS = ["Item #", "Kind", "Title", "Text", "Status", "Department", "Update", "Updated on"]
PEOPLE = {
    "gus@example.org": ("Gus Governance", "governance"),
    "sal@example.org": ("Sal Secretary", "governance"),
    "ada@example.org": ("Ada Auditor", "auditor"),
}


def write_list(file: Path) -> None:
    day = (date.today() - timedelta(days=3)).isoformat()
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEADINGS)
        item = ["8", "New Business Item", "Shade for playgrounds", "Plant a tree at every school."]
        rows.writerow([*item, "Adopted", "Center for Schools", WORDS, day])


def found_union(instance: Path, listed: Path) -> dict[str, str]:
    """The one-time links of its people, by their address. It asks for a second person."""
    write_list(listed)
    since = date.today() - timedelta(days=20)
    days = ("--opened", f"{since}", "--closed-on", f"{since + timedelta(days=3)}")
    tracker(instance, "init")
    words = ("--body", "our-union", "--convention", f"{YEAR}", "--create-conventions", "--release")
    tracker(instance, "import", "items", str(listed), *words, *days)
    with opened.instance(instance):
        context = opened.context_for(opened.body_of("our-union"))
        bodies.set_setting(context, "sign_off", "yes")
        opened.session().commit()
    return {
        email: one_time_link(
            tracker(instance, "user", "create", email, "--name", name, "--role", role)
        )
        for email, (name, role) in PEOPLE.items()
    }


def wait_for(page: Page, words: str | re.Pattern[str]) -> None:
    """The worker makes it; the page says so once it is loaded anew."""
    for _time in range(60):
        if re.search(words, page.locator("main").inner_text()):
            return
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.locator("main")).to_contain_text(words)


def make_draft(auditor: Page, address: str) -> None:
    auditor.goto(f"{address}/office/our-union/reports")
    auditor.locator("input[name=report][value=full]").check()
    auditor.get_by_role("button", name="Make a draft").click()
    wait_for(auditor, "Drafts")


def open_draft(office: Page, address: str) -> None:
    office.goto(f"{address}/office/our-union/reports")
    wait_for(office, "Issue\\b")
    office.get_by_role("link", name=re.compile("^Issue")).first.click()


def withhold(office: Page, address: str) -> str:
    """The number of the report that is issued anew."""
    office.goto(f"{address}/office/our-union/{YEAR}/items/nbi-8/withholding")
    office.get_by_label("Why, in your words").fill("Counsel asked for it.")
    office.locator("button[name=look]").click()
    expect(office.locator("main")).to_contain_text("Issued reports that show it")
    office.get_by_role("button", name="Withhold it now").click()
    shown = re.search(r"as (OUR-UNION-\S+\d)", office.locator("body").inner_text())
    assert shown
    return shown[1]


def test_a_report_goes_out_and_something_in_it_is_withheld(tmp_path: Path, opens: Opens) -> None:
    instance = tmp_path / "our-union"
    links = found_union(instance, tmp_path / "list.csv")
    with serving(instance) as address:
        auditor = opens(DESK, javascript=False)
        sign_up(auditor, address, links["ada@example.org"], "ada@example.org")
        make_draft(auditor, address)

        secretary = opens(DESK, javascript=False)
        sign_up(secretary, address, links["sal@example.org"], "sal@example.org")
        open_draft(secretary, address)
        secretary.get_by_role("button", name="Sign it off").click()

        office = opens(DESK, javascript=False)
        sign_up(office, address, links["gus@example.org"], "gus@example.org")
        open_draft(office, address)
        number = f"OUR-UNION-{YEAR}-1"
        office.get_by_role("button", name=f"Issue {number}").click()

        delegate = opens(PHONE, javascript=False)
        delegate.goto(f"{address}/our-union/reports/")
        wait_for(delegate, number)
        wait_for(delegate, "PDF")
        delegate.locator(f"a[href$='/reports/{number}/']").first.click()
        expect(delegate.locator("body")).to_contain_text(WORDS)
        delegate.goto(f"{address}/our-union/reports/")
        with delegate.expect_download() as downloaded:
            delegate.locator(f"a[href$='{number}.json']").click()
        delegate.goto(f"{address}/verify")
        file = tmp_path / f"{number}.json"
        downloaded.value.save_as(file)
        delegate.locator("input[type=file]").set_input_files(file)
        delegate.get_by_role("button", name="Check this file").click()
        expect(delegate.get_by_role("status")).to_contain_text(f"Genuine. It is {number}")

        anew = withhold(office, address)
        delegate.goto(f"{address}/our-union/reports/")
        expect(delegate.locator(f"[id='{number}']")).to_contain_text(re.compile("withheld", re.I))
        wait_for(delegate, f"{anew}[^.]*PDF")
        delegate.goto(f"{address}/our-union/reports/{anew}/")
        expect(delegate.locator("body")).not_to_contain_text(WORDS)
        delegate.goto(f"{address}/our-union/reports/{number}/")
        expect(delegate.locator("body")).not_to_contain_text(WORDS)
        expect(delegate.locator("main")).to_contain_text(re.compile("withheld", re.I))
