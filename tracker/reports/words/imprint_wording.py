"""What a report says of itself as a document: whether it is issued, its number, how to check it."""

from __future__ import annotations

from tracker.formatting import day, number
from tracker.reports.models import CollectedReport, ReportStatus
from tracker.translation import gettext as _


def standing(report: CollectedReport) -> str:
    """PA-2026-1, issued on 4 September 2026."""
    made_on = day(report.made_on)
    if report.imprint is not None:
        return _(
            "%(number)s, issued on %(day)s",
            number=report.imprint.number,
            day=day(report.imprint.issued_on),
        )
    match report.status:
        case ReportStatus.BOARDS_COPY:
            return _("Board’s copy, made on %(day)s, without a number", day=made_on)
        case ReportStatus.SHEET:
            return _("Sheet of one item, made on %(day)s, without a number", day=made_on)
    return _("Draft, made on %(day)s, without a number", day=made_on)


def relations(report: CollectedReport) -> list[str]:
    """What it corrects or replaces, and what the office says of it."""
    imprint = report.imprint
    if imprint is None:
        return []
    lines = []
    if imprint.corrects:
        lines.append(
            _(
                "Erratum to %(number)s. Put right: %(what)s",
                number=imprint.corrects,
                what=imprint.correction or "",
            ).rstrip()
        )
    if imprint.replaces:
        lines.append(_("In place of %(number)s, whose file was withheld.", number=imprint.replaces))
    if imprint.line:
        lines.append(imprint.line)
    return lines


def not_issued(report: CollectedReport) -> tuple[str, str] | None:
    """In bold, and after it: what the cover says of a report that is not issued."""
    match report.status:
        case ReportStatus.BOARDS_COPY if report.boards_copy is not None:
            return (
                _("Board’s copy, not published."),
                _(
                    "Edition %(number)s, as readers would see it.",
                    number=number(report.boards_copy),
                ),
            )
        case ReportStatus.DRAFT:
            return (
                _("Draft, without a number."),
                _(
                    "Made from the record on %(day)s. “About this record”, at its end, says how to "
                    "compare it with the record.",
                    day=day(report.made_on),
                ),
            )
    return None


def how_to_check(report: CollectedReport) -> str:
    """Beside the code on the cover."""
    if report.base_url is None:
        return _("The code holds the number, and the checksum of its data.")
    return _(
        "The code leads to the page that says whether a file is as it was issued, and what has "
        "changed since."
    )


def code_label(report: CollectedReport) -> str:
    """The alternative of the code in words."""
    if report.base_url is None:
        return _("Code with the number and the checksum of this report")
    return _("Code that leads to the page where this report is checked")


def in_groups(checksum: str) -> str:
    """Groups of eight, for comparing by eye."""
    return " ".join(checksum[start : start + 8] for start in range(0, len(checksum), 8))
