"""Lists of several meetings, and what a preview says of where each of their rows goes."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from tests.factories.import_office import Office, table
from tracker.importing.planning.models import Preview
from tracker.importing.planning.options import ImportOptions
from tracker.importing.planning.preview import preview
from tracker.importing.rows import mapping_file
from tracker.importing.tables.sheets import read_bytes
from tracker.record.bodies import Body
from tracker.record.conventions import Convention, ConventionDates, ConventionName

TODAY = date(2025, 12, 1)
HEADINGS = ("Meeting", "No.", "Title", "Status")


def places(plan: Preview) -> dict[str, str | None]:
    return {row.title: row.convention if row.outcome != "rejected" else None for row in plan.rows}


def list_of(*named: str) -> str:
    """A list with one item for each name of a meeting, all with the number 1."""
    rows = [
        (words, str(number), f"Buses, part {chr(64 + number)}", "Adopted")
        for number, words in enumerate(named, 1)
    ]
    return table(HEADINGS, *rows)


def slugs(
    office: Office, *named: str, mapping: dict[str, Any] | None = None, **options: Any
) -> list[str | None]:
    return list(places(office.look(list_of(*named), mapping, **options)).values())


def on_record(office: Office) -> dict[str, tuple[str, bool]]:
    rows = office.session.execute(
        sa.select(Convention.slug, ConventionName.name, ConventionDates.special)
        .join(Body, Body.id == Convention.body_id)
        .join(ConventionName, ConventionName.convention_id == Convention.id)
        .join(ConventionDates, ConventionDates.convention_id == Convention.id)
        .where(Body.slug == office.body)
    )
    return {slug: (name, bool(special)) for slug, name, special in rows}


def take_book(
    office: Office,
    data: bytes,
    mapping: dict[str, Any] | None = None,
    file: str = "book.xlsx",
    **options: Any,
) -> Preview:
    plan = preview(
        office.session,
        read_bytes(data, file),
        mapping_file.mapping_of(mapping or {}),
        ImportOptions(body=office.body, create=True, **options),
        office.today,
    )
    return plan
