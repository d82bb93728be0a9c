"""The file of a fragment: what is written is read, and what is not whole is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.reports.linked import fragment
from tracker.reports.linked.fragment import (
    AnchorOfPage,
    BookmarkOfPage,
    BrokenFragment,
    FontOfPage,
    Fragment,
    FragmentHeader,
    LateNumber,
    UsedGlyph,
)

FONT = FontOfPage(
    file="a font",
    index=0,
    name="/ABCDEF+Public-Sans",
    family="Public Sans",
    flags=4,
    ascent=950,
    descent=-225,
    glyphs=(UsedGlyph(5, 600, "é"), UsedGlyph(19, 512, "ffi")),
)

OBJECTS = fragment.packed_stream_object(70, b"", b"q Q") + fragment.object_stream(
    65, [(64, b"<<>>"), (71, b"[]")]
)

MADE = Fragment(
    header=FragmentHeader(
        base=64,
        count=8,
        page=71,
        media_box=(0.0, 0.0, 595.28, 841.89),
        streams=((70, 0), (65, 74)),
        late=(LateNumber(67, "item-1", "ABCDEF", 3, 4.965, 19),),
        bookmarks=(BookmarkOfPage(1, "Ω and more", 51.02, 785.2),),
        anchors=(AnchorOfPage("item-1", 51.02, 785.2),),
        targets=("item-1", "item-2"),
        roots=(71,),
        places=("What came of it",),
        name="cover",
        fonts={"ABCDEF": FONT},
    ),
    objects=OBJECTS,
    rows=bytes(fragment.ROW.size * 8),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "page"
    path.write_bytes(fragment.to_bytes(MADE))
    return path


def test_what_is_written_is_read(file: Path) -> None:
    assert fragment.read(file) == MADE
    assert fragment.read_header(file) == MADE.header
    assert (MADE.header.parents, MADE.header.margins) == (64, 66)


def test_the_same_page_is_the_same_bytes(file: Path) -> None:
    assert fragment.to_bytes(fragment.read(file)) == file.read_bytes()


@pytest.mark.parametrize("length", [0, 3, 10, 300, -1])
def test_a_file_that_is_cut_off_is_refused(file: Path, length: int) -> None:
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(BrokenFragment):
        fragment.read(file)


def test_a_file_of_zeros_is_refused(file: Path) -> None:
    """As a power failure leaves one."""
    file.write_bytes(bytes(file.stat().st_size))
    for read in (fragment.read, fragment.read_header):
        with pytest.raises(BrokenFragment):
            read(file)


def test_no_byte_can_be_another(file: Path) -> None:
    """Neither of the header, which says what the linker writes, nor of the objects."""
    whole = file.read_bytes()
    for place in range(0, len(whole), 7):
        data = bytearray(whole)
        data[place] ^= 1
        with pytest.raises(BrokenFragment):
            fragment.from_bytes(bytes(data))


def test_another_format_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fragment, "FORMAT", fragment.FORMAT + 1)
    for read in (fragment.read, fragment.read_header):
        with pytest.raises(BrokenFragment):
            read(file)


def test_the_length_of_a_stream_is_plain() -> None:
    """Its last byte is no part of the line's end after it."""
    assert fragment.stream_object(7, b"/A 1", b"ab\r") == (
        b"7 0 obj\n<</A 1/Length 3>>\nstream\nab\r\r\nendstream\nendobj\n"
    )
    assert b"\nab\nendstream" in fragment.stream_object(7, b"", b"ab")
