"""The objects of one page: which they are, the numbers they get, and their bytes.

References are values of their own in pydyf, so a text that looks like one is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pydyf

from .structure import REFERENCE, PdfInWriting


class UnknownValue(Exception):
    """WeasyPrint has put something into an object that is not known here."""


def reachable(pdf: PdfInWriting, start: Iterable[int], fixed: Mapping[int, int]) -> list[int]:
    """The numbers of all objects to which a reference leads, in order.

    :param fixed: those that each report has once; they are left out
    """
    known: set[int] = set()
    waiting = [number for number in start if number not in fixed]
    while waiting:
        number = waiting.pop()
        if number in known:
            continue
        known.add(number)
        for reference in _references(pdf.objects[number]):
            if reference not in known and reference not in fixed:
                waiting.append(reference)
    return sorted(known)


def number_of(reference: object) -> int | None:
    """None where the value is no reference."""
    match = REFERENCE.fullmatch(reference) if isinstance(reference, bytes) else None
    return int(match[1]) if match else None


def written(value: Any, numbers: Mapping[int, int]) -> bytes:
    """A value as bytes, with the new numbers in its references. Raises UnknownValue."""
    if isinstance(value, bytes):
        number = number_of(value)
        return value if number is None else _reference(number, numbers)
    if isinstance(value, str):
        return value.encode("ascii")
    if isinstance(value, float):
        return decimal(value)
    if isinstance(value, int):
        return b"%d" % value
    if isinstance(value, dict):
        return b"<<%s>>" % entries(value, numbers)
    if isinstance(value, list | tuple):
        return b"[%s]" % b" ".join(written(member, numbers) for member in value)
    if isinstance(value, pydyf.String):
        return bytes(value.data)
    raise UnknownValue(type(value).__name__)


def entries(dictionary: Mapping[str, Any], numbers: Mapping[int, int]) -> bytes:
    """What stands in a dictionary."""
    return b"".join(
        b"/%s %s" % (key.encode("ascii"), written(value, numbers))
        for key, value in dictionary.items()
    )


def content(items: Iterable[Any]) -> bytes:
    """Of a content stream, or of an image."""
    return b"\n".join(_content_item(item) for item in items)


def decimal(value: float) -> bytes:
    text = f"{value:f}".rstrip("0").rstrip(".")
    return b"0" if text == "-0" else text.encode("ascii")


def _content_item(item: Any) -> bytes:
    if isinstance(item, bytes):
        return item
    if isinstance(item, str):
        return item.encode("ascii")
    if isinstance(item, pydyf.Object):
        return bytes(item.data)
    raise UnknownValue(type(item).__name__)


def _reference(number: int, numbers: Mapping[int, int]) -> bytes:
    try:
        return b"%d 0 R" % numbers[number]
    except KeyError:
        raise UnknownValue(f"object {number} was not expected") from None


def _references(value: Any) -> Iterator[int]:
    if isinstance(value, bytes):
        number = number_of(value)
        if number is not None:
            yield number
    elif isinstance(value, dict):
        for member in value.values():
            yield from _references(member)
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _references(member)
    elif isinstance(value, pydyf.Stream):
        yield from _references(value.extra)
