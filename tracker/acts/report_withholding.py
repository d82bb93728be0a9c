"""Withholding the files of an issued report, of which something was withheld, erased or closed, and
issuing it anew without that.

What a report shows is not known here: whoever calls has compared it before and after.
"""

from __future__ import annotations

from dataclasses import dataclass

from tracker.record.issued_reports import IssuedReport, ReportWithholding
from tracker.rules.codes import WithheldFor
from tracker.rules.permissions import Permission, is_permitted

from . import reports
from .act_context import ActContext


@dataclass(frozen=True)
class Replacement:
    """The report that takes the place of another, and the job that makes its files."""

    report: IssuedReport
    job_id: int


def withhold_files(
    context: ActContext, report: IssuedReport, kind: WithheldFor | None
) -> Replacement:
    """Its files are for nobody from now on, and it is issued anew.

    It is permitted to whoever may take something from readers: governance withholds, the
    administrator erases. Number, checksums and dates of the withheld report stay on record.
    """
    may_erase = is_permitted(context.actor, Permission.ADMINISTER)
    context.require(Permission.ADMINISTER if may_erase else Permission.GOVERN)
    with context.record("report_withheld", report) as act:
        act.add(ReportWithholding(report_id=report.id, kind=kind))
        anew = reports.issue_anew(context, act, report)
    return Replacement(anew, reports.ask_for_files(context, anew).id)
