"""What names a person or a firm is found where it stands, and numbers are not taken for
telephones.
"""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.rules.mentions import (
    CheckedWords,
    MentionKind,
    MentionPlace,
    NamesOnRecord,
    looks_like_a_person,
    mentions,
)

NAMES = ("Imani Okonkwo", "Ana María de la Cruz", "Åse Ødegård", "Walter Hall", "Joy")
KNOWN = NamesOnRecord(NAMES)


def texts(words: str, kind: MentionKind, *payees: str) -> list[str]:
    passages = [CheckedWords(MentionPlace.WORDS, words)]
    return [found.text for found in mentions(passages, payees, KNOWN) if found.kind is kind]


@pytest.mark.parametrize(
    "words",
    [
        "Imani Okonkwo's list",
        "OKONKWO, Imani",
        "thanks to Ms. Okonkwo",
        "I. Okonkwo wrote",
        "Imani B. Okonkwo",
    ],
)
def test_a_person_is_named_in_several_ways(words: str) -> None:
    assert texts(words, MentionKind.PERSON) == ["Imani Okonkwo"]


def test_names_are_compared_without_case_and_accents() -> None:
    assert texts("ana maria de la cruz", MentionKind.PERSON) == ["Ana María de la Cruz"]
    assert texts("Cruz, Ana", MentionKind.PERSON) == ["Ana María de la Cruz"]
    assert texts("by Ase Odegard.", MentionKind.PERSON) == ["Åse Ødegård"]


@pytest.mark.parametrize(
    "words",
    ["the Okonkwos", "in the city hall", "the joy of it", "Walter and the hall", "", "Cruzada"],
)
def test_other_words_name_nobody(words: str) -> None:
    assert texts(words, MentionKind.PERSON) == []


def test_telephone_numbers_are_those_of_the_body_or_with_the_code_of_a_country() -> None:
    passages = [
        CheckedWords(MentionPlace.WORDS, "Ask 202-555-0142, 020 7946 0958 or +49 30 901820.")
    ]
    kind = MentionKind.TELEPHONE
    for region, own in (("US", "202-555-0142"), ("GB", "020 7946 0958")):
        known = NamesOnRecord(NAMES, region)
        numbers = {one.text for one in mentions(passages, [], known) if one.kind is kind}
        assert numbers == {own, "+49 30 901820"}


def test_figures_of_an_address_of_mail_are_no_telephone_number() -> None:
    assert texts("202-555-0142@example.org", MentionKind.TELEPHONE) == []


def test_addresses_of_mail() -> None:
    assert texts("Write to a.b+c@example.org.", MentionKind.EMAIL) == ["a.b+c@example.org"]
    assert texts("at 5 @ 3.50, @home", MentionKind.EMAIL) == []


def test_firms() -> None:
    assert texts("by Boone Boiler Works, Inc. in May", MentionKind.FIRM) == [
        "Boone Boiler Works, Inc"
    ]
    assert texts("Acme GmbH and Smith & Sons LLC", MentionKind.FIRM) == [
        "Acme GmbH",
        "Smith & Sons LLC",
    ]
    # a payee is known by the expense, wherever the words name it
    assert texts("Airwell built them.", MentionKind.FIRM, "Airwell") == ["Airwell"]


def test_payees_who_may_be_persons() -> None:
    persons = {"Rosa Tamarin", "Tamarin, Rosa", "imani okonkwo", "Calm Halls"}
    firms = {"Harrow & Finch", "Airwell", "Tally House", "Lakeshore State University", "Acme Inc"}
    assert {name for name in persons | firms if looks_like_a_person(name, KNOWN)} == persons
    found = mentions(
        [CheckedWords(MentionPlace.WORDS, "Paid to Rosa Tamarin.")], ["Rosa Tamarin"], KNOWN
    )
    assert [(one.kind, one.place) for one in found] == [
        (MentionKind.PAID_PERSON, MentionPlace.WORDS),
        (MentionKind.PAID_PERSON, MentionPlace.EXPENSE),
    ]


PLANTED = {
    MentionKind.PERSON: "Imani Okonkwo",
    MentionKind.EMAIL: "rosa@example.org",
    MentionKind.TELEPHONE: "202-555-0142",
    MentionKind.FIRM: "Acme GmbH",
}
WORDS = st.text(max_size=300)


@settings(deadline=None)  # it is as long as a passage may be
@given(words=WORDS, names=st.lists(WORDS, max_size=4), payees=st.lists(WORDS, max_size=3))
@example(words="x" * 21_000, names=[], payees=[])
@example(words="A " * 11_000, names=["A"], payees=["A A"])
@example(words="+1" * 11_000, names=[], payees=[])
def test_no_words_are_too_strange(words: str, names: list[str], payees: list[str]) -> None:
    mentions([CheckedWords(MentionPlace.WORDS, words)], payees, NamesOnRecord(names))


@given(
    before=WORDS,
    after=WORDS,
    kind=st.sampled_from(sorted(PLANTED)),
    place=st.sampled_from(MentionPlace),
)
def test_what_is_planted_is_found(
    before: str, after: str, kind: MentionKind, place: MentionPlace
) -> None:
    words = f"{before} ; {PLANTED[kind]} ; {after}"
    found = mentions([CheckedWords(place, words)], [], KNOWN)
    assert any(
        one.kind is kind and PLANTED[kind] in one.text and one.place is place for one in found
    )
