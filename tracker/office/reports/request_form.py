"""The form that asks for a report: all kinds, their options, and a request made of what was
written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from flask import request
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    RadioField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.formatting import day, labels
from tracker.formatting.form_fields import form_errors
from tracker.forms.fields import DayField, add_error
from tracker.office.blueprint import OfficeTarget
from tracker.reading import addresses
from tracker.reading.arguments import read_text
from tracker.reading.models import ConventionDetails
from tracker.reading.report_subjects import SubjectMatches, items_named, rows_named
from tracker.record.as_of import AsOf
from tracker.reports.models import Paper, Reading, ReportKind
from tracker.reports.printing import paper
from tracker.reports.requests import ReportRequest
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from . import words

ALL = ""  # of the conventions
OF_ONE = (ReportKind.SHORT, ReportKind.FULL, ReportKind.ITEM, ReportKind.SILENT, ReportKind.MONEY)
WITH_SUBJECT = (ReportKind.ITEM, ReportKind.DELEGATION, ReportKind.UNIT)
FILTERS = ("q", "verdict", "delegation", "department", "kind", "rows")
"""The filters of a convention's list, by their names in addresses."""
USUAL, LARGE = "usual", "large"


def _choices(pairs: Mapping[Any, Any]) -> list[SelectChoice]:
    return [SelectChoice(getattr(code, "value", code), label) for code, label in pairs.items()]


class ReportRequestForm(FlaskForm):  # type: ignore[misc]
    """`report_request` is what it asks for, and `item_code` of which item, once it is valid."""

    report = RadioField(
        _l("Which report?"), choices=_choices(words.KINDS), default=ReportKind.SHORT.value
    )
    convention = SelectField(_l("Convention"), validate_choice=False)
    several = SelectMultipleField(
        _l("Of several conventions: which"),
        description=_l("For “Several conventions, at the same age”. Tick no box for all of them."),
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )
    subject = SearchField(
        _l("Item, delegation or unit"),
        [Length(max=200)],
        description=_l("For a report of one of them: number or words. 26 is enough."),
    )
    as_of = DayField(_l("As of"), description=_l("Empty: the day on which it is made."))
    reading = RadioField(
        _l("Read as"),
        choices=[
            SelectChoice(Reading.KNOWN.value, _l("What was known on that day")),
            SelectChoice(Reading.HAPPENED.value, _l("What had happened by that day")),
        ],
        default=Reading.KNOWN.value,
    )
    says = RadioField(
        _l("What it says"),
        choices=[
            SelectChoice("edition", _l("What readers see: the newest edition")),
            SelectChoice("live", _l("The record as it is")),
        ],
        default="edition",
    )
    q = StringField(_l("Words or number"), [Length(max=200)])
    verdict = SelectField(_l("Was it done?"), validate_choice=False)
    delegation = SelectField(_l("Brought by"), validate_choice=False)
    department = SelectField(_l("Department"), validate_choice=False)
    kind = SelectField(_l("Kind of item"), validate_choice=False)
    rows = StringField(_l("Rows behind a figure"), [Length(max=60)])
    paper = SelectField(
        _l("Paper"),
        choices=[SelectChoice(Paper.LETTER.value, "Letter"), SelectChoice(Paper.A4.value, "A4")],
    )
    size = SelectField(
        _l("Print"),
        choices=[
            SelectChoice(USUAL, _l("As usual")),
            SelectChoice(LARGE, _l("Large, 16 points")),
        ],
    )
    texts = BooleanField(_l("With the adopted texts"), default=True)
    mono = BooleanField(_l("Safe in black and white"))

    NOTES: ClassVar = words.KIND_NOTES
    report_request: ReportRequest | None = None
    item_code: str | None = None

    def __init__(self, found: OfficeTarget, on_page: Mapping[str, object] | None = None) -> None:
        """`on_page`: what the fields hold before anybody has written in them; None: it was sent."""
        self._found = found
        context = found.context
        self._conventions = sorted(
            context.conventions.values(), key=lambda one: (one.year or 0, one.slug), reverse=True
        )
        super().__init__(formdata=request.form if on_page is None else None, data=on_page)
        offered = [SelectChoice(one.slug, one.name) for one in self._conventions]
        self.convention.choices = [*offered, SelectChoice(ALL, _("All conventions"))]
        self.several.choices = offered
        self.verdict.choices = [SelectChoice("", _("Any answer"))] + [
            SelectChoice(code.value, labels.verdict(code)) for code in labels.VERDICTS
        ]
        self.kind.choices = [SelectChoice("", _("All kinds"))] + [
            SelectChoice(code, labels.kinds(code)) for code in context.prefixes
        ]
        _offer_names(self.delegation, _("Anybody"), context.delegations.values())
        _offer_names(self.department, _("All departments"), context.units.values())
        if on_page is not None:
            self._fill_in()

    def _fill_in(self) -> None:
        """What is as usual in this body."""
        today = self._found.today
        begun = [one for one in self._conventions if one.opens_on and one.opens_on <= today]
        if self.convention.data is None and self._conventions:
            usual = max(begun, key=_newest, default=self._conventions[0])
            self.convention.data = usual.slug
        if self.as_of.data is None:
            self.as_of.data = today
        if self.paper.data is None:
            size = paper.size(self._found.context.settings.zone.key)
            self.paper.data = (Paper.LETTER if size == "Letter" else Paper.A4).value

    # --- for the template ---

    @property
    def has_editions(self) -> bool:
        return any(one.publication.by_edition for one in self._conventions)

    @property
    def chooses_items(self) -> bool:
        """Whether something is written in the part that chooses items."""
        return any(self[name].data or self[name].errors for name in FILTERS)

    @property
    def has_options(self) -> bool:
        """Whether something is not as usual in the part for paper and print."""
        fields = (self.paper, self.size, self.several)
        is_unusual = self.size.data == LARGE or self.mono.data or not self.texts.data
        return bool(is_unusual or self.several.data or any(field.errors for field in fields))

    # --- what was written ---

    @property
    def report_kind(self) -> ReportKind:
        return ReportKind(self.report.data)

    def take(self, session: Session) -> bool:
        """Whether all of it can be understood; else the fields say what is to be mended."""
        if not self.validate():
            return False
        kind = self.report_kind
        convention_ids = self._convention_ids(kind)
        self._check_day()
        self._check_edition(convention_ids)
        subject = self._subject(session, kind, convention_ids)
        if form_errors(self):
            return False
        written = {name: self[name].data or "" for name in FILTERS}
        self.report_request = ReportRequest(
            kind=kind,
            convention_ids=convention_ids,
            item_id=subject if kind is ReportKind.ITEM else None,
            delegation_id=subject if kind is ReportKind.DELEGATION else None,
            unit_id=subject if kind is ReportKind.UNIT else None,
            as_of=self.as_of.data,
            reading=Reading(self.reading.data),
            filters={name: read_text(written, name) for name in FILTERS},
            texts=self.texts.data,
            paper=Paper(self.paper.data),
            large=self.size.data == LARGE,
            mono=self.mono.data,
            live=self.says.data == "live",
        )
        return True

    def _convention_ids(self, kind: ReportKind) -> tuple[int, ...]:
        """Empty: all of the body."""
        by_slug = {one.slug: one.id for one in self._conventions}
        if kind is ReportKind.YEARS:
            return tuple(sorted(by_slug[slug] for slug in self.several.data or ()))
        slug = self.convention.data or ALL
        if slug in by_slug:
            return (by_slug[slug],)
        if slug != ALL:
            add_error(self.convention, _l("There is no such convention. Choose one of the list."))
        elif kind in OF_ONE:
            add_error(self.convention, _l("Choose one convention: this report is of one."))
        return ()

    def _check_day(self) -> None:
        """Of what was known, the record has an answer from its first day on."""
        chosen: date | None = self.as_of.data
        if chosen is None:
            return
        first = self._found.context.record_began
        if chosen > self._found.today:
            add_error(self.as_of, _("Choose a day up to today."))
        elif self.reading.data == Reading.KNOWN.value and chosen < first:
            add_error(
                self.as_of,
                _(
                    "Choose a day from %(first)s, when the record began, to today.",
                    first=day(first),
                ),
            )

    def _check_edition(self, convention_ids: Sequence[int]) -> None:
        if self.says.data == "live":
            return
        for convention_id in convention_ids:
            publication = self._found.context.publications[convention_id]
            if publication.by_edition and publication.edition is None:
                add_error(self.says, _("There is no edition yet: choose the record as it is."))

    def _subject(
        self, session: Session, kind: ReportKind, convention_ids: Sequence[int]
    ) -> int | None:
        """The item, delegation or unit that was written."""
        written = read_text({"subject": self.subject.data or ""}, "subject")
        if kind not in WITH_SUBJECT:
            if written:
                add_error(
                    self.subject,
                    _("You wrote one of them: choose its report on the left, or empty this field."),
                )
            return None
        if not written:
            add_error(self.subject, self._which(kind))
            return None
        if self.convention.errors:
            return None
        matches = self._matches(session, kind, written)
        if matches.only is None:
            add_error(self.subject, words.not_one(matches, kind))
            return None
        self.item_code = matches.only.code
        return matches.only.id

    def _which(self, kind: ReportKind) -> str:
        if kind is ReportKind.ITEM:
            return _("Say which item: its number, its code or words of it.")
        if kind is ReportKind.DELEGATION:
            return _("Say which delegation: its name, or a part of it.")
        return _("Say which unit: its name, or a part of it.")

    def _matches(self, session: Session, kind: ReportKind, written: str) -> SubjectMatches:
        context = self._found.context
        if kind is ReportKind.DELEGATION:
            return rows_named(context.delegation_names, written)
        if kind is ReportKind.UNIT:
            return rows_named(context.unit_names, written)
        target = addresses.resolve(session, context.body.slug, self.convention.data)
        assert target is not None
        return items_named(session, target, written, AsOf(self._found.today))


def _newest(convention: ConventionDetails) -> tuple[bool, date]:
    """Regular conventions before special ones."""
    return not convention.special, convention.opens_on or date.min


def _offer_names(field: SelectField, everybody: str, names: Iterable[str]) -> None:
    """Those in force, and the one that the address of a list brought."""
    brought = {field.data} if field.data else set()
    field.choices = [SelectChoice("", everybody)] + [
        SelectChoice(name, name) for name in sorted({*names, *brought})
    ]
