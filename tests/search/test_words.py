"""Words, queries and marks: plain functions that take whatever is typed."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.folding import fold
from tracker.rules.settings import LANGUAGES
from tracker.search import query, word_lists
from tracker.search.excerpts import Marker
from tracker.search.index_text import BREAK, FIELD, holds, index_texts
from tracker.search.passages import Passage, Place
from tracker.search.query import KnownNames, Mark, parse
from tracker.search.words import LONGEST_WORD, stem, tokens, words

NAMES = KnownNames(
    delegations=frozenset({"oregon", "new", "york"}), units=frozenset({"research", "health"})
)
texts = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(
            ["the", "Oregon", "delegation", '"', "nbi", "26", "monitors", "é", "שלום", "AND", ")*"]
        ),
        max_size=30,
    ).map(" ".join),
)


@given(text=texts)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert words(" ".join(words(text))) == words(text)


@given(text=texts)
def test_words_have_nothing_that_a_database_reads(text: str) -> None:
    for word in words(text):
        assert 0 < len(word) <= LONGEST_WORD
        reserved = set(string.ascii_uppercase + string.punctuation + string.whitespace + BREAK)
        assert not reserved & set(word)


@given(text=texts)
def test_tokens_stand_where_they_say(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.start < token.end <= len(text)
        assert words(text[token.start : token.end])[0] == token.word
        end = token.end


@given(text=texts, language=st.sampled_from(sorted(LANGUAGES)))
def test_a_query_is_read_whatever_is_typed(text: str, language: str) -> None:
    parsed = parse(text, language, NAMES)
    assert len(parsed.terms) <= query.MOST_TERMS
    for term in (*parsed.terms, *parsed.address):
        assert term.patterns
        assert all(word and " " not in word for pattern in term.patterns for word in pattern.words)


@given(text=st.text(max_size=200), language=st.sampled_from(sorted(LANGUAGES)))
def test_a_text_is_found_by_each_of_its_words(text: str, language: str) -> None:
    passage = Passage(place=Place.TEXT, text=text, fact_id=1)
    [index_text] = index_texts([passage], language)
    for word in words(text):
        terms = parse(f'"{word}"', language).terms
        assert holds(index_text, terms)
        found = Marker(terms, language).excerpt(passage)
        assert "".join(piece.text for piece in found.pieces) in text


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Écoles", "ecoles"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("Ærø", "aero"),
        ("İstanbul", "istanbul"),
        ("ﬁnance", "finance"),
    ],
)
def test_case_and_accents_are_folded(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_possessives_lose_their_ending() -> None:
    assert words("teacher's teachers’ O'Brien’s") == ["teacher", "teachers", "o", "brien"]


def test_stems() -> None:
    assert stem("monitors", "en") == stem("monitoring", "en") == stem("monitor", "en")
    assert stem("contratos", "es") == stem("contrato", "es")


def test_lists_of_words_are_folded() -> None:
    for language in ("en", "es", "fr", "de"):
        every = (
            word_lists.stop_words(language)
            | word_lists.delegation_words(language)
            | word_lists.unit_words(language)
        )
        assert every == {fold(word) for word in every}


def test_marks_begin_like_no_word() -> None:
    assert all(not words(mark.value[0]) for mark in Mark)
    assert FIELD != BREAK


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("Oregon delegation", [("=delegation:oregon",)]),
        ("the delegation of New York", [("=delegation:new",), ("=delegation:york",)]),
        ("health department", [("=unit:health",)]),
        ("department", [("=depart",)]),
    ],
)
def test_words_that_name_a_kind_of_thing(typed: str, looked_for: list[tuple[str, ...]]) -> None:
    assert [term.patterns[0].words for term in parse(typed, "en", NAMES).terms] == looked_for


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("nbi 26", ["=code:nbi-26"]),
        ("#26", ["=number:26"]),
        ("No. 6A", ["=number:6a"]),
        ("b", ["=number:b"]),
        ("2025 nbi 4", ["=code:nbi-4", "=year:2025"]),
        ("2025", ["=number:2025"]),
        ("26 monitors", []),
        ("as", []),
    ],
)
def test_a_code_or_number_alone(typed: str, address: list[str]) -> None:
    assert [term.patterns[0].words[0] for term in parse(typed, "en", NAMES).address] == address


@given(st.text(alphabet="aA\u2019's\u017fé½ -_", max_size=30))
def test_words_are_those_of_the_tokens(text: str) -> None:
    assert words(text) == [token.word for token in tokens(text)]
