"""A convention goes public: governance opens it to members by edition, somebody in the hall types
the code, somebody from outside confirms on a phone, the board's secretary records the decisions of
a meeting, the next edition says so, and the auditor reads who did what.
"""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import DESK, PHONE, Opens, one_time_link, serving, tracker
from .test_story import sign_up

pytestmark = pytest.mark.browser
YEAR = date.today().year
WAITS = 60_000  # milliseconds, for the worker
DIRECTED = "The union shall plant a tree at every school."
TITLE = "Shade for playgrounds"
WORDS = "A tree stands at each of the 40 schools."
HEADINGS = ["Item #", "Kind", "Title", "Text", "Status", "Department", "Update", "Updated on"]
BOARD = "Executive Committee"
MINUTES = "https://minutes.example/5"
# The board's secretary is a person of governance: there is no role of that name.
PEOPLE = {
    "gus@example.org": ("Gus Governance", "governance"),
    "sal@example.org": ("Sal Secretary", "governance"),
    "ada@example.org": ("Ada Auditor", "auditor"),
}


def write_list(file: Path) -> None:
    """Three items that are reported done, and one that was referred to the board."""
    day = (date.today() - timedelta(days=3)).isoformat()
    adopted = ["Adopted", "Center for Schools", WORDS, day, "Y"]
    referred = [f"Referred to the {BOARD}", "", "", "", ""]
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow([*HEADINGS, "Complete?"])
        rows.writerow(["8", "New Business Item", TITLE, DIRECTED, *adopted])
        rows.writerow(["9", "New Business Item", "Water for gardens", DIRECTED, *adopted])
        rows.writerow(["10", "New Business Item", "Benches for parks", DIRECTED, *adopted])
        rows.writerow(["11", "New Business Item", "Bells for towers", DIRECTED, *referred])


def publish(office: Page, number: int) -> None:
    """The board's copy, and at once the edition."""
    office.get_by_role("button", name="Make the board’s copy").click()
    office.get_by_label("One line for readers", exact=False).fill(f"The council’s {number}.")
    office.get_by_role("button", name=f"Publish edition {number}").click()
    expect(office.get_by_role("row").filter(has_text=f"Edition {number}").first).to_be_visible()


def ask_from_outside(office: Page, address: str) -> str:
    """The one-time link, as the page shows it once."""
    office.goto(f"{address}/office/our-union/outside")
    office.locator("[name=name]").fill("Runa Fjelstad")
    office.locator("[name=role]").fill("a forester")
    office.locator("[name=organisation]").fill("Lakeshore State University")
    office.get_by_role("checkbox", name=re.compile(TITLE)).check()
    office.get_by_role("button", name="Make the link").click()
    return one_time_link(office.get_by_label("One-time link").input_value())


def record_meeting(secretary: Page, address: str) -> None:
    """One claim is confirmed, one returned, a referral declined; all may open the minutes."""
    secretary.goto(f"{address}/office/our-union/meetings/new")
    secretary.get_by_role("combobox", name="Which body met?").select_option(label=BOARD)
    secretary.get_by_role("button", name="Show what waits").click()
    secretary.get_by_label("It met on").fill(date.today().isoformat())
    secretary.get_by_label("Or a link to them").fill(MINUTES)
    secretary.get_by_label("Everybody may open the minutes").check()
    water = secretary.get_by_role("row").filter(has_text="Water for gardens")
    water.get_by_label("Confirmed").check()
    water.get_by_role("textbox").fill("4.1")
    benches = secretary.get_by_role("row").filter(has_text="Benches for parks")
    benches.get_by_label("Returned").check()
    benches.get_by_role("textbox").fill("Two of them are missing.")
    bells = secretary.get_by_role("row").filter(has_text="Bells for towers")
    bells.get_by_role("combobox").select_option(label="Declined")
    bells.get_by_role("textbox").fill("There is no money for bells.")
    secretary.get_by_role("button", name="Record the decisions").last.click()
    expect(secretary.get_by_role("heading", level=1)).to_have_text(BOARD)


def test_a_convention_goes_public(tmp_path: Path, opens: Opens) -> None:
    instance, listed = tmp_path / "our-union", tmp_path / "list.csv"
    write_list(listed)
    opened = date.today() - timedelta(days=20)
    days = ("--opened", f"{opened}", "--closed-on", f"{opened + timedelta(days=3)}")
    tracker(instance, "init")
    words = ("--body", "our-union", "--convention", f"{YEAR}", "--create-conventions", "--release")
    tracker(instance, "import", "items", str(listed), *words, *days)
    links = {
        email: one_time_link(
            tracker(instance, "user", "create", email, "--name", name, "--role", role)
        )
        for email, (name, role) in PEOPLE.items()
    }
    with serving(instance) as address:
        convention = f"{address}/our-union/{YEAR}/"
        going_public = f"{address}/office/our-union/{YEAR}/going-public"

        office = opens(DESK, javascript=False)
        sign_up(office, address, links["gus@example.org"], "gus@example.org")
        office.goto(going_public)
        office.get_by_label("For members").check()
        office.get_by_label("The newest edition").check()
        office.get_by_role("button", name="Save; it holds at once").click()
        office.get_by_role("button", name="Make a code").click()
        code = office.locator(".once__code").inner_text()

        stranger = opens(PHONE, javascript=False)
        stranger.goto(convention)
        expect(stranger.locator("main")).to_contain_text("For members")
        expect(stranger.locator("body")).not_to_contain_text(TITLE)
        stranger.goto(f"{address}/our-union/errata")
        expect(stranger.locator("body")).not_to_contain_text(TITLE)

        member = opens(PHONE, javascript=False)
        member.goto(convention)
        member.get_by_label("Code of the hall").fill("not the words")
        member.get_by_role("button", name="Open it").click()
        expect(member.get_by_role("alert")).to_contain_text("not the code of today")
        member.get_by_label("Code of the hall").fill(code)
        member.get_by_role("button", name="Open it").click()
        expect(member.locator("main")).to_contain_text("No edition yet")

        office.goto(going_public)
        publish(office, 1)
        member.goto(f"{convention}nbi-8")
        expect(member.locator("main")).to_contain_text("Reported done, not yet checked")

        forester = opens(PHONE, javascript=False)
        forester.goto(address + ask_from_outside(office, address))
        expect(forester.locator("main")).to_contain_text(WORDS)
        forester.get_by_role("radio", name=re.compile(r"^Confirm\.")).check()
        forester.get_by_label("I took no part").check()
        forester.get_by_role("button", name="Send the decision").click()
        expect(forester.get_by_role("heading", level=1)).to_have_text("Thank you")

        secretary = opens(DESK, javascript=False)
        sign_up(secretary, address, links["sal@example.org"], "sal@example.org")
        record_meeting(secretary, address)

        member.reload()
        expect(member.locator("main")).to_contain_text("Reported done, not yet checked")
        office.goto(going_public)
        publish(office, 2)
        member.reload()
        expect(member.locator("main")).to_contain_text("Carried out")
        expect(member.locator("main")).to_contain_text(
            re.compile("from outside, by a forester of Lakeshore State University")
        )
        by_the_board = re.compile(f"by the {BOARD}’s meeting of")
        member.goto(f"{convention}nbi-9")
        expect(member.locator("main")).to_contain_text(by_the_board)
        expect(member.locator(f"main a[href='{MINUTES}']").first).to_be_visible()
        member.goto(f"{convention}nbi-10")
        expect(member.locator("main")).not_to_contain_text("Two of them are missing.")
        member.goto(f"{convention}nbi-11")
        expect(member.locator("main")).to_contain_text("There is no money for bells.")

        auditor = opens(DESK, javascript=False)
        sign_up(auditor, address, links["ada@example.org"], "ada@example.org")
        auditor.goto(f"{address}/office/our-union/history")
        for who in ("Gus Governance", "Sal Secretary"):
            expect(auditor.locator("main")).to_contain_text(who)
        expect(auditor.locator("main")).to_contain_text(re.compile("[Ee]dition"))
