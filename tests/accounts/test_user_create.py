"""The command `user create`: accounts, roles, one-time links; people whom a list has brought are
taken over.
"""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from tracker import config, create_app
from tracker.accounts.user import User
from tracker.acts import act_context, bodies, people
from tracker.cli import tracker
from tracker.extensions import db
from tracker.installation import create as installation
from tracker.record.ledger_tables import Text
from tracker.record.people import Person, PersonAccount, RoleHeld
from tracker.rules.permissions import COMMAND_LINE


@pytest.fixture(scope="module")
def made_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A body with two units and five people; each test has a copy."""
    with pytest.MonkeyPatch.context() as patch:
        forget_settings(patch)
        folder = tmp_path_factory.mktemp("made") / "our-union"
        run(folder, "init")
        with create_app(config.read(folder)).app_context():
            at = _body(db.session(), "nea")
            research, safety = (
                bodies.add_unit(at, "Center for Research"),
                bodies.add_unit(at, "Center for Safety"),
            )
            for name, unit in (
                ("Dana Whitlock", research),
                ("Sam Ruiz", research),
                ("Sam Ruiz", research),
                ("Kim Lee", research),
                ("Kim Lee", safety),
            ):
                people.add(at, name, unit.id)
            db.session.commit()
            db.engine.dispose()  # its files are copied
    return folder


@pytest.fixture
def instance(made_instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    forget_settings(monkeypatch)
    return Path(shutil.copytree(made_instance, tmp_path / "our-union"))


def forget_settings(patch: pytest.MonkeyPatch) -> None:
    patch.delenv("TRACKER_DATABASE_URL", raising=False)
    patch.delenv("TRACKER_BASE_URL", raising=False)


def _body(session: Session, slug: str) -> act_context.ActContext:
    now = datetime.now(UTC)
    return act_context.for_body(
        session, bodies.found_body(session, slug, {"name": slug.upper()}, now).id, COMMAND_LINE, now
    )


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(tracker, ["--instance", str(folder), *words])


def create(folder: Path, email: str, name: str, role: str, *more: str) -> Result:
    return run(folder, "user", "create", email, "--name", name, "--role", role, *more)


def count(folder: Path, kind: type, **wanted: object) -> int:
    with create_app(config.read(folder)).app_context():
        return (
            db.session.scalar(sa.select(sa.func.count()).select_from(kind).filter_by(**wanted)) or 0
        )


def names(folder: Path, name: str) -> int:
    with create_app(config.read(folder)).app_context():
        return (
            db.session.scalar(
                sa.select(sa.func.count())
                .select_from(Person)
                .join(Text, Text.digest == Person.name)
                .where(Text.words == name)
            )
            or 0
        )


def test_the_person_of_the_list_is_taken_over(instance: Path) -> None:
    made = create(
        instance, "Dana@Example.org", "Dana Whitlock", "staff", "--unit", "center for research"
    )
    assert made.exit_code == 0, made.stderr
    assert (
        "Taken over from the list" in made.stdout
        and "http://127.0.0.1:5000/account/password/" in made.stdout
    )
    assert (
        names(instance, "Dana Whitlock") == 1
        and count(instance, PersonAccount) == 1
        and count(instance, User, email="dana@example.org") == 1
    )
    token = made.stdout.strip().rpartition("/")[2]
    app = create_app(config.read(instance))
    app.config["WTF_CSRF_ENABLED"] = False
    assert (
        app.test_client()
        .post(f"/account/password/{token}", data={"password": "horse battery staple"})
        .status_code
        == 303
    )


def test_a_second_call_adds_a_role(instance: Path) -> None:
    create(instance, "dana@example.org", "Dana Whitlock", "staff", "--unit", "Center for Research")
    again = create(instance, "dana@example.org", "Dana Whitlock", "confirmer")
    assert again.exit_code == 0 and "is now confirmer" in again.stdout
    same = create(instance, "dana@example.org", "Dana Whitlock", "confirmer")
    assert same.exit_code == 0 and "was already confirmer" in same.stdout
    assert (
        count(instance, User) == 1
        and count(instance, RoleHeld) == 2
        and count(instance, PersonAccount) == 1
    )


def test_where_two_people_fit_the_command_says_so(instance: Path) -> None:
    two = create(instance, "sam@example.org", "Sam Ruiz", "staff", "--unit", "Center for Research")
    assert two.exit_code == 1 and "Two fit" in two.stderr and count(instance, User) == 0
    anywhere = create(instance, "kim@example.org", "Kim Lee", "confirmer")
    assert anywhere.exit_code == 1 and "Center for Research, Center for Safety" in anywhere.stderr
    assert (
        create(
            instance, "kim@example.org", "Kim Lee", "staff", "--unit", "Center for Safety"
        ).exit_code
        == 0
    )
    assert names(instance, "Kim Lee") == 2


@pytest.mark.parametrize(
    ("words", "text", "code"),
    [
        (
            ("x@example.org", "X", "staff"),
            "say --unit. Units of nea: Center for Research, Center for Safety",
            1,
        ),
        (
            ("x@example.org", "X", "staff", "--unit", "Nowhere"),
            "no unit 'Nowhere'. Units of nea: Center for Research, Center for Safety",
            1,
        ),
        (
            ("x@example.org", "X", "staff", "--unit", "Center for Safety", "--body", "nobody"),
            "no body 'nobody'",
            1,
        ),
        (("not an address", "X", "reader"), "no e-mail address", 1),
        (("x@example.org", "X", "king"), "king", 2),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    instance: Path, words: tuple[str, ...], text: str, code: int
) -> None:
    wrong = create(instance, *words)
    assert wrong.exit_code == code, wrong
    if code == 1:
        assert text in wrong.stderr and wrong.stderr.count("\n") == 1 and not wrong.stdout
    assert count(instance, User) == 0


def test_the_body_may_be_left_out_where_there_is_one(instance: Path) -> None:
    assert create(instance, "joy@example.org", "Joy Applegate", "reader").exit_code == 0
    with create_app(config.read(instance)).app_context():
        _body(db.session(), "other")
        db.session.commit()
    many = create(instance, "joy@example.org", "Joy Applegate", "auditor")
    assert many.exit_code == 1 and "say --body, one of nea, other" in many.stderr
    assert (
        create(instance, "joy@example.org", "Joy Applegate", "auditor", "--body", "other").exit_code
        == 0
    )
    assert count(instance, User) == 1 and count(instance, PersonAccount) == 2


def test_the_link_names_where_the_public_finds_it(
    instance: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_BASE_URL", "https://record.example.org")
    assert (
        "https://record.example.org/account/password/"
        in create(instance, "joy@example.org", "Joy Applegate", "reader").stdout
    )


def test_the_installation_is_what_init_made(instance: Path) -> None:
    assert installation and (instance / "secret-key").stat().st_mode & 0o777 == 0o600
