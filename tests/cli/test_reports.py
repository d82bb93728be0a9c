"""`report convention`: what it writes, its exit status, and what it says of what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from tracker.acts import bodies, items
from tracker.cli import opened
from tracker.record.conventions import Convention

from .conftest import Command


def words_of(file: Path) -> str:
    pages = [page.extract_text() for page in PdfReader(file).pages]
    return " ".join(" ".join(pages).split())


@pytest.mark.slow
def test_a_report(with_a_body: Command, tmp_path: Path) -> None:
    with opened.instance(with_a_body.instance):
        context = opened.context_for(opened.body_of("union"))
        convention = opened.session().query(Convention).filter_by(slug="2025").one()
        items.register(
            context,
            convention,
            "new_business_item",
            "2",
            items.NewVersion(words="The union shall review 漢.", title="A review"),
        )
        opened.session().commit()
    file = tmp_path / "r.pdf"
    done = with_a_body("report", "convention", "2025", "--output", file)
    assert done.status == 0 and done.err == ""
    assert done.out.startswith(f"{file}: {len(PdfReader(file).pages)} pages, as of ")
    assert "The union shall review" not in words_of(file)
    full = with_a_body("report", "convention", "union/2025", "--form", "full", "--output", file)
    assert full.status == 0 and "print as boxes: 漢" in full.err
    assert "The union shall review" in words_of(file)
    assert (
        with_a_body("report", "convention", "2025", "--item", "2", "--output", file).status == 0
        and len(PdfReader(file).pages) == 1
    )
    again = with_a_body("report", "convention", "2025", "--form", "full", "--output", file)
    assert again == full and file.stat().st_size > 10_000
    explained = ("report", "convention", "2025", "--form", "full", "--explain", "--output", file)
    assert "Nothing has changed" in with_a_body(*explained).out
    assert "Nothing has changed" not in with_a_body(*explained, "--no-cache").out
    assert with_a_body("convention", "set", "2025", "--name", "The convention").status == 0
    assert "Nothing has changed" not in with_a_body(*explained).out
    # it has no items yet, and says so
    assert with_a_body("report", "convention", "2017", "--output", file).status == 0
    for words, status, sentence in (
        (("2025", "--item", "nbi-9"), 1, "There is no item 'nbi-9'"),
        (("2024",), 1, "There is no convention '2024'"),
        (("2025", "--as-of", "2001-01-01"), 1, "The record of union began on"),
        (("2025", "--as-of", "2999-01-01"), 1, "still to come"),
        (("2025", "--form", "long"), 2, "'long' is not one of"),
    ):
        wrong = with_a_body("report", "convention", *words, "--output", tmp_path / "none.pdf")
        assert (
            wrong.status == status
            and sentence in wrong.err
            and not (tmp_path / "none.pdf").exists()
        ), wrong
    nowhere = with_a_body("report", "convention", "2025", "--output", tmp_path / "no" / "r.pdf")
    assert nowhere.status == 1 and "is not there" in nowhere.err
    assert with_a_body("report", "convention", "2025").status == 2


@pytest.mark.slow
def test_reports_of_several_conventions_and_of_other_kinds(
    with_a_body: Command, tmp_path: Path
) -> None:
    with opened.instance(with_a_body.instance):
        context = opened.context_for(opened.body_of("union"))
        bodies.add_delegation(context, "Ohio")
        bodies.add_unit(context, "Board")
        opened.session().commit()
    file, data = tmp_path / "r.pdf", tmp_path / "r.csv"
    done = with_a_body("report", "body", "union", "--output", file, "--paper", "a4", "--mono")
    assert done.status == 0 and done.out.startswith(f"{file}: "), done
    done = with_a_body(
        *("report", "convention", "2025", "--delegation", "ohio", "--no-texts", "--output", file),
        *("--data", data, "--happened"),
    )
    assert done.status == 0 and data.read_text(encoding="utf-8-sig").startswith("body,as_of,"), done
    for words, status, sentence in (
        (("body", "union", "--unit", "Nobody"), 1, "'Nobody' is not on record. On record: Board."),
        (("body", "unions"), 1, "There is no body 'unions'"),
        (("body", "union", "--convention", "2024"), 1, "There is no convention 'union/2024'"),
        (("body", "union", "--unit", "Board", "--delegation", "Ohio"), 2, "cannot be together"),
        (("body", "union", "--filter", "verdict=no_word"), 2, "of no selection"),
        (("convention", "2025", "--kind", "money", "--form", "full"), 2, "cannot be together"),
        (("convention", "2025", "--filter", "colour=red"), 2, "write it as NAME=VALUE"),
        (("convention", "2025", "--data", tmp_path / "r.txt"), 2, "ends in .csv or .json"),
        (("convention", "2025", "--data", tmp_path / "no" / "r.csv"), 1, "with --data"),
    ):
        wrong = with_a_body("report", *words, "--output", tmp_path / "none.pdf")
        assert wrong.status == status and sentence in wrong.err, wrong
        assert not (tmp_path / "none.pdf").exists()
