"""Pages that a publisher would pass: the demonstration's full form, and the options of printing.

The checker is tried on small pages, each with one thing wrong.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import weasyprint
from PIL import Image
from weasyprint.text.fonts import FontConfiguration

from tests.reports.conftest import Place, Printed
from tracker.reports.models import Paper, PrintOptions
from tracker.reports.printing import grey, paper, plain_pages, render, styles
from tracker.reports.printing.fetchers import BASE
from tracker.reports.printing.fetching import PackagedOnly

from .page_quality import pages, problems

pytestmark = pytest.mark.slow

MARGINS = paper.Margins(title="What became", mark="DRAFT", as_of="As of today", foot="Union")
LINES = "<p>A line of the report.</p>" * 10
HALF = "<p>A line of the report.</p>" * 28
TABLE = (
    "<table><thead><tr><th>Date<th>What is on record</thead><tbody>"
    + "<tr><td>8 May<td>Submitted." * 8
    + "</table>"
)
MONEY = TABLE.replace("Date", "Amount").replace("What is on record", "As published, or decided by")


def section(name: str, text: str, style: str = "", running: str | None = None) -> str:
    place = f'<section class="section" style="{style}" data-place="{running or name}">'
    return f"{place}<h1>{name}</h1>{text}</section>"


COVER = '<section class="cover"><h1>What became of it</h1></section>'
SOUND = COVER + section("Summary", LINES) + section("Items", HALF + TABLE)


def made(folder: Path, text: str, rules: str = "") -> Path:
    """A file with the sheets of the report; `rules` put something wrong."""
    plain_pages.use_packaged_fonts_only()
    fonts, fetcher = FontConfiguration(), PackagedOnly()
    sheets = [styles._packaged("report.css", False), paper.sheet("Letter", MARGINS), rules]
    file = folder / "pages.pdf"
    weasyprint.HTML(string=f"<html lang=en><title>Small</title>{text}").write_pdf(
        file,
        stylesheets=[
            weasyprint.CSS(string=sheet, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
            for sheet in sheets
        ],
        font_config=fonts,
    )
    return file


def test_sound_pages_have_no_problem(place: Place, tmp_path: Path) -> None:
    with place.app.app_context():
        assert problems(made(tmp_path, SOUND)) == []


NEW_PAGE = "break-before: page"
WRONG = {
    "alone at the foot: Items": (
        COVER + section("Summary", HALF + LINES + LINES[:100]) + section("Items", LINES),
        "h1 { break-after: page }",
    ),
    "2 lines": (COVER + section("Summary", LINES) + section("Items", "<p>Short.", NEW_PAGE), ""),
    "points are empty": (
        COVER + section("Summary", LINES) + section("Items", LINES, NEW_PAGE),
        "",
    ),
    "a table of money goes on": (COVER + section("Money", LINES * 3 + MONEY), ""),
    "no head above: 8 May": (
        COVER + section("Items", LINES * 3 + TABLE),
        "thead { display: table-row-group }",
    ),
    "does not name “Items”": (
        COVER + section("Summary", LINES) + section("Items", LINES * 6, NEW_PAGE, "Summary"),
        "",
    ),
    "at the edge": (
        COVER + section("Items", LINES + f"<p style='white-space: nowrap'>{'Long ' * 60}"),
        "",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_seen(name: str, place: Place, tmp_path: Path) -> None:
    text, rules = WRONG[name]
    with place.app.app_context():
        seen = problems(made(tmp_path, text, rules))
    assert any(name in problem for problem in seen), seen


def test_the_full_form_of_the_demonstration(demonstration_full: Path) -> None:
    printed = pages(demonstration_full)
    assert len(printed) <= 28 and problems(demonstration_full) == []
    texts = [" ".join(line.text for line in page.body) for page in printed]
    index = next(text for text in texts if text.startswith("Index") or " Index A number" in text)
    assert "Ohio" in index and "Center for Research" in index
    number = next(
        page.number
        for page in printed
        if "Right to refuse icy roads" in texts[page.number - 1] and page.number > 7
    )
    assert f"7 ({number})" in " ".join(texts[-2:])


@pytest.mark.parametrize(
    "options",
    [PrintOptions(paper=Paper.A4), PrintOptions(large=True), PrintOptions(mono=True)],
    ids=["A4", "large", "mono"],
)
def test_the_options_of_printing(
    options: PrintOptions, full: Printed, tmp_path: Path, place: Place
) -> None:
    file = tmp_path / "report.pdf"
    with place.app.app_context():
        render.write(replace(full.report, options=options), file)
    printed = pages(file)
    assert problems(file) == []
    height = 842 if options.paper is Paper.A4 else 792
    assert abs(printed[0].height - height) < 2
    if options.large:
        assert min(run.size for page in printed for run in page.words) >= 15.9
    if options.mono:
        assert not colours(file, tmp_path) and colours(full.file, tmp_path)
    for item in full.report.items:
        assert any(item.title[:12] in run.text for page in printed for run in page.words)


def colours(file: Path, folder: Path) -> bool:
    """Whether any dot of any page has a colour."""
    subprocess.run(["pdftoppm", "-r", "20", "-png", file, folder / file.stem], check=True)
    for picture in folder.glob(f"{file.stem}-*.png"):
        with Image.open(picture) as page:
            red, green, blue = page.convert("RGB").split()
            if red.tobytes() != green.tobytes() or green.tobytes() != blue.tobytes():
                return True
    return False


def test_a_mark_without_colours() -> None:
    mark = b"<svg fill=\"#ff0000\" stroke='none'><style>a{stop-color:blue}</style></svg>"
    assert (
        grey.svg(mark)
        == b"<svg fill=\"#4c4c4c\" stroke='none'><style>a{stop-color:#1d1d1d}</style></svg>"
    )
