"""Each act in words: what was done, of which group it is, who did it.

What the rows of an act say is in `history_facts`, what it changed in `history_changes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.reading.history_models import Changed, HistoryAct, RoleThen
from tracker.record.event_rows import EventRow, RowName
from tracker.record.people import COMMAND_LINE, FROM_OUTSIDE
from tracker.rules.codes import By
from tracker.translation import N_, ngettext
from tracker.translation import gettext as _

from . import history_changes, history_details, history_facts, labels, phrases
from .amounts import listing, number
from .dates import day, time_of_day


class ActGroup(StrEnum):
    """By which the acts on a page are chosen."""

    FLOOR = "floor"
    ASSIGNMENTS = "assignments"
    ENTRIES = "entries"
    CONFIRMATIONS = "confirmations"
    MONEY = "money"
    OUTCOMES = "outcomes"
    CORRECTIONS = "corrections"
    WITHHOLDING = "withholding"
    IMPORTS = "imports"
    CONVENTIONS = "conventions"
    PUBLISHING = "publishing"
    REPORTS = "reports"
    SETTINGS = "settings"
    PEOPLE = "people"
    ROSTERS = "rosters"


GROUPS: dict[ActGroup, str] = {
    ActGroup.FLOOR: N_("Floor, text, clauses"),
    ActGroup.ASSIGNMENTS: N_("Assignments and dates"),
    ActGroup.ENTRIES: N_("Entries and releases"),
    ActGroup.CONFIRMATIONS: N_("Confirmations and returns"),
    ActGroup.MONEY: N_("Money"),
    ActGroup.OUTCOMES: N_("Outcomes"),
    ActGroup.CORRECTIONS: N_("Corrections"),
    ActGroup.WITHHOLDING: N_("Withholding and erasing"),
    ActGroup.IMPORTS: N_("Imports"),
    ActGroup.CONVENTIONS: N_("Conventions"),
    ActGroup.PUBLISHING: N_("Going public"),
    ActGroup.REPORTS: N_("Reports"),
    ActGroup.SETTINGS: N_("Settings"),
    ActGroup.PEOPLE: N_("People and roles"),
    ActGroup.ROSTERS: N_("Units, delegations, funds, kinds"),
}


@dataclass(frozen=True)
class ActWords:
    group: ActGroup
    what: str  # was done, in the past tense


ACTS: dict[str, ActWords] = {
    "account_joined": ActWords(ActGroup.PEOPLE, N_("Joined an account to a person")),
    "appropriated": ActWords(ActGroup.MONEY, N_("Recorded an appropriation")),
    "assigned": ActWords(ActGroup.ASSIGNMENTS, N_("Assigned it")),
    "body_described": ActWords(ActGroup.SETTINGS, N_("Set up the body")),
    "body_founded": ActWords(ActGroup.SETTINGS, N_("Founded the body")),
    "claim_confirmed": ActWords(ActGroup.CONFIRMATIONS, N_("Confirmed a claim")),
    "claim_reopened": ActWords(ActGroup.CONFIRMATIONS, N_("Reopened what was done")),
    "claim_returned": ActWords(ActGroup.CONFIRMATIONS, N_("Returned a claim")),
    "claims_confirmed_by_meeting": ActWords(
        ActGroup.CONFIRMATIONS, N_("Recorded the confirmation of a meeting")
    ),
    "claims_decided_by_meeting": ActWords(
        ActGroup.CONFIRMATIONS, N_("Recorded what a meeting decided on claims")
    ),
    "clauses_entered": ActWords(ActGroup.FLOOR, N_("Entered the clauses")),
    "clock_confirmed": ActWords(ActGroup.SETTINGS, N_("Said that the system’s clock is right")),
    "columns_closed": ActWords(ActGroup.IMPORTS, N_("Closed columns of a list to readers")),
    "columns_opened": ActWords(ActGroup.IMPORTS, N_("Opened columns of a list to readers")),
    "convention_dated": ActWords(ActGroup.CONVENTIONS, N_("Recorded a convention’s dates")),
    "convention_named": ActWords(ActGroup.CONVENTIONS, N_("Named a convention")),
    "convention_recorded": ActWords(ActGroup.CONVENTIONS, N_("Recorded a convention")),
    "corrected": ActWords(ActGroup.CORRECTIONS, N_("Corrected what was typed wrong")),
    "delegation_added": ActWords(ActGroup.ROSTERS, N_("Added a delegation")),
    "delegation_closed": ActWords(ActGroup.ROSTERS, N_("Closed a delegation")),
    "delegation_merged": ActWords(ActGroup.ROSTERS, N_("Merged a delegation into another")),
    "delegation_renamed": ActWords(ActGroup.ROSTERS, N_("Renamed a delegation")),
    "delegation_reopened": ActWords(ActGroup.ROSTERS, N_("Reopened a delegation")),
    "designation_corrected": ActWords(ActGroup.CORRECTIONS, N_("Corrected kind or number")),
    "due_date_extended": ActWords(ActGroup.ASSIGNMENTS, N_("Extended the due date")),
    "due_date_set": ActWords(ActGroup.ASSIGNMENTS, N_("Set the due date")),
    "edition_made": ActWords(ActGroup.PUBLISHING, N_("Made an edition")),
    "edition_published": ActWords(ActGroup.PUBLISHING, N_("Published an edition")),
    "edition_schedule_stopped": ActWords(
        ActGroup.PUBLISHING, N_("Stopped an edition from being published at its hour")
    ),
    "edition_scheduled": ActWords(
        ActGroup.PUBLISHING, N_("Set the hour at which an edition is published")
    ),
    "edition_signed_off": ActWords(ActGroup.PUBLISHING, N_("Signed an edition off")),
    "estimated": ActWords(ActGroup.MONEY, N_("Recorded an estimate")),
    "facts_restored": ActWords(
        ActGroup.IMPORTS, N_("Wrote anew what an undone import had replaced")
    ),
    "floor_action_recorded": ActWords(ActGroup.FLOOR, N_("Recorded what the floor did")),
    "follow_through_opened": ActWords(
        ActGroup.CONVENTIONS, N_("Said from when is kept what is done")
    ),
    "fund_added": ActWords(ActGroup.ROSTERS, N_("Added a fund")),
    "fund_revised": ActWords(ActGroup.ROSTERS, N_("Changed a fund")),
    "handed_on": ActWords(ActGroup.ASSIGNMENTS, N_("Handed it on")),
    "import_undone": ActWords(ActGroup.IMPORTS, N_("Undid an import")),
    "item_imported": ActWords(ActGroup.IMPORTS, N_("Recorded a row of a list")),
    "item_linked": ActWords(ActGroup.FLOOR, N_("Linked it to the item that carries it on")),
    "item_registered": ActWords(ActGroup.FLOOR, N_("Recorded the item")),
    "kind_added": ActWords(ActGroup.ROSTERS, N_("Added a kind of items")),
    "kind_closed": ActWords(ActGroup.ROSTERS, N_("Closed a kind of items")),
    "kind_reopened": ActWords(ActGroup.ROSTERS, N_("Reopened a kind of items")),
    "list_imported": ActWords(ActGroup.IMPORTS, N_("Imported a list")),
    "meeting_recorded": ActWords(ActGroup.CONFIRMATIONS, N_("Recorded a meeting and its minutes")),
    "movers_recorded": ActWords(ActGroup.FLOOR, N_("Recorded who moved it")),
    "outcome_confirmed": ActWords(ActGroup.OUTCOMES, N_("Confirmed an outcome")),
    "outcome_released": ActWords(ActGroup.OUTCOMES, N_("Released an outcome")),
    "outcome_reopened": ActWords(ActGroup.OUTCOMES, N_("Reopened an outcome")),
    "outcome_returned": ActWords(ActGroup.OUTCOMES, N_("Returned an outcome")),
    "outcome_stated": ActWords(ActGroup.OUTCOMES, N_("Recorded an outcome")),
    "outcomes_decided_by_meeting": ActWords(
        ActGroup.OUTCOMES, N_("Recorded what a meeting decided on outcomes")
    ),
    "outside_answered": ActWords(
        ActGroup.CONFIRMATIONS, N_("Answered from outside, by a one-time link")
    ),
    "outside_request_revoked": ActWords(
        ActGroup.CONFIRMATIONS, N_("Took back a link for somebody from outside")
    ),
    "outside_requested": ActWords(
        ActGroup.CONFIRMATIONS, N_("Asked somebody from outside to confirm")
    ),
    "person_added": ActWords(ActGroup.PEOPLE, N_("Added a person")),
    "person_named": ActWords(ActGroup.PEOPLE, N_("Changed a person’s name")),
    "progress_logged": ActWords(ActGroup.ENTRIES, N_("Submitted an entry")),
    "progress_released": ActWords(ActGroup.ENTRIES, N_("Released an entry")),
    "progress_sent_back": ActWords(ActGroup.ENTRIES, N_("Sent an entry back to its author")),
    "progress_withdrawn": ActWords(ActGroup.ENTRIES, N_("Withdrew an entry")),
    "publication_set": ActWords(ActGroup.PUBLISHING, N_("Settled who reads the convention")),
    "recommended": ActWords(ActGroup.FLOOR, N_("Recorded a recommendation")),
    "referral_decided": ActWords(ActGroup.FLOOR, N_("Recorded the decision on a referral")),
    "report_corrected": ActWords(ActGroup.REPORTS, N_("Issued an erratum to a report")),
    "report_files_made": ActWords(ActGroup.REPORTS, N_("Made the files of an issued report")),
    "report_issued": ActWords(ActGroup.REPORTS, N_("Issued a report")),
    "report_signed_off": ActWords(ActGroup.REPORTS, N_("Signed the draft of a report off")),
    "report_withheld": ActWords(
        ActGroup.WITHHOLDING, N_("Withheld the files of an issued report, and issued it anew")
    ),
    "role_ended": ActWords(ActGroup.PEOPLE, N_("Ended a role")),
    "role_given": ActWords(ActGroup.PEOPLE, N_("Gave a role")),
    "role_limited": ActWords(ActGroup.PEOPLE, N_("Named the last day of a role")),
    "setting_changed": ActWords(ActGroup.SETTINGS, N_("Changed a setting")),
    "spent": ActWords(ActGroup.MONEY, N_("Recorded an expense")),
    "taken_back": ActWords(ActGroup.CORRECTIONS, N_("Took back what was never so")),
    "text_erased": ActWords(ActGroup.WITHHOLDING, N_("Erased a text")),
    "trial_taken_away": ActWords(ActGroup.IMPORTS, N_("Took a trial away")),
    "unassigned": ActWords(ActGroup.ASSIGNMENTS, N_("Ended an assignment")),
    "unit_added": ActWords(ActGroup.ROSTERS, N_("Added a unit")),
    "unit_closed": ActWords(ActGroup.ROSTERS, N_("Closed a unit")),
    "unit_merged": ActWords(ActGroup.ROSTERS, N_("Merged a unit into another")),
    "unit_renamed": ActWords(ActGroup.ROSTERS, N_("Renamed a unit")),
    "unit_reopened": ActWords(ActGroup.ROSTERS, N_("Reopened a unit")),
    "version_recorded": ActWords(ActGroup.FLOOR, N_("Recorded a version of the text")),
    "withheld": ActWords(ActGroup.WITHHOLDING, N_("Withheld something published")),
    "withholding_lifted": ActWords(
        ActGroup.WITHHOLDING, N_("Showed readers again what was withheld")
    ),
}
"""By its code. A test asks that every code of the program has a line here."""


WITHHELD = {
    "entry_id": N_("Withheld the words of an entry"),
    "outcome_id": N_("Withheld an outcome"),
    "evidence_id": N_("Withheld a piece of evidence"),
    "floor_person_id": N_("Withheld a name"),
}
"""By what is withheld."""


def kinds_of(group: ActGroup) -> frozenset[str]:
    return frozenset(code for code, words in ACTS.items() if words.group is group)


def group_name(group: ActGroup) -> str:
    return _(GROUPS[group])


def group_of(act: HistoryAct) -> ActGroup | None:
    if any(row.key("corrects_id") for row in act.rows.wrote):
        return ActGroup.CORRECTIONS
    words = ACTS.get(act.kind)
    return words.group if words else None


def what(act: HistoryAct) -> str:
    """Released an entry of Dana Whitlock: clause 3 reported done."""
    text = _sentence(act)
    about = ", ".join(dict.fromkeys(filter(None, history_details.about(act))))
    return _("%(act)s: %(about)s", act=text, about=about) if about else text


def _sentence(act: HistoryAct) -> str:
    """An act of a newer version of the program has its code alone."""
    if any(row.key("corrects_id") for row in act.rows.wrote):
        return _("Submitted a correction of an entry")
    for row in act.rows.wrote:
        for column, text in WITHHELD.items():
            if row.table == "withholding" and row.key(column):
                return _(text)
    is_extended = any(one.of is Changed.DUE and one.before and one.after for one in act.changes)
    if act.kind == "due_date_set" and is_extended:
        return _(ACTS["due_date_extended"].what)
    words = ACTS.get(act.kind)
    text = _(words.what) if words else act.kind.replace("_", " ").capitalize()
    entry = _entry_of(act)
    author = act.names.context.people.get(entry.key("author_id") or 0) if entry else None
    if entry and entry.key("author_id") != act.actor_id and author:
        return _("%(act)s of %(author)s", act=text, author=author)
    return text


def _entry_of(act: HistoryAct) -> EventRow | None:
    """The entry that was released, sent back or withdrawn."""
    for row in (*act.rows.wrote, *act.rows.over):
        if row.table in ("release", "sent_back") and (key := row.key("entry_id")):
            return act.names.rows.get(RowName("entry", key))
    return None


def details(act: HistoryAct) -> list[str]:
    """What is told of it in small print."""
    return list(filter(None, _details(act)))


def _details(act: HistoryAct) -> Iterator[str]:
    yield from history_details.quotations(act)
    yield from history_details.sums(act)
    for row in act.rows.wrote:
        if key := row.key("corrects_id"):
            corrected = act.names.rows.get(RowName("entry", key))
            if corrected:
                yield _(
                    "It takes the place of act %(number)s, which stays on record",
                    number=number(sequence(corrected.event)),
                )
    if answer := history_changes.answer(act):
        yield _("The item’s answer became: %(answer)s", answer=answer)
    if act.day_known and act.on != act.recorded_at.date():
        yield _("Dated %(day)s", day=day(act.on))
    if act.imported:
        yield _("From a list")


def sequence(event: int) -> int:
    """The number of an event in its chain."""
    return history_facts.sequence(event)


def fact(act: HistoryAct, row: EventRow) -> str:
    """One of the rows that it wrote, ended or took back."""
    words = history_facts.phrase(row, act.names)
    return phrases.upper(words) or row.table.replace("_", " ").capitalize()


def time(act: HistoryAct) -> str:
    """10:12, in the body's zone."""
    return time_of_day(act.recorded_at)


def sealed(acts: Sequence[HistoryAct]) -> str:
    """What was looked at for this page, and nothing else."""
    read = [act for act in acts if act.is_sealed is not None]
    broken = [number(act.number) for act in read if not act.is_sealed]
    if broken:
        return _(
            "Not as it was recorded: act %(numbers)s does not give its seal.",
            numbers=listing(broken),
        )
    if not read:
        return ""
    return ngettext(
        "The act was read again just now: it gives its seal.",
        "The %(count)s acts on this page were read again just now: each gives its seal.",
        len(read),
        count=number(len(read)),
    )


def who(act: HistoryAct) -> str:
    """A name; the worker; the command line; a link; or that the name was erased."""
    if any(row.key("schedule_id") for row in act.rows.wrote):
        return _("The worker, at its hour")
    return others().get(act.actor_id) or act.who or _("Name erased")


def others() -> dict[int, str]:
    """Actors that are no person of the body."""
    return {COMMAND_LINE: _("Command line"), FROM_OUTSIDE: _("By a one-time link")}


def capacity(act: HistoryAct) -> str:
    """Manager, Center for Research."""
    if any(row.values.get("by") is By.FROM_OUTSIDE for row in act.rows.wrote):
        return _("From outside")
    by_role: dict[str, list[str]] = {}
    for held in act.roles:
        by_role.setdefault(labels.role(held.role), []).extend(_unit(act, held))
    return "; ".join(_role(role, list(dict.fromkeys(units))) for role, units in by_role.items())


def _unit(act: HistoryAct, held: RoleThen) -> list[str]:
    name = act.names.context.units.get(held.unit_id) if held.unit_id is not None else None
    return [name] if name else []


def _role(role: str, units: list[str]) -> str:
    if not units:
        return role
    if len(units) > 2:
        return _("%(role)s, %(units)s units", role=role, units=number(len(units)))
    return _("%(role)s, %(units)s", role=role, units=listing(units))


def headline(acts: int, people: int) -> str:
    """29 acts by 4 people."""
    text = ngettext("%(count)s act", "%(count)s acts", acts, count=number(acts))
    if not people:
        return text
    by = ngettext("%(count)s person", "%(count)s people", people, count=number(people))
    return _("%(acts)s by %(people)s", acts=text, people=by)


def position(newer: int, shown: int, here: int) -> str:
    """1 to 14 of 29 acts."""
    if not shown:
        return _("No acts")
    return _(
        "%(first)s to %(last)s of %(acts)s",
        first=number(newer + 1),
        last=number(newer + here),
        acts=headline(shown, 0),
    )


def earlier(count: int) -> str:
    """The 15 earlier acts."""
    return ngettext("One earlier act", "%(count)s earlier acts", count, count=number(count))


def is_withheld(act: HistoryAct) -> bool:
    """Whether something that it wrote is withheld from readers today."""
    return any(RowName(row.table, row.id) in act.names.withheld for row in act.rows.wrote)


def subject(act: HistoryAct) -> str:
    """On what it was done: an item, or a convention; nothing of the body."""
    if act.item:
        return phrases.ref_name(act.item)
    return act.convention.name if act.convention else ""
