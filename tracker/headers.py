"""What every answer says to the browser.

Content policy, no sniffing, no framing, no caching of what is private; and compression.
"""

from __future__ import annotations

from flask import Flask, Response, request, session

from . import page_cache
from .web_extensions import compress

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' "
    "data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def init_app(app: Flask) -> None:
    settings = app.config["SETTINGS"]
    page_cache.init_app(app)
    app.config.from_mapping(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,  # no slower than 4 on pages of ours, and 6 % smaller
    )
    compress.init_app(app)

    @app.after_request
    def _compressed(response: Response) -> Response:
        """What is the same for everybody.

        With a session a page may hold a secret beside words of the reader, whose length would then
        tell of it.
        """
        if request.endpoint == "static":
            return _packaged(response)
        private = bool(request.cookies) or bool(session) or "Set-Cookie" in response.headers
        return response if private else compress.after_request(response)

    @app.after_request
    def _headers(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if settings.secure_cookies:
            headers.setdefault(
                "Strict-Transport-Security",
                "max-age=31536000" + ("; includeSubDomains" if settings.hsts_subdomains else ""),
            )
        if request.endpoint != "static" and "Cache-Control" not in headers:
            headers["Cache-Control"] = "no-store" if session else "no-cache"
        return response


def _packaged(response: Response) -> Response:
    """A packaged file, which holds nothing of anybody: compressed once in each process."""
    if response.status_code != 200:
        return response
    if response.mimetype in compress.compress_mimetypes_set:
        response.direct_passthrough = False
        response.make_sequence()  # what is streamed, Flask-Compress compresses anew each time
        page_cache.keep_under(f"{request.path} {response.headers['ETag']}")
    return compress.after_request(response)
