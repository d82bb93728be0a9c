"""The forms of a list that comes by a page: the file, and what the office says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Regexp

from tracker.formatting import import_words, labels, size
from tracker.forms.fields import DayField, add_error
from tracker.importing.planning.options import RowField, RowPlace
from tracker.importing.reviewing.choices import Choices, key_of, place_of
from tracker.importing.reviewing.shown import Summary
from tracker.importing.reviewing.shown_problems import LONGEST_CORRECTED
from tracker.importing.tables.headings import letter
from tracker.importing.tables.sources import LARGEST_FILE
from tracker.reading.body_context import BodyContext
from tracker.rules.codes import Claimed, Decision, Floor
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

STATUS_CODES = (*Floor, *Claimed, *Decision)


class FileForm(FlaskForm):  # type: ignore[misc]
    file = FileField(
        _l("The list"),
        description=_l(
            "CSV, or a workbook (XLSX, XLS, ODS). Nothing is written before you say so."
        ),
    )

    def content(self) -> tuple[str, bytes] | None:
        """The name and the bytes; None, with a sentence at the field, where it cannot be taken."""
        file = self.file.data
        if not isinstance(file, FileStorage) or not file.filename:
            add_error(self.file, _l("Choose the file."))
            return None
        content = file.stream.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            sentence = _(
                "The file is larger than %(most)s: save the table alone, without pictures, or in"
                " two files.",
                most=size(LARGEST_FILE),
            )
            add_error(self.file, sentence)
            return None
        if not content:
            add_error(self.file, _l("The file is empty: export the table again."))
            return None
        return file.filename, content


class ListForm(FlaskForm):  # type: ignore[misc]
    """What the office says of one list. Columns and words of a status have fields of their own
    names, as many as the list has.
    """

    version = HiddenField()
    convention = SelectField(_l("Convention of rows that name none"))
    new_convention = StringField(
        _l("Or a new one, by its address"),
        [
            Length(max=60),
            Regexp(
                r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\Z|\Z",
                message=_l("Use small letters, digits and hyphens: 2027, 2027-special"),
            ),
        ],
        description=_l("As 2027, or 2027-special, where the list does not say its meeting."),
    )
    create = BooleanField(_l("Make the conventions that are not on record yet"))
    sheet = SelectField(_l("Sheet"))
    date_order = SelectField(_l("Days such as 7/8/2026"))
    kind = SelectField(_l("Kind of rows that say none"))
    updates_on = DayField(_l("Day of updates that the list does not date"))
    kept_from = DayField(
        _l("Open the follow-through from"),
        description=_l("Of a convention whose follow-through is not kept yet."),
    )
    opened = DayField(_l("First day of the convention"))
    closed_on = DayField(_l("Last day of the convention"))
    release = BooleanField(
        _l("The list is public already: release at once what it says was done and spent")
    )

    def fill(self, context: BodyContext, summary: Summary | None, said: Choices) -> None:
        """The answers that can be given."""
        slugs = [convention.slug for convention in context.conventions.values()]
        if said.convention and said.convention not in slugs:
            slugs.append(said.convention)
        names = {convention.slug: convention.name for convention in context.conventions.values()}
        self.convention.choices = [
            SelectChoice("", _("As the list says it")),
            *(SelectChoice(slug, names.get(slug, slug)) for slug in sorted(slugs, reverse=True)),
        ]
        sheets = summary["sheets"] if summary else []
        if said.sheet and said.sheet not in sheets:
            sheets = [*sheets, said.sheet]
        self.sheet.choices = [
            SelectChoice("", _("All with the same columns")),
            *(SelectChoice(sheet, sheet) for sheet in sheets),
        ]
        self.date_order.choices = [
            SelectChoice("", _("As the values prove it")),
            SelectChoice("month_first", _("The month comes first")),
            SelectChoice("day_first", _("The day comes first")),
        ]
        self.kind.choices = [
            SelectChoice("", _("As the list says it")),
            *(SelectChoice(code, labels.kind(code)) for code in labels.KIND),
        ]

    def said(self, before: Choices, summary: Summary | None) -> Choices:
        """What the form says, for what it asks about; the rest stays as it was."""
        said = replace(
            before,
            convention=self.new_convention.data or self.convention.data or None,
            create=bool(self.create.data),
            sheet=self.sheet.data or None,
            date_order=self.date_order.data or None,
            kind=self.kind.data or None,
            updates_on=self.updates_on.data,
            kept_from=self.kept_from.data,
            opened=self.opened.data,
            closed_on=self.closed_on.data,
            release=bool(self.release.data),
            left_out=_left_out(before),
            file_wins=_file_wins(before),
            cells=_corrected_cells(before, summary),
        )
        if said.sheet != before.sheet:
            return replace(
                said,
                columns={},
                statuses={},
                left_out=frozenset(),
                file_wins=frozenset(),
                cells={},
                knows_shape=False,
            )
        if summary is None:
            return said
        return replace(
            said,
            columns={**before.columns, **_changed_columns(summary)},
            statuses={**before.statuses, **_answered_statuses(summary)},
        )


def values_of(said: Choices) -> Mapping[str, object]:
    """What the form shows when it comes for the first time."""
    return {
        "convention": said.convention or "",
        "create": said.create,
        "sheet": said.sheet or "",
        "date_order": said.date_order or "",
        "kind": said.kind or "",
        "updates_on": said.updates_on,
        "kept_from": said.kept_from,
        "opened": said.opened,
        "closed_on": said.closed_on,
        "release": said.release,
    }


def in_words(said: Choices, before: Choices) -> list[str]:
    """What was said beyond what holds, for whoever has to say it again."""
    lines = [
        _("%(heading)s is: %(field)s", heading=heading, field=import_words.field(code))
        for heading, code in said.columns.items()
        if before.columns.get(heading) != code
    ]
    lines += [
        _("%(heading)s means: %(field)s", heading=words, field=import_words.code(code))
        for words, code in said.statuses.items()
        if before.statuses.get(words) != code
    ]
    for place, cells in said.cells.items():
        if before.cells.get(place) != cells:
            lines += [
                _(
                    "Row %(row)s, %(heading)s: %(words)s",
                    row=key_of(place),
                    heading=name,
                    words=words,
                )
                for name, words in cells.items()
            ]
    left_out = sorted(said.left_out - before.left_out)
    if left_out:
        lines.append(_("Left out: rows %(rows)s", rows=", ".join(map(key_of, left_out))))
    return lines


def _changed_columns(summary: Summary) -> dict[str, str]:
    """The columns of which the form says something else than how they were understood."""
    changed = {}
    for column in summary["columns"]:
        chosen = request.form.get(f"column-{column['place']}", column["field"])
        if chosen != column["field"] and chosen in import_words.FIELDS:
            changed[column["heading"] or letter(column["place"])] = chosen
    return changed


def _answered_statuses(summary: Summary) -> dict[str, str]:
    answered = {}
    for place, words in enumerate(summary["unclear_statuses"]):
        chosen = request.form.get(f"status-{place}")
        if chosen in STATUS_CODES:
            answered[words] = str(chosen)
    return answered


def _left_out(before: Choices) -> frozenset[tuple[str, int]]:
    """Of the rows that the page showed, those without a tick; of others what was said before."""
    shown = {place_of(key) for key in request.form.getlist("shown")} - {None}
    taken = {place_of(key) for key in request.form.getlist("take")}
    out = (before.left_out - shown) | (shown - taken)
    return frozenset(place for place in out if place is not None)


def _file_wins(before: Choices) -> frozenset[RowField]:
    """The fields in which the file is right, although somebody changed them by hand; once said it
    holds, until "keep ours" is said of all.
    """
    if request.form.get("do") == "keep-ours":
        return frozenset()
    chosen = set()
    for words in request.form.getlist("file_wins"):
        key, _bar, field = words.rpartition("|")
        place = place_of(key)
        if place is not None:
            chosen.add((*place, field))
    return before.file_wins | chosen


def _corrected_cells(before: Choices, summary: Summary | None) -> dict[RowPlace, dict[str, str]]:
    """What was corrected before, and the cells that the form has otherwise than the file."""
    cells = {place: dict(of_row) for place, of_row in before.cells.items()}
    for number, line in enumerate(summary["cells"] if summary else ()):
        words = request.form.get(f"cell-{number}", line["words"]).strip()[:LONGEST_CORRECTED]
        place = place_of(line["row"])
        if place is not None and words != line["words"].strip():
            cells.setdefault(place, {})[line["heading"]] = words
    return cells
