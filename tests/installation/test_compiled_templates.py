"""Compiled templates are kept from one start to the next, in a folder that is ours alone; whatever
is wrong with one, it is compiled anew.
"""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment
from jinja2.compiler import CodeGenerator

from tracker import config, create_app
from tracker.core_application import open_core
from tracker.installation import compiled_templates, create

PAGE = "errors/page.html"


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    create.make(tmp_path / "instance")
    return tmp_path / "instance"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The names of the templates that were compiled, in order."""
    names: list[str | None] = []
    begin = CodeGenerator.__init__

    def noted(
        self: CodeGenerator, environment: Environment, name: str | None, *options: object
    ) -> None:
        names.append(name)
        begin(self, environment, name, *options)  # type: ignore[arg-type]

    monkeypatch.setattr(CodeGenerator, "__init__", noted)
    return names


def start(instance: Path) -> Flask:
    app = create_app(config.read(instance, {}))
    app.jinja_env.bytecode_cache = compiled_templates.of_instance(instance)
    app.jinja_env.get_template(PAGE)
    return app


def kept(instance: Path) -> Iterator[Path]:
    return (instance / compiled_templates.FOLDER).rglob("*")


def test_a_second_start_compiles_nothing(instance: Path, compiled: list[str | None]) -> None:
    start(instance)
    assert compiled == [PAGE]
    start(instance)
    assert compiled == [PAGE]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in kept(instance)}
    assert modes == {0o700, 0o600}


def test_another_build_compiles_anew_and_leaves_nothing_behind(
    instance: Path, compiled: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    start(instance)
    before = set(kept(instance))
    monkeypatch.setattr(compiled_templates, "build", lambda: "another")
    start(instance)
    assert compiled == [PAGE, PAGE]
    assert not before & set(kept(instance))


@pytest.mark.parametrize("damage", [b"", b"j2", b"no template at all"])
def test_a_damaged_file_is_no_trouble(
    instance: Path, compiled: list[str | None], damage: bytes
) -> None:
    start(instance)
    file = next(path for path in kept(instance) if path.is_file())
    whole = file.read_bytes()
    for content in (damage, whole[: len(whole) // 2]):
        file.write_bytes(content)
        start(instance)
    assert compiled == [PAGE] * 3
    assert file.read_bytes() == whole


def test_a_folder_that_others_may_write_to_is_not_used(
    instance: Path, compiled: list[str | None]
) -> None:
    start(instance)
    (instance / compiled_templates.FOLDER).chmod(0o777)
    assert compiled_templates.of_instance(instance) is None
    start(instance)
    assert compiled == [PAGE, PAGE]


def test_a_link_in_place_of_the_folder_is_not_followed(instance: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    (instance / compiled_templates.FOLDER).symlink_to(elsewhere)
    assert compiled_templates.of_instance(instance) is None
    assert not list(elsewhere.iterdir())


def test_where_nothing_can_be_kept_the_pages_are_made_all_the_same(
    instance: Path, compiled: list[str | None]
) -> None:
    (instance / compiled_templates.FOLDER).write_text("a file in its place")
    start(instance)
    (instance / compiled_templates.FOLDER).unlink()
    app = start(instance)
    shutil.rmtree(instance / compiled_templates.FOLDER)
    app.jinja_env.get_template("accounts/sign_in.html")
    assert compiled[:2] == [PAGE, PAGE] and "accounts/sign_in.html" in compiled


def test_a_command_uses_what_was_kept(instance: Path, compiled: list[str | None]) -> None:
    for _ in range(2):
        with open_core(instance) as app:
            app.jinja_env.get_template(PAGE)
    assert compiled == [PAGE]
    (instance / compiled_templates.FOLDER).chmod(0o755)
    assert compiled_templates.of_command(instance) is None
    assert compiled_templates.of_command(instance / "none") is None
