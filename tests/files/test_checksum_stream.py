"""A file that streams by leaves its checksum, its size and the number in it, and nothing else."""

from __future__ import annotations

import hashlib
import tracemalloc
from pathlib import Path

from tracker.files.checksum_stream import ChecksumStream, checksum_of

CONTENT = b"%PDF-1.7 TrackerReport:PA-2026-1<" + b"." * 200_000


def test_a_stream_has_the_checksum_of_what_was_written() -> None:
    stream = ChecksumStream()
    for start in range(0, len(CONTENT), 1000):
        assert stream.write(CONTENT[start : start + 1000]) == len(CONTENT[start : start + 1000])
    assert stream.seek(0) == 0
    assert stream.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert (stream.size, stream.number) == (len(CONTENT), "PA-2026-1")


def test_an_empty_file_has_a_checksum_too() -> None:
    assert ChecksumStream().sha256 == hashlib.sha256().hexdigest()
    assert ChecksumStream().number is None


def test_a_file_on_disk_is_read_in_pieces(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(CONTENT * 100)  # 20 MB
    tracemalloc.start()
    stream = checksum_of(tmp_path / "report.pdf")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert stream.sha256 == hashlib.sha256(CONTENT * 100).hexdigest()
    assert most < 1_000_000
