"""The office's page of an item as tests fill it in."""

from __future__ import annotations

from werkzeug.test import TestResponse

from tests.factories.staffed_union import Union, hidden_field, item_row
from tracker.record.as_of import AsOf
from tracker.record.loader import load
from tracker.rules.item_facts import Facts

PAGE = "/office/union/2026/items/nbi-{}"
BUTTONS = ("preview", "more")


def send(
    union: Union, who: str, number: int, form: str, seen: str | None = None, /, **fields: str
) -> TestResponse:
    """Sends a form as somebody has it before them, or, with `seen`, as they had it."""
    client = union.client(who)
    path = PAGE.format(number)
    if seen is None:
        page = client.get(path)
        seen = hidden_field(page.text, f"{form}-seen") if f'"{form}-seen"' in page.text else ""
    named = {name if name in BUTTONS else f"{form}-{name}": value for name, value in fields.items()}
    return client.post(f"{path}/{form}", data={f"{form}-seen": seen, **named})


def facts_of(union: Union, number: int) -> Facts:
    """With words."""
    with union.context() as context:
        item = item_row(context.session, union, number)
        as_of = AsOf(context.today)
        return load(context.session, union.body_id, [item.id], as_of, words=True)[item.id]
