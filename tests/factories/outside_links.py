"""One-time links for somebody from outside, about items of the staffed union."""

from __future__ import annotations

import io
from dataclasses import dataclass

from tests.factories.staffed_union import Union, item_row
from tracker.accounts import outside_links
from tracker.acts import outcomes
from tracker.acts.outside_requests import WhoIsAsked
from tracker.record.outcomes import Outcome
from tracker.rules.codes import Level

HYGIENIST = WhoIsAsked(
    name="Runa Fjelstad",
    role="an industrial hygienist",
    organisation="Lakeshore State University",
)
AS_PUBLISHED = "from outside, by an industrial hygienist of Lakeshore State University"


@dataclass(frozen=True, kw_only=True)
class AskedPacket:
    """A link about the claim of item 4 and an outcome of item 1, that Walter made."""

    token: str
    claim: int
    outcome: int
    file: int  # internal, of the claim

    @property
    def address(self) -> str:
        return f"/outside/{self.token}"


def report_done(union: Union, number: int) -> int:
    """A claim of done with an internal file, logged by Dana and released by Ray."""
    file = (io.BytesIO(b"%PDF-1.7 a"), "a.pdf")
    assert union.log("dana", number, "done", files=[file]).status_code == 303
    assert union.decide("ray", union.entry(number)).status_code == 303
    return union.claim(number)


def state_outcome(union: Union, number: int) -> int:
    with union.context("dana") as context:
        item = item_row(context.session, union, number)
        stated = outcomes.state(context, item, Level.NONE_FOUND, "Looked for it.", union.today)
        key = stated.id
    with union.context("ray") as context:
        item = item_row(context.session, union, number)
        outcomes.release(context, item, context.session.get_one(Outcome, key))
    return key


def ask(union: Union, claims: set[int], outcome_ids: set[int], who: str = "walter") -> str:
    """The token of a new link."""
    with union.context(who) as context:
        return outside_links.ask(context, HYGIENIST, claims, outcome_ids).token


def ask_about_both(union: Union) -> AskedPacket:
    claim, outcome = report_done(union, 4), state_outcome(union, 1)
    return AskedPacket(
        token=ask(union, {claim}, {outcome}),
        claim=claim,
        outcome=outcome,
        file=union.files(4)[0],
    )
