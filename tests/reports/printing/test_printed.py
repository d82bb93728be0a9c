"""The printed report, read back: what it says, how it is tagged, which fonts it carries."""

from __future__ import annotations

import re
import subprocess
from datetime import date

import pytest

from tests.factories import recorded_union
from tests.reports.conftest import Place, Printed, plain
from tracker.formatting import convention_headline, convention_rates, definitions
from tracker.reading import convention
from tracker.reading.convention import Filters
from tracker.record.as_of import AsOf
from tracker.reports.collecting import collect
from tracker.reports.models import ReportKind

pytestmark = pytest.mark.slow

NEVER = re.compile(r"\b(None|nan|NaN|null|undefined)\b")


@pytest.mark.parametrize("name", ["short", "full"])
def test_it_can_be_read_by_everybody(name: str, request: pytest.FixtureRequest) -> None:
    printed: Printed = request.getfixturevalue(name)
    root = printed.reader.trailer["/Root"]
    assert (
        root["/MarkInfo"]["/Marked"]
        and "/StructTreeRoot" in root
        and root["/Lang"] == "en"
        and root["/ViewerPreferences"]["/DisplayDocTitle"]
    )
    assert (
        "pdfuaid:part"
        in printed.reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    )
    assert (
        printed.reader.metadata
        and plain(printed.reader.metadata.title or "")
        == "What became of the items: Lakeside 2024, as of 31 March 2025"
    )
    fonts = subprocess.run(
        ["pdffonts", printed.file], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert fonts and all(line.split()[-5] == "yes" for line in fonts), fonts
    assert all(re.search(r"\+(Public-Sans|Newsreader|Noto-)", line) for line in fonts), fonts
    assert "What became of the items" in printed.titles and "About this record" in printed.titles
    assert (
        not NEVER.search(printed.raw)
        and printed.made.boxes.characters == ""
        and printed.made.pages == len(printed.reader.pages)
    )
    for number, words in enumerate(printed.pages, 1):
        assert "DRAFT" in words and f"{number} of {printed.made.pages}" in words
    assert printed.reader.pages[0].mediabox.width == 612  # letter paper, as the body is in Chicago


def test_the_cover_accounts_for_every_item(place: Place, short: Printed) -> None:
    page = short.report.page
    with place.app.app_context():
        headline = " ".join([convention_headline.answer(page), *convention_headline.besides(page)])
    not_due = "Besides, 2 ask for no follow-through and of 1 the floor’s decision is not known."
    assert f"{plain(headline)} {not_due}" in short.page(0)
    counts = page.counts
    assert (
        counts.items
        == counts.adopted
        + counts.referred
        + counts.not_decided
        + counts.not_known
        + counts.not_tracked
        + counts.not_due
        == 10
    )
    assert sum(segment.count for segment in page.chart) == counts.adopted


def test_its_numbers_are_those_of_the_page(place: Place, short: Printed) -> None:
    with place.app.app_context():
        from tracker.extensions import db

        own = short.report.page.convention
        page = convention.page(
            db.session(), own.body.id, own.id, AsOf(recorded_union.TODAY), Filters(size=0)
        )
        assert (
            page is not None
            and page.figures == short.report.page.figures
            and page.chart == short.report.page.chart
        )
        assert page.rows == short.report.page.rows and page.money == short.report.page.money
        summary = next(
            short.page(n)
            for n in range(short.made.pages)
            if "What became of the adopted items" in short.page(n)
        )
        for figure in page.figures:
            if figure.of != "accepted":
                assert convention_rates.figure_name(figure) in summary
                value = convention_rates.figure_value(figure)
                count = convention_rates.figure_count(figure)
                line = f"{value}{count}{definitions.rate(figure.name)[:20]}"
                assert line.replace(" ", "") in summary.replace(" ", "")
    assert (
        "Set against: Contingency fund, $60,000.00." in short.text
        and "$16,700.00 27.8%" in short.text
        and "$15,842.10 26.4%" in short.text
    )


def test_one_row_an_item(short: Printed) -> None:
    for words in (
        "1 Guide to pension options for support staff Pension Committee",
        "spent $8,742",
        "No word since 14 Jun 2024",
        "290 days without a word",
        "A change followed: Calls to the pension line fell from 214 to 96 a quarter",
        "Referred to Board",
        "Considered, and declined",
        "Said in an entry of 14 September 2024",
        "money not accounted for",
        "The floor’s decision is not known",
        "Standing rule amendments",
        "4 Register of retired interpreters nobody on record 14 Jun 2024 290",
        "Beyond the limit; no explanation is on record.",
    ):
        assert words in short.text, words
    assert all(row.title[:40] in short.text for row in short.report.page.rows)


def test_the_full_form_has_each_text_and_each_record(full: Printed, short: Printed) -> None:
    assert short.made.pages < full.made.pages
    for item in full.report.items:
        assert item.text and item.text.words
        for part in item.text.words.split("\n\n"):
            assert plain(part) in full.text, item.code
        assert any(item.title[:40] in title for title in full.titles), item.code
    for words in (
        "Clause 1 sent back once for better evidence.",
        "98 days without a word; the rule is 90.",
        "checksum 51ac 09e4 … 09e4",
        "Withheld on 9 February 2025 by the governance office: personal data.",
        "“the budget does not bear it”",
        "Additional cost $9,000.",
        "Moved by Ohio council. Adopted on 14 June 2024.",
        "What ties it to the item: the count before and after.",
        "<b>retired</b> interpreters & signers",
        "The text is printed. <script>alert(1)</script>",
    ):
        assert words in full.text, words
    assert "חבר הסניף" in full.raw
    for withheld in ("Twelve mentors", "the last page is missing", "Person 1", "**"):
        assert withheld not in full.text, withheld


def test_the_contents_lead_to_the_pages(full: Printed, short: Printed) -> None:
    assert short.made.pages <= 8 and "Contents" not in short.titles
    contents = full.page(1)
    assert full.made.pages > 8 and contents.split().count("Contents") == 2
    assert f"About this record {full.made.pages}" in contents
    for item in full.report.items:
        line = re.search(re.escape(f"{item.number}. {item.title[:30]}") + r".*? (\d+) ", contents)
        assert line and item.title[:30] in full.page(int(line[1]) - 1), item.code


def test_the_last_page_says_of_what_it_was_made(short: Printed) -> None:
    last = short.page(-1)
    assert (
        "31 March 2025, as known on that day" in last
        and "New business item 9, on 9 February 2025" in last
        and "1 June 2024" in last
    )
    assert (
        f"Event {short.report.head.event}" in last
        and short.report.head.in_groups in last
        and len(short.report.head.hash) == 64
    )


def test_as_of_a_day_that_is_past(place: Place) -> None:
    then = place.print(place.running, ReportKind.SHORT, "then", as_of=date(2024, 10, 11))
    assert "as of 11 October 2024" in then.page(0) and "Made on 31 March 2025" in then.page(-1)
    assert "none is on record as carried out" in then.page(
        0
    ) and "1 is reported done and not yet checked" in then.page(0)
    assert "$7,100" not in then.text and then.report.head == collect_head(place)
    with place.app.app_context(), pytest.raises(collect.NotOnRecord):
        place.print(place.running, ReportKind.SHORT, "before", as_of=date(2024, 5, 1))


def collect_head(place: Place) -> object:
    return place.print(
        place.running, ReportKind.ITEM, "head", item_id=place.items["nbi-3"]
    ).report.head


def test_one_item_alone(place: Place) -> None:
    one = place.print(place.running, ReportKind.ITEM, "one", item_id=place.items["nbi-1"])
    assert (
        one.made.pages <= 2
        and "Guide to pension options for support staff" in one.page(0)
        and "Carried out." in one.page(0)
    )
    assert (
        "A choir" not in one.text
        and one.report.head.in_groups in one.text
        and one.titles == ["Guide to pension options for support staff"]
    )
    with pytest.raises(collect.NotOnRecord):
        place.print(place.running, ReportKind.ITEM, "none", item_id=0)


def test_an_old_list_is_shown_as_what_it_is(place: Place) -> None:
    old = place.print(place.old, ReportKind.FULL, "old")
    assert (
        "What was done about them is not kept in this record" in old.page(0)
        and "No rates" in old.text
        and "Items without a word" not in old.titles
    )
    assert "Not kept: what the floor decided is here" in old.page(-1)
    assert not re.search(r"\d%", old.text.replace("10.0%", "")) and not re.search(
        r"failed|neglected|overdue|ignored", old.text
    )
    assert not NEVER.search(old.raw) and all(
        words in old.text for words in ("print a calendar", "buy a boat", "ask why")
    )
