"""The rows of the page on which the decisions of a meeting are recorded: one thing that waits each,
with its decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel.speaklater import LazyString
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.acts.meetings import (
    ClaimDecision,
    MeetingDecision,
    OutcomeDecision,
    ReferralAnswer,
)
from tracker.formatting import labels, meeting_words
from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import add_error, choice_of, text_of
from tracker.forms.record_form import LONGEST_TEXT
from tracker.reading.meeting_desk import DeskRow
from tracker.rules import review_preconditions
from tracker.rules.codes import Decision, Result
from tracker.rules.meeting_decisions import (
    MEETING_RESULTS,
    DecisionOf,
    clause_decisions,
)
from tracker.rules.refusals import Refusal, Refused
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

NOT_TREATED = "none"
WHY: Mapping[Refusal, LazyString] = {
    Refusal.NEEDS_A_REASON: _l("Write the reason"),
    Refusal.CHANGED_MEANWHILE: _l(
        "Somebody else recorded something about it meanwhile. Look at it, and send the page again"
    ),
}


class DecisionRow(Form):
    """What is the same in each row. A field is named for its row: claim-12-decision."""

    words = StringField(_l("Point, or reason"), [Length(max=LONGEST_TEXT)])

    def __init__(self, on_record: DeskRow, sent: MultiDict[str, str] | None) -> None:
        super().__init__(sent, prefix=f"{on_record.key}-")
        self.on_record = on_record

    @property
    def is_decided(self) -> bool:
        """Whether something is chosen. For each kind of row to override."""
        return False

    @property
    def text(self) -> str | None:
        return text_of(self.words) or None

    def check(self) -> None:
        """What is not complete, or was decided by somebody else meanwhile, is said in the row."""
        if self.on_record.meanwhile is not None:
            self.show_meanwhile()
        else:
            self.check_decision()

    def check_decision(self) -> None:
        """For each kind of row to override."""

    def show_meanwhile(self) -> None:
        assert self.on_record.meanwhile is not None
        add_error(self["decision"], meeting_words.decided_meanwhile(self.on_record.meanwhile))

    def show_refusal(self, code: Refusal) -> None:
        if self.on_record.meanwhile is not None:
            self.show_meanwhile()
        else:
            is_of_words = code is Refusal.NEEDS_A_REASON
            add_error(
                self.words if is_of_words else self["decision"],
                WHY.get(code) or refusal_sentence(code),
            )

    def ask(self, at: Mapping[Refusal, Field], rule: Callable[..., Any], *arguments: Any) -> None:
        try:
            rule(*arguments)
        except Refused as no:
            field = at.get(no.code, self["decision"])
            add_error(field, WHY.get(no.code) or refusal_sentence(no.code))


class ReviewRow(DecisionRow):
    """A claim of done, or an outcome."""

    decision = RadioField(_l("Decision"), default=NOT_TREATED, validate_choice=False)

    def __init__(self, on_record: DeskRow, sent: MultiDict[str, str] | None) -> None:
        super().__init__(on_record, sent)
        self.decision.choices = [
            SelectChoice(Result.CONFIRMED.value, _("Confirmed")),
            SelectChoice(Result.RETURNED.value, _("Returned")),
            SelectChoice(NOT_TREATED, _("Not treated")),
        ]

    @property
    def result(self) -> Result | None:
        code = choice_of(self.decision, MEETING_RESULTS)
        return Result(code) if code else None

    @property
    def is_decided(self) -> bool:
        return self.result is not None

    def check_decision(self) -> None:
        if self.result:
            at = {Refusal.NEEDS_A_REASON: self.words}
            self.ask(at, review_preconditions.need_reason, self.result, self.text)

    def as_decided(self) -> MeetingDecision:
        assert self.result is not None  # asked of rows that are decided
        key = self.on_record.key
        if key.of is DecisionOf.CLAIM:
            return ClaimDecision(claim_id=key.id, result=self.result, words=self.text)
        return OutcomeDecision(outcome_id=key.id, result=self.result, words=self.text)


class ReferralRow(DecisionRow):
    """An item that was referred to the unit that met."""

    decision = SelectField(_l("Decision"), default=NOT_TREATED, validate_choice=False)
    clauses = SelectMultipleField(
        _l("Which clauses were accepted?"), coerce=str, validate_choice=False
    )

    def __init__(self, on_record: DeskRow, sent: MultiDict[str, str] | None) -> None:
        super().__init__(on_record, sent)
        self.decision.choices = [
            SelectChoice(NOT_TREATED, _("Not treated")),
            *(SelectChoice(code.value, labels.decision(code)) for code in Decision),
        ]
        self.clauses.choices = [
            SelectChoice(str(clause.id), meeting_words.clause(clause))
            for clause in on_record.clauses
        ]

    @property
    def decided(self) -> Decision | None:
        code = choice_of(self.decision, list(Decision))
        return Decision(code) if code else None

    @property
    def is_decided(self) -> bool:
        return self.decided is not None

    @property
    def asks_for_clauses(self) -> bool:
        return len(self.on_record.clauses) > 1

    @property
    def accepted(self) -> tuple[int, ...]:
        """Keys of the clauses that are ticked; only what is accepted in part asks for them."""
        ticked = set(self.clauses.data or ())
        is_in_part = self.decided is Decision.ACCEPTED_IN_PART
        return tuple(
            clause.id
            for clause in self.on_record.clauses
            if is_in_part and str(clause.id) in ticked
        )

    @property
    def referred(self) -> tuple[int, ...]:
        return tuple(clause.id for clause in self.on_record.clauses)

    def check_decision(self) -> None:
        if self.decided:
            at = {Refusal.NEEDS_A_REASON: self.words, Refusal.NEEDS_THE_PARTS: self.clauses}
            self.ask(
                at, clause_decisions, self.decided, self.referred, self.accepted, self.text, False
            )

    def as_decided(self) -> MeetingDecision:
        assert self.decided is not None  # asked of rows that are decided
        return ReferralAnswer(
            item_id=self.on_record.key.id,
            decision=self.decided,
            reason=self.text,
            clause_ids=self.referred,
            accepted=self.accepted,
        )
