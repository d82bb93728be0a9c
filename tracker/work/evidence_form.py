"""What forms share that bring evidence: files, kept when they come, and links."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    IntegerField,
    MultipleFileField,
    StringField,
    URLField,
)
from wtforms.validators import Length, ValidationError

from tracker.acts.evidence import NewEvidence
from tracker.forms.fields import is_web_address, text_of
from tracker.forms.record_form import RecordForm
from tracker.rules.codes import EvidenceKind
from tracker.translation import lazy_gettext as _l

LONGEST_TITLE = 200  # characters


class LinkForm(Form):
    """One link as evidence."""

    url = URLField(
        _l("A link"), [Length(max=2000)], render_kw={"inputmode": "url", "placeholder": "https://"}
    )
    title = StringField(_l("What it shows"), [Length(max=200)])

    def validate_url(self, field: URLField) -> None:
        if text_of(field) and not is_web_address(text_of(field)):
            raise ValidationError(_l("A link begins with https:// or http://"))

    def validate_title(self, field: StringField) -> None:
        if text_of(field) and not text_of(self.url):
            raise ValidationError(_l("The link itself is missing"))


class KeptFileForm(Form):
    """A file that came with the form before, and is kept with it."""

    upload = IntegerField(render_kw={"type": "hidden"})
    opens = BooleanField(_l("Members may open this file"))


class EvidenceForm(RecordForm):
    kept = FieldList(FormField(KeptFileForm))
    files = MultipleFileField(_l("Photos or files"))
    files_open = BooleanField(
        _l("Members may open them"),
        description=_l("Of a photo they get a copy without its place and camera."),
    )
    links = FieldList(FormField(LinkForm))

    @property
    def brings_evidence(self) -> bool:
        """Whether a file or a link comes with it."""
        return bool(self.kept.entries) or any(text_of(entry.form.url) for entry in self.links)

    def new_links(self, *, internal: bool) -> list[NewEvidence]:
        """A link without a title is called by where it leads."""
        links = []
        for entry in self.links:
            url = text_of(entry.form.url)
            if not url:
                continue
            address = url.split("://", 1)[-1].rstrip("/")
            link = NewEvidence(
                kind=EvidenceKind.LINK,
                title=text_of(entry.form.title) or address[:LONGEST_TITLE],
                url=url,
                internal=internal,
            )
            links.append(link)
        return links
