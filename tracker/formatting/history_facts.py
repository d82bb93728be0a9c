"""Facts in words, as a history tells them: one row of any table in a few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from tracker.markdown import plain
from tracker.reading.history_models import HistoryNames
from tracker.record.event_rows import EventRow, Words
from tracker.record.ledger_tables import CHAIN
from tracker.rules import codes
from tracker.rules.rosters import NamedRow
from tracker.rules.settings import DEFAULTS
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import item_sentences, labels, phrases, settings_words
from .amounts import money, number
from .dates import day, moment, short_day

LONGEST = 120  # characters of a quotation
LONGEST_NAME = 60


def sequence(event: int) -> int:
    """The number of an event in its chain."""
    return event % CHAIN


def phrase(row: EventRow, names: HistoryNames) -> str:
    """What the row says, with the clause that it says it of."""
    words = WORDS.get(row.table, _plainly)(row, names)
    clause = names.clauses.get(row.key("clause_id") or 0)
    if clause is None or not words:
        return words
    return _("%(fact)s (clause %(number)s)", fact=words, number=clause)


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


def shortened(text: str, longest: int = LONGEST) -> str:
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0] + "…"


def free_text(row: EventRow, name: str, longest: int = LONGEST_NAME) -> str | None:
    """Free text, shortened; of what was erased, that it was."""
    if row.is_erased(name):
        return phrases.words_erased()
    text = row.text(name)
    return shortened(" ".join(plain(text).split()), longest) if text else None


def _dated(words: str, row: EventRow) -> str:
    return _joined(words, short_day(row.on) if row.day_known else None)


def _amount(row: EventRow, names: HistoryNames) -> str | None:
    amount = row.values.get("amount")
    return money(amount, names.context.body.currency) if isinstance(amount, Decimal) else None


def _unit(row: EventRow, names: HistoryNames, column: str = "unit_id") -> str | None:
    key = row.key(column)
    return names.context.units.get(key) if key is not None else None


def person_of(row: EventRow, names: HistoryNames) -> str | None:
    key = row.key("person_id")
    return names.context.people.get(key) if key is not None else None


def _delegation(row: EventRow, names: HistoryNames, column: str = "delegation_id") -> str | None:
    key = row.key(column)
    return names.context.delegations.get(key) if key is not None else None


def _day(row: EventRow, name: str) -> str | None:
    value = row.values.get(name)
    return day(value) if isinstance(value, date) else None


def _entry(row: EventRow, names: HistoryNames) -> str:
    return _("waits for release") if not row.values.get("internal") else _("internal")


def claim_words(row: EventRow, names: HistoryNames) -> str:
    claimed = row.values.get("claimed")
    return labels.claimed(claimed if isinstance(claimed, codes.Claimed) else None)


def _review(row: EventRow, names: HistoryNames) -> str:
    result, by = row.values["result"], row.values["by"]
    if result is codes.Result.CONFIRMED and isinstance(by, codes.By):
        return _("Confirmed %(by)s", by=labels.confirmed_by(by))
    return _("Returned") if result is codes.Result.RETURNED else _("Reopened")


def _floor_action(row: EventRow, names: HistoryNames) -> str:
    action = row.values["action"]
    words = labels.floor(action) if isinstance(action, codes.Floor) else ""
    return _dated(_joined(words, _unit(row, names) or row.text("referred_to")), row)


def _decision(row: EventRow, names: HistoryNames) -> str:
    decision = row.values["decision"]
    words = labels.decision(decision) if isinstance(decision, codes.Decision) else ""
    return _dated(_joined(words, _unit(row, names)), row)


def _assignment(row: EventRow, names: HistoryNames) -> str:
    part = row.values["part"]
    label = labels.part(part) if isinstance(part, codes.Part) else ""
    return _joined(label, _unit(row, names), person_of(row, names))


def _link(row: EventRow, names: HistoryNames) -> str:
    other = names.items.get(row.key("target_id") or 0)
    name = phrases.ref_name(other) if other else phrases.not_known()
    return _("Carried on by %(item)s", item=name)


def _version(row: EventRow, names: HistoryNames) -> str:
    stage = row.values["stage"]
    label = labels.stage(stage) if isinstance(stage, codes.Stage) else ""
    return _joined(label, free_text(row, "title") or free_text(row, "words"))


def _clause(row: EventRow, names: HistoryNames) -> str:
    if row.values["words"] is None:
        return _("The item as a whole")
    clause = _("Clause %(number)s", number=str(row.values["number"]))
    return f"{clause}: {free_text(row, 'words')}"


def _floor_person(row: EventRow, names: HistoryNames) -> str:
    part = item_sentences.floor_part(str(row.values["part"]))
    return _joined(part, _delegation(row, names), free_text(row, "name"))


def _estimate(row: EventRow, names: HistoryNames) -> str:
    return _joined(_amount(row, names), free_text(row, "sentence"))


def _designation(row: EventRow, names: HistoryNames) -> str:
    published = row.text("as_published") or row.text("number")
    return _joined(labels.kind(str(row.values["kind"])), published)


def _dates(row: EventRow, names: HistoryNames) -> str:
    days = [found for name in ("opens_on", "closes_on") if (found := _day(row, name))]
    year = row.values.get("year")
    items = row.values.get("published_items")
    published = None
    if isinstance(items, int):
        published = ngettext("%(num)s published item", "%(num)s published items", items)
    when = _(" to ").join(days) if days else str(year) if year else phrases.not_known()
    return _joined(when, published)


def _role(row: EventRow, names: HistoryNames) -> str:
    role = row.values["role"]
    label = labels.role(role) if isinstance(role, codes.Role) else ""
    until = _day(row, "until_on")
    return _joined(
        label, _unit(row, names), _("until %(day)s", day=until) if until is not None else None
    )


def _setting(row: EventRow, names: HistoryNames) -> str:
    name = row.text("name") or ""
    return setting_value(name, row.text("value") or "")


def setting_title(name: str) -> str:
    """One that this version of the program does not know has its name alone."""
    return settings_words.title(name) if name in DEFAULTS else name.replace("_", " ").capitalize()


def setting_value(name: str, value: str) -> str:
    return settings_words.value(name, value) if name in DEFAULTS else value


def _list(row: EventRow, names: HistoryNames) -> str:
    rows = row.values["rows"]
    count = rows if isinstance(rows, int) else 0
    return _joined(row.text("file_name"), ngettext("%(num)s row", "%(num)s rows", count))


def _withholding(row: EventRow, names: HistoryNames) -> str:
    kind = row.values["kind"]
    reason = labels.withheld(kind) if isinstance(kind, codes.WithheldFor) else ""
    return _("Withheld: %(kind)s", kind=reason)


def _publication(row: EventRow, names: HistoryNames) -> str:
    by_edition = row.values["by_edition"]
    visibility = str(row.values["visibility"])
    words = VISIBILITIES.get(visibility)
    return _joined(
        _(words) if words else visibility,
        _("read by edition") if by_edition else _("read live"),
    )


def _schedule(row: EventRow, names: HistoryNames) -> str:
    at = row.values["at"]
    return moment(at.astimezone(names.context.settings.zone)) if isinstance(at, datetime) else ""


def _merged(into: str | None) -> str:
    return _("Merged into %(name)s", name=into or phrases.not_known())


def own_name(rows: Mapping[int, NamedRow], key: int | None) -> str:
    """Of a unit or delegation; not that of the one into which it was merged."""
    return rows[key].name if key is not None and key in rows else ""


VISIBILITIES = {
    "hidden": N_("Hidden"),
    "members": N_("For members"),
    "public": N_("Public"),
}


def _plainly(row: EventRow, names: HistoryNames) -> str:
    """Of a table that has no words of its own: names, texts, days and amounts, as they are."""
    parts = []
    for name, value in row.values.items():
        if isinstance(value, Words):
            parts.append(free_text(row, name))
        elif isinstance(value, Enum):
            parts.append(str(value.value).replace("_", " "))
        elif isinstance(value, date):
            parts.append(day(value))
        elif isinstance(value, Decimal):
            parts.append(money(value, names.context.body.currency))
        elif isinstance(value, str) and "sha256" not in name and "hash" not in name:
            parts.append(shortened(value, LONGEST_NAME))
    return _joined(*parts)


def _always(words: str) -> Callable[[EventRow, HistoryNames], str]:
    return lambda row, names: _(words)


def _named(column: str = "name") -> Callable[[EventRow, HistoryNames], str]:
    return lambda row, names: free_text(row, column) or ""


def _with_amount(row: EventRow, names: HistoryNames) -> str:
    name = row.text("name") or row.text("fund") or row.text("category")
    return _joined(name, _amount(row, names))


WORDS: dict[str, Callable[[EventRow, HistoryNames], str]] = {
    "added_kind": lambda row, names: labels.kind(row.text("code") or ""),
    "added_kind_closing": _always(N_("Closed")),
    "appropriation": _with_amount,
    "assignment": _assignment,
    "body_setting": _setting,
    "claim": claim_words,
    "clause": _clause,
    "convention": _named("slug"),
    "convention_dates": _dates,
    "convention_name": lambda row, names: _joined(row.text("name"), row.text("place")),
    "delegation_closing": _always(N_("Closed")),
    "delegation_merger": lambda row, names: _merged(_delegation(row, names, "into_id")),
    "designation": _designation,
    "due_date": lambda row, names: _day(row, "due_on") or "",
    "edition": lambda row, names: _(
        "Edition %(number)s, of the record up to act %(act)s",
        number=number(row.key("number") or 0),
        act=number(sequence(row.key("up_to") or 0)),
    ),
    "edition_publication": _always(N_("Published")),
    "edition_schedule": _schedule,
    "edition_sign_off": _always(N_("Signed off")),
    "entry": _entry,
    "erasure": lambda row, names: _(
        "Erased: %(kind)s", kind=labels.withheld(codes.WithheldFor(row.text("reason") or ""))
    ),
    "estimate": _estimate,
    "evidence": _named("title"),
    "expense": _with_amount,
    "explanation": _named("words"),
    "floor_action": _floor_action,
    "floor_person": _floor_person,
    "follow_through": lambda row, names: _(
        "Kept from %(day)s", day=_day(row, "kept_from") or phrases.not_known()
    ),
    "fund": _with_amount,
    "fund_revision": _with_amount,
    "issued_file": lambda row, names: _("File: %(variant)s", variant=str(row.values["variant"])),
    "issued_report": lambda row, names: _joined(row.text("number"), free_text(row, "title")),
    "item": _designation,
    "link": _link,
    "list_import": _list,
    "meeting": lambda row, names: _joined(row.text("name"), _day(row, "met_on")),
    "opened_column": _named("heading"),
    "opened_evidence": _always(N_("Members may open it")),
    "outcome": lambda row, names: labels.level(codes.Level(str(row.values["level"]))),
    "outside_answer": lambda row, names: labels.outside_decision(
        codes.OutsideDecision(str(row.values["decision"]))
    ),
    "outside_request": lambda row, names: _joined(
        free_text(row, "name"), free_text(row, "role"), free_text(row, "organisation")
    ),
    "outside_request_subject": _always(N_("Asked about it")),
    "person_account": _always(N_("Signs in with an account")),
    "publication": _publication,
    "recommendation": _named("words"),
    "referral_decision": _decision,
    "release": _always(N_("Released")),
    "report_sign_off": _always(N_("Signed off")),
    "report_withholding": _always(N_("Its files are withheld")),
    "review": _review,
    "role_held": _role,
    "sent_back": _always(N_("Sent back")),
    "source_cell": lambda row, names: _joined(row.text("heading"), free_text(row, "words")),
    "unit_closing": _always(N_("Closed")),
    "unit_merger": lambda row, names: _merged(_unit(row, names, "into_id")),
    "version": _version,
    "lifting": _always(N_("Readers may read it again")),
    "withholding": _withholding,
}
