"""A PDF file in writing: objects one after the other, and at its end where each one is.

The cross-reference stream has one section for each run of object numbers, so numbers may have gaps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from . import fragment
from .fragment import ROW
from .pdf_values import decimal

HEADER = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"

OBJECTS_IN_STREAM = 200

WORTH_PACKING = 200
"""Bytes of a content stream that is written late: margins are longer, page numbers shorter."""

HEAD_OF_FREE_OBJECTS = (fragment.FREE, 0, 65_535)

Row = tuple[int, int, int]


class PdfFile:
    """Objects of fragments come with their rows; all others get theirs here.

    :param first: the first number that no fragment has
    """

    def __init__(self, file: BinaryIO, first: int) -> None:
        self._file = file
        self._next = first
        self._position = 0
        self._checksum = hashlib.md5(usedforsecurity=False)
        self._sections: dict[int, bytes | bytearray] = {}
        self._rows: dict[int, Row] = {0: HEAD_OF_FREE_OBJECTS}
        self._waiting: list[tuple[int, bytes]] = []
        self._write(HEADER)

    def reserve(self) -> int:
        """A number for an object that is written later."""
        number = self._next
        self._next += 1
        return number

    def add(self, body: bytes) -> int:
        """An object that is no stream; returns its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def put(self, number: int, body: bytes) -> None:
        self._waiting.append((number, body))

    def add_stream(self, entries: bytes, content: bytes) -> int:
        number = self.reserve()
        self.put_stream(number, entries, content)
        return number

    def put_stream(
        self, number: int, entries: bytes, content: bytes, *, compressed: bool = True
    ) -> None:
        write = fragment.packed_stream_object if compressed else fragment.stream_object
        self._rows[number] = (fragment.AT_OFFSET, self._position, 0)
        self._write(write(number, entries, content))

    def put_fragment(
        self,
        base: int,
        objects: bytes,
        rows: bytes,
        streams: tuple[tuple[int, int], ...],
        written_late: dict[int, bytes],
    ) -> None:
        """The objects of a page as they are, and its content streams that are written late.

        :param streams: object number and offset in the objects
        :param written_late: their content by object number
        """
        completed = bytearray(rows)
        for number, offset in streams:
            row = (fragment.AT_OFFSET, self._position + offset, 0)
            ROW.pack_into(completed, ROW.size * (number - base), *row)
        self._write(objects)
        for number, content in written_late.items():
            row = (fragment.AT_OFFSET, self._position, 0)
            ROW.pack_into(completed, ROW.size * (number - base), *row)
            is_long = len(content) > WORTH_PACKING
            write = fragment.packed_stream_object if is_long else fragment.stream_object
            self._write(write(number, b"", content))
        self._sections[base] = completed

    def finish(self, trailer: bytes) -> None:
        """Writes what waits, and where all objects are.

        :param trailer: its entries: catalog and information
        """
        self._write_waiting()
        number = self.reserve()
        start = self._position
        self._rows[number] = (fragment.AT_OFFSET, start, 0)
        for first, rows in _runs(self._rows):
            self._sections[first] = rows
        index = list(_index(self._sections))
        identifier = self._checksum.hexdigest().encode("ascii")
        entries = b"/Type/XRef/Size %d/W[1 4 2]/Index[%s]/ID[(%s)(%s)]%s" % (
            number + 1,
            b" ".join(b"%d %d" % section for section in index),
            identifier,
            identifier,
            trailer,
        )
        rows = b"".join(self._sections[first] for first in sorted(self._sections))
        self._write(fragment.packed_stream_object(number, entries, rows))
        self._write(b"startxref\n%s\n%%%%EOF\n" % decimal(start))

    def _write_waiting(self) -> None:
        """Objects that are no streams stand in streams of their own."""
        for start in range(0, len(self._waiting), OBJECTS_IN_STREAM):
            objects = self._waiting[start : start + OBJECTS_IN_STREAM]
            container = self.reserve()
            for place, (number, _body) in enumerate(objects):
                self._rows[number] = (fragment.IN_OBJECT_STREAM, container, place)
            self._rows[container] = (fragment.AT_OFFSET, self._position, 0)
            self._write(fragment.object_stream(container, objects))

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._checksum.update(content)
        self._position += len(content)


def _runs(rows: dict[int, Row]) -> Iterator[tuple[int, bytes]]:
    """The rows of numbers that follow each other, after the first of the numbers."""
    first, run = 0, bytearray()
    for number in sorted(rows):
        if number != first + len(run) // ROW.size:
            yield first, bytes(run)
            first, run = number, bytearray()
        run += ROW.pack(*rows[number])
    yield first, bytes(run)


def _index(sections: dict[int, bytes | bytearray]) -> Iterator[tuple[int, int]]:
    """First number and count of each section; those without a gap between them are one."""
    first, count = 0, 0
    for start in sorted(sections):
        if start != first + count:
            yield first, count
            first, count = start, 0
        count += len(sections[start]) // ROW.size
    yield first, count
