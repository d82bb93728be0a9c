"""What is in the object of an item, for whom; how many statements it takes."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.recorded_union import TODAY, ZONE, RecordedUnion
from tests.factories.scenes import SECRETS, Scene, scene
from tests.statements import counting
from tracker.acts import bodies
from tracker.reading import body_context, convention, item
from tracker.reading.audience import OFFICE, PUBLIC, Audience, staff
from tracker.record.as_of import AsOf
from tracker.record.fact_selects import TABLES
from tracker.rules.codes import Change, Standing, Verdict, WithheldFor

DAYS = [AsOf(TODAY), AsOf.known_on(date(2024, 12, 31), ZONE), AsOf.known_on(date(2024, 7, 1), ZONE)]


def _page(
    session: Session,
    recorded: Scene,
    number: str,
    audience: Audience = PUBLIC,
    as_of: AsOf = DAYS[0],
) -> item.ItemPage:
    page = item.page(session, recorded.body_id, recorded.items[number], as_of, audience)
    assert page is not None
    return page


def test_both_answers_clauses_money_and_record(session: Session, recorded: Scene) -> None:
    page = _page(session, recorded, "1")
    assert (page.verdict, page.change, page.standing) == (
        Verdict.CARRIED_OUT,
        Change.CHANGE_FOLLOWED,
        Standing.DONE,
    )
    assert page.path == f"/{page.body.slug}/{page.convention.slug}/nbi-1"
    assert [clause.standing for clause in page.clauses] == [Standing.DONE, Standing.DONE]
    assert page.clauses[0].sent_back == 1 and page.clauses[0].confirmation
    assert (str(page.money.spent), str(page.money.appropriated), page.money.beyond_limit) == (
        "8742.10",
        "9000.00",
        False,
    )
    assert [(step.code, step.reached) for step in page.steps] == [
        (code, True) for code in ("adopted", "assigned", "reported", "confirmed", "change")
    ]
    assert (
        page.delegations == ("Ohio council",)
        and page.lead
        and page.lead.unit == "Pension Committee"
    )
    assert [moment.gap_days for moment in page.record if moment.gap_days] == [98]
    assert [moment.what for moment in page.floor_record] == ["floor"]
    assert page.outcomes[0].tie == "the count before and after"


def test_the_title_is_ours_where_there_is_none(session: Session, recorded: Scene) -> None:
    page = _page(session, recorded, "8")
    assert (
        page.title_is_ours
        and page.title == "An item of whose fate the minutes say nothing at all, and…"
    )
    assert page.verdict is Verdict.DECISION_NOT_KNOWN and page.change is None and page.steps == ()


def test_what_is_withheld_leaves_its_place_and_nothing_else(
    session: Session, recorded: Scene
) -> None:
    page = _page(session, recorded, "9")
    withheld = [moment for moment in page.record if moment.what == "withheld"]
    assert [(moment.withheld, moment.words, moment.evidence) for moment in withheld] == [
        (WithheldFor.PERSONAL_DATA, None, ())
    ]
    assert "Twelve mentors" not in repr(page)
    assert "Twelve mentors" in repr(_page(session, recorded, "9", OFFICE))


def test_a_correction_and_what_it_corrects_both_show(session: Session, recorded: Scene) -> None:
    moments = {moment.words: moment for moment in _page(session, recorded, "9").record}
    assert moments["There are **64** mentors."].corrects == date(2025, 3, 21)
    assert moments["There are **46** mentors."].corrected


def test_nothing_internal_is_in_the_public_object(session: Session, recorded: Scene) -> None:
    pages = item.pages(
        session, recorded.body_id, list(recorded.items.values()), AsOf(TODAY), PUBLIC
    )
    public = repr(pages)
    assert [secret for secret in SECRETS if secret in public] == []
    assert pages[recorded.items["9"]].waiting == 1
    inside = repr(
        item.pages(session, recorded.body_id, list(recorded.items.values()), AsOf(TODAY), OFFICE)
    )
    assert [secret for secret in SECRETS if secret not in inside] == []


def test_staff_read_what_is_internal_of_their_own_items_only(
    session: Session, recorded: Scene
) -> None:
    own = staff(frozenset({recorded.union.units["Membership Committee"]}))
    assert "only for the staff" in repr(_page(session, recorded, "9", own))
    assert "Paid to nobody else" not in repr(_page(session, recorded, "7", own))


def test_every_other_file_is_left_out(session: Session, recorded: Scene) -> None:
    assert all(
        not details.internal
        for moment in _page(session, recorded, "1").record
        for details in moment.evidence
    )


@pytest.mark.parametrize("as_of", DAYS, ids=["now", "december", "july"])
def test_lists_and_pages_say_the_same(session: Session, recorded: Scene, as_of: AsOf) -> None:
    listed = convention.page(
        session, recorded.body_id, recorded.convention_id, as_of, convention.Filters(size=0)
    )
    assert listed is not None
    pages = item.pages(session, recorded.body_id, [row.id for row in listed.rows], as_of, PUBLIC)
    for row in listed.rows:
        page = pages[row.id]
        assert (
            row.verdict,
            row.change,
            row.standing,
            row.late,
            row.past_term,
            row.due,
            row.path,
            row.title,
            row.code,
        ) == (
            page.verdict,
            page.change,
            page.standing,
            page.late,
            page.past_term,
            page.due,
            page.path,
            page.title,
            page.code,
        ), row.number
        assert (row.reason.code, dict(row.reason.values)) == (
            page.reason.code,
            dict(page.reason.values),
        ), row.number
        assert (row.estimate, row.appropriated, row.spent) == (
            page.money.estimate.amount if page.money.estimate else None,
            page.money.appropriated,
            page.money.spent,
        ), row.number
        assert (row.lead, row.last_word, row.done_on) == (
            page.lead.unit if page.lead else None,
            page.silence.last_word,
            page.done_on,
        ), row.number
        assert row.delegations == page.delegations


def test_an_item_not_yet_recorded_is_left_out(session: Session, recorded: Scene) -> None:
    assert item.page(session, recorded.body_id, recorded.items["30"], DAYS[2], PUBLIC) is None


@pytest.mark.parametrize("as_of", DAYS[:2], ids=["now", "december"])
def test_as_many_statements_for_one_as_for_all(
    session: Session, recorded: Scene, as_of: AsOf
) -> None:
    engine = session.get_bind()
    assert isinstance(engine, sa.Engine)
    body_context._cache.clear()
    with counting(engine) as first:
        item.pages(session, recorded.body_id, [recorded.items["1"]], as_of, PUBLIC)
    with counting(engine) as one:
        item.pages(session, recorded.body_id, [recorded.items["1"]], as_of, PUBLIC)
    with counting(engine) as all_:
        item.pages(session, recorded.body_id, list(recorded.items.values()), as_of, PUBLIC)
    assert len(first) <= len(TABLES) + 8 and len(one) == len(all_) <= len(TABLES) + 2


def test_what_surrounds_an_item_follows_the_record(engine: sa.Engine) -> None:
    """It is kept as long as the chain ends as it did.

    An act shows at once, and nothing of one that was rolled back.
    """
    with Session(engine) as session:
        union = RecordedUnion.begin(session)
        body, as_of = union.context.body_id, AsOf(TODAY)
        before = body_context.load_body_context(session, body, as_of)
        again = body_context.load_body_context(session, body, as_of)
        assert again is before and not before.units
        session.commit()
        union.unit("Board")
        assert list(body_context.load_body_context(session, body, as_of).units.values()) == [
            "Board"
        ]
        session.rollback()
        assert not body_context.load_body_context(session, body, as_of).units
        bodies.add_unit(union.context, "Committee")
        assert list(body_context.load_body_context(session, body, as_of).units.values()) == [
            "Committee"
        ]
        assert (
            body_context.load_body_context(session, body, as_of, names=True).people
            and not body_context.load_body_context(session, body, as_of).people
        )


def test_names_show_where_the_body_shows_names(engine: sa.Engine) -> None:
    with Session(engine) as session:
        named = scene(session, show_names="yes")
        assert "Person 1" in repr(_page(session, named, "9"))
