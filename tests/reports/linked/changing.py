"""What an office changes between two reports, by chance: the words of an item, its money, an item
more or less. Made on the collected data, so that no act is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from tracker.reading.item_models import ItemPage
from tracker.reports.models import Report

SENTENCE = "The committee has answered each letter, and keeps the list of what was asked. "


def change(report: Report, chance: Random) -> Report:
    """The report after one change, and which one it was is up to chance."""
    changes: tuple[Callable[[Report, Random], Report], ...] = (
        with_other_words,
        with_other_title,
        with_other_money,
        with_one_more,
        with_one_less,
    )
    return chance.choice(changes)(report, chance)


def with_other_words(report: Report, chance: Random) -> Report:
    """Longer by a page at most, or shorter."""
    item = _any(report, chance)
    if not item.versions:
        return with_other_title(report, chance)
    words = item.versions[0].words or ""
    if chance.random() < 0.5:
        words = words[: len(words) // 3]
    else:
        words = f"{words}\n\n{SENTENCE * chance.randint(1, 40)}"
    versions = (replace(item.versions[0], words=words), *item.versions[1:])
    return _with(report, replace(item, versions=versions))


def with_other_title(report: Report, chance: Random) -> Report:
    item = _any(report, chance)
    return _with(report, replace(item, title=SENTENCE[: chance.randint(5, 70)]))


def with_other_money(report: Report, chance: Random) -> Report:
    item = _any(report, chance)
    spent = Decimal(chance.randint(0, 99_999)) / 100
    money = replace(item.money, appropriated=Decimal(900), spent=spent)
    return _with(report, replace(item, money=money))


def with_one_more(report: Report, chance: Random) -> Report:
    """After the item that it is like."""
    item = _any(report, chance)
    number = max(report.items_by_id) + 1000
    added = replace(item, id=number, code=f"nbi-{number}", number=str(number))
    rows = []
    for row in report.page.rows:
        rows.append(row)
        if row.id == item.id:
            rows.append(replace(row, id=number, code=added.code, number=added.number))
    items = {}
    for own in report.items:
        items[own.id] = own
        if own.id == item.id:
            items[number] = added
    page = replace(report.page, rows=tuple(rows))
    return replace(report, page=page, items_by_id=items)


def with_one_less(report: Report, chance: Random) -> Report:
    key = _any(report, chance).id
    page = replace(report.page, rows=tuple(row for row in report.page.rows if row.id != key))
    items = {item.id: item for item in report.items if item.id != key}
    return replace(report, page=page, items_by_id=items)


def with_items(report: Report, count: int) -> Report:
    """The same with as many items, which are like those that it has."""
    rows, items = report.page.rows, report.items
    many_rows, many_items = [], {}
    for number in range(1, count + 1):
        item = items[number % len(items)]
        row = next(row for row in rows if row.id == item.id)
        names = {"id": number, "code": f"nbi-{number}", "number": str(number)}
        many_rows.append(replace(row, **names))
        many_items[number] = replace(item, **names)
    page = replace(report.page, rows=tuple(many_rows))
    return replace(report, page=page, items_by_id=many_items)


def _any(report: Report, chance: Random) -> ItemPage:
    return chance.choice(report.items)


def _with(report: Report, item: ItemPage) -> Report:
    """The item in the place of the one with its number, in the rows too."""
    rows = tuple(
        replace(row, title=item.title, appropriated=item.money.appropriated, spent=item.money.spent)
        if row.id == item.id
        else row
        for row in report.page.rows
    )
    items = {**report.items_by_id, item.id: item}
    return replace(report, page=replace(report.page, rows=rows), items_by_id=items)
