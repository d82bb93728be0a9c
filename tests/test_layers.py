"""The house's own rules that no linter knows.

Layers, modules that say what they are, names of rooms, words of the glossary, what the repository
never holds.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tracker.rules import codes

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "tracker").rglob("*.py"))
NO_ROOMS = re.compile(r"(^|/)(utils?|helpers?|common|misc|services?|manager)(/|\.py$)")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError|[Cc]oming soon")


def test_rooms_import_downwards_only() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_each_module_says_what_lives_there() -> None:
    silent = [
        each.relative_to(ROOT)
        for each in MODULES
        if each.read_text().strip() and not ast.get_docstring(ast.parse(each.read_text()))
    ]
    assert not silent


def test_no_room_without_a_name() -> None:
    assert not [each for each in MODULES if NO_ROOMS.search(each.relative_to(ROOT).as_posix())]


def test_nothing_is_left_unfinished() -> None:
    found = [
        text.relative_to(ROOT)
        for text in _texts("tracker", "templates", "static", "migrations")
        if UNFINISHED.search(text.read_text())
    ]
    assert not found


def test_nothing_is_rendered_unsafely() -> None:
    for each in _texts("templates"):
        assert not re.search(
            r"\|\s*safe\b|<style|<script(?![^>]*\bsrc=)|\bstyle=|\bon(click|load|change|submit)=",
            each.read_text(),
        ), each
    for each in _texts("tracker"):
        assert "render_template_string" not in each.read_text(), each


def test_one_clock() -> None:
    """Who reads the time asks `tracker.clock`; but for the system's own clock under examination,
    and the line of a head, after its commit.
    """
    own = {"tracker/clock.py", "tracker/installation/doctor.py", "tracker/record/anchors.py"}
    found = {
        each.relative_to(ROOT).as_posix()
        for each in MODULES
        if re.search(r"datetime\.now|date\.today|utcnow", each.read_text())
    }
    assert found == own


def test_the_glossary_has_every_code() -> None:
    words = (ROOT / "docs" / "glossary.md").read_text()
    missing = [
        f"{kind.__name__}.{code.name}"
        for kind in vars(codes).values()
        if isinstance(kind, type) and issubclass(kind, codes.StrEnum) and kind is not codes.StrEnum
        for code in kind
        if f"`{code.value}`" not in words
    ]
    assert not missing


def test_dependencies_have_their_line() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {
        re.split(r"[\[<>=~! ;]", each)[0].lower()
        for each in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    }
    said = (ROOT / "docs" / "dependencies.md").read_text()
    assert not {each for each in wanted if not re.search(rf"\b{re.escape(each)}\b", said)}
    locked = set(
        re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements-dev.lock").read_text(), re.MULTILINE)
    )
    assert not {each.replace("_", "-") for each in wanted} - locked
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert not re.search(r"://|--index|--find-links", (ROOT / lock).read_text())


def _texts(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for each in sorted((ROOT / folder).rglob("*")):
            if each.suffix in (".py", ".html", ".css", ".js", ".mako"):
                yield each
