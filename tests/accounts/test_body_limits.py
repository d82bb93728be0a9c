"""Bodies are refused by their size, and by how many fields they have, before anything of them is
parsed; files only where somebody may send them.
"""

from __future__ import annotations

import io

import pytest
from werkzeug.formparser import FormDataParser, MultiPartParser

from tests.factories.staffed_union import ITEM, StaffClient, Union
from tracker.accounts.body_limits import LARGEST_FORM, LARGEST_WITH_FILES, MOST_FIELDS, largest_body

LOG = ITEM.format(4) + "/log"
URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def unparsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body that is parsed fails the test."""

    def never(*_: object, **__: object) -> None:
        raise AssertionError("it was parsed")

    monkeypatch.setattr(MultiPartParser, "parse", never)
    monkeypatch.setattr(FormDataParser, "_parse_urlencoded", never)


class Endless(io.RawIOBase):
    """A body longer than anybody should read: reading more than was allowed fails the test."""

    def __init__(self, allowed: int) -> None:
        self.left = allowed

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray) -> int:
        self.left -= len(into)
        assert self.left >= 0, "too much was read"
        into[:] = b"a" * len(into)
        return len(into)


def body(allowed: int, length: int | None) -> dict[str, object]:
    """An endless body of that Content-Length, or without one."""
    length_header = (
        {"CONTENT_LENGTH": str(length)}
        if length is not None
        else {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}
    )
    return {"wsgi.input": Endless(allowed), **length_header}


@pytest.mark.usefixtures("unparsed")
@pytest.mark.parametrize("who", [None, "joy", "dana"])
@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/account/password/nothing",
        "/sign-out",
        "/my-work/union/release",
        "/union/",
        "/static/nothing",
    ],
)
def test_a_large_form_is_refused_unread(union: Union, who: str | None, path: str) -> None:
    answer = union.client(who).post(
        path, content_type=URLENCODED, environ_overrides=body(0, 59 * 2**20)
    )
    assert answer.status_code in (404, 405, 413), answer.status_code


def test_a_large_form_without_a_length_is_read_to_the_limit_only(union: Union) -> None:
    answer = union.client(None).post(
        "/sign-in", content_type=URLENCODED, environ_overrides=body(LARGEST_FORM + 2**17, None)
    )
    assert answer.status_code == 413 and "too large" in answer.text


@pytest.mark.usefixtures("unparsed")
@pytest.mark.parametrize("who", [None, "joy", "marisol"])
def test_files_are_not_read_from_who_may_not_send_them(union: Union, who: str | None) -> None:
    answer = union.client(who).post(
        LOG, content_type="multipart/form-data; boundary=x", environ_overrides=body(0, 2 * 2**20)
    )
    assert answer.status_code == 413


def test_files_are_read_from_who_may(union: Union) -> None:
    assert (
        union.log(
            "dana", 4, files=[(io.BytesIO(b"%PDF-1.7 " + b"a" * 3_000_000), "long.pdf")]
        ).status_code
        == 303
    )
    answer = union.client("dana").post(
        LOG,
        content_type="multipart/form-data; boundary=x",
        environ_overrides=body(0, LARGEST_WITH_FILES + 1),
    )
    assert answer.status_code == 413


def test_fields_are_counted(union: Union) -> None:
    client = union.client(None)
    many = "&".join(["a="] * MOST_FIELDS)
    assert client.post("/sign-in", data=many, content_type=URLENCODED).status_code == 422
    assert client.post("/sign-in", data=many + "&a=", content_type=URLENCODED).status_code == 413
    parts = {f"field-{number}": "x" for number in range(MOST_FIELDS + 1)}
    assert (
        client.post("/sign-in", data=parts, content_type="multipart/form-data").status_code == 413
    )
    assert (
        union.log(
            "dana", 4, **{f"more__{number}": "x" for number in range(MOST_FIELDS + 1)}
        ).status_code
        == 413
    )
    words = union.form(
        4, words="a" * (LARGEST_FORM + 1), files=[(io.BytesIO(b"%PDF-1.7"), "a.pdf")]
    )
    assert union.client("dana").post(LOG, data=words).status_code == 413


def test_a_server_knows_by_the_head_what_to_receive(union: Union) -> None:
    def limit(who: str | None, path: str, method: str = "POST") -> int:
        client: StaffClient = union.client(who)
        cookie = client.get_cookie("session")
        return largest_body(
            union.app, method, path, f"session={cookie.value}" if cookie else "session=forged"
        )

    assert limit("dana", LOG) == LARGEST_WITH_FILES
    assert {
        limit(None, LOG),
        limit("dana", "/sign-in"),
        limit("dana", "/nowhere/at/all"),
        limit("dana", "/sign-in", "PUT"),
        limit("dana", "//"),
        limit("dana", "/%00%ff"),
    } == {LARGEST_FORM}
