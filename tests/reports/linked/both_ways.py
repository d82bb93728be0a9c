"""A report made in both ways, for tests that compare them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.reports.conftest import Place
from tracker.reports.models import CollectedReport
from tracker.reports.printing import render
from tracker.reports.printing.render import RenderedReport
from tracker.reports.printing.ways import PrintEngine, Way

from .comparing import differences


@dataclass(frozen=True)
class BothWays:
    """The pages of each are kept in a folder of its own, so that no test finds those of another."""

    place: Place

    def file(self, name: str) -> Path:
        return self.place.folder / f"compared-{name}.pdf"

    def plain(self, report: CollectedReport, name: str) -> Path:
        self._write(report, f"{name}-plain", Way(engine=PrintEngine.PLAIN))
        return self.file(f"{name}-plain")

    def linked(
        self, report: CollectedReport, name: str, *, keeps_pages: bool = False
    ) -> RenderedReport:
        """Into the file of that name."""
        return self._write(report, name, Way(engine=PrintEngine.LINKED, keeps_pages=keeps_pages))

    def differences(self, report: CollectedReport, name: str) -> list[str]:
        assert self.linked(report, name).engine is PrintEngine.LINKED
        return differences(self.plain(report, name), self.file(name))

    def _write(self, report: CollectedReport, name: str, way: Way) -> RenderedReport:
        with self.place.app.app_context():
            return render.write(report, self.file(name), way=way)
