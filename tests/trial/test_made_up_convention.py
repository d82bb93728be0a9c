"""The made-up convention with which an office tries things out: in and out, and nothing left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.factories.staffed_union import NOW, PEOPLE, StaffClient, Union
from tracker import trial
from tracker.accounts import account_list, user_accounts
from tracker.acts import bodies, trials
from tracker.acts.act_context import for_body
from tracker.extensions import db
from tracker.reading.body_context import load_body_context
from tracker.record.as_of import AsOf
from tracker.record.bodies import Body
from tracker.record.items import Item
from tracker.record.ledger_tables import CHAIN, INSTALLATION
from tracker.record.people import PersonAccount, RoleHeld
from tracker.record.summary import ItemSummary, on_day
from tracker.record.verification import verify
from tracker.rules.clause_standing import OPEN
from tracker.rules.codes import Role
from tracker.rules.permissions import COMMAND_LINE, NotAllowed
from tracker.rules.refusals import Refusal, Refused

STEPS = "/office/union/setting-up"
PATHS = ("/made-up-1/", "/made-up-1/example/", "/made-up-1/example/nbi-1", "/made-up-1/find?q=new")


@pytest.fixture
def imani(union: Union) -> Iterator[StaffClient]:
    """The administrator, after putting it in."""
    union.app.config["CLOCK"] = lambda: NOW
    client = union.client("imani")
    assert client.post(f"{STEPS}/made-up").status_code == 303
    yield client


def trial_id(union: Union) -> int:
    with union.session() as session:
        return session.scalars(sa.select(Body.id).where(Body.slug == "made-up-1")).one()


def test_whoever_puts_it_in_tries_everything_and_nobody_else_sees_it(
    union: Union, imani: StaffClient
) -> None:
    for path in PATHS:
        page = imani.get(path)
        assert page.status_code == 200 and "Made-up example" in page.text, path
        for who in ("walter", "ewan", None):
            assert union.client(who).get(path).status_code == 404, (path, who)
    assert "12" in imani.get("/made-up-1/example/").text
    assert "Minutes within ten days" in imani.get("/my-work/made-up-1/confirm").text
    assert "Child care at the convention" in imani.get("/my-work/made-up-1/release").text
    of_trial = (
        sa.select(ItemSummary.standing)
        .join(Item, Item.id == ItemSummary.item_id)
        .where(Item.body_id == trial_id(union), on_day(union.today))
    )
    with union.session() as session:
        standings = set(session.scalars(of_trial))
    assert len(standings) >= 9 and standings & set(OPEN)


def test_it_is_put_in_once_and_by_administrators_only(union: Union, imani: StaffClient) -> None:
    assert imani.post(f"{STEPS}/made-up").status_code == 303
    assert "is in already" in imani.get(STEPS).text
    for who in PEOPLE.keys() - {"imani"}:
        for path in ("made-up", "made-up/away"):
            assert union.client(who).post(f"{STEPS}/{path}").status_code == 403, who
    assert union.client(None).post(f"{STEPS}/made-up").headers["Location"].startswith("/sign-in")
    with union.session() as session:
        assert set(session.scalars(sa.select(Body.slug))) == {"union", "made-up-1"}


def test_nothing_of_it_is_left_on_any_page(union: Union, imani: StaffClient) -> None:
    before = {path: union.client(None).get(path).text for path in ("/union/", "/union/2026/")}
    body_id = trial_id(union)
    with union.context() as context:  # even where somebody opened it
        opened = for_body(context.session, body_id, COMMAND_LINE, NOW)
        bodies.set_setting(opened, "pages", "open")
    assert union.client(None).get(PATHS[0]).status_code == 200
    answer = imani.post(f"{STEPS}/made-up/away", data={"trial": "made-up-1"})
    assert answer.status_code == 303
    for client in (imani, union.client("walter"), union.client(None)):
        for path in PATHS:
            assert client.get(path).status_code == 404, path
            day = union.today.isoformat()
            assert client.get(f"{path.partition('?')[0]}?as_of={day}").status_code == 404
    for path in ("/", "/office", "/my-work", "/account", STEPS, "/union/find?q=handbook"):
        page = imani.get(path, follow_redirects=True).text
        assert "Made-up" not in page and "made-up-1" not in page, path
    for path, page in before.items():
        assert union.client(None).get(path).text == page, path
    assert "Put it in" in imani.get(STEPS).text
    again = imani.post(f"{STEPS}/made-up/away", data={"trial": "made-up-1"})
    assert again.status_code == 303 and "taken away already" in imani.get(STEPS).text


def test_the_record_of_all_stays_whole(union: Union, imani: StaffClient) -> None:
    imani.post(f"{STEPS}/made-up/away", data={"trial": "made-up-1"})
    body_id = trial_id(union)
    with union.session() as session:
        for chain in (INSTALLATION, union.body_id, body_id):
            assert list(verify(session, chain)) == []
        held = sa.select(sa.func.count()).where(
            RoleHeld.ended_by.is_(None), RoleHeld.recorded_by > body_id * CHAIN
        )
        assert session.scalar(held) == 0
    assert imani.post(f"{STEPS}/made-up").status_code == 303  # anew, in another body
    assert imani.get("/made-up-2/").status_code == 200
    assert imani.get("/made-up-1/").status_code == 404


def test_only_a_made_up_convention_is_taken_away(union: Union, imani: StaffClient) -> None:
    for said in ("union", "", "made-up-2"):
        imani.post(f"{STEPS}/made-up/away", data={"trial": said})
        assert imani.get("/made-up-1/").status_code == 200
    with union.context("imani") as context, pytest.raises(Refused) as refused:
        trials.take_away(context)
    assert refused.value.code is Refusal.NOT_THERE
    with union.context("walter") as context:
        for act in (
            lambda: trials.take_away(context),
            lambda: trial.put_in(context, user_id=1, name="Walter"),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_it_stands_in_nobodys_way(union: Union, imani: StaffClient) -> None:
    """An account that tries things out is closed by the administrators of its office; and commands
    take the office’s body for the only one.
    """
    from tracker.cli.lookup import only_body

    with union.session() as session:
        account = user_accounts.find_account(session, "imani@example.org")
        assert account
        assert account_list.bodies_of_account(session, account.id) == {union.body_id}
        roles = account_list.roles_in_offices(session, account.id, NOW)
        assert [role.role for role in roles] == [Role.ADMINISTRATOR]
        assert only_body(session).slug == "union"
        joined = sa.select(PersonAccount).where(PersonAccount.user_id == account.id)
        assert len(session.scalars(joined).all()) == 2


def test_its_own_page_of_steps_takes_it_away_too(imani: StaffClient) -> None:
    own = "/office/made-up-1/setting-up"
    assert "Take it away" in imani.get(own).text
    answer = imani.post(f"{own}/made-up/away", data={"trial": "made-up-1"})
    assert answer.headers["Location"] == "/office"


def test_no_other_body_has_such_a_slug(union: Union) -> None:
    with union.app.app_context():
        for settings in ({"name": "Ours"}, {"name": "Ours", "made_up": "no"}):
            with pytest.raises(Refused) as refused:
                bodies.found_body(db.session(), "made-up-7", settings, NOW)
            assert refused.value.code is Refusal.SLUG_IS_RESERVED
        assert load_body_context(db.session(), union.body_id, AsOf(union.today)).body.open
