"""Which passwords are refused, and what the page says of it; and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.staffed_union import NOW, Union
from tracker.accounts import user_accounts
from tracker.accounts.passwords import SHORTEST, OwnerBody, PasswordOwner, Weakness, find_weakness
from tracker.extensions import db

DANA = PasswordOwner(
    "dana.whitlock@nefe.example",
    "Dana Whitlock",
    (OwnerBody("fot", "Federation of Testers"), OwnerBody("national-union", "The National Union")),
)


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password2026!",
        "P@ssw0rd1234",
        "123456789012",
        "qwertyuiop12",
        "1q2w3e4r5t6y",
        "iloveyou1234",
        "Welcome123456",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "passwordpassword",
        "letmeinplease",
        "administrator1",
        "Summer2026!!",
        "changeme2026!",
        "trustno1trustno1",
    ],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert find_weakness(password, DANA) is Weakness.EASILY_GUESSED


@pytest.mark.parametrize(
    "password",
    [
        "dana.whitlock@nefe.example",
        "my DANA.WHITLOCK is mine 77",
        "DanaWhitlock and nine geese",
        "forty whitlock trees in a row",
        "xx nefe.example 44 geese",
        "wh1tl0ck counts nine geese",
        "nine geese of d.a.n.a walk",
        "nine nefe geese walk slowly",
    ],
)
def test_the_address_is_refused(password: str) -> None:
    assert find_weakness(password, DANA) is Weakness.HAS_ADDRESS


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("José Núñez", "nine geese of jose walk far"),
        ("José Núñez", "nine NUNEZ geese walk far"),
        ("Kim Lee", "nine geese of kim-walk far"),
        ("Li Wu", "nine liwu geese walk far"),
        ("Ray Okafor", "ray2026 counts geese slowly"),
        ("Zoë", "nine geese (zoe) walk far"),
    ],
)
def test_the_name_is_refused(name: str, password: str) -> None:
    assert find_weakness(password, PasswordOwner("x@y.example", name)) is Weakness.HAS_NAME


@pytest.mark.parametrize(
    "password",
    [
        "FederationOfTesters!",
        "federation of testers 31",
        "testers federation 31 geese",
        "F3deration of Te$ters here",
        "fot counts nine geese 8",
        "the national union of geese",
        "national-union geese walk",
        "union, national: geese walk",
    ],
)
def test_the_name_of_the_body_is_refused(password: str) -> None:
    assert find_weakness(password, DANA) is Weakness.HAS_BODY


@pytest.mark.parametrize(
    "password",
    [
        "horse battery staple correct",
        "horse battery staple",
        "forty trees in a row",
        "Wdj4-kkP0-zz",
        "nine testers count geese",
        "a federation of nine geese",
        "enjoying the long rain here",
        "an-a-d-walks-in-the-rain",
        "ünïcödé geese walk slowly",
        "горы высокие и реки",
        "x" + "kq7v9zt3mw1p" * 9,
    ],
)
def test_other_passwords_are_not_refused(password: str) -> None:
    assert (
        find_weakness(
            password,
            PasswordOwner("joy@nea.org", "Joy Ng", (OwnerBody("fot", "Federation of Testers"),)),
        )
        is None
    )


def test_a_name_that_says_nothing_refuses_nothing() -> None:
    for owner in (
        PasswordOwner("", ""),
        PasswordOwner("1234@56.example", "B. C."),
        PasswordOwner("a@b.c", "-", (OwnerBody("", ""), OwnerBody("x", "The Of"))),
    ):
        assert find_weakness("forty trees 1234 in a row", owner) is None


@given(st.text(max_size=120), st.text(max_size=30), st.text(max_size=30))
def test_any_text_has_an_answer(password: str, address: str, name: str) -> None:
    weakness = find_weakness(password, PasswordOwner(address, name, (OwnerBody("fot", name),)))
    assert (weakness is Weakness.TOO_SHORT) == (len(password) < SHORTEST)


@given(
    st.text(alphabet="abcdefghijklmnop", min_size=5, max_size=12),
    st.sampled_from(["{} geese walk slowly", "forty trees {}", "nine-{}-geese-walk"]),
)
def test_a_name_in_any_place_and_case_is_found(name: str, pattern: str) -> None:
    for written in (name, name.upper(), name.title(), ".".join(name)):
        assert (
            find_weakness(pattern.format(written), PasswordOwner("x@y.example", name))
            is Weakness.HAS_NAME
        )


def test_the_page_says_why_and_the_link_stays_good(union: Union) -> None:
    with union.app.app_context():
        user = user_accounts.find_account(db.session(), "hollis@example.org")
        assert user
        address = "/account/password/" + user_accounts.make_link(db.session(), user, NOW)
        db.session.commit()
    client = union.client(None)
    for password, text in (
        ("eleven char", "too short"),
        ("password1234", "too easy to guess"),
        ("hollis counts geese", "contains your e-mail address"),
        ("Federation of Testers", "contains the name of your organisation"),
    ):
        answer = client.post(address, data={"password": password})
        assert answer.status_code == 422 and text in answer.text and password not in answer.text, (
            password
        )
    assert client.post(address, data={"password": "forty trees in a row"}).status_code == 303
