"""The words of issued reports: whether each holds, its files, whether it is signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracker.reading.issued_reports import IssuedFileLine, IssuedReportLine, ReportRef
from tracker.rules.codes import FileVariant
from tracker.rules.report_states import ReportState
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import labels
from .amounts import listing, number, size
from .dates import day

VARIANTS: Mapping[FileVariant, str] = {
    FileVariant.SHORT: N_("Short, to print"),
    FileVariant.FULL: N_("Full, a section for each item"),
    FileVariant.LARGE: N_("Large print"),
    FileVariant.REPORT: N_("To print"),
    FileVariant.HTML: N_("As one page, for phones"),
    FileVariant.CSV: N_("Its data, for a spreadsheet"),
    FileVariant.JSON: N_("Its data, for programs"),
}
SHORT_NAMES: Mapping[FileVariant, str] = {
    FileVariant.SHORT: N_("short"),
    FileVariant.FULL: N_("full"),
    FileVariant.LARGE: N_("large print"),
    FileVariant.REPORT: "PDF",
    FileVariant.HTML: "HTML",
    FileVariant.CSV: "CSV",
    FileVariant.JSON: "JSON",
}


@dataclass(frozen=True, kw_only=True)
class StateWords:
    """One line that says whether a report holds."""

    sign: str  # of icons.svg
    text: str
    is_quiet: bool = False
    leads_to: str | None = None  # the number of another report, which is in the text

    @property
    def parts(self) -> tuple[str, str, str]:
        """The text before that number, the number, the text after it."""
        return self.text.partition(self.leads_to) if self.leads_to else (self.text, "", "")


def summary(lines: Sequence[IssuedReportLine]) -> str:
    """5 were issued: 3 hold, 1 is superseded, the file of 1 is withheld."""
    if not lines:
        return ""
    superseded = sum(line.state is ReportState.SUPERSEDED for line in lines)
    withheld = sum(line.is_withheld for line in lines)
    holding = len(lines) - superseded - withheld
    parts = [
        ngettext("%(count)s holds", "%(count)s hold", holding, count=number(holding)),
        ngettext(
            "%(count)s is superseded",
            "%(count)s are superseded",
            superseded,
            count=number(superseded),
        ),
        ngettext(
            "the file of %(count)s is withheld",
            "the files of %(count)s are withheld",
            withheld,
            count=number(withheld),
        ),
    ]
    counts = (holding, superseded, withheld)
    return ngettext(
        "%(count)s was issued: %(parts)s.",
        "%(count)s were issued: %(parts)s.",
        len(lines),
        count=number(len(lines)),
        parts=", ".join(part for part, count in zip(parts, counts, strict=True) if count),
    )


def states(line: IssuedReportLine) -> list[StateWords]:
    """All that is to be known before somebody relies on it, the most important first."""
    found = []
    if line.is_withheld:
        leads_to = line.replaced_by.number if line.replaced_by else None
        found.append(StateWords(sign="withheld", text=withheld(line), leads_to=leads_to))
    elif line.superseded_by:
        text = _(
            "Superseded by %(number)s on %(day)s",
            number=line.superseded_by.number,
            day=day(line.superseded_by.issued_on),
        )
        found.append(StateWords(sign="history", text=text, leads_to=line.superseded_by.number))
    for erratum in line.corrected_by:
        text = _(
            "Corrected in one place by %(number)s, on %(day)s",
            number=erratum.number,
            day=day(erratum.issued_on),
        )
        found.append(StateWords(sign="info", text=text, leads_to=erratum.number))
    if line.corrects and line.correction:
        text = _("Corrects %(number)s: %(what)s", number=line.corrects.number, what=line.correction)
        found.append(_quiet(text, line.corrects))
    elif line.corrects:
        found.append(_quiet(_("Corrects %(number)s", number=line.corrects.number), line.corrects))
    if line.replaces:
        text = _("Takes the place of %(number)s", number=line.replaces.number)
        found.append(_quiet(text, line.replaces))
    if line.state is ReportState.NEWEST:
        newest = _("The newest of this convention") if line.convention_id else _("The newest")
        found.insert(0, StateWords(sign="check", text=newest, is_quiet=True))
    elif line.state is ReportState.HOLDS and not found:
        found.append(StateWords(sign="check", text=_("It holds"), is_quiet=True))
    return found


def withheld(line: IssuedReportLine) -> str:
    """File withheld on 12 December 2025 by the governance office: personal data. Issued anew …"""
    on = day(line.withheld_on) if line.withheld_on else ""
    if line.withheld_for:
        text = _(
            "File withheld on %(day)s by the governance office: %(kind)s.",
            day=on,
            kind=labels.withheld(line.withheld_for),
        )
    else:
        text = _("File withheld on %(day)s: something in it was erased.", day=on)
    if line.replaced_by is None:
        return text
    return f"{text} " + _("Issued anew without it as %(number)s", number=line.replaced_by.number)


def label(file: IssuedFileLine) -> str:
    return _(VARIANTS[file.variant])


def short_name(variant: FileVariant) -> str:
    return _(SHORT_NAMES[variant])


def sign(file: IssuedFileLine) -> str:
    """Of icons.svg."""
    if file.variant is FileVariant.HTML:
        return "eye"
    return "file" if file.variant.is_pdf else "download"


def kind_and_size(file: IssuedFileLine) -> str:
    """PDF, 9 pages, 318 KB."""
    parts = ["PDF" if file.variant.is_pdf else SHORT_NAMES[file.variant]]
    if file.pages:
        parts.append(
            ngettext("%(count)s page", "%(count)s pages", file.pages, count=number(file.pages))
        )
    return ", ".join([*parts, size(file.size)])


def file_name(line: IssuedReportLine, file: IssuedFileLine) -> str:
    """The last part of its address, and its name when it is saved."""
    if file.variant is FileVariant.REPORT:
        return f"{line.number}.pdf"
    ending = "pdf" if file.variant.is_pdf else file.variant.value
    if not file.variant.is_pdf:
        return f"{line.number}.{ending}"
    return f"{line.number}-{file.variant.value}.{ending}"


def signature(line: IssuedReportLine) -> str:
    """Who signed its PDFs, and whether a time-stamp authority says when."""
    signed = [file for file in line.files if file.signed_by]
    if not signed:
        return _("Not signed, and says so. Its checksum proves it.")
    names = listing(sorted({file.signed_by for file in signed if file.signed_by}))
    if all(file.signature_time for file in signed):
        return _("by %(name)s, with the time of a time-stamp authority", name=names)
    return _("by %(name)s", name=names)


def _quiet(text: str, other: ReportRef) -> StateWords:
    return StateWords(sign="check", text=text, is_quiet=True, leads_to=other.number)
