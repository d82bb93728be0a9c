"""What an import would do, as one frozen object: columns, rows, problems, what is created. Commands and pages show it; nothing is written."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import pairwise

from sqlalchemy.orm import Session

from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Severity, Unreadable
from tracker.importing.rows import mapping, row_reader
from tracker.importing.rows.file_reading import FileReading, SheetContext
from tracker.importing.rows.imported_row import ImportedRow
from tracker.importing.rows.mapping import ListMapping
from tracker.importing.tables import columns, item_tables
from tracker.importing.tables.columns import Column
from tracker.importing.tables.sheets import Source
from tracker.importing.values import dates, kinds, meetings, statuses
from tracker.importing.values.dates import Order
from tracker.importing.values.texts import name_key
from tracker.record.as_of import AsOf
from tracker.record.loader import load
from tracker.rules import item_code, preconditions
from tracker.rules.codes import Kind, Visibility
from tracker.translation import gettext as _

from . import further_rows, missing_items, unit_names
from .comparing import Plan, compare
from .conventions import Conventions, Options, Settled
from .merging import linked
from .models import Creates, Key, Preview, PreviewRow, RowOutcome
from .on_record import Names, OnRecord, names, on_record


def preview(
    session: Session,
    source: Source,
    told: ListMapping,
    options: Options,
    today: date,
    advance: Callable[[int, int], None] = lambda done, of: None,
) -> Preview:
    """Reads the record, writes nothing. Raises Unreadable where the file or the call as a whole cannot be used."""
    table = item_tables.table(source, told.header_row, told.sheet)
    understood = columns.understand(
        table.headings, (row.cells for row in table.rows), told.columns, told.statuses, table.hidden
    )
    conventions = Conventions(session, options, today)
    problems = [
        *mapping.unfitting(told, table, understood),
        *_of_the_file(source, understood),
        *table.problems,
    ]
    reading, assumed = _reading(source, table, understood, told, options, today, conventions)
    problems += assumed
    item_rows = row_reader.many(reading, table.rows)
    problems += _without_a_kind(reading, item_rows, {column.field for column in understood})
    placed = conventions.place_all(item_rows)
    problems += conventions.problems
    held = _held(session, conventions, today)
    shown: list[PreviewRow] = []
    seen: dict[Key, list[int]] = defaultdict(list)  # the places in `shown` of the rows on an item
    numbering = _Unnumbered(held)
    for count, (row, (slug, wrong)) in enumerate(zip(item_rows, placed, strict=True)):
        if count % 50 == 0:
            advance(count, len(item_rows))
        shown.append(_row(row, slug, wrong, held, seen, shown, numbering, reading, options))
    _claimed_once(shown, seen, held, reading, options)
    shown = _decisions_allowed(session, conventions.body_id, linked(shown, held), today)
    if len({row.sheet for row in shown}) > 1:
        shown = [
            replace(
                row,
                problems=tuple(
                    replace(each, what=f"{row.sheet}: {each.what}") for each in row.problems
                ),
            )
            for row in shown
        ]
    known = names(session, conventions.body_id) if conventions.body_id else Names()
    shown = unit_names.asked(shown, [name for _id, name in known.units.values()], understood)
    problems += [each for row in shown for each in row.problems]
    missing = missing_items.items(shown, held)
    problems += missing_items.problems(missing)
    settled, more = conventions.settled(
        {
            row.convention
            for row in shown
            if row.convention and row.outcome is not RowOutcome.REJECTED
        }
    )
    problems += more
    order_missing = (
        any(column.note == "order_not_known" for column in understood) and told.date_order is None
    )
    return Preview(
        file_name=source.file_name,
        sha256=source.sha256,
        body=options.body,
        columns=understood,
        rows=tuple(shown),
        settled=settled,
        problems=tuple(problems),
        creates=_creates(shown, known, settled),
        unclear_statuses=_unclear(understood, item_rows),
        order_missing=order_missing,
        on_record={at: each.item_id for at, each in held.items() if each.item_id},
        missing=tuple("/".join(each) for each in missing),
    )


def _unclear(understood: Sequence[Column], item_rows: Sequence[ImportedRow]) -> tuple[str, ...]:
    """The statuses that nobody could place, each once: a mapping may say what they mean."""
    headings = {
        column.heading
        for column in understood
        if column.field in (Field.STATUS, Field.FLOOR_ACTION)
    }
    return tuple(
        dict.fromkeys(
            words
            for row in item_rows
            for each in row.problems
            if each.column in headings
            for heading, words in row.published_cells
            if heading == each.column and not statuses.read(words).clear
        )
    )


_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w|(?<![\d/-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)")


def _of_the_file(source: Source, understood: Sequence[Column]) -> list[Problem]:
    found = []
    if not source.encoding_sure:
        found.append(
            Problem(
                severity=Severity.WARNING,
                what=_(
                    "The file does not say its encoding: read as %(encoding)s.",
                    encoding=source.encoding,
                ),
                to_do=_(
                    "If letters look wrong, say encoding in the mapping file, or save the table as CSV (UTF-8)."
                ),
            )
        )
    found += [
        Problem(
            severity=Severity.WARNING,
            what=_("The row has a NUL character, which no text has: it is left out."),
            to_do=_("Look whether something is missing there, and save the table again."),
            row=row,
        )
        for row in source.rows_with_nul
    ]
    found += [
        Problem(
            severity=Severity.WARNING,
            what=_("The column holds addresses of persons. It is kept, and readers do not see it."),
            to_do=_("To leave it out, say left_out in the mapping file."),
            column=column.heading,
        )
        for column in understood
        if column.field is Field.SOURCE and any(_ADDRESS.search(value) for value in column.examples)
    ]
    found += [
        Problem(
            severity=Severity.WARNING,
            what=_(
                "It names somebody also where the floor did not refer the item: taken as who dealt with it"
                " before, and kept as published."
            ),
            to_do=_(
                "If the floor referred the item to whom it names, say so in the mapping file: referred_to."
            ),
            column=column.heading,
        )
        for column in understood
        if column.note == "before_the_floor"
    ]
    found += [
        Problem(
            severity=Severity.WARNING,
            what=_set_aside(column),
            to_do=_("If it is meant, say so in the mapping file."),
            column=column.heading,
        )
        for column in understood
        if column.set_aside
    ]
    known = {column.field for column in understood}
    if not known & {Field.NUMBER, Field.TITLE, Field.TEXT, Field.CODE}:
        raise Unreadable(
            _(
                "%(file)s: no column was understood as number, title or text; say which is under [columns] in a mapping file.",
                file=source.file_name,
            )
        )
    is_rest = any(column.field is Field.SOURCE and not column.told for column in understood)
    if is_rest and not known & {Field.TITLE, Field.TEXT}:
        what = _("No column was understood as title or text: items show by their numbers alone.")
        found.append(
            Problem(
                severity=Severity.WARNING,
                what=what,
                to_do=_("If one is, say so under [columns] in the mapping file."),
            )
        )
    found += [
        Problem(
            severity=Severity.WARNING,
            what=_(
                "The column is understood as %(field)s by its values alone.",
                field=column.field.replace("_", " "),
            ),
            to_do=_("Look at it, and correct it in the mapping file."),
            column=column.heading,
        )
        for column in understood
        if column.note == "by_values"
    ]
    return found


def _set_aside(column: Column) -> str:
    field = (column.set_aside or Field.SOURCE).replace("_", " ")
    if column.visibility is Visibility.HIDDEN:
        return _(
            "The workbook hides the column: it is kept, readers do not see it, and it is not taken as %(field)s.",
            field=field,
        )
    return _(
        "By its heading the column is not for everybody: it is kept, readers do not see it, and it is not taken as %(field)s.",
        field=field,
    )


def _reading(
    source: Source,
    table: item_tables.Table,
    understood: tuple[Column, ...],
    told: ListMapping,
    options: Options,
    today: date,
    conventions: Conventions,
) -> tuple[FileReading, list[Problem]]:
    """What all rows have in common: orders of days, the year and the kind where no column says them."""
    problems: list[Problem] = []
    orders = {
        column.place: dates.order_of(
            [row.cells[column.place] for row in table.rows if column.place < len(row.cells)]
        )
        for column in understood
    }
    known = {column.field for column in understood}
    year = told.year or conventions.year
    sheets = _around(source, table, conventions.wanted is not None)
    if year is None and not known & {Field.YEAR, Field.CONVENTION}:
        year, assumed = _year(source, table, understood, told, orders, sheets)
        problems += assumed
    elif conventions.wanted:
        problems += _another_year(source, conventions)
    if Field.CONVENTION not in known:
        problems += _of_sheets(sheets)
    problems += _far_days(understood, table, told, orders, known)
    kind = _kind(understood, table)
    return FileReading(
        columns=understood,
        mapping=told,
        today=today,
        orders=orders,
        year=year,
        kind=kind or Kind.NEW_BUSINESS_ITEM,
        kind_named=kind is not None,
        added_kinds=conventions.added_kinds,
        currency=conventions.currency,
        begins=conventions.begins,
        sheets=sheets,
        is_export=columns.is_export(table.headings),
    ), problems


def _without_a_kind(
    reading: FileReading, item_rows: Sequence[ImportedRow], known: Collection[Field]
) -> list[Problem]:
    """Asked only where a row lacks the kind: "NBI 1" has it in its number."""
    is_said = reading.kind_named or reading.mapping.kind or Field.KIND in known
    if is_said or not any(row.kind_is_assumed for row in item_rows):
        return []
    return [
        Problem(
            severity=Severity.WARNING,
            what=_(
                "No column says the kind of item: what has no kind in its number is taken as a new business item."
            ),
            to_do=_("If it is another, say kind in the mapping file."),
        )
    ]


def _around(source: Source, table: item_tables.Table, wanted: bool) -> dict[str, SheetContext]:
    """What the name of each sheet, else the title above its table, says of year and meeting; a special meeting the name of the file
    may say too, where the call names no convention."""
    found: dict[str, SheetContext] = {}
    of_file = None if wanted else meetings.inside(source.file_name.rpartition(".")[0])
    for sheet in dict.fromkeys(row.sheet for row in table.rows):
        titles = [words for words in table.titles_of.get(sheet, ()) if len(words) < 200]
        around = SheetContext()
        above = "; ".join(titles)
        for words, named_by in (
            (sheet, _("The sheet %(name)r", name=sheet)),
            (above, _("The title %(words)r", words=above[:80])),
        ):
            year, meeting = meetings.year_of(words), meetings.inside(words)
            if meeting and (
                meeting.year not in (None, year)
                or not (meeting.special or meeting.year or words is sheet)
            ):
                meeting = None
            if year or meeting:
                around = SheetContext(
                    around.year or year, around.meeting or meeting, around.named_by or named_by
                )
        if around.meeting is None and of_file and of_file.special:
            around = SheetContext(
                around.year, of_file, around.named_by or _("The name of the file")
            )
        found[sheet] = around
    return found


def _year(
    source: Source,
    table: item_tables.Table,
    understood: Sequence[Column],
    told: ListMapping,
    orders: Mapping[int, Order | None],
    sheets: Mapping[str, SheetContext],
) -> tuple[int | None, list[Problem]]:
    """The year of rows that nothing nearer dates: by the name of the file, else by the days of the floor's actions. And what is assumed."""
    sources: dict[tuple[int, str], None] = {}
    by_sheet = {row.sheet for row in table.rows if not row.meeting}
    for sheet in sheets:
        if sheet in by_sheet and (year := sheets[sheet].year):
            sources[
                year,
                _("the sheet %(name)r", name=sheet) if meetings.year_of(sheet) else _("the title"),
            ] = None
    rest = None
    if any(sheets[sheet].year is None for sheet in by_sheet):
        days = [
            dates.read(row.cells[column.place], told.date_order or orders.get(column.place)).on
            for column in understood
            if column.field is Field.FLOOR_DATE
            for row in table.rows
            if row.cells[column.place]
        ]
        of_file = meetings.year_of(source.file_name)
        for name, years in (
            (_("the name of the file"), {of_file} if of_file else set()),
            (_("the numbers of the items"), _years_of_numbers(table, understood)),
            (_("the days of the floor's actions"), {day.year for day in days if day}),
        ):
            if len(years) == 1:
                rest = years.pop()
                sources[rest, name] = None
                break
    return rest, [
        Problem(
            severity=Severity.WARNING,
            what=_(
                "No column says the year: taken as %(year)s, from %(source)s.",
                year=year,
                source=name,
            ),
            to_do=_("Say --convention if it is another, or year in the mapping file."),
        )
        for year, name in sources
    ]


def _years_of_numbers(table: item_tables.Table, understood: Sequence[Column]) -> set[int]:
    """The one year that all numbers hold: "R-2021-1", "2021/2"."""
    column = next((column for column in understood if column.field is Field.NUMBER), None)
    cells = (
        [row.cells[column.place] for row in table.rows if row.cells[column.place]] if column else []
    )
    held = [re.findall(r"(?<!\d)(?:19|20)\d\d(?=\D+\d)", cell) for cell in cells]
    years = {int(found[0]) for found in held if len(found) == 1}
    return years if len(cells) > 1 and all(len(found) == 1 for found in held) else set()


def _another_year(source: Source, conventions: Conventions) -> list[Problem]:
    """The name of the file may name another year than --convention: no row is refused for that."""
    of_file = meetings.year_of(source.file_name)
    if of_file is None or conventions.year in (None, of_file):
        return []
    return [
        Problem(
            severity=Severity.WARNING,
            what=_(
                "The name of the file says %(year)s, and --convention %(slug)s.",
                year=of_file,
                slug=conventions.wanted,
            ),
            to_do=_("Is it the right file?"),
        )
    ]


def _of_sheets(sheets: Mapping[str, SheetContext]) -> list[Problem]:
    """A special meeting that no column names."""
    named = {
        around.meeting.words: around.named_by
        for around in sheets.values()
        if around.meeting and around.meeting.special
    }
    return [
        Problem(
            severity=Severity.WARNING,
            what=_("No column says the meeting: taken as %(words)r.", words=words),
            to_do=_(
                "If it is another, give a column convention, or say it under [conventions] in the mapping file."
            ),
        )
        for words in named
    ]


LONGEST_MEETING = 30  # days between floor actions of one convention; more is asked about


def _far_days(
    understood: Sequence[Column],
    table: item_tables.Table,
    told: ListMapping,
    orders: Mapping[int, Order | None],
    known: Collection[Field],
) -> list[Problem]:
    """Floor actions of one year that lie far from each other may be of two meetings."""
    column = next((column for column in understood if column.field is Field.FLOOR_DATE), None)
    if (
        column is None
        or Field.CONVENTION in known
        or told.conventions
        or columns.names_the_meeting(column.heading)
    ):
        return []
    days = sorted(
        {
            day
            for row in table.rows
            if row.cells[column.place]
            and (
                day := dates.read(
                    row.cells[column.place], told.date_order or orders.get(column.place)
                ).on
            )
        }
    )
    far = next(
        (
            (one, two)
            for one, two in pairwise(days)
            if one.year == two.year and (two - one).days > LONGEST_MEETING
        ),
        None,
    )
    if far is None:
        return []
    return [
        Problem(
            severity=Severity.WARNING,
            what=_(
                "Its days of %(year)s lie far from each other (%(one)s, %(two)s): taken as of one meeting.",
                year=far[0].year,
                one=far[0],
                two=far[1],
            ),
            to_do=_(
                "If there were two, give a column convention (such as %(year)s and %(year)s-special).",
                year=far[0].year,
            ),
            column=column.heading,
        )
    ]


def _kind(understood: Sequence[Column], table: item_tables.Table) -> Kind | None:
    """By the heading of the numbers ("NBI #", "Motion no."), else by what stands above the table."""
    named = [
        column.heading
        for column in understood
        if column.field in (Field.NUMBER, Field.TITLE, Field.TEXT)
    ]
    return next(
        (
            kind
            for words in (*named, *table.titles)
            if len(words) < 80 and (kind := kinds.kind_of(words))
        ),
        None,
    )


def _held(session: Session, conventions: Conventions, today: date) -> dict[Key, OnRecord]:
    """What is on record, by where it is and where it was before it was put right."""
    if conventions.body_id is None:
        return {}
    slugs = {number: slug for slug, number in conventions.on_record.items()}
    found: dict[Key, OnRecord] = {}
    every = [
        (slugs[number], each)
        for number, items in on_record(session, conventions.body_id, list(slugs), today).items()
        for each in items
    ]
    for slug, each in every:
        for kind, number in each.former:
            found.setdefault((slug, kind, number), each)
    found |= {(slug, each.kind, each.number): each for slug, each in every}
    return found


class _Unnumbered:
    """Items without a number: their key is kind and title, by the text only where there is no title."""

    def __init__(self, held: Mapping[Key, OnRecord]) -> None:
        self.named: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self.last: Counter[tuple[str, str]] = Counter()
        for (slug, kind, number), each in held.items():
            if number.startswith(item_code.UNNUMBERED):
                title = each.fields.get("title") or each.fields.get("text")
                self.named[slug, kind][name_key(title.value if title else "")] = number
                self.last[slug, kind] = max(self.last[slug, kind], int(number.rsplit("-", 1)[-1]))

    def of(self, slug: str, row: ImportedRow) -> tuple[str, str | None]:
        """Its place, and the title of another that is nearly the same."""
        known, words = self.named[slug, row.kind], name_key(row.title or row.text or "")
        if row.unnumbered and row.unnumbered in known.values():
            return row.unnumbered, None
        if words in known:
            return known[words], None
        near = next(
            iter(difflib.get_close_matches(words[:200], [each[:200] for each in known], 1, 0.85)),
            None,
        )
        self.last[slug, row.kind] += 1
        known[words] = item_code.unnumbered(self.last[slug, row.kind])
        return known[words], near


def _row(
    row: ImportedRow,
    slug: str | None,
    wrong: Problem | None,
    held: Mapping[Key, OnRecord],
    seen: dict[Key, list[int]],
    shown: Sequence[PreviewRow],
    numbering: _Unnumbered,
    reading: FileReading,
    options: Options,
) -> PreviewRow:
    problems = [*row.problems, *([wrong] if wrong else [])]
    title = row.title or " ".join((row.text or "").split()[:12])
    if slug is None or any(each.severity is Severity.ERROR for each in problems):
        return PreviewRow(
            number=row.row_number,
            sheet=row.sheet,
            outcome=RowOutcome.REJECTED,
            convention=slug,
            kind=row.kind,
            item_number=row.number,
            code="",
            title=title,
            row=row,
            problems=tuple(problems),
        )
    number, near = (row.number, None) if row.number else numbering.of(slug, row)
    if near:
        problems.append(
            Problem(
                severity=Severity.WARNING,
                what=_(
                    "It has no number, and its title is nearly that of another: %(near)r.",
                    near=near[:80],
                ),
                to_do=_("If it is the same item, write the title as it is there."),
                row=row.row_number,
            )
        )
    at = (slug, row.kind, number)
    code = (
        item_code.code_of(Kind(row.kind), number)
        if row.kind in frozenset(Kind)
        else f"{row.kind}-{number}"
    )
    here = PreviewRow(
        number=row.row_number,
        sheet=row.sheet,
        outcome=RowOutcome.SAME,
        convention=slug,
        kind=row.kind,
        item_number=number,
        code=code,
        title=title,
        row=row,
        problems=tuple(problems),
    )
    there = held.get(at)
    before = [shown[place] for place in seen[at]]
    seen[at].append(len(shown))
    if any(_equal(each.row, row) for each in before):
        return here
    if before:
        first = before[0].row
        contradicted = further_rows.contradicts(first, row)
        if contradicted:
            seen[at].pop()
            what = {"title": _("title"), "text": _("text")}.get(contradicted) or _("content")
            problems.append(
                Problem(
                    severity=Severity.ERROR,
                    what=_(
                        "Number %(number)s stands in row %(other)s too, with another %(what)s.",
                        number=row.published or number,
                        other=first.row_number,
                        what=what,
                    ),
                    to_do=_("Correct the number, or leave one of the rows out."),
                    row=row.row_number,
                )
            )
            return replace(here, outcome=RowOutcome.REJECTED, problems=tuple(problems))
        plan, told, more = further_rows.report(
            first,
            row,
            [each.plan for each in before],
            len(before) + 1,
            there,
            reading,
            options.updates_on,
        )
        problems += more
    else:
        plan, told = compare(row, there, reading.today, options.updates_on)
    outcome = (
        RowOutcome.NEW
        if there is None and not before
        else RowOutcome.CHANGED
        if plan.writes
        else RowOutcome.SAME
    )
    return replace(
        here,
        outcome=outcome,
        changes=tuple(told.changes),
        kept=tuple(told.kept),
        problems=(*problems, *told.problems),
        plan=plan,
        item_id=there.item_id if there else None,
    )


def _claimed_once(
    shown: list[PreviewRow],
    seen: Mapping[Key, Sequence[int]],
    held: Mapping[Key, OnRecord],
    reading: FileReading,
    options: Options,
) -> None:
    """Where further rows follow, the first does not claim again what it claimed with an update that is on record."""
    for at, places in seen.items():
        there = held.get(at)
        if there is None or len(places) < 2:
            continue
        first = shown[places[0]]
        row = further_rows.once(first.row, there)
        if row is not first.row:
            plan, told = compare(row, there, reading.today, options.updates_on)
            shown[places[0]] = replace(
                first,
                outcome=RowOutcome.CHANGED if plan.writes else RowOutcome.SAME,
                changes=tuple(told.changes),
                plan=plan,
            )


def _decisions_allowed(
    session: Session, body_id: int | None, shown: Sequence[PreviewRow], today: date
) -> list[PreviewRow]:
    """A decision on a referral that is not in force any more is rejected here, with its row."""
    asked = [
        row.item_id for row in shown if row.item_id and row.plan.decision and not row.plan.floor
    ]
    if not asked or body_id is None:
        return list(shown)
    every = load(session, body_id, asked, AsOf(today))
    found = []
    for row in shown:
        if row.item_id in asked and row.item_id and row.plan.decision:
            try:
                preconditions.decide(every[row.item_id], every, None, row.plan.decision[2])
            except preconditions.Refused:
                problem = Problem(
                    severity=Severity.ERROR,
                    what=_("A decision on a referral, and no referral is in force on that day."),
                    to_do=_(
                        "Correct the day, or give those of the floor's action and of the convention (--closed-on)."
                    ),
                    row=row.number,
                )
                row = replace(
                    row,
                    outcome=RowOutcome.REJECTED,
                    plan=Plan(),
                    changes=(),
                    problems=(*row.problems, problem),
                )
        found.append(row)
    return found


_BESIDE = (
    "row_number",
    "sheet",
    "problems",
    "published_cells",
    "revision",
    "convention",
    "meeting_is_blank",
    "named_by",
)


def _equal(one: ImportedRow, two: ImportedRow) -> bool:
    """Two rows that say the same of the same item."""
    return all(
        getattr(one, each.name) == getattr(two, each.name)
        for each in fields(ImportedRow)
        if each.name not in _BESIDE
    )


def _creates(shown: Sequence[PreviewRow], known: Names, settled: Settled) -> Creates:
    new_units: dict[str, str] = {}
    delegations: dict[str, str] = {}
    people: dict[tuple[str, str], tuple[str, str | None]] = {}
    for row in shown:
        plan = row.plan
        for _field, unit in unit_names.named(plan):
            if name_key(unit) not in known.units:
                new_units.setdefault(name_key(unit), unit)
        for _part, _name, delegation in plan.movers:
            if delegation and name_key(delegation) not in known.delegations:
                delegations.setdefault(name_key(delegation), delegation)
        if plan.lead and plan.lead[1] and person_of(known, plan.lead[1], plan.lead[0]) is None:
            people.setdefault(
                (name_key(plan.lead[1]), name_key(plan.lead[0])), (plan.lead[1], plan.lead[0])
            )
    new = tuple(each.slug for each in settled.conventions if each.is_new)
    return Creates(
        body=settled.body if settled.body_is_new else None,
        conventions=new,
        units=tuple(new_units.values()),
        delegations=tuple(delegations.values()),
        people=tuple(people.values()),
    )


def person_of(known: Names, name: str, unit: str) -> int | None:
    """The person of that name in that unit, or the one of no unit."""
    own = known.units.get(name_key(unit))
    of_name = known.people.get(name_key(name), ())
    ranked = sorted(
        (unit_id is None, number)
        for number, unit_id in of_name
        if unit_id is None or (own and unit_id == own[0])
    )
    return ranked[0][1] if ranked else None
