"""The director's first afternoon: her list comes in, then the sheet on which her office keeps what
was done; what waits is released, what is missing filled in, one item told whole; a list goes out
and comes back, and a mistaken one is undone.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories.assembly_lists import (
    HALF_KNOWN,
    HELD,
    LEADS,
    MISTYPED,
    UNCLEAR,
    UNITS,
    published_list,
    working_sheet,
)

from .conftest import DESK, PHONE, Opens, one_time_link, serving, tracker
from .test_every_page import problems_of, scrolls_sideways

pytestmark = pytest.mark.browser
PASSWORD = "seven quiet lamps beneath"
TODAY = date.today()
OPENED = TODAY - timedelta(days=20)
YEAR = OPENED.year
FILLED_IN = 20
RECEIVER = "Committee of Weights"
WAITS = 60_000  # milliseconds, for the worker


def press(page: Page, name: str, form: Locator | None = None) -> None:
    """A button of the page, or of a form; the next page is there when this returns."""
    button = (form or page).get_by_role("button", name=name, exact=True).first
    with page.expect_navigation():
        button.click()


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    """The page has this heading, once the worker has done its part."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words, timeout=WAITS)


class Afternoon:
    """The director at her desk, and what was wrong with the pages that she saw."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.wrong: list[str] = []

    def look(self, where: str) -> None:
        """One page of its kind, on a phone; at a desk, whether it scrolls sideways."""
        self.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        self.wrong += problems_of(self.page, f"{where} at {PHONE['width']}")
        self.page.set_viewport_size(DESK)  # type: ignore[arg-type]
        self.wrong += scrolls_sideways(self.page, f"{where} at {DESK['width']}")

    def sign_in(self, link: str) -> None:
        page = self.page
        page.goto(self.address + link)
        page.get_by_label("Your name").fill("Dora Quill")
        page.get_by_label("E-mail address").fill("dora@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_label("Name of the organisation").fill("Our union")
        page.get_by_label("Time zone").select_option("UTC")
        press(page, "Begin")
        page.get_by_role("link", name="See the pages").click()
        page.get_by_label("Everybody").check()
        press(page, "Save who may read")
        press(page, "Sign out")
        page.goto(f"{self.address}/sign-in")
        page.get_by_label("E-mail address").fill("dora@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        press(page, "Sign in")

    def to_imports(self) -> None:
        self.page.goto(f"{self.address}/office")
        self.page.get_by_role("link", name="Imports", exact=True).click()

    def upload(self, file: Path) -> None:
        self.to_imports()
        self.page.get_by_label("The list").set_input_files(file)
        press(self.page, "Look at it")
        heading(self.page, "Nothing is written yet")

    def figure(self, name: str) -> str:
        """Of the totals at the top of a preview."""
        term = self.page.get_by_role("term").filter(has_text=name)
        return term.locator("xpath=following-sibling::dd").first.inner_text().strip()

    def chosen(self, label: str) -> str:
        """What a list of choices says."""
        return self.page.get_by_label(label).locator("option:checked").inner_text().strip()

    # --- what she does ---

    def bring_the_list(self, file: Path) -> None:
        """A column, a cell, an unclear status and a row are put right before anything is
        written.
        """
        page = self.page
        self.upload(file)
        assert [self.figure(name) for name in ("new", "rejected")] == ["158", "1"]
        self.look("preview of a list")
        with page.expect_download() as download:
            page.get_by_role("link", name="Rejected rows").click()
        assert f"Number {MISTYPED} stands in row 13 too" in download.value.path().read_text()
        page.get_by_label("number of row 22").fill("21")
        assert self.chosen("Column page_address is").startswith("Kept as published")
        page.get_by_label("Column page_address is").select_option("Left out")
        page.get_by_label(UNCLEAR).select_option("Referred")
        page.get_by_label("Take row 4", exact=True).uncheck()
        first_day = page.get_by_label("First day of the convention")
        self.unfold("More: order of days, kind, dates of the convention, follow-through", first_day)
        first_day.fill(OPENED.isoformat())
        page.get_by_label("Last day of the convention").fill(str(OPENED + timedelta(days=3)))
        press(page, "Read the file again")
        heading(page, "Nothing is written yet")
        assert [self.figure(name) for name in ("new", "left out")] == ["158", "1"]
        assert self.chosen("Column page_address is") == "Left out"
        expect(page.get_by_label(UNCLEAR)).to_have_count(0)
        assert self.figure("rejected") == "0"
        press(page, "Import them")
        heading(page, "It is imported")
        self.look("an import that is done")

    def bring_it_again(self, file: Path) -> None:
        """All that is on record is the same: what was said of columns and words is kept."""
        self.upload(file)
        assert self.chosen("Column page_address is") == "Left out"
        expect(self.page.get_by_label(UNCLEAR)).to_have_count(0)
        assert [self.figure(name) for name in ("new", "changed", "the same")] == ["1", "0", "157"]
        press(self.page, "Import them")
        heading(self.page, "It is imported")

    def bring_the_sheet(self, file: Path) -> None:
        """What was done waits for release, and says so before and after."""
        page = self.page
        self.upload(file)
        page.get_by_label("Column Who has it is").select_option("Unit that has the lead")
        page.get_by_label("Column Contact is").select_option("Person in it")
        page.get_by_label("Column On is").select_option("Date of the update")
        page.get_by_label(HALF_KNOWN).select_option("progress")
        press(page, "Read the file again")
        heading(page, "Nothing is written yet")
        assert self.figure("changed") == str(HELD)
        main = page.get_by_role("main")
        expect(main).to_contain_text(f"Waits for release: {HELD} entries, {HELD} claims")
        expect(main).to_contain_text(f"New units: {'; '.join(UNITS)}")
        press(page, "Import them")
        heading(page, "It is imported")
        self.upload(file)
        assert self.chosen("Column On is") == "Date of the update"
        assert self.figure("the same") == str(HELD)

    def release(self) -> None:
        """Two that she ticked, then all that the page shows."""
        page = self.page
        page.goto(f"{self.address}/my-work")
        page.get_by_role("link", name="Read them all").click()
        heading(page, f"{HELD} entries wait for you")
        self.look("release")
        for number in (1, 2):
            group = page.get_by_role("group", name=re.compile(f"New business item {number}$"))
            group.get_by_label("Release it").check()
        press(page, "Record the decisions")
        heading(page, f"{HELD - 2} entries wait for you")
        press(page, "Release all of these")
        page.get_by_role("alert").get_by_role("button").click()
        expect(page.get_by_role("status")).to_contain_text(f"{HELD - 2} entries are released")

    def fill_in(self) -> None:
        """Twenty items; one error, and all that was typed is there still."""
        page = self.page
        page.goto(f"{self.address}/office")
        with page.expect_navigation():  # whole, since its rows are counted
            page.get_by_role("link", name="Fill in its items").click()
        heading(page, "Fill in many items at once")
        self.look("fill-in")
        due = (TODAY + timedelta(days=300)).isoformat()
        rows = page.get_by_role("row").filter(has=page.get_by_label(", due")).all()[:FILLED_IN]
        for row in rows:
            if row.get_by_label(", due").input_value():
                row.get_by_label(", on").fill(OPENED.isoformat())
            else:
                row.get_by_label(", person").select_option(LEADS[0])  # brings the unit
                row.get_by_label(", due").fill(due)
        wrong = page.get_by_label("New business item 3, on")  # of a row without an action
        wrong.fill(due)
        page.get_by_label("New business item 3, floor action").select_option("Adopted")
        press(page, "Save all rows")
        expect(page.get_by_role("alert")).to_contain_text("nothing is saved yet")
        wrong.fill(OPENED.isoformat())
        for row in rows:
            expect(row.get_by_label(", due")).not_to_have_value("")
        press(page, "Save all rows")
        expect(page.get_by_role("status").first).to_contain_text(f"{FILLED_IN} items are filled in")

    def tell_one(self, number: str) -> None:
        """An item that was referred: to whom, what they decided, who has it, what changed."""
        page = self.page
        page.goto(f"{self.address}/office/our-union/{YEAR}/fill-in?show=all&q={number}")
        page.get_by_role("row").filter(has_text="New business item").get_by_role("link").click()
        expect(page.get_by_role("heading", name="Floor actions")).to_be_visible()
        self.look("item, for the office")
        form = self.form("Add a floor action")
        form.get_by_label("Action").select_option("Referred")
        form.get_by_label("On", exact=True).fill(OPENED.isoformat())
        self.unfold("Referred to whom, and for what", form.get_by_label("Unit", exact=True))
        form.get_by_label("Unit", exact=True).select_option(RECEIVER)
        press(page, "Record it", form)
        form = self.form("Decision of the receiving unit")
        form.get_by_label(re.compile("^Accepted(?! in part)")).check()
        form.get_by_label("On", exact=True).fill(TODAY.isoformat())
        form.get_by_label(re.compile("^Reason")).fill("It fits what we weigh anyway.")
        press(page, "Show what would follow", form)
        expect(form.get_by_role("status")).to_contain_text("What would follow")
        press(page, "Record the decision", form)
        form = self.form("Give somebody a part in it")
        form.get_by_label("Unit", exact=True).select_option(UNITS[1])
        form.get_by_label("Person in it").select_option(LEADS[1])
        press(page, "Assign", form)
        form = self.form("Add an outcome")
        form.get_by_label("What it says").select_option("A change followed")
        form.get_by_label("Observed on").fill(TODAY.isoformat())
        form.get_by_label("What changed").fill("Ten hand bells ring again.")
        form.get_by_label("What ties it").fill("The count before and after.")
        form.get_by_label("Link to the evidence").fill("https://example.org/bells")
        press(page, "Record it", form)
        expect(page.get_by_role("status").first).to_contain_text("The outcome is on record")
        page.get_by_role("link", name="What members read").click()
        main = page.get_by_role("main")
        expect(main).to_contain_text("It fits what we weigh anyway.")
        expect(main).to_contain_text(UNITS[1])
        self.look("item, for members")

    def take_a_list_out(self, folder: Path) -> None:
        """As a workbook, which comes back as the same."""
        page = self.page
        page.goto(f"{self.address}/office")
        page.get_by_role("link", name="Take its list out").click()
        heading(page, "Take a list out")
        self.look("list out")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download").click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        self.upload(file)
        assert [self.figure(name) for name in ("new", "changed", "rejected")] == ["0", "0", "0"]
        assert self.figure("the same") == "159"
        expect(page.get_by_role("button", name="Import them")).to_have_count(0)

    def undo(self, first: Path, mistaken: Path) -> None:
        """Of the first list, nothing can be undone by now; a mistaken one leaves no trace."""
        page = self.page
        self.to_imports()
        page.get_by_role("link", name=first.name).last.click()
        expect(page.get_by_role("heading", name="Built on it")).to_be_visible()
        expect(page.get_by_role("button", name="Undo this import")).to_have_count(0)
        self.look("an import on which something was built")
        self.upload(mistaken)
        press(page, "Import them")
        heading(page, "It is imported")
        item = f"{self.address}/our-union/{YEAR - 1}/nbi-1"
        assert page.request.get(item).status == HTTPStatus.OK
        self.to_imports()
        page.get_by_role("link", name=mistaken.name).click()
        page.get_by_label("Undo the import of").check()
        press(page, "Undo this import")
        expect(page.get_by_role("main")).to_contain_text("This import is undone.")
        assert page.request.get(item).status == HTTPStatus.NOT_FOUND

    def form(self, title: str) -> Locator:
        """Of one fact."""
        form = self.page.get_by_role("form", name=title)
        self.unfold(title, form)
        return form

    def unfold(self, summary: str, content: Locator) -> None:
        if not content.is_visible():
            self.page.get_by_text(summary, exact=True).first.click()


def test_the_first_afternoon_of_a_director(tmp_path: Path, opens: Opens) -> None:
    instance, listed = tmp_path / "our-office", published_list(YEAR)
    a_list, a_sheet = tmp_path / "list.csv", tmp_path / "working sheet.xlsx"
    mistaken = tmp_path / "last year.csv"
    a_list.write_text(listed.as_csv())
    mistaken.write_text(published_list(YEAR - 1, rows=3).as_csv())
    a_sheet.write_bytes(working_sheet(listed, TODAY))
    tracker(instance, "init")
    link = one_time_link(tracker(instance, "setup-link"))
    with serving(instance) as address:
        director = Afternoon(opens(DESK), address)
        director.sign_in(link)
        director.bring_the_list(a_list)
        director.bring_it_again(a_list)
        director.bring_the_sheet(a_sheet)
        director.release()
        director.fill_in()
        director.tell_one("7")
        director.take_a_list_out(tmp_path)
        director.undo(a_list, mistaken)
    assert not director.wrong, "\n".join(director.wrong)
