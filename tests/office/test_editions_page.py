"""The page on which editions of a convention are made, signed off and published."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from tests.factories import records
from tests.factories.staffed_union import NOW, PEOPLE, Union, hidden_field, item_row
from tracker import worker
from tracker.acts import bodies, people, publications
from tracker.extensions import db
from tracker.jobs.table import Job
from tracker.record.conventions import Convention
from tracker.record.editions import Editions, editions_of
from tracker.record.people import Person
from tracker.record.publications import Edition, EditionPublication, EditionSchedule, EditionSignOff
from tracker.rules.codes import Role, Visibility
from tracker.worker import make_worker

PAGE = "/office/union/2026/going-public"
FORMS = ("copy", "sign-off", "publish", "stop")


def convention_id(union: Union) -> int:
    with union.session() as session:
        return item_row(session, union, 1).convention_id


def editions(union: Union) -> Editions:
    key = convention_id(union)
    with union.session() as session:
        return editions_of(session, key)


def make(union: Union, who: str = "walter") -> TestResponse:
    client = union.client(who)
    seen = hidden_field(client.get(PAGE).text, "seen")
    return client.post(f"{PAGE}/copy", data={"seen": seen})


def shown(page: str, form: str) -> dict[str, str]:
    """What a form says that it is about."""
    names = (f"{form}-edition", f"{form}-seen")
    return {name: hidden_field(page, name) for name in names}


def publish(union: Union, page: str | None = None, **fields: str) -> TestResponse:
    client = union.client("walter")
    about = shown(page or client.get(PAGE).text, "publish")
    named = {f"publish-{name}": text for name, text in ({"when": "now"} | fields).items()}
    return client.post(f"{PAGE}/publish", data=about | named)


def ask_for_sign_off(union: Union) -> None:
    with union.context() as context:
        bodies.set_setting(context, "sign_off", "yes")


def pin_as_another(union: Union) -> None:
    with union.context() as context:
        key = item_row(context.session, union, 1).convention_id
        publications.pin_edition(context, context.session.get_one(Convention, key))


def read_by_edition(union: Union) -> None:
    with union.context("walter") as context:
        key = item_row(context.session, union, 1).convention_id
        convention = context.session.get_one(Convention, key)
        publications.set_publication(context, convention, Visibility.PUBLIC, by_edition=True)


def test_who_reads_it_and_who_publishes(union: Union) -> None:
    for who in PEOPLE:
        client = union.client(who)
        assert client.get(PAGE).status_code == (200 if who in ("walter", "ewan") else 403), who
        for form in FORMS:
            allowed = 303 if form == "copy" else 422
            answer = union.client(who).post(f"{PAGE}/{form}", data={})
            assert answer.status_code == (allowed if who == "walter" else 403), (who, form)
    auditor = union.client("ewan").get(PAGE).text
    assert "Edition 1 is made" in auditor and "Publish edition 1</button>" not in auditor
    for page in ("/office", "/office/union/2026/convention"):
        assert f'href="{PAGE}"' in union.client("walter").get(page).text


def test_from_the_copy_to_publishing(union: Union) -> None:
    read_by_edition(union)
    assert "No edition yet" in union.client("walter").get(PAGE).text
    assert make(union).status_code == 303
    page = union.client("walter").get(PAGE).text
    assert "It is the first edition: all its 4 items are new to readers." in page
    assert "Waiting for its turn" in page or "Waits for the worker" in page
    with union.session() as session:
        [job] = session.query(Job).all()
        assert (job.kind, job.decoded_arguments["edition_number"]) == ("report", 1)
    assert publish(union, line="For the council of May.").status_code == 303
    page = union.client("walter").get(PAGE).text
    assert "Readers see the record of 30\N{NO-BREAK SPACE}November 2026" in page
    assert "For the council of May." in page and "read now" in page
    assert "0 of 4 items would read differently" in page


@pytest.mark.parametrize("is_asked", [False, True])
def test_a_sign_off_only_where_it_is_asked_for(union: Union, is_asked: bool) -> None:
    if is_asked:
        ask_for_sign_off(union)
    pin_as_another(union)
    page = union.client("walter").get(PAGE).text
    assert ("sign-off-note" in page) is is_asked
    assert ("Publish edition 1</button>" in page) is not is_asked
    if is_asked:
        assert publish(union).status_code == 422
        sent = shown(page, "sign-off") | {"sign-off-note": "Agreed with the council."}
        assert union.client("walter").post(f"{PAGE}/sign-off", data=sent).status_code == 303
        assert "Agreed with the council." in union.client("walter").get(PAGE).text
    assert publish(union).status_code == 303
    assert union.count(EditionSignOff) == is_asked


def test_whoever_made_the_copy_does_not_sign_it_off(union: Union) -> None:
    ask_for_sign_off(union)
    make(union)
    page = union.client("walter").get(PAGE).text
    assert "You made this copy" in page and "sign-off-note" not in page
    sent = {"sign-off-edition": hidden_field(page, "publish-edition"), "sign-off-note": "Mine."}
    answer = union.client("walter").post(f"{PAGE}/sign-off", data=sent)
    assert answer.status_code == 422
    assert "Somebody else of governance signs it off" in answer.text
    assert union.count(EditionSignOff) == 0


def test_a_copy_made_anew_meanwhile_is_not_signed_off_or_published(union: Union) -> None:
    """The words come back, and the form is about the copy that is there now."""
    ask_for_sign_off(union)
    pin_as_another(union)
    before = union.client("walter").get(PAGE).text
    pin_as_another(union)
    sent = shown(before, "sign-off") | {"sign-off-note": "As the council has it."}
    answer = union.client("walter").post(f"{PAGE}/sign-off", data=sent)
    assert answer.status_code == 409 and "As the council has it." in answer.text
    assert union.count(EditionSignOff) == 0
    again = shown(answer.text, "sign-off") | {"sign-off-note": "As the council has it."}
    assert union.client("walter").post(f"{PAGE}/sign-off", data=again).status_code == 303
    before = union.client("walter").get(PAGE).text
    with union.context() as context:
        bodies.set_setting(context, "sign_off", "no")
    pin_as_another(union)
    late = publish(union, before, line="For the council.")
    assert late.status_code == 409 and "For the council." in late.text
    assert union.count(EditionPublication) == 0
    assert publish(union, late.text, line="For the council.").status_code == 303


def test_it_is_published_once(union: Union) -> None:
    make(union)
    page = union.client("walter").get(PAGE).text
    assert publish(union, page).status_code == 303
    again = publish(union, page, line="Twice.")
    assert again.status_code == 409 and "It is published already" in again.text
    assert union.count(EditionPublication) == 1


def test_two_copies_at_once_are_one(union: Union) -> None:
    seen = hidden_field(union.client("walter").get(PAGE).text, "seen")
    answers = [union.client("walter").post(f"{PAGE}/copy", data={"seen": seen}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert union.count(Edition) == 1


def test_a_set_hour_is_stopped_and_set_anew(union: Union) -> None:
    make(union)
    tomorrow = (NOW + timedelta(days=1)).date().isoformat()
    hour = {"when": "at", "day": tomorrow, "hour": "09:00"}
    assert publish(union, line="For the council.", **hour).status_code == 303
    page = union.client("walter").get(PAGE).text
    assert "Stop the set hour" in page and "For the council." in page
    read_by_edition(union)
    set_for = "Edition 1 is published on 1\N{NO-BREAK SPACE}December 2026"
    assert set_for in union.client("walter").get("/union/2026/").text
    assert set_for not in union.client(None).get("/union/2026/").text
    stop = {"stop-edition": hidden_field(page, "stop-edition")}
    assert union.client("walter").post(f"{PAGE}/stop", data=stop).status_code == 303
    assert union.client("walter").post(f"{PAGE}/stop", data=stop).status_code == 422
    assert publish(union, **hour).status_code == 303
    pinned = editions(union).pinned
    assert pinned and pinned.schedule
    assert union.count(EditionSchedule) == 2 and union.count(EditionPublication) == 0
    again = union.client("walter").get(PAGE).text
    kept = union.client("walter").post(
        f"{PAGE}/copy",
        data=shown(again, "publish")
        | {"seen": hidden_field(again, "seen"), "publish-line": "Kept."},
        follow_redirects=True,
    )
    assert 'value="Kept."' in kept.text
    pinned = editions(union).pinned
    assert pinned and pinned.schedule is None


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"when": "at"}, "Write the day"),
        ({"when": "at", "day": "2026-12-01", "hour": "nine"}, "This is no hour"),
        ({"when": "at", "day": "2026-11-29", "hour": "09:00"}, "This hour is past"),
        ({"when": "now", "day": "2026-12-01", "hour": ""}, "choose the set hour"),
        ({"when": "at", "day": "2026-12-01", "hour": "09:00", "line": "x" * 201}, "longer than"),
    ],
)
def test_a_mistake_comes_back_with_what_was_written(
    union: Union, fields: dict[str, str], sentence: str
) -> None:
    make(union)
    answer = publish(union, **{"line": "For the council."} | fields)
    assert answer.status_code == 422 and sentence in answer.text
    assert fields.get("line", "For the council.") in answer.text
    assert (union.count(EditionSchedule), union.count(EditionPublication)) == (0, 0)


def test_an_edition_of_another_convention_is_not_there(union: Union) -> None:
    with union.context() as context:
        other = records.new_convention(context, 1999)
        edition = publications.pin_edition(context, other).id
    for form in ("sign-off", "publish", "stop"):
        answer = union.client("walter").post(f"{PAGE}/{form}", data={f"{form}-edition": edition})
        assert answer.status_code == 422 and "It is not on record" in answer.text


@pytest.mark.slow
def test_the_worker_makes_the_copy_and_the_sign_off_names_it(union: Union) -> None:
    ask_for_sign_off(union)
    with union.context() as context:
        second = context.session.get_one(Person, union.people["joy"])
        people.give_role(context, second, Role.GOVERNANCE)
    make(union)
    pinned = editions(union).pinned
    assert pinned
    with union.session() as session:
        job = session.query(Job).one().id
    with union.app.app_context():
        make_worker(union.app).perform(job)
    client = union.client("joy")
    page = client.get(PAGE).text
    copy = f"/office/union/reports/drafts/{job}.pdf"
    assert f'href="{copy}"' in page
    assert "the board’s copy of edition 1" in client.get("/office/union/reports").text
    printed = client.get(copy).data
    sent = shown(page, "sign-off")
    assert client.post(f"{PAGE}/sign-off", data=sent).status_code == 303
    signed = editions(union).pinned
    assert signed and signed.sign_off
    assert signed.sign_off.copy_sha256 == hashlib.sha256(printed).hexdigest()
    assert signed.sign_off.by == union.people["joy"]


def test_the_page_says_that_the_worker_is_down(union: Union) -> None:
    """The set hour is past, and nobody published: it will be, and the page says when it was."""
    make(union)
    hour = {"when": "at", "day": NOW.date().isoformat(), "hour": "23:00"}
    assert publish(union, **hour).status_code == 303
    union.app.config["CLOCK"] = lambda: NOW + timedelta(days=1)
    assert "Waits for the worker, which has not run yet." in union.client("walter").get(PAGE).text
    with union.app.app_context():
        worker.publish_due(db.engine, NOW + timedelta(days=1))
    page = union.client("walter").get(PAGE).text
    assert "1\N{NO-BREAK SPACE}December 2026" in page and "by the worker" in page
