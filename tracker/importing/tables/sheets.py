"""A file becomes sheets of plain cells; which row has the headings is asked in `item_tables`."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from tracker.importing.problems import Unreadable
from tracker.translation import gettext as _

from . import text_files, workbooks
from .sources import LARGEST_FILE, Sheet, Source, no_table

_BYTES_OF_NO_TEXT = b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"  # white space, and marks of byte order
_WEB_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body|table|\?xml)\b", re.IGNORECASE)


def read_file(path: Path, encoding: str | None = None) -> Source:
    """CSV in any encoding and with any delimiter, XLSX, XLS or ODS.

    Raises Unreadable, which says what to do.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise Unreadable(_("%(file)s is a folder: name the file in it.", file=path.name))
        if size > LARGEST_FILE:
            raise Unreadable(
                _(
                    "%(file)s has %(size)s MB, the most is %(most)s MB: "
                    "save the table alone, without pictures, or in two files.",
                    file=path.name,
                    size=size // 2**20,
                    most=LARGEST_FILE // 2**20,
                )
            )
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(
            _(
                "%(file)s cannot be opened (%(why)s): check its name and its rights.",
                file=path.name,
                why=error.strerror,
            )
        ) from error
    return read_bytes(data, path.name, encoding)


def read_bytes(data: bytes, file_name: str, encoding: str | None = None) -> Source:
    """The same for bytes that are at hand already."""
    digest = hashlib.sha256(data).hexdigest()
    if not data.strip(_BYTES_OF_NO_TEXT):
        raise Unreadable(_("%(file)s is empty: export the table again.", file=file_name))
    if workbooks.is_workbook(data):
        sheets, hidden_sheets = workbooks.sheets(data, file_name)
        return Source(
            file_name=file_name, sha256=digest, sheets=sheets, hidden_sheets=hidden_sheets
        )
    if data.startswith(b"%PDF"):
        raise no_table(file_name)
    text = text_files.decoded(data, file_name, encoding)
    if _WEB_PAGE.match(text.words[:1000]):
        raise Unreadable(
            _(
                "%(file)s is a web page under the name of a table: "
                "open it in a spreadsheet, and save it as XLSX.",
                file=file_name,
            )
        )
    records = text_files.records(text.words, file_name)
    return Source(
        file_name=file_name,
        sha256=digest,
        sheets=(Sheet("", records.rows),),
        encoding=text.encoding,
        encoding_sure=text.sure,
        rows_with_nul=records.rows_with_nul,
    )
