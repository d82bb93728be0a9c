"""What delegates see.

Pages in order, answers in words, one address for each item, empty states, nothing that should not
show.
"""

from __future__ import annotations

import re

import pytest

from tests.factories.scenes import SECRETS
from tracker.public import views
from tracker.reading.audience import OFFICE

from .conftest import Site, read

EVERY = [
    "/",
    "/how-we-count",
    "/accessibility",
    "{open}/",
    "{open}/2024/",
    *(f"{{open}}/2024/nbi-{n}" for n in (*range(1, 10), 17, 30)),
    "{open}/2024/sra-1",
    "{old}/2017/",
    "{old}/2017/nbi-1",
    "{empty}/",
    "{empty}/2026/",
    "{open}/2024/?verdict=no_word&order=word",
    "{open}/2024/?q=nothing+has+this",
    "{open}/2024/?rows=chart.done",
    "{open}/?as_of=2024-12-31",
    "{open}/2024/?as_of=2024-12-31",
    "{open}/2024/nbi-1?as_of=2024-10-01",
]


@pytest.mark.parametrize("path", EVERY)
def test_every_page_is_in_order_and_shows_nothing_internal(site: Site, path: str) -> None:
    text = read(site, path)
    assert [secret for secret in SECRETS if secret in text] == []


@pytest.mark.parametrize(
    ("number", "sentences"),
    [
        (
            1,
            (
                "Carried out.",
                "What changed: a change followed.",
                "Both acts that it directs were done",
                "Sent back once for better evidence",
                "98 days without a word; the rule is 90.",
                "$257.90 (2.9%) less than was appropriated. That is within the limit of 10%",
            ),
        ),
        (
            2,
            (
                "Carried out.",
                "What changed: nothing on record.",
                "$900.00 (14.5%) more than was estimated.",
                "beyond the limit of 10%",
            ),
        ),
        (3, ("No follow-through due.", "Defeated on 14 June 2024.")),
        (
            4,
            (
                "No word since 14 June 2024.",
                "290 days without a word; the rule is 90.",
                "nobody on record",
            ),
        ),
        (
            5,
            (
                "Considered, and declined.",
                "considered it on 9 November 2024: “the budget does not bear it”.",
            ),
        ),
        (6, ("Will not be done.", "the Board decided on 14 September 2024")),
        (
            7,
            (
                "Reported done, not yet checked.",
                "Somebody else still has to confirm it.",
                "$40.00 spent",
            ),
        ),
        (
            8,
            (
                "The floor’s decision is not known.",
                "neither “pending” nor “defeated”",
                "The title is ours",
            ),
        ),
        (
            9,
            (
                "Not yet.",
                "One entry waits for release.",
                "Withheld on 9 February 2025 by the governance office: personal data",
                "Correction of the entry of 21 March 2025",
                "Corrected later",
            ),
        ),
    ],
)
def test_an_item_answers_in_words(site: Site, number: int, sentences: tuple[str, ...]) -> None:
    text = read(site, f"{{open}}/2024/nbi-{number}")
    assert [sentence for sentence in sentences if sentence.lower() not in text.lower()] == [], text[
        :3000
    ]


def test_the_row_of_a_list_is_evidence_that_stands_with_its_clause(site: Site) -> None:
    html = site.client().get(f"{site.open}/2024/nbi-7").get_data(as_text=True)
    assert "Status: complete\nSpent: $5 &lt;b&gt;" in html and 'href="None"' not in html


@pytest.mark.parametrize("number", [1, 7, 9])
def test_the_office_reads_what_is_internal_on_the_same_page(
    site: Site, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "audience_in", lambda _: OFFICE)
    text = read(site, f"{{open}}/2024/nbi-{number}")
    assert {
        1: "the last page is missing",
        7: "Paid to nobody else",
        9: "For staff only: not released",
    }[number] in text


def test_the_convention_accounts_for_every_due_item(site: Site) -> None:
    text = read(site, "{open}/2024/")
    assert "Of 7 adopted items, 2 were carried out; after 1 of them a change followed." in text
    assert (
        "1 is reported done and not yet checked, 2 not yet, 1 will not be done, and on 1 there "
        "has been no word for more than 90 days" in text
    )
    assert "1 of 1 referred item has been decided." in text
    assert (
        "12 items on record: 7 adopted, 1 only referred, 2 that ask for no follow-through, and "
        "2 of which the floor’s decision is not known." in text
    )
    assert "Made-up example." in text


def test_an_old_list_is_said_to_be_not_kept(site: Site) -> None:
    assert "not kept in this record" in read(site, "{old}/2017/nbi-1").lower()
    text = read(site, "{old}/2017/")
    assert "What was done about them is not kept in this record." in text and "%" not in text


def test_empty_states_say_what_is_so_and_what_comes(site: Site) -> None:
    assert "No items are on record yet." in read(site, "{empty}/2026/")
    text = read(site, "{open}/2024/?q=nothing+has+this")
    assert "No item matches" in text and "Take off all filters" in text


@pytest.mark.parametrize(
    "spelling",
    ["NBI-001", "2024-nbi-001", "nbi%201", "NBI%20%231", "New%20Business%20Item%201", "nbi-1/"],
)
def test_every_spelling_leads_to_the_one_address(site: Site, spelling: str) -> None:
    response = site.client().get(f"{site.open}/2024/{spelling}")
    assert (response.status_code, response.location) == (301, f"{site.open}/2024/nbi-1")


def test_a_corrected_number_still_leads_there(site: Site) -> None:
    response = site.client().get(f"{site.open}/2024/nbi-70?as_of=2025-03-30")
    assert (response.status_code, response.location) == (
        301,
        f"{site.open}/2024/nbi-17?as_of=2025-03-30",
    )


def test_find_by_a_number_leads_to_the_item(site: Site) -> None:
    assert site.client().get(f"{site.open}/2024/?q=NBI+2").location == f"{site.open}/2024/nbi-2"
    assert site.client().get(f"{site.open}/2024/?q=pension").status_code == 200


def test_a_wrong_address_offers_to_find_an_item_of_its_body(site: Site) -> None:
    for path in (f"{site.open}/2024/nbi-9999", f"{site.open}/1999/"):
        response = site.client().get(path)
        assert response.status_code == 404
        assert f'action="{site.open}/find"' in response.get_data(as_text=True)
    for path in (
        "/nobody/",
        "/nobody/2024/",
        "/nobody/2024/nbi-1",
        "{open}/1999/",
        "/no%00body/",
        "{open}/20%0017/",
        "{open}/1999/nbi-1",
        "{open}/2024/hello",
        "{open}/2024/nbi-1/x",
    ):
        read(site, path, 404)


def test_markup_in_what_people_wrote_is_shown_as_written(site: Site) -> None:
    html = site.client().get(f"{site.open}/2024/nbi-1").get_data(as_text=True)
    assert (
        "<script>alert" not in html
        and "&lt;script&gt;alert(1)" in html
        and "<strong>printed</strong>" in html
    )
    assert "&lt;b&gt;retired&lt;/b&gt;" in site.client().get(f"{site.open}/2024/nbi-4").get_data(
        as_text=True
    )


def test_it_answers_json_where_that_is_asked_for(site: Site) -> None:
    answer = site.client().get("/nobody/", headers={"Accept": "application/json"})
    assert answer.status_code == 404 and answer.get_json()["error"] == "This page does not exist"


def test_a_fault_shows_a_reference_and_nothing_of_itself(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> object:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(views.item, "page", broken)
    site.app.config["PROPAGATE_EXCEPTIONS"] = False
    text = read(site, "{open}/2024/nbi-1", 500)
    assert (
        re.search(r"reference of this fault is [0-9A-F]{4}-[0-9A-F]{4}", text)
        and "secret of the inside" not in text
    )


def test_a_fault_without_a_database_is_said_all_the_same(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker import errors

    def broken(*_: object, **__: object) -> str:
        raise RuntimeError("no database")

    monkeypatch.setattr(errors, "render_template", broken)
    with site.app.test_request_context("/"):
        response = errors.error_response(errors.ErrorText.of(500, reference="AB12-CD34"))
    assert response.status_code == 500 and "AB12-CD34" in response.get_data(as_text=True)
