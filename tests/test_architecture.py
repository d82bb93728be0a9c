"""What the pages for developers and operators say of where things are is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[1]
SECTION = "## Where do I find …"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PATH = re.compile(r"`((?:tracker|templates|tests|docs|tools|deploy|migrations)/[\w./-]+)")
PLACE = re.compile(r"`((?:tracker|templates|docs)/[^`:]+)(?:: ([^`]+))?`")


def rows() -> list[str]:
    """The rows of the table, without its heading."""
    section = (ROOT / "docs" / "architecture.md").read_text().split(SECTION, 1)[1]
    lines = section.split("\n## ", 1)[0].splitlines()
    return [line for line in lines if line.startswith("| ")][1:]


def places() -> list[tuple[str, str]]:
    """Each file with each name that is said to be in it; "" for the file alone."""
    return [
        (path, name)
        for row in rows()
        for path, names in PLACE.findall(row)
        for name in (names or "").split(", ")
    ]


def names_in_python(path: Path) -> set[str]:
    """Functions, classes with their members, and constants of a module."""
    names = set()
    for node in ast.parse(path.read_text()).body:
        names |= names_of(node)
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}.{member}" for part in node.body for member in names_of(part)}
    return names


def names_of(node: ast.stmt) -> set[str]:
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.Assign():
            return {target.id for target in node.targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name() as target):
            return {target.id}
    return set()


def names_in_template(path: Path) -> set[str]:
    """Macros and variables of a template."""
    template = Environment().parse(path.read_text())
    macros = {macro.name for macro in template.find_all(nodes.Macro)}
    variables = {
        target.name
        for assignment in template.find_all(nodes.Assign)
        for target in [assignment.target]
        if isinstance(target, nodes.Name)
    }
    return macros | variables


def test_ten_questions_have_a_place() -> None:
    assert len(rows()) == 10
    assert all(PLACE.search(row) for row in rows())


@pytest.mark.parametrize(("path", "name"), places())
def test_what_is_named_is_there(path: str, name: str) -> None:
    file = ROOT / path
    assert file.exists()
    if name:
        names = names_in_python(file) if file.suffix == ".py" else names_in_template(file)
        assert name in names


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_paths_that_a_page_names_are_there(page: Path) -> None:
    missing = [path for path in PATH.findall(page.read_text()) if not (ROOT / path).exists()]
    assert not missing


def test_the_one_test_that_contributing_runs_is_there() -> None:
    words = (ROOT / "CONTRIBUTING.md").read_text()
    [(path, part_of_name)] = re.findall(r"pytest (tests/\S+\.py) -k (\w+)", words)
    assert any(part_of_name in name for name in names_in_python(ROOT / path))
