"""Which acts a history shows: the filters of its address."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from wtforms import DateField, Form, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Length, Optional

from tracker.extensions import db
from tracker.formatting import history_words
from tracker.formatting.history_words import ActGroup
from tracker.reading import addresses
from tracker.reading.history_models import HistoryCounts
from tracker.reading.history_selection import HistoryFilters
from tracker.reading.models import ConventionDetails, ItemRef
from tracker.reading.naming import namings, references
from tracker.record.as_of import NOW
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

from .blueprint import OfficeTarget, whole_number

NAMES = ("convention", "item", "kind", "who", "since", "until")


class HistoryForm(Form):
    convention = SelectField(_l("Convention"), validate_choice=False)
    item = StringField(_l("Item"), [Length(max=80)])
    kind = SelectField(_l("Kind of act"), validate_choice=False)
    who = SelectField(_l("Who"), validate_choice=False)
    since = DateField(_l("Recorded from"), [Optional()], render_kw={"class": "input input--date"})
    until = DateField(_l("Until"), [Optional()])

    def __init__(self, found: OfficeTarget) -> None:
        super().__init__(request.args)
        self._found = found
        self.item_id: int | None = None
        newest_first = sorted(
            found.context.conventions.values(), key=lambda one: (-(one.year or 0), one.id)
        )
        self.convention.choices = [
            SelectChoice("", _("All, and the body")),
            *(SelectChoice(one.slug, one.name) for one in newest_first),
        ]
        self.kind.choices = []
        self.who.choices = []

    def validate_convention(self, field: SelectField) -> None:
        if field.data and self.chosen_convention is None:
            raise ValidationError(_("This body has no such convention. Choose one of the list."))

    def validate_item(self, field: StringField) -> None:
        """Finds the item; however its code is spelt."""
        spelling = (field.data or "").strip()
        if not spelling:
            return
        if self.chosen_convention is None:
            raise ValidationError(_("Choose its convention, too."))
        body = self._found.context.body.slug
        address = addresses.resolve(db.session(), body, self.chosen_convention.slug)
        resolved = address and addresses.resolve_item(db.session(), address, spelling)
        if not resolved:
            raise ValidationError(_("This convention has no such item. Write it as “NBI 2”."))
        self.item_id = resolved[0]

    @property
    def chosen_convention(self) -> ConventionDetails | None:
        slug = self.convention.data
        return next(
            (one for one in self._found.context.conventions.values() if one.slug == slug), None
        )

    @property
    def group(self) -> ActGroup | None:
        return ActGroup(self.kind.data) if self.kind.data in list(ActGroup) else None

    @property
    def filters(self) -> HistoryFilters:
        """Whatever cannot be read chooses nothing."""
        group = self.group
        return HistoryFilters(
            item_id=self.item_id,
            convention_id=self.chosen_convention.id if self.chosen_convention else None,
            kinds=history_words.kinds_of(group) if group else None,
            corrections=group is ActGroup.CORRECTIONS,
            actor_id=self._actor_id,
            since=self.since.data,
            until=self.until.data,
            before=whole_number(request.args.get("before")),
        )

    @property
    def _actor_id(self) -> int | None:
        others = {str(key): key for key in history_words.others()}
        return others.get(self.who.data or "", whole_number(self.who.data))

    def offer(self, counts: HistoryCounts) -> None:
        """The groups and people of the acts that are there."""
        here = [group for group in ActGroup if history_words.kinds_of(group) & counts.kinds]
        self.kind.choices = [
            SelectChoice("", _("Every kind")),
            *(SelectChoice(group.value, history_words.group_name(group)) for group in here),
        ]
        people = self._found.context.people
        names = sorted(
            (people.get(key) or _("Name erased"), key) for key in counts.actors if key > 0
        )
        self.who.choices = [
            SelectChoice("", _("Anybody")),
            *(SelectChoice(str(key), name) for name, key in names),
        ]
        self.who.choices += [
            SelectChoice(str(key), name)
            for key, name in history_words.others().items()
            if key in counts.actors
        ]

    @property
    def item_ref(self) -> ItemRef | None:
        """The item whose history it is."""
        if self.item_id is None:
            return None
        names = namings(db.session(), self._found.context, [self.item_id], NOW)
        return references(db.session(), self._found.context, names, NOW).get(self.item_id)

    @property
    def is_narrowed(self) -> bool:
        """Whether it shows other than all acts on the same."""
        return any(request.args.get(name) for name in ("kind", "who", "since", "until"))

    def address(self, endpoint: str = "office.history", **changes: Any) -> str:
        """The same selection, but for these."""
        chosen: dict[str, Any] = {name: request.args.get(name) or None for name in NAMES}
        return url_for(endpoint, body=self._found.context.body.slug, **(chosen | changes))
