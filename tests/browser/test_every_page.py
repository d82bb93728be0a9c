"""Every kind of page of the demonstration: axe finds nothing, nothing scrolls sideways, on a phone
and a desk, light and dark.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

from .conftest import DESK, PHONE, Opens, addresses_in, serving, tracker

pytestmark = pytest.mark.browser
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # to describe what is well took half of the time
}


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    instance = tmp_path_factory.mktemp("instance") / "union"
    tracker(instance, "init")
    tracker(instance, "demo")
    with serving(instance) as address:
        yield address, instance


def accounts(instance: Path) -> dict[str, tuple[str, str]]:
    """By role: address and password, as the command keeps them."""
    accounts_by_role: dict[str, tuple[str, str]] = {}
    for line in (instance / "demonstration-accounts.txt").read_text().splitlines():
        account = re.match(r"(\S+@\S+)\s+(\S+)\s+.*, (\w+)", line)
        if account:
            accounts_by_role.setdefault(account[3], (account[1], account[2]))
    return accounts_by_role


def sign_in(page: Page, address: str, account: tuple[str, str]) -> None:
    page.goto(f"{address}/sign-in")
    page.locator("input[name=email]").fill(account[0])
    page.locator("input[name=password]").fill(account[1])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def problems_of(page: Page, where: str) -> list[str]:
    """What is wrong with the page as it stands, every `details` open."""
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    problems = [
        f"{where}: {rule['id']}: {rule['nodes'][0]['html'][:150]}"
        for rule in Axe().run(page, options=RULES).response["violations"]
    ]
    return problems + scrolls_sideways(page, where)


def scrolls_sideways(page: Page, where: str) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{where}: scrolls sideways by {wide} px"] if wide > 0 else []


BESIDES = {
    "auditor": ("/office/school-workers/history?convention=2025&item=nbi-2",),
    "confirmer": ("/my-work/school-workers/confirm/mine",),
    "governance": (
        "/office/school-workers/2026-council/going-public",
        "/office/school-workers/meetings/new",
        "/office/school-workers/outside",
        "/office/school-workers/2025/items/nbi-2/withholding",
    ),
}
"""Pages that are too far from where a role begins."""
FILES = (".csv", ".json")
VIEWS = [(PHONE, False), (PHONE, True), (DESK, False), (DESK, True)]


def test_pages_of_delegates_are_accessible(union: tuple[str, Path], opens: Opens) -> None:
    address, _ = union
    page = opens(DESK)
    page.goto(address)
    body = addresses_in(page, "/[a-z-]+/")[0]
    page.goto(address + body)
    conventions = addresses_in(page, f"{body}[^/]+/")
    assert len(conventions) >= 3
    kinds: dict[str, str] = {}
    for convention in conventions:
        page.goto(address + convention)
        for item in addresses_in(page, f"{convention}[^/]+"):
            # asked for without drawing it: only one of each kind is looked at
            html = page.request.get(address + item).text()
            verdict = re.search(r'class="(verdict\b[^"]*)"', html)
            kinds.setdefault(verdict[1] if verdict else "", item)
    assert len(kinds) >= 8, kinds
    paths = [
        "/",
        body,
        *conventions,
        *kinds.values(),
        f"{conventions[-1]}?q=xyzzy-nothing",
        f"{conventions[-1]}nbi-9999",
        f"{body}find?q=moniters",
        f"{body}find?q=research",
        f"{body}find?q=dental+plans",
        f"{body}find",
        f"{body}errata",
        f"{body}code",
        "/how-we-count",
        "/accessibility",
        "/verify",
        "/verify?number=PA-2026-1",
        "/sign-in",
        "/nothing/is/here",
    ]
    wrong = []
    for size, dark in VIEWS:
        page = opens(size, dark)
        for path in paths if size == PHONE or not dark else paths[:6]:
            page.goto(address + path)
            wrong += problems_of(page, f"{path} at {size['width']}{' dark' if dark else ''}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "role", ["staff", "manager", "governance", "confirmer", "auditor", "administrator"]
)
def test_pages_of_staff_are_accessible(union: tuple[str, Path], opens: Opens, role: str) -> None:
    address, instance = union
    wrong = []
    for size, dark in ((PHONE, False), (DESK, True)):
        page = opens(size, dark)
        sign_in(page, address, accounts(instance)[role])
        seen, ahead = set[str](), ["/my-work", "/office", *BESIDES.get(role, ())]
        page.goto(address + "/")
        while ahead and len(seen) < 14:
            path = ahead.pop(0)
            seen.add(path)
            answer = page.goto(address + path)
            if answer is None or answer.status >= 400:
                continue
            shape = re.sub(r"\d+", "0", path)
            wrong += problems_of(
                page, f"{role}: {path} at {size['width']}{' dark' if dark else ''}"
            )
            more = addresses_in(page, "/(my-work|office)(/[^/]+)*/?")
            pages = [path for path in more if not path.endswith(FILES)]
            new = [path for path in pages if path not in seen and path not in ahead]
            ahead += [path for path in new if re.sub(r"\d+", "0", path) != shape][:4]
    assert not wrong, "\n".join(wrong)


def test_on_a_phone_the_first_answer_is_in_the_first_screen(
    union: tuple[str, Path], opens: Opens
) -> None:
    address, _ = union
    page = opens(PHONE)
    page.goto(f"{address}/school-workers/2026/")
    page.get_by_label("Find an item").fill("moniters")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/find?" in url)
    assert page.get_by_label("Find an item").input_value() == "moniters"
    answer = page.locator(".hit__answer").first.bounding_box()
    assert answer is not None
    assert answer["y"] + answer["height"] < PHONE["height"]


def printed(page: Page, file: Path, **paper: object) -> list[list[str]]:
    """The lines of each page of the page as it is printed."""
    page.pdf(path=file, **paper)
    text = subprocess.run(
        ["pdftotext", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    lines = [
        [" ".join(line.split()) for line in sheet.splitlines() if line.strip()]
        for sheet in text.split("\f")
    ]
    return [sheet for sheet in lines if sheet]


PAPERS = [
    {
        "format": name,
        "landscape": turned,
        "margin": dict.fromkeys(("top", "bottom", "left", "right"), "1.5cm"),
    }
    for name in ("A4", "Letter", "A5")
    for turned in (False, True)
]


def test_on_paper_no_heading_stands_without_what_follows_it(
    union: tuple[str, Path], opens: Opens, tmp_path: Path
) -> None:
    """A heading ends no sheet, a table's head stands above rows, and labels go with what they
    label.
    """
    address, _ = union
    page = opens(DESK)
    for path in (
        "/school-workers/2025/",
        "/school-workers/2025/nbi-2",
        "/school-workers/2025/nbi-14",
        "/school-workers/2022/",
        "/school-workers/",
    ):
        page.goto(address + path)
        headings = {
            " ".join(text.split()) for text in page.locator("main h2, main dt").all_inner_texts()
        }
        rows = {  # a title may be wrapped, and what stands beside its first line comes between
            " ".join(text.split()[:2]) for text in page.locator("main tbody th a").all_inner_texts()
        }
        heads = {" ".join(text.split()) for text in page.locator("main thead th").all_inner_texts()}
        for paper in PAPERS:
            for number, sheet in enumerate(printed(page, tmp_path / "page.pdf", **paper), 1):
                assert sheet[-1] not in headings, (path, paper, number, sheet[-1])
                if len(heads & set(sheet)) > 2:
                    words = " ".join(sheet)
                    assert any(row in words for row in rows), (path, paper, number)


def test_on_paper_the_signs_of_the_legend_are_whole(union: tuple[str, Path], opens: Opens) -> None:
    """They are drawn to the size of the box, whatever size it has in print."""
    address, _ = union
    page = opens(DESK)
    page.goto(f"{address}/school-workers/2025/")
    page.emulate_media(media="print")
    cut = page.locator("svg.sw").evaluate_all("""signs => signs.filter(sign => {
        const box = sign.getBoundingClientRect();
        const drawn = sign.firstElementChild.getBoundingClientRect();
        return drawn.right > box.right || drawn.bottom > box.bottom;
    }).length""")
    assert cut == 0 and page.locator("svg.sw").count() > 3


SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver(list => {
        list.getEntries().forEach(entry => { window.shifted += entry.value; });
    }).observe({type: "layout-shift", buffered: true});
"""


def test_nothing_moves_when_the_fonts_come(union: tuple[str, Path], opens: Opens) -> None:
    """The fonts that stand in meanwhile have the measures of those that come; 0.1 is what counts as
    a good page.
    """
    address, _ = union
    for size in (PHONE, DESK):
        for path in (
            "/school-workers/2025/nbi-2",
            "/school-workers/2025/",
            "/school-workers/",
            "/sign-in",
        ):
            page = opens(size)
            page.add_init_script(SHIFTS)
            waiting: list[Route] = []
            page.route("**/*.woff2", lambda route: waiting.append(route))
            page.goto(address + path, wait_until="domcontentloaded")
            page.evaluate(
                "new Promise(done => new PerformanceObserver(done)"
                ".observe({type: 'paint', buffered: true}))"
            )
            assert waiting, "no font was asked for"
            for route in waiting:
                route.continue_()
            page.evaluate("document.fonts.ready")
            page.evaluate(
                "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
            )
            assert page.evaluate("window.shifted") < 0.1, (path, size)
