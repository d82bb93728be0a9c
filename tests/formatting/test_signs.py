"""templates/components/signs.html has a sign and a colour for each code, and each is drawn and
styled.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from tracker.formatting import item_timeline
from tracker.paths import STATIC, TEMPLATES
from tracker.reading.item_models import Moment
from tracker.rules.codes import Change, Claimed, Standing, Verdict


@pytest.fixture(scope="module")
def signs() -> Any:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    return environment.get_template("components/signs.html").module


def entry(**facts: Any) -> Moment:
    on = date(2025, 3, 3)
    return Moment(what="entry", on=on, recorded_on=on, event=1, **facts)


def test_every_verdict_and_every_standing_has_a_sign(signs: Any) -> None:
    assert set(signs.VERDICTS) == {*Verdict, Change.CHANGE_FOLLOWED.value}
    assert set(signs.STANDINGS) == {*Standing, Verdict.NO_WORD.value}


def test_every_sign_is_drawn_and_every_colour_is_styled(signs: Any) -> None:
    icons = (STATIC / "icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([^"]+)"', icons))
    styled = set(re.findall(r"\.(is-[a-z]+)", (STATIC / "css" / "base.css").read_text()))
    for table in (signs.VERDICTS, signs.STANDINGS, signs.MOMENTS, signs.TASKS):
        assert {look["sign"] for look in table.values()} <= drawn
        assert {look["css"] for look in table.values()} <= {*styled, ""}


def test_carried_out_has_one_word_and_two_signs(signs: Any) -> None:
    carried_out, followed = Verdict.CARRIED_OUT, Change.CHANGE_FOLLOWED
    assert signs.verdict_sign(carried_out) == "v-done"
    assert signs.verdict_sign(carried_out, followed) == "v-change"
    assert signs.verdict_css(carried_out, followed) == "is-change"
    assert signs.verdict_sign(Verdict.NOT_YET, followed) == "v-notyet"


def test_what_lapsed_without_a_word_has_the_sign_of_no_word(signs: Any) -> None:
    assert signs.standing_sign(Standing.LAPSED, no_word=False) == "s-lapsed"
    assert signs.standing_sign(Standing.LAPSED, no_word=True) == "v-noword"
    assert signs.standing_css(Standing.LAPSED, no_word=True) == "is-noword"


@pytest.mark.parametrize("claimed", [*Claimed, None])
def test_an_entry_has_the_sign_of_what_it_claims(signs: Any, claimed: Claimed | None) -> None:
    moment = entry(claims=((claimed, ()),))
    assert item_timeline.sign(moment) in signs.MOMENTS


def test_a_correction_has_its_own_sign_whatever_it_claims(signs: Any) -> None:
    moment = entry(claims=((Claimed.DONE, ()),), corrects=date(2025, 3, 1))
    assert item_timeline.sign(moment) == "correction"
    assert "correction" in signs.MOMENTS
