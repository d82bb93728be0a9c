"""People's words to HTML: whatever they wrote is shown, soon, and nothing of it is left out."""

from __future__ import annotations

import pytest

from tracker.markdown import KEPT, LONGEST, MOST_LINES, kept_html, markdown, plain

TABLE = "| a | b |\n|---|---|\n" + "| one | two |\n" * 10_000


def test_marks_are_read() -> None:
    assert markdown("a **b**\n\n- c <d>") == (
        "<p>a <strong>b</strong></p>\n<ul>\n<li>c &lt;d&gt;</li>\n</ul>\n"
    )
    assert plain("1. a\n2. **b** & c") == "a b & c"


@pytest.mark.parametrize(
    "words",
    [
        TABLE,
        "w" * 1_000_000,
        "- " * 5_000 + "deep",
        ">" * 5_000 + " deep",
        "".join("  " * level + "- x\n" for level in range(300)),
        "[a](" * 20_000,
    ],
    ids=["table", "word", "lists", "quotations", "indented", "brackets"],
)
def test_what_would_take_its_time_is_shown_as_it_was_written(words: str) -> None:
    html = markdown(words)
    shown = html.replace("<br>", "").removeprefix("<p>").rstrip().removesuffix("</p>").unescape()
    assert shown.split() == words.split() and "<table" not in html and "<ul" not in html
    assert plain(words).split() == words.split()


def test_it_has_no_more_elements_than_lines_that_are_kept() -> None:
    html = markdown("x\n" * 200_000)
    assert html.count("<") <= 2 * MOST_LINES and html.count("x") == 200_000


def test_what_is_long_is_escaped() -> None:
    html = markdown("<script>&\n\n" + "w" * LONGEST)
    assert html.startswith("<p>&lt;script&gt;&amp;</p>\n<p>www")


def test_only_short_words_are_kept() -> None:
    kept_html.cache_clear()
    markdown("a" * (KEPT + 1))
    assert kept_html.cache_info().currsize == 0
    markdown("a" * KEPT)
    assert kept_html.cache_info().currsize == 1
