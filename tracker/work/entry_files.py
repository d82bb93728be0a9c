"""The files of a form that brings evidence: kept when they come, shown with the form, and evidence
once it is submitted."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request
from werkzeug.datastructures import FileStorage

from tracker.accounts.access import writing
from tracker.acts import drafts
from tracker.acts.evidence import NewEvidence
from tracker.current_settings import current_settings
from tracker.extensions import db
from tracker.files import pictures, sniff
from tracker.formatting import evidence_files
from tracker.forms.fields import add_error
from tracker.record.drafts import Upload
from tracker.translation import gettext as _

from .evidence_form import EvidenceForm, KeptFileForm
from .targets import ItemTarget, parse_key

MOST_FILES = 20

KeptFiles = list[tuple[Upload, KeptFileForm]]
"""Files that came already, each with its fields in the form."""


def keep_new_files(target: ItemTarget, form: EvidenceForm) -> None:
    """Stores the files of this request, whatever else is to be mended, and adds them to the form.

    Those that cannot be taken are named at the field.
    """
    files = [file for file in form.files.data or [] if isinstance(file, FileStorage)]
    chosen = [file for file in files if file.filename]
    form.files.data = []
    if chosen:
        # as errors of processing: they last through the validation of the form
        form.files.process_errors = form.files.errors = _keep(target, form, chosen)


def _keep(target: ItemTarget, form: EvidenceForm, files: Sequence[FileStorage]) -> list[str]:
    """Stores the files; gives a sentence for each that is not taken."""
    sentences = []
    with writing() as session:
        context, item = target.context(session), target.item(session)
        upload_ids_in_form = {entry.form.upload.data for entry in form.kept}
        for file in files:
            if len(form.kept.entries) >= MOST_FILES:
                sentences.append(_too_many_files())
                break
            content = file.stream.read(sniff.LARGEST + 1)
            try:
                upload = drafts.take(
                    context, item, current_settings().uploads, file.filename or "", content
                )
            except sniff.NotTaken as not_taken:
                sentences.append(evidence_files.not_taken(not_taken))
                continue
            if upload.id not in upload_ids_in_form:
                may_open = bool(form.files_open.data)
                form.kept.append_entry({"upload": upload.id, "opens": may_open})
    return sentences


def _too_many_files() -> str:
    return _(
        "An entry takes %(most)s files. Put the others together, or give a link to where they lie.",
        most=MOST_FILES,
    )


def kept_files(target: ItemTarget, form: EvidenceForm) -> KeptFiles:
    """The files that the form names and that are this person's, on this item.

    Others are taken out of the form, and so is the one that the person takes off.
    """
    uploads = {
        upload.id: upload
        for upload in drafts.uploads(db.session(), target.actor.person_id, target.item_id)
    }
    uploads.pop(parse_key(request.form.get("drop")) or 0, None)
    form.kept.entries[:] = [entry for entry in form.kept if entry.form.upload.data in uploads]
    return [(uploads[entry.form.upload.data or 0], entry.form) for entry in form.kept]


def refuse_pictures_without_copy(files: KeptFiles) -> None:
    """An error at each picture that is to open and cannot be copied.

    The original would show members its place and camera.
    """
    for upload, file_form in files:
        if file_form.opens.data and pictures.cannot_be_copied(upload.media_type):
            add_error(file_form.opens, evidence_files.no_copy(upload.name))


def evidence_of(files: KeptFiles) -> list[NewEvidence]:
    """Puts the bytes among the files of the record, before the act that names them."""
    folders = current_settings()
    return [
        drafts.as_evidence(
            upload,
            uploads_folder=folders.uploads,
            files_folder=folders.files,
            internal=not file_form.opens.data,
        )
        for upload, file_form in files
    ]
