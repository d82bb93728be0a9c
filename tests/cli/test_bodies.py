"""`body set`, `convention set`.

What differs is recorded and said, the rest is left alone; bad values name what is wanted.
"""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tracker.cli import opened
from tracker.clock import now
from tracker.record.as_of import AsOf
from tracker.record.surroundings import settings

from .conftest import Command


@pytest.mark.slow
def test_settings_of_a_body(with_a_body: Command) -> None:
    command = with_a_body
    done = command(
        "body", "set", "union", "--open", "--leads-release", "yes", "--name", "Our Union"
    )
    assert done.status == 0 and "pages is now open (was closed)" in done.out
    events = command("verify", "--json").json["events"]
    again = command("body", "set", "union", "--open", "--leads-release", "yes")
    assert again.status == 0 and "nothing to change" in again.out
    assert command("verify", "--json").json["events"] == events
    with opened.instance(command.instance):
        body = opened.body_of("union")
        body_settings = settings(opened.session(), body.id, AsOf(opened.today(body)))
        assert (
            body_settings.name,
            body_settings.open,
            body_settings.leads_release,
            body_settings.show_names,
            body_settings.zone.key,
        ) == (
            "Our Union",
            True,
            True,
            False,
            "America/New_York",
        )


def test_bad_values_of_a_body(with_a_body: Command) -> None:
    for words in (
        ("union",),
        ("union", "--time-zone", "Boston"),
        ("union", "--currency", "dollars"),
        ("union", "--show-names", "maybe"),
        ("union", "--name", " "),
    ):
        assert with_a_body("body", "set", *words).status == 2, words
    missing = with_a_body("body", "set", "nobody", "--open")
    assert missing.status == 1 and "On record: union" in missing.err


def test_what_is_known_of_a_convention(with_a_body: Command) -> None:
    command = with_a_body
    done = command(
        "convention",
        "set",
        "union/2017",
        "--opened",
        "2017-07-01",
        "--closed-on",
        "2017-07-05",
        "--kept-from",
        "2017-07-07",
        "--place",
        "Boston",
    )
    assert done.status == 0, done.err
    assert len(done.out.splitlines()) == 3
    again = command(
        "convention", "set", "2017", "--closed-on", "2017-07-05", "--kept-from", "2017-07-07"
    )
    assert again.status == 0 and "nothing to change" in again.out
    kept = {cohort["convention"]: cohort["kept"] for cohort in command("rates", "--json").json}
    assert kept["2017"] is True


def test_bad_values_of_a_convention(with_a_body: Command) -> None:
    command = with_a_body
    assert command("convention", "set", "2017").status == 2
    assert command("convention", "set", "2017", "--opened", "July").status == 2
    missing = command("convention", "set", "1999", "--place", "Boston")
    assert missing.status == 1 and "union/2017" in missing.err
    refused = command(
        "convention", "set", "2017", "--opened", "2017-07-05", "--closed-on", "2017-07-01"
    )
    assert refused.status == 1 and "say both dates" in refused.err
    refused = command("convention", "set", "2017", "--kept-from", "2999-01-01")
    assert refused.status == 1 and "still to come" in refused.err


def test_one_slug_in_two_bodies_wants_both(with_a_body: Command) -> None:
    from tracker.acts import bodies, conventions

    with opened.instance(with_a_body.instance):
        body = bodies.found_body(opened.session(), "sister", {"name": "Sister union"}, now())
        conventions.record(opened.context_for(body), "2017", "2017", conventions.Dates(year=2017))
        opened.session().commit()
        assert opened.session().scalar(sa.select(sa.func.count()).select_from(type(body))) == 2
    refused = with_a_body("convention", "set", "2017", "--place", "Boston")
    assert refused.status == 1 and "sister/2017 or union/2017" in refused.err
    assert with_a_body("convention", "set", "sister/2017", "--place", "Boston").status == 0
