"""The file of heads: what is written to it, what a crash may leave in it, and that no fault of it
undoes an act.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tracker.acts import bodies
from tracker.engine import connect
from tracker.extensions import Base
from tracker.record import anchors, ledger, ledger_tables
from tracker.record.bodies import Body

from .player import START

HASH = "ab" * 32
LINE = f"2026-11-29T12:00:00+00:00 1 7 {HASH}"
SETTINGS = {"name": "A union", "time_zone": "America/New_York", "currency": "USD"}


@pytest.fixture
def kept(tmp_path: Path) -> tuple[Session, Path]:
    """A record whose heads go into a file."""
    engine = connect(f"sqlite:///{tmp_path / 'record.sqlite3'}")
    Base.metadata.create_all(engine)
    anchors.keep(engine, file := tmp_path / "heads.log")
    session = Session(engine)
    ledger.begin(session)
    session.commit()
    return session, file


def act(session: Session, slug: str = "union") -> None:
    bodies.found_body(session, slug, SETTINGS, START)
    session.commit()


def faults(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "tracker.record"]


def test_a_line_that_a_crash_cut_does_not_spoil_the_next(kept: tuple[Session, Path]) -> None:
    session, file = kept
    act(session)
    whole = file.read_text()
    file.write_text(whole[:-30])
    assert anchors.read(file).unreadable_lines == ()
    act(session, "other")
    lines = file.read_text().splitlines()
    assert len(lines) == 3 and all(anchors.LINE.match(line) for line in lines)
    assert anchors.read(file).unreadable_lines == ()


def test_a_whole_line_without_its_end_is_kept(kept: tuple[Session, Path]) -> None:
    session, file = kept
    file.write_text(LINE)
    act(session)
    assert file.read_text().startswith(LINE + "\n") and len(anchors.read(file).anchors) == 3


@pytest.mark.parametrize("in_its_place", ["a full disk", "a folder", "a folder that is not there"])
def test_what_is_committed_stands_though_its_head_cannot_be_written(
    kept: tuple[Session, Path], in_its_place: str, caplog: pytest.LogCaptureFixture
) -> None:
    session, file = kept
    match in_its_place:
        case "a full disk":
            file.symlink_to("/dev/full")
        case "a folder":
            file.mkdir()
        case _:
            file.symlink_to(file.parent / "gone" / "heads.log")
    act(session)  # raises nothing
    assert session.scalar(sa.select(sa.func.count()).select_from(Body)) == 1
    [fault] = faults(caplog)
    head = session.scalars(
        sa.select(ledger_tables.Head.hash).where(ledger_tables.Head.chain == 1)
    ).one()
    assert str(file) in fault and "cannot be written" in fault and head in fault
    session.rollback()
    file.rmdir() if file.is_dir() and not file.is_symlink() else file.unlink()
    act(session, "other")
    assert (1, 1) not in anchors.read(file).anchors and len(faults(caplog)) == 1  # and goes on


@pytest.mark.parametrize(
    ("words", "unreadable"),
    [
        (f"{LINE}\nno head\n{LINE}\n", (2,)),
        (f"no head\n{LINE}\n", (1,)),
        (f"{LINE}\n2026-11-29T12:00:00+00:00 1 8 abc", ()),
        (f"{LINE}\n{LINE[:-9]}\n", ()),
        (f"{LINE[:-9]}\n\n{LINE}\n\n", (1,)),
        (f"{LINE}\r\n{LINE}\r\n", ()),
        (f"{LINE}\n\0\0\0\0{LINE}\n", ()),
        ("", ()),
        (f"{LINE}\n2026-11-29T12:00:00+00:00 1234567890123 7 {HASH}\n{LINE}\n", (2,)),
        (f"{LINE}\n\udcff\n{LINE}\n", (2,)),
    ],
)
def test_which_lines_are_no_heads(tmp_path: Path, words: str, unreadable: tuple[int, ...]) -> None:
    file = tmp_path / "heads.log"
    file.write_bytes(words.encode(errors="surrogateescape"))
    assert anchors.read(file).unreadable_lines == unreadable


def test_a_file_without_any_head_is_none(tmp_path: Path) -> None:
    file = tmp_path / "letter"
    for words in (
        "Dear all\nthis is a letter\n",
        '{"heads": 3}',
        '{"heads": [{"chain": 9999999999999, "events": 1, "head": "' + HASH + '"}]}',
    ):
        file.write_text(words)
        with pytest.raises(anchors.UnreadableAnchors):
            anchors.read(file)
