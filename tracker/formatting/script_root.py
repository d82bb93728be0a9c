"""What stands before each path in the addresses of a request, where a proxy has the application
below one (SCRIPT_NAME).
"""

from __future__ import annotations

from contextvars import ContextVar

from flask import Flask, has_request_context, request

_of_request: ContextVar[str | None] = ContextVar("script_root", default=None)


def script_root() -> str:
    """Looked up once a request: a page has hundreds of addresses. Empty outside a request."""
    root = _of_request.get()
    if root is not None:
        return root
    return request.script_root if has_request_context() else ""


def init_app(app: Flask) -> None:
    @app.before_request
    def _settle() -> None:
        _of_request.set(request.script_root)

    @app.teardown_request
    def _forget(_: BaseException | None) -> None:
        _of_request.set(None)
