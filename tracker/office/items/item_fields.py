"""Fields of an item that is typed in: what it is, and who moved it; shared by the forms for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Session
from wtforms import Field, FieldList, Form, FormField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, ValidationError

from tracker.acts import bodies
from tracker.acts.act_context import ActContext
from tracker.acts.items import Mover
from tracker.formatting import item_sentences, labels
from tracker.forms.fields import add_error, text_of
from tracker.forms.record_form import LONGEST_TEXT
from tracker.office.blueprint import OfficeTarget
from tracker.reading.body_context import BodyContext
from tracker.record.bodies import NAME
from tracker.record.rosters import roster_names
from tracker.rules import item_code
from tracker.rules.codes import FloorPart
from tracker.rules.permissions import Permission, is_permitted
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

FIRST_MOVERS = 1  # rows that a new form shows
MOST_MOVERS = 12


class ItemFields:
    """Title or text must be there; without a number it is one of the unnumbered."""

    kind = SelectField(_l("Kind"), [InputRequired(_l("Choose the kind"))])
    number = StringField(
        _l("Number"),
        [Length(max=40)],
        description=_l("As published: 7, or 12a. Empty: it has none."),
    )
    title = StringField(
        _l("Title"),
        [Length(max=500)],
        description=_l("A few words by which it is found."),
    )
    words = TextAreaField(_l("Text"), [Length(max=LONGEST_TEXT)])

    def offer_kinds(self, body_context: BodyContext) -> None:
        self.kind.choices = [
            SelectChoice(code, labels.kind(code)) for code in body_context.offered_kinds
        ]

    def validate_number(self, field: Field) -> None:
        written, number = text_of(field), self.normalised
        if number.startswith(item_code.UNNUMBERED):
            raise ValidationError(_("Leave it empty where the item has no number."))
        if written and (not number or len(number) > item_code.LONGEST):
            raise ValidationError(_("Write a number as the list has it, for example 7 or 12a."))

    def validate_words(self, field: Field) -> None:
        if not text_of(field) and not text_of(self.title):
            raise ValidationError(_("Write its text, or a title"))

    @property
    def normalised(self) -> str:
        """ "": it has no number."""
        return item_code.normalised(text_of(self.number))

    @property
    def as_published(self) -> str | None:
        return text_of(self.number) or None


def delegation_field(label: LazyString) -> StringField:
    return StringField(
        label,
        [Length(max=NAME)],
        description=_l("A state, a local, a council."),
    )


class NewMoverForm(Form):
    """Somebody on the floor. A row without a name is none."""

    part = SelectField(_l("As"), default=FloorPart.MAKER.value)
    delegation = delegation_field(_l("Delegation"))
    name = StringField(_l("Name of a person"), [Length(max=NAME)])

    @property
    def is_written(self) -> bool:
        return bool(text_of(self.delegation) or text_of(self.name))


class MoverFields:
    movers = FieldList(FormField(NewMoverForm), _l("Moved by"), max_entries=MOST_MOVERS)

    def offer_parts(self) -> None:
        while len(self.movers) < FIRST_MOVERS:
            self.movers.append_entry()
        parts = [
            SelectChoice(code, _(label)) for code, label in item_sentences.SPONSOR_PARTS.items()
        ]
        for row in self.movers:
            row.form.part.choices = parts

    def grow(self) -> None:
        if len(self.movers) < MOST_MOVERS:
            self.movers.append_entry()
        self.offer_parts()

    @property
    def mover_rows(self) -> Iterator[NewMoverForm]:
        """Those in which something is written."""
        return (row.form for row in self.movers if row.form.is_written)

    def check_delegations(self, session: Session, found: OfficeTarget) -> None:
        for row in self.mover_rows:
            check_delegation(session, found, row.delegation)

    def stated_movers(self, context: ActContext) -> list[Mover]:
        return [
            Mover(
                FloorPart(row.part.data),
                delegation_to_name(context, row.delegation),
                text_of(row.name) or None,
            )
            for row in self.mover_rows
        ]


def _written_name(field: Field) -> str:
    return " ".join((field.data or "").split())


def check_delegation(session: Session, found: OfficeTarget, field: Field) -> None:
    """Whoever administers the body adds one by writing it; nobody else does."""
    name = _written_name(field)
    if not name or is_permitted(found.actor, Permission.ADMINISTER):
        return
    if roster_names(session, found.body_id).delegations.find(name) is None:
        add_error(field, _("No delegation of this name is on record; an administrator adds it."))


def delegation_to_name(context: ActContext, field: Field) -> int | None:
    """Its key; one that is not there yet is added."""
    name = _written_name(field)
    if not name:
        return None
    known = roster_names(context.session, context.body_id).delegations.find(name)
    return bodies.add_delegation(context, name).id if known is None else known


def offered_delegations(body_context: BodyContext) -> Iterable[str]:
    return sorted(body_context.delegation_names.offered.values(), key=str.casefold)
