"""Random histories: no reason names a day, or a lack, that the record below it disproves. The words are read as they are shown."""

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

from tests.record.player import Move, Player, history, moves
from tests.record.test_record import SHORT
from tracker.formatting import convention_headline, item_answers
from tracker.reading import convention, item
from tracker.reading.audience import PUBLIC
from tracker.reading.convention import ConventionPage, Filters
from tracker.reading.item_models import ClauseDetails, ItemPage
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
from tracker.rules.facts import ClaimFact, EntryFact, Facts
from tracker.rules.standing import LEAST_ADVANCED_FIRST

OPEN = (*LEAST_ADVANCED_FIRST, Standing.LAPSED)
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
}  # acts that put words on record, and few that the floor does
talk = st.integers(0, 2**32).map(lambda seed: history(seed, WORDS))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def days(text: str, before: str) -> list[date]:
    """The days that stand after these words."""
    return [
        datetime.strptime(found, "%d %B %Y").date()
        for found in re.findall(rf"{before} (\d+ [A-Z][a-z]+ \d{{4}})", text)
    ]


@dataclass
class Below:
    """What the record of an item has, told without the rules that make the reason."""

    page: ItemPage
    facts: Facts

    def entries(self, clauses: list[ClauseDetails]) -> list[tuple[EntryFact, ClaimFact, date]]:
        """Released ones that concern a clause, whatever they claim; with the day on which each was heard."""
        ids, entries = {each.id for each in clauses}, {each.id: each for each in self.facts.entries}
        heard = {each.entry_id: each.heard_on for each in self.facts.releases}
        return [
            (entries[claim.entry_id], claim, heard[claim.entry_id])
            for claim in self.facts.claims
            if claim.clause_id in ids and claim.entry_id in heard
        ]

    def outcomes(self) -> list[date]:
        return [each.heard_on for each in self.facts.releases if each.outcome_id]

    def heard(self, clauses: list[ClauseDetails]) -> list[date]:
        """The days of all words on these clauses."""
        ids = {each.id for each in clauses}
        elsewhere = {each.id for each in self.facts.claims if each.clause_id not in ids}
        found = [day for _, _, day in self.entries(clauses)] + self.outcomes()
        found += [
            each.heard_on
            for each in self.facts.decisions
            if each.clause_id is None or each.clause_id in ids
        ]
        return found + [
            each.heard_on for each in self.facts.reviews if each.claim_id not in elsewhere
        ]

    def blocked_since(self, clause: ClauseDetails) -> date | None:
        back = {
            each.claim_id
            for each in self.facts.reviews
            if self.facts.review(claim=each.claim_id) == each
            and each.result is not Result.CONFIRMED
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
            each.on
            for each in self.facts.floor
            if each.action.effect is Effect.REFERS and each.clause_id in (None, clause.id)
        ]
        return max(days, default=None)

    def answered(self, clause: ClauseDetails, *decisions: Decision) -> bool:
        since = self.referred(clause)
        return any(
            each.decision in decisions
            and each.clause_id in (None, clause.id)
            and since
            and each.on >= since
            for each in self.facts.decisions
        )

    def owes_an_answer(self, clause: ClauseDetails) -> bool:
        """An open clause that was referred on the last day on which the floor acted, and of which nobody has decided, whoever has the lead."""
        actions = [each for each in self.facts.floor if each.clause_id in (None, clause.id)]
        if clause.standing not in OPEN or any(each.action is Floor.RESCINDED for each in actions):
            return False
        actions.sort(key=lambda each: (each.on, each.position, each.event))
        last = [each for each in actions if each.on == actions[-1].on]
        refers = [place for place, each in enumerate(last) if each.action.effect is Effect.REFERS]
        if not refers or any(
            each.action.effect is not Effect.DIRECTS for each in last[refers[-1] + 1 :]
        ):
            return False
        answers = [
            each
            for each in Decision
            if each is not Decision.REPORTED_BACK or last[refers[-1]].purpose is Purpose.REPORT
        ]
        return not self.answered(clause, *answers)


def chosen(text: str, page: ItemPage) -> list[ClauseDetails]:
    """The clauses of which a reason speaks: those that it names, else all that are open."""
    named = re.search(r"Clauses? ([\d, and]+):", text)
    numbers = {int(each) for each in re.findall(r"\d+", named[1])} if named else set()
    return [
        each
        for each in page.clauses
        if (each.number in numbers if numbers else each.standing in OPEN)
    ]


def disproved(text: str, below: Below) -> Iterator[str]:
    """What the record says otherwise."""
    page, facts, clauses = below.page, below.facts, chosen(text, below.page)
    entries, heard = below.entries(clauses), below.heard(clauses)
    decided = [each for each in Decision if each is not Decision.REPORTED_BACK]
    if "nothing is reported yet" in text and (entries or below.outcomes()):
        yield "something is reported"
    for day in days(text, "last reported on"):
        if day != max([*heard, *(entry.on for entry, _, _ in entries)]):
            yield f"the newest word is not of {day}"
    if re.search(r"no word is on record|No word on record", text) and below.heard(
        [each for each in page.clauses if each.standing in OPEN]
    ):
        yield "there was a word"
    for day in days(text, "No word since"):
        if any(each > day for each in below.heard(list(page.clauses))):
            yield f"there was a word after {day}"
    for day in days(text, "The last word was of"):
        if day != max(below.heard(list(page.clauses))):
            yield f"the last word was not of {day}"
    if "obody has the lead" in text and any(each.lead for each in clauses):
        yield "somebody has the lead"
    if "obody has the lead yet" in text and any(
        each.what == "unassigned" and each.code == "lead" for each in page.record
    ):
        yield "somebody had the lead"
    for unit in re.findall(r"(?:^|[:.] )([A-Z][\w ]*?) has the lead; ", text):
        if unit != "Nobody" and any(
            each.lead is None or each.lead.unit != unit for each in clauses
        ):
            yield f"{unit} does not have the lead"
    owed = [
        each
        for each in page.clauses
        if each.standing in OPEN and below.referred(each) and not below.answered(each, *decided)
    ]
    if "no decision is on record yet" in text and not owed:
        yield "there is a decision"
    if re.search(r"[Rr]eferred to [^;]*; no (decision|report) is on record", text) and all(
        below.answered(each, Decision.REPORTED_BACK) for each in owed
    ):
        yield "it reported back"
    for day in days(text, "it reported back on"):
        if all(
            each.on != day for each in facts.decisions if each.decision is Decision.REPORTED_BACK
        ):
            yield f"nobody reported back on {day}"
    for day in days(text, "locked since"):
        if day != max(
            since
            for each in clauses
            if each.standing is Standing.BLOCKED and (since := below.blocked_since(each))
        ):
            yield f"it is not blocked since {day}"
    for done, of in re.findall(r"(\d+) of (\d+) clauses done", text):
        if int(done) != sum(each.standing is Standing.DONE for each in page.clauses) or int(
            done
        ) > int(of):
            yield f"{done} of {of} clauses are not done"
    for day in days(text, "entry of"):
        if "waits for release" in text and all(each.on != day for each in facts.waiting):
            yield f"no entry of {day} waits"
    for day in days(text, "eported done on"):
        done_days = [entry.on for entry, claim, _ in entries if claim.claimed is Claimed.DONE]
        if day not in done_days:
            yield f"not reported done on {day}"
    for ago in re.findall(r"Adopted (\d+) days ago", text):
        adopted = [each.on for each in facts.floor if each.action.effect is Effect.DIRECTS]
        if int(ago) not in [(page.as_of - each).days for each in adopted]:
            yield f"not adopted {ago} days ago"


def unsaid(text: str, below: Below) -> Iterator[str]:
    """What a reason has to name."""
    page = below.page
    if page.standing is Standing.CARRIED_OVER:
        if page.by_way_of and "arried over to" not in text:
            yield "of which item it speaks"
    elif (
        page.verdict in STILL_OPEN
        and any(below.owes_an_answer(each) for each in page.clauses)
        and "eferred to" not in text
    ):
        yield "a referral without an answer"


def check_page(page: ItemPage, row: convention.ItemListRow, facts: Facts) -> list[str]:
    below = Below(page, facts)
    said = plain(f"{item_answers.verdict_line(page)}. {item_answers.why(page)}")
    listed = plain(item_answers.why(row))
    SEEN.update(phrase for phrase in PHRASES if phrase in said)
    wrong = [*unsaid(said, below), *unsaid(listed, below)]
    if page.standing is not Standing.CARRIED_OVER:  # there it speaks of another item's record
        wrong += [*disproved(said, below), *disproved(listed, below)]
    rests_on = item_answers.follows_from(page)
    if page.change is Change.NOTHING_ON_RECORD and re.search(
        r"\d confirmed outcomes?(?! that is| that are| whose)", rests_on
    ):
        wrong.append("a confirmed outcome, and nothing on record")
    if page.standing is Standing.LAPSED and page.unheard == bool(below.heard(list(page.clauses))):
        wrong.append("lapsed with a word, or without one")
    return [f"{each}: {said} | {listed} | {rests_on}" for each in wrong]


def check_headline(page: ConventionPage, facts: dict[int, Facts]) -> list[str]:
    said = " ".join([convention_headline.answer(page), *convention_headline.besides(page)])
    due = [row for row in page.rows if row.due and row.group == "adopted"]
    wrong = []
    if "none is on record as carried out" in said and any(
        row.verdict is Verdict.CARRIED_OUT for row in due
    ):
        wrong.append("one was carried out")
    if re.search(r"none is on record as carried out, and (of all|there is no word)", said) and any(
        facts[row.id].releases for row in due
    ):
        wrong.append("there was a word")
    return [f"{each}: {said}" for each in wrong]


@SHORT
@given(story=st.one_of(moves, talk))
def test_no_reason_contradicts_the_record_below_it(engine: sa.Engine, story: list[Move]) -> None:
    with Session(engine) as session:
        player = Player.begin(session)
        for move in story:
            player.play(move)
        session.commit()
        session.expire_all()
        wrong = []
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


@pytest.mark.parametrize("phrase", PHRASES)
def test_each_sentence_came_up(phrase: str) -> None:
    """Runs after the random histories: they have to reach what they are to check."""
    assert not SEEN or SEEN[phrase], SEEN
