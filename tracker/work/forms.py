"""The forms of staff: an entry, decisions on entries that wait, a decision on a claim. What the record allows is asked of the acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from babel.numbers import NumberFormatError, parse_decimal
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    MultipleFileField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    URLField,
)
from wtforms.fields import DateField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional, StopValidation, ValidationError

from tracker.formatting.form_fields import form_errors
from tracker.reading.entries import EntryDetails, LoggableItem
from tracker.reading.item_models import EvidenceDetails, ExpenseLine
from tracker.rules.codes import Claimed, MoneySaid
from tracker.rules.preconditions import NEXT_WORD_LIMIT, Refusal
from tracker.translation import current_locale
from tracker.translation import lazy_gettext as _l

from .targets import parse_key

NO_CHANGE, NOT_ABOUT_IT = "no_change", ""
PUBLIC, INTERNAL = "public", "internal"
LONGEST, MOST = 20_000, Decimal("999999999999.99")

CLAIMS = (
    SelectChoice(Claimed.STARTED.value, _l("Started")),
    SelectChoice(Claimed.PROGRESS.value, _l("Progress")),
    SelectChoice(Claimed.BLOCKED.value, _l("Blocked")),
    SelectChoice(Claimed.DONE.value, _l("Done")),
    SelectChoice(Claimed.WILL_NOT_BE_DONE.value, _l("Will not be done")),
    SelectChoice(NO_CHANGE, _l("No change")),
)


class Day(DateField):
    """A day, as the browser's calendar or a person writes it."""

    def __init__(self, label: Any = None, validators: Any = (), **more: Any) -> None:
        super().__init__(
            label, [Optional(), *validators], format=["%Y-%m-%d", "%d %B %Y", "%d %b %Y"], **more
        )

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(
                [valuelist[0].replace("\u00a0", " ").strip()]
                if valuelist and valuelist[0].strip()
                else []
            )
        except ValueError:
            raise ValueError(
                _l("This is no date. Write it as year, month and day: 2025-03-31")
            ) from None

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and self.data.year < 1900:
            raise StopValidation(str(_l("The year of this date cannot be right")))


class Amount(StringField):
    """Money as people write it in their language; `amount` is the exact value, once it is validated."""

    amount: Decimal | None = None

    def pre_validate(self, form: Any) -> None:
        plain = "".join(each for each in self.data or "" if each.isdigit() or each in ".,-'’")
        if not (self.data or "").strip():
            return
        try:
            found = parse_decimal(plain, locale=current_locale(), strict=True)
        except (NumberFormatError, InvalidOperation):
            raise StopValidation(
                str(_l("This is no amount. Write it in figures, like 1,250.00"))
            ) from None
        if abs(found) > MOST or found != found.quantize(Decimal("0.01")):
            raise StopValidation(
                str(_l("An amount has at most two decimals, and twelve figures before them"))
            )
        self.amount = found.quantize(Decimal("0.01"))


class ClauseForm(Form):
    clause = HiddenField()
    claimed = RadioField(choices=[], validate_choice=False)
    blocked_by = StringField(_l("What blocks it?"), [Length(max=2000)])
    why_not = TextAreaField(_l("Why will it not be done?"), [Length(max=2000)])
    decided_by = StringField(_l("Who decided that?"), [Length(max=200)])
    decided_on = Day(_l("On which day?"))

    @property
    def claim(self) -> Claimed | None:
        said = self.claimed.data
        return Claimed(said) if said in {each.value for each in Claimed} else None

    @property
    def said(self) -> bool:
        """Whether the entry is about this clause."""
        return self.claim is not None or self.claimed.data == NO_CHANGE


class LinkForm(Form):
    url = URLField(
        _l("A link"), [Length(max=2000)], render_kw={"inputmode": "url", "placeholder": "https://"}
    )
    title = StringField(_l("What it shows"), [Length(max=200)])

    def validate_url(self, field: URLField) -> None:
        if (found := (field.data or "").strip()) and not _leads_somewhere(found):
            raise ValidationError(_l("A link begins with https:// or http://"))

    def validate_title(self, field: StringField) -> None:
        if (field.data or "").strip() and not (self.url.data or "").strip():
            raise ValidationError(_l("The link itself is missing"))


class KeptForm(Form):
    """A file that has come already."""

    upload = IntegerField(render_kw={"type": "hidden"})
    opens = BooleanField(_l("Members may open this file"))


class ProgressForm(FlaskForm):  # type: ignore[misc]
    words = TextAreaField(
        _l("In one or two sentences"),
        [Length(max=LONGEST)],
        description=_l("What was done, by which office. Members will read this."),
    )
    on = Day(_l("When did it happen?"), description=_l("The day of the act, not of this entry."))
    clauses = FieldList(FormField(ClauseForm))
    kept = FieldList(FormField(KeptForm))
    files = MultipleFileField(_l("Photos or files"))
    files_open = BooleanField(
        _l("Members may open them"),
        description=_l("Of a photo they get a copy without its place and camera."),
    )
    links = FieldList(FormField(LinkForm))
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
    amount = Amount(_l("Amount"), render_kw={"inputmode": "decimal"})
    paid_on = Day(_l("Paid on"), description=_l("Left empty: the day on which it happened."))
    paid_for = StringField(_l("For what?"), [Length(max=80)])
    next_word_by = Day(
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

    def stand_on(self, item: LoggableItem, today: date) -> ProgressForm:
        """One group of claims for each clause; of several, an entry need not be about each."""
        self.item, self.today = item, today
        open_ = [each for each in item.clauses if not each.declaration]
        posted = {entry.form.clause.data for entry in self.clauses}
        for each in open_:
            if str(each.id) not in posted:
                self.clauses.append_entry(
                    {"clause": str(each.id), "claimed": NOT_ABOUT_IT if len(open_) > 1 else None}
                )
        for entry in self.clauses:
            choices = (
                [*CLAIMS, SelectChoice(NOT_ABOUT_IT, _l("Not about this clause"))]
                if len(open_) > 1
                else list(CLAIMS)
            )
            confirmed = entry.form.clause.data in {str(each) for each in item.confirmed}
            entry.form.claimed.choices = (
                [each for each in choices if each.value in (NO_CHANGE, NOT_ABOUT_IT)]
                if confirmed
                else choices
            )
        if not self.links.entries:
            self.links.append_entry()
        return self

    @property
    def earlier(self) -> EntryDetails | None:
        """The entry that this one corrects, or takes up again."""
        return self.item.entry(parse_key(self.corrects.data)) or self.item.entry(
            parse_key(self.again.data)
        )

    @property
    def asks_for_money(self) -> bool:
        """Where there is an estimate, and where the earlier entry says what was spent: that is taken back with it."""
        return self.item.asks_for_money or bool(self.earlier and self.earlier.spent)

    @property
    def spent_along(self) -> tuple[ExpenseLine, ...]:
        """Further amounts of the earlier entry: the form has fields for the first alone, the others are taken over as they are."""
        return (
            self.earlier.spent[1:]
            if self.earlier and self.money.data == MoneySaid.AMOUNT.value
            else ()
        )

    @property
    def taken_along(self) -> list[tuple[EvidenceDetails, bool]]:
        """Evidence of the earlier entry: nobody chooses a file twice."""
        return [
            each
            for each in (self.earlier.evidence if self.earlier else ())
            if each[0].id in (self.along.data or [])
        ]

    @property
    def has_evidence(self) -> bool:
        return (
            bool(self.kept.entries)
            or bool(self.taken_along)
            or any((entry.form.url.data or "").strip() for entry in self.links)
        )

    @property
    def claims_done(self) -> bool:
        return any(entry.form.claim is Claimed.DONE for entry in self.clauses)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        super().validate(extra_validators)
        self._check_words()
        for entry in self.clauses:
            self._check_clause(entry.form)
        if not any(entry.form.said for entry in self.clauses) and self.clauses.entries:
            _say(self.clauses[0].form.claimed, _l("Say what became of it, or that nothing changed"))
        if self.claims_done and not self.has_evidence:
            _say(self.files, _l("A clause reported done needs evidence: a link, or a file"))
        self._check_money()
        if (
            self.next_word_by.data
            and not self.today < self.next_word_by.data <= self.today + NEXT_WORD_LIMIT
        ):
            _say(self.next_word_by, _l("Choose a day within the next 180 days, or leave it empty"))
        return not form_errors(self)

    def _check_words(self) -> None:
        if not (self.words.data or "").strip():
            _say(self.words, _l("Say in a sentence what happened"))
        if self.on.data is None and not self.on.errors:
            _say(self.on, _l("Enter the day on which it happened"))
        elif self.on.data and self.on.data > self.today:
            _say(self.on, _l("The date lies after today. Give the day on which it happened"))

    def _check_clause(self, clause: ClauseForm) -> None:
        if clause.claim is Claimed.BLOCKED and not (clause.blocked_by.data or "").strip():
            _say(clause.blocked_by, _l("Say what blocks it"))
        if clause.claim is Claimed.WILL_NOT_BE_DONE:
            for field, text in (
                (clause.why_not, _l("Say why it will not be done")),
                (clause.decided_by, _l("Say who decided that")),
            ):
                if not (field.data or "").strip():
                    _say(field, text)
            if clause.decided_on.data is None and not clause.decided_on.errors:
                _say(clause.decided_on, _l("Say on which day that was decided"))
            elif clause.decided_on.data and clause.decided_on.data > self.today:
                _say(clause.decided_on, _l("The date lies after today"))

    def _check_money(self) -> None:
        said = self.money.data
        if (
            self.claims_done
            and self.asks_for_money
            and said not in {each.value for each in MoneySaid}
        ):
            _say(self.money, _l("Say what it cost, or that it is not known yet"))
        if said == MoneySaid.AMOUNT.value:
            if self.amount.amount is None and not self.amount.errors:
                _say(self.amount, _l("Enter the amount"))
            if self.paid_on.data is None and not self.paid_on.errors:
                self.paid_on.data = self.on.data
            elif self.paid_on.data and self.paid_on.data > self.today:
                _say(self.paid_on, _l("The date lies after today"))

    def field_of(self, code: Refusal) -> Any:
        """The field that a refusal is about; None: it is about the whole."""
        return {
            Refusal.DATED_AFTER_RECORDING: self.on,
            Refusal.NEEDS_EVIDENCE: self.files,
            Refusal.NEEDS_AN_ANSWER_ABOUT_MONEY: self.money,
            Refusal.NEEDS_WORDS: self.words,
            Refusal.NEEDS_THE_AMOUNT: self.amount,
            Refusal.NEXT_WORD_TOO_FAR: self.next_word_by,
        }.get(code)


class ReleaseForm(Form):
    """What is decided about one entry that waits."""

    entry = IntegerField(render_kw={"type": "hidden"})
    seen = IntegerField(render_kw={"type": "hidden"})
    decision = RadioField(_l("Your decision"), choices=[], validate_choice=False, default="")
    reason = TextAreaField(
        _l("Reason for sending it back"),
        [Length(max=LONGEST)],
        description=_l("Read by staff only."),
    )
    opens = SelectMultipleField(
        _l("Members may open"), coerce=int, choices=[], validate_choice=False
    )


class ReleasesForm(FlaskForm):  # type: ignore[misc]
    entries = FieldList(FormField(ReleaseForm))


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """The confirmer's; neither choice is preset."""

    decision = RadioField(
        _l("Decision"),
        choices=[SelectChoice("confirmed", _l("Confirm")), SelectChoice("returned", _l("Return"))],
        validate_choice=False,
    )
    reason = TextAreaField(
        _l("Reason, or note on what you checked"),
        [Length(max=LONGEST)],
        description=_l("Needed when you return; read by staff only."),
    )
    seen = HiddenField()

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        super().validate(extra_validators)
        if self.decision.data not in ("confirmed", "returned"):
            _say(self.decision, _l("Choose one of the two"))
        elif self.decision.data == "returned" and not (self.reason.data or "").strip():
            _say(self.reason, _l("Say what the evidence does not show yet"))
        return not form_errors(self)


class ReopenForm(FlaskForm):  # type: ignore[misc]
    reason = TextAreaField(
        _l("Why is it reopened?"),
        [Length(max=LONGEST)],
        description=_l("For staff. Members read “reopened for better evidence”."),
    )
    seen = HiddenField()

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        super().validate(extra_validators)
        if not (self.reason.data or "").strip():
            _say(self.reason, _l("Give the reason in a sentence"))
        return not form_errors(self)


class ExplainForm(FlaskForm):  # type: ignore[misc]
    words = TextAreaField(
        _l("Why does it differ?"),
        [Length(max=LONGEST)],
        description=_l("Members read it beside the amounts, once it is released."),
    )
    seen = HiddenField()

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        super().validate(extra_validators)
        if not (self.words.data or "").strip():
            _say(self.words, _l("Explain it in a sentence"))
        return not form_errors(self)


def _leads_somewhere(url: str) -> bool:
    try:
        where = urlsplit(url)
    except ValueError:
        return False
    return where.scheme in ("http", "https") and bool(where.hostname)


def _say(field: Any, text: Any) -> None:
    field.errors = [*field.errors, str(text)]
