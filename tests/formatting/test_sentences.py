"""Every code has its word, sign and sentence; money and dates are written as the house writes them;
people's words stay harmless.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest

from tracker import formatting, markdown
from tracker.formatting import (
    convention_rates,
    definitions,
    item_money,
    item_reasons,
    item_sentences,
    item_timeline,
    labels,
    phrases,
    refusal_sentences,
)
from tracker.markdown import paragraphs
from tracker.reading.item_models import Silence
from tracker.reading.models import Confirmation, FloorLine, Vote
from tracker.reading.money_models import ExplanationDetails, MoneyDetails
from tracker.rules import codes
from tracker.rules.reasons import ReasonCode
from tracker.rules.refusals import Refusal


@dataclass
class Stands:
    standing: codes.Standing
    unheard: bool = False


def test_from_outside_says_as_what_of_what() -> None:
    """Where that was erased, that it was from outside."""
    confirmation = Confirmation(
        by=codes.By.FROM_OUTSIDE,
        on=date(2026, 11, 30),
        role="an industrial hygienist",
        organisation="Lakeshore",
    )
    assert item_sentences.confirmed(confirmation) == (
        "Confirmed from outside, by an industrial hygienist of Lakeshore, 30\u00a0November 2026"
    )
    assert "from outside the union" in item_sentences.confirmed(replace(confirmation, role=None))


def test_what_lapsed_without_a_word_is_called_that_() -> None:
    heard, unheard = Stands(codes.Standing.LAPSED), Stands(codes.Standing.LAPSED, unheard=True)
    assert (
        labels.standing_of(heard) == "Lapsed"
        and labels.standing_of(unheard) == "Term ended, no word"
    )


@pytest.mark.parametrize(
    ("every", "say"),
    [
        (codes.Kind, labels.kind),
        (codes.Kind, labels.kinds),
        (codes.Verdict, labels.verdict),
        (codes.Change, labels.change),
        (codes.Standing, labels.standing),
        (codes.Floor, labels.floor),
        (codes.Claimed, labels.claimed),
        (codes.Decision, labels.decision),
        (codes.Stage, labels.stage),
        (codes.Level, labels.level),
        (codes.Purpose, labels.purpose),
        (codes.Part, labels.part),
        (codes.By, labels.confirmed_by),
        (codes.OutsideDecision, labels.outside_decision),
        (codes.WithheldFor, labels.withheld),
        (codes.Basis, labels.basis),
        (codes.FactorKind, labels.factor_kind),
    ],
)
def test_every_code_has_a_word(every: type[StrEnum], say: object) -> None:
    assert all(say(code) for code in every)  # type: ignore[operator]


def test_every_reason_refusal_and_meaning_has_a_sentence() -> None:
    assert set(item_reasons.REASONS) == set(ReasonCode)
    assert set(refusal_sentences.REFUSAL_SENTENCES) == set(Refusal)
    assert (set(definitions.VERDICTS), set(definitions.CHANGES)) == (
        set(codes.Verdict),
        set(codes.Change),
    )
    assert all(name in definitions.RATES for name, _ in convention_rates.FIGURES)


def test_dates_money_and_numbers() -> None:
    assert (
        formatting.day(date(2024, 7, 3)) == "3\u00a0July 2024"
        and formatting.short_day(date(2024, 7, 3)) == "3\u00a0Jul 2024"
    )
    assert (
        formatting.span(date(2024, 6, 30), date(2024, 7, 5)) == "30\u00a0June to 5\u00a0July 2024"
    )
    assert formatting.span(date(2024, 7, 1), date(2024, 7, 5)) == "1 to 5\u00a0July 2024"
    assert (
        formatting.money(Decimal("31000"), "USD"),
        formatting.whole_money(Decimal("29462.50"), "USD"),
    ) == ("$31,000.00", "$29,463")
    assert (
        formatting.percent(Decimal("55.44")),
        formatting.number(1234567),
        formatting.size(2_400_000),
    ) == ("55.4%", "1,234,567", "2.4\u00a0MB")
    assert (formatting.days(1), formatting.days(1200)) == ("1 day", "1,200 days")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**bold** <script>x</script>", "<strong>bold</strong> &lt;script&gt;"),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("# not a heading", "# not a heading"),
        ("![p](http://x/y.png)", "http://x/y.png"),
        ("<img src=x onerror=y>", "&lt;img src=x onerror=y&gt;"),
        (
            "[ours](https://example.org)",
            '<a href="https://example.org" rel="nofollow noopener">ours</a>',
        ),
    ],
)
def test_peoples_words_stay_harmless(written: str, shown: str) -> None:
    html = markdown.markdown(written)
    assert shown in html and not any(
        bad in html for bad in ("<script", "<img", "<h1", 'href="javascript')
    )
    assert "<" not in markdown.plain("**a** *b*")


def test_what_is_spent_is_compared_in_a_sentence() -> None:
    def money(
        spent: str | None, money_said: codes.MoneySaid | None = None, accounted: bool = True
    ) -> MoneyDetails:
        paid = Decimal(spent) if spent else None
        difference = paid - 100 if paid is not None else None
        return MoneyDetails(
            currency="USD",
            estimate=None,
            estimates=(),
            appropriations=(),
            expenses=(),
            appropriated=Decimal(100),
            spent=paid,
            difference=difference,
            against="appropriated" if paid else None,
            percent=difference,
            beyond_limit=bool(difference and abs(difference) > 10),
            limit_percent=Decimal(10),
            money_said=money_said,
            not_accounted_for=not accounted,
        )

    assert item_money.variance(money("95")) == [
        "$5.00 (5.0%) less than was appropriated.",
        "That is within the limit of 10%, so no explanation is asked.",
    ]
    assert "beyond the limit of 10%" in item_money.variance(money("150"))[1]
    explained = replace(
        money("150"),
        explanation=ExplanationDetails("Paper was dearer.", date(2025, 3, 3), "Communications"),
    )
    assert (
        item_money.variance(explained)[1]
        == "That is beyond the limit of 10%; an explanation is on record."
    )
    assert (
        item_money.explained_by(explained.explanation)
        == "Explained by Communications on 3\u00a0March 2025."
    )
    assert item_money.variance(money("100")) == ["Exactly what was appropriated."]
    assert item_money.variance(money(None)) == []
    assert (
        "not accounted for"
        in item_money.variance(money(None, codes.MoneySaid.NOT_KNOWN_YET, False))[0]
    )


def test_votes_referrals_and_silence() -> None:
    line = FloorLine(
        id=1,
        action=codes.Floor.REFERRED,
        on=date(2024, 7, 3),
        referred_to="the Board",
        purpose=codes.Purpose.DECISION,
        decides_by=date(2025, 3, 1),
        vote=Vote(
            votes_for=4112,
            against=2087,
            abstained=64,
            voice=False,
        ),
        session="fourth sitting",
        note=None,
        clause=None,
    )
    assert (
        item_sentences.floor_line(line)
        == "Referred to the Board, for decision; to be decided by 1\u00a0March 2025"
    )
    assert (
        item_sentences.vote_line(line) == "For 4,112; against 2,087; abstained 64. Fourth sitting."
    )
    assert (
        item_sentences.last_word(
            Silence(
                last_word=date(2024, 1, 1),
                since=None,
                days=134,
                quiet_days=134,
                limit=90,
                runs=True,
                next_word_by=None,
            )
        )
        == "134 days without a word; the rule is 90."
    )
    assert (phrases.ago(0), phrases.ago(1), phrases.ago(-4)) == ("today", "1 day ago", "in 4 days")
    assert item_timeline.clauses((1, 2)) == "Clauses 1 and 2" and item_timeline.clauses(()) == ""


def test_a_sentence_ends_once() -> None:
    assert [
        phrases.sentence(words)
        for words in ("so it is", "So it is.", "he said “no”", "he said “No.”", "")
    ] == ["So it is.", "So it is.", "He said “no”.", "He said “No.”", ""]


def test_the_points_of_a_list_stand_apart() -> None:
    """A published text keeps its points; lines broken by a PDF run on."""
    text = (
        "The union shall:\r\n• print a list,\nwhere it can\n• mail it\n\n"
        "1. Urge\n2) Give\n(a) one\nin all"
    )
    assert paragraphs(text) == [
        "The union shall:",
        "• print a list,\nwhere it can",
        "• mail it",
        "1. Urge",
        "2) Give",
        "(a) one\nin all",
    ]
