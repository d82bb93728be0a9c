"""One row beside what the record holds: what is new, what changes field by field, which values of a hand are kept. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tracker.acts.floor import VoteCount
from tracker.acts.imports import ImportedFloorAction
from tracker.acts.items import NewVersion
from tracker.acts.money import NewEstimate
from tracker.importing.codes import Followed
from tracker.importing.problems import Problem, Severity
from tracker.importing.rows.imported_row import ImportedRow
from tracker.importing.values import kinds
from tracker.importing.values.texts import name_key, normalised
from tracker.importing.vocabulary.status_words import YES
from tracker.rules import item_code
from tracker.rules.codes import Claimed, Decision, Effect, Floor, FloorPart, MoneySaid, Stage
from tracker.translation import gettext as _

from .on_record import NOTHING, FloorHeld, Held, OnRecord, Total

CLAIMS = {
    Followed.DONE: Claimed.DONE,
    Followed.PROGRESS: Claimed.PROGRESS,
    Followed.STARTED: Claimed.STARTED,
    Followed.BLOCKED: Claimed.BLOCKED,
    Followed.WILL_NOT_BE_DONE: Claimed.WILL_NOT_BE_DONE,
}


@dataclass(frozen=True)
class FieldChange:
    """A field whose value the file changes; `before` None: nothing on record. Values as a reader sees them: words, dates, amounts, tuples of them.

    `adds`: a further entry or claim, beside those that are on record.
    """

    field: str
    before: Any
    after: Any
    adds: bool = False


@dataclass(frozen=True, kw_only=True)
class KeptByHand:
    """A field that somebody changed by hand since; the file's value is not taken. `at` and `by`: when that was recorded, and who did
    (None: the command line, or several)."""

    field: str
    yours: Any
    in_file: Any
    at: datetime | None = None
    by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """An entry to be. `claimed` None: a word, and no claim."""

    words: str
    on: date
    day_known: bool
    claimed: Claimed | None
    money: MoneySaid | None = None
    with_row: bool = False  # the stored row is its evidence
    reason: str | None = None
    spent: tuple[Decimal, date] | None = None
    of_money: bool = False  # it says nothing but what was spent


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a row would write; units, delegations and people by their names."""

    text: NewVersion | None = None
    movers: tuple[tuple[FloorPart, str | None, str | None], ...] = ()  # part, name, delegation
    due_on: date | None = None
    estimated: NewEstimate | None = None
    recommendation: str | None = None
    cells: tuple[tuple[str, str], ...] = ()
    floor: tuple[ImportedFloorAction, ...] = ()
    first_position: int = 1
    vote: VoteCount | None = None
    never_done: tuple[int, ...] = ()
    lead: tuple[str, str | None] | None = None
    decision: tuple[Decision, str, date] | None = None
    appropriated: tuple[str, Decimal, date] | None = None
    spent: tuple[Decimal, date] | None = None
    reports: tuple[Reported, ...] = ()

    @property
    def writes(self) -> bool:
        return self != Plan(first_position=self.first_position)


@dataclass(kw_only=True)
class Comparing:
    """One row while it is compared."""

    row: ImportedRow
    held: OnRecord | None
    today: date
    updates_on: date | None
    changes: list[FieldChange] = field(default_factory=list)
    kept: list[KeptByHand] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def takes(
        self, name: str, value: Any, same: Callable[[Any, Any], bool], held: Held | None = None
    ) -> bool:
        """Whether the file's value is taken: it says something, something else, and no hand has changed it since."""
        if value is None or value == () or value == "":
            return False
        held = held or (self.held.fields.get(name) if self.held else None)
        if held is None:
            if self.held is not None:
                self.changes.append(FieldChange(name, None, value))
            return True
        if same(held.value, value):
            return False
        if self.is_ours(held.event, held.by_hand):
            self.kept.append(
                KeptByHand(field=name, yours=held.value, in_file=value, at=held.at, by=held.by)
            )
            return False
        self.changes.append(FieldChange(name, held.value, value))
        return True

    def is_ours(self, event: int, by_hand: bool) -> bool:
        """Recorded by hand after the last import, or by anybody after the export that this file is."""
        if self.row.revision is not None:
            return event > self.row.revision
        return by_hand and self.held is not None and self.held.imported

    def warn(self, what: str, to_do: str = "", column: str | None = None) -> None:
        self.problems.append(
            Problem(
                severity=Severity.WARNING,
                what=what,
                to_do=to_do,
                row=self.row.row_number,
                column=column,
            )
        )


def compare(
    row: ImportedRow, held: OnRecord | None, today: date, updates_on: date | None
) -> tuple[Plan, Comparing]:
    """What the row would write, and how that is told."""
    at = Comparing(row=row, held=held, today=today, updates_on=updates_on)
    floor, never_done = _floor(at)
    spent = _difference(at, "spent", row.spent, held.spent if held else NOTHING)
    given = _difference(
        at, "appropriated", row.appropriated, held.appropriated if held else NOTHING
    )
    money_on = (
        row.updated_on or (updates_on if updates_on and updates_on <= today else None) or today
    )
    reports = _reports(at, spent)
    plan = Plan(
        text=_text(at),
        movers=_movers(at),
        due_on=row.due if at.takes("due", row.due, lambda one, two: one == two) else None,
        estimated=_estimate(at),
        recommendation=row.recommendation
        if at.takes("recommendation", row.recommendation, _same_words)
        else None,
        cells=_cells(at),
        floor=floor,
        first_position=len(held.floor) + 1 if held and not never_done else 1,
        vote=row.vote if floor else None,
        never_done=never_done,
        lead=_lead(at),
        decision=_decision(at),
        appropriated=(row.fund or "", given, money_on) if given is not None else None,
        spent=(spent, money_on) if spent is not None else None,
        reports=reports
        if spent is None
        else _with_the_money(reports, spent, money_on, bool(row.updated_on or updates_on)),
    )
    return plan, at


def _with_the_money(
    reports: Sequence[Reported], spent: Decimal, on: date, dated: bool
) -> tuple[Reported, ...]:
    """An expense belongs to an entry: to the claim that answers with it, else to the row's newest, else to one of its own."""
    answers = [
        place for place, each in enumerate(reports) if each.money is MoneySaid.AMOUNT
    ] or list(range(len(reports)))
    if not answers:
        words = _("Spent, by the list: %(amount)s", amount=f"{spent:,.2f}")
        return (
            Reported(
                words=words, on=on, day_known=dated, claimed=None, spent=(spent, on), of_money=True
            ),
        )
    place = answers[-1]
    return (*reports[:place], replace(reports[place], spent=(spent, on)), *reports[place + 1 :])


def _same_words(one: Any, two: Any) -> bool:
    return normalised(one) == normalised(two)


def _text(at: Comparing) -> NewVersion | None:
    row, held = at.row, at.held
    said = {"title": row.title, "text": row.text, "rationale": row.rationale}
    taken = {name: value for name, value in said.items() if at.takes(name, value, _same_words)}
    if held is None:
        return NewVersion(
            words=row.text,
            title=row.title,
            rationale=row.rationale,
            stage=Stage.AS_PUBLISHED,
            truncated=row.seems_cut_off if row.truncated is None else row.truncated,
        )
    now = {
        name: held.fields[name].value if name in held.fields else None
        for name in ("title", "text", "rationale", "text_truncated", "stage")
    }
    cut = bool(now["text_truncated"])
    if "text" in taken:  # a new text is whole or cut off by itself
        cut = row.seems_cut_off if row.truncated is None else row.truncated
        if cut != bool(now["text_truncated"]):
            at.changes.append(FieldChange("text_truncated", bool(now["text_truncated"]), cut))
    elif row.truncated is not None and at.takes(
        "text_truncated", row.truncated, lambda one, two: one == two
    ):
        cut = row.truncated
    elif not taken:
        return None
    return NewVersion(
        words=taken.get("text", now["text"]),
        title=taken.get("title", now["title"]),
        rationale=taken.get("rationale", now["rationale"]),
        stage=now["stage"] or Stage.AS_PUBLISHED,
        truncated=cut,
    )


def _movers(at: Comparing) -> tuple[tuple[FloorPart, str | None, str | None], ...]:
    row = at.row
    held = (
        [at.held.fields[part.value] for part in FloorPart if part.value in at.held.fields]
        if at.held
        else []
    )
    known = {
        name_key(delegation) for each in held for _name, delegation in each.value if delegation
    }
    movers: list[tuple[FloorPart, str | None, str | None]] = []
    sponsors = tuple(("", each) for each in row.delegations)
    if not (sponsors and {name_key(each) for each in row.delegations} <= known):
        movers += _part(at, FloorPart.SPONSOR, sponsors)
    for part, people in (
        (FloorPart.MAKER, row.makers),
        (FloorPart.SECONDER, row.seconders),
        (FloorPart.CONTACT, row.contacts),
    ):
        movers += _part(at, part, tuple((name, delegation or "") for name, delegation in people))
    return tuple(movers)


def _part(
    at: Comparing, part: FloorPart, people: Sequence[tuple[str, str]]
) -> list[tuple[FloorPart, str | None, str | None]]:
    value = tuple(sorted(people))
    if not at.takes(
        part.value,
        value,
        lambda one, two: (
            [(name_key(a), name_key(b)) for a, b in one]
            == [(name_key(a), name_key(b)) for a, b in two]
        ),
    ):
        return []
    return [(part, name or None, delegation or None) for name, delegation in people]


def _estimate(at: Comparing) -> NewEstimate | None:
    row, held = at.row, at.held.fields.get("estimate") if at.held else None
    if row.sentence is None or row.cost is None:
        return None
    cost = row.cost
    value = (row.sentence, cost.amount, cost.basis, cost.conditional, cost.assumption)

    def same(one: Any, two: Any) -> bool:
        sentence, amount, basis, conditional, assumption, *_rest = one
        if normalised(sentence) != normalised(row.sentence):
            return False
        told = {
            "amount": amount == cost.amount,
            "basis": basis == cost.basis,
            "conditional": conditional == cost.conditional,
            "assumption": normalised(assumption) == normalised(cost.assumption),
        }
        return all(told[name] for name in row.cost_columns)

    if not at.takes("estimate", value, same):
        return None
    stage = held.value[-1] if held else Stage.AS_PUBLISHED
    return NewEstimate(
        sentence=row.sentence,
        basis=cost.basis,
        amount=cost.amount,
        conditional=cost.conditional,
        assumption=cost.assumption,
        budget=(cost.budget or "")[:120] or None,
        stage=stage,
    )


def _cells(at: Comparing) -> tuple[tuple[str, str], ...]:
    """What has no field; of each heading the newest counts. What waits for an answer is kept of a new item: of another it changes nothing."""
    taken = []
    waiting = [
        (heading, words)
        for heading, words in at.row.undecided_cells
        if at.held is None or heading[:200] in at.held.cells
    ]
    for heading, words in dict.fromkeys((*at.row.cells, *waiting)):
        heading = heading[:200]
        held = at.held.cells.get(heading) if at.held else None
        if held is None or normalised(held.value) != normalised(words):
            if at.held is not None:
                at.changes.append(FieldChange(heading, held.value if held else None, words))
            taken.append((heading, words))
    return tuple(taken)


def _floor(at: Comparing) -> tuple[tuple[ImportedFloorAction, ...], tuple[int, ...]]:
    """The floor actions to add, and those of earlier imports that the list no longer says. A later action stands beside an earlier one."""
    said, held = at.row.floor, at.held.floor if at.held else ()
    if not said:
        return (), ()
    if not held:
        if at.held is not None:
            at.changes.append(FieldChange("floor_action", None, shown(said)))
        return said, ()
    left = list(held)
    new: list[ImportedFloorAction] = []
    for each in said:
        match = next((other for other in left if _is(other, each, at.row.vote)), None)
        if match:
            left.remove(match)
        else:
            new.append(each)
    may_go = (
        at.row.revision is not None
    )  # the office itself takes a floor action away; a list only what a list has brought
    over = [
        each
        for each in left
        if (may_go or not each.by_hand)
        and each.action.effect not in (Effect.OPEN, Effect.UNKNOWN)
        and each.action is not Floor.RESCINDED
    ]
    if not new and not over:
        return (), ()
    if (
        not new
        and all(each.action.effect is Effect.REFERS for each in over)
        and not any(each.action.effect is Effect.DIRECTS for each in said)
    ):
        return (), ()
    before = tuple(each.action.value for each in held)
    ours = [each for each in held if at.is_ours(each.event, each.by_hand)]
    if ours:
        at.kept.append(
            KeptByHand(
                field="floor_action",
                yours=before,
                in_file=shown(said),
                at=ours[-1].at,
                by=ours[-1].by,
            )
        )
        return (), ()
    newest = max((each.on for each in held if each.on), default=None)
    later = bool(new) and all(
        each.action in (Floor.RESCINDED, Floor.RECONSIDERED)
        or (each.on and newest and each.on > newest)
        for each in new
    )
    at.changes.append(FieldChange("floor_action", before, shown(said)))
    return tuple(new), () if later else tuple(each.id for each in over)


def shown(said: Sequence[ImportedFloorAction]) -> tuple[str, ...]:
    return tuple(each.action.value for each in said)


def _is(held: FloorHeld, said: ImportedFloorAction, vote: VoteCount | None) -> bool:
    """The same floor action: a day, a receiving unit, a tally that the file leaves blank take nothing away."""
    votes = (vote.votes_for, vote.votes_against, vote.abstained, vote.by_voice) if vote else None
    merged = (
        said.merged_into is None
        or held.merged_into is None
        or not kinds.code_of(held.merged_into).normalised
        or _same_target(held.merged_into, said.merged_into)
    )
    whom = said.unit is None or name_key(held.unit or held.referred_to or "") == name_key(said.unit)
    return (
        held.action is said.action
        and said.on in (None, held.on)
        and whom
        and merged
        and (votes is None or votes == held.vote)
    )


def _same_target(one: str, two: str) -> bool:
    """ "NBI 42", "nbi-42" and "42" are one item."""
    (kind, number), (other_kind, other) = (
        item_code.parse(words) or (None, item_code.normalised(words)) for words in (one, two)
    )
    return number == other and (kind is None or other_kind is None or kind == other_kind)


def _lead(at: Comparing) -> tuple[str, str | None] | None:
    row, held = at.row, at.held.fields if at.held else {}
    if row.person and not row.lead and "lead" not in held:
        at.warn(
            _("%(person)r is named, and no unit.", person=row.person),
            _("Name the unit in a column lead; a person leads for a unit."),
        )
        return None

    def same(one: Any, two: Any) -> bool:
        return name_key(one) == name_key(two)

    # who accepted a referral leads by that
    accepted = at.held.accepted_by if at.held and "lead" not in held else None
    if accepted and row.lead and not row.person and same(accepted.value, row.lead):
        return None
    new_unit = at.takes("lead", row.lead, same, accepted)
    new_person = at.takes("person", row.person, same)
    if not new_unit and not new_person:
        return None
    if any(each.field == "lead" for each in at.kept):  # not half of it
        at.changes[:] = [each for each in at.changes if each.field != "person"]
        return None
    unit = (
        row.lead if new_unit and row.lead else (held["lead"].value if "lead" in held else row.lead)
    )
    return (unit, row.person) if unit else None


def _decision(at: Comparing) -> tuple[Decision, str, date] | None:
    row = at.row
    if row.decision is None or row.decided_on is None:
        return None
    held = at.held.floor if at.held else ()
    unit = next((each.unit for each in row.floor if each.unit), None) or next(
        (each.unit for each in reversed(held) if each.unit), None
    )
    if not any(each.action.effect is Effect.REFERS for each in row.floor) and not any(
        each.action.effect is Effect.REFERS for each in held
    ):
        at.warn(
            _("A decision on a referral, and no referral."),
            _("Give the referral in a column floor_action or referred_to."),
        )
        return None
    if unit is None:
        at.warn(
            _("A decision on a referral, and nobody to whom it was referred."),
            _("Name the unit in a column referred_to."),
        )
        return None
    value = (row.decision, row.decided_on)
    return (
        (row.decision, unit, row.decided_on)
        if at.takes("referral_decision", value, lambda one, two: one == two)
        else None
    )


def _difference(at: Comparing, name: str, total: Decimal | None, held: Total) -> Decimal | None:
    """What a total of the file adds to the record's. A total that has not changed since the last import, or since the export that the file is,
    takes nothing back; nor does an export that is older than what came since."""
    if total is None or total == held.now:
        return None
    revision = at.row.revision
    before = held.at_import if revision is None else held.at(revision)
    if held.now is not None and (total == before or (revision is not None and before != held.now)):
        at.kept.append(KeptByHand(field=name, yours=held.now, in_file=total))
        return None
    if at.held is not None:
        at.changes.append(FieldChange(name, held.now, total))
    return total - (held.now or Decimal(0))


def _reports(at: Comparing, spent: Decimal | None) -> tuple[Reported, ...]:
    """The entries that the row brings. One without a day counts as of its recording, marked so."""
    row, held = at.row, at.held
    known = held.words_reported if held else frozenset()
    reports: list[Reported] = []
    floor_on = min((each.on for each in row.floor if each.on), default=None)
    for_updates = (
        at.updates_on
        if at.updates_on
        and at.updates_on <= at.today
        and (floor_on is None or at.updates_on >= floor_on)
        else None
    )
    for update in row.updates:
        on = update.on or for_updates
        if normalised(update.words) in known:
            continue
        if on is None:
            at.warn(
                _(
                    "The update has no day: it counts as of today, and says that its day is not known."
                ),
                _("Say --updates-on DAY, or give a column of dates."),
                update.heading,
            )
        reports.append(
            Reported(words=update.words, on=on or at.today, day_known=on is not None, claimed=None)
        )
        if held is not None:
            at.changes.append(FieldChange(update.heading, None, update.words, adds=True))
    claimed = CLAIMS.get(row.followed) if row.followed else None
    if claimed not in (None, Claimed.DONE) and held and held.confirmed_done:
        at.warn(
            _(
                "It is confirmed as done here: %(words)r claims nothing.",
                words=row.followed_words[:60],
            ),
            _("Reopen it first, if that is so."),
        )
        claimed = None
    said_already = row.followed is Followed.WORD and normalised(row.followed_words) in {
        normalised(each.words) for each in row.updates
    }
    if claimed is None and (row.followed is not Followed.WORD or said_already):
        return tuple(reports)
    heading = next(
        (
            name
            for name, words in row.published_cells
            if normalised(words) == normalised(row.followed_words)
        ),
        "",
    )
    words = (
        f"{heading}: {row.followed_words}"
        if name_key(row.followed_words) in YES
        else row.followed_words
    )
    if claimed is Claimed.DONE:
        if not (held and held.claimed_done):
            reports = _done(
                at, reports, words, row.claimed_on or row.updated_on or for_updates, spent
            )
    elif (
        held is None
        or (normalised(words) not in known and (claimed is None or held.last_claim is not claimed))
        or (reports and claimed)
    ):
        reason = (
            (reports[-1].words if reports else words)
            if claimed in (Claimed.BLOCKED, Claimed.WILL_NOT_BE_DONE)
            else None
        )
        on = row.claimed_on or row.updated_on or for_updates
        if reports and claimed:
            reports[-1] = replace(reports[-1], claimed=claimed, reason=reason)
        else:
            if on is None:
                at.warn(
                    _(
                        "%(words)r has no day: it counts as of today, and says that its day is not known.",
                        words=words[:60],
                    ),
                    _("Say --updates-on DAY, or give a column of dates."),
                    heading,
                )
            reports.append(
                Reported(
                    words=words,
                    on=on or at.today,
                    day_known=on is not None,
                    claimed=claimed,
                    reason=reason,
                )
            )
            if held is not None:
                at.changes.append(FieldChange(heading, None, row.followed_words, adds=True))
    return tuple(reports)


def _done(
    at: Comparing, reports: list[Reported], words: str, on: date | None, spent: Decimal | None
) -> list[Reported]:
    """A claim of done, by the newest update or by itself; without a day it counts as of its recording, marked so."""
    held = at.held
    estimate = at.row.cost.amount if at.row.cost else held.estimate if held else None
    money = MoneySaid.AMOUNT if spent is not None else MoneySaid.NOT_KNOWN_YET if estimate else None
    if reports and at.row.claimed_on in (None, reports[-1].on):
        reports[-1] = replace(reports[-1], claimed=Claimed.DONE, money=money, with_row=True)
    else:
        reports = [
            *reports,
            Reported(
                words=words,
                on=on or at.today,
                day_known=on is not None,
                claimed=Claimed.DONE,
                money=money,
                with_row=True,
            ),
        ]
        if on is None:
            at.warn(
                _(
                    "It is said to be complete, and no day is given: the claim counts as of today, and says that its day is not known."
                ),
                _("Say --updates-on DAY, or give a column of dates."),
            )
    if held is not None:
        at.changes.append(FieldChange("claimed", None, Claimed.DONE.value, adds=True))
    return reports
