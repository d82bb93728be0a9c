"""One row of a table as understood: identity, text, people, money, the floor's action, follow-through. The record is not asked here."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tracker.importing.codes import Field
from tracker.importing.problems import Problem, Severity
from tracker.importing.tables.columns import Sure
from tracker.importing.tables.headings import names_the_meeting
from tracker.importing.tables.item_tables import TableRow
from tracker.importing.tables.sheets import LONGEST_CELL
from tracker.importing.values import costs, dates, kinds, meetings, sponsors, statuses, texts
from tracker.importing.values.amounts import exact
from tracker.importing.values.costs import Cost
from tracker.importing.values.meetings import Meeting
from tracker.importing.values.sponsors import PeopleColumn
from tracker.importing.vocabulary.status_words import YES
from tracker.rules import item_code
from tracker.rules.codes import Basis, Decision
from tracker.rules.item_code import LONGEST
from tracker.translation import gettext as _
from tracker.translation import ngettext

from . import continued_rows, doubts
from .cells import NAME, Cells
from .file_reading import FileReading, SheetContext
from .floors import follow_through, what_the_floor_did
from .imported_row import DatedUpdate, ImportedRow, Person
from .mapping import ListMapping


def understand(reading: FileReading, row: TableRow) -> ImportedRow:
    """What one row says. Its problems are in it; a row with an error has no meaning beyond its identity."""
    cells = Cells(reading, row)
    whole = tuple(
        (column.heading, words)
        for column in reading.columns
        if column.heading
        and column.field is not Field.LEFT_OUT
        and (words := cells.repaired(cells.at(column)))
    )
    too_long = [column for column in reading.columns if len(cells.at(column)) > LONGEST_CELL]
    if too_long:
        cells.warn(
            too_long[0],
            _(
                "The cell has %(length)s characters, the most is %(most)s.",
                length=len(cells.at(too_long[0])),
                most=LONGEST_CELL,
            ),
            _("Is a quotation mark missing? Correct the file."),
            severity=Severity.ERROR,
        )
        return ImportedRow(
            row_number=row.number,
            sheet=row.sheet,
            year=None,
            convention=None,
            kind=reading.kind,
            number="",
            published=None,
            problems=tuple(cells.problems),
        )
    code, year, meeting = _code(cells)
    kind = _kind(cells, code)
    code = _with_letters(code, kind)
    text, title, from_text, truncated, cut_off = _text(cells, code)
    if not (code.normalised or title or text):
        shown = "; ".join(words for _heading, words in whole)[:80]
        cells.warn(
            Field.NUMBER,
            _("Neither number, title nor text, only %(words)r.", words=shown),
            _("Leave the row out, or give it one of them."),
            severity=Severity.ERROR,
        )
    floor, vote = what_the_floor_did(cells, from_text, year)
    if floor and _is_of_an_amendment(cells, kind):
        floor, vote = (), None
    floor_on = min((each.on for each in floor if each.on), default=None) or (
        reading.begins.get(year) if year else None
    )
    follow = follow_through(cells, year, floor_on)
    updates = _with_a_day(cells, follow.updates)
    delegations, makers, seconders, contacts = _people(cells)
    sentence, cost, cost_columns = _cost(cells)
    decision, decided_on = _decision(cells, year, floor_on)
    recommendation = cells.words(Field.RECOMMENDATION)
    for column in reading.columns:
        if column.field is Field.SOURCE:
            cells.keep(column)
    revision = cells[Field.REVISION]
    if revision and not revision.isdecimal():  # a spreadsheet has rounded it: "1E+11"
        cells.warn(
            Field.REVISION,
            _(
                "%(cell)r is not what was exported: what was changed here by hand since the last import is kept.",
                cell=revision[:60],
            ),
            _("Export again, and leave that column as it is."),
            keep=False,
        )
    return ImportedRow(
        row_number=row.number,
        sheet=row.sheet,
        year=year,
        convention=meeting.meeting,
        kind=kind,
        number=code.normalised,
        published=code.published or None,
        title=title,
        text=text,
        truncated=truncated,
        seems_cut_off=cut_off,
        rationale=cells.words(Field.RATIONALE),
        delegations=delegations,
        makers=makers,
        seconders=seconders,
        contacts=contacts,
        floor=floor,
        vote=vote,
        recommendation=recommendation,
        sentence=sentence,
        cost=cost,
        cost_columns=cost_columns,
        lead=_unit(cells),
        person=cells.name(Field.PERSON),
        due=cells.day(Field.DUE, year, not_before=floor_on),
        followed=follow.followed,
        followed_words=follow.words,
        updates=updates,
        updated_on=follow.updated_on,
        claimed_on=follow.claimed_on,
        spent=_spent(cells),
        appropriated=cells.money(Field.APPROPRIATED),
        fund=cells.name(Field.FUND),
        merged_into=cells.words(Field.MERGED_INTO),
        decision=decision,
        decided_on=decided_on,
        revision=int(revision) if revision.isdecimal() else None,
        cells=tuple(cells.kept),
        undecided_cells=tuple(dict.fromkeys(cells.undecided)),
        published_cells=whole,
        problems=tuple(cells.problems),
        meeting_is_blank=meeting.is_blank,
        named_by=meeting.named_by,
        unnumbered=_unnumbered(cells),
        kind_is_assumed=_kind_is_assumed(cells, code),
        unclear_people=tuple(column.heading for column in cells.unclear),
    )


@dataclass(frozen=True)
class _MeetingSaid:
    meeting: Meeting | None = None
    year: int | None = None  # where the row itself says none
    is_blank: bool = False
    named_by: str | None = None


def _meeting(cells: Cells, year: int | None) -> _MeetingSaid:
    """The meeting that the row names, else a line above it, else its sheet or its title."""
    told, around = cells.reading.mapping, cells.reading.sheets.get(cells.row.sheet, SheetContext())
    cell, year_cell = cells[Field.CONVENTION], cells[Field.YEAR]
    if not cell and meetings.read(year_cell).special is not None:
        cell = year_cell
    if cell:
        return _MeetingSaid(_named(told, cell, year))
    is_blank = Field.CONVENTION in cells.place
    if cells.row.meeting:
        said = _named(told, cells.row.meeting, year)
        return _MeetingSaid(
            said,
            said.year,
            False,
            _("The line %(words)r above the row", words=cells.row.meeting[:60]),
        )
    if mapped := told.convention(cells.row.sheet):
        return _MeetingSaid(_at(mapped, cells.row.sheet), meetings.year_of(mapped))
    on = _day_of_meeting(cells, year)
    if on:
        return _MeetingSaid(on)
    if around.meeting or around.year:
        return _MeetingSaid(
            around.meeting, around.year, is_blank and not around.meeting, around.named_by
        )
    return _MeetingSaid(is_blank=is_blank)


def _named(told: ListMapping, words: str, year: int | None) -> Meeting:
    """As the mapping says it, else as the words do."""
    mapped = told.convention(words)
    return _at(mapped, words) if mapped else meetings.read(words, year)


def _at(slug: str, words: str) -> Meeting:
    return Meeting(
        words=" ".join(words.split()),
        year=meetings.year_of(slug),
        special=meetings.read(slug).special,
        slug=slug,
    )


def _day_of_meeting(cells: Cells, year: int | None) -> Meeting | None:
    """The day in a column that is named for the meeting ("Meeting date"): days far from each other are of two meetings."""
    column = cells.place.get(Field.FLOOR_DATE)
    if column is None or not (
        cells.reading.mapping.conventions or names_the_meeting(column.heading)
    ):
        return None
    cell = cells.at(column)
    if mapped := cells.reading.mapping.convention(cell):
        return _at(mapped, cell)
    on = dates.read(
        cell, cells.reading.mapping.date_order or cells.reading.orders.get(column.place), year
    ).on
    if on is None or not names_the_meeting(column.heading) or (year and on.year != year):
        return None
    return Meeting(
        words=on.isoformat(), year=on.year, special=None, number=None, month=on.month, day=on
    )


def _code(cells: Cells) -> tuple[kinds.Code, int | None, _MeetingSaid]:
    """Number, year and meeting; a code column speaks where no number does, and all must agree on the year."""
    reading = cells.reading
    year_said = re.search(r"(?:19|20)\d\d", cells[Field.YEAR])
    year = int(year_said[0]) if year_said else None
    said = _meeting(cells, year)
    of_meeting = said.meeting.year if said.meeting and not said.named_by else None
    if (
        year
        and of_meeting
        and year != of_meeting
        and len(meetings.YEAR.findall(cells[Field.CONVENTION])) == 1
    ):
        cells.warn(
            Field.CONVENTION,
            _("The meeting is of %(one)s, the row is of %(other)s.", one=of_meeting, other=year),
            _("Correct one of them."),
            severity=Severity.ERROR,
        )
    year = year or of_meeting
    number, code_cell = cells.words(Field.NUMBER) or "", cells.words(Field.CODE) or ""
    code = (
        kinds.code_of(number, year or reading.year)
        if number
        else kinds.Code(published="", normalised="")
    )
    by_code = kinds.code_of(code_cell, year or reading.year) if code_cell else None
    if (
        by_code
        and not code.normalised
        and by_code.normalised
        and not by_code.normalised.startswith("unnumbered")
    ):
        code = replace(
            by_code,
            published=number or by_code.published,
            kind=code.kind or by_code.kind,
            title=code.title,
        )
    elif by_code and by_code.kind and not code.kind:
        code = kinds.Code(
            published=code.published,
            normalised=code.normalised,
            kind=by_code.kind,
            year=code.year or by_code.year,
            title=code.title,
        )
    if code.year and year and code.year != year:
        cells.warn(
            Field.NUMBER,
            _("The number is of %(one)s, the row is of %(other)s.", one=code.year, other=year),
            _("Correct one of them."),
            severity=Severity.ERROR,
        )
    if code.several:
        cells.warn(
            Field.NUMBER,
            _(
                "%(cell)r names more than one item, and a row is one: it is taken without a number.",
                cell=code.published[:60],
            ),
            _("Write a row for each."),
        )
    if len(code.normalised) > LONGEST:
        cells.warn(
            Field.NUMBER,
            _("%(cell)r is too long for a number.", cell=code.published[:60]),
            _("Is it the title? Say so in the mapping file."),
            severity=Severity.ERROR,
        )
    return code, year or code.year or reading.mapping.year or said.year or reading.year, said


def _with_a_day(cells: Cells, updates: Sequence[DatedUpdate]) -> tuple[DatedUpdate, ...]:
    """Without those whose day waits for the office to say which number is the month: they come in with the answer."""
    if Field.UPDATED_ON not in cells.undecided_fields:
        return tuple(updates)
    cells.undecided += [(update.heading, update.words) for update in updates if update.on is None]
    return tuple(update for update in updates if update.on is not None)


def _spent(cells: Cells) -> Decimal | None:
    """Released and waiting together, as an export has them apart."""
    known = [
        amount
        for amount in (cells.money(Field.SPENT), cells.money(Field.SPENT_WAITING))
        if amount is not None
    ]
    return sum(known, Decimal(0)) if known else None


def _unit(cells: Cells) -> str | None:
    """The lead, by the name that the mapping gives to what the list writes."""
    name = cells.name(Field.LEAD)
    return cells.reading.mapping.unit(name) if name else None


def _unnumbered(cells: Cells) -> str | None:
    parsed = item_code.parse(cells[Field.CODE]) if cells[Field.CODE] else None
    return parsed[1] if parsed and parsed[1].startswith(item_code.UNNUMBERED) else None


def _kind(cells: Cells, code: kinds.Code) -> str:
    said = cells[Field.KIND]
    if said:
        own = re.sub(r"\W+", "_", said.casefold()).strip("_")
        if own in cells.reading.added_kinds:
            return own
        if kind := kinds.kind_of(said):
            return kind
        cells.warn(
            Field.KIND,
            _("%(cell)r is no kind of item that we know.", cell=said[:60]),
            _(
                "Taken as %(kind)s; say the kind in the file.",
                kind=(code.kind or cells.reading.kind).replace("_", " "),
            ),
        )
    section = kinds.kind_of(cells.row.section) if cells.row.section else None
    of_the_list = cells.reading.mapping.kind or (
        cells.reading.kind if cells.reading.kind_named else None
    )
    if code.lettered and code.kind and (section or of_the_list):
        said_once = section or of_the_list or code.kind
        if said_once != code.kind and not section:
            cells.warn(
                Field.NUMBER,
                _(
                    "%(cell)r is taken as %(kind)s, as the list says; its letters may mean %(other)s.",
                    cell=code.published[:40],
                    kind=said_once.replace("_", " "),
                    other=code.kind.replace("_", " "),
                ),
                _("If so, give a column kind."),
                keep=False,
            )
        return said_once
    return code.kind or section or cells.reading.mapping.kind or cells.reading.kind


def _kind_is_assumed(cells: Cells, code: kinds.Code) -> bool:
    named = code.kind or cells.row.section or cells[Field.KIND] or cells.reading.mapping.kind
    return not named and not cells.reading.kind_named


_OF_AN_AMENDMENT = re.compile(r"(?:the )?amendments? (?:was |were )?[^\W\d_]+[\W\d_]*", re.I)


def _is_of_an_amendment(cells: Cells, kind: str) -> bool:
    """ "Amendment lost" of a motion says nothing of the motion; of a bylaw amendment it is the item itself."""
    which = Field.FLOOR_ACTION if cells[Field.FLOOR_ACTION] else Field.STATUS
    cell = cells[which]
    is_told = statuses.key_of(cell) in cells.reading.mapping.statuses
    if kind.endswith("amendment") or is_told or not _OF_AN_AMENDMENT.fullmatch(cell):
        return False
    cells.warn(
        which,
        _(
            "%(cell)r is of an amendment: what the floor did with the item cannot be told.",
            cell=cell[:60],
        ),
        _("The action stays unknown; say what it means under [statuses] in the mapping file."),
    )
    return True


def _with_letters(code: kinds.Code, kind: str) -> kinds.Code:
    """Letters that do not mean the kind are part of the number: SR1 and LR1 are two resolutions."""
    return replace(code, normalised=code.lettered) if code.lettered and kind != code.kind else code


def _text(
    cells: Cells, code: kinds.Code
) -> tuple[str | None, str | None, str | None, bool | None, bool]:
    """Text, title, a status that stood at the head of the text, and whether the source cuts the text off: as it says, and as it seems."""
    title, text, status = cells.words(Field.TITLE), cells.words(Field.TEXT), None
    if title is None and code.title:
        title = code.title
    if cells.reading.is_export:
        return text, title, None, cells[Field.TEXT_TRUNCATED] in YES if text else None, False
    if title and len(title) > 500:
        text, title = (text or title), None
    if text:
        status, without = texts.status_before(text)
        if status:
            cells.warn(
                Field.TEXT,
                _("The text begins with %(status)r: taken as what the floor did.", status=status),
                keep=False,
            )
            text = without or None
    said = cells[Field.TEXT_TRUNCATED].casefold().strip()
    truncated, cut_off = (said in YES if text and said else None), False
    if text and not said:
        cut_off = texts.cut_off(text)
        if cut_off:
            cells.warn(
                Field.TEXT,
                _(
                    "The text ends in the middle: %(end)r. It is shown as cut off.",
                    end="…" + text[-40:],
                ),
                _("Give the whole text, or say no in a column text_truncated."),
                keep=False,
            )
    return text, title, status, truncated, cut_off


def _people(
    cells: Cells,
) -> tuple[tuple[str, ...], tuple[Person, ...], tuple[Person, ...], tuple[Person, ...]]:
    if cells.reading.is_export:
        return (
            tuple(
                filter(
                    None,
                    (each.strip() for each in (cells.words(Field.SUBMITTED_BY) or "").split(";")),
                )
            ),
            (),
            (),
            (),
        )
    column = cells.place.get(Field.SUBMITTED_BY)
    brought = _named_in(
        cells, Field.SUBMITTED_BY, (column.people if column else None) or PeopleColumn.SPONSORS
    )
    makers, seconders, contact = (
        _named_in(cells, which, _holds(cells, which))
        for which in (Field.MAKER, Field.SECONDER, Field.CONTACT)
    )
    state = texts.delegation(cells.words(Field.CONTACT_STATE) or "") or None
    delegations = [*brought.delegations, *makers.delegations]
    contacts = [
        *brought.contacts,
        *makers.contacts,
        *contact.contacts,
        *((name, group or state) for name, group in contact.persons),
    ]
    contacts += [("", each) for each in contact.delegations]
    if state and not any(group for _name, group in contacts):
        contacts.append(("", state))
    long = [
        each
        for each in (*delegations, *(group for _name, group in contacts if group))
        if len(each) > NAME
    ]
    if long:
        cells.warn(
            Field.SUBMITTED_BY,
            _("%(words)r is too long for the name of a delegation.", words=long[0][:40] + "…"),
            _("It is kept as published."),
        )
        delegations = [each for each in delegations if len(each) <= NAME]
    seconded = (*seconders.persons, *(("", each) for each in seconders.delegations))
    return (
        tuple(dict.fromkeys(delegations)),
        (*brought.persons, *makers.persons),
        seconded,
        tuple(dict.fromkeys(contacts)),
    )


def _holds(cells: Cells, which: Field) -> PeopleColumn:
    column = cells.place.get(which)
    return (column.people if column else None) or PeopleColumn.PERSONS


def _named_in(cells: Cells, which: Field, column: PeopleColumn) -> sponsors.People:
    """Words that can be a delegation or a person, or are neither, stay as published."""
    said = sponsors.read(cells.words(which) or "", column)
    if said.unclear:
        cells.unclear.append(cells.place[which])
        cells.keep(which)
    return said


def _cost(cells: Cells) -> tuple[str | None, Cost | None, frozenset[str]]:
    """The sentence, and what is understood of it; columns of their own for amount, basis, condition and assumption go before it."""
    sentence, column = cells.words(Field.COST), cells.place.get(Field.COST)
    cost = costs.read(sentence, column.heading if column else "") if sentence else None
    amount_cell, told = cells[Field.ESTIMATE_AMOUNT], set()
    if sentence is None and amount_cell:
        sentence = cells.words(Field.ESTIMATE_AMOUNT)
        cost = costs.read(sentence or "", cells.place[Field.ESTIMATE_AMOUNT].heading)
    if sentence is None or cost is None:
        return None, None, frozenset()
    sentence = unicodedata.normalize("NFC", sentence)
    values: dict[str, object] = {
        "basis": cost.basis,
        "amount": cost.amount,
        "conditional": cost.conditional,
        "assumption": cost.assumption,
        "budget": cost.budget,
        "doubt": cost.doubt,
    }
    if amount_cell and (amount := exact(amount_cell)) is not None and amount >= 0:
        told.add("amount")
        amount_column = cells.place[Field.ESTIMATE_AMOUNT]
        if amount_column.sure is Sure.CHECK and cost.amount not in (None, amount):
            cells.warn(
                amount_column,
                _(
                    "%(cell)r beside an estimate of %(other)s: which of them is the estimate cannot be told.",
                    cell=amount_cell[:40],
                    other=cost.amount,
                ),
                _(
                    "The sentence of the estimate counts; say in the mapping file what the column is."
                ),
            )
            amount = cost.amount
        values |= {"amount": amount, "doubt": None}
        if cost.amount is None and amount:
            values["basis"] = Basis.UNKNOWN
    if (basis := cells[Field.ESTIMATE_BASIS].casefold()) in frozenset(Basis):
        told.add("basis")
        values["basis"] = Basis(basis)
    if conditional := cells[Field.ESTIMATE_CONDITIONAL].casefold():
        told.add("conditional")
        values["conditional"] = conditional in YES
    if assumption := cells.words(Field.ESTIMATE_ASSUMPTION):
        told.add("assumption")
        values["assumption"] = assumption
    cost = _coherent(Cost(**values))  # type: ignore[arg-type]
    said = cells[Field.ESTIMATE_CURRENCY].upper()
    foreign = (
        cells.reading.currency not in (None, said)
        if re.fullmatch(r"[A-Z]{3}", said)
        else cells.foreign(sentence)
    )
    if cost.amount and foreign:
        cells.warn(
            Field.COST, *doubts.of_a_currency(sentence, cells.reading.currency or ""), keep=False
        )
        cost = replace(cost, amount=None, basis=Basis.UNKNOWN)
    elif cost.doubt:
        cells.warn(
            Field.COST if column and cells[Field.COST] else Field.ESTIMATE_AMOUNT,
            *doubts.of_a_cost(cost.doubt, sentence),
            keep=False,
        )
    return sentence, cost, frozenset(told)


def _coherent(cost: Cost) -> Cost:
    """Nothing beyond the budget is 0.00, and an amount above it is no longer nothing."""
    if cost.basis is Basis.NONE and cost.amount != 0:
        basis = Basis.UNKNOWN if cost.amount else Basis.NONE
        return Cost(
            basis=basis,
            amount=cost.amount if cost.amount else Decimal("0.00"),
            conditional=cost.conditional,
            assumption=cost.assumption,
            budget=cost.budget,
            doubt=cost.doubt,
        )
    return cost


DECISIONS = {
    Decision.ACCEPTED: "accepted adopted approved taken_up",
    Decision.ACCEPTED_IN_PART: "accepted_in_part partly_accepted accepted_as_modified",
    Decision.DECLINED: "declined rejected not_accepted denied",
    Decision.REPORTED_BACK: "reported_back reported report_made",
}


def _decision(
    cells: Cells, year: int | None, floor_on: date | None
) -> tuple[Decision | None, date | None]:
    """What a receiving unit decided: only with its day, since an answer rests on it."""
    table = cells.reading.mapping.statuses
    said, which = cells[Field.REFERRAL_DECISION], Field.REFERRAL_DECISION
    if not said:  # the office's table may say it of a cell that speaks of the floor too
        which = next(
            (
                field
                for field in (Field.STATUS, Field.FLOOR_ACTION)
                if statuses.decision_in_table(cells[field], table)
            ),
            which,
        )
        said = cells[which] if which is not Field.REFERRAL_DECISION else ""
    if not said:
        return None, None
    words = re.sub(r"\W+", "_", said.casefold()).strip("_")
    decision = statuses.decision_in_table(said, table) or next(
        (code for code, known in DECISIONS.items() if words in known.split()), None
    )
    on = cells.day(
        Field.REFERRAL_DECIDED_ON, year, not_before=floor_on, not_after=cells.reading.today
    )
    if decision is None:
        cells.warn(
            Field.REFERRAL_DECISION,
            _("%(cell)r is no decision that we know.", cell=said[:60]),
            _(
                "Write accepted, accepted in part, declined or reported back; or say what it means under [statuses] in the mapping file."
            ),
        )
        return None, None
    if on is None:
        cells.warn(
            which, _("The decision has no day."), _("Give it in a column referral_decided_on.")
        )
        return None, None
    return decision, on


def many(reading: FileReading, rows: Sequence[TableRow]) -> list[ImportedRow]:
    understood = [understand(reading, row) for row in continued_rows.continued(reading, rows)]
    asked: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(understood):
        for heading in row.unclear_people:
            asked[heading].append(place)
    for heading, places in asked.items():  # one warning for a column
        first = understood[places[0]]
        words = next((words for name, words in first.cells if name == heading), "")
        what = ngettext(
            "%(words)r: whether it is a delegation or a person cannot be told.",
            "%(words)r and %(more)s other cells: whether they are delegations or persons cannot be told.",
            len(places),
            words=words[:60],
            more=len(places) - 1,
        )
        to_do = _(
            "They are kept as published. A person is told by an initial (T. Quill), or beside the delegation (Vermont, T. Quill)."
        )
        problem = Problem(
            severity=Severity.WARNING,
            what=what,
            to_do=to_do,
            row=first.row_number,
            column=heading,
        )
        understood[places[0]] = replace(first, problems=(*first.problems, problem))
    return understood
