"""The form of a progress entry: its words, what it claims of clauses, its evidence and money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from babel.numbers import format_decimal
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length

from tracker.formatting.refusal_sentences import refusal_sentence
from tracker.forms.fields import (
    AmountField,
    DayField,
    add_error,
    choice_of,
    text_of,
)
from tracker.forms.record_form import LONGEST_TEXT, RefusalPlace, RefusalPlaces
from tracker.reading.entries import ClaimDetails, EntryDetails, LoggableItem
from tracker.reading.models import EvidenceDetails
from tracker.reading.money_models import ExpenseLine
from tracker.rules import entry_preconditions, refusals
from tracker.rules.codes import Claimed, MoneySaid
from tracker.rules.entry_preconditions import EntryRefusal, NewClaim
from tracker.rules.refusals import Refusal
from tracker.translation import current_locale
from tracker.translation import lazy_gettext as _l

from .evidence_form import EvidenceForm
from .targets import parse_key

NO_CHANGE, NOT_ABOUT_IT = "no_change", ""
PUBLIC, INTERNAL = "public", "internal"

NO_CHANGE_CHOICE = SelectChoice(NO_CHANGE, _l("No change"))
NOT_ABOUT_IT_CHOICE = SelectChoice(NOT_ABOUT_IT, _l("Not about this clause"))
CLAIM_CHOICES = (
    SelectChoice(Claimed.STARTED.value, _l("Started")),
    SelectChoice(Claimed.PROGRESS.value, _l("Progress")),
    SelectChoice(Claimed.BLOCKED.value, _l("Blocked")),
    SelectChoice(Claimed.DONE.value, _l("Done")),
    SelectChoice(Claimed.WILL_NOT_BE_DONE.value, _l("Will not be done")),
)


class ClauseForm(Form):
    """What the entry says of one clause."""

    clause = HiddenField()
    claimed = RadioField(choices=[], validate_choice=False)
    blocked_by = StringField(_l("What blocks it?"), [Length(max=2000)])
    why_not = TextAreaField(_l("Why will it not be done?"), [Length(max=2000)])
    decided_by = StringField(_l("Who decided that?"), [Length(max=200)])
    decided_on = DayField(_l("On which day?"))

    @property
    def claim(self) -> Claimed | None:
        code = choice_of(self.claimed, list(Claimed))
        return Claimed(code) if code else None

    @property
    def is_answered(self) -> bool:
        """Whether the entry is about this clause: it claims something, or that nothing changed."""
        return self.claim is not None or self.claimed.data == NO_CHANGE

    @property
    def reason(self) -> str | None:
        """The cause of a block, or why it will not be done."""
        if self.claim is Claimed.BLOCKED:
            return text_of(self.blocked_by) or None
        if self.claim is Claimed.WILL_NOT_BE_DONE:
            return text_of(self.why_not) or None
        return None

    def new_claim(self, clause_id: int, money: MoneySaid | None) -> NewClaim:
        """`money`: the answer of the whole entry, which belongs to what it claims done."""
        is_decided = self.claim is Claimed.WILL_NOT_BE_DONE
        return NewClaim(
            clause_id=clause_id,
            claimed=self.claim,
            reason=self.reason,
            money=money if self.claim is Claimed.DONE else None,
            decided_by=(text_of(self.decided_by) or None) if is_decided else None,
            decided_on=self.decided_on.data if is_decided else None,
        )

    def copy_claim(self, claim: ClaimDetails) -> None:
        """Fills in what an earlier entry says of this clause."""
        self.claimed.data = claim.claimed.value if claim.claimed else NO_CHANGE
        if claim.claimed is Claimed.BLOCKED:
            self.blocked_by.data = claim.reason
        if claim.claimed is Claimed.WILL_NOT_BE_DONE:
            self.why_not.data = claim.reason
        self.decided_by.data = claim.decided_by
        self.decided_on.data = claim.decided_on

    def show_refusal(self, code: Refusal) -> bool:
        """Says a refusal at the field that it concerns; False: it concerns the whole entry."""
        if code is Refusal.NEEDS_A_REASON and self.claim is Claimed.BLOCKED:
            add_error(self.blocked_by, _l("Say what blocks it"))
        elif code is Refusal.NEEDS_A_REASON:
            add_error(self.why_not, _l("Say why it will not be done"))
        elif code is Refusal.NEEDS_THE_DECIDER:
            self._ask_for_decider()
        elif code is Refusal.DATED_AFTER_RECORDING:
            add_error(self.decided_on, refusal_sentence(code))
        else:
            return False
        return True

    def _ask_for_decider(self) -> None:
        if not text_of(self.decided_by):
            add_error(self.decided_by, _l("Say who decided that"))
        if self.decided_on.data is None and not self.decided_on.errors:
            add_error(self.decided_on, _l("Say on which day that was decided"))


class EntryForm(EvidenceForm):
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.DATED_AFTER_RECORDING: RefusalPlace("on"),
        Refusal.NEEDS_EVIDENCE: RefusalPlace("files"),
        Refusal.NEEDS_AN_ANSWER_ABOUT_MONEY: RefusalPlace("money"),
        Refusal.NEEDS_WORDS: RefusalPlace("words"),
        Refusal.NEEDS_THE_AMOUNT: RefusalPlace("amount"),
        Refusal.NEXT_WORD_TOO_FAR: RefusalPlace("next_word_by"),
    }
    words = TextAreaField(
        _l("In one or two sentences"),
        [Length(max=LONGEST_TEXT)],
        description=_l("What was done, by which office. Members will read this."),
    )
    on = DayField(
        _l("When did it happen?"), description=_l("The day of the act, not of this entry.")
    )
    clauses = FieldList(FormField(ClauseForm))
    money = RadioField(
        _l("What did it cost?"),
        validate_choice=False,
        choices=[
            SelectChoice(MoneySaid.AMOUNT.value, _l("An amount")),
            SelectChoice(
                MoneySaid.NOTHING_BEYOND_THE_BUDGET.value, _l("Nothing beyond the usual budget")
            ),
            SelectChoice(MoneySaid.NOT_KNOWN_YET.value, _l("Not known yet, finance will say")),
        ],
    )
    amount = AmountField(_l("Amount"), render_kw={"inputmode": "decimal"})
    paid_on = DayField(_l("Paid on"), description=_l("Left empty: the day on which it happened."))
    paid_for = StringField(_l("For what?"), [Length(max=80)])
    next_word_by = DayField(
        _l("When will there be news again? (if you know)"),
        description=_l(
            "At most 180 days ahead. Until then the item does not count as without a word."
        ),
    )
    reader = RadioField(
        _l("Who may read this entry?"),
        default=PUBLIC,
        choices=[
            SelectChoice(PUBLIC, _l("Everybody, when released")),
            SelectChoice(INTERNAL, _l("Staff only")),
        ],
    )
    seen = HiddenField()
    corrects = HiddenField()
    again = HiddenField()
    along = SelectMultipleField(_l("Taken along"), coerce=int, choices=[], validate_choice=False)

    item: LoggableItem
    today: date

    # --- the item that the entry is about ---

    def set_item(self, item: LoggableItem, today: date) -> None:
        """Gives the form a group of answers for each clause that is to be carried out.

        Where there are several, an entry need not be about each.
        """
        self.item, self.today = item, today
        clauses = [clause for clause in item.clauses if not clause.declaration]
        are_several = len(clauses) > 1
        posted = {entry.form.clause.data for entry in self.clauses}
        for clause in clauses:
            if str(clause.id) not in posted:
                answer = NOT_ABOUT_IT if are_several else None
                self.clauses.append_entry({"clause": str(clause.id), "claimed": answer})
        for entry in self.clauses:
            is_confirmed = parse_key(entry.form.clause.data) in item.confirmed
            entry.form.claimed.choices = _claim_choices(is_confirmed, are_several)
        if not self.links.entries:
            self.links.append_entry()

    # --- an earlier entry that it corrects, or takes up again ---

    @property
    def earlier(self) -> EntryDetails | None:
        corrected = self.item.entry(parse_key(self.corrects.data))
        return corrected or self.item.entry(parse_key(self.again.data))

    @property
    def other_expenses(self) -> tuple[ExpenseLine, ...]:
        """The earlier entry's expenses after its first, for which alone the form has fields."""
        if self.earlier is None or self.money.data != MoneySaid.AMOUNT:
            return ()
        return self.earlier.spent[1:]

    @property
    def copied_evidence(self) -> list[tuple[EvidenceDetails, bool]]:
        """The earlier entry's evidence that stands with this one too, and whether it opens."""
        if self.earlier is None:
            return []
        chosen = self.along.data or []
        return [
            (evidence, opens) for evidence, opens in self.earlier.evidence if evidence.id in chosen
        ]

    def copy_entry(self, entry: EntryDetails) -> None:
        """Fills in what an earlier entry says, but for its clauses."""
        self.words.data = entry.words
        self.on.data = entry.on
        self.next_word_by.data = entry.next_word_by
        self.reader.data = INTERNAL if entry.internal else PUBLIC
        self.along.data = [evidence.id for evidence, _opens in entry.evidence]
        for claim in entry.claims:
            if claim.money and claim.money is not MoneySaid.AMOUNT and not self.money.data:
                self.money.data = claim.money.value
        if entry.spent:
            self._copy_expense(entry.spent[0], entry.on)

    def _copy_expense(self, expense: ExpenseLine, day_of_entry: date) -> None:
        self.money.data = MoneySaid.AMOUNT.value
        self.amount.data = format_decimal(expense.amount, "0.00", locale=current_locale())
        self.paid_on.data = expense.on or day_of_entry
        self.paid_for.data = expense.category

    def copy_claims(self, claims: Sequence[ClaimDetails]) -> None:
        """Fills in what an earlier entry says of each clause."""
        claim_of_clause = {claim.clause_id: claim for claim in claims}
        for entry in self.clauses:
            claim = claim_of_clause.get(parse_key(entry.form.clause.data) or 0)
            if claim is not None:
                entry.form.copy_claim(claim)

    # --- what it says ---

    @property
    def is_internal(self) -> bool:
        return bool(self.reader.data == INTERNAL)

    @property
    def asks_for_money(self) -> bool:
        """Where there is an estimate; and where the earlier entry says what was spent, since that
        is taken back with it."""
        return self.item.asks_for_money or bool(self.earlier and self.earlier.spent)

    @property
    def money_answer(self) -> MoneySaid | None:
        code = choice_of(self.money, list(MoneySaid)) if self.asks_for_money else None
        return MoneySaid(code) if code else None

    @property
    def has_evidence(self) -> bool:
        return self.brings_evidence or bool(self.copied_evidence)

    @property
    def answered_clauses(self) -> dict[int, ClauseForm]:
        """By its key, each clause that the entry is about; of one that comes twice, the last."""
        answered = {}
        for entry in self.clauses:
            clause_id = parse_key(entry.form.clause.data)
            if clause_id and entry.form.is_answered:
                answered[clause_id] = entry.form
        return answered

    def new_claims(self) -> list[NewClaim]:
        return [
            clause.new_claim(clause_id, self.money_answer)
            for clause_id, clause in self.answered_clauses.items()
        ]

    # --- what is to be mended ---

    def check(self) -> None:
        self.ask(entry_preconditions.need_words, self.words.data)
        if self.on.data is None and not self.on.errors:
            add_error(self.on, _l("Enter the day on which it happened"))
        if self.clauses.entries and not any(entry.form.is_answered for entry in self.clauses):
            first = self.clauses[0].form
            add_error(first.claimed, _l("Say what became of it, or that nothing changed"))
        entry_refusals = entry_preconditions.entry_refusals(
            self.new_claims(),
            on=self.on.data or self.today,
            today=self.today,
            has_evidence=self.has_evidence,
            asks_for_money=self.asks_for_money,
            next_word_by=self.next_word_by.data,
        )
        for refusal in entry_refusals:
            self._show_entry_refusal(refusal)
        if self.money_answer is MoneySaid.AMOUNT:
            self._check_amount()

    def _show_entry_refusal(self, refusal: EntryRefusal) -> None:
        clause = self.answered_clauses.get(refusal.clause_id or 0)
        is_shown = clause is not None and clause.show_refusal(refusal.code)
        if not is_shown and not self.show_refusal(refusal.code):
            raise refusals.Refused(refusal.code)

    def _check_amount(self) -> None:
        if not self.amount.errors:
            has_amount = self.amount.amount is not None
            self.ask(entry_preconditions.need_amount, [MoneySaid.AMOUNT], has_expenses=has_amount)
        if self.paid_on.data is None and not self.paid_on.errors:
            self.paid_on.data = self.on.data
        self.ask(refusals.need_day_reached, self.paid_on.data, self.today, at=self.paid_on)


def _claim_choices(is_confirmed: bool, are_several: bool) -> list[SelectChoice]:
    """The answers for a clause. Of one that is confirmed as done nothing is claimed."""
    choices = [] if is_confirmed else list(CLAIM_CHOICES)
    choices.append(NO_CHANGE_CHOICE)
    if are_several:
        choices.append(NOT_ABOUT_IT_CHOICE)
    return choices
