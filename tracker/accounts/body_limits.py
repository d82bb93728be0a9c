"""How much a visitor may send, by route: settled before anything of it is parsed.

What the files are is looked at in `files`.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import IO, Any, cast

from flask import Flask, Request, current_app, request, session
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.test import EnvironBuilder

from .access import OPEN, View, begin_reading, is_permitted_anywhere, signed_in

MEGABYTE = 2**20
LARGEST_FORM = MEGABYTE  # bytes of a body without files, and of the fields beside files
LARGEST_WITH_FILES = 60 * MEGABYTE
LARGEST_READ = 50 * MEGABYTE  # of a file that streams by and is not kept
LARGEST_TO_STREAM = LARGEST_READ + 2**16  # with what stands around it in the body
MOST_FIELDS = 1000
MOST_FIELDS_OF_ROWS = 5000


def takes_files(view: View) -> View:
    """Declares that the view reads files: whoever may come in can send more than a form to it.

    The view begins by reading: who may come in is asked of the database before the body is read.
    """
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def takes_many_rows(view: View) -> View:
    """Declares that the view reads a table of fields: whoever may come in can send more of them."""
    view.takes_many_rows = True  # type: ignore[attr-defined]
    return view


def streams_files(stream: Callable[[], io.RawIOBase]) -> Callable[[View], View]:
    """Declares that anybody may send the view a file, which is written to what `stream` makes,
    piece by piece, and kept nowhere.

    The view asks how often somebody may do so before it reads the form.
    """

    def declare(view: View) -> View:
        view.file_stream = stream  # type: ignore[attr-defined]
        return view

    return declare


class LimitedFormParser(FormDataParser):
    """Also counts the fields of a body that is no multipart: a megabyte of `&a` is half a million
    of them."""

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> Any:
        if mimetype == "application/x-www-form-urlencoded":
            body = stream.read()
            stream.read(1)  # a stream that was cut at the limit refuses here: half a form is none
            most_fields = self.max_form_parts or MOST_FIELDS
            if len(body) > LARGEST_FORM or body.count(b"&") >= most_fields:
                raise RequestEntityTooLarge
            stream = io.BytesIO(body)
        return super().parse(stream, mimetype, content_length, options)


class LimitedRequest(Request):
    form_data_parser_class = LimitedFormParser
    file_stream: Callable[[], io.RawIOBase] | None = None  # None: files are kept for the view

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.file_stream is not None:
            return cast(IO[bytes], self.file_stream())
        return super()._get_file_stream(
            total_content_length, content_type, filename, content_length
        )


def init_app(app: Flask) -> None:
    """Before all that reads a form: the check of its token among them."""
    app.request_class = LimitedRequest
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        LARGEST_FROM_ANYBODY=LARGEST_TO_STREAM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_FIELDS,
    )
    app.before_request(_widen)


def _widen() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method == "POST" and hasattr(view, "takes_files") and _may_come_in(view):
        request.max_content_length = LARGEST_WITH_FILES
    if request.method == "POST" and view is not None and hasattr(view, "file_stream"):
        limited = cast(LimitedRequest, request)
        limited.file_stream = view.file_stream
        limited.max_content_length = LARGEST_TO_STREAM
    if request.method == "POST" and hasattr(view, "takes_many_rows") and _may_come_in(view):
        request.max_form_parts = MOST_FIELDS_OF_ROWS


def _may_come_in(view: Any) -> bool:
    if "_user_id" not in session or view.access == OPEN:
        return False
    begin_reading()
    return signed_in() and is_permitted_anywhere(*view.access)


def largest_body(app: Flask, method: str, path: str, cookies: str) -> int:
    """How many bytes a server needs to receive of a request, told by its head alone and without the
    database.

    Files are received only where a view takes them, from somebody with a session that we signed.
    """
    environ = EnvironBuilder(path=path, method=method, headers=[("Cookie", cookies)]).get_environ()
    with app.request_context(environ):
        view = app.view_functions.get(request.endpoint or "")
        if hasattr(view, "takes_files") and "_user_id" in session:
            return LARGEST_WITH_FILES
        return LARGEST_TO_STREAM if hasattr(view, "file_stream") else LARGEST_FORM
