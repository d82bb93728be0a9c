"""The data of a report, exactly the rows that it prints: their checksum, and JSON and CSV of them.

The checksum is of what the record says. Sentences of this program (`_words`) are not in it, nor is
the number, the form, the paper or the language of the printing.
"""

from __future__ import annotations

import csv
import enum
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from tracker.formatting import convention_rates, item_answers, labels, list_filters
from tracker.formatting.spreadsheets import marked
from tracker.paths import STATIC
from tracker.reading.convention import ConventionPage, ItemListRow
from tracker.reading.filters import ARGUMENTS
from tracker.reading.models import ItemRef
from tracker.reading.rates import ConventionRates
from tracker.reports.printing.cover_code import check_address
from tracker.reports.words import body_wording, wording
from tracker.translation import current_language

from .body_models import GivenToUnit, ListReport, YearsReport
from .data_rows import (
    ConventionDataRow,
    FigureDataRow,
    FundDataRow,
    HeadData,
    ItemDataRow,
    MeasuredAt,
    ReportData,
)
from .models import CollectedReport, Report, ReportKind, SilentItem

JsonValue = str | int | bool | None | list["JsonValue"] | dict[str, "JsonValue"]

SCHEMA = STATIC / "report" / "report-data.schema.json"
"""The JSON Schema of the JSON file; it is served as it lies there, and goes with each report."""

WORDS = "_words"
"""Ends the names of members that are sentences of this program."""

NOT_IN_CSV = ("reason_values",)
"""Members of a row that are not one value."""

PROGRESS = "progress"
"""The short and the full form have the same rows."""


def frozen_data(report: CollectedReport) -> ReportData:
    """What the report prints; in an application context, for the words."""
    return ReportData(
        kind=_kind(report.kind),
        body=report.body.slug,
        as_of=report.as_of,
        reading=report.reading.value,
        selection=_selection(report),
        head=HeadData(event=report.head.event, hash=report.head.hash),
        conventions=tuple(
            ConventionDataRow(
                slug=convention.slug,
                name=convention.name,
                closes_on=convention.closes_on,
                kept_from=convention.kept_from if convention.kept else None,
                term_ends_on=convention.term_ends_on,
            )
            for convention in report.conventions
        ),
        rows=tuple(_items(report)),
        figures=tuple(_figures(report)),
        funds=tuple(_funds(report)),
    )


def data_sha256(report: CollectedReport) -> str:
    """The checksum of the data: the same whatever form, paper or language it is printed in."""
    return sha256_of(plain_data(frozen_data(report)))


def sha256_of(data: JsonValue) -> str:
    """Of data as `plain_data` or a JSON file has them."""
    canonical = json.dumps(
        _without_words(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def to_json(report: CollectedReport) -> str:
    """The JSON file: what the report says of itself, and its data."""
    data = plain_data(frozen_data(report))
    checksum = sha256_of(data)
    imprint = report.imprint
    about: dict[str, JsonValue] = {
        "number": imprint.number if imprint else None,
        "status": report.status.value,
        "title": wording.title(report),
        "issued_on": plain_data(imprint.issued_on if imprint else None),
        "made_on": report.made_on.isoformat(),
        "data_sha256": checksum,
        "head": {"event": report.head.event, "hash": report.head.hash},
        "corrects": imprint.corrects if imprint else None,
        "replaces": imprint.replaces if imprint else None,
        "base_url": report.base_url,
        "verify_url": check_address(report, checksum),
        "language": str(current_language().locale),
    }
    return json.dumps({"report": about, "data": data}, ensure_ascii=False, indent=1) + "\n"


def to_csv(report: CollectedReport) -> str:
    """The CSV file: its rows, with the day and the body before each; as spreadsheets read it.

    Of conventions at the same age, a row for each rate of each. What a spreadsheet would read as a
    formula is written as text. What has several values stands in one cell, with "; " between them.
    """
    data = frozen_data(report)
    is_of_years = report.kind is ReportKind.YEARS
    rows: Sequence[ItemDataRow | FigureDataRow] = data.figures if is_of_years else data.rows
    members = fields(FigureDataRow if is_of_years else ItemDataRow)
    names = [member.name for member in members if member.name not in NOT_IN_CSV]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["body", "as_of", *names])
    for row in rows:
        values = (data.body, data.as_of, *(getattr(row, name) for name in names))
        writer.writerow([_cell(value) for value in values])
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}"  # a number, be it negative
    plain = plain_data(value)
    match plain:
        case None:
            return ""
        case bool():
            return "yes" if plain else "no"
        case list():
            return marked("; ".join(str(part) for part in plain))
    return marked(str(plain))


def plain_data(value: object) -> JsonValue:
    """As JSON has it: days as ISO dates, amounts as decimal strings, codes as their words."""
    match value:
        case None | bool() | int():
            return value
        case enum.Enum():
            return str(value.value)
        case str():
            return value
        case Decimal():
            return f"{value:.2f}"
        case date():
            return value.isoformat()
        case Mapping():
            return {str(name): plain_data(part) for name, part in value.items()}
        case tuple() | list():
            return [plain_data(part) for part in value]
    if is_dataclass(value):
        return {part.name: plain_data(getattr(value, part.name)) for part in fields(value)}
    raise TypeError(f"no plain form for {type(value).__name__}")


def _without_words(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_without_words(part) for part in value]
    if isinstance(value, dict):
        return {
            name: _without_words(part) for name, part in value.items() if not name.endswith(WORDS)
        }
    return value


def _kind(kind: ReportKind) -> str:
    return PROGRESS if kind in (ReportKind.SHORT, ReportKind.FULL) else kind.value


def _selection(report: CollectedReport) -> dict[str, str]:
    selection = {}
    if report.kind is ReportKind.ITEM:
        selection["item"] = report.items[0].code
    if isinstance(report, ListReport):
        selection[report.kind.value] = report.subject
    if report.selection:
        fields_of_filters = vars(report.selection.filters)
        selection |= {
            ARGUMENTS[name]: str(fields_of_filters[name])
            for name in list_filters.names(report.selection.filters)
        }
    return selection


def _items(report: CollectedReport) -> Iterator[ItemDataRow]:
    if isinstance(report, ListReport):
        for group in report.groups:
            for row in group.page.rows:
                part = report.parts.get(row.id)
                yield _item(row, group.convention.slug, report.currency, part=part)
    elif isinstance(report, Report):
        silent = {line.row.id: line for line in report.silent}
        for row in report.page.rows:
            if report.kind is not ReportKind.ITEM or row.id in report.items_by_id:
                slug = report.convention.slug
                yield _item(row, slug, report.currency, silent=silent.get(row.id))


def _funds(report: CollectedReport) -> Iterator[FundDataRow]:
    for fund in report.funds if isinstance(report, Report) else ():
        yield FundDataRow(
            convention=report.conventions[0].slug,
            name=fund.name,
            amount=fund.amount,
            currency=report.currency,
        )


def _item(
    row: ItemListRow,
    convention: str,
    currency: str,
    *,
    silent: SilentItem | None = None,
    part: GivenToUnit | None = None,
) -> ItemDataRow:
    return ItemDataRow(
        convention=convention,
        code=row.code,
        kind=row.kind,
        kind_words=labels.kind(row.kind),
        number=row.number,
        title=row.title,
        title_is_ours=row.title_is_ours,
        delegations=row.delegations,
        floor=row.floor,
        floor_words=tuple(labels.floor(action) for action in row.floor),
        floor_on=row.floor_on,
        referred_to=row.referred_to,
        unit=row.lead,
        group=row.group,
        due=row.due,
        standing=row.standing,
        standing_words=labels.standing_and_lateness(row),
        late=row.late,
        past_term=row.past_term,
        verdict=row.verdict,
        verdict_words=item_answers.verdict_line(row),
        reason=row.reason.code,
        reason_values={
            name: value.path if isinstance(value, ItemRef) else value
            for name, value in row.reason.values.items()
        },
        reason_words=item_answers.why(row),
        change=row.change,
        change_words=labels.change(row.change) if row.change else None,
        what_changed=row.change_words,
        done_on=row.done_on,
        last_word=row.last_word,
        silent_since=silent.since if silent else None,
        silent_days=silent.days if silent else None,
        estimated=row.estimate,
        appropriated=row.appropriated,
        spent=row.spent,
        currency=currency,
        money_not_accounted_for=row.not_accounted_for,
        leads=part.leads if part else None,
        led_from=part.led_from if part else None,
        owes_a_decision=part.owes_a_decision if part else None,
        given_words="; ".join(body_wording.unit_part(part)) if part else None,
        path=row.path,
    )


def _figures(report: CollectedReport) -> Iterator[FigureDataRow]:
    if isinstance(report, YearsReport):
        sections = [(MeasuredAt.SAME_AGE, report.same_age)]
        if report.after_a_year.age != report.same_age.age:
            sections.append((MeasuredAt.AFTER_A_YEAR, report.after_a_year))
        for at, section in sections:
            for measured in section.conventions:
                yield from _figures_of(measured.rates, at, measured.age)
        for rates in report.at_present:
            yield from _figures_of(rates, MeasuredAt.DAY, None)
    elif isinstance(report, Report) and report.kind is not ReportKind.ITEM:
        yield from _figures_of(report.page, MeasuredAt.DAY, None)


def _figures_of(
    rates: ConventionRates | ConventionPage, at: MeasuredAt, age_days: int | None
) -> Iterator[FigureDataRow]:
    """The rates of a convention, and the fields of its chart."""
    adopted = sum(segment.count for segment in rates.chart)
    lines: list[tuple[str, str, str, int | None, int | None]] = [
        (
            figure.name,
            figure.of,
            convention_rates.figure_name(figure),
            figure.numerator,
            figure.denominator,
        )
        for figure in rates.figures
    ]
    lines += [
        (
            segment.rows,
            "adopted",
            convention_rates.segment_name(segment.code),
            segment.count,
            adopted,
        )
        for segment in rates.chart
    ]
    for name, of, words, numerator, denominator in lines:
        yield FigureDataRow(
            convention=rates.convention.slug,
            convention_name=rates.convention.name,
            at=at,
            measured_on=rates.as_of,
            age_days=age_days,
            name=name,
            of=of,
            name_words=words,
            numerator=numerator,
            denominator=denominator,
        )
