"""The words of the check of a report, the same on its page and by the command."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from tracker.formatting import day, issued_report_words, labels, listing, money, number, phrases
from tracker.formatting.dates import moment_of_zone
from tracker.formatting.phrases import sentence
from tracker.reading.issued_reports import IssuedReportLine, ReportRef
from tracker.rules.report_changes import AdoptedCounts, ChangedItem, ReportChanges, Row
from tracker.rules.report_states import ReportState
from tracker.rules.report_verification import ReportCheckResult
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from .verification import CheckedFile, CheckedReport, Seal, Verification

AMOUNTS = {
    "estimated": N_("Estimated: %(amount)s"),
    "appropriated": N_("Appropriated: %(amount)s"),
    "spent": N_("Spent: %(amount)s"),
}

SIGNS = {
    ReportCheckResult.GENUINE: "check",
    ReportCheckResult.ALTERED: "warning",
    ReportCheckResult.FOUND: "file",
    ReportCheckResult.UNKNOWN: "s-unknown",
}


def sign(check: Verification) -> str:
    """The name of a sign of icons.svg."""
    if check.result is ReportCheckResult.GENUINE and check.report and not check.report.stands:
        return "history"
    return SIGNS[check.result]


# --- the answer ---


def heading(check: Verification) -> str:
    report = check.report
    if check.result is ReportCheckResult.ALTERED:
        return _("Not as issued. The file was changed.")
    if report is None:
        if check.is_of_file:
            return _("Not known here. No report that we issued is this file.")
        return _("Not known here. No report that we issued has this number or checksum.")
    if check.result is ReportCheckResult.FOUND:
        return _("%(number)s is a report that we issued.", number=report.line.number)
    state = {
        ReportState.SUPERSEDED: _("Genuine, and superseded. It is %(number)s."),
        ReportState.WITHHELD: _("Genuine, and withheld since. It is %(number)s."),
        ReportState.CORRECTED: _("Genuine, and corrected since. It is %(number)s."),
    }.get(report.line.state, _("Genuine. It is %(number)s, as issued."))
    return state % {"number": report.line.number}


def why(check: Verification) -> str:
    """What the answer rests on, and what else is to be known of the report."""
    return " ".join(_reasons(check))


def _reasons(check: Verification) -> Iterator[str]:
    report = check.report
    if report is None:
        yield _unknown(check)
        return
    on = day(report.line.issued_on)
    match check.result:
        case ReportCheckResult.GENUINE:
            yield _genuine(check, on)
        case ReportCheckResult.ALTERED:
            yield _(
                "It calls itself %(number)s. In the files that we issued on %(day)s other bytes "
                "stand. That may be an accident, such as a program that saved it anew; we cannot "
                "see what was changed or by whom.",
                number=report.line.number,
                day=on,
            )
            return
        case _:
            yield _("It was issued on %(day)s.", day=on)
            yield from _code_of_the_cover(check)
    yield from _state(report.line)


def _unknown(check: Verification) -> str:
    if check.is_of_file:
        return _(
            "It may be a draft, which says DRAFT on each page and is deleted after 30 days; a scan "
            "of a printed report; or a report of another body."
        )
    return _(
        "Compare it with what stands on the last page of the report. A draft has no number; a "
        "report of another body is checked on the pages of that body."
    )


def _genuine(check: Verification, on: str) -> str:
    if check.file is not None and check.file.signed_by:
        return _(
            "Each byte is as it was on %(day)s, and with it the signature of %(name)s.",
            day=on,
            name=check.file.signed_by,
        )
    return _("Each byte is as it was on %(day)s. It was issued unsigned.", day=on)


def _code_of_the_cover(check: Verification) -> Iterator[str]:
    if check.seal is Seal.OTHER:
        yield _(
            "But the code that led here names other data or another seal than the report that we "
            "issued: do not trust it."
        )
    else:
        yield _(
            "That says nothing of the file or the paper that you have: check the file, or compare "
            "the pages with the report as issued."
        )


def _state(line: IssuedReportLine) -> Iterator[str]:
    if line.correction and line.corrects is not None:
        yield _(
            "It is an erratum to %(number)s: %(words)s",
            number=line.corrects.number,
            words=sentence(line.correction),
        )
    if line.superseded_by is not None:
        yield _(
            "A newer report, %(number)s, was issued on %(day)s.",
            number=line.superseded_by.number,
            day=day(line.superseded_by.issued_on),
        )
    if line.corrected_by:
        numbers = listing([erratum.number for erratum in line.corrected_by])
        yield _("It was corrected by %(numbers)s.", numbers=numbers)
    if line.is_withheld and line.withheld_on is not None:
        yield _(
            "Its files were withheld on %(day)s by the governance office: %(kind)s.",
            day=day(line.withheld_on),
            kind=labels.withheld(line.withheld_for),
        )
    if line.replaced_by is not None:
        yield _("It was issued anew without that as %(number)s.", number=line.replaced_by.number)


def known_as_of(report: CheckedReport, changes: ReportChanges | None) -> str:
    if changes is None:
        return _("It shows what was known on %(day)s.", day=day(report.line.as_of))
    return ngettext(
        "It shows what was known on %(day)s; since then %(count)s of %(of)s items has changed.",
        "It shows what was known on %(day)s; since then %(count)s of %(of)s items have changed.",
        len(changes.changed),
        day=day(report.line.as_of),
        count=number(len(changes.changed)),
        of=number(changes.of),
    )


def issued(report: CheckedReport) -> str:
    """When, by whom."""
    words = _("%(day)s, by the governance office", day=day(report.line.issued_on))
    if report.signed_off:
        return _("%(issued)s; signed off by a second person", issued=words)
    return words


def signature(check: Verification) -> str | None:
    """Of a genuine PDF only: what its file bears was said when it was issued."""
    if check.result is not ReportCheckResult.GENUINE or check.file is None:
        return None
    if not check.file.signed_by:
        return _("none: it was issued unsigned")
    if check.file.signature_time is None:
        return check.file.signed_by
    return _(
        "%(name)s, %(day)s", name=check.file.signed_by, day=day(check.file.signature_time.date())
    )


def seal(check: Verification) -> str:
    return {
        Seal.HOLDS: _("still part of the record"),
        Seal.OTHER: _("part of the record; the code names another"),
        Seal.GONE: _("not part of the record any more"),
        Seal.NOT_COMPARED: _("part of the record"),
    }[check.seal]


def to_do(check: Verification) -> str:
    if check.result is ReportCheckResult.ALTERED:
        return _(
            "What to do: use the report as issued, and if you wish, tell the governance office "
            "where this file came from."
        )
    return _(
        "If a number such as PA-2026-1 stands on its last page, look it up above, and compare the "
        "pages with the report as issued."
    )


def newer(report: CheckedReport) -> list[tuple[str, ReportRef]]:
    """The reports that took its place or put something in it right, each with its words."""
    line = report.line
    refs = [(_("%(number)s, issued on %(day)s"), line.superseded_by)]
    refs += [(_("%(number)s, erratum of %(day)s"), erratum) for erratum in line.corrected_by]
    refs += [(_("%(number)s, issued anew on %(day)s"), line.replaced_by)]
    return [
        (words % {"number": ref.number, "day": day(ref.issued_on)}, ref)
        for words, ref in refs
        if ref is not None
    ]


def form(file: CheckedFile) -> str:
    """Which of its files it is: short, 9 pages."""
    words = _(issued_report_words.SHORT_NAMES[file.variant])
    if file.pages is None:
        return words
    return ngettext(
        "%(form)s, %(pages)s page",
        "%(form)s, %(pages)s pages",
        file.pages,
        form=words,
        pages=number(file.pages),
    )


def checked_at(check: Verification, at: datetime) -> str:
    """In the zone of the body, where the report is of one that is known."""
    zone = ZoneInfo(check.report.body.zone) if check.report else UTC
    return moment_of_zone(at.astimezone(zone))


def grouped(checksum: str) -> str:
    """The first and last signs in groups of four, for comparing by eye."""
    return f"{checksum[:4]} {checksum[4:8]} {checksum[8:12]} … {checksum[-4:]}"


# --- what has changed since ---


def headline(changes: ReportChanges) -> str:
    return " ".join(
        [
            _("In the report: %(counts)s.", counts=_counts(changes.then)),
            _("Now: %(counts)s.", counts=_counts(changes.now)),
        ]
    )


def _counts(counts: AdoptedCounts) -> str:
    words = ngettext(
        "of %(due)s adopted items, %(done)s was carried out",
        "of %(due)s adopted items, %(done)s were carried out",
        counts.carried_out,
        due=number(counts.due),
        done=number(counts.carried_out),
    )
    if not counts.change_followed:
        return words
    return _(
        "%(words)s; after %(count)s of them a change followed",
        words=words,
        count=number(counts.change_followed),
    )


def the_others(count: int) -> str:
    return ngettext("The other one", "The other %(count)s", count, count=number(count))


def same(changes: ReportChanges) -> str:
    return ngettext(
        "Item by item: the report’s own data against the record of today. %(count)s item is the "
        "same.",
        "Item by item: the report’s own data against the record of today. %(count)s items are the "
        "same.",
        changes.same,
        count=number(changes.same),
    )


def name(changed: ChangedItem) -> str:
    row = changed.row
    return str(row.get("number") or row.get("code") or "")


def side(row: Row | None, changed: ChangedItem) -> tuple[str, ...]:
    """What one side says under its verdict: the reason, and each other part that differs."""
    if row is None:
        return ()
    return tuple(_side(row, changed.parts))


def missing(changed: ChangedItem) -> str:
    """In the place of a side that is not there."""
    if changed.then is None:
        return _("Not in the report")
    return _("Not on record under this code any more")


def _side(row: Row, parts: tuple[str, ...]) -> Iterator[str]:
    if row.get("reason_words"):
        yield sentence(str(row["reason_words"]))
    if "title" in parts:
        yield str(row["title"])
    if "floor" in parts or "floor_on" in parts:
        yield _floor(row)
    if "unit" in parts:
        yield str(row.get("unit") or _("No unit has it"))
    if "change" in parts or "what_changed" in parts:
        yield str(row.get("what_changed") or row.get("change_words") or phrases.nothing_on_record())
    for part, words in AMOUNTS.items():
        if part in parts:
            yield _(words, amount=_amount(row, part))


def _floor(row: Row) -> str:
    words = row.get("floor_words")
    actions = listing([str(part) for part in words]) if isinstance(words, list) and words else ""
    on = row.get("floor_on")
    if not actions:
        return phrases.nothing_on_record()
    if isinstance(on, str):
        return _("%(actions)s on %(day)s", actions=actions, day=day(date.fromisoformat(on)))
    return actions


def _amount(row: Row, part: str) -> str:
    amount = row.get(part)
    if amount is None:
        return phrases.nothing_on_record()
    return money(Decimal(str(amount)), str(row.get("currency")))


# --- at a terminal ---


def lines(check: Verification, changes: ReportChanges | None) -> Iterator[str]:
    """All of it, as the page says it."""
    yield heading(check)
    yield why(check)
    report = check.report
    if report is None or check.bears_our_number:
        yield to_do(check)
    if report is not None:
        yield _("Report: %(title)s", title=report.line.title)
        yield _("Issued: %(issued)s", issued=issued(report))
    if signed := signature(check):
        yield _("Signature: %(signature)s", signature=signed)
    yield _("Checksum of the file: %(sha256)s", sha256=check.sha256)
    if report is not None and check.is_genuine:
        yield _("Checksum of its data: %(sha256)s", sha256=report.line.data_sha256)
        yield _("Seal of the record: %(hash)s, %(seal)s", hash=report.head_hash, seal=seal(check))
        yield known_as_of(report, changes)
