"""Decisions of a meeting: who may record them, what a page records, what keeps all of it back, two
at once, and where the minutes open.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from tests.factories.staffed_union import PEOPLE, Union, hidden_field, item_row
from tests.statements import counting
from tracker.acts import floor, items, outcomes, progress, publications, reviews
from tracker.acts.act_context import ActContext
from tracker.acts.evidence import NewEvidence
from tracker.acts.items import NewVersion
from tracker.acts.progress import NewEntry
from tracker.extensions import db
from tracker.record.conventions import Convention
from tracker.record.items import Item, ReferralDecision
from tracker.record.meeting_drafts import MeetingDraft
from tracker.record.meetings import Meeting
from tracker.record.progress import Review
from tracker.rules.codes import (
    By,
    Claimed,
    EvidenceKind,
    Floor,
    Level,
    MoneySaid,
    Result,
    Role,
    Visibility,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import Actor, Grant

PAGE = "/office/union/meetings/new"
PDF = b"%PDF-1.7 minutes"


def author(union: Union, context: ActContext) -> ActContext:
    """Somebody else than who releases."""
    actor = Actor(union.people["joy"], frozenset({Grant(Role.GOVERNANCE)}))
    return replace(context, actor=actor)


def report_done(union: Union, number: int, clause: int = 0) -> int:
    """A released claim of done; its key."""
    claim = NewClaim(
        clause_id=union.clauses[number][clause],
        claimed=Claimed.DONE,
        money=MoneySaid.NOT_KNOWN_YET,
    )
    shown = NewEvidence(kind=EvidenceKind.LINK, title="Page", url="https://a.example/")
    with union.context() as context:
        item = item_row(context.session, union, number)
        new = NewEntry(words="Done.", on=union.today, claims=[claim], evidence=[shown])
        progress.release(context, item, progress.log(author(union, context), item, new))
    return union.claim(number)


def state_outcome(union: Union, number: int) -> int:
    with union.context() as context:
        item = item_row(context.session, union, number)
        outcome = outcomes.state(
            author(union, context), item, Level.OUTPUT_ONLY, "1,000 copies.", union.today
        )
        outcomes.release(context, item, outcome)
        return outcome.id


def refer(union: Union, number: int, unit: str | None) -> int:
    with union.context() as context:
        item = item_row(context.session, union, number)
        referral = floor.Referral(union.units[unit] if unit else None)
        floor.record_floor_action(context, item, Floor.REFERRED, union.today, None, None, referral)
        return item.id


def fields_of(union: Union, page: str, **more: str) -> dict[str, Any]:
    """What the form sends as it stands, with the meeting; `-` is written as `__`."""
    fields: dict[str, Any] = {
        "seen": hidden_field(page, "seen"),
        "do": "record",
        "meeting-name": "the Board",
        "meeting-met_on": union.today.isoformat(),
        "meeting-words": "Minutes, page 3",
    }
    return fields | {name.replace("__", "-"): value for name, value in more.items()}


def record(union: Union, decisions: dict[str, str], where: str = PAGE, **more: str) -> TestResponse:
    """`decisions`: "claim-1": "confirmed 4.1", by row."""
    office = union.client("walter")
    fields = fields_of(union, office.get(where).text, **more)
    for key, said in decisions.items():
        decision, _space, words = said.partition(" ")
        fields |= {f"{key}-decision": decision, f"{key}-words": words}
    return office.post(where, data=fields)


def of_unit(union: Union) -> str:
    return f"{PAGE}?unit={union.units['Center for Safety']}"


def test_who_comes_in_and_how_they_get_there(union: Union) -> None:
    for who in PEOPLE:
        client = union.client(who)
        assert client.get(PAGE).status_code == (200 if who == "walter" else 403), who
        reads = who in ("walter", "ewan")
        assert client.get("/office/union/meetings").status_code == (200 if reads else 403), who
    assert 'href="/office/meetings"' in union.client("walter").get("/my-work").text
    assert 'href="/office/meetings"' not in union.client("ewan").get("/my-work").text
    assert 'href="/office/union/meetings"' in union.client("ewan").get("/office").text
    to = {
        who: union.client(who).get("/office/meetings").headers["Location"]
        for who in ("walter", "ewan")
    }
    assert to == {"walter": PAGE, "ewan": "/office/union/meetings"}


def test_one_save_for_claims_outcomes_and_referrals(union: Union) -> None:
    claim, outcome = report_done(union, 1), state_outcome(union, 3)
    referred = refer(union, 4, "Center for Safety")
    page = union.client("walter").get(of_unit(union)).text
    assert "3 things wait that the Center for Safety may decide" in page
    sent = record(
        union,
        {
            f"claim-{claim}": "confirmed 4.1",
            f"outcome-{outcome}": "returned Who counted?",
            f"referral-{referred}": "declined No money.",
        },
        of_unit(union),
        meeting__url="https://minutes.example/5",
        meeting__open="y",
    )
    assert sent.status_code == 303 and sent.headers["Location"] == "/office/union/meetings/1"
    own_page = union.client("ewan").get("/office/union/meetings/1").text
    for words in ("Center for Safety", "4.1", "Who counted?", "No money.", "Declined"):
        assert words in own_page, words
    listed = union.client("ewan").get("/office/union/meetings").text
    assert "1 confirmed, 1 returned, 1 declined" in listed
    public = union.client(None).get("/union/2026/nbi-1").text
    assert "by the Center for Safety’s meeting of 30 November 2026" in public.replace("\xa0", " ")
    assert 'href="https://minutes.example/5"' in public
    assert "Point: 4.1." in public
    assert "Who counted?" not in union.client(None).get("/union/2026/nbi-3").text
    assert 'href="https://minutes.example/5"' in union.client(None).get("/union/2026/nbi-4").text
    assert "Nothing waits that a meeting could decide" in union.client("walter").get(PAGE).text


def test_what_is_not_complete_comes_back_as_it_was_typed(union: Union) -> None:
    claim, other = report_done(union, 1), report_done(union, 3)
    sent = record(union, {f"claim-{claim}": "returned", f"claim-{other}": "confirmed 4.2"})
    assert sent.status_code == 422 and "Write the reason" in sent.text
    assert 'value="4.2"' in sent.text and union.count(Review) == union.count(Meeting) == 0
    for more, words in (
        ({"meeting__met_on": "2026-12-24"}, "lies after today"),
        ({"meeting__met_on": ""}, "Write the day of the meeting"),
        ({"meeting__words": ""}, "Give the minutes"),
        ({"meeting__name": ""}, "Write which body met"),
        ({"meeting__url": "javascript:alert(1)"}, "A link begins with"),
        ({"numbers__confirmed": "3"}, "not in the rows yet"),
    ):
        sent = record(union, {f"claim-{other}": "confirmed"}, **more)
        assert sent.status_code == 422 and words in sent.text, words
    nothing = record(union, {})
    assert nothing.status_code == 422 and "Nothing is decided yet" in nothing.text
    assert union.count(Review) == union.count(Meeting) == 0


def test_a_claim_that_somebody_else_decides_meanwhile(union: Union) -> None:
    """Nothing is recorded, the row says by whom, what was typed stays; without that row the rest
    is recorded.
    """
    claim, other = report_done(union, 1), report_done(union, 3)
    office = union.client("walter")
    fields = fields_of(union, office.get(PAGE).text) | {
        f"claim-{claim}-decision": "returned",
        f"claim-{claim}-words": "41 of 60",
        f"claim-{other}-decision": "confirmed",
    }
    with union.context("marisol") as context:
        item = item_row(context.session, union, 1)
        reviews.review(context, item, claim, Result.CONFIRMED)
    sent = office.post(PAGE, data=fields)
    assert sent.status_code == 409 and "Confirmed meanwhile" in sent.text
    assert "Marisol" in sent.text and "41 of 60" in sent.text
    assert union.count(Review) == 1 and union.count(Meeting) == 0
    assert f'name="claim-{claim}-decision"' not in sent.text
    del fields[f"claim-{claim}-decision"]
    again = office.post(PAGE, data=fields | {"seen": hidden_field(sent.text, "seen")})
    assert again.status_code == 303 and union.count(Review) == 2


def test_decided_between_the_look_and_the_lock(
    union: Union, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The act refuses by row; the page comes back with what it refused."""
    from tracker.office.meetings import desk

    claim = report_done(union, 1)
    decide = desk.meetings.decide_by_meeting

    def too_late(context: Any, *arguments: Any) -> Any:
        item = context.session.get_one(Item, union.items[1])
        with context.record("claim_confirmed", item) as act:
            confirmed = Review(
                item_id=item.id, claim_id=claim, result=Result.CONFIRMED, by=By.CONFIRMER
            )
            act.add(confirmed)
        return decide(context, *arguments)

    monkeypatch.setattr(desk.meetings, "decide_by_meeting", too_late)
    sent = record(union, {f"claim-{claim}": "returned Too few."})
    assert sent.status_code == 409 and 'value="Too few."' in sent.text
    assert union.count(Review) == union.count(Meeting) == 0


def test_a_referral_in_part_asks_for_its_clauses(union: Union) -> None:
    referred, unnamed = refer(union, 2, "Center for Safety"), refer(union, 4, None)
    first, second = union.clauses[2]
    sent = record(union, {f"referral-{referred}": "accepted_in_part Asking."}, of_unit(union))
    assert sent.status_code == 422 and "Tick the clauses" in sent.text
    sent = record(
        union,
        {
            f"referral-{referred}": "accepted_in_part Asking.",
            f"referral-{unnamed}": "reported_back See the book.",
        },
        of_unit(union),
        **{f"referral__{referred}__clauses": str(first)},
    )
    assert sent.status_code == 303
    with union.session() as session:
        rows = session.execute(
            sa.select(ReferralDecision.clause_id, ReferralDecision.decision).order_by(
                ReferralDecision.id
            )
        ).all()
    assert [(key, code.value) for key, code in rows] == [
        (first, "accepted"),
        (second, "declined"),
        (None, "reported_back"),
    ]
    assert "referral-" not in union.client("walter").get(PAGE).text


def test_numbers_out_of_the_minutes(union: Union) -> None:
    first, second = report_done(union, 1), report_done(union, 3)
    office = union.client("walter")
    fields = fields_of(union, office.get(PAGE).text) | {
        "do": "fill",
        "numbers-confirmed": "1",
        "numbers-returned": "2026 3",
        f"claim-{first}-words": "4.1",
    }
    filled = office.post(PAGE, data=fields)
    assert filled.status_code == 200 and "2 rows are filled in" in filled.text
    chosen = re.findall(
        r'<input checked[^>]*name="(claim-\d+)-decision"[^>]*value="(\w+)"', filled.text
    )
    assert dict(chosen) == {f"claim-{first}": "confirmed", f"claim-{second}": "returned"}
    assert 'value="4.1"' in filled.text and union.count(Meeting) == 0
    unknown = office.post(PAGE, data=fields | {"numbers-confirmed": "77, 1"})
    assert unknown.status_code == 422 and "“77” is none of these items" in unknown.text
    both = office.post(PAGE, data=fields | {"numbers-returned": "nbi-1"})
    assert both.status_code == 422 and "stands among both" in both.text


def test_a_draft_and_its_file_come_back(union: Union) -> None:
    claim = report_done(union, 1)
    office = union.client("walter")
    fields = fields_of(union, office.get(PAGE).text, meeting__words="") | {
        "do": "draft",
        f"claim-{claim}-decision": "confirmed",
    }
    file = (io.BytesIO(PDF), "minutes.pdf")
    assert office.post(PAGE, data=fields | {"meeting-file": file}).status_code == 303
    draft = office.get(PAGE).text
    assert "A draft of 30" in draft and "minutes.pdf" in draft and 'value="the Board"' in draft
    assert "A draft of" not in office.get("/office/union/meetings").text
    fields |= {"do": "record", "kept": hidden_field(draft, "kept")}
    sent = office.post(PAGE, data=fields)
    assert sent.status_code == 303 and union.count(MeetingDraft) == 0
    assert "A draft of" not in office.get(PAGE).text
    thrown = office.post(PAGE, data={"do": "drop"})
    assert thrown.status_code == 303


def test_a_file_is_kept_while_something_is_to_be_mended(union: Union) -> None:
    claim = report_done(union, 1)
    office = union.client("walter")
    fields = fields_of(union, office.get(PAGE).text, meeting__words="", meeting__met_on="") | {
        f"claim-{claim}-decision": "confirmed"
    }
    sent = office.post(PAGE, data=fields | {"meeting-file": (io.BytesIO(PDF), "m.pdf")})
    assert sent.status_code == 422 and "m.pdf" in sent.text
    assert "m.pdf" not in office.get(PAGE).text  # it is of that form alone
    fields["meeting-met_on"] = union.today.isoformat()
    without = office.post(PAGE, data=fields)
    assert without.status_code == 422 and "Give the minutes" in without.text
    fields["kept"] = hidden_field(sent.text, "kept")
    bad = office.post(PAGE, data=fields | {"meeting-file": (io.BytesIO(b""), "empty.pdf")})
    assert bad.status_code == 422 and "empty.pdf is empty" in bad.text
    assert office.post(PAGE, data=fields).status_code == 303


@pytest.mark.parametrize("is_open", [False, True])
def test_who_opens_the_minutes(union: Union, is_open: bool) -> None:
    """Staff always; others where the office said so and they may read what it decided about."""
    claim = report_done(union, 1)
    office = union.client("walter")
    fields = fields_of(union, office.get(PAGE).text, meeting__words="") | {
        f"claim-{claim}-decision": "confirmed",
        "meeting-file": (io.BytesIO(PDF), "minutes.pdf"),
        **({"meeting-open": "y"} if is_open else {}),
    }
    assert office.post(PAGE, data=fields).status_code == 303
    for who in (None, *PEOPLE):
        answer = union.client(who).get("/minutes/1")
        opens = is_open or who not in (None, "joy")
        assert answer.status_code == (200 if opens else 404), who
        page = union.client(who).get("/union/2026/nbi-1").text
        assert "meeting of 30" in page
        if who in (None, "joy", "walter", "ewan"):
            assert ('href="/minutes/1"' in page) == opens, who
    with union.context() as context:
        convention = context.session.scalars(sa.select(Convention)).one()
        publications.set_publication(context, convention, Visibility.HIDDEN, by_edition=False)
    assert union.client("dana").get("/minutes/1").status_code == 200
    assert union.client(None).get("/minutes/1").status_code == 404
    assert union.client(None).get("/minutes/2").status_code == 404
    with union.context() as context:
        convention = context.session.scalars(sa.select(Convention)).one()
        publications.set_publication(context, convention, Visibility.PUBLIC, by_edition=True)
    assert union.client(None).get("/minutes/1").status_code == 404  # of no edition yet
    with union.context() as context:
        convention = context.session.scalars(sa.select(Convention)).one()
        publications.publish_edition(context, publications.pin_edition(context, convention), None)
    assert union.client(None).get("/minutes/1").status_code == (200 if is_open else 404)


def add_items(union: Union, numbers: range) -> None:
    with union.context() as context:
        convention = context.session.scalars(sa.select(Convention)).one()
        for number in numbers:
            item = items.register(
                context, convention, "new_business_item", str(number), NewVersion(words="Do it.")
            )
            union.items[number] = item.id
            floor.record_floor_action(context, item, Floor.ADOPTED, union.today)
            union.clauses[number] = [clause.id for clause in context.facts(item).clauses]


@pytest.mark.slow
def test_the_statements_of_the_pages_do_not_grow_with_their_rows(union: Union) -> None:
    """Nor do those of a save that is refused; and 40 rows are recorded in one transaction."""
    counts = []
    office = union.client("walter")
    for numbers in (range(10, 14), range(14, 50)):
        add_items(union, numbers)
        for number in numbers:
            report_done(union, number)
            refer(union, number, "Center for Safety")
        with union.app.app_context(), counting(db.engine) as sent:
            page = office.get(of_unit(union))
        assert page.status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1], counts
    decisions = {f"claim-{union.claim(number)}": "confirmed" for number in range(10, 50)}
    assert record(union, decisions).status_code == 303
    with union.app.app_context(), counting(db.engine) as sent:
        assert office.get("/office/union/meetings/1").status_code == 200
    assert len(sent) < counts[1] + 5
    assert union.count(Review) == 40
