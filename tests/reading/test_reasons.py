"""Random histories: no reason names a day, or a lack, that the record below it disproves.

The words are read as they are shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.record.player import SHORT, Move, Player, history, moves
from tracker.formatting import convention_headline, item_answers
from tracker.reading import convention, item
from tracker.reading.audience import PUBLIC
from tracker.reading.convention import ConventionPage, Filters
from tracker.reading.item_models import ClauseDetails, ItemPage
from tracker.rules.clause_standing import OPEN
from tracker.rules.codes import (
    Change,
    Claimed,
    Decision,
    Effect,
    Floor,
    Purpose,
    Result,
    Standing,
    Verdict,
)
from tracker.rules.facts import ClaimFact, EntryFact
from tracker.rules.item_facts import Facts

OPEN_OR_LAPSED = (*OPEN, Standing.LAPSED)
STILL_OPEN = (Verdict.NOT_YET, Verdict.REPORTED_DONE, Verdict.NO_WORD, Verdict.UNFINISHED)
PHRASES = (
    "last reported on",
    "No word since",
    "obody has the lead",
    "no decision is on record yet",
    "The last word was of",
    "clauses done",
    "waits for release",
    "Clause ",
)
SEEN: Counter[str] = Counter()
# acts that put words on record, and few that the floor does
WORDS = {
    0: 1,
    1: 1,
    3: 1,
    5: 3,
    6: 3,
    8: 8,
    9: 8,
    10: 2,
    14: 2,
    17: 4,
    20: 1,
}
talk = st.integers(0, 2**32).map(lambda seed: history(seed, WORDS))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def days(text: str, before: str) -> list[date]:
    """The days that stand after these words."""
    return [
        datetime.strptime(day, "%d %B %Y").date()
        for day in re.findall(rf"{before} (\d+ [A-Z][a-z]+ \d{{4}})", text)
    ]


@dataclass
class Below:
    """What the record of an item has, told without the rules that make the reason."""

    page: ItemPage
    facts: Facts

    def entries(self, clauses: list[ClauseDetails]) -> list[tuple[EntryFact, ClaimFact, date]]:
        """Released ones that concern a clause, whatever they claim; each with its day."""
        ids = {clause.id for clause in clauses}
        entries = {entry.id: entry for entry in self.facts.entries}
        heard = {release.entry_id: release.heard_on for release in self.facts.releases}
        return [
            (entries[claim.entry_id], claim, heard[claim.entry_id])
            for claim in self.facts.claims
            if claim.clause_id in ids and claim.entry_id in heard
        ]

    def outcomes(self) -> list[date]:
        return [release.heard_on for release in self.facts.releases if release.outcome_id]

    def heard(self, clauses: list[ClauseDetails]) -> list[date]:
        """The days of all words on these clauses."""
        ids = {clause.id for clause in clauses}
        elsewhere = {claim.id for claim in self.facts.claims if claim.clause_id not in ids}
        words = [day for _, _, day in self.entries(clauses)] + self.outcomes()
        words += [
            decision.heard_on
            for decision in self.facts.decisions
            if decision.clause_id is None or decision.clause_id in ids
        ]
        words += [
            review.heard_on for review in self.facts.reviews if review.claim_id not in elsewhere
        ]
        return words

    def blocked_since(self, clause: ClauseDetails) -> date | None:
        back = {
            review.claim_id
            for review in self.facts.reviews
            if self.facts.review(claim=review.claim_id) == review
            and review.result is not Result.CONFIRMED
        }
        claims = [
            (entry.on, entry.event, claim.claimed)
            for entry, claim, _ in self.entries([clause])
            if claim.claimed and claim.id not in back
        ]
        since = None
        for on, _, claimed in sorted(claims, reverse=True):
            if claimed is not Claimed.BLOCKED:
                break
            since = on
        return since

    def referred(self, clause: ClauseDetails) -> date | None:
        days = [
            action.on
            for action in self.facts.floor
            if action.action.effect is Effect.REFERS and action.clause_id in (None, clause.id)
        ]
        return max(days, default=None)

    def answered(self, clause: ClauseDetails, *decisions: Decision) -> bool:
        since = self.referred(clause)
        return any(
            decision.decision in decisions
            and decision.clause_id in (None, clause.id)
            and since
            and decision.on >= since
            for decision in self.facts.decisions
        )

    def owes_an_answer(self, clause: ClauseDetails) -> bool:
        """An open clause that was referred on the floor's last day, and that nobody decided.

        Whoever has the lead.
        """
        if clause.standing not in OPEN_OR_LAPSED:
            return False
        actions = [action for action in self.facts.floor if action.clause_id in (None, clause.id)]
        if any(action.action is Floor.RESCINDED for action in actions):
            return False
        actions.sort(key=lambda action: (action.on, action.position, action.event))
        last_day = [action for action in actions if action.on == actions[-1].on]
        refers = [
            place for place, action in enumerate(last_day) if action.action.effect is Effect.REFERS
        ]
        if not refers:
            return False
        later = last_day[refers[-1] + 1 :]
        if any(action.action.effect is not Effect.DIRECTS for action in later):
            return False
        answers = set(Decision)
        if last_day[refers[-1]].purpose is not Purpose.REPORT:
            answers.remove(Decision.REPORTED_BACK)
        return not self.answered(clause, *answers)


def chosen(text: str, page: ItemPage) -> list[ClauseDetails]:
    """The clauses of which a reason speaks: those that it names, else all that are open."""
    named = re.search(r"Clauses? ([\d, and]+):", text)
    if named is None:
        return [clause for clause in page.clauses if clause.standing in OPEN_OR_LAPSED]
    numbers = {int(number) for number in re.findall(r"\d+", named[1])}
    return [clause for clause in page.clauses if clause.number in numbers]


def disproved(text: str, below: Below) -> Iterator[str]:
    """What the record says otherwise."""
    page, facts, clauses = below.page, below.facts, chosen(text, below.page)
    entries, heard = below.entries(clauses), below.heard(clauses)
    decided = set(Decision) - {Decision.REPORTED_BACK}
    if "nothing is reported yet" in text and (entries or below.outcomes()):
        yield "something is reported"
    for day in days(text, "last reported on"):
        if day != max([*heard, *(entry.on for entry, _, _ in entries)]):
            yield f"the newest word is not of {day}"
    if re.search(r"no word is on record|No word on record", text) and below.heard(
        [clause for clause in page.clauses if clause.standing in OPEN_OR_LAPSED]
    ):
        yield "there was a word"
    for day in days(text, "No word since"):
        if any(word > day for word in below.heard(list(page.clauses))):
            yield f"there was a word after {day}"
    for day in days(text, "The last word was of"):
        if day != max(below.heard(list(page.clauses))):
            yield f"the last word was not of {day}"
    if "obody has the lead" in text and any(clause.lead for clause in clauses):
        yield "somebody has the lead"
    if "obody has the lead yet" in text and any(
        moment.what == "unassigned" and moment.code == "lead" for moment in page.record
    ):
        yield "somebody had the lead"
    for unit in re.findall(r"(?:^|[:.] )([A-Z][\w ]*?) has the lead; ", text):
        if unit != "Nobody" and any(
            clause.lead is None or clause.lead.unit != unit for clause in clauses
        ):
            yield f"{unit} does not have the lead"
    owed = [
        clause
        for clause in page.clauses
        if clause.standing in OPEN_OR_LAPSED
        and below.referred(clause)
        and not below.answered(clause, *decided)
    ]
    if "no decision is on record yet" in text and not owed:
        yield "there is a decision"
    if re.search(r"[Rr]eferred to [^;]*; no (decision|report) is on record", text) and all(
        below.answered(clause, Decision.REPORTED_BACK) for clause in owed
    ):
        yield "it reported back"
    for day in days(text, "it reported back on"):
        if all(
            decision.on != day
            for decision in facts.decisions
            if decision.decision is Decision.REPORTED_BACK
        ):
            yield f"nobody reported back on {day}"
    for day in days(text, "locked since"):
        if day != max(
            since
            for clause in clauses
            if clause.standing is Standing.BLOCKED and (since := below.blocked_since(clause))
        ):
            yield f"it is not blocked since {day}"
    for done, of in re.findall(r"(\d+) of (\d+) clauses done", text):
        clauses_done = sum(clause.standing is Standing.DONE for clause in page.clauses)
        if int(done) != clauses_done or int(done) > int(of):
            yield f"{done} of {of} clauses are not done"
    for day in days(text, "entry of"):
        if "waits for release" in text and all(entry.on != day for entry in facts.waiting):
            yield f"no entry of {day} waits"
    for day in days(text, "eported done on"):
        done_days = [entry.on for entry, claim, _ in entries if claim.claimed is Claimed.DONE]
        if day not in done_days:
            yield f"not reported done on {day}"
    for ago in re.findall(r"Adopted (\d+) days ago", text):
        adopted = [action.on for action in facts.floor if action.action.effect is Effect.DIRECTS]
        if int(ago) not in [(page.as_of - day).days for day in adopted]:
            yield f"not adopted {ago} days ago"


def unsaid(text: str, below: Below) -> Iterator[str]:
    """What a reason has to name."""
    page = below.page
    if page.standing is Standing.CARRIED_OVER:
        if page.by_way_of and "arried over to" not in text:
            yield "of which item it speaks"
    elif (
        page.verdict in STILL_OPEN
        and any(below.owes_an_answer(clause) for clause in page.clauses)
        and "eferred to" not in text
    ):
        yield "a referral without an answer"


def check_page(page: ItemPage, row: convention.ItemListRow, facts: Facts) -> list[str]:
    below = Below(page, facts)
    answer = plain(f"{item_answers.verdict_line(page)}. {item_answers.why(page)}")
    listed = plain(item_answers.why(row))
    SEEN.update(phrase for phrase in PHRASES if phrase in answer)
    wrong = [*unsaid(answer, below), *unsaid(listed, below)]
    if page.standing is not Standing.CARRIED_OVER:  # there it speaks of another item's record
        wrong += [*disproved(answer, below), *disproved(listed, below)]
    rests_on = item_answers.follows_from(page)
    if page.change is Change.NOTHING_ON_RECORD and re.search(
        r"\d confirmed outcomes?(?! that is| that are| whose)", rests_on
    ):
        wrong.append("a confirmed outcome, and nothing on record")
    if page.standing is Standing.LAPSED and page.unheard == bool(below.heard(list(page.clauses))):
        wrong.append("lapsed with a word, or without one")
    return [f"{problem}: {answer} | {listed} | {rests_on}" for problem in wrong]


def check_headline(page: ConventionPage, facts: dict[int, Facts]) -> list[str]:
    headline = " ".join([convention_headline.answer(page), *convention_headline.besides(page)])
    due = [row for row in page.rows if row.due and row.group == "adopted"]
    wrong = []
    if "none is on record as carried out" in headline and any(
        row.verdict is Verdict.CARRIED_OUT for row in due
    ):
        wrong.append("one was carried out")
    if re.search(
        r"none is on record as carried out, and (of all|there is no word)", headline
    ) and any(facts[row.id].releases for row in due):
        wrong.append("there was a word")
    return [f"{problem}: {headline}" for problem in wrong]


@pytest.fixture(scope="module")
def each_sentence_came_up() -> Iterator[None]:
    """Looks, after the histories, whether they reached what they are to check."""
    yield
    missing = [phrase for phrase in PHRASES if not SEEN[phrase]]
    assert not missing, SEEN


@pytest.mark.slow
@pytest.mark.usefixtures("each_sentence_came_up")
@SHORT
@given(story=st.one_of(moves, talk))
def test_no_reason_contradicts_the_record_below_it(engine: sa.Engine, story: list[Move]) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        for move in story:
            player.play(move)
        session.commit()
        session.expire_all()
        wrong: list[str] = []
        for as_of, _, facts in player.seen[::2]:
            pages = item.pages(session, player.context.body_id, list(facts), as_of, PUBLIC)
            for own in player.conventions:
                listed = convention.page(
                    session, player.context.body_id, own.id, as_of, Filters(size=0)
                )
                assert listed is not None
                wrong += check_headline(listed, facts)
                for row in listed.rows:
                    wrong += check_page(pages[row.id], row, facts[row.id])
        assert not wrong, "\n".join(dict.fromkeys(wrong))
