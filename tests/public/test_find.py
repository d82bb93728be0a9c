"""Finding an item: the field on every page, the results, and the addresses of a search."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

import pytest

from .conftest import Site, read, words


def page(site: Site, query: str) -> str:
    response = site.client().get(f"{site.open}/find?{query}")
    assert response.status_code == 200, query
    return response.get_data(as_text=True)


def found(html: str) -> list[str]:
    """The addresses of the items that a page of results lists."""
    return re.findall(r'<h3 class="hit__title">\s*<a href="([^"?]+)', html)


def value_of_the_field(html: str) -> str:
    [field] = re.findall(r'<input class="input"\s+id="find"[^>]*>', html)
    return unescape(re.findall(r'value="([^"]*)"', field)[0])


def test_results_come_first_and_the_field_keeps_its_words(site: Site) -> None:
    html = page(site, "q=%22guide%22+member")
    assert value_of_the_field(html) == '"guide" member'
    assert html.index("<h1>") < html.index('class="hits"') < html.index('class="facets"')


def tabs(html: str) -> list[tuple[str, str, int]]:
    """Of each convention beside the results: address, name, how many of its items are found."""
    start = html.index('class="tabs"')
    return [
        (unescape(address), words(name).strip(), int(count))
        for address, name, count in re.findall(
            r'<a href="([^"]+)"[^>]*>([^<]+)<span class="muted n">(\d+)</span>',
            html[start : html.index("</nav>", start)],
        )
    ]


def test_all_conventions_are_looked_through_and_counted(site: Site) -> None:
    client = site.client()
    html = client.get(f"{site.several}/find?q=monitor").get_data(as_text=True)
    assert found(html) == [f"{site.several}/2024/nbi-3", f"{site.several}/2023/nbi-3"]
    assert [tab[1:] for tab in tabs(html)] == [("All conventions", 2), ("2024", 1), ("2023", 1)]
    assert "No item of 2022 says it." in words(html)
    one_year = client.get(tabs(html)[2][0]).get_data(as_text=True)
    assert found(one_year) == [f"{site.several}/2023/nbi-3"]
    assert [tab[1:] for tab in tabs(one_year)] == [tab[1:] for tab in tabs(html)]


def test_a_number_that_several_years_have_leads_to_their_list(site: Site) -> None:
    html = site.client().get(f"{site.several}/find?q=nbi-3").get_data(as_text=True)
    assert "3 items have the number “nbi-3”" in words(html)
    assert found(html) == [f"{site.several}/{year}/nbi-3" for year in (2024, 2023, 2022)]
    one_year = site.client().get(f"{site.several}/find?q=2023+nbi+3")
    assert one_year.headers["Location"] == f"{site.several}/2023/nbi-3"


def test_what_was_found_is_marked_where_it_stands(site: Site) -> None:
    html = page(site, "q=guide")
    assert re.search(r"<mark>guides?</mark>", html, re.IGNORECASE)
    assert "In the text:" in words(html)


def test_a_misspelt_word_is_put_right_and_can_be_looked_for_as_typed(site: Site) -> None:
    html = page(site, "q=giude")
    assert "No item says “giude”, so these are the results for “guide”." in words(html)
    assert value_of_the_field(html) == "giude"
    [address] = re.findall(r'<a href="([^"]+)">Look for', html)
    exact = site.client().get(unescape(address)).get_data(as_text=True)
    assert "No item says “giude”" in words(exact) and found(exact) == []


def test_nothing_found_says_how_much_was_looked_through_and_what_fewer_words_find(
    site: Site,
) -> None:
    text = words(page(site, "q=guide+zebra"))
    assert "No item says “guide zebra”" in text
    assert re.search(r"\d+ items? of \d+ conventions? (was|were) looked through\.", text)
    assert "conventions before" in text
    assert "“zebra” alone finds none." in text
    assert re.search(r"“guide” alone finds \d+ items?", text)


def test_an_empty_search_offers_the_conventions(site: Site) -> None:
    html = page(site, "q=")
    assert "<h1>Find an item</h1>" in html
    assert f'href="{site.open}/2024/"' in html


def test_a_number_alone_leads_to_its_item(site: Site) -> None:
    for typed in ("nbi-9", "NBI+9", "9"):
        response = site.client().get(f"{site.open}/find?q={typed}")
        assert response.status_code == 302, typed
        assert response.headers["Location"] == f"{site.open}/2024/nbi-9"
    response = site.client().get(f"{site.open}/find?q=nbi-9&as_of=2025-01-31")
    assert response.headers["Location"] == f"{site.open}/2024/nbi-9?as_of=2025-01-31"


def test_each_filter_beside_the_results_leaves_what_it_counts(site: Site) -> None:
    html = page(site, "q=the+member")
    facets = re.findall(r'<a href="([^"]+)"[^>]*><span>[^<]+</span><b>(\d+)</b></a>', html)
    assert len(facets) >= 4
    for address, count in facets:
        query = urlsplit(unescape(address)).query
        assert len(found(page(site, query))) == int(count), query


def test_filters_in_the_form_keep_the_words_and_the_other_filters(site: Site) -> None:
    html = page(site, "q=guide&verdict=not_yet&order=newest&as_of=2025-03-01&exact=1")
    form = html[html.index('class="stack-s"') :]
    form = form[: form.index("</form>")]
    fields = dict(re.findall(r'<input type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"', form))
    assert fields == {"q": "guide", "verdict": "not_yet", "as_of": "2025-03-01", "exact": "1"}
    assert '<option value="newest" selected>' in form


def test_filters_that_leave_nothing_can_be_taken_off(site: Site) -> None:
    html = page(site, "q=guide&delegation=Nobody&department=Nowhere")
    assert found(html) == []
    assert "Without these filters" in words(html)
    assert f'href="{site.open}/find?q=guide"' in html


def test_the_link_to_a_search_opens_the_same(site: Site) -> None:
    html = page(site, "q=guide&order=number")
    [address] = re.findall(r'href="([^"]+)">Link to this search', html)
    again = site.client().get(unescape(address)).get_data(as_text=True)
    assert found(again) == found(html)


@pytest.mark.parametrize(
    "typed",
    [
        "a",
        "the+of+and",
        "%27+OR+1%3D1+--",
        "%22",
        "*+NEAR(",
        "%F0%9F%A4%B7",
        "%D7%A9%D7%9C%D7%95%D7%9D",
        "%FF%FE",
        "+".join(f"word{number}" for number in range(1000)),
        "x" * 4000,
        "<script>alert(1)</script>",
        "guide&page=99999&order=sideways&verdict=nonsense&kind=any",
    ],
)
def test_whatever_is_typed_answers_with_a_page(site: Site, typed: str) -> None:
    response = site.client().get(f"{site.open}/find?q={typed}")
    assert response.status_code in (200, 302)
    assert "<script>alert" not in response.get_data(as_text=True)


def test_a_day_before_gives_what_was_known_then(site: Site) -> None:
    html = page(site, "q=guide&as_of=2024-12-31")
    assert "As of the end of" in html
    for address in re.findall(r'<h3 class="hit__title">\s*<a href="([^"]+)', html):
        assert address.endswith("?as_of=2024-12-31")
    read(site, "{open}/find?q=guide&as_of=1999-01-01", 404)
    read(site, "{open}/find?q=guide&as_of=nonsense", 400)


def test_a_closed_body_is_not_looked_through(site: Site) -> None:
    read(site, "{closed}/find?q=guide", 404)
    read(site, "/nobody/find?q=guide", 404)


def test_a_body_without_items_says_so(site: Site) -> None:
    assert "No item says “guide”" in read(site, "{empty}/find?q=guide")


def test_every_public_page_has_the_field(site: Site) -> None:
    for path in ("/", "/2024/", "/2024/nbi-9", "/find", "/2024/?as_of=2025-01-31"):
        html = site.client().get(f"{site.open}{path}").get_data(as_text=True)
        forms = re.findall(r'<form class="(?:find|masthead__find)"\s+action="([^"]+)"', html)
        assert forms == [f"{site.open}/find"], path


def test_an_earlier_day_stays_with_the_search(site: Site) -> None:
    html = site.client().get(f"{site.open}/2024/nbi-9?as_of=2025-01-31").get_data(as_text=True)
    form = html[html.index('class="masthead__find"') :]
    assert re.search(r'name="as_of"\s+value="2025-01-31"', form[: form.index("</form>")])


def test_results_are_not_kept_for_others_but_not_sent_twice(site: Site) -> None:
    client = site.client()
    response = client.get(f"{site.open}/find?q=guide")
    again = client.get(
        f"{site.open}/find?q=guide", headers={"If-None-Match": response.headers["ETag"]}
    )
    assert again.status_code == 304
    assert site.pages.weight == 0
