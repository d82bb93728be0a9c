"""Finding items: the cases of find_cases.toml, on both engines; whom it shows what, and when."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories import records
from tracker.acts import bodies, erasing, items, outcomes, progress, withholding
from tracker.acts.act_context import ActContext
from tracker.acts.items import Mover
from tracker.acts.progress import NewEntry
from tracker.reading.audience import OFFICE, PUBLIC, Audience, staff
from tracker.reading.find import find
from tracker.reading.find_models import FindFilters, FindResults
from tracker.record.as_of import AsOf
from tracker.record.conventions import Convention
from tracker.record.items import Item
from tracker.record.progress import Entry
from tracker.rules.codes import FloorPart, Kind, Level, WithheldFor
from tracker.search import index

HERE = Path(__file__).parent
ITEMS: list[dict[str, Any]] = tomllib.loads((HERE / "find_items.toml").read_text())["item"]
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "find_cases.toml").read_text())["case"]
NOW = datetime(2025, 8, 1, 15, tzinfo=UTC)


@dataclass(kw_only=True)
class Union:
    """The items of find_items.toml."""

    session: Session
    context: ActContext
    items: dict[str, Item] = field(default_factory=dict)
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    delegations: dict[str, int] = field(default_factory=dict)
    conventions: dict[str, Convention] = field(default_factory=dict)

    @classmethod
    def begin(cls, session: Session) -> Union:
        union = cls(
            session=session,
            context=records.context_of_new_body(session, NOW, leads_release="yes"),
        )
        for year in (2023, 2024, 2025):
            opens_on, closes_on = date(year, 7, 2), date(year, 7, 6)
            union.conventions[str(year)] = records.new_convention(
                union.context, year, opens_on, closes_on
            )
        for described in ITEMS:
            union.add(described)
        return union

    def add(self, described: dict[str, Any]) -> None:
        context = self.context
        year, number = described["at"].split("/")
        version = items.NewVersion(words=described["text"], title=described.get("title"))
        makers = [Mover(FloorPart.MAKER, self.delegation(name)) for name in described["by"]]
        convention = self.conventions[year]
        item = items.register(
            context, convention, Kind.NEW_BUSINESS_ITEM, number, version, movers=makers
        )
        self.items[described["at"]] = item
        adopted_on = date(int(year), 7, 5)
        records.adopt(context, item, adopted_on, self.unit(described["unit"]))
        evidence = [records.new_link(described["evidence"])] if "evidence" in described else []
        for words in described.get("entries", []):
            entry = self.log(item, words, evidence)
            progress.release(context, item, entry)
            self.entries.setdefault(described["at"], []).append(entry)
        for words in described.get("waiting", []):
            self.entries.setdefault(described["at"], []).append(self.log(item, words))
        if "outcome" in described:
            outcome = outcomes.state(
                context,
                item,
                Level.TIE_NOT_SHOWN,
                described["outcome"],
                context.today,
            )
            outcomes.release(context, item, outcome)

    def log(self, item: Item, words: str, evidence: Any = ()) -> Entry:
        entry = NewEntry(words=words, on=self.context.today, evidence=list(evidence))
        return progress.log(self.context, item, entry)

    def unit(self, name: str) -> int:
        if name not in self.units:
            self.units[name] = bodies.add_unit(self.context, name).id
        return self.units[name]

    def delegation(self, name: str) -> int:
        if name not in self.delegations:
            self.delegations[name] = bodies.add_delegation(self.context, name).id
        return self.delegations[name]

    def find(
        self,
        typed: str,
        audience: Audience = PUBLIC,
        as_of: AsOf | None = None,
        **filters: Any,
    ) -> FindResults:
        return find(
            self.session,
            self.context.body_id,
            typed,
            as_of=as_of or AsOf(self.context.today),
            audience=audience,
            filters=FindFilters(**filters),
        )

    def found(
        self, typed: str, audience: Audience = PUBLIC, as_of: AsOf | None = None
    ) -> list[str]:
        return self.names(self.find(typed, audience, as_of))

    def names(self, results: FindResults) -> list[str]:
        """Of the hits of a page, as find_cases.toml spells them."""
        names = {item.id: name for name, item in self.items.items()}
        return [names[hit.row.id] for hit in results.hits]

    def later(self, days: int = 1) -> None:
        self.context = replace(self.context, now=self.context.now + timedelta(days=days))


@pytest.fixture(scope="module")
def recorded(engine: sa.Engine) -> Iterator[Union]:
    with Session(engine) as session:
        recorded = Union.begin(session)
        session.commit()
        yield recorded


@pytest.fixture
def told(recorded: Union) -> Iterator[Union]:
    """The union, once for all tests that only read; whoever changes it has one of their own."""
    yield recorded
    recorded.session.rollback()  # and lets others write


@pytest.fixture
def union(engine: sa.Engine) -> Iterator[Union]:
    with Session(engine) as session:
        yield Union.begin(session)
        session.rollback()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['typed'] or 'nothing'}")
def test_case(told: Union, case: dict[str, Any]) -> None:
    audience = staff(frozenset(told.units.values())) if case.get("staff") else PUBLIC
    results = told.find(case["typed"], audience)
    names = told.names(results)
    if "found" in case:
        expected = case["found"]
        assert sorted(names) == sorted(expected)
        assert names == expected or case.get("any_order")
    else:
        assert names[: len(case["first"])] == case["first"]
    assert [each.meant for each in results.corrections] == (
        [case["meant"]] if "meant" in case else []
    )
    led = [name for name, item in told.items.items() if results.leads_to == path_of(told, item)]
    assert led == ([case["leads_to"]] if "leads_to" in case else [])
    if "place" in case:
        assert case["place"] in [found.place for found in results.hits[0].found]


def path_of(union: Union, item: Item) -> str:
    convention = union.session.get_one(Convention, item.convention_id)
    [body] = {hit.convention.body.slug for hit in union.find("monitors").hits}
    return f"/{body}/{convention.slug}/nbi-{item.number}"


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60


# --- who reads what, and when ---


def test_what_waits_is_found_by_people_of_its_units_alone(union: Union) -> None:
    own = staff(frozenset({union.units["Department of Bargaining"]}))
    others = staff(frozenset({union.units["Research"]}))
    assert union.found("translator quarter") == []
    assert union.found("translator quarter", others) == []
    assert union.found("translator quarter", OFFICE) == ["2025/7"]
    results = union.find("translator quarter", own)
    assert union.names(results) == ["2025/7"]
    assert results.hits[0].found[0].internal
    [entry] = union.entries["2025/7"]
    progress.release(union.context, union.items["2025/7"], entry)
    assert union.found("translator quarter") == ["2025/7"]


def test_words_across_what_is_public_and_what_is_internal(union: Union) -> None:
    own = staff(frozenset({union.units["Department of Bargaining"]}))
    assert union.found("tagalog quarter", own) == ["2025/7"]
    assert union.found("tagalog quarter") == []


def test_what_is_withheld_is_found_by_the_office_alone(union: Union) -> None:
    item = union.items["2025/9"]
    assert union.found("questionnaire") == ["2025/9"]
    entry = union.entries["2025/9"][1]
    withholding.withhold(union.context, item, entry, WithheldFor.PERSONAL_DATA)
    assert union.found("questionnaire") == []
    assert union.found("questionnaire", staff(frozenset(union.units.values()))) == []
    assert union.found("questionnaire", OFFICE) == ["2025/9"]
    # Nor is it proposed for a misspelt word.
    assert union.find("questionaire").corrections == ()


def test_what_is_erased_is_found_by_nobody(union: Union) -> None:
    entry = union.entries["2025/9"][1]
    words = union.session.get_one(Entry, entry.id).words
    erasing.erase(union.context, words, WithheldFor.PERSONAL_DATA)
    for audience in (PUBLIC, staff(frozenset(union.units.values())), OFFICE):
        assert union.found("questionnaire", audience) == []
    assert list(index.rebuild(union.session, union.context.body_id, check=True)) == []


def test_a_corrected_entry_is_found_by_its_new_words_alone(union: Union) -> None:
    item = union.items["2025/14"]
    [wrong] = union.entries["2025/14"]
    new = NewEntry(
        words="Three libraries were closed in March.", on=union.context.today, corrects=wrong.id
    )
    progress.release(union.context, item, progress.log(union.context, item, new))
    assert union.found("january") == []
    assert union.found("march libraries") == ["2025/14"]


def test_a_corrected_number_leads_to_the_item_as_the_old_one_does(union: Union) -> None:
    item = union.items["2024/67"]
    items.correct_designation(union.context, item, Kind.NEW_BUSINESS_ITEM, "76", None)
    assert union.found("nbi 76") == ["2024/67"]
    assert union.found("nbi 67") == ["2024/67"]


def test_another_language_of_the_body(union: Union) -> None:
    assert union.found("contratos") == []
    bodies.set_setting(union.context, "language", "es")
    assert list(index.rebuild(union.session, union.context.body_id, check=True)) == []
    assert union.found("comites") == ["2024/12"]


def test_another_body_is_not_looked_through(union: Union) -> None:
    other = records.context_of_new_body(union.session, NOW, slug="another-union")
    convention = records.new_convention(other, 2025)
    records.new_item(other, convention, "1", "Monitors of another union")
    assert union.found("monitors another union") == []
    results = find(union.session, other.body_id, "another", as_of=AsOf(other.today))
    assert results.count.items == 1


def test_as_of_an_earlier_day(union: Union) -> None:
    first_day = AsOf.known_on(union.context.today, union.context.zone)
    union.later(days=10)
    item = union.items["2025/15"]
    progress.release(union.context, item, union.log(item, "The stopwatch was bought."))
    union.add(
        {
            "at": "2025/20",
            "title": "Stopwatches",
            "text": "A stopwatch for every depot.",
            "by": ["Iowa"],
            "unit": "Research",
        }
    )
    assert sorted(union.found("stopwatch")) == ["2025/15", "2025/20"]
    then = union.find("stopwatch", as_of=first_day)
    assert (then.count.items, then.not_on_that_day) == (0, 2)
    assert union.found("drivers", as_of=first_day) == ["2025/15"]


# --- what is said of the results ---


def test_counts_and_filters(told: Union) -> None:
    results = told.find("monitors")
    assert [(found.convention.slug, found.count.items) for found in results.conventions] == [
        ("2025", 2),
        ("2024", 2),
        ("2023", 0),
    ]
    assert [(choice.value, choice.count.items) for choice in results.delegations.choices] == [
        ("Iowa", 2),
        ("Oregon", 1),
        ("The Board", 1),
    ]
    assert [(choice.value, choice.count.items) for choice in results.units.choices] == [
        ("Center for Health and Safety", 3),
        ("Department of Training", 1),
    ]
    assert sum(choice.count.items for choice in results.verdicts.choices) == 4
    narrowed = told.find("monitors", convention="2025", delegation="Iowa")
    assert told.names(narrowed) == ["2025/4"]
    assert [(choice.value, choice.count.items) for choice in narrowed.delegations.choices] == [
        ("Iowa", 1),
        ("Oregon", 1),
    ]
    assert [found.count.items for found in narrowed.conventions] == [1, 1, 0]


def test_pages_and_orders(told: Union) -> None:
    by_number = ["2025/1", "2025/4", "2024/67"]
    assert told.names(told.find("monitors", order="number")) == ["2024/A", *by_number]
    assert told.names(told.find("monitors", order="newest")) == [
        "2025/1",
        "2025/4",
        "2024/A",
        "2024/67",
    ]
    second = told.find("monitors", order="number", size=3, page=2)
    assert told.names(second) == ["2024/67"]
    assert (second.pages, second.first_number, second.count.items) == (2, 4, 4)
    assert told.find("monitors", size=3, page=99).filters.page == 2


def test_what_is_marked(told: Union) -> None:
    results = told.find("monitors battery")
    [hit] = results.hits
    [found] = hit.found
    assert found.place == "entry"
    assert found.on == told.context.today
    assert [piece.text for piece in found.pieces if piece.marked] == ["monitor", "battery"]
    assert "".join(piece.text for piece in found.pieces).startswith("61 schools")
    assert not any(piece.marked for piece in hit.title)
    [first, *_] = told.find("air monitors").hits
    assert [piece.text for piece in first.title if piece.marked] == ["Air", "monitors"]


def test_nothing_is_found(told: Union) -> None:
    results = told.find("dental boilers")
    assert results.count.items == 0
    assert [found.convention.year for found in results.looked_through] == [2025, 2024, 2023]
    assert sum(found.count.items for found in results.looked_through) == len(ITEMS)
    dental, boilers = results.fewer_words
    assert (dental.typed, dental.count.items, dental.row and dental.row.code) == (
        "dental",
        1,
        "nbi-2",
    )
    assert (boilers.typed, boilers.count.items, boilers.row) == ("boilers", 2, None)


def test_a_misspelt_word_can_be_looked_for_as_it_is(told: Union) -> None:
    assert told.find("moniters").looked_for == "monitors"
    results = told.find("moniters", as_typed=True)
    assert (results.count.items, results.corrections) == (0, ())


def test_of_many_words_twelve_are_looked_for(told: Union) -> None:
    results = told.find(" ".join(f"word{number}" for number in range(1000)))
    assert results.count.items == 0
    assert results.left_out_words


def test_the_number_of_statements_does_not_depend_on_what_is_found(told: Union) -> None:
    told.find("shall")  # what surrounds the items is kept from here on
    statements: list[str] = []
    connection = told.session.connection()

    def count(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        statements.append(statement)

    sa.event.listen(connection, "before_cursor_execute", count)
    try:
        told.find("dental")
        one, statements[:] = len(statements), []
        told.find("shall")
        many = len(statements)
    finally:
        sa.event.remove(connection, "before_cursor_execute", count)
    assert told.find("shall").count.items > 8
    assert many == one
