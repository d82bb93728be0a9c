"""Numbers and codes of items: one address for every spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.codes import Kind
from tracker.rules.item_code import (
    PREFIX,
    code_of,
    kind_of,
    normalised,
    order,
    parse,
    place_of_unnumbered,
    unnumbered,
)


@pytest.mark.parametrize(
    ("published", "number"),
    [
        ("2", "2"),
        ("002", "2"),
        ("NBI 2", "2"),
        ("NBI #3", "3"),
        ("New Business Item #3", "3"),
        ("2017-nbi-002", "2"),
        ("2017-amd-ca02", "2"),
        ("2018-amd-sr2", "2"),
        ("2015-nbi-b", "b"),
        ("New Business Item A", "a"),
        ("6A", "6a"),
        ("6-A", "6a"),
        ("117-A", "117a"),
        ("6 (a)", "6a"),
        ("No. 5", "5"),
        ("№ 5", "5"),
        ("Item 12", "12"),
        ("I-10", "i-10"),
        ("12.B", "12b"),
        ("2016/17:123", "2016-17-123"),
        ("", ""),
        (" # ", ""),
        ("Amendment 3 (I-10. Some Climate)", "3"),
        ("New Business Item 2 (2017)", "2"),
        ("٣", "3"),
        ("Ö1", "ö1"),
        ("000", "0"),
        ("unnumbered-1", "unnumbered-1"),
    ],
)
def test_numbers_are_normalised(published: str, number: str) -> None:
    assert normalised(published) == number


@pytest.mark.parametrize(
    "spelling",
    [
        "nbi-2",
        "NBI-002",
        "2017-nbi-002",
        "nbi 2",
        "NBI #2",
        "nbi2",
        "New Business Item 2 (2017)",
        "new-business-item-2",
        "Nbi_2",
        " NBI  2 ",
        "nbi.2",
    ],
)
def test_every_spelling_of_a_code_is_parsed_alike(spelling: str) -> None:
    assert parse(spelling, 2017) == ("nbi", "2")


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("2017-amd-ca02", ("ca", "2")),
        ("2018-amd-sr2", ("sra", "2")),
        ("SRA 6A", ("sra", "6a")),
        ("sra-6-a", ("sra", "6a")),
        ("Bylaw Amendment 1", ("ba", "1")),
        ("nbi-unnumbered-1", ("nbi", "unnumbered-1")),
        ("res-i-10", ("res", "i-10")),
        ("nbi-", None),
        ("nbi", None),
        ("2", None),
        ("xyz-3", None),
        ("", None),
    ],
)
def test_a_code_is_parsed_into_prefix_and_number(
    spelling: str, code: tuple[str, str] | None
) -> None:
    assert parse(spelling) == code


def test_another_year_is_another_item() -> None:
    assert parse("2016-nbi-002", 2017) is None
    assert parse("2016-nbi-002") == ("nbi", "2")


@given(st.text(max_size=30))
def test_normalising_twice_is_normalising_once(published: str) -> None:
    assert normalised(normalised(published)) == normalised(published)


NUMBERS = st.one_of(
    st.from_regex(r"0{0,2}[1-9][0-9]{0,3}[A-Za-z]?", fullmatch=True),
    st.from_regex(r"[A-Z]", fullmatch=True),
    st.from_regex(r"[A-K]-[0-9]{1,3}", fullmatch=True),
    st.integers(1, 99).map(unnumbered),
)


@given(
    st.sampled_from(list(Kind)),
    NUMBERS,
    st.sampled_from(
        [str, str.upper, lambda code: code.replace("-", " "), lambda code: f"2017-{code}"]
    ),
)
def test_a_code_is_parsed_back(kind: Kind, published: str, spelt) -> None:
    number = normalised(published)
    assert parse(spelt(code_of(kind, number)), 2017) == (PREFIX[kind], number)
    assert kind_of(PREFIX[kind]) is kind


def test_letters_come_first_and_suffixes_after_their_number() -> None:
    assert sorted(["10", "2", "6a", "6", "b", "a", "unnumbered-2"], key=order) == [
        "a",
        "b",
        "2",
        "6",
        "6a",
        "10",
        "unnumbered-2",
    ]


def test_the_place_of_an_item_without_a_number() -> None:
    assert place_of_unnumbered(unnumbered(12)) == 12
    for number in ("7", "12a", "unnumbered", "unnumbered-a", ""):
        assert place_of_unnumbered(number) == 0
