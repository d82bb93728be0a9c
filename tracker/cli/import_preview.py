"""A preview in words for a terminal, and as data for other programs; the preview itself is made in `preview`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tracker.importing.codes import Field
from tracker.translation import gettext as _
from tracker.translation import ngettext

from ..importing.planning.causes import Cause, causes
from ..importing.planning.models import FieldChange, Preview, RowOutcome, RowPlan
from ..importing.problems import Severity
from ..importing.tables.columns import Sure

MOST = 40  # lines of changes on a terminal
FIRST = 3  # rows, or cells, that are named of many


def as_data(shown: Preview, mapping: str | None = None) -> dict[str, Any]:
    """The contract of `import --json`, and beside it how columns were understood, what changes, and what is created."""
    return {
        "read": shown.read,
        "new": shown.count(RowOutcome.NEW),
        "changed": shown.count(RowOutcome.CHANGED),
        "same": shown.count(RowOutcome.SAME),
        "rejected": shown.count(RowOutcome.REJECTED),
        "warnings": shown.warnings,
        "problems": [
            {
                "row": each.row,
                "column": each.column,
                "severity": each.severity.value,
                "message": each.message,
            }
            for each in shown.problems
        ],
        "causes": [
            {
                "column": cause.column,
                "severity": cause.severity.value,
                "message": cause.message,
                "count": cause.count,
                "rows": list(cause.rows),
            }
            for cause in causes(shown.problems)
        ],
        "missing": list(shown.missing),
        "columns": [
            {
                "heading": each.heading,
                "field": each.field.value,
                "confidence": each.sure.name.lower(),
                "examples": list(each.examples),
                "note": each.note,
                "meanings": {value: list(codes) for value, codes in each.meanings},
            }
            for each in shown.columns
        ],
        "changes": [
            {
                "row": row.number,
                "item": f"{row.convention}/{row.code}",
                "field": each.field,
                "before": plain(each.before),
                "after": plain(each.after),
                "adds": each.adds,
            }
            for row in shown.rows
            for each in row.changes
        ],
        "kept": [
            {
                "row": row.number,
                "item": f"{row.convention}/{row.code}",
                "field": each.field,
                "yours": plain(each.yours),
                "in_file": plain(each.in_file),
            }
            for row in shown.rows
            for each in row.kept
        ],
        "creates": plain(shown.creates),
        "follow_through": {
            "assignments": shown.assignments,
            "entries": shown.entries,
            "claims": shown.claims,
            "expenses": shown.expenses,
        },
        "mapping": mapping,
    }


def plain(value: Any) -> Any:
    """As JSON has it: dates and amounts as words, tuples as lists."""
    match value:
        case Decimal():
            return f"{value:.2f}"
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case tuple() | list() | frozenset():
            return [plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value


def show(
    console: Console,
    shown: Preview,
    applied: bool,
    mapping: str | None = None,
    released: bool = False,
) -> None:
    """What a person at a terminal reads: columns, rows that change, problems, what follows, and what to do next."""
    console.print(
        f"[bold]{escape(shown.file_name)}[/bold]: "
        + ngettext("%(num)s row read", "%(num)s rows read", shown.read)
    )
    _columns(console, shown)
    _changed(console, shown)
    _problems(console, shown)
    console.print(
        _(
            "%(new)s new, %(changed)s changed, %(same)s the same, %(rejected)s rejected; %(warnings)s warnings.",
            new=shown.count(RowOutcome.NEW),
            changed=shown.count(RowOutcome.CHANGED),
            same=shown.count(RowOutcome.SAME),
            rejected=shown.count(RowOutcome.REJECTED),
            warnings=shown.warnings,
        )
    )
    _brings(console, shown)
    if applied and not shown.count(RowOutcome.NEW) and not shown.count(RowOutcome.CHANGED):
        console.print(_("Nothing new: the record holds what the list says."))
    elif applied and released:
        console.print(
            _("Imported. Entries, claims and expenses are released; nothing is confirmed.")
        )
    elif applied:
        console.print(
            _("Imported. Entries, claims and expenses wait for release; nothing is confirmed.")
        )
    elif shown.count(RowOutcome.REJECTED):
        console.print(
            _(
                "Nothing was written: correct the rejected rows, or leave them out with --accept-rejects."
            )
        )
    else:
        console.print(_("Nothing was written: leave out --dry-run to import."))
    if mapping:
        console.print(
            _(
                "To correct how columns are understood, edit %(file)s, and say --mapping with it.",
                file=escape(mapping),
            )
        )


def _columns(console: Console, shown: Preview) -> None:
    sure = {Sure.SURE: _("sure"), Sure.LIKELY: _("likely"), Sure.CHECK: _("please check")}
    table = Table(
        title=_("How each column was understood"), title_justify="left", box=None, pad_edge=False
    )
    for heading in (_("Column"), _("Understood as"), _("How sure"), _("First values")):
        table.add_column(heading, overflow="fold", max_width=44)
    for each in shown.columns:
        if each.examples or each.field is not Field.SOURCE:
            known = (
                _("kept as published")
                if each.field is Field.SOURCE
                else each.field.replace("_", " ")
            )
            table.add_row(
                escape(each.heading),
                known,
                sure[each.sure] + (f" ({each.note.replace('_', ' ')})" if each.note else ""),
                escape(
                    "; ".join(_meaning(*meant) for meant in each.meanings)
                    or "; ".join(" ".join(value.split())[:30] for value in each.examples)
                ),
            )
    console.print(table)


def _meaning(value: str, codes: tuple[str, ...]) -> str:
    return f"{' '.join(value.split())[:30]}: {', '.join(codes).replace('_', ' ') or _('not known')}"


def _changed(console: Console, shown: Preview) -> None:
    changes = [
        (change.field, f"{_at(row)} {_change(change)}")
        for row in shown.rows
        for change in row.changes
    ]
    _by_field(console, changes)
    kept = [
        (
            kept.field,
            f"{_at(row)} "
            + _(
                "yours kept: %(field)s is %(yours)s here, and %(other)s in the file.",
                field=escape(kept.field.replace("_", " ")),
                yours=_value(kept.yours),
                other=_value(kept.in_file),
            ),
        )
        for row in shown.rows
        for kept in row.kept
    ]
    _by_field(console, kept)


def _change(change: FieldChange) -> str:
    field, after = escape(change.field.replace("_", " ")), _value(change.after)
    if change.adds:
        return _("%(field)s: adds %(value)s", field=field, value=after)
    return f"{field}: {_value(change.before)} [dim]->[/dim] {after}"


def _by_field(console: Console, lines: Sequence[tuple[str, str]]) -> None:
    """All of them; where they are many, the first of each field, and how many more it has."""
    counted = Counter(field for field, _line in lines)
    most = MOST if len(lines) <= MOST else max(FIRST, MOST // len(counted))
    printed: Counter[str] = Counter()
    for field, line in lines:
        printed[field] += 1
        if printed[field] <= most:
            console.print(line)
    for field, count in counted.items():
        if count > most:
            console.print(
                ngettext(
                    "... and %(num)s more of %(field)s",
                    "... and %(num)s more of %(field)s",
                    count - most,
                    field=escape(field.replace("_", " ")),
                )
            )


def _problems(console: Console, shown: Preview) -> None:
    for cause in causes(shown.problems):
        style, word = (
            ("red", _("rejected")) if cause.severity is Severity.ERROR else ("yellow", _("warning"))
        )
        where = ", ".join(filter(None, (_rows(cause.rows), cause.column)))
        console.print(
            f"[{style}]{word}[/{style}]{' ' + escape(where) if where else ''}: {escape(cause.message)}{escape(_others(cause))}"
        )


def _rows(rows: Sequence[int]) -> str:
    """ "row 5", "rows 2, 5 and 9", "rows 2, 5, 9 and 79 more"."""
    if not rows:
        return ""
    if len(rows) == 1:
        return _("row %(number)s", number=rows[0])
    named = ", ".join(map(str, rows[:FIRST]))
    if len(rows) > FIRST:
        return ngettext(
            "rows %(named)s and %(num)s more",
            "rows %(named)s and %(num)s more",
            len(rows) - FIRST,
            named=named,
        )
    return _("rows %(named)s and %(last)s", named=", ".join(map(str, rows[:-1])), last=rows[-1])


def _others(cause: Cause) -> str:
    """The cells of which the same is said."""
    if not cause.values:
        return ""
    named = ", ".join(cause.values[:FIRST])
    more = len(cause.values) - FIRST
    if more > 0:
        named = ngettext(
            "%(named)s and %(num)s more", "%(named)s and %(num)s more", more, named=named
        )
    return " " + _("(Likewise: %(values)s.)", values=named)


def _brings(console: Console, shown: Preview) -> None:
    creates = shown.creates
    if creates.body:
        console.print(
            _(
                "New body: %(body)s, %(pages)s.",
                body=creates.body,
                pages=_("closed: readers only")
                if shown.body.settings.get("pages") == "closed"
                else _("open to the public"),
            )
        )
    elif shown.body.settings:
        console.print(
            _(
                "Settings recorded: %(settings)s.",
                settings=", ".join(
                    f"{name} {value}" for name, value in shown.body.settings.items()
                ),
            )
        )
    for what, names in (
        (_("New conventions"), _named(shown)),
        (_("New units"), creates.units),
        (_("New delegations"), creates.delegations),
        (_("New people"), [name for name, _unit in creates.people]),
    ):
        if names:
            console.print(
                f"{what}: {escape('; '.join(names[:12]))}" + (" ..." if len(names) > 12 else "")
            )
    for plan in shown.body.conventions:
        if plan.new_dates:
            console.print(
                _(
                    "%(slug)s: from %(opened)s to %(closed)s.",
                    slug=plan.slug,
                    opened=plan.opens_on or _("a day not known"),
                    closed=plan.closes_on or _("a day not known"),
                )
            )
        if plan.opens_from:
            console.print(
                _(
                    "%(slug)s: follow-through is kept from %(day)s.",
                    slug=plan.slug,
                    day=plan.opens_from,
                )
            )
    if shown.assignments or shown.entries or shown.expenses:
        console.print(
            _(
                "Follow-through: %(assignments)s assignments, %(entries)s entries, %(claims)s claims, %(expenses)s expenses.",
                assignments=shown.assignments,
                entries=shown.entries,
                claims=shown.claims,
                expenses=shown.expenses,
            )
        )


def _named(shown: Preview) -> list[str]:
    """The addresses of new conventions, each with its name where the list names it."""
    return [
        f"{plan.slug} ({plan.name})" if plan.name else plan.slug
        for plan in shown.body.conventions
        if plan.is_new
    ]


def _at(row: RowPlan) -> str:
    return f"{row.convention}/{row.code}" + " " + _("(row %(number)s)", number=row.number)


def _value(value: Any) -> str:
    said = plain(value)
    if said is None or said == "":
        return _("nothing on record")
    words = (
        "; ".join(str(each) for each in _flat(said))
        if isinstance(said, list)
        else {True: _("yes"), False: _("no")}.get(said, str(said))
    )
    return escape(" ".join(words.split())[:70])


def _flat(values: list[Any]) -> list[Any]:
    return [
        inner
        for each in values
        for inner in (_flat(each) if isinstance(each, list) else [each])
        if inner not in (None, "")
    ]
