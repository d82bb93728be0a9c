"""The page of a body's settings: who reads and changes, what a change says first, two at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from tests.factories.staffed_union import PEOPLE, Union, hidden_field
from tracker.acts import bodies
from tracker.formatting.settings_words import GROUPS, WORDS
from tracker.record.as_of import NOW, AsOf
from tracker.record.surroundings import settings
from tracker.rules.settings import DEFAULTS, BodySettings

PAGE = "/office/union/settings"


def send(union: Union, name: str, value: str, make: str | None = None) -> TestResponse:
    administrator = union.client("imani")
    page = administrator.get(PAGE).text
    fields = {f"{name}-value": value, f"{name}-seen": hidden_field(page, f"{name}-seen")}
    if make is not None:
        fields["make"] = make
    return administrator.post(PAGE, data=fields)


def holds(union: Union, as_of: AsOf = NOW) -> BodySettings:
    with union.session() as session:
        return settings(session, union.body_id, as_of)


def test_every_setting_stands_on_the_page_once_with_its_words() -> None:
    assert sorted(name for _heading, names in GROUPS for name in names) == sorted(DEFAULTS)
    assert set(WORDS) == set(DEFAULTS)


def test_who_reads_and_who_changes(union: Union) -> None:
    for who in PEOPLE:
        page = union.client(who).get(PAGE)
        assert page.status_code == (200 if who in ("imani", "walter", "ewan") else 403), who
        assert ("Show what it changes" in page.text) == (who == "imani"), who
        sent = union.client(who).post(PAGE, data={"silence_days-value": "60"})
        assert sent.status_code == (409 if who == "imani" else 403), who
    assert holds(union).silence_days == 90


def test_nothing_is_changed_before_its_effect_was_shown(union: Union) -> None:
    shown = send(union, "silence_days", "60")
    assert shown.status_code == 200
    assert "Make it 60 days from today" in shown.text and "90 days →" in shown.text
    assert holds(union).silence_days == 90
    # the number was written anew after its effect was shown: that of the new one comes first
    other = send(union, "silence_days", "70", make="60")
    assert other.status_code == 200 and "Make it 70 days from today" in other.text
    assert holds(union).silence_days == 90


def test_a_change_holds_from_today_and_says_by_whom(union: Union) -> None:
    done = send(union, "silence_days", "60", make="60")
    assert done.status_code == 303
    assert holds(union).silence_days == 60
    assert holds(union, AsOf.happened_by(union.today - timedelta(days=1))).silence_days == 90
    page = union.client("ewan").get(PAGE).text
    assert "60 days" in page and "by Imani." in page and "90 days from" in page


def test_another_limit_names_the_items_that_answer_otherwise(union: Union) -> None:
    """Adopted 127 days ago, nobody has said a word: a limit of 200 days takes four items back."""
    shown = send(union, "silence_days", "200")
    assert "4 items would no longer be without a word today." in shown.text
    assert "Of Testville 2026:" in shown.text and 'href="/union/2026/nbi-3"' in shown.text
    assert "No item would answer otherwise today." in send(union, "silence_days", "91").text
    assert send(union, "silence_days", "200", make="200").status_code == 303
    assert "4 more items would be without a word today." in send(union, "silence_days", "60").text


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("silence_days", "soon", "Write a whole number of days"),
        ("silence_days", "0", "Write a whole number of days"),
        ("silence_days", "90", "It is so already"),
        ("variance_percent", "much", "Write a number"),
        ("pages", "ajar", "Choose one of the two."),
        ("name", "  ", "Write a name of 1 to 200 characters."),
        ("name", "x" * 201, "Write a name of 1 to 200 characters."),
        ("time_zone", "Middle/Earth", "Choose one of the list."),
        ("language", "tlh", "Choose one of the list."),
        ("report_prefix", "P A", "at most 20 letters, digits and hyphens"),
        ("currency", "EUR", "Amounts are on record in this currency"),
    ],
)
def test_a_bad_value_comes_back_with_a_sentence(
    union: Union, name: str, value: str, sentence: str
) -> None:
    administrator = union.client("imani")
    fields = {f"{name}-value": value, f"{name}-seen": "0", "make": value}
    answer = administrator.post(PAGE, data=fields)
    assert answer.status_code == 422 and sentence in answer.text
    assert "<details" in answer.text and " open>" in answer.text


def test_values_are_taken_as_people_write_them(union: Union) -> None:
    assert send(union, "variance_percent", " 12,5 % ", make="12.5").status_code == 303
    assert str(holds(union).variance_percent) == "12.5"


def test_each_of_the_others_can_be_changed(union: Union) -> None:
    for name, value in (
        ("leads_release", "yes"),
        ("pages", "closed"),
        ("show_names", "yes"),
        ("made_up", "yes"),
        ("name", "Federation of Makers"),
        ("time_zone", "America/New_York"),
        ("language", "de"),
        ("report_prefix", "PA"),
    ):
        assert send(union, name, value).status_code == 200, name
        assert send(union, name, value, make=value).status_code == 303, name
    now_held = holds(union)
    assert now_held.name == "Federation of Makers" and str(now_held.zone) == "America/New_York"
    assert now_held.leads_release and now_held.show_names and not now_held.open


def test_two_at_once(union: Union) -> None:
    """What another set since the form was opened is shown; what was written is kept."""
    administrator = union.client("imani")
    seen = hidden_field(administrator.get(PAGE).text, "silence_days-seen")
    with union.context("imani") as context:
        bodies.set_setting(context, "silence_days", "45")
    answer = administrator.post(
        PAGE, data={"silence_days-value": "60", "silence_days-seen": seen, "make": "60"}
    )
    assert answer.status_code == 409
    assert "Somebody changed it while your form was open." in answer.text
    assert "It is 45 days now." in answer.text and 'value="60"' in answer.text
    assert holds(union).silence_days == 45
