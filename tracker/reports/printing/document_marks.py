"""What the file of a report says of itself, for the linked way: WeasyPrint writes the same."""

from __future__ import annotations

from tracker.reports import data
from tracker.reports.linked.catalog import DocumentMarks, EmbeddedFile
from tracker.reports.models import CollectedReport
from tracker.reports.words import wording
from tracker.translation import current_locale

from . import archival
from .xmp import producer, xmp

MEDIA_TYPES = {".csv": "text/csv", ".json": "application/json"}


def document_marks(report: CollectedReport) -> DocumentMarks:
    """Title, data inside, and the metadata packet."""
    return DocumentMarks(
        title=wording.title(report),
        language=current_locale().language,
        author=report.body.name,
        description=wording.description(report),
        created=report.made_on.isoformat(),
        producer=producer(),
        xmp=xmp(report, data.data_sha256(report)),
        files=tuple(
            EmbeddedFile(
                name=file.name,
                content=file.content.encode(),
                description=file.description,
                relationship=file.relationship,
                media_type=MEDIA_TYPES[f".{file.name.rpartition('.')[2]}"],
                dated=archival.dated(report),
            )
            for file in archival.data_files(report)
        ),
    )
