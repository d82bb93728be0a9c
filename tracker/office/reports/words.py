"""The words of the office's page of reports: kinds, stages, what a job or a draft is called."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel.speaklater import LazyString

from tracker.formatting import day, listing, number
from tracker.reading.body_context import BodyContext
from tracker.reading.report_subjects import SubjectMatches
from tracker.reports.models import ReportKind
from tracker.reports.requests import OF_SEVERAL, ReportRequest
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _
from tracker.translation import lazy_gettext as _l

KINDS: Mapping[ReportKind, LazyString] = {
    ReportKind.SHORT: _l("Progress of a convention, short"),
    ReportKind.FULL: _l("Progress of a convention, full"),
    ReportKind.ITEM: _l("One item"),
    ReportKind.DELEGATION: _l("One delegation"),
    ReportKind.UNIT: _l("One unit"),
    ReportKind.YEARS: _l("Several conventions, at the same age"),
    ReportKind.SILENT: _l("Items without a word"),
    ReportKind.MONEY: _l("Money against the fund"),
}
KIND_NOTES: Mapping[str, LazyString] = {
    ReportKind.SHORT: _l("A row for each item. For the hall"),
    ReportKind.FULL: _l("A section for each item besides. For the file"),
    ReportKind.ITEM: _l("For whoever moved it"),
    ReportKind.DELEGATION: _l("What became of what it moved"),
    ReportKind.UNIT: _l("What it was given"),
    ReportKind.YEARS: _l("With the bars over the years"),
}

FORMS: Mapping[ReportKind, str] = {ReportKind.SHORT: N_("short"), ReportKind.FULL: N_("full")}

STAGES: Mapping[str, LazyString] = {
    "collect": _l("Facts read and frozen"),
    "template": _l("Pages written"),
    "layout": _l("Items laid out"),
    "archive": _l("Made archival, its data put inside"),
    "write": _l("Saved"),
}
"""What is done once a stage is over, in their order."""

STAGES_NOW: Mapping[str, LazyString] = {
    "collect": _l("Reading the facts."),
    "template": _l("Writing the pages."),
    "layout": _l("Laying out."),
    "archive": _l("Making it archival."),
    "write": _l("Saving."),
    "sign": _l("Signing."),
    "check": _l("Checking."),
}
"""Of issued reports, too, which are signed."""


def stage_now(stage: str | None, done: int | None, total: int | None) -> str:
    """Laying out: 14 of 26 items."""
    if stage == "layout" and done is not None and total:
        return ngettext(
            "Laying out: %(done)s of %(total)s item.",
            "Laying out: %(done)s of %(total)s items.",
            total,
            done=number(done),
            total=number(total),
        )
    return str(STAGES_NOW.get(stage or "", _l("Begun.")))


def request_title(request: ReportRequest, context: BodyContext, item_name: str | None) -> str:
    """Port Alder 2026, full, as of 27 November 2026."""
    title = _subject(request, context, item_name)
    if request.as_of is None:
        return title
    return _("%(report)s, as of %(day)s", report=title, day=day(request.as_of))


def _subject(request: ReportRequest, context: BodyContext, item_name: str | None) -> str:
    where = _conventions(request, context)
    match request.kind:
        case ReportKind.SHORT:
            return _("%(convention)s, short", convention=where)
        case ReportKind.FULL:
            return _("%(convention)s, full", convention=where)
        case ReportKind.ITEM:
            item = _("item %(code)s", code=item_name) if item_name else _("one item")
            return _("%(convention)s, %(item)s", convention=where, item=item)
        case ReportKind.DELEGATION:
            name = context.delegations.get(request.delegation_id or 0) or _("A delegation")
            return _("%(delegation)s: what became of what we moved", delegation=name)
        case ReportKind.UNIT:
            name = context.units.get(request.unit_id or 0) or _("A unit")
            return _("%(unit)s: what we were given", unit=name)
        case ReportKind.YEARS:
            return _("Several conventions, at the same age")
        case ReportKind.SILENT:
            return _("%(convention)s, items without a word", convention=where)
        case ReportKind.MONEY:
            return _("%(convention)s, money against the fund", convention=where)


def _conventions(request: ReportRequest, context: BodyContext) -> str:
    names = [
        context.conventions[key].name
        for key in request.convention_ids
        if key in context.conventions
    ]
    return listing(names) if names else _("all conventions")


def besides(request: ReportRequest, context: BodyContext, edition: int | None) -> list[str]:
    """What of a request is not as usual, and is not in its title."""
    texts = []
    if edition is not None:
        texts.append(_("the board’s copy of edition %(number)s", number=number(edition)))
    if request.kind in OF_SEVERAL:
        texts.append(_conventions(request, context))
    if request.filters:
        texts.append(_("with filters"))
    if request.live:
        texts.append(_("the record as it is"))
    if request.reading.value == "happened":
        texts.append(_("what had happened by then"))
    if request.large:
        texts.append(_("large print"))
    if request.mono:
        texts.append(_("safe in black and white"))
    if not request.texts:
        texts.append(_("without texts"))
    return texts


def not_one(matches: SubjectMatches, kind: ReportKind) -> str:
    """Why the words name no one item, delegation or unit, and what to write instead."""
    if not matches.count:
        return {
            ReportKind.ITEM: _("No item of this convention matches. Write its number or its code."),
            ReportKind.DELEGATION: _("No delegation has this in its name."),
        }.get(kind, _("No unit has this in its name."))
    shown = [match.code or match.name for match in matches.shown]
    if matches.count > len(shown):
        return _(
            "%(count)s match, among them %(names)s. Write one of them.",
            count=number(matches.count),
            names=listing(shown),
        )
    return _(
        "%(count)s match: %(names)s. Write one of them.",
        count=number(matches.count),
        names=listing(shown),
    )


def making(jobs: int, failed: int) -> str:
    """2 reports are being made."""
    if jobs:
        return ngettext(
            "%(count)s report is being made",
            "%(count)s reports are being made",
            jobs,
            count=number(jobs),
        )
    return ngettext(
        "%(count)s report could not be made",
        "%(count)s reports could not be made",
        failed,
        count=number(failed),
    )


def drafts(count: int) -> str:
    if not count:
        return _("Drafts")
    return ngettext("%(count)s draft", "%(count)s drafts", count, count=number(count))


def not_woken(job_id: int) -> str:
    return _(
        "Report %(number)s is asked for, and on record. "
        "The worker could not be told at once; it will find it by itself.",
        number=job_id,
    )


def is_there() -> str:
    return _(
        "This report is being made, or is there as it would be made now: nothing else is made."
    )


def stopped() -> str:
    return _("It was taken back. Nothing of it stays.")


def was_over() -> str:
    return _("It was over already.")


def signed_off() -> str:
    return _("It is signed off. Somebody else of governance can issue it now.")


def issued(number: str) -> str:
    return _("%(number)s is issued. Its files are being made; then readers see it.", number=number)


def form(kind: ReportKind) -> list[str]:
    """Of the progress report, whose title does not say it."""
    return [_(FORMS[kind])] if kind in FORMS else []
