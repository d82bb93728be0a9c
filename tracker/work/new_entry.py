"""From the form of an entry, once it is valid, to what the act is given."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.acts.evidence import NewEvidence
from tracker.acts.expenses import NewExpense
from tracker.acts.progress import NewEntry
from tracker.forms.fields import text_of
from tracker.reading.models import EvidenceDetails
from tracker.rules.codes import EvidenceKind, MoneySaid

from .entry_form import EntryForm
from .targets import parse_key


def new_entry(form: EntryForm, files: Sequence[NewEvidence]) -> NewEntry:
    """`files`: the files of the form, which are in the store already."""
    assert form.on.data is not None  # it was validated
    return NewEntry(
        words=text_of(form.words),
        on=form.on.data,
        claims=form.new_claims(),
        evidence=[*files, *_copied_evidence(form), *form.new_links(internal=form.is_internal)],
        expenses=_expenses(form),
        internal=form.is_internal,
        next_word_by=form.next_word_by.data,
        corrects=parse_key(form.corrects.data),
        explains=bool(form.earlier and form.earlier.explains),
        answers=parse_key(form.again.data),
    )


def _copied_evidence(form: EntryForm) -> list[NewEvidence]:
    """Evidence of the earlier entry that stands with this one as well."""
    copies = []
    for evidence, opens in form.copied_evidence:
        kind = _kind_of(evidence)
        copy = NewEvidence(
            kind=kind,
            title=evidence.label,
            url=evidence.path if kind is EvidenceKind.LINK else None,
            words=evidence.words,
            sha256=evidence.sha256,
            media_type=evidence.media_type,
            size=evidence.size,
            internal=not opens,
        )
        copies.append(copy)
    return copies


def _kind_of(evidence: EvidenceDetails) -> EvidenceKind:
    if evidence.stored:
        return EvidenceKind.FILE
    return EvidenceKind.LINK if evidence.path else EvidenceKind.ROW


def _expenses(form: EntryForm) -> list[NewExpense]:
    """The amount of the form, and what else the earlier entry says was spent.

    Payee and note, for which the form has no fields, are kept as the earlier entry has them.
    """
    if form.money_answer is not MoneySaid.AMOUNT:
        return []
    if form.amount.amount is None or form.paid_on.data is None:
        return []
    first = form.earlier.spent[0] if form.earlier and form.earlier.spent else None
    expense = NewExpense(
        amount=form.amount.amount,
        on=form.paid_on.data,
        category=text_of(form.paid_for),
        payee=first.payee if first else None,
        note=first.note if first else None,
    )
    others = [
        NewExpense(
            amount=line.amount,
            on=line.on or form.paid_on.data,
            category=line.category,
            payee=line.payee,
            note=line.note,
        )
        for line in form.other_expenses
    ]
    return [expense, *others]
