"""Whatever text is erased, every page is still there; and a draft is dropped only for a copy of the
words.
"""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from tests.factories.staffed_union import ITEM, Union, item_row
from tracker.acts import drafts, erasing, items, outcomes
from tracker.record.progress import Entry
from tracker.record.proof import prove
from tracker.record.texts import standing
from tracker.rules.codes import FloorPart, Level, Role, WithheldFor
from tracker.rules.permissions import Actor, Grant, NotAllowed
from tracker.rules.refusals import Refusal, Refused


@pytest.mark.slow
def test_every_text_can_be_erased_and_every_page_is_there(union: Union) -> None:
    assert (
        union.log(
            "dana",
            4,
            "done",
            files=[(io.BytesIO(b"%PDF-1.7 a"), "a.pdf")],
            links__0__url="https://example.org/a",
        ).status_code
        == 303
    )
    assert union.decide("ray", union.entry(4)).status_code == 303
    claim = union.claim(4)
    assert union.log("dana", 1, "blocked", clauses__0__blocked_by="No printer.").status_code == 303
    assert (
        union.decide(
            "ray", union.entry(1), "return", entries__0__reason="Which printer?"
        ).status_code
        == 303
    )
    assert union.log("dana", 2).status_code == 303
    with union.context() as context:
        items.set_movers(
            context,
            item_row(context.session, union, 4),
            [items.Mover(FloorPart.MAKER, name="Jane Roe")],
        )
        office = replace(
            context, actor=Actor(union.people["walter"], frozenset({Grant(Role.GOVERNANCE)}))
        )
        outcomes.state(
            office,
            item_row(context.session, union, 4),
            Level.TIE_NOT_SHOWN,
            "Fewer fell ill.",
            context.today,
        )
    with union.context() as context:
        names = list(
            dict.fromkeys(place.digest for place in standing(context.session, union.body_id))
        )
        assert len(names) > 25
        for digest in names:
            erasing.erase(context, digest, WithheldFor.PERSONAL_DATA)
    with union.session() as session:
        assert not prove(session).problems
        session.rollback()
        assert all(place.words is None for place in standing(session, union.body_id))
    paths = [*(f"/union/2026/nbi-{number}" for number in (1, 2, 3, 4)), "/union/", "/union/2026/"]
    visits = [
        (who, path) for who in (None, "dana", "ray", "walter", "marisol", "ewan") for path in paths
    ]
    visits += [
        ("dana", "/my-work"),
        ("ray", "/my-work/union/release"),
        ("marisol", "/my-work/union/confirm"),
        ("marisol", f"/my-work/union/confirm/{claim}"),
        ("walter", "/my-work"),
        *(("ray", ITEM.format(number) + more) for number in (1, 2, 4) for more in ("", "/log")),
    ]
    for who, path in visits:
        assert union.client(who).get(path).status_code == 200, (who, path)


@pytest.mark.parametrize(
    ("words", "draft", "stays"),
    [
        ("Forty schools were asked.", "Forty schools were asked.", False),
        ("Forty schools were asked.", "FORTY  schools\r\nwere asked. And more.", False),
        ("Forty schools were asked.", "Forty schools answered.", True),
        ("Done.", "Done.", False),
        ("Done.", "Done. We asked forty schools.", True),
    ],
)
def test_a_draft_is_dropped_for_a_copy_of_the_words(
    union: Union, words: str, draft: str, stays: bool
) -> None:
    assert union.log("dana", 4, words=words).status_code == 303
    with union.context("ray") as context:
        drafts.save(context, item_row(context.session, union, 4), {"form": [["words", draft]]}, [])
    key = union.entry(4)
    with union.context() as context:
        entry = context.session.get_one(Entry, key)
        dropped = erasing.erase(context, entry.words, WithheldFor.LEGAL)
        assert dropped == (0 if stays else 1)
        assert (
            drafts.find(context.session, union.people["ray"], union.items[4]) is not None
        ) == stays


def test_only_the_administrator_erases_and_only_once(union: Union) -> None:
    assert union.log("dana", 4).status_code == 303
    key = union.entry(4)
    with union.session() as session:
        digest = session.get_one(Entry, key).words
    for who in ("walter", "ewan", "dana", "joy"):
        with union.context(who) as context, pytest.raises(NotAllowed):
            erasing.erase(context, digest, WithheldFor.LEGAL)
    with union.context("imani") as context:
        erasing.erase(context, digest, WithheldFor.LEGAL)
    with union.context("imani") as context:
        for name, code in ((digest, Refusal.ALREADY_ERASED), ("0" * 64, Refusal.NOT_THERE)):
            with pytest.raises(Refused) as refused:
                erasing.erase(context, name, WithheldFor.LEGAL)
            assert refused.value.code is code
