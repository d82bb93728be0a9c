"""One process that answers: waitress, with limits for slow and for large requests.

A request occupies a thread only once it has come whole.

How large a body may be is told by a function that is passed in. How many processes there are, and
who watches them, is in `serve`.
"""

from __future__ import annotations

import logging
import resource
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar, cast
from weakref import WeakSet

from flask import Flask
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask
from waitress.utilities import Error, RequestEntityTooLarge

# a few more than the cores keep busy: writers wait for each other, and reading goes on beside them
THREADS = 8
HEAD_SECONDS = 20.0  # a request's first line and headers have come by then
BODY_SECONDS = 30.0  # its body too, with more time for what is large and keeps coming
SLOWEST = 10_000  # bytes a second
IDLE_SECONDS = 60  # a connection without a request
PRESSED_SECONDS = 5.0  # all three, while half of the connections are taken
MOST_CONNECTIONS = 2000
MOST_FROM_ANYBODY = 20  # large bodies at once that need no session: a gigabyte of disk
GRACE = 5.0  # seconds for requests that are being answered when the server is told to end

log = logging.getLogger("tracker.web_server")


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What may be waited for. Tests have shorter ones."""

    head_seconds: float = HEAD_SECONDS
    body_seconds: float = BODY_SECONDS
    idle_seconds: float = IDLE_SECONDS
    pressed_seconds: float = PRESSED_SECONDS
    connections: int = MOST_CONNECTIONS


LargestBody = Callable[[Flask, str, str, str], int]
"""From method, path and cookies to how many bytes a body may have."""


class TooManyLargeBodies(Error):  # type: ignore[misc]
    code = 503
    reason = "Service Unavailable"


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Knows from the head of a request how large its body may be."""

    app: Flask
    largest_body: LargestBody
    largest_form: int
    largest_from_anybody: int = 0  # of a body that needs no session; it tells them from others
    from_anybody: ClassVar[WeakSet[Parser]] = WeakSet()  # until they are answered
    refused: bool = False
    adj: Any
    error: Any

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.content_length > self.largest_form or self.chunked:
            largest = self._largest()
            self.adj = _copied(self.adj, max_request_body_size=largest + 1)
            if largest == self.largest_from_anybody:
                self.refused = len(self.from_anybody) >= MOST_FROM_ANYBODY
                if not self.refused:
                    self.from_anybody.add(self)

    def received(self, data: bytes) -> int:
        """A body that announces too much is not received: the application answers with the page
        that says so.
        """
        consumed = cast(int, super().received(data))
        if isinstance(self.error, RequestEntityTooLarge) and self.content_length:
            self.error = None
            self.expect_continue = False
            self.headers["CONNECTION"] = "close"
        if self.refused and self.error is None:
            self.error = TooManyLargeBodies("Many files are being received. Try again soon.")
            self.completed = True
        return consumed

    def _largest(self) -> int:
        try:
            return type(self).largest_body(
                self.app, self.command, self.path, self.headers.get("COOKIE", "")
            )
        except Exception:  # whatever a stranger's head holds, the server goes on
            log.exception("a request's head could not be judged")
            return self.largest_form


class RequestTask(WSGITask):  # type: ignore[misc]
    """An answer that has no body, as "not modified", needs no length to end.

    The connection is kept, as after any other.
    """

    def set_close_on_finish(self) -> None:
        asks_to_close = self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or self.version != "1.1" or asks_to_close or self.wrote_header:
            super().set_close_on_finish()


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows since when it has been receiving a request."""

    task_class = RequestTask
    receives_since: float | None = None
    server: Server

    def received(self, data: bytes) -> bool:
        done = cast(bool, super().received(data))
        if self.request is None:
            self.receives_since = None
        elif self.receives_since is None:
            self.receives_since = time.time()
        return done

    def overdue(self, now: float, limits: Limits, pressed: bool) -> bool:
        """Whether it has had the time that a request, or the pause between two, may take."""
        if self.requests:
            return False
        if self.receives_since is None:
            return now - float(self.last_activity) > (
                limits.pressed_seconds if pressed else limits.idle_seconds
            )
        waited = now - self.receives_since
        if pressed:
            return waited > limits.pressed_seconds + self._came() / SLOWEST
        if not self.request.headers_finished:
            return waited > limits.head_seconds
        return waited > limits.body_seconds + self._came() / SLOWEST

    def _came(self) -> int:
        return cast(int, self.request.body_bytes_received)


class Server(TcpWSGIServer):  # type: ignore[misc]
    """Listens at a socket that others may listen at as well; closes what is overdue."""

    channel_class = Channel
    limits: Limits

    def maintenance(self, now: float) -> None:
        channels = list(self.active_channels.values())
        pressed = len(channels) > self.limits.connections // 2
        for channel in channels:
            if channel.overdue(now, self.limits, pressed):
                channel.will_close = True

    def busy(self) -> bool:
        """Whether a request is being answered, or its answer is still on the way."""
        return any(
            channel.requests or channel.total_outbufs_len
            for channel in list(self.active_channels.values())
        )

    def handle_error(self) -> None:
        """Of the listening socket: it stays open, as it is that of every process.

        (A connection with an error of its own is closed.)
        """
        log.exception("the listening socket")


def _copied(adjustments: Any, **changes: Any) -> Any:
    copy = object.__new__(type(adjustments))
    copy.__dict__.update(adjustments.__dict__, **changes)
    return copy


def _room(connections: int) -> int:
    """So many connections as there are file descriptors for, each with a file for a large body."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * connections + 200
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        return min(connections, max((soft - 200) // 2, 20))
    return connections


def serve(
    app: Flask, listening: socket.socket, largest_body: LargestBody, limits: Limits | None = None
) -> None:
    """Answer at that socket until SIGTERM or SIGINT; what is being answered then is answered."""
    limits = limits or Limits()
    limits = replace(limits, connections=_room(limits.connections))
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    logging.getLogger("waitress").addFilter(_without_address)
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(THREADS)
    server = _make_server(app, listening, largest_body, limits=limits, dispatcher=dispatcher)
    _answer_until_stopped(server)
    dispatcher.shutdown(timeout=1)


def _make_server(
    app: Flask,
    listening: socket.socket,
    largest_body: LargestBody,
    *,
    limits: Limits,
    dispatcher: ThreadedTaskDispatcher,
) -> Server:
    largest_form: int = app.config["MAX_CONTENT_LENGTH"]
    Channel.parser_class = type(
        "ParserOfApp",
        (Parser,),
        {
            "app": app,
            "largest_body": staticmethod(largest_body),
            "largest_form": largest_form,
            "largest_from_anybody": app.config["LARGEST_FROM_ANYBODY"],
            "from_anybody": WeakSet(),
        },
    )
    adjustments = Adjustments(
        sockets=[listening],
        threads=THREADS,
        connection_limit=limits.connections,
        cleanup_interval=1,
        asyncore_use_poll=True,
        max_request_body_size=largest_form + 1,
        max_request_header_size=32 * 1024,
        inbuf_overflow=64 * 1024,
        clear_untrusted_proxy_headers=False,
        log_socket_errors=False,
        ident="tracker",
    )
    address = (listening.family, listening.type, listening.proto, listening.getsockname())
    server = Server(
        app,
        {},
        _sock=listening,
        dispatcher=dispatcher,
        adj=adjustments,
        sockinfo=address,
        bind_socket=False,
    )
    server.limits = limits
    return server


def _answer_until_stopped(server: Server) -> None:
    """Until a signal; then what is being answered is answered, for so long as the grace lasts."""
    stopped_at: list[float] = []

    def stop(_signal: int, _frame: object) -> None:
        stopped_at.append(time.monotonic())
        server.pull_trigger()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    while not stopped_at:
        wasyncore.loop(timeout=1, use_poll=True, map=server._map, count=1)
    server.accepting = False
    while server.busy() and time.monotonic() < stopped_at[0] + GRACE:
        wasyncore.loop(timeout=0.1, use_poll=True, map=server._map, count=1)


def _without_address(record: logging.LogRecord) -> bool:
    """Addresses can hold the token of a one-time link.

    The lines of waitress that end in one go without it.
    """
    words = record.getMessage()
    for known in ("Client disconnected while serving ", "Exception while serving "):
        if words.startswith(known):
            record.msg, record.args = known + "a request", ()
    return True
