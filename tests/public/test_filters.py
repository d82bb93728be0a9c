"""Figures and filters.

Each figure leads to exactly the rows that it counts, whatever filter was on.
"""

from __future__ import annotations

import re
from html import unescape

import pytest

from .conftest import Site

pytestmark = pytest.mark.slow

FILTERS = [
    "",
    "q=guide",
    "q=nothing+has+this",
    "verdict=no_word",
    "verdict=carried_out",
    "delegation=Ohio+council",
    "department=House+Committee",
    "kind=standing_rule_amendment",
    "rows=chart.done",
    "rows=no_word.adopted",
    "order=spent",
    "page=2",
    "size=all",
    "q=guide&verdict=no_word&delegation=Ohio+council&department=House+Committee"
    "&kind=new_business_item&rows=chart.done&order=word&page=3",
]
DAYS = ["", "as_of=2024-12-31"]
LEGEND = re.compile(r'<a href="([^"]+)"><b>([\d,]+)</b>')
FIGURE = re.compile(
    r'<h3>([^<]+)</h3>\s*<p class="figure__n">[^<]*<a href="([^"]+)">([\d,]+) of [\d,]+</a>'
)


def page(site: Site, address: str) -> str:
    response = site.client().get(address.partition("#")[0])
    assert response.status_code == 200, address
    return response.get_data(as_text=True)


def rows(html: str) -> list[str]:
    """The addresses of the items that a page lists."""
    return re.findall(r'<a class="table__title"\s+href="([^"?]+)', html)


def figures(html: str) -> dict[tuple[str, str], int]:
    """Of each figure and each field of the chart: where its link leads, and what it counts."""
    chart = {("", unescape(where)): int(count) for where, count in LEGEND.findall(html)}
    return chart | {
        (unescape(name), unescape(where)): int(count) for name, where, count in FIGURE.findall(html)
    }


@pytest.mark.parametrize("day", DAYS, ids=["today", "earlier"])
@pytest.mark.parametrize("filters", FILTERS)
def test_each_figure_opens_exactly_the_rows_that_it_counts(
    site: Site, filters: str, day: str
) -> None:
    query = "&".join(part for part in (filters, day) if part)
    counts = figures(page(site, f"{site.open}/2024/?{query}"))
    assert len(counts) >= 8
    for (name, address), count in counts.items():
        assert address.endswith("#items") and (not day or day in address)
        opened = page(site, address)
        listed = rows(opened)
        # it counts clauses; its rows are the items that have them
        if name == "Clauses carried out":
            assert len(listed) <= count and (len(listed) > 0) == (count > 0)
        else:
            assert len(listed) == count, (query, name, address)
            assert ("No item matches" in opened) == (count == 0)


def test_a_figure_keeps_the_order_of_the_list(site: Site) -> None:
    counts = figures(page(site, f"{site.open}/2024/?order=spent&q=guide"))
    assert all("order=spent" in address and "q=" not in address for _, address in counts)


def test_the_filter_of_words_keeps_them(site: Site) -> None:
    html = page(site, f"{site.open}/2024/?q=pension+%22options")
    inputs = [
        dict(re.findall(r'([a-z]+)="([^"]*)"', tag)) for tag in re.findall(r"<input ([^>]+)>", html)
    ]
    assert [
        (field["id"], unescape(field.get("value", "")))
        for field in inputs
        if field.get("name") == "q"
    ] == [("find", ""), ("f-q", 'pension "options')]
