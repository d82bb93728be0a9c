"""What everyday tasks take in a browser: clicks on links and buttons, fields that are filled in,
chosen or ticked, and pages that are loaded.

    python -m benchmarks.tasks [--json]

On an office of its own with the list and the working sheet of tests/factories/assembly_lists.py. A
task has the page of `Counting` alone to work with, so that nothing is done that is not counted;
what is done before it (signing in, the first sheet of its shape) is done on the bare page.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import DESK, chromium, one_time_link, serving, tracker
from tests.factories.assembly_lists import LEADS, UNITS, published_list, working_sheet

TODAY = date.today()
OPENED = TODAY - timedelta(days=20)
YEAR = OPENED.year
PASSWORD = "nine slow ferries at noon"
COLUMNS = {
    "Who has it": "Unit that has the lead",
    "Contact": "Person in it",
    "On": "Date of the update",
}
TITLE = "Tasks in a browser: clicks on links and buttons; fields filled in, chosen or ticked; pages"
WAITS = 120_000  # milliseconds, for the worker


@dataclass(frozen=True, kw_only=True)
class TaskFigure:
    task: str
    starts_at: str
    clicks: int
    fields: int
    pages: int
    target: int  # of the clicks


class Counting:
    """A page of somebody who is signed in, on which each click, field and load is counted."""

    def __init__(self, page: Page, address: str) -> None:
        self._page, self._address = page, address
        self._clicks = self._fields = self._loads = 0
        page.on("domcontentloaded", self._loaded)

    def _loaded(self, _page: Page) -> None:
        self._loads += 1

    def start_at(self, path: str) -> None:
        """The page that somebody has open already; counting begins."""
        self._page.goto(self._address + path)
        self._path = path
        self._clicks = self._fields = self._loads = 0

    def click(self, target: Locator) -> None:
        """A link or a button, which loads a page."""
        self._clicks += 1
        with self._page.expect_navigation():
            target.first.click()

    def fill(self, field: Locator, value: str) -> None:
        self._fields += 1
        field.fill(value)

    def choose(self, field: Locator, label: str) -> None:
        self._fields += 1
        field.select_option(label=label)

    def tick(self, field: Locator) -> None:
        self._fields += 1
        field.check()

    def choose_file(self, field: Locator, file: Path) -> None:
        self._fields += 1
        field.set_input_files(file)

    def wait_for(self, heading: str) -> None:
        """Nothing is done meanwhile; what a page that waits loads by itself does not count."""
        loads = self._loads
        expect(self.heading).to_have_text(heading, timeout=WAITS)
        self._loads = loads

    # --- only to look at ---

    @property
    def heading(self) -> Locator:
        return self._page.get_by_role("heading", level=1)

    def link(self, name: str | re.Pattern[str]) -> Locator:
        return self._page.get_by_role("link", name=name)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self._page.get_by_role("button", name=name)

    def textbox(self, name: str) -> Locator:
        return self._page.get_by_role("textbox", name=name)

    def table(self, caption: str) -> Locator:
        return self._page.get_by_role("table", name=caption)

    def rows_with(self, label: str) -> Locator:
        """The rows of tables that have a field with this label."""
        field = self._page.get_by_label(label)
        return self._page.get_by_role("row").filter(has=field)

    def labelled(self, label: str | re.Pattern[str]) -> Locator:
        return self._page.get_by_label(label)

    def status(self, words: str) -> None:
        """The page says that it was done."""
        expect(self._page.get_by_role("status").first).to_contain_text(words)

    def figure(self, task: str, target: int) -> TaskFigure:
        return TaskFigure(
            task=task,
            starts_at=self._path,
            clicks=self._clicks,
            fields=self._fields,
            pages=self._loads,
            target=target,
        )


# --- the tasks --------------------------------------------------------------------------------


def import_known_shape(director: Counting, sheet: Path) -> TaskFigure:
    director.start_at("/office")
    director.click(director.link("Imports"))
    director.choose_file(director.labelled("The list"), sheet)
    director.click(director.button("Look at it"))
    director.wait_for("Nothing is written yet")
    director.click(director.button("Import them"))
    director.wait_for("It is imported")
    return director.figure("import of a known shape", 4)


def release_twenty(director: Counting) -> TaskFigure:
    director.start_at("/my-work")
    director.click(director.link("Release them all"))
    director.click(director.button(re.compile("^Yes")))
    director.status("20 entries are released")
    return director.figure("release of 20", 2)


def fill_in_twenty(director: Counting) -> TaskFigure:
    """In twenty rows a cell that is empty: until when, else on which day the floor acted."""
    director.start_at("/office")
    director.click(director.link(re.compile("^Fill in")))
    for row in director.rows_with(", due").all()[:20]:
        due = row.get_by_label(", due")
        if due.input_value():
            director.fill(row.get_by_label(", on"), OPENED.isoformat())
        else:
            director.fill(due, (TODAY + timedelta(days=300)).isoformat())
    director.click(director.button("Save all rows"))
    director.status("20 items are filled in")
    return director.figure("fill in of 20", 2)


def new_lead_for_ten(director: Counting) -> TaskFigure:
    """Beside the ticks; the person brings the unit."""
    director.start_at("/office")
    director.click(director.link(re.compile("^Fill in")))
    for row in director.rows_with(", due").all()[:10]:
        director.tick(row.get_by_role("checkbox"))
    director.choose(director.labelled(re.compile("^Person$")), LEADS[1])
    director.click(director.button("Save all rows"))
    director.status("items are filled in")
    return director.figure("a new lead for 10 items", 4)


def to_the_log_form(lead: Counting) -> TaskFigure:
    """Of an item that she leads, whether or not something waits to be done about it."""
    lead.start_at("/my-work")
    lead.click(lead.table("Items of ").get_by_role("link").last)
    lead.click(lead.link("Log progress"))
    expect(lead.button("Submit entry")).to_be_visible()
    return lead.figure("log progress: to the form", 3)


def decisions_of_a_meeting(director: Counting) -> TaskFigure:
    """Of up to twenty claims that wait; the clicks beside the rows."""
    director.start_at("/office")
    director.click(director.link("Meetings"))
    director.fill(director.textbox("Which body met?"), "audit committee")
    director.fill(director.labelled("It met on"), TODAY.isoformat())
    director.fill(director.labelled("Or where they are, in words"), "Binder 4, page 12.")
    rows = director.table("Claims of done").get_by_role("row").all()[1:21]
    for row in rows:
        director.tick(row.get_by_label("Confirmed"))
    director.click(director.button("Record the decisions"))
    director.status("decisions are on record")
    return director.figure(f"a meeting decides {len(rows)}", 3)


def an_edition(director: Counting) -> TaskFigure:
    director.start_at("/office")
    director.click(director.link(re.compile("^Going public")))
    director.click(director.button("Make the board’s copy"))
    director.click(director.button("Publish edition 1"))
    director.status("Edition 1")
    return director.figure("an edition is published", 4)


# --- the office in which they are done --------------------------------------------------------


def signed_in(browser: Browser, instance: Path, address: str, *who: str) -> Page:
    """The page of somebody new: e-mail address, name, role, and a unit."""
    email, name, role, *unit = who
    words = ("--name", name, "--role", role, *(("--unit", *unit) if unit else ()))
    link = one_time_link(tracker(instance, "user", "create", email, *words))
    page = browser.new_context(viewport=DESK).new_page()  # type: ignore[arg-type]
    page.goto(address + link)
    page.get_by_label("password").first.fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.wait_for_load_state()
    if page.get_by_role("button", name="Sign in", exact=True).count():
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
    return page


def bring_first_sheet(page: Page, address: str, sheet: Path) -> None:
    """It says how sheets of its shape are to be understood; what it brings is released."""
    heading = page.get_by_role("heading", level=1)
    page.goto(f"{address}/office/our-union/imports")
    page.get_by_label("The list").set_input_files(sheet)
    page.get_by_role("button", name="Look at it").click()
    expect(heading).to_have_text("Nothing is written yet", timeout=WAITS)
    for column, field in COLUMNS.items():
        page.get_by_label(f"Column {column} is").select_option(field)
    page.get_by_role("button", name="Read the file again").first.click()
    expect(heading).to_have_text("Nothing is written yet", timeout=WAITS)
    page.get_by_label("The list is public already").check()
    page.get_by_role("button", name="Import them").click()
    expect(heading).to_have_text("It is imported", timeout=WAITS)


def measure(browser: Browser) -> list[TaskFigure]:
    with tempfile.TemporaryDirectory() as folder:
        instance, listed = Path(folder) / "office", published_list(YEAR)
        a_list, *sheets = (Path(folder) / name for name in ("list.csv", "june.xlsx", "july.xlsx"))
        a_list.write_text(listed.as_csv())
        for month, sheet in enumerate(sheets, 1):
            sheet.write_bytes(working_sheet(listed, TODAY, month))
        tracker(instance, "init")
        days = ("--opened", OPENED.isoformat(), "--closed-on", str(OPENED + timedelta(days=3)))
        where = ("--body", "our-union", "--create-conventions", "--accept-rejects")
        tracker(instance, "import", "items", str(a_list), *where, *days)
        with serving(instance) as address:
            page = signed_in(
                browser, instance, address, "dora@example.org", "Dora Quill", "governance"
            )
            bring_first_sheet(page, address, sheets[0])
            director = Counting(page, address)
            of_lead = signed_in(
                browser, instance, address, "orla@example.org", LEADS[0], "staff", UNITS[0]
            )
            return [
                to_the_log_form(Counting(of_lead, address)),
                import_known_shape(director, sheets[1]),
                release_twenty(director),
                fill_in_twenty(director),
                new_lead_for_ten(director),
                decisions_of_a_meeting(director),
                an_edition(director),
            ]


def show(figures: Sequence[TaskFigure], as_json: bool) -> None:
    if as_json:
        print(json.dumps({"title": TITLE, "figures": [asdict(figure) for figure in figures]}))
        return
    print(TITLE)
    for figure in figures:
        missed = "" if figure.clicks <= figure.target else ", missed"
        print(
            f"  {figure.task:26}{figure.clicks:3} clicks (target {figure.target}{missed})"
            f"{figure.fields:4} fields{figure.pages:4} pages, from {figure.starts_at}"
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    with chromium() as browser:
        show(measure(browser), given.json)


if __name__ == "__main__":
    main()
