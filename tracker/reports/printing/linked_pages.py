"""The pages of a report by the linked way: what `reports/linked` needs to know of a report."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tracker.current_settings import current_settings
from tracker.paths import STATIC
from tracker.reports.linked import engine, flow, linker, processes
from tracker.reports.linked.engine import LaidOut
from tracker.reports.linked.flow import digest
from tracker.reports.linked.font_files import UnknownFont
from tracker.reports.linked.fragment import BrokenFragment, read_header
from tracker.reports.linked.layout import LayoutRequest
from tracker.reports.linked.linker import LinkedPage
from tracker.reports.linked.margins import StampTask, stamps_for
from tracker.reports.linked.pages import PageStore
from tracker.reports.linked.processes import Processes
from tracker.reports.linked.stamps import BrokenStamp
from tracker.reports.linked.structure import VARIANT
from tracker.reports.models import CollectedReport

from . import archive_check, styles
from .added_fonts import NONE_ADDED, AddedFonts
from .document_marks import document_marks
from .fetchers import BASE, FONT_CONFIGURATION, packaged_only
from .ways import PRELOADED, Way

WITHOUT_MARGINS = """@page { size: %s }
.contents .page::after { content: "0000" }
.index a::after { content: " (" attr(data-page) ")" }"""
"""Over the report's sheets: the margins are drawn apart; the page numbers of the contents are
written when the pages are joined, those of the index once they are known.
"""

INNER_LINK = re.compile(r'\bhref="#')
"""Only templates write it: what users write has no link within the document."""


Progress = Callable[[str, int | None, int | None], None]

DAMAGES = (BrokenFragment, BrokenStamp, UnknownFont, archive_check.BrokenFile, OSError)
"""What may come of a page that is kept and is not whole."""

FAILURES = (flow.NotMarked, processes.LayoutFailed, *DAMAGES)
"""Where one of these is raised the report is made in the plain way."""


class Linking:
    """One report by the linked way: first its pages, then the file."""

    def __init__(
        self, report: CollectedReport, store: PageStore, running: Processes, progress: Progress
    ) -> None:
        self._report = report
        self._store = store
        self._running = running
        self._progress = progress

    def lay_out(self, text: str) -> LaidOut:
        """Raises one of FAILURES."""

        def progress(done: int, total: int) -> None:
            self._progress("layout", done, total)

        return engine.lay_out_document(_with_late_links(text), self._store, self._running, progress)

    def write(self, laid_out: LaidOut, target: Path) -> None:
        """Raises one of FAILURES."""
        self._progress("write", None, None)
        fragments = [page.fragment for page in laid_out.pages]
        stamps = stamps_for(
            [read_header(fragment) for fragment in fragments],
            styles.margins_apart(self._report),
            self._store,
            self._draw,
        )
        linker.link(
            [LinkedPage(*page) for page in zip(fragments, stamps, strict=True)],
            target,
            document_marks(self._report),
            self._store.fonts,
        )

    def _draw(self, task: StampTask) -> None:
        count = self._running.count
        parts = [StampTask(task.wanted[number::count]) for number in range(count)]
        self._running.run([part for part in parts if part.wanted], lambda made: None)


@contextmanager
def linking(
    report: CollectedReport, way: Way, progress: Progress, added: AddedFonts = NONE_ADDED
) -> Iterator[Linking]:
    """In an application context. The processes end with it.

    :param added: other fonts are other pages
    """
    request = layout_request(report, added)
    checksum = holds_for_all(request)
    with _folder(way) as folder:
        store = PageStore(folder, checksum)
        with Processes(way.processes, request, folder, checksum, PRELOADED) as running:
            yield Linking(report, store, running, progress)


def forget_pages(way: Way) -> None:
    """Those that are kept: the next report makes them anew."""
    if way.keeps_pages:
        shutil.rmtree(current_settings().report_pages, ignore_errors=True)


@contextmanager
def _folder(way: Way) -> Iterator[Path]:
    if way.keeps_pages:
        yield current_settings().report_pages
        return
    with tempfile.TemporaryDirectory(prefix="tracker-pages-") as folder:
        yield Path(folder)


def layout_request(report: CollectedReport, added: AddedFonts = NONE_ADDED) -> LayoutRequest:
    """The sheets of all scripts hold always: so a page is the same, whatever stands on others."""
    return LayoutRequest(
        sheets=(
            *added.over(styles.look(report.options, other_scripts=True)),
            WITHOUT_MARGINS % styles.paper_size(report),
        ),
        fetcher=packaged_only,
        base_url=BASE,
        variant=VARIANT,
        font_configuration=FONT_CONFIGURATION,
    )


def holds_for_all(request: LayoutRequest) -> str:
    """A checksum of what changes how any page looks."""
    return digest(*request.sheets, request.variant, _program())


def _with_late_links(text: str) -> str:
    """Links within the document, as they are bound when its pages are joined."""
    return INNER_LINK.sub('href="goto:', text)


@cache
def _program() -> str:
    """A checksum of what lays out: library, fonts, the modules of `reports/linked`."""
    modules = sorted(Path(engine.__file__).parent.glob("*.py"))
    fonts = sorted((STATIC / "report").glob("*.ttf"))
    return digest(
        *(version(library) for library in ("weasyprint", "pydyf")),
        *(module.read_text(encoding="utf-8") for module in modules),
        *(f"{font.name} {font.stat().st_size}" for font in fonts),
    )
