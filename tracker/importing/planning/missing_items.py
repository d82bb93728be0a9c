"""Items that earlier lists of a convention brought, and that this list of it does not have: they stay, and are named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.importing.problems import Problem, Severity
from tracker.rules import item_code
from tracker.rules.codes import Kind
from tracker.translation import ngettext

from .models import Key, PreviewRow
from .on_record import OnRecord

NAMED = 8


def items(rows: Sequence[PreviewRow], held: Mapping[Key, OnRecord]) -> tuple[tuple[str, str], ...]:
    """Convention and code of each, of the conventions that the list speaks of."""
    conventions = {row.convention for row in rows if row.convention}
    there = {row.item_id for row in rows}
    there |= {
        present.item_id
        for row in rows
        if row.convention
        if (present := held.get((row.convention, row.kind, row.item_number or row.row.number)))
    }
    return tuple(
        (slug, _code(kind, number))
        for (slug, kind, number), present in held.items()
        if slug in conventions
        and present.imported
        and present.item_id not in there
        and (kind, number) == (present.kind, present.number)
    )


def problems(found: Sequence[tuple[str, str]]) -> list[Problem]:
    """One for each convention."""
    by_convention: dict[str, list[str]] = {}
    for slug, code in found:
        by_convention.setdefault(slug, []).append(code)
    return [_problem(slug, codes) for slug, codes in by_convention.items()]


def _problem(slug: str, codes: Sequence[str]) -> Problem:
    named, more = ", ".join(codes[:NAMED]), len(codes) - NAMED
    if more > 0:
        named = ngettext(
            "%(named)s and %(num)s more", "%(named)s and %(num)s more", more, named=named
        )
    return Problem(
        severity=Severity.WARNING,
        what=ngettext(
            "%(num)s item of %(convention)s that an earlier list brought is not in this one: %(named)s.",
            "%(num)s items of %(convention)s that earlier lists brought are not in this one: %(named)s.",
            len(codes),
            convention=slug,
            named=named,
        ),
        to_do=ngettext("It stays as it is.", "They stay as they are.", len(codes)),
    )


def _code(kind: str, number: str) -> str:
    return item_code.code_of(Kind(kind), number) if kind in frozenset(Kind) else f"{kind}-{number}"
