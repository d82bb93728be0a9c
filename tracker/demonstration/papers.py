"""The files of the demonstration, made when it is loaded: small PDFs of real text, and charts as
PNG.

No storing here.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

LINES_A_PAGE = 44
INK, PAPER, BAR, RULE = "#1d2430", "#ffffff", "#2f5d8a", "#c9ced6"


def pdf(title: str, lines: Sequence[str]) -> bytes:
    """Text on letter pages, in one of the fonts that every reader of PDF has."""
    pages = [
        lines[start : start + LINES_A_PAGE] for start in range(0, max(len(lines), 1), LINES_A_PAGE)
    ]
    # objects: 1 catalogue, 2 pages, then each page with its content, then two fonts
    font = 3 + 2 * len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids "
        f"[{' '.join(f'{3 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {4 + 2 * number} 0 R "
            f"/Resources << /Font << /Body {font} 0 R /Head {font + 1} 0 R >> >> >>"
        )
        commands = [
            f"BT /Head 15 Tf 64 730 Td ({_escaped(title)}) Tj ET",
            "BT /Body 10 Tf 14 TL 64 700 Td",
        ]
        commands += [f"({_escaped(line)}) Tj T*" for line in page]
        commands += [
            "ET",
            f"BT /Body 8 Tf 64 46 Td (Made-up example. Page {number + 1} of {len(pages)}) Tj ET",
        ]
        content = "\n".join(commands)
        objects.append(
            f"<< /Length {len(content.encode('cp1252'))} >>\nstream\n{content}\nendstream"
        )
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for name in ("Helvetica", "Helvetica-Bold")
    ]
    return _assembled(objects, title)


def _escaped(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _assembled(objects: Sequence[str], title: str) -> bytes:
    objects = [*objects, f"<< /Title ({_escaped(title)}) /Producer (The demonstration) >>"]
    out, starts = bytearray(b"%PDF-1.4\n"), []
    for number, words in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{words}\nendobj\n".encode("cp1252")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{start:010} 00000 n \n" for start in starts).encode()
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    out += f"trailer\n{trailer}\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def png(title: str, bars: Mapping[str, int]) -> bytes:
    """Bars with their numbers.

    It says inside who made it, as pictures do: the public copy does not.
    """
    wide, row, left = 960, 64, 300
    picture = Image.new("RGB", (wide, 110 + row * len(bars)), PAPER)
    draw = ImageDraw.Draw(picture)
    large, small = ImageFont.load_default(28), ImageFont.load_default(20)
    draw.text((36, 30), title, fill=INK, font=large)
    most = max(bars.values(), default=1)
    for place, (name, count) in enumerate(bars.items()):
        top = 96 + place * row
        draw.text((36, top + 8), name, fill=INK, font=small)
        draw.rectangle(
            (left, top, left + round((wide - left - 120) * count / most), top + 38), fill=BAR
        )
        draw.text(
            (left + round((wide - left - 120) * count / most) + 12, top + 8),
            f"{count:,}",
            fill=INK,
            font=small,
        )
    draw.line((left, 90, left, 90 + row * len(bars)), fill=RULE, width=2)
    about = PngImagePlugin.PngInfo()
    about.add_text("Author", "a made-up member of staff")
    out = io.BytesIO()
    picture.save(out, "PNG", pnginfo=about, optimize=True)
    return out.getvalue()
