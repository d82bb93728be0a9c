"""Every address, as every role, with what nobody would type: whatever comes, the answer is no fault
of ours.

The long run is in `make soak`.
"""

from __future__ import annotations

import io
import os
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from werkzeug.test import EnvironBuilder, TestResponse
from werkzeug.wrappers import Request

from tests.factories.staffed_union import ITEM, PEOPLE, Union, build_union

pytestmark = pytest.mark.slow

LONG = int(os.environ.get("EXAMPLES", "400")) * 10
NASTY = [
    "",
    " ",
    "²",
    "٣",
    "-1",
    "0",
    "1",
    "9" * 30,
    "9" * 5000,
    "%0d%0aSet-Cookie: a=b",
    "\r\nSet-Cookie: a=b",
    "\n",
    "/\r\n/evil.example",
    "//evil.example",
    "/\\evil.example",
    "..",
    "../../etc/passwd",
    "%00",
    "\0",
    "'",
    '"',
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "\u202e",
    "\ud7ff\ue000",
    "\x7f\x1b[31m",
    "ﬀ",
    "İ",
    "a" * 300,
    "NaN",
    "Infinity",
    "1e400",
    "-0",
    "true",
    "null",
    "[]",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "10000-01-01",
    "12026-01-01",
    "\u0662\u0660\u0662\u0666-01-01",
    "1,2,3",
    "$",
    "https://",
    "http://[::1",
    "javascript:alert(1)",
    "http://a:99999999/",
    "x" * 5000,
]
GOOD = [
    "union",
    "2026",
    "nbi-1",
    "nbi-2",
    "nbi-4",
    "done",
    "progress",
    "release",
    "return",
    "confirmed",
    "returned",
    "y",
    "public",
    "amount",
    "1",
    "2",
]
QUERY = [
    "as_of",
    "q",
    "verdict",
    "delegation",
    "department",
    "kind",
    "rows",
    "order",
    "page",
    "size",
    "next",
    "entry",
    "corrects",
    "again",
    "lang",
]
INPUT = re.compile(r'<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"')

words = st.one_of(st.sampled_from(GOOD), st.sampled_from(NASTY), st.text(max_size=40))


class Visitor(FlaskClient):
    """Without a look at the page: that has tests of its own.

    Each request in a context of its own.
    """

    def open(self, *args: Any, **options: Any) -> TestResponse:
        with self.application.app_context():
            return super().open(*args, **options)

    def send(self, environ: dict[str, Any]) -> TestResponse:
        """As it is: `open` makes an environment of its own first, and fails by itself at a Host
        that any client can send.
        """
        with self.application.app_context():
            return TestResponse(
                *self.run_wsgi_app(environ, buffered=True), request=Request(environ)
            )


@pytest.fixture
def union(app: Flask) -> Union:
    """With an entry that waits, one that is released, and a claim with a file on the desk."""
    union = build_union(app)
    assert (
        union.log("dana", 4, "done", files=[(io.BytesIO(b"%PDF-1.7 a"), "a.pdf")]).status_code
        == 303
    )
    assert union.decide("ray", union.entry(4)).status_code == 303
    assert union.log("dana", 1, "progress").status_code == 303
    app.config["PROPAGATE_FAULTS"] = True
    return union


def fields_of(union: Union) -> list[str]:
    """The names that the forms of the pages have, and neighbours of them."""
    pages = [("dana", ITEM.format(n) + "/log") for n in (1, 2)] + [
        ("ray", "/my-work/union/release"),
        ("marisol", f"/my-work/union/confirm/{union.claim(4)}"),
        ("walter", ITEM.format(4)),
        ("walter", "/office/union/reports"),
        (None, "/sign-in"),
    ]
    field_names = {
        name for who, page in pages for name in INPUT.findall(union.client(who).get(page).text)
    }
    assert len(field_names) > 20, field_names
    other_numbers = {
        re.sub(r"\d+", other, name)
        for name in field_names
        for other in ("²", "-1", "9" * 12, "9" * 5000, "")
        if re.search(r"\d", name)
    }
    return sorted(
        field_names
        | other_numbers
        | {
            "entries-²-entry",
            "clauses-0",
            "links",
            "kept-0-upload",
            "all",
            "add",
            "drop",
            "preview",
            "draft",
        }
    )


def visitor(union: Union, who: str | None) -> Visitor:
    client = Visitor(union.app, union.app.response_class)
    if who:
        with (
            union.client(who).session_transaction() as mine,
            client.session_transaction() as session,
        ):
            session.update(mine)
    return client


def bombard(union: Union, examples: int) -> None:
    rules = sorted(union.app.url_map.iter_rules(), key=str)
    names = st.one_of(
        st.sampled_from(fields_of(union)), st.sampled_from(NASTY[:40]), st.text(max_size=12)
    )
    visitors = {who: visitor(union, who) for who in (None, *PEOPLE)}

    @settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(
        rule=st.sampled_from(rules),
        who=st.sampled_from(list(visitors)),
        data=st.data(),
        query=st.lists(st.tuples(st.one_of(st.sampled_from(QUERY), words), words), max_size=4),
        form=st.lists(st.tuples(names, words), max_size=12),
        good=st.booleans(),
        file=st.booleans(),
        headers=st.lists(
            st.tuples(
                st.sampled_from(
                    [
                        "Accept",
                        "Accept-Language",
                        "If-None-Match",
                        "If-Modified-Since",
                        "Range",
                        "Cookie",
                        "Referer",
                        "Host",
                        "X-Forwarded-For",
                        "X-Forwarded-Host",
                        "Content-Type",
                        "Accept-Encoding",
                    ]
                ),
                st.one_of(
                    st.sampled_from(
                        [value for value in NASTY if value.isascii() and value.isprintable()]
                    ),
                    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
                ),
            ),
            max_size=2,
        ),
    )
    def one(
        rule: Any,
        who: str | None,
        data: st.DataObject,
        query: Any,
        form: Any,
        good: bool,
        file: bool,
        headers: Any,
    ) -> None:
        def part(_: re.Match[str]) -> str:
            return data.draw(st.sampled_from(GOOD) if good else words)

        if good:
            part_of = {
                "<body>": "union",
                "<convention_slug>": "2026",
                "<spelling>": data.draw(st.sampled_from(["nbi-1", "nbi-2", "nbi-4"])),
                "<int:claim>": str(claim),
                "<int:entry>": str(entry),
            }
            path = re.sub(
                r"<[^>]+>",
                lambda placeholder: part_of.get(placeholder[0]) or part(placeholder),
                str(rule),
            )
        else:
            path = re.sub(r"<[^>]+>", part, str(rule))
        method = data.draw(st.sampled_from(sorted((rule.methods or set()) - {"OPTIONS"})))
        sent: dict[str, Any] = {}
        for name, value in form:
            sent.setdefault(name, []).append(value)
        if file:
            sent["files"] = [
                (io.BytesIO(data.draw(st.binary(max_size=60))), data.draw(words) or "a")
            ]
        try:
            builder = EnvironBuilder(
                path="/" + path.lstrip("/"),
                query_string=dict(query),
                method=method,
                headers=headers,
                data=sent if method == "POST" else None,
            )
            environ = builder.get_environ()
        except (ValueError, UnicodeError):
            reject()  # no client can send it
        answer = visitors[who].send(environ)
        assert answer.status_code < 500, (method, path, who, query, form)
        for name, value in answer.headers:
            assert "\n" not in value and "\r" not in value, (name, value)
        if 300 < answer.status_code < 304:
            assert re.match(r"(http://localhost)?/(?![/\\])", answer.headers["Location"]), (
                answer.headers["Location"]
            )

    claim, entry = union.claim(4), union.entry(1)
    one()


def test_no_request_is_a_fault(union: Union) -> None:
    bombard(union, 120)


@pytest.mark.soak
def test_no_request_is_a_fault_in_a_long_run(union: Union) -> None:
    bombard(union, LONG)


def test_a_field_that_no_page_has_is_no_fault(union: Union) -> None:
    for name in (
        "entries-²-entry",
        "entries-٣-entry",
        "entries-" + "9" * 5000 + "-entry",
        "clauses-²-clause",
        "kept-²-upload",
        "links-²-url",
    ):
        assert (
            union.client("ray").post("/my-work/union/release", data={name: "1"}).status_code == 400
        ), name
        assert (
            union.client("dana").post(ITEM.format(4) + "/log", data={name: "1"}).status_code == 400
        ), name


@pytest.mark.parametrize(
    "about",
    [
        "form-data",
        'form-data; filename="a.txt"',
        'form-data; nam="a"',
        'form-data; name="',
        "form-data; name*=UTF-8''%00",
        "",
    ],
)
def test_a_part_without_a_name_is_no_fault(union: Union, about: str) -> None:
    body = f"--x\r\nContent-Disposition: {about}\r\n\r\n1\r\n--x--\r\n".encode()
    for who, path in (
        ("dana", ITEM.format(4) + "/log"),
        ("ray", "/my-work/union/release"),
        (None, "/sign-in"),
        (None, "/"),
    ):
        answer = visitor(union, who).post(
            path, data=body, content_type="multipart/form-data; boundary=x"
        )
        assert answer.status_code < 500, (who, path)


@pytest.mark.parametrize(
    "host", ["%0d%0aSet-Cookie: a=b", "9" * 5000, "a:99999999", "[::1", "", " ", "a b", "..", "a@b"]
)
def test_a_host_that_is_none_is_no_fault(union: Union, host: str) -> None:
    for path in ("/", "/sign-in", "/sign-in/passkey", "/union/2026/"):
        environ = EnvironBuilder(path=path, headers={"Host": host}).get_environ()
        assert visitor(union, None).send(environ).status_code < 500, path


BACK = [
    "/\r\nSet-Cookie: a=b",
    "/\n",
    "/a\x7fb",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https://evil.example/",
    "",
    "/a\u2028b",
    "\r\n/",
]


def test_the_way_back_leads_nowhere_else(union: Union) -> None:
    for back in BACK:
        answer = visitor(union, "dana").get("/sign-in", query_string={"next": back})
        assert answer.status_code == 302 and answer.headers["Location"] == "/my-work", back
    assert visitor(union, "dana").get("/sign-in", query_string={"next": "/\0"}).status_code == 400
    # only letters
    assert (
        visitor(union, "dana").get("/sign-in?next=/%250d%250aSet-Cookie").headers["Location"]
        == "/%0d%0aSet-Cookie"
    )
    assert (
        visitor(union, "dana")
        .get("/sign-in", query_string={"next": "/union/2026/?q=a b"})
        .headers["Location"]
        .startswith("/union/2026/?q=a")
    )
