"""Files: kept by their bytes, recognised by their bytes, copied without metadata; what attacks is
not taken in.
"""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from tests.factories.files import archive, bomb, picture
from tracker.files import picture_limits, pictures, png_strips, sniff, store
from tracker.files.sniff import NotTaken, Unfit
from tracker.formatting import evidence_files


def test_same_bytes_are_kept_once_under_their_digest(tmp_path: Path) -> None:
    first, again = store.keep(tmp_path, b"words"), store.keep(tmp_path, b"words")
    assert (
        first == again
        and store.read(tmp_path, first) == b"words"
        and store.unchanged(tmp_path, first)
    )
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.relative_to(tmp_path).parts for path in kept] == [(first[:2], first[2:4], first)]
    kept[0].write_bytes(b"other words")
    assert not store.unchanged(tmp_path, first) and not store.unchanged(tmp_path, "0" * 64)


def test_a_file_that_was_changed_is_not_read_and_is_mended_when_it_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled = store.keep(tmp_path, b"settled")
    with monkeypatch.context() as patch:  # not read again as long as its stat is the same
        patch.setattr(store, "SETTLED", 0)
        assert store.unchanged(tmp_path, settled)
        patch.setattr(store, "digest_of", lambda *_: pytest.fail("was read again"))
        assert store.unchanged(tmp_path, settled)
    sha256 = store.keep(tmp_path, b"words")
    assert store.unchanged(tmp_path, sha256)
    path = store.path_of(tmp_path, sha256)
    about = path.stat()
    path.write_bytes(b"sword")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))  # as old by its own word
    assert not store.unchanged(tmp_path, sha256)
    with pytest.raises(ValueError):
        store.read(tmp_path, sha256)
    assert store.keep(tmp_path, b"words") == sha256 and store.read(tmp_path, sha256) == b"words"
    path.unlink()
    assert not store.unchanged(tmp_path, sha256) and store.digest_of(tmp_path, sha256) is None
    path.mkdir()
    assert not store.unchanged(tmp_path, sha256)


@pytest.mark.parametrize("wrong", ["", "../../secret-key", "A" * 64, "0" * 63, "0" * 64 + "/.."])
def test_no_path_leads_out_of_the_folder(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValueError):
        store.path_of(tmp_path, wrong)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (picture(), "a.png", "image/png"),
        (picture("JPEG"), "a.jpg", "image/jpeg"),
        (picture("GIF"), "a.png", "image/gif"),
        (picture("JPEG"), "lies.pdf", "image/jpeg"),
        (picture() + b"<script>alert(1)</script>", "polyglot.png", "image/png"),
        (picture() + archive("a"), "polyglot.zip", "image/png"),
        (b"%PDF-1.7\n...", "a.png", "application/pdf"),
        (archive("a.txt"), "a.docx", "application/zip"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "a.zip", sniff.BY_PARTS["xl/"]),
        (archive("[Content_Types].xml", "word/document.xml"), "a", sniff.BY_PARTS["word/"]),
        (b"PK\x03\x04" + b"\0" * 60, "a.xlsx", "application/octet-stream"),
        (b"a,b,c\n1,2,3\n", "a.html", "text/csv"),
        ("Grüße".encode(), "a.txt", "text/plain"),
        (bytes(range(256)) * 4, "a.pdf", "application/octet-stream"),
        (picture("BMP"), "a.bmp", "image/bmp"),
        (picture("TIFF"), "a.tif", "image/tiff"),
        (picture("WEBP"), "a.webp", "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "photo.jpg", "image/heif"),
        # at once: not after every way to read a row of comments
        (
            b"<!---->" * 500 + b"words",
            "a.txt",
            "text/plain",
        ),
    ],
)
def test_a_file_is_what_its_bytes_are(content: bytes, name: str, media_type: str) -> None:
    assert sniff.media_type(content, name) == media_type


@pytest.mark.parametrize(
    ("name", "kind", "sent"),
    [
        ("minutes.pdf", sniff.PDF, "minutes.pdf"),
        ("fdp.exe", sniff.PDF, "fdp.exe.pdf"),
        ("x.hta", "text/plain", "x.hta.txt"),
        ("x.HTML", "text/csv", "x.HTML.csv"),
        ("list.CSV", "text/csv", "list.CSV"),
        ("photo.gif", sniff.PNG, "photo.gif.png"),
        ("drawing.dwg", "application/octet-stream", "drawing.dwg"),
    ],
)
def test_it_is_sent_with_an_ending_of_its_kind(name: str, kind: str, sent: str) -> None:
    assert sniff.named(name, kind) == sent


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "a.pdf", Unfit.EMPTY),
        (b"%PDF-" + b"x" * sniff.LARGEST, "a.pdf", Unfit.TOO_LARGE),
        (b"<html><script>alert(1)</script>", "a.png", Unfit.WEB_PAGE),
        (b"\xef\xbb\xbf  <!DOCTYPE HTML><p>", "a.txt", Unfit.WEB_PAGE),
        (b"<!-- x --><svg onload=alert(1)>", "a.jpg", Unfit.WEB_PAGE),
        (
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
            "a.svg",
            Unfit.WEB_PAGE,
        ),
        ("<html>".encode("utf-16"), "a.txt", Unfit.WEB_PAGE),
        (b"MZ\x90\0", "invoice.pdf", Unfit.PROGRAM),
        (b"\x7fELF", "a", Unfit.PROGRAM),
        (b"#!/bin/sh\nrm -rf /", "a.txt", Unfit.PROGRAM),
        (b"<!---->" * 500 + b"<html>", "a.txt", Unfit.WEB_PAGE),
        (b"<!DOCTYPE x><!-- a -->\n<!doctype html>", "a.txt", Unfit.WEB_PAGE),
        (picture()[:60], "a.png", Unfit.NOT_WHOLE),
        (b"\xff\xd8\xff\xe0nothing", "a.jpg", Unfit.NOT_WHOLE),
        (bomb(), "a.png", Unfit.TOO_MANY_PIXELS),
        (bomb(9_999), "a.png", Unfit.TOO_MANY_PIXELS),
        (bomb(7_072), "a.png", Unfit.TOO_MANY_PIXELS),
    ],
)
def test_what_attacks_or_is_broken_is_not_taken(content: bytes, name: str, why: Unfit) -> None:
    with pytest.raises(NotTaken) as refused:
        sniff.media_type(content, name)
    assert refused.value.why is why and refused.value.name == name


def test_the_public_copy_has_no_metadata_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x8825] = 6, "ACME Camera", {1: "N", 2: (12.0, 30.0, 0.0)}
    content = picture("JPEG", (40, 30), exif=exif) + b"hidden words after the end"
    copy, kind = pictures.public_copy(content, "image/jpeg")
    with Image.open(io.BytesIO(copy)) as drawn:
        assert kind == "image/jpeg" and drawn.size == (30, 40) and not drawn.getexif()
    assert b"ACME" not in copy and b"hidden" not in copy
    metadata = PngImagePlugin.PngInfo()
    metadata.add_text("Author", "Somebody Secret")
    copy, kind = pictures.public_copy(picture("PNG", pnginfo=metadata), "image/png")
    assert kind == "image/png" and b"Secret" not in copy
    assert pictures.public_copy(picture("GIF"), "image/gif")[1] == "image/png"


def test_a_picture_that_cannot_be_drawn_has_no_public_copy() -> None:
    for content, kind in ((b"\0\0\0\x18ftypheic", "image/heif"), (picture()[:80], "image/png")):
        with pytest.raises(ValueError):
            pictures.public_copy(content, kind)


@pytest.mark.parametrize("side", [40, 100])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP"])
def test_a_large_picture_becomes_smaller_and_stands_upright(
    kind: str, side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "SIDE", side)
    exif = Image.Exif()
    exif[0x0112] = 6
    media_type = f"image/{kind.lower()}"
    copy, _ = pictures.public_copy(
        picture(kind, (100, 60), **({} if kind == "BMP" else {"exif": exif})), media_type
    )
    with Image.open(io.BytesIO(copy)) as drawn:
        assert max(drawn.size) <= side and (drawn.size[0] < drawn.size[1]) == (kind != "BMP"), (
            drawn.size
        )
        assert (
            max(
                abs(a - b)
                for a, b in zip(
                    drawn.convert("RGB").getpixel((5, 5)), (0x2C, 0x6C, 0xB0), strict=True
                )
            )
            < 6
        )


def test_what_was_taken_in_before_the_limit_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_limits, "MOST_PIXELS", 1000)
    with pytest.raises(pictures.TooManyPixels, match="pixels") as refused:
        pictures.public_copy(picture("PNG", (40, 30)), "image/png")
    assert refused.value.most == 1000


def saved(mode: str, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def interlaced() -> bytes:
    """A PNG whose head says so; nothing is decoded here."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 40, 30, 8, 6, 0, 0, 1)
    content = saved("RGBA", "PNG")
    return content[:12] + head + struct.pack(">I", zlib.crc32(head)) + content[33:]


def in_three_scans() -> bytes:
    """A JPEG that is not progressive; its first scan has one of its three colours."""
    content = saved("RGB", "JPEG")
    at = content.index(b"\xff\xda")
    return content[:at] + b"\xff\xda\0\x08\x01\x01\0\0\x3f\0" + content[at + 14 :]


@pytest.mark.parametrize(
    ("content", "media_type", "millions"),
    [
        (saved("RGB", "JPEG"), "image/jpeg", 50),
        (saved("CMYK", "JPEG"), "image/jpeg", 50),
        (saved("L", "JPEG"), "image/jpeg", 50),
        (saved("RGB", "JPEG", progressive=True), "image/jpeg", 10),
        (saved("CMYK", "JPEG", progressive=True), "image/jpeg", 8),
        (in_three_scans(), "image/jpeg", 10),
        (saved("RGBA", "PNG"), "image/png", 50),
        (saved("P", "PNG"), "image/png", 50),
        (interlaced(), "image/png", 25),
        (saved("I;16", "PNG"), "image/png", 20),
        (saved("1", "TIFF"), "image/tiff", 50),
        (saved("L", "TIFF"), "image/tiff", 50),
        (saved("RGB", "TIFF"), "image/tiff", 14),
        (saved("RGBA", "TIFF"), "image/tiff", 12),
        (saved("RGB", "WEBP"), "image/webp", 8),
        (saved("RGB", "BMP"), "image/bmp", 12),
        (saved("P", "GIF"), "image/gif", 50),
    ],
)
def test_what_takes_more_memory_may_have_fewer_pixels(
    content: bytes, media_type: str, millions: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Image.open(io.BytesIO(content)) as opened:
        most = picture_limits.most_pixels(opened, media_type, content)
    assert most // 1_000_000 == millions
    # it has 1200
    monkeypatch.setattr(picture_limits, "MOST_MEMORY", picture_limits.MOST_MEMORY * 1199 // most)
    monkeypatch.setattr(picture_limits, "MOST_PIXELS", 1199)
    with pytest.raises(NotTaken) as refused:
        sniff.media_type(content, "a")
    assert refused.value.why is Unfit.TOO_MANY_PIXELS and refused.value.most < 1200
    assert "million pixels" in evidence_files.not_taken(
        NotTaken(Unfit.TOO_MANY_PIXELS, "a.tif", most)
    )


def test_grey_of_sixteen_bits_is_as_light_as_it_was() -> None:
    for size in ((9, 9), (5000, 3)):
        out = io.BytesIO()
        Image.new("I;16", size, 40_000).save(out, "PNG")
        copy, _kind = pictures.public_copy(out.getvalue(), "image/png")
        with Image.open(io.BytesIO(copy)) as drawn:
            assert drawn.convert("L").getpixel((1, 1)) in range(155, 158)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA"])
@pytest.mark.parametrize(
    ("width", "height", "factor"),
    [(40, 700, 2), (33, 257, 2), (7, 1, 3), (50, 513, 5), (1, 1000, 4)],
)
def test_a_png_in_strips_is_the_same_picture(
    mode: str, width: int, height: int, factor: int
) -> None:
    noise = Image.effect_noise((width, height), 90)
    whole = Image.merge(mode, [noise.rotate(180 * (band % 2)) for band in range(len(mode))])
    out = io.BytesIO()
    whole.save(out, "PNG", compress_level=1)
    assert png_strips.header(out.getvalue()).in_strips
    with Image.open(io.BytesIO(out.getvalue())) as again:
        assert (
            png_strips.reduced(out.getvalue(), factor).tobytes() == again.reduce(factor).tobytes()
        )


def test_half_a_png_in_strips_is_none() -> None:
    content = picture("PNG", (900, 900))
    noise = io.BytesIO()
    Image.merge("RGB", [Image.effect_noise((300, 900), 90)] * 3).save(noise, "PNG")
    for broken in (noise.getvalue()[:-3000], content[:60], b"\x89PNG\r\n\x1a\n"):
        with pytest.raises((ValueError, zlib.error, OSError, SyntaxError)):
            png_strips.reduced(broken, 2)
