"""A closed body and one that is not there cannot be told apart by whoever has no role in it.

As every role, at every address.
"""

from __future__ import annotations

import io
import re

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from tests.factories.staffed_union import NOW, PEOPLE, Union
from tests.statements import counting
from tracker.acts import act_context, bodies, conventions, items
from tracker.extensions import db
from tracker.rules.permissions import COMMAND_LINE

pytestmark = pytest.mark.slow

CLOSED, ABSENT = "aclosed", "aabsent"  # of one length: nothing else of the two addresses differs
ADDRESS = {
    "<any(units, delegations):roster>": "units",
    "<form_name>": "assign",
    "<int:fact_id>": "1",
    "<int:row_id>": "1",
    "<int:fund_id>": "1",
    "<int:kind_id>": "1",
    "<int:person_id>": "1",
    "<int:number>": "1",
    "<convention_slug>": "2026",
    "<file_name>": "a.svg",
    "<spelling>": "nbi-1",
    "<number>": "UNION-2026-1",
    "<int:claim>": "1",
    "<int:outcome>": "1",
    "<int:entry>": "1",
    "<int:job_id>": "1",
    "<int:preview_id>": "1",
    "<int:word_id>": "1",
    "<int:request_id>": "1",
    "<int:import_id>": "1",
    "<int:withholding_id>": "1",
    "<int:report_id>": "1",
    "<int:meeting_id>": "1",
}


@pytest.fixture
def two(union: Union) -> Union:
    """Beside the union with open pages a closed one, with a convention and an item, in which none
    of PEOPLE is anybody.
    """
    now = NOW
    with union.app.app_context():
        body = bodies.found_body(
            db.session(),
            CLOSED,
            {"name": "The Secret Society", "pages": "closed", "time_zone": "Asia/Tokyo"},
            now,
        )
        at = act_context.for_body(db.session(), body.id, COMMAND_LINE, now)
        convention = conventions.record(at, "2026", "Secret 2026", conventions.Dates(year=2026))
        items.register(
            at,
            convention,
            "new_business_item",
            "1",
            items.NewVersion(words="Do the secret thing.", title="Secret"),
        )
        db.session.commit()
    return union


def addresses(union: Union) -> list[tuple[str, str]]:
    """Each with its methods, the body left open; with a day and with words to find, which are read
    after it.
    """
    paths = []
    for rule in union.app.url_map.iter_rules():
        if "<body>" not in str(rule):
            continue
        path = str(rule)
        for name, value in ADDRESS.items():
            path = path.replace(name, value)
        assert path.count("<") == 1, path
        paths += [(method, path) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    paths += [
        ("GET", path + more)
        for method, path in list(paths)
        if method == "GET"
        for more in ("?as_of=1999-01-01", "?as_of=never", "?q=thing")
    ]
    paths += [
        ("GET", "/<body>"),
        ("POST", "/<body>/"),
        ("GET", "/<body>/1999/"),
        ("GET", "/<body>/2026/nbi-99"),
        ("GET", "/<body>/2026/NBI 1/"),
    ]
    return paths


def seen(answer: TestResponse, slug: str) -> tuple[int, dict[str, str], str]:
    """All that comes back, without what is of the address itself, and of the second in which the
    form of signing out was signed.
    """
    headers = {
        name: value.replace(slug, "…")
        for name, value in answer.headers
        if name not in ("Date", "Set-Cookie")
    }
    text = re.sub(r'(name="csrf_token"\s+value=")[^"]*', r"\1", answer.get_data(as_text=True))
    return answer.status_code, headers, text.replace(slug, "…")


def test_they_cannot_be_told_apart(two: Union) -> None:
    for who, accept in [
        (None, "application/json"),
        *((who, "text/html") for who in (None, *PEOPLE)),
    ]:
        client = two.client(who)
        for method, path in addresses(two):
            both = [
                seen(
                    client.open(
                        path.replace("<body>", slug), method=method, headers={"Accept": accept}
                    ),
                    slug,
                )
                for slug in (CLOSED, ABSENT)
            ]
            assert both[0] == both[1], (method, path, who)
            assert both[0][0] in (302, 308, 404, 405), (method, path, who, both[0][0])
            assert "ecret" not in both[0][2]


def test_a_closed_and_an_absent_body_cost_the_same_statements(two: Union) -> None:
    """The same statements: whoever measures the time of the answers learns nothing."""
    with two.app.app_context():
        engine = db.engine
    for who in (None, "dana", "walter"):
        for path in (
            "/<body>/",
            "/<body>/2026/nbi-1",
            "/my-work/<body>/release",
            "/office/<body>/reports",
        ):
            statements_of_both = []
            for slug in (CLOSED, ABSENT):
                client = two.client(who)
                with counting(engine) as statements:
                    client.get(path.replace("<body>", slug))
                statements_of_both.append(statements)
            assert statements_of_both[0] == statements_of_both[1], (who, path)


def test_the_page_offers_to_sign_in_to_whoever_is_not(two: Union) -> None:
    for slug in (CLOSED, ABSENT):
        page = two.client(None).get(f"/{slug}/2026/nbi-1?as_of=2026-01-01")
        assert page.status_code == 404
        assert f'href="/sign-in?next=%2F{slug}%2F2026%2Fnbi-1%3Fas_of%3D2026-01-01"' in page.text
        assert "/sign-in?next" not in two.client("dana").get(f"/{slug}/").text


def test_whoever_has_a_role_in_it_comes_in(two: Union) -> None:
    from tracker.acts import people

    with two.app.app_context():
        body_id = db.session.scalar(
            sa.text("SELECT id FROM body WHERE slug = :slug"), {"slug": CLOSED}
        )
        user_id = db.session.scalar(
            sa.text("SELECT id FROM user_account WHERE email = 'joy@example.org'")
        )
        db.session.rollback()
        at = act_context.for_body(db.session(), body_id, COMMAND_LINE, NOW)
        person = people.add(at, "Joy")
        people.join_account(at, person, user_id)
        people.give_role(at, person, people.Role.READER)
        db.session.commit()
    assert two.client("joy").get(f"/{CLOSED}/2026/nbi-1").status_code == 200
    assert two.client("dana").get(f"/{CLOSED}/2026/nbi-1").status_code == 404
    # that it exists is known to a reader
    assert two.client("joy").get(f"/my-work/{CLOSED}/release").status_code == 403


def test_a_file_of_it_is_as_one_that_is_not_there(two: Union) -> None:
    assert (
        two.log("dana", 4, "done", files=[(io.BytesIO(b"%PDF-1.7 a"), "a.pdf")]).status_code == 303
    )
    inside = two.files(4)[0]
    for who in (None, "joy", "imani", "hollis"):
        both = [
            seen(two.client(who).get(f"/files/{key}"), f"%2Ffiles%2F{key}")
            for key in (inside, inside + 1)
        ]
        assert both[0] == both[1] and both[0][0] == 404, who
