"""Every address declares who may come in, and is tried as every role; the page that says so is
current.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import outside_links
from tests.factories.staffed_union import NOW, PEOPLE, Union, item_row
from tracker.accounts import permissions_page
from tracker.accounts.access import OPEN
from tracker.acts import bodies, imports, meetings, outcomes
from tracker.record.bodies import Fund
from tracker.record.conventions import Convention
from tracker.record.outcomes import Outcome
from tracker.rules.codes import Level, Result, Role
from tracker.rules.permissions import TABLE

DOCS = Path(__file__).parents[2] / "docs"
OF_ONE_ROW = {
    f"office.{act}"
    for act in (
        "give_role",
        "end_role",
        "close_account",
        "open_account",
        "make_link",
        "rename_person",
        "reset_second_factor",
        "reopen_row",
        "revise_fund",
        "date_convention",
    )
}
OF_A_REPORT = {
    f"office.{act}"
    for act in (
        "stop_report",
        "make_report_again",
        "draft_file",
        "report_draft",
        "sign_report_off",
        "issue_report",
        "make_files_again",
    )
}
HELD = {who: role for who, (role, _unit) in PEOPLE.items()}


def test_every_route_declares_who_may_come_in(app: Flask) -> None:
    undeclared = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in permissions_page.THIRD_PARTY
        and not hasattr(app.view_functions[rule.endpoint], "access")
    ]
    assert undeclared == []


def test_the_page_is_what_the_code_says(app: Flask) -> None:
    assert (DOCS / "permissions.md").read_text() == permissions_page.permissions_page(app), (
        "run: python tools/permissions.py > docs/permissions.md"
    )


def filled(rule: str, union: Union, claim: int, entry: int, file: int, preview: int) -> str:
    values = {
        "<body>": "union",
        "<convention_slug>": "2026",
        "<file_name>": "a.svg",
        "<spelling>": "nbi-4",
        "<number>": "UNION-2026-1",
        "<form_name>": "assign",
        "<int:fact_id>": "4",  # the lead of item 4
        "<int:claim>": str(claim),
        "<int:outcome>": "1",
        "<int:entry>": str(entry),
        "<int:key>": str(file),
        "<path:name>": "a.pdf",
        "<int:job_id>": "1",
        "<any(units, delegations):roster>": "units",
        "<int:row_id>": str(union.units["Center for Safety"]),
        "<int:fund_id>": "1",
        "<int:kind_id>": "1",
        "<int:person_id>": str(union.people["joy"]),
        "<int:number>": "1",
        "<int:passkey_id>": "1",
        "<int:preview_id>": str(preview),
        "<int:word_id>": "1",
        "<int:request_id>": "1",
        "<int:import_id>": "1",
        "<int:withholding_id>": "1",
        "<int:report_id>": "1",
        "<int:meeting_id>": "1",
        "<token>": "nothing",
        "<path:filename>": "favicon.svg",
    }
    for name, value in values.items():
        rule = rule.replace(name, value)
    assert "<" not in rule, rule
    return rule


def sent_list(union: Union) -> int:
    """A list that waits for the worker."""
    file = (io.BytesIO(b"Number,Title"), "list.csv")
    sent = union.client("walter").post("/office/union/imports", data={"file": file})
    return int(sent.headers["Location"].rpartition("/")[2])


@pytest.fixture
def prepared(union: Union) -> Union:
    """Item 4: a released claim of done with a file that stays inside; and an entry that waits.

    An outcome waits to be confirmed; another a meeting has confirmed. There are a fund, a kind and
    a word of lists of the body's own, and an import.
    """
    with union.context() as context:
        convention = item_row(context.session, union, 4).convention_id
        bodies.add_fund(
            context,
            context.session.get_one(Convention, convention),
            Fund(convention_id=convention, name="Reserve"),
        )
        bodies.add_kind(context, "pledge", "ple", follows_through=True)
        imports.record_list(context, "list.csv", "0" * 64, 3)
    word = {"words": "Dept", "means": "heading:lead"}
    added = union.client("walter").post("/office/union/imports/words", data=word)
    assert added.status_code == 303
    assert (
        union.log("dana", 4, "done", files=[(io.BytesIO(b"%PDF-1.7 a"), "a.pdf")]).status_code
        == 303
    )
    assert union.decide("ray", union.entry(4)).status_code == 303
    with union.context("walter") as context:
        item = item_row(context.session, union, 4)
        for _ in range(2):
            outcomes.state(context, item, Level.NONE_FOUND, "Looked.", union.today)
    with union.context("ray") as context:
        item = item_row(context.session, union, 4)
        for key in (1, 2):
            outcomes.release(context, item, context.session.get_one(Outcome, key))
    with union.context("walter") as context:
        meeting = meetings.NewMeeting(name="the Board", met_on=union.today, words="Page 3")
        decided = meetings.OutcomeDecision(outcome_id=2, result=Result.CONFIRMED)
        meetings.decide_by_meeting(context, meeting, [decided])
    outside_links.ask(union, set(), {1})
    return union


def served(endpoint: str, method: str) -> set[int]:
    """What somebody gets who may do it: the page, or, of an empty form, what is wrong with it."""
    if method == "POST" and endpoint in OF_ONE_ROW:
        return {409, 422}  # an empty form does not say what it was shown of a person or a unit
    if endpoint == "office.make_members_code":
        return {200}  # the page shows it, this once
    if endpoint == "office.lift_withholding":
        return {404}  # nothing is withheld
    if endpoint in OF_A_REPORT:
        return {404}  # there is none
    if method == "POST":
        return {303, 422}
    # no such job; nothing is rejected; to the queue; to type the password first
    elsewhere = {
        "marks.mark": {404},
        "office.report": {301},
        "office.rejected_rows": {404},
        "work.to_confirm": {302},
        "office.all_meetings": {302},
        "accounts.set_up_app": {303},
        "accounts.remove_app": {303},
        "accounts.new_recovery_codes": {303},
        "accounts.add_passkey": {303},
        "accounts.passkey_options": {303},
        "accounts.remove_passkey": {303},
    }
    return elsewhere.get(endpoint, {200})


@pytest.mark.slow
def test_every_address_as_every_role(prepared: Union) -> None:
    """Without a role for it: 403 (404 where even that it exists is inside).

    Not signed in: to sign in, and back.
    """
    claim, entry, file = prepared.claim(4), prepared.entry(4), prepared.files(4)[0]
    preview = sent_list(prepared)
    app = prepared.app
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "office.put_trial_in":
            continue  # whoever may gets further roles: as every role in tests/trial
        third_party = rule.endpoint in permissions_page.THIRD_PARTY
        view = app.view_functions[rule.endpoint]
        access = OPEN if third_party else view.access  # type: ignore[attr-defined]
        path = filled(str(rule), prepared, claim, entry, file, preview)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for who in (None, *PEOPLE):
                answer = prepared.client(who).open(path, method=method)
                request_and_status = (path, method, who, answer.status_code)
                assert answer.status_code < 500, request_and_status
                if access == OPEN:
                    assert answer.status_code != 403, request_and_status
                elif who is None:
                    assert answer.status_code == 302 and answer.headers["Location"].startswith(
                        "/sign-in?next="
                    ), request_and_status
                elif not any(HELD[who] in TABLE[may_come_in] for may_come_in in access):
                    assert answer.status_code == 403, request_and_status
                elif (
                    HELD[who] in (Role.STAFF, Role.MANAGER)
                    and "nbi-4" in path
                    and "/draft/" not in path
                    and who in ("hollis", "teo")
                ):
                    # the item is of another unit (a draft is one's own)
                    assert answer.status_code == 403, request_and_status
                else:
                    assert answer.status_code in served(rule.endpoint, method), request_and_status


def test_a_role_of_another_body_opens_nothing(prepared: Union) -> None:

    from tracker.extensions import db

    with prepared.app.app_context():
        bodies.found_body(db.session(), "other", {"name": "Other", "pages": "closed"}, NOW)
        db.session.commit()
    for who in PEOPLE:
        for path in ("/my-work/other/release", "/my-work/other/confirm", "/other/"):
            # its pages are closed; that it exists is not said
            assert prepared.client(who).get(path).status_code == 404


def test_a_role_that_ended_opens_nothing_any_more(prepared: Union) -> None:
    from tracker.acts import people
    from tracker.record.people import Person

    marisol = prepared.client("marisol")
    assert marisol.get("/my-work/union/confirm").status_code == 200
    with prepared.context() as context:
        people.end_role(
            context, context.session.get_one(Person, prepared.people["marisol"]), Role.CONFIRMER
        )
    assert marisol.get("/my-work/union/confirm").status_code == 403
    with prepared.session() as session:
        assert item_row(session, prepared, 4).id  # what was done stays
