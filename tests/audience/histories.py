"""Random histories of a small union, and what the public may read of them.

Every word that anybody writes carries a marker. The truth kept here is plain bookkeeping beside the
acts: it asks no rule and no reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import records
from tracker.accounts import members_codes, outside_links
from tracker.acts import (
    assignments,
    bodies,
    columns,
    conventions,
    drafts,
    erasing,
    items,
    money,
    outcomes,
    people,
    progress,
    publications,
    reviews,
    undoing,
    withholding,
)
from tracker.acts.act_context import ActContext
from tracker.acts.evidence import NewEvidence
from tracker.acts.items import Mover, NewVersion
from tracker.acts.outside_requests import WhoIsAsked
from tracker.acts.reports import IssueOptions
from tracker.config import Settings
from tracker.files import store
from tracker.importing.planning.options import ImportOptions
from tracker.importing.planning.preview import preview
from tracker.importing.rows import mapping_file
from tracker.importing.tables.sheets import read_bytes
from tracker.importing.writing import plan_writer
from tracker.record.bodies import Body
from tracker.record.conventions import Convention, ListImport
from tracker.record.issued_reports import IssuedReport
from tracker.record.items import Clause, FloorPerson, Item
from tracker.record.ledger_tables import Text
from tracker.record.people import Person
from tracker.record.progress import Claim, Entry, Evidence, Review, Withholding
from tracker.reports.collecting.collect import NotOnRecord, collect
from tracker.reports.making import issued_files, issuing
from tracker.reports.making.withheld import (
    WithheldReports,
    change_of_setting,
    withholding_from_reports,
    withholding_of,
)
from tracker.reports.models import ReportKind
from tracker.reports.requests import ReportRequest
from tracker.rules.codes import (
    Claimed,
    EvidenceKind,
    FileVariant,
    FloorPart,
    Level,
    MoneySaid,
    Part,
    Result,
    Visibility,
    WithheldFor,
)
from tracker.rules.entry_preconditions import NewClaim
from tracker.rules.permissions import Actor, NotAllowed
from tracker.rules.refusals import Refused
from tracker.rules.withheld_reports import TakenFromReaders

from .marked_words import MarkedWords, Statement

ZONE = ZoneInfo("America/Chicago")
BEGAN = datetime(2025, 3, 3, 18, tzinfo=UTC)
TEXT_FORMS = (FileVariant.HTML, FileVariant.CSV, FileVariant.JSON)
"""A PDF takes seconds; its words are those of the page in HTML."""
NUMBERS = count(1)
BODIES = count(1)
COLUMNS = (
    "Memo",
    "Notes",
    "E-mail",
    "Telephone",
    "Home address",
    "Confidential remarks",
    "Color of the folder",
)


@dataclass(frozen=True, kw_only=True)
class OutsideLinkMade:
    """A one-time link that asks about the claims of done of one entry, or about one outcome."""

    token: str
    asks_about: Statement
    who: frozenset[str]  # markers: the page says who is asked, as what of what


@dataclass(frozen=True, kw_only=True)
class ReportIssued:
    """An issued report, and the markers that readers could read when its data were frozen."""

    id: int
    number: str
    on: date
    markers: frozenset[str]


class History:
    """Plays moves by the acts, each some days after the one before.

    A move that the rules refuse changes nothing.
    """

    def __init__(self, session: Session, settings: Settings) -> None:
        self.session, self.settings = session, settings
        self.files, self.uploads = settings.files, settings.uploads
        self.issued: dict[int, ReportIssued] = {}  # by key
        self.after_commit: list[WithheldReports] = []
        self.marked_words: list[MarkedWords] = []
        self.entries: list[Statement] = []
        self.outcomes: list[Statement] = []
        self.withheld: list[tuple[Item, Any, list[MarkedWords]]] = []
        self.erased: set[int] = set()  # of marked words
        self.names, self.open = False, True
        self.visibility, self.by_edition = Visibility.PUBLIC, False
        self.edition: frozenset[str] | None = None  # the markers that the newest one may show
        self.columns: set[str] = set()
        self.link: OutsideLinkMade | None = None  # the newest one-time link for somebody outside
        self.lists: list[tuple[ListImport, Statement, list[MarkedWords]]] = []
        self.handed_over: set[int] = set()  # items that the first unit leads no longer
        self.days: list[date] = []
        self.played: list[str] = []
        self._found()

    # --- the union ---

    def _found(self) -> None:
        self.slug = f"marked-{next(BODIES)}"
        self.context = records.context_of_new_body(
            self.session, BEGAN, slug=self.slug, time_zone=str(ZONE), pages="open"
        )
        unit = bodies.add_unit(self.context, "Center for Research").id
        self.unit = unit
        self.other_unit = bodies.add_unit(self.context, "Center for Safety").id
        self.next_unit = bodies.add_unit(self.context, "Center for Teaching").id
        self.author, self.manager, self.confirmer, self.office = (
            self._person(who) for who in ("author", "manager", "confirmer", "office")
        )
        self.convention = conventions.record(
            self.context,
            "2025",
            "Testville 2025",
            conventions.Dates(year=2025, opens_on=date(2025, 2, 1), closes_on=date(2025, 2, 5)),
        )
        self.items = []
        for number in ("1", "2"):
            maker = Mover(
                FloorPart.MAKER,
                bodies.add_delegation(self.context, f"State {number}").id,
                self._name("maker"),
            )
            item = items.register(
                self.context,
                self.convention,
                "new_business_item",
                number,
                NewVersion(words=f"Do the thing number {number}.", title=f"Item number {number}"),
                movers=[maker],
            )
            records.adopt(self.context, item, date(2025, 2, 4), unit, self.author.id)
            self.items.append(item)
        self.days.append(self.context.today)
        members_codes.make(
            self.session,
            self.convention.id,
            person_id=self.office.id,
            now=self.context.now,
            seen=0,
        )
        self.session.commit()

    @property
    def today(self) -> date:
        return self.context.today

    def _mark(self, what: str, **more: Any) -> MarkedWords:
        marked = MarkedWords(marker=f"xq{next(NUMBERS):05d}z", what=what, **more)
        self.marked_words.append(marked)
        return marked

    def _name(self, what: str) -> str:
        """Names of people count as released with their first day.

        Whether they show is the body's setting.
        """
        return self._mark(f"name of the {what}", is_name=True, released_on=date.min).marker

    def _as(self, person: Person | None) -> ActContext:
        return replace(self.context, actor=Actor(person.id if person else 0, records.EVERY_ROLE))

    def _person(self, what: str) -> Person:
        person = people.add(self.context, self._name(what), self.unit)
        self.marked_words[-1].digest = person.name
        return person

    def play(self, move: str, seed: int) -> None:
        """One move; what it draws comes from the seed alone."""
        dice = Random(seed)
        later = timedelta(days=dice.choice([0, 0, 1, 7, 40]), seconds=1)
        self.context = replace(self.context, now=self.context.now + later)
        before = len(self.marked_words)
        savepoint = self.session.begin_nested()
        try:
            MOVES[move](self, dice)
        except (Refused, NotAllowed) as refusal:
            savepoint.rollback()
            self.session.expire_all()
            self.played.append(f"{self.today} {move}: refused, {refusal}")
        else:
            savepoint.commit()
            written = ", ".join(
                f"{marked.what} {marked.marker}" for marked in self.marked_words[before:]
            )
            self.played.append(f"{self.today} {move} {written}")
        self.session.commit()
        for withheld in self.after_commit:
            withheld.after_commit(self.session, self.settings)
        self.after_commit = []
        if self.today != self.days[-1]:
            self.days.append(self.today)

    # --- what is written and released ---

    def _clause(self, item: Item) -> int:
        return (
            self.session.scalars(sa.select(Clause.id).where(Clause.item_id == item.id)).first() or 0
        )

    def _log(self, dice: Random, corrects: Statement | None = None, done: bool = False) -> None:
        item = corrects.item if corrects else dice.choice(self.items)
        internal = dice.random() < 0.3
        words, reason = self._mark("words of an entry"), self._mark("reason of a claim")
        open_link, closed_link = (
            self._mark("title of a link"),
            self._mark("title of an internal link"),
        )
        file_name, file_words = (
            self._mark("name of an internal file"),
            self._mark("bytes of a file"),
        )
        category, payee, note = self._mark("category"), self._mark("payee"), self._mark("note")
        sha256 = store.keep(self.files, file_words.marker.encode())
        shown = [
            NewEvidence(
                kind=EvidenceKind.LINK,
                title=open_link.marker,
                url=f"https://example.org/{open_link.marker}",
                internal=False,
            ),
            NewEvidence(
                kind=EvidenceKind.LINK,
                title=closed_link.marker,
                url=f"https://example.org/{closed_link.marker}",
            ),
            NewEvidence(
                kind=EvidenceKind.FILE,
                title=file_name.marker,
                sha256=sha256,
                media_type="text/plain",
                size=8,
            ),
        ]
        claimed = Claimed.DONE if done else dice.choice([Claimed.BLOCKED, Claimed.PROGRESS, None])
        spent = None
        if dice.random() < 0.5:
            spent = Decimal(dice.randrange(100_000, 999_999)) / 100
        answer = MoneySaid.AMOUNT if spent else dice.choice([MoneySaid.NOT_KNOWN_YET, None])
        saying = NewClaim(
            clause_id=self._clause(item),
            claimed=claimed,
            reason=reason.marker,
            money=answer if done else None,
        )
        paid = (
            [
                money.NewExpense(
                    amount=spent,
                    on=self.today,
                    category=category.marker,
                    payee=payee.marker,
                    note=note.marker,
                )
            ]
            if spent
            else []
        )
        author = self._as(self.author)
        entry = progress.log(
            author,
            item,
            progress.NewEntry(
                words=f"They wrote {words.marker}.",
                on=self.today,
                claims=[saying],
                evidence=shown,
                expenses=paid,
                internal=internal,
                corrects=corrects.row.id if corrects else None,
            ),
        )
        statement = Statement(
            row=entry, item=item, internal=internal, spent=spent, corrects=corrects
        )
        statement.words = [words, reason, category]
        statement.kept_inside = [payee, note, closed_link, file_name, file_words]
        keys = self.session.scalars(
            sa.select(Evidence.id).where(Evidence.entry_id == entry.id).order_by(Evidence.id)
        )
        statement.evidence = {next(iter(keys)): [open_link]}
        words.digest = entry.words
        self.entries.append(statement)

    def log(self, dice: Random) -> None:
        self._log(dice)

    def claim_done(self, dice: Random) -> None:
        self._log(dice, done=True)

    def correct(self, dice: Random) -> None:
        if self.entries:
            self._log(dice, corrects=dice.choice(self.entries))

    def release(self, dice: Random) -> None:
        waiting = [statement for statement in self.entries if statement.state == "waiting"]
        if not waiting:
            return
        statement = dice.choice(waiting)
        progress.release(self._as(self.manager), statement.item, statement.row)
        self._released(statement)
        before = statement.corrects
        while before:  # also what that one had corrected, be it that nobody released it
            before.corrected = True
            before = before.corrects

    def _released(self, statement: Statement) -> None:
        statement.state = "released"
        opened = [marked for marked_words in statement.evidence.values() for marked in marked_words]
        for marked in statement.words + opened:
            marked.released_on = self.today

    def send_back(self, dice: Random) -> None:
        waiting = [statement for statement in self.entries if statement.state == "waiting"]
        if waiting:
            statement, reason = dice.choice(waiting), self._mark("reason of sending back")
            progress.send_back(
                self._as(self.manager), statement.item, statement.row, f"Because {reason.marker}."
            )
            statement.state = "returned"

    def withdraw(self, dice: Random) -> None:
        waiting = [statement for statement in self.entries if statement.state == "waiting"]
        if waiting:
            statement = dice.choice(waiting)
            progress.withdraw(self._as(self.author), statement.item, statement.row)
            statement.state = "withdrawn"

    def review(self, dice: Random) -> None:
        claims = self.session.scalars(
            sa.select(Claim).where(
                Claim.entry_id.in_([statement.row.id for statement in self.entries]),
                Claim.claimed == Claimed.DONE,
            )
        ).all()
        if claims:
            claim, reason = dice.choice(claims), self._mark("reason of a review")
            item = next(item for item in self.items if item.id == claim.item_id)
            result = dice.choice(
                [Result.CONFIRMED, Result.CONFIRMED, Result.RETURNED, Result.REOPENED]
            )
            reviews.review(self._as(self.confirmer), item, claim.id, result, reason.marker)

    def reopen(self, dice: Random) -> None:
        """What was confirmed, or is now: a history by chance seldom has both."""
        claims = self.session.scalars(
            sa.select(Claim).where(
                Claim.entry_id.in_(
                    [
                        statement.row.id
                        for statement in self.entries
                        if statement.state == "released"
                    ]
                ),
                Claim.claimed == Claimed.DONE,
            )
        ).all()
        if not claims:
            return
        claim, reason = dice.choice(claims), self._mark("reason of reopening")
        item, context = (
            next(item for item in self.items if item.id == claim.item_id),
            self._as(self.confirmer),
        )
        newest = self.session.scalars(
            sa.select(Review.result).where(Review.claim_id == claim.id).order_by(Review.id.desc())
        ).first()
        if newest is None:
            reviews.review(context, item, claim.id, Result.CONFIRMED, None)
        reviews.review(context, item, claim.id, Result.REOPENED, reason.marker)

    def hand_over(self, dice: Random) -> None:
        """The unit that led an item since the beginning gives it away, for ever."""
        item = dice.choice(self.items)
        assignments.assign(self._as(self.office), item, Part.LEAD, self.next_unit)
        self.handed_over.add(item.id)

    def explain(self, dice: Random) -> None:
        """Why the cost differs: an entry like any other, which waits for its release."""
        words, item = self._mark("words of an explanation"), dice.choice(self.items)
        entry = money.explain(self._as(self.author), item, f"It cost more: {words.marker}.")
        words.digest = entry.words
        self.entries.append(Statement(row=entry, item=item, internal=False, words=[words]))

    def spend(self, dice: Random) -> None:
        """Money of finance: it belongs to an entry as well."""
        category, payee, item = self._mark("category"), self._mark("payee"), dice.choice(self.items)
        amount = Decimal(dice.randrange(100_000, 999_999)) / 100
        spent = money.NewExpense(
            amount=amount, on=self.today, category=category.marker, payee=payee.marker
        )
        entry = money.spend(self._as(self.author), item, spent)
        self.entries.append(
            Statement(
                row=entry,
                item=item,
                internal=False,
                words=[category],
                kept_inside=[payee],
                spent=amount,
            )
        )

    def state_outcome(self, dice: Random) -> None:
        words, tie, item = (
            self._mark("words of an outcome"),
            self._mark("tie of an outcome"),
            dice.choice(self.items),
        )
        link = self._mark("title of a link")
        shown = [
            NewEvidence(
                kind=EvidenceKind.LINK,
                title=link.marker,
                url=f"https://example.org/{link.marker}",
                internal=False,
            )
        ]
        outcome = outcomes.state(
            self._as(self.author),
            item,
            dice.choice(list(Level)),
            words.marker,
            self.today,
            tie.marker,
            shown,
        )
        key = (
            self.session.scalar(sa.select(Evidence.id).where(Evidence.outcome_id == outcome.id))
            or 0
        )
        words.digest = outcome.words
        self.outcomes.append(
            Statement(
                row=outcome, item=item, internal=False, words=[words, tie], evidence={key: [link]}
            )
        )

    def release_outcome(self, dice: Random) -> None:
        waiting = [statement for statement in self.outcomes if statement.state == "waiting"]
        if waiting:
            statement = dice.choice(waiting)
            outcomes.release(self._as(self.manager), statement.item, statement.row)
            self._released(statement)

    def confirm_outcome(self, dice: Random) -> None:
        if self.outcomes:
            statement = dice.choice(self.outcomes)
            reviews.review_outcome(
                self._as(self.confirmer), statement.item, statement.row, Result.CONFIRMED
            )

    def ask_from_outside(self, dice: Random) -> None:
        """About a claim of done or an outcome that waits for its confirmation.

        Where none does, one is logged: a history by chance seldom has one.
        """
        waiting = self._waiting_for_confirmation()
        if not waiting:
            self._log(dice, done=True)
            logged = self.entries[-1]
            if logged.internal:
                return
            progress.release(self._as(self.manager), logged.item, logged.row)
            self._released(logged)
            waiting = self._waiting_for_confirmation()
        statement, claims, outcome_ids = dice.choice(waiting)
        name, role, organisation = (
            self._mark(f"{what} of somebody outside").marker
            for what in ("name", "role", "organisation")
        )
        who = WhoIsAsked(name=name, role=role, organisation=organisation)
        link = outside_links.ask(self._as(self.office), who, claims, outcome_ids)
        self.link = OutsideLinkMade(
            token=link.token,
            asks_about=statement,
            who=frozenset((name, role, organisation)),
        )

    def _waiting_for_confirmation(self) -> list[tuple[Statement, set[int], set[int]]]:
        """What is released and not decided, with the key of its claim or its outcome."""
        decided = self.session.execute(sa.select(Review.claim_id, Review.outcome_id)).all()
        claims = {key for key, _outcome in decided}
        outcome_ids = {key for _claim, key in decided}
        waiting: list[tuple[Statement, set[int], set[int]]] = []
        for statement in self.entries:
            claim = self.session.scalars(
                sa.select(Claim.id).where(
                    Claim.entry_id == statement.row.id, Claim.claimed == Claimed.DONE
                )
            ).first()
            if claim and claim not in claims and self._is_read(statement):
                waiting.append((statement, {claim}, set()))
        waiting += [
            (statement, set(), {statement.row.id})
            for statement in self.outcomes
            if statement.row.id not in outcome_ids and self._is_read(statement)
        ]
        return waiting

    def _is_read(self, statement: Statement) -> bool:
        """Whether it is released, and neither corrected nor withheld."""
        is_withheld = any(subject is statement.row for _item, subject, _gone in self.withheld)
        return statement.state == "released" and not statement.corrected and not is_withheld

    # --- what is taken off ---

    def withhold(self, dice: Random) -> None:
        if dice.random() < 0.25:
            self._withhold_name(dice.choice(self.items))
            return
        released = [
            statement for statement in self.entries + self.outcomes if statement.state == "released"
        ]
        if not released:
            return
        statement = dice.choice(released)
        subject: Any = statement.row
        gone = statement.words + [
            marked for marked_words in statement.evidence.values() for marked in marked_words
        ]
        if statement.evidence and dice.random() < 0.3:
            key, gone = dice.choice(list(statement.evidence.items()))
            subject = self.session.get_one(Evidence, key)
        context, kind = self._as(self.office), dice.choice(list(WithheldFor))
        with withholding_of(context, self.settings, statement.item, subject, kind) as reports:
            withholding.withhold(context, statement.item, subject, kind, self._why())
        self._issued_anew(reports)
        self._withheld(statement.item, subject, gone)

    def _why(self) -> str:
        """For governance and the auditor."""
        return self._mark("reason of withholding").marker

    def _withhold_name(self, item: Item) -> None:
        """Of the maker."""
        person = self.session.scalars(
            sa.select(FloorPerson).where(FloorPerson.item_id == item.id)
        ).one()
        context, kind = self._as(self.office), WithheldFor.LEGAL
        with withholding_of(context, self.settings, item, person, kind) as reports:
            withholding.withhold(context, item, person, kind, self._why())
        self._issued_anew(reports)
        name = self.session.get_one(Text, person.name).words
        self._withheld(item, person, [one for one in self.marked_words if one.marker == name])

    def _withheld(self, item: Item, subject: Any, gone: list[MarkedWords]) -> None:
        self.withheld.append((item, subject, gone))
        for marked in gone:
            marked.hidden = True

    def lift(self, dice: Random) -> None:
        """What was withheld is read again; but for what something else hides."""
        if not self.withheld:
            return
        item, subject, gone = self.withheld.pop(dice.randrange(len(self.withheld)))
        context = self._as(self.office)
        key = withholding.standing_withholding(context, subject)
        withholding.lift(context, item, self.session.get_one(Withholding, key), self._why())
        still_hidden = {id(one) for _item, _subject, others in self.withheld for one in others}
        for marked in gone:
            marked.hidden = id(marked) in still_hidden or id(marked) in self.erased

    def erase(self, dice: Random) -> None:
        """Of words, or of somebody's name."""
        written = [marked for marked in self.marked_words if marked.digest and not marked.hidden]
        if written:
            marked = dice.choice(written)
            context, taken = self._as(None), TakenFromReaders()
            with withholding_from_reports(context, self.settings, taken, None) as reports:
                erasing.erase(context, marked.digest or "", WithheldFor.PERSONAL_DATA)
            self._issued_anew(reports)
            marked.hidden = True
            self.erased.add(id(marked))

    def names_on_or_off(self, dice: Random) -> None:
        self.names = not self.names
        context, value = self._as(None), "yes" if self.names else "no"
        with change_of_setting(context, self.settings, "show_names", value) as reports:
            bodies.set_setting(context, "show_names", value)
        self._issued_anew(reports)

    def pages_open_or_closed(self, dice: Random) -> None:
        self.open = not self.open
        bodies.set_setting(self._as(None), "pages", "open" if self.open else "closed")

    # --- what is not on record yet, and what lists bring ---

    def draft(self, dice: Random) -> None:
        words, name = self._mark("words of a draft"), self._mark("name of a file of a form")
        item, context = dice.choice(self.items), self._as(self.author)
        upload = drafts.take(context, item, self.uploads, f"{name.marker}.txt", b"Some text.\n")
        drafts.save(context, item, {"words": words.marker}, [upload.id])

    def list_comes(self, dice: Random) -> None:
        """A list with columns for which the record has no field, and with updates that wait."""
        cells = {
            heading: self._mark(f"cell of {heading}", column=heading, released_on=self.today)
            for heading in COLUMNS
        }
        update = self._mark("an imported update")
        item = dice.choice(self.items)
        row = {"Number": item.number, "Title": "", "Status update": update.marker}
        row |= {heading: cell.marker for heading, cell in cells.items()}
        table = "\r\n".join([",".join(row), ",".join(row.values())]).encode()
        body = self.session.get_one(Body, self.context.body_id)
        options = ImportOptions(body=body.slug, convention="2025", create=False)
        shown = preview(
            self.session,
            read_bytes(table, "list.csv"),
            mapping_file.mapping_of({"kind": "new_business_item"}),
            options,
            self.today,
        )
        before = self.session.scalar(sa.select(sa.func.max(Entry.id))) or 0
        plan_writer.apply(self.session, shown, self.context.now)
        entry = self.session.scalars(sa.select(Entry).where(Entry.id > before)).one()
        statement = Statement(row=entry, item=item, internal=False, words=[update])
        self.entries.append(statement)
        newest = self.session.scalars(sa.select(ListImport).order_by(ListImport.id.desc())).first()
        assert newest is not None
        self.lists.append((newest, statement, list(cells.values())))

    def undo_list(self, _dice: Random) -> None:
        """Unless something was built on it, nobody reads any of it any more, on no day."""
        if not self.lists:
            return
        imported, statement, cells = self.lists[-1]
        undoing.undo_import(self._as(self.office), imported)
        self.lists.pop()
        self.entries.remove(statement)
        for marked in statement.words + cells:
            marked.undone = True

    # --- who may read it ---

    def settle_who_reads(self, dice: Random) -> None:
        """Public twice as often: else little could leak."""
        visibility = dice.choice([*Visibility, Visibility.PUBLIC])
        by_edition = dice.random() < 0.5
        publications.set_publication(
            self._as(self.office), self.conventions_row(), visibility, by_edition=by_edition
        )
        self.visibility, self.by_edition = visibility, by_edition

    def publish_edition(self, _dice: Random) -> None:
        office = self._as(self.office)
        edition = publications.pin_edition(office, self.conventions_row())
        publications.publish_edition(office, edition)
        self.edition = frozenset(
            marked.marker
            for marked in self.marked_words
            if marked.released_on is not None
            and not marked.undone
            and (marked.column is None or marked.column in self.columns)
        )

    def open_or_close_column(self, dice: Random) -> None:
        """Of a list; one comes where none is there."""
        if not self.lists:
            self.list_comes(dice)
        heading, office = dice.choice(COLUMNS), self._as(self.office)
        if heading in self.columns:
            taken = TakenFromReaders()
            with withholding_from_reports(office, self.settings, taken, None) as reports:
                columns.close_column(office, self.convention, [heading])
            self._issued_anew(reports)
        else:
            columns.open_column(office, self.convention, [heading])
        self.columns ^= {heading}

    # --- reports that are issued ---

    def issue_report(self, dice: Random) -> None:
        """With all that it can say: a section for each item. Its files may be made later."""
        office = self._as(self.office)
        request = ReportRequest(kind=ReportKind.FULL, convention_ids=(self.convention.id,))
        try:
            collected = collect(self.session, office.body_id, request, office.now)
        except NotOnRecord:  # nothing is published yet
            return
        report = issuing.issue_collected(
            office, request, collected, IssueOptions(variants=TEXT_FORMS)
        )
        self.issued[report.id] = ReportIssued(
            id=report.id, number=report.number, on=self.today, markers=self._readable_now()
        )
        if dice.random() < 0.6:
            self.make_files(dice)

    def make_files(self, _dice: Random) -> None:
        """The worker does, of all that were issued."""
        for key in self.issued:
            in_work = issued_files.report_in_work(self.session, key)
            if in_work is not None:
                files = issued_files.make_files(
                    self.session, self.settings, in_work, key, lambda *_progress: None
                )
                issued_files.keep_files(self.session, self.settings, in_work, files)

    def _issued_anew(self, reports: WithheldReports) -> None:
        """What takes the place of a report has nothing that this had not."""
        self.after_commit.append(reports)
        by_number = {report.number: report for report in self.issued.values()}
        for pair in reports.reports:
            key = self.session.scalars(
                sa.select(IssuedReport.id).where(IssuedReport.number == pair.anew)
            ).one()
            before = by_number[pair.number]
            self.issued[key] = replace(before, id=key, number=pair.anew)

    def _readable_now(self) -> frozenset[str]:
        """Names count as read: whether they show is of today."""
        return frozenset(
            marked.marker
            for marked in self.marked_words
            if marked.released_on is not None
            and not marked.undone
            and (not self.by_edition or marked.marker in (self.edition or frozenset()))
        )

    def forbidden_in_report(
        self, report: ReportIssued, has_code: bool = False
    ) -> Iterator[MarkedWords]:
        """What must not stand in its files, nor where they are listed and checked."""
        may_read = {Visibility.PUBLIC, Visibility.MEMBERS} if has_code else {Visibility.PUBLIC}
        is_open = self.open and self.visibility in may_read
        now = {marked.marker for marked in self.forbidden(self.today, has_code=has_code)}
        for marked in self.marked_words:
            was_read = marked.marker in report.markers and marked.shows_in_edition(
                report.on, self.names, self.columns
            )
            if not is_open or (not was_read and marked.marker in now):
                yield marked

    # --- what follows from it all ---

    def spent_of(self, item: Item) -> Decimal | None:
        """The public total of an item: of released entries that no released correction replaces."""
        amounts = [
            statement.spent
            for statement in self.entries
            if statement.item is item
            and statement.state == "released"
            and not statement.corrected
            and statement.spent is not None
        ]
        return sum(amounts, Decimal(0)) if amounts else None

    def forbidden(
        self, page_day: date, handed_out: bool = False, has_code: bool = False
    ) -> Iterator[MarkedWords]:
        """What the public must not read where it speaks of that day.

        What the office hands out is read of a closed body and of a hidden convention, too, and is
        the record as it is.

        :param has_code: whether whoever reads typed the code of the hall
        """
        may_read = {Visibility.PUBLIC, Visibility.MEMBERS} if has_code else {Visibility.PUBLIC}
        is_open = handed_out or (self.open and self.visibility in may_read)
        in_edition = None
        if self.by_edition and not handed_out:
            in_edition = self.edition or frozenset()
        return (
            marked
            for marked in self.marked_words
            if not is_open or not self._shows(marked, page_day, in_edition)
        )

    def forbidden_outside(self) -> Iterator[MarkedWords]:
        """What must not stand on the page of the one-time link: all but what it asks about."""
        assert self.link is not None
        statement = self.link.asks_about
        written = [*statement.words, *statement.kept_inside]
        written += [marked for opened in statement.evidence.values() for marked in opened]
        asked = {
            marked.marker
            for marked in written
            if self._is_read(statement)
            and marked.what not in NEVER_OUTSIDE
            and not (marked.hidden or marked.undone)
        }
        return (
            marked for marked in self.marked_words if marked.marker not in asked | self.link.who
        )

    def _shows(
        self, marked: MarkedWords, page_day: date, in_edition: frozenset[str] | None
    ) -> bool:
        if in_edition is None:
            return marked.shows(page_day, self.names, self.columns)
        return marked.marker in in_edition and marked.shows_in_edition(
            page_day, self.names, self.columns
        )

    def conventions_row(self) -> Convention:
        return self.session.get_one(Convention, self.convention.id)


# Of the expenses: the page of the one-time link says what was spent in all.
NEVER_OUTSIDE = ("payee", "note", "category")
MOVES: dict[str, Callable[[History, Random], None]] = {
    "log": History.log,
    "claim done": History.claim_done,
    "correct": History.correct,
    "release": History.release,
    "send back": History.send_back,
    "withdraw": History.withdraw,
    "review": History.review,
    "reopen": History.reopen,
    "hand over": History.hand_over,
    "explain": History.explain,
    "spend": History.spend,
    "state outcome": History.state_outcome,
    "release outcome": History.release_outcome,
    "confirm outcome": History.confirm_outcome,
    "withhold": History.withhold,
    "lift": History.lift,
    "erase": History.erase,
    "names on or off": History.names_on_or_off,
    "pages open or closed": History.pages_open_or_closed,
    "draft": History.draft,
    "list comes": History.list_comes,
    "list undone": History.undo_list,
    "ask from outside": History.ask_from_outside,
    "open or close a column": History.open_or_close_column,
    "settle who reads": History.settle_who_reads,
    "publish an edition": History.publish_edition,
    "issue a report": History.issue_report,
    "make the files of reports": History.make_files,
}
# A report is issued, and its files are made: in each history, with much before it and after it.
IN_THE_MIDDLE = ("issue a report", "make the files of reports")
# Moves without which little happens are drawn more often.
OFTEN = ("log", "release", "correct", "claim done", "release")
