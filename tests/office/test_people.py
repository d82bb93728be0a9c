"""The pages of people: who reads them, inviting, roles from and until, closing, links, two at
once.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.factories.staffed_union import NOW, PEOPLE, StaffClient, Union, build_union
from tracker.accounts import account_list, body_people, user_accounts
from tracker.accounts.access import _actors
from tracker.accounts.second_factors import second_factor
from tracker.accounts.user import AuthenticatorApp, RecoveryCode
from tracker.acts import bodies, people
from tracker.acts.act_context import for_body
from tracker.extensions import db
from tracker.record.people import Person
from tracker.rules.codes import FactorKind, Role
from tracker.rules.permissions import COMMAND_LINE, Grant

PAGE = "/office/union/people"
PASSWORD = "seven quiet lamps beneath"


@pytest.fixture
def union(app: Flask) -> Union:
    return build_union(app)


def invitation(**more: str) -> dict[str, str]:
    return {"name": "Greta Molnar", "email": "greta@example.org", "role": "auditor", **more}


def link_on(page: str) -> str:
    [link] = re.findall(r'readonly\s+value="http://[^/]+([^"]+)"', page)
    return str(link)


def as_listed(union: Union, who: str) -> body_people.BodyPerson:
    with union.session() as session:
        person = body_people.find_person(
            session,
            union.body_id,
            union.people[who],
            NOW,
            NOW.tzinfo,  # type: ignore[arg-type]
        )
        assert person
        return person


def version(union: Union, who: str) -> str:
    return as_listed(union, who).version


def person_page(union: Union, who: str) -> str:
    return f"{PAGE}/{union.people[who]}"


def held_by(union: Union, who: str, role: Role) -> int:
    return next(held.id for held in as_listed(union, who).roles_now if held.role is role)


def grants(union: Union, address: str) -> frozenset[Grant]:
    with union.session() as session:
        account = user_accounts.find_account(session, address)
        assert account
        actor = _actors(session, account.id).get(union.body_id)
        return actor.grants if actor else frozenset()


def test_only_an_administrator_reads_and_changes_people(union: Union) -> None:
    for who in PEOPLE:
        expected = 200 if who == "imani" else 403
        assert union.client(who).get(PAGE).status_code == expected, who
        page = person_page(union, "dana")
        assert union.client(who).get(page).status_code == expected, who
        if who != "imani":
            for act in ("role", "end-role", "close", "open", "link", "reset-second-factor"):
                assert union.client(who).post(f"{page}/{act}").status_code == 403, (who, act)
            assert union.client(who).post(PAGE, data=invitation()).status_code == 403
    assert union.client("imani").get(f"{PAGE}/999999").status_code == 404
    assert f'href="{PAGE}"' in union.client("imani").get("/office").text


def test_an_invited_person_chooses_a_password_and_has_the_role(union: Union) -> None:
    answer = union.client("imani").post(PAGE, data=invitation())
    assert answer.status_code == 200
    link = link_on(answer.text)
    assert "Greta Molnar can choose a password now" in answer.text
    assert link not in union.client("imani").get(PAGE).text
    assert "invited" in union.client("imani").get(f"{PAGE}?q=greta").text
    newcomer = union.client(None)
    assert newcomer.get(link).status_code == 200
    assert newcomer.post(link, data={"password": PASSWORD}).status_code == 303
    assert grants(union, "greta@example.org") == {Grant(Role.AUDITOR)}
    assert union.client(None).get(link).status_code == 410


def test_a_wrong_invitation_comes_back_filled_in(union: Union) -> None:
    for wrong, sentence in (
        ({"email": "no address"}, "This can be no e-mail address"),
        ({"role": "staff"}, "A manager and staff have their role in a unit"),
        ({"role": ""}, "Choose a role"),
        ({"name": " "}, "Write the name"),
        ({"until_on": "2020-01-01"}, "The last day lies before the first"),
        ({"from_on": "2027-02-01", "until_on": "2027-01-01"}, "The last day lies before"),
    ):
        answer = union.client("imani").post(PAGE, data=invitation(**wrong))
        assert answer.status_code == 422, wrong
        assert sentence in answer.text, wrong
        if "name" not in wrong:
            assert 'value="Greta Molnar"' in answer.text
    with union.session() as session:
        assert user_accounts.find_account(session, "greta@example.org") is None


def test_whoever_has_an_account_gets_the_role_and_no_link(union: Union) -> None:
    with union.app.app_context():
        account = user_accounts.find_account(db.session(), "dana@example.org")
        assert account
        user_accounts.set_password(db.session(), account, PASSWORD)
        db.session.commit()
    answer = union.client("imani").post(PAGE, data=invitation(email="dana@example.org"))
    assert answer.status_code == 303
    assert Grant(Role.AUDITOR) in grants(union, "dana@example.org")


def test_a_role_holds_from_its_first_day_and_until_its_last(union: Union) -> None:
    first, last = NOW.date() + timedelta(days=10), NOW.date() + timedelta(days=20)
    client = union.client("imani")
    answer = client.post(
        f"{person_page(union, 'joy')}/role",
        data={
            "role": "confirmer",
            "from_on": first.isoformat(),
            "until_on": last.isoformat(),
            "version": version(union, "joy"),
        },
    )
    assert answer.status_code == 303
    confirmer = Grant(Role.CONFIRMER)
    for days, holds in ((0, False), (9, False), (10, True), (20, True), (21, False)):
        union.app.config["CLOCK"] = lambda days=days: NOW + timedelta(days=days)
        assert (confirmer in grants(union, "joy@example.org")) is holds, days
    # over, so that it can be given again
    with union.app.app_context():
        later = for_body(db.session(), union.body_id, COMMAND_LINE, NOW + timedelta(days=30))
        joy = db.session.get_one(Person, union.people["joy"])
        assert people.give_role(later, joy, Role.CONFIRMER)


def test_a_role_ends_at_once_or_after_a_last_day(union: Union) -> None:
    client, page = union.client("imani"), person_page(union, "ewan")
    last = NOW.date() + timedelta(days=5)
    form = {
        "held": str(held_by(union, "ewan", Role.AUDITOR)),
        "version": version(union, "ewan"),
        "until_on": last.isoformat(),
    }
    assert client.post(f"{page}/end-role", data=form).status_code == 303
    assert Grant(Role.AUDITOR) in grants(union, "ewan@example.org")
    text = client.get(page).text
    assert text.count("Auditor</b>") == 1
    form = {
        "held": str(held_by(union, "ewan", Role.AUDITOR)),
        "version": version(union, "ewan"),
    }
    ewan = union.client("ewan")
    assert ewan.get("/office").status_code == 200
    assert client.post(f"{page}/end-role", data=form).status_code == 303
    assert grants(union, "ewan@example.org") == frozenset()
    assert ewan.get("/office").status_code == 302  # with the last role the session ended


def test_the_last_administrator_stays(union: Union) -> None:
    client, page = union.client("imani"), person_page(union, "imani")
    form = {
        "held": str(held_by(union, "imani", Role.ADMINISTRATOR)),
        "version": version(union, "imani"),
    }
    answer = client.post(f"{page}/end-role", data=form)
    assert answer.status_code == 409 and "Nobody else is administrator" in answer.text
    answer = client.post(f"{page}/close", data={"version": version(union, "imani")})
    assert answer.status_code == 409 and "Nobody else is administrator" in answer.text
    with union.context() as context:
        joy = context.session.get_one(Person, union.people["joy"])
        people.give_role(context, joy, Role.ADMINISTRATOR)
    assert client.post(f"{page}/end-role", data=form).status_code == 303


def test_who_was_let_go_is_out_at_once_and_can_come_back(union: Union) -> None:
    client, page = union.client("imani"), person_page(union, "ray")
    ray = union.client("ray")
    assert ray.get("/my-work").status_code == 200
    answer = client.post(f"{page}/close", data={"version": version(union, "ray")})
    assert answer.status_code == 303
    assert ray.get("/my-work").status_code == 302
    assert grants(union, "ray@example.org") == frozenset()
    assert "closed" in client.get(f"{PAGE}?show=closed").text
    answer = client.post(f"{page}/open", data={"version": version(union, "ray")})
    assert answer.status_code == 200
    link = link_on(answer.text)
    assert union.client(None).post(link, data={"password": PASSWORD}).status_code == 303


def test_a_new_link_ends_the_one_before(union: Union) -> None:
    client, page = union.client("imani"), person_page(union, "dana")
    links = [
        link_on(client.post(f"{page}/link", data={"version": version(union, "dana")}).text)
        for _ in range(2)
    ]
    assert union.client(None).get(links[0]).status_code == 410
    assert union.client(None).get(links[1]).status_code == 200


def test_two_administrators_at_once_see_each_others_change(union: Union) -> None:
    client, page = union.client("imani"), person_page(union, "joy")
    seen = version(union, "joy")
    with union.context() as context:
        joy = context.session.get_one(Person, union.people["joy"])
        people.give_role(context, joy, Role.AUDITOR)
    answer = client.post(f"{page}/role", data={"role": "governance", "version": seen})
    assert answer.status_code == 409
    assert "Somebody else recorded something here" in answer.text
    assert '<option selected value="governance">' in answer.text
    assert "Auditor" in answer.text
    assert Grant(Role.GOVERNANCE) not in grants(union, "joy@example.org")


def test_no_link_leads_into_a_body_that_others_administer(union: Union) -> None:
    with union.app.app_context():
        other = bodies.found_body(db.session(), "other", {"name": "Other"}, NOW)
        context = for_body(db.session(), other.id, COMMAND_LINE, NOW)
        account = user_accounts.find_account(db.session(), "joy@example.org")
        assert account
        elsewhere = people.add(context, "Joy")
        people.join_account(context, elsewhere, account.id)
        people.give_role(context, elsewhere, Role.ADMINISTRATOR)
        db.session.commit()
        assert len(account_list.bodies_of_account(db.session(), account.id)) == 2
    client, page = union.client("imani"), person_page(union, "joy")
    for act in ("link", "close"):
        answer = client.post(f"{page}/{act}", data={"version": version(union, "joy")})
        assert answer.status_code == 409, act
        assert "belongs to people of another body" in answer.text
    answer = client.post(PAGE, data=invitation(email="joy@example.org"))
    assert answer.status_code == 422 and "another body" in answer.text


def test_filters_of_the_list(union: Union) -> None:
    client: StaffClient = union.client("imani")

    def names(query: str) -> list[str]:
        return re.findall(r'class="table__title"[^>]*>([^<]+)<', client.get(f"{PAGE}?{query}").text)

    assert len(names("")) == len(PEOPLE)
    assert names("q=DANA") == ["Dana"]
    assert names("role=auditor") == ["Ewan"]
    assert names(f"unit={union.units['Center for Safety']}") == ["Hollis", "Teo"]
    assert names("show=closed") == []
    assert len(names("role=nonsense&page=x")) == 0


# --- a second factor that is lost ---


def with_recovery_codes(union: Union, who: str) -> list[str]:
    """An account with an app."""
    with union.app.app_context():
        account = user_accounts.find_account(db.session(), f"{who}@example.org")
        assert account
        secret = second_factor.new_secret()
        db.session.add(AuthenticatorApp(user_id=account.id, secret=secret, since=NOW))
        codes = second_factor.make_recovery_codes(db.session(), account.id, NOW)
        db.session.commit()
    return codes


def test_a_lost_second_factor_is_reset_and_its_sessions_end(union: Union) -> None:
    with_recovery_codes(union, "dana")
    client, page = union.client("imani"), person_page(union, "dana")
    dana = union.client("dana")
    assert dana.get("/account").status_code == 200
    assert "Code from an app" in client.get(PAGE).text
    shown = version(union, "dana")
    assert "Reset the second factor" in client.get(page).text
    answer = client.post(f"{page}/reset-second-factor", data={"version": shown})
    assert answer.status_code == 303
    text = client.get(page).text
    assert "none; not required here" in text and "Reset the second factor" not in text
    assert dana.get("/account").status_code == 302
    with union.session() as session:
        assert not session.scalar(sa.select(sa.func.count()).select_from(RecoveryCode))
    # another administrator, whose page is from before, takes nothing away that was set up since
    with_recovery_codes(union, "dana")
    stale = as_listed(union, "dana").version.replace(".app.", ".none.")
    answer = client.post(f"{page}/reset-second-factor", data={"version": stale})
    assert answer.status_code == 409
    assert as_listed(union, "dana").second_factor is FactorKind.APP
    log = union.client("ewan").get("/office/union/security").text
    assert "Second factors reset" in log and "by Imani" in log


def test_nobody_resets_their_own(union: Union) -> None:
    with_recovery_codes(union, "imani")
    client, page = union.client("imani"), person_page(union, "imani")
    assert "Your own is replaced on the page of your account" in client.get(page).text
    form = {"version": version(union, "imani")}
    answer = client.post(f"{page}/reset-second-factor", data=form)
    assert answer.status_code == 409 and "Nobody resets their own second factor" in answer.text


def test_a_page_of_a_person_says_whether_a_second_factor_is_required(union: Union) -> None:
    with_recovery_codes(union, "imani")
    with union.context() as context:
        bodies.set_setting(context, "second_factor", "yes")
    for who, words in (("walter", "none; required"), ("dana", "none; required of")):
        assert words in union.client("imani").get(person_page(union, who)).text


def test_an_administrator_renames_somebody(union: Union) -> None:
    client, page = union.client("imani"), person_page(union, "dana")
    form = {"name": " Dana   Winter", "version": version(union, "dana")}
    assert client.post(f"{page}/name", data=form).status_code == 303
    assert "Dana Winter" in client.get(page).text
    assert "Dana Winter</a>" in union.client("dana").get("/account").text
    late = client.post(f"{page}/name", data=form | {"name": "Dana Summer"})
    assert late.status_code == 409 and 'value="Dana Summer"' in late.text
    empty = client.post(f"{page}/name", data=form | {"name": " "})
    assert empty.status_code == 422 and "Write the name" in empty.text


def test_an_account_that_is_somebody_elsewhere_keeps_its_name(union: Union) -> None:
    with union.app.app_context():
        other = bodies.found_body(db.session(), "other", {"name": "Other", "time_zone": "UTC"}, NOW)
        at = for_body(db.session(), other.id, COMMAND_LINE, NOW)
        account = user_accounts.find_account(db.session(), "dana@example.org")
        assert account
        people.join_account(at, people.add(at, "Dana"), account.id)
        db.session.commit()
    form = {"name": "Dana Winter", "version": version(union, "dana")}
    client, page = union.client("imani"), person_page(union, "dana")
    assert client.post(f"{page}/name", data=form).status_code == 303
    assert "Dana Winter" in client.get(page).text
    assert "Dana</a>" in union.client("dana").get("/account").text
