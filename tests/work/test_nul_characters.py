"""A NUL, which PostgreSQL keeps in no text: wherever people can send one, the answer is a page, and
no fault.
"""

from __future__ import annotations

import io

import pytest

from tests.factories.staffed_union import Union
from tracker.extensions import db

pytestmark = pytest.mark.slow

NUL = "\0"


@pytest.mark.parametrize(
    "address",
    [
        "/%00/",
        "/union/%00/",
        "/union/2026/%00",
        "/union/2026/nbi-%00",
        "/union/2026/?q=a%00b&delegation=%00&verdict=%00",
        "/union/?as_of=%00",
        "/my-work/%00/release",
        "/my-work/union/%00/nbi-1/log",
        "/my-work/union/2026/%00/log",
        "/office/%00/reports",
        "/account/password/%00",
        "/sign-in?next=%00",
        "/files/1/%00",
        "/my-work?page=%00",
        "/my-work/union/release?entry=%00",
    ],
)
def test_a_nul_in_an_address(union: Union, address: str) -> None:
    for who in (None, "walter"):
        assert union.client(who).get(address).status_code < 500, who


def test_a_nul_in_a_form(union: Union) -> None:
    tried = union.client(None).post(
        "/sign-in", data={"email": f"dana{NUL}@example.org", "password": f"horse{NUL}"}
    )
    assert tried.status_code == 400
    for more in (
        {"words": f"a{NUL}b"},
        {"links__0__url": f"https://example.org/{NUL}"},
        {"links__0__url": "https://example.org/", "links__0__title": f"a{NUL}b"},
        {"clauses__0__claimed": "blocked", "clauses__0__blocked_by": f"a{NUL}"},
        {"clauses__0__clause": NUL},
        {"money": NUL},
        {"seen": NUL},
        {"corrects": NUL},
    ):
        assert union.log("dana", 4, **more).status_code < 500, more
        assert union.log("dana", 4, **{**more, "draft": "1"}).status_code < 500, more
    assert (
        union.log("dana", 4, words="", files=[(io.BytesIO(b"%PDF-1.7"), f"a{NUL}.pdf")]).status_code
        < 500
    )
    union.log("dana", 4, words="Forty.")
    assert (
        union.decide("ray", union.entry(4), "return", entries__0__reason=f"a{NUL}b").status_code
        < 500
    )
    report = union.client("walter").post(
        "/office/union/reports",
        data={"report": "item", "convention": "2026", "subject": f"nbi-1{NUL}", "q": NUL},
    )
    assert report.status_code < 500


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_what_is_refused_at_the_door_waits_for_no_writer(union: Union) -> None:
    """No such address, no token, a NUL: the page that says so is read while somebody writes (who
    waited for the lock, would be refused). On SQLite: PostgreSQL has no one lock.
    """
    with union.app.app_context():
        engine = db.engine
    with engine.begin():  # the write lock
        for address in ("/no/such/address/at/all", "/%00/"):
            assert union.client(None).get(address).status_code in (400, 404)
