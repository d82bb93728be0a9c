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
        module.relative_to(ROOT)
        for module in MODULES
        if module.read_text().strip() and not ast.get_docstring(ast.parse(module.read_text()))
    ]
    assert not silent


def test_no_room_without_a_name() -> None:
    assert not [
        module for module in MODULES if NO_ROOMS.search(module.relative_to(ROOT).as_posix())
    ]


def test_nothing_is_left_unfinished() -> None:
    unfinished = [
        text.relative_to(ROOT)
        for text in _texts("tracker", "templates", "static", "migrations")
        if UNFINISHED.search(text.read_text())
    ]
    assert not unfinished


def test_nothing_is_rendered_unsafely() -> None:
    for template in _texts("templates"):
        assert not re.search(
            r"\|\s*safe\b|<style|<script(?![^>]*\bsrc=)|\bstyle=|\bon(click|load|change|submit)=",
            template.read_text(),
        ), template
    for module in _texts("tracker"):
        assert "render_template_string" not in module.read_text(), module


def test_only_the_clock_reads_the_time() -> None:
    """Who reads the time asks `tracker.clock`; but for the system's own clock under examination,
    and the line of a head, after its commit.
    """
    own = {"tracker/clock.py", "tracker/installation/doctor.py", "tracker/record/anchors.py"}
    readers_of_the_time = {
        module.relative_to(ROOT).as_posix()
        for module in MODULES
        if re.search(r"datetime\.now|date\.today|utcnow", module.read_text())
    }
    assert readers_of_the_time == own


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
        re.split(r"[\[<>=~! ;]", requirement)[0].lower()
        for requirement in [
            *project["project"]["dependencies"],
            *project["dependency-groups"]["dev"],
        ]
    }
    document = (ROOT / "docs" / "dependencies.md").read_text()
    assert not {name for name in wanted if not re.search(rf"\b{re.escape(name)}\b", document)}
    locked = set(
        re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements-dev.lock").read_text(), re.MULTILINE)
    )
    assert not {name.replace("_", "-") for name in wanted} - locked
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert not re.search(r"://|--index|--find-links", (ROOT / lock).read_text())


def _texts(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".mako"):
                yield path
