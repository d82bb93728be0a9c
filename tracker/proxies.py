"""Proxies in front: how many are believed, and what shows that there is one of which nothing was
said.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from .clock import now
from .config import Settings

# what proxies add to the requests that they pass on
FORWARDED = (
    "X-Forwarded-For",
    "Forwarded",
    "X-Real-IP",
)


@dataclass(frozen=True)
class Undeclared:
    """A request came as from a proxy, though none was declared."""

    first_seen: datetime
    nearby: bool  # from this machine or a private network: no visitor has such an address


def init_app(app: Flask) -> None:
    settings: Settings = app.config["SETTINGS"]
    if settings.proxies:
        count = settings.proxies
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
        app.wsgi_app = proxied  # type: ignore[method-assign]
        return
    seen: set[bool] = set()  # what this process has noted already

    @app.before_request
    def _notice() -> None:
        if any(name in request.headers for name in FORWARDED):
            nearby = _nearby(request.remote_addr)
            if nearby not in seen:
                seen.add(nearby)
                _keep(settings, Undeclared(now(), nearby))


def undeclared(settings: Settings) -> Undeclared | None:
    """What was noticed, for as long as no proxy is declared."""
    if settings.proxies:
        return None
    try:
        seen = json.loads(settings.proxy_file.read_text())
        return Undeclared(datetime.fromisoformat(seen["first_seen"]), bool(seen["nearby"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _nearby(address: str | None) -> bool:
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return True  # a socket of this machine
    return parsed.is_loopback or parsed.is_private


def _keep(settings: Settings, noticed: Undeclared) -> None:
    """Once; what came from nearby takes the place of what any visitor can have sent."""
    before = undeclared(settings)
    if before is not None and (before.nearby or not noticed.nearby):
        return
    first_seen = json.dumps(
        {"first_seen": noticed.first_seen.isoformat(timespec="seconds"), "nearby": noticed.nearby}
    )
    with (
        suppress(OSError),
        open(
            os.open(settings.proxy_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w"
        ) as out,
    ):
        out.write(first_seen + "\n")
