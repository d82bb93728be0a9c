"""The form that says who may read a convention, live or by edition."""

from __future__ import annotations

from typing import ClassVar

from flask import request
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.forms.record_form import RecordForm
from tracker.reading.publications import PublicationState
from tracker.rules.codes import Visibility
from tracker.translation import lazy_gettext as _l

LIVE, EDITION = "live", "edition"


class WhoReadsForm(RecordForm):
    """It holds what is so until somebody chooses otherwise; `seen` is the event that settled it."""

    NAME: ClassVar = "who-reads"
    visibility = RadioField(
        _l("Who may read it?"),
        choices=[
            SelectChoice(Visibility.HIDDEN.value, _l("Hidden")),
            SelectChoice(Visibility.MEMBERS.value, _l("For members")),
            SelectChoice(Visibility.PUBLIC.value, _l("Public")),
        ],
    )
    reads = RadioField(
        _l("What do they read?"),
        choices=[
            SelectChoice(LIVE, _l("The record as it is")),
            SelectChoice(EDITION, _l("The newest edition")),
        ],
    )
    seen = HiddenField()

    def __init__(self, publication: PublicationState, *, is_sent: bool = False) -> None:
        on_record = {
            "visibility": publication.visibility.value,
            "reads": EDITION if publication.by_edition else LIVE,
        }
        super().__init__(
            formdata=request.form if is_sent else None,
            prefix=f"{self.NAME}-",
            data={} if is_sent else on_record,
        )
        if not is_sent:
            self.see(publication)

    def see(self, publication: PublicationState) -> None:
        """Sent from now on, it is about this."""
        self.seen.data = str(publication.recorded_by or 0)

    @property
    def chosen(self) -> tuple[Visibility, bool]:
        """Who may read it, and whether by edition."""
        return Visibility(self.visibility.data), self.reads.data == EDITION
