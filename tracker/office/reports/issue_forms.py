"""The forms by which a draft is signed off and issued."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from flask import request
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.acts.reports import ErratumTo, IssueOptions
from tracker.forms.fields import add_error, text_of
from tracker.forms.record_form import RecordForm, RefusalPlace, RefusalPlaces
from tracker.reading.issued_reports import IssuedReportLine
from tracker.reports.making import issued_files
from tracker.reports.models import ReportKind
from tracker.rules.codes import FileVariant
from tracker.rules.refusals import Refusal
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

BOTH, LIST = "both", "list"
PROGRESS = (ReportKind.SHORT, ReportKind.FULL)
DATA = (FileVariant.CSV, FileVariant.JSON)
"""Whatever is chosen besides, its data go out with it."""


class ReportSignOffForm(RecordForm):
    NAME: ClassVar = "sign-off"
    note = TextAreaField(
        _l("A note (if you like)"),
        [Length(max=2000)],
        description=_l("For the office and the auditor: readers do not see it."),
    )

    def __init__(self, *, is_sent: bool = False) -> None:
        super().__init__(formdata=request.form if is_sent else None, prefix=f"{self.NAME}-")
        self.is_sent = is_sent


class IssueForm(RecordForm):
    NAME: ClassVar = "issue"
    REFUSAL_PLACES: ClassVar[RefusalPlaces] = {
        Refusal.NEEDS_THE_CORRECTION: RefusalPlace("correction"),
        Refusal.CORRECTS_ANOTHER: RefusalPlace("corrects"),
        Refusal.FILES_ARE_WITHHELD: RefusalPlace("corrects"),
    }
    number = HiddenField()  # that the page said it will get
    where = RadioField(
        _l("Where will it stand?"),
        choices=[
            SelectChoice(BOTH, _l("On the page of the convention, and among the reports")),
            SelectChoice(LIST, _l("Among the reports only")),
        ],
        default=BOTH,
    )
    files = SelectMultipleField(
        _l("As which files?"), widget=ListWidget(), option_widget=CheckboxInput()
    )
    line = StringField(_l("One line beside it (if you like)"), [Length(max=200)])
    corrects = SelectField(_l("Is it an erratum?"), validate_choice=False)
    correction = TextAreaField(
        _l("What it puts right"),
        [Length(max=2000)],
        description=_l("Of an erratum: where, what it said, what is so. Readers see it."),
    )

    def __init__(
        self, kind: ReportKind, issued: Iterable[IssuedReportLine], *, is_sent: bool = False
    ) -> None:
        """`issued`: what it can be an erratum to."""
        super().__init__(formdata=request.form if is_sent else None, prefix=f"{self.NAME}-")
        self.is_sent = is_sent
        variants = _variants(kind)
        self.files.choices = [SelectChoice(variant.value, label) for variant, label in variants]
        self._correctable = {str(line.id): _erratum_to(line) for line in issued}
        self.corrects.choices = [SelectChoice("", _("No: a report of its own"))] + [
            SelectChoice(key, label) for key, label in self._correctable.items()
        ]
        if not is_sent:
            usual = FileVariant(kind.value) if kind in PROGRESS else FileVariant.REPORT
            self.files.data = [
                variant.value
                for variant, _label in variants
                if variant in (usual, FileVariant.HTML)
            ]

    @property
    def options(self) -> IssueOptions:
        chosen = set(self.files.data or ())
        variants = [variant for variant in FileVariant if variant.value in chosen]
        return IssueOptions(
            variants=(*variants, *DATA),
            on_convention_page=self.where.data == BOTH,
            line=text_of(self.line) or None,
        )

    @property
    def erratum(self) -> ErratumTo | None:
        if not self.corrects.data:
            return None
        return ErratumTo(report_id=int(self.corrects.data), correction=text_of(self.correction))

    def check(self) -> None:
        if self.corrects.data and self.corrects.data not in self._correctable:
            add_error(self.corrects, _l("There is no such report. Choose one of the list."))
        elif self.corrects.data and not text_of(self.correction):
            add_error(self.correction, _l("Say what the erratum puts right."))
        elif text_of(self.correction) and not self.corrects.data:
            add_error(self.corrects, _l("You wrote what it puts right: choose of which report."))
        pdf_chosen = any(FileVariant(code).is_pdf for code in self.files.data or ())
        if not self.files.errors and not pdf_chosen:
            add_error(self.files, _l("Choose one to print at least."))


def _variants(kind: ReportKind) -> list[tuple[FileVariant, str]]:
    printed = [(FileVariant.REPORT, _("PDF, to print"))]
    if kind in PROGRESS:
        printed = [
            (FileVariant.SHORT, _("Short, to print")),
            (FileVariant.FULL, _("Full, a section for each item")),
            (FileVariant.LARGE, _("Short, in large print")),
        ]
    if FileVariant.HTML not in issued_files.TEXT_FILES:
        return printed
    return [*printed, (FileVariant.HTML, _("As one page, for phones and screen readers"))]


def _erratum_to(line: IssuedReportLine) -> str:
    return _("Yes, to %(number)s: %(title)s", number=line.number, title=line.title)
