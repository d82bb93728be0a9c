"""Who brought a row's item to the floor: delegations, makers, seconders and contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.importing.codes import Field
from tracker.importing.values import sponsors, texts
from tracker.importing.values.sponsors import People, PeopleColumn
from tracker.translation import gettext as _

from .cells import NAME as LONGEST_NAME
from .cells import Cells
from .imported_row import Person


@dataclass(frozen=True, kw_only=True)
class RowPeople:
    delegations: tuple[str, ...] = ()
    makers: tuple[Person, ...] = ()
    seconders: tuple[Person, ...] = ()
    contacts: tuple[Person, ...] = ()


def row_people(cells: Cells) -> RowPeople:
    """Delegations of makers are among those of the sponsors."""
    if cells.reading.is_export:
        names = (cells.words(Field.SUBMITTED_BY) or "").split(";")
        return RowPeople(delegations=tuple(name.strip() for name in names if name.strip()))
    sponsors_named = _named(cells, Field.SUBMITTED_BY, PeopleColumn.SPONSORS)
    makers = _named(cells, Field.MAKER, PeopleColumn.PERSONS)
    seconders = _named(cells, Field.SECONDER, PeopleColumn.PERSONS)
    contact = _named(cells, Field.CONTACT, PeopleColumn.PERSONS)

    delegations = [*sponsors_named.delegations, *makers.delegations]
    contacts = [*sponsors_named.contacts, *makers.contacts]
    contacts = _with_contact(cells, contacts, contact)
    _warn_of_long_names(cells, delegations, contacts)
    return RowPeople(
        delegations=tuple(name for name in dict.fromkeys(delegations) if len(name) <= LONGEST_NAME),
        makers=(*sponsors_named.persons, *makers.persons),
        seconders=(*seconders.persons, *(("", name) for name in seconders.delegations)),
        contacts=tuple(dict.fromkeys(contacts)),
    )


def _with_contact(cells: Cells, contacts: Sequence[Person], named: People) -> list[Person]:
    """With whom the columns of the contact name; its delegation may have a column of its own."""
    delegation = texts.delegation(cells.words(Field.CONTACT_STATE) or "") or None
    contacts = [*contacts, *named.contacts]
    contacts += [(name, own or delegation) for name, own in named.persons]
    contacts += [("", name) for name in named.delegations]
    if delegation and not any(own for _name, own in contacts):
        contacts.append(("", delegation))
    return contacts


def _warn_of_long_names(
    cells: Cells, delegations: Sequence[str], contacts: Sequence[Person]
) -> None:
    names = (*delegations, *(delegation or "" for _name, delegation in contacts))
    too_long = [name for name in names if len(name) > LONGEST_NAME]
    if too_long:
        cells.warn(
            Field.SUBMITTED_BY,
            _(
                "%(words)r is too long for the name of a delegation.",
                words=too_long[0][:40] + "…",
            ),
            _("It is kept as published."),
        )


def _named(cells: Cells, field: Field, assumed: PeopleColumn) -> People:
    """Whom a cell names. Words that can be a delegation or a person, or are neither, stay as
    published."""
    column = cells.columns_by_field.get(field)
    holds = column.people if column else None
    people = sponsors.read(cells.words(field) or "", holds or assumed)
    if people.unclear:
        cells.unclear_columns.append(cells.columns_by_field[field])
        cells.keep(field)
    return people
