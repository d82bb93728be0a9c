"""Values of a PDF as bytes."""

from __future__ import annotations

from collections.abc import Iterable


def string(text: str) -> bytes:
    """A text string: ASCII as it is, all else in UTF-16."""
    try:
        content = text.encode("ascii")
    except UnicodeEncodeError:
        return b"<feff%s>" % text.encode("utf-16-be").hex().encode("ascii")
    for character in (b"\\", b"(", b")"):
        content = content.replace(character, b"\\" + character)
    return b"(%s)" % content.replace(b"\r", b"\\r")


def reference(number: int) -> bytes:
    return b"%d 0 R" % number


def references(numbers: Iterable[int]) -> bytes:
    return b" ".join(map(reference, numbers))


def decimal(value: float) -> bytes:
    """Without an exponent, which PDF does not have."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return b"0" if text == "-0" else text.encode("ascii")
