"""A preview of an import in words for a terminal; the preview itself is made in `preview`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tracker.formatting import import_words
from tracker.formatting.import_values import in_words
from tracker.importing.codes import Field
from tracker.importing.planning.causes import Cause, causes
from tracker.importing.planning.models import (
    ConventionPlan,
    FieldChange,
    KeptByHand,
    Preview,
    RowOutcome,
    RowPlan,
)
from tracker.importing.problems import Severity
from tracker.importing.tables.columns import Column, Sure
from tracker.translation import gettext as _
from tracker.translation import ngettext

MOST = 40  # lines of changes on a terminal
FIRST = 3  # rows, or cells, that are named of many
MOST_NAMES = 12  # of what is created
COLUMN_WIDTH = 44  # characters


def show(
    console: Console,
    preview: Preview,
    applied: bool,
    mapping: str | None = None,
    released: bool = False,
) -> None:
    """What a person at a terminal reads: columns, rows that change, problems, what follows, and
    what to do next."""
    console.print(
        f"[bold]{escape(preview.file_name)}[/bold]: "
        + ngettext("%(num)s row read", "%(num)s rows read", preview.read)
    )
    _print_columns(console, preview.columns)
    _print_own_words(console, preview)
    _print_changes(console, preview)
    _print_problems(console, preview)
    console.print(
        _(
            "%(new)s new, %(changed)s changed, %(same)s the same, %(rejected)s rejected;"
            " %(warnings)s warnings.",
            new=preview.count(RowOutcome.NEW),
            changed=preview.count(RowOutcome.CHANGED),
            same=preview.count(RowOutcome.SAME),
            rejected=preview.count(RowOutcome.REJECTED),
            warnings=preview.warnings,
        )
    )
    _print_body(console, preview)
    _print_creations(console, preview)
    for plan in preview.body.conventions:
        _print_convention(console, plan)
    _print_follow_through(console, preview)
    console.print(_what_was_written(preview, applied, released))
    if mapping:
        console.print(
            _(
                "To correct how columns are understood, edit %(file)s, and say --mapping with it.",
                file=escape(mapping),
            )
        )


def _what_was_written(preview: Preview, applied: bool, released: bool) -> str:
    if applied:
        if not preview.count(RowOutcome.NEW) and not preview.count(RowOutcome.CHANGED):
            return _("Nothing new: the record holds what the list says.")
        if released:
            return _("Imported. Entries, claims and expenses are released; nothing is confirmed.")
        return _("Imported. Entries, claims and expenses wait for release; nothing is confirmed.")
    if preview.count(RowOutcome.REJECTED):
        return _(
            "Nothing was written: correct the rejected rows, or leave them out with"
            " --accept-rejects."
        )
    return _("Nothing was written: leave out --dry-run to import.")


def _print_own_words(console: Console, preview: Preview) -> None:
    if preview.own_words:
        words = "; ".join(
            f"{word.words}: {import_words.meaning(word.of, word.meaning)}"
            for word in preview.own_words
        )
        console.print(escape(_("Read by the words of the body's lists: %(words)s.", words=words)))


# --- columns ----------------------------------------------------------------------------------


def _print_columns(console: Console, columns: Sequence[Column]) -> None:
    table = Table(
        title=_("How each column was understood"), title_justify="left", box=None, pad_edge=False
    )
    for heading in (_("Column"), _("Understood as"), _("How sure"), _("First values")):
        table.add_column(heading, overflow="fold", max_width=COLUMN_WIDTH)
    for column in columns:
        if column.examples or column.field is not Field.SOURCE:
            table.add_row(
                escape(column.heading),
                _understood_as(column.field),
                _how_sure(column),
                escape(_first_values(column)),
            )
    console.print(table)


def _understood_as(field: Field) -> str:
    return _("kept as published") if field is Field.SOURCE else _spaced(field)


def _how_sure(column: Column) -> str:
    sure = {Sure.SURE: _("sure"), Sure.LIKELY: _("likely"), Sure.CHECK: _("please check")}
    note = f" ({_spaced(column.note)})" if column.note else ""
    return sure[column.sure] + note


def _first_values(column: Column) -> str:
    """Of a column of statuses with what each means."""
    if column.meanings:
        return "; ".join(_meaning(value, codes) for value, codes in column.meanings)
    return "; ".join(" ".join(value.split())[:30] for value in column.examples)


def _meaning(value: str, codes: Sequence[str]) -> str:
    meaning = _spaced(", ".join(codes)) or _("not known")
    return f"{' '.join(value.split())[:30]}: {meaning}"


def _spaced(code: str) -> str:
    return code.replace("_", " ")


# --- changes ----------------------------------------------------------------------------------


def _print_changes(console: Console, preview: Preview) -> None:
    changes = [
        (change.field, f"{_place(row)} {_change(change)}")
        for row in preview.rows
        for change in row.changes
    ]
    _print_by_field(console, changes)
    kept = [
        (kept.field, f"{_place(row)} {_kept(kept)}") for row in preview.rows for kept in row.kept
    ]
    _print_by_field(console, kept)


def _place(row: RowPlan) -> str:
    return f"{row.convention}/{row.code}" + " " + _("(row %(number)s)", number=row.number)


def _change(change: FieldChange) -> str:
    field, after = escape(_spaced(change.field)), _value(change.after)
    if change.adds:
        return _("%(field)s: adds %(value)s", field=field, value=after)
    return f"{field}: {_value(change.before)} [dim]->[/dim] {after}"


def _kept(kept: KeptByHand) -> str:
    return _(
        "yours kept: %(field)s is %(yours)s here, and %(other)s in the file.",
        field=escape(_spaced(kept.field)),
        yours=_value(kept.yours),
        other=_value(kept.in_file),
    )


def _print_by_field(console: Console, lines: Sequence[tuple[str, str]]) -> None:
    """All lines; where they are many, the first of each field, and how many more it has."""
    counted = Counter(field for field, _line in lines)
    most = MOST
    if len(lines) > MOST:
        most = max(FIRST, MOST // len(counted))
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
                    field=escape(_spaced(field)),
                )
            )


def _value(value: object) -> str:
    return escape(in_words(value))


# --- problems ---------------------------------------------------------------------------------


def _print_problems(console: Console, preview: Preview) -> None:
    for cause in causes(preview.problems):
        style, word = "yellow", _("warning")
        if cause.severity is Severity.ERROR:
            style, word = "red", _("rejected")
        places = [place for place in (_rows(cause.rows), cause.column) if place]
        where = " " + escape(", ".join(places)) if places else ""
        what = escape(cause.message) + escape(_others(cause))
        console.print(f"[{style}]{word}[/{style}]{where}: {what}")


def _rows(rows: Sequence[int]) -> str:
    """ "row 5", "rows 2, 5 and 9", "rows 2, 5, 9 and 79 more"."""
    if not rows:
        return ""
    if len(rows) == 1:
        return _("row %(number)s", number=rows[0])
    if len(rows) > FIRST:
        return ngettext(
            "rows %(named)s and %(num)s more",
            "rows %(named)s and %(num)s more",
            len(rows) - FIRST,
            named=", ".join(map(str, rows[:FIRST])),
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


# --- what the import brings -------------------------------------------------------------------


def _print_body(console: Console, preview: Preview) -> None:
    settings = preview.body.settings
    if preview.creates.body:
        is_closed = settings.get("pages") == "closed"
        console.print(
            _(
                "New body: %(body)s, %(pages)s.",
                body=preview.creates.body,
                pages=_("closed: readers only") if is_closed else _("open to the public"),
            )
        )
    elif settings:
        words = ", ".join(f"{name} {value}" for name, value in settings.items())
        console.print(_("Settings recorded: %(settings)s.", settings=words))


def _print_creations(console: Console, preview: Preview) -> None:
    creates = preview.creates
    for what, names in (
        (_("New conventions, public"), _new_conventions(preview)),
        (_("New units"), creates.units),
        (_("New delegations"), creates.delegations),
        (_("New people"), [name for name, _unit in creates.people]),
    ):
        if names:
            more = " ..." if len(names) > MOST_NAMES else ""
            console.print(f"{what}: {escape('; '.join(names[:MOST_NAMES]))}{more}")


def _new_conventions(preview: Preview) -> list[str]:
    """The addresses of new conventions, each with its name where the list names it."""
    return [
        f"{plan.slug} ({plan.name})" if plan.name else plan.slug
        for plan in preview.body.conventions
        if plan.is_new
    ]


def _print_convention(console: Console, plan: ConventionPlan) -> None:
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


def _print_follow_through(console: Console, preview: Preview) -> None:
    if preview.assignments or preview.entries or preview.expenses:
        console.print(
            _(
                "Follow-through: %(assignments)s assignments, %(entries)s entries, %(claims)s"
                " claims, %(expenses)s expenses.",
                assignments=preview.assignments,
                entries=preview.entries,
                claims=preview.claims,
                expenses=preview.expenses,
            )
        )
