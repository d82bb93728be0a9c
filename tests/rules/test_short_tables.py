"""The short tables of docs/glossary.md.

Floor actions and their effects, kinds and follow-through, terms, settings, money.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.facts import CLOCK, every, facts, floor, new_fact
from tracker.rules.clause_state import clause_states
from tracker.rules.codes import Basis, Effect, Floor, Kind, Stage
from tracker.rules.facts import DesignationFact, EstimateFact
from tracker.rules.money import in_force, variance
from tracker.rules.settings import DEFAULTS, read, sound
from tracker.rules.terms import Clock, ConventionTerm, clock, still_running

EFFECTS = {
    "directs": "adopted, adopted as amended, adopted as modified, substitute adopted",
    "refers": "referred, remitted",
    "merges": "consolidated",
    "ends": "defeated, withdrawn, deemed to have failed, objection sustained, postponed "
    "indefinitely, ruled out of order, not reached, rescinded",
    "open": "awaiting debate, postponed to a time, laid on the table, reconsidered",
    "unknown": "unknown",
}
FOLLOWED = [
    "new_business_item",
    "committee_recommendation",
    "legislative_amendment",
    "motion",
    "article",
]


def test_the_effect_of_each_floor_action() -> None:
    effects = {
        Floor(word.replace(" ", "_")): Effect(effect)
        for effect, words in EFFECTS.items()
        for word in words.split(", ")
    }
    assert effects == {action: action.effect for action in Floor}


@pytest.mark.parametrize("action", Floor)
def test_open_counts_as_unknown_after_the_closing(action: Floor) -> None:
    before, after = (
        facts(floor(action), clock=Clock(closes, None, closes, True))
        for closes in (date(2018, 3, 1), date(2018, 2, 28))
    )
    assert clause_states(before, every(before))[0].effect is action.effect
    assert clause_states(after, every(after))[0].effect is (
        Effect.UNKNOWN if action.effect is Effect.OPEN else action.effect
    )


def test_which_kinds_are_followed_through() -> None:
    assert [kind.value for kind in Kind if kind.follows_through] == FOLLOWED
    assert len(Kind) == 11  # and those that a body adds


def test_the_kind_of_an_item() -> None:
    """As corrected last, by order of recording; an added kind follows through if the body says
    so.
    """
    wrong = new_fact(DesignationFact, 5, kind=Kind.RESOLUTION)
    right = new_fact(DesignationFact, 50, kind=Kind.MOTION)
    assert facts().kind == Kind.NEW_BUSINESS_ITEM
    assert (facts(wrong).kind, facts(wrong).follows_through) == (Kind.RESOLUTION, False)
    assert (facts(wrong, right).kind, facts(wrong, right).follows_through) == (Kind.MOTION, True)
    assert facts(kind="charge", added_kinds=frozenset({"charge"})).follows_through
    assert not facts(kind="tribute", added_kinds=frozenset({"charge"})).follows_through


def of(
    year: int | None,
    closes: date | None = None,
    special: bool = False,
    dated: date | None = date(2016, 1, 1),
) -> ConventionTerm:
    return ConventionTerm(
        id=1,
        special=special,
        year=year,
        opens_on=None,
        closes_on=closes,
        dated_on=dated if closes else None,
        kept_from=None,
    )


OWN = of(2017, date(2017, 7, 5))


@pytest.mark.parametrize(
    ("others", "ends"),
    [
        ([], date(2018, 12, 31)),
        ([of(2018, date(2018, 7, 5))], date(2018, 7, 5)),
        ([of(2019, date(2019, 7, 5)), of(2018, date(2018, 7, 5))], date(2018, 7, 5)),
        ([of(2019, date(2019, 7, 5))], date(2019, 7, 5)),  # the next, be it after 31 December
        # special: ends nobody's term
        (
            [of(2017, date(2017, 10, 15), special=True)],
            date(2018, 12, 31),
        ),
        ([of(2018)], date(2018, 12, 31)),  # without dates: never
        ([of(2016, date(2016, 7, 5))], date(2018, 12, 31)),
        # recorded after it closed
        (
            [of(2018, date(2018, 7, 5), dated=date(2018, 7, 6))],
            date(2018, 12, 31),
        ),
        # recorded after the term had ended
        (
            [of(2019, date(2019, 7, 5), dated=date(2019, 1, 1))],
            date(2018, 12, 31),
        ),
        ([of(2019, date(2019, 7, 5), dated=date(2018, 12, 31))], date(2019, 7, 5)),
    ],
)
def test_when_the_term_of_a_convention_ends(others: list[ConventionTerm], ends: date) -> None:
    assert clock(OWN, [OWN, *others]).term_ends_on == ends


def test_the_clock_of_a_convention_without_dates() -> None:
    """Counts as closed on 31 December of its year; without a year no clock runs."""
    assert clock(of(2017), []) == Clock(date(2017, 12, 31), date(2018, 12, 31), None, False)
    assert clock(of(None), []) == Clock(None, None, None, False)
    assert still_running(clock(of(None), []), date(2030, 1, 1))
    assert still_running(CLOCK, date(2018, 12, 31)) and not still_running(CLOCK, date(2019, 1, 1))


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("name", ["A union"], ["", "  "]),
        ("time_zone", ["UTC", "America/New_York"], ["Boston", ""]),
        ("currency", ["USD", "EUR"], ["usd", "US", "$"]),
        ("pages", ["open", "closed"], ["ajar"]),
        ("silence_days", ["1", "90", "365"], ["0", "-1", "ninety", "9.5", "99999", "٩٠"]),
        ("variance_percent", ["0", "10", "12.5"], ["-1", "ten", "", "1.2.3", "."]),
        ("leads_release", ["yes", "no"], ["maybe"]),
        ("show_names", ["yes", "no"], ["true"]),
        ("second_factor", ["yes", "no"], ["admins"]),
        ("sign_off", ["yes", "no"], ["board"]),
        ("made_up", ["yes", "no"], [""]),
        ("colour", [], ["red"]),
    ],
)
def test_which_values_a_setting_may_have(name: str, good: list[str], bad: list[str]) -> None:
    """What is stored once must always be readable."""
    for value in good:
        assert sound(name, value)
        read({name: value})
    assert not [value for value in bad if sound(name, value)]


def test_settings_unless_the_body_says_otherwise() -> None:
    defaults = read({})
    assert (
        defaults.silence_days,
        defaults.variance_percent,
        defaults.leads_release,
        defaults.show_names,
        defaults.second_factor,
        defaults.open,
        defaults.currency,
    ) == (90, 10, False, False, False, False, "USD")
    assert all(sound(name, value) for name, value in DEFAULTS.items() if name != "name")


def estimate(stage: Stage, amount: str | None, days: int = 100) -> EstimateFact:
    return new_fact(
        EstimateFact,
        days,
        basis=Basis.ADDITIONAL,
        stage=stage,
        amount=Decimal(amount) if amount else None,
    )


def test_the_estimate_that_counts() -> None:
    """Of the version adopted; else of the nearest to it. Of one stage the newest."""
    submitted, published, adopted = (
        estimate(Stage.AS_SUBMITTED, "4700000.00", 1),
        estimate(Stage.AS_PUBLISHED, "5.00"),
        estimate(Stage.AS_ADOPTED, "300000.00"),
    )
    assert in_force([]) is None
    assert in_force([submitted]) is submitted
    assert in_force([submitted, published]) is published
    assert in_force([submitted, adopted, published]) is adopted
    older = estimate(Stage.AS_ADOPTED, "1.00", 150)
    assert in_force([adopted, older]) is adopted


@pytest.mark.parametrize(
    ("estimated", "appropriated", "spent", "expected"),
    [
        (None, None, "5.00", None),
        ("100.00", None, None, None),
        (None, None, None, None),
        ("100.00", None, "110.00", (False, "10.00", "10", False)),
        ("100.00", None, "110.01", (False, "10.01", "10.01", True)),
        ("100.00", None, "89.00", (False, "-11.00", "-11", True)),
        ("100.00", "200.00", "200.00", (True, "0.00", "0", False)),
        ("0.00", None, "0.00", (False, "0.00", None, False)),
        ("0.00", None, "0.01", (False, "0.01", None, True)),
        (None, "0.00", "7.00", (True, "7.00", None, True)),
    ],
)
def test_a_difference_beyond_the_limit(
    estimated: str | None,
    appropriated: str | None,
    spent: str | None,
    expected: tuple[bool, str, str | None, bool] | None,
) -> None:
    """Beyond 10 %, over or under; null is "nothing recorded", 0.00 is an amount."""
    amounts = [Decimal(amount) if amount else None for amount in (estimated, appropriated, spent)]
    difference = variance(*amounts, Decimal(10))
    if expected is None:
        assert difference is None
    else:
        assert difference and (
            difference.of_appropriated,
            difference.difference,
            difference.percent,
            difference.beyond_the_limit,
        ) == (
            expected[0],
            Decimal(expected[1]),
            Decimal(expected[2]) if expected[2] is not None else None,
            expected[3],
        )
