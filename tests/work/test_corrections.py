"""A correction publishes itself alone: what it corrects shows only if it was released; and nobody
gets others' words by correcting them.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.reports import collected
from tests.factories.staffed_union import ITEM, NOW, Union, item_row
from tracker.acts import progress, withholding
from tracker.record.conventions import Convention
from tracker.record.progress import Entry
from tracker.reports.models import ReportKind
from tracker.rules.codes import Claimed, WithheldFor
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.refusals import Refusal, Refused

FIRST, SECOND, THIRD = "OTTERTAIL", "WILLOWHERB", "MARSHWREN"


def say(
    union: Union,
    who: str,
    words: str,
    corrects: int | None = None,
    internal: bool = False,
    number: int = 4,
) -> int:
    with union.context(who) as context:
        item = item_row(context.session, union, number)
        claims = [NewClaim(clause_id=union.clauses[number][0], claimed=Claimed.PROGRESS)]
        report = progress.NewEntry(
            words=words, on=union.today, claims=claims, corrects=corrects, internal=internal
        )
        return progress.log(context, item, report).id


def release(union: Union, entry: int, number: int = 4, who: str = "ray") -> None:
    with union.context(who) as context:
        progress.release(
            context, item_row(context.session, union, number), context.session.get_one(Entry, entry)
        )


def send_back(union: Union, entry: int, number: int = 4) -> None:
    with union.context("ray") as context:
        progress.send_back(
            context,
            item_row(context.session, union, number),
            context.session.get_one(Entry, entry),
            "Say more.",
        )


def withdraw(union: Union, entry: int, who: str = "dana", number: int = 4) -> None:
    with union.context(who) as context:
        progress.withdraw(
            context, item_row(context.session, union, number), context.session.get_one(Entry, entry)
        )


def public(union: Union, number: int = 4) -> str:
    """The page and what the report would print."""
    page = union.client(None).get(f"/union/2026/nbi-{number}").text
    with union.session() as session:
        return page + repr(_report(session))


def _report(session: Session) -> object:
    return collected(
        session, session.scalars(sa.select(Convention.id)).one(), ReportKind.FULL, NOW
    ).items


def test_an_internal_entry_stays_internal_when_a_public_one_corrects_it(union: Union) -> None:
    first = say(union, "dana", FIRST, internal=True)
    second = say(union, "dana", SECOND, corrects=first)
    release(union, second)
    page = public(union)
    assert FIRST not in page and SECOND in page
    assert "Corrected later" not in page and "Correction of the entry" not in page
    assert FIRST in union.client("dana").get(ITEM.format(4)).text


@pytest.mark.parametrize("returned", [False, True])
def test_one_that_waited_or_came_back_is_not_published_by_its_correction(
    union: Union, returned: bool
) -> None:
    first = say(union, "dana", FIRST)
    if returned:
        send_back(union, first)
    second = say(union, "dana", SECOND, corrects=first)
    assert FIRST not in public(union)
    release(union, second)
    assert FIRST not in public(union) and SECOND in public(union)


def test_both_show_where_the_first_was_released_and_so_on_down_the_chain(union: Union) -> None:
    first = say(union, "dana", FIRST)
    release(union, first)
    second = say(union, "dana", SECOND, corrects=first)
    assert SECOND not in public(union) and FIRST in public(union)
    release(union, second)
    assert FIRST in public(union) and SECOND in public(union)
    third = say(union, "dana", THIRD, corrects=second)
    release(union, third)
    page = public(union)
    assert all(words in page for words in (FIRST, SECOND, THIRD))
    assert union.client(None).get("/union/2026/nbi-4").text.count("Corrected later") == 2


def test_a_chain_shows_of_its_links_those_that_were_released(union: Union) -> None:
    first = say(union, "dana", FIRST)
    release(union, first)
    second = say(union, "dana", SECOND, corrects=first)
    third = say(union, "dana", THIRD, corrects=second)
    release(union, third)
    page = public(union)
    assert (
        SECOND not in page
        and THIRD in page
        and FIRST in page
        and "Corrected later" in union.client(None).get("/union/2026/nbi-4").text
    )


def test_an_internal_correction_changes_nothing_that_members_read(union: Union) -> None:
    first = say(union, "dana", FIRST)
    release(union, first)
    say(union, "dana", SECOND, corrects=first, internal=True)
    page = public(union)
    assert FIRST in page and SECOND not in page and "Corrected later" not in page


def test_a_withdrawn_one_shows_nowhere(union: Union) -> None:
    first = say(union, "dana", FIRST)
    withdraw(union, first)
    with pytest.raises(Refused):
        say(union, "dana", SECOND, corrects=first)
    assert FIRST not in public(union) and FIRST not in union.client("dana").get(ITEM.format(4)).text


@pytest.mark.parametrize("internal", [False, True])
@pytest.mark.parametrize("who", ["ray", "walter"])
def test_what_others_wrote_is_corrected_only_once_it_was_released(
    union: Union, who: str, internal: bool
) -> None:
    first = say(union, "dana", FIRST, internal=internal)
    with pytest.raises(Refused) as no:
        say(union, who, SECOND, corrects=first)
    assert no.value.code is Refusal.NOT_RELEASED
    form = union.client(who).get(ITEM.format(4) + f"/log?corrects={first}")
    assert (
        form.status_code == 409
        and FIRST not in form.text
        and "cannot be corrected from here" in form.text
    )
    assert f"/log?corrects={first}" not in union.client(who).get(ITEM.format(4)).text
    answer = union.log(who, 4, corrects=str(first))
    assert answer.status_code == 422 and "released first" in answer.text
    if not internal:
        release(union, first)
        assert FIRST in union.client("walter").get(ITEM.format(4) + f"/log?corrects={first}").text


def test_a_form_gives_no_words_that_were_withheld(union: Union) -> None:
    first = say(union, "dana", FIRST)
    release(union, first)
    with union.context() as context:
        withholding.withhold(
            context,
            item_row(context.session, union, 4),
            context.session.get_one(Entry, first),
            WithheldFor.PERSONAL_DATA,
        )
    assert FIRST not in public(union)
    for who in ("dana", "ray"):
        for address in (
            ITEM.format(4),
            ITEM.format(4) + "/log",
            ITEM.format(4) + f"/log?corrects={first}",
            ITEM.format(4) + f"/log?again={first}",
            "/my-work",
        ):
            assert FIRST not in union.client(who).get(address).text, (who, address)
    assert FIRST in union.client("walter").get(ITEM.format(4) + f"/log?corrects={first}").text
    second = say(union, "dana", SECOND, corrects=first)
    assert FIRST not in union.client("ray").get("/my-work/union/release").text
    release(union, second)
    page = union.client(None).get("/union/2026/nbi-4").text
    assert FIRST not in page and SECOND in page and "Withheld on" in page


def test_the_desk_gives_no_words_that_were_withheld(union: Union) -> None:
    done = union.log("dana", 4, "done", words=FIRST, links__0__url="https://example.org/list")
    assert done.status_code == 303
    entry, claim = union.entry(4), union.claim(4)
    release(union, entry)
    assert FIRST in union.client("marisol").get(f"/my-work/union/confirm/{claim}").text
    with union.context() as context:
        withholding.withhold(
            context,
            item_row(context.session, union, 4),
            context.session.get_one(Entry, entry),
            WithheldFor.PERSONAL_DATA,
        )
    shown = union.client("marisol").get(f"/my-work/union/confirm/{claim}").text
    assert FIRST not in shown and "withheld or erased" in shown


def test_yesterday_shows_the_first_as_it_was_read_then(union: Union) -> None:
    """A correction is no withholding: what was read on a day stays there."""
    first = say(union, "dana", FIRST)
    release(union, first)
    yesterday = union.today - timedelta(days=1)
    assert FIRST not in union.client(None).get(f"/union/2026/nbi-4?as_of={yesterday}").text
