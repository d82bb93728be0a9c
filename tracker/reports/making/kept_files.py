"""Drafts that the command made, kept as whole files: where nothing has changed that a report shows,
the file of before is handed out, and neither collected nor laid out again.

What is kept has the name of all that can change what is printed: the request, the end of the
body's chain (names, columns, settings, the mark of the body, what is withheld or erased), the day,
the language, the address of the pages, the program and its libraries. Once the record has moved on
nobody finds it any more; it goes with the kept pages where something is taken from readers
(`kept_pages.forget`), else the worker removes it. Issued reports are never among them.

    report-pages/drafts/BODY-REVISION-KEY.pdf
    report-pages/drafts/BODY-REVISION-KEY.json     what the command says of it, and its checksum
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.formatting.build import build
from tracker.record.ledger_tables import INSTALLATION, Head
from tracker.record.surroundings import zone_of
from tracker.reports.linked.whole_files import write_whole
from tracker.reports.printing.added_fonts import font_files
from tracker.reports.printing.ways import PrintEngine
from tracker.reports.requests import ReportRequest
from tracker.translation import current_locale

KEPT_FOR = timedelta(days=30)

LIBRARIES = ("weasyprint", "pydyf", "pikepdf", "fonttools")
"""Those whose version can change the bytes of a file."""


@dataclass(frozen=True)
class FileKey:
    """Under which name a file is kept."""

    body_id: int
    revision: str  # the end of the body's chain
    request: str  # a checksum of all else that can change what is printed

    @property
    def name(self) -> str:
        return f"{_of_revision(self.body_id, self.revision)}{self.request}"


@dataclass(frozen=True)
class KeptFile:
    file: Path
    as_of: date
    pages: int
    warning: str  # in the language of the report; empty: none


def key_of(
    session: Session,
    settings: Settings,
    body_id: int,
    request: ReportRequest,
    now: datetime,
    engine: PrintEngine,
) -> FileKey:
    """In the moment in which the data would be read, and in an application's context."""
    revisions = _revisions(session)
    today = now.astimezone(zone_of(session, body_id)).date()
    shows = (
        request.canonical,
        revisions[INSTALLATION],
        today.isoformat(),
        str(current_locale()),
        settings.base_url or "",
        engine.value,
        build(),
        *(version(library) for library in LIBRARIES),
        *(f"{font} {font.stat().st_size} {font.stat().st_mtime_ns}" for font in font_files()),
    )
    checksum = hashlib.sha256(json.dumps(shows).encode()).hexdigest()
    return FileKey(body_id, revisions[body_id], checksum)


def find(settings: Settings, key: FileKey) -> KeptFile | None:
    """The file as it was made; None where there is none, or it is damaged."""
    file = _folder(settings) / f"{key.name}.pdf"
    try:
        kept = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        if hashlib.sha256(file.read_bytes()).hexdigest() != kept["sha256"]:
            return None
        return KeptFile(file, date.fromisoformat(kept["as_of"]), kept["pages"], kept["warning"])
    except (OSError, ValueError, KeyError):
        return None


def keep(session: Session, settings: Settings, key: FileKey, made: KeptFile) -> None:
    """Keeps a copy of a file that was made, unless the record has moved on meanwhile: what it says
    may have been erased. Those of the body's earlier revisions go.

    The session reads anew.
    """
    if _revisions(session)[key.body_id] != key.revision:
        return
    folder = _folder(settings)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.glob(f"{key.body_id}-*"):
        if not path.name.startswith(_of_revision(key.body_id, key.revision)):
            path.unlink(missing_ok=True)
    content = made.file.read_bytes()
    says = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "as_of": made.as_of.isoformat(),
        "pages": made.pages,
        "warning": made.warning,
    }
    write_whole(folder / f"{key.name}.pdf", content)
    write_whole(folder / f"{key.name}.json", json.dumps(says).encode())


def tidy(session: Session, settings: Settings, now: datetime) -> None:
    """Removes those that are older than 30 days or of an earlier revision."""
    current = {_of_revision(*revision) for revision in _revisions(session).items()}
    for path in _folder(settings).glob("*"):
        body_id, _dash, others = path.name.partition("-")
        is_current = f"{body_id}-{others.partition('-')[0]}-" in current
        try:
            made_at = datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo)
        except FileNotFoundError:
            continue
        if not is_current or made_at < now - KEPT_FOR:
            path.unlink(missing_ok=True)


def _revisions(session: Session) -> dict[int, str]:
    """The end of each chain: the beginning of its hash, as numbers come again after a restore."""
    rows = session.execute(sa.select(Head.chain, Head.hash))
    return {chain: checksum[:16] for chain, checksum in rows}


def _of_revision(body_id: int, revision: str) -> str:
    return f"{body_id}-{revision}-"


def _folder(settings: Settings) -> Path:
    return settings.report_pages / "drafts"
