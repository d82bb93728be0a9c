"""The web server's own limits, with short ones: what is overdue is closed, what keeps coming is
not.
"""

from __future__ import annotations

import gc
import socket
import threading
from types import SimpleNamespace
from typing import Any
from unittest.mock import Mock
from weakref import WeakSet

import pytest
from flask import Flask
from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser

from tracker.installation import web_server
from tracker.installation.web_server import Channel, Limits, Parser

LIMITS = Limits(
    head_seconds=20, body_seconds=30, idle_seconds=60, pressed_seconds=5, connections=100
)
POST = b"POST /sign-in HTTP/1.1\r\nHost: a\r\n"


def parser(app: Flask, head: bytes, largest: int = 1000, form: int = 1000) -> Any:
    kind = type(
        "P",
        (Parser,),
        {"app": app, "largest_body": staticmethod(lambda *_: largest), "largest_form": form},
    )
    made = kind(Adjustments(max_request_body_size=form + 1))
    made.received(head)
    return made


def test_a_body_that_announces_too_much_goes_to_the_application_unread(app: Flask) -> None:
    announced = parser(app, POST + b"Content-Length: 1001\r\nExpect: 100-continue\r\n\r\n")
    assert (
        announced.completed
        and announced.error is None
        and not announced.expect_continue
        and announced.headers["CONNECTION"] == "close"
    )
    assert announced.get_body_stream().read() == b""


def test_a_body_as_large_as_it_may_be_is_received(app: Flask) -> None:
    assert not parser(app, POST + b"Content-Length: 1000\r\n\r\n").completed
    assert not parser(app, POST + b"Content-Length: 5000\r\n\r\n", largest=5000).completed
    assert parser(app, POST + b"Content-Length: 5001\r\n\r\n", largest=5000).completed


def test_of_large_bodies_that_anybody_sends_some_are_received_at_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_server, "MOST_FROM_ANYBODY", 2)
    kind = type(
        "P",
        (Parser,),
        {
            "app": app,
            "largest_body": staticmethod(lambda _app, _method, path, _cookie: sizes[path]),
            "largest_form": 1000,
            "largest_from_anybody": 5000,
            "from_anybody": WeakSet(),
        },
    )
    sizes = {"/verify": 5000, "/log": 6000, "/sign-in": 1000}

    def sent(path: str, length: int) -> Any:
        made = kind(Adjustments(max_request_body_size=1001))
        made.received(f"POST {path} HTTP/1.1\r\nContent-Length: {length}\r\n\r\n".encode())
        return made

    received = [sent("/verify", 5000) for _ in range(2)]
    assert not any(request.completed for request in received)
    refused = sent("/verify", 5000)
    assert refused.completed and refused.error.code == 503
    others = [sent("/log", 6000), sent("/verify", 900), sent("/sign-in", 900)]
    assert not any(request.completed for request in others)
    del refused, received
    gc.collect()
    assert not sent("/verify", 5000).completed


def test_chunks_are_counted(app: Flask) -> None:
    chunked = parser(app, POST + b"Transfer-Encoding: chunked\r\n\r\n")
    chunked.received(b"384\r\n" + b"a" * 900 + b"\r\n")
    assert not chunked.error
    chunked.received(b"c8\r\n" + b"a" * 200 + b"\r\n")
    assert chunked.error is not None and chunked.completed


def test_what_cannot_be_judged_is_taken_for_a_form(app: Flask) -> None:
    kind = type(
        "P",
        (Parser,),
        {"app": app, "largest_body": staticmethod(lambda *_: 1 / 0), "largest_form": 1000},
    )
    unjudged = kind(Adjustments(max_request_body_size=1001))
    unjudged.received(POST + b"Content-Length: 1001\r\n\r\n")
    assert unjudged.completed


@pytest.mark.parametrize(
    ("headers_finished", "came", "waited", "pressed", "over"),
    [
        (False, 0, 19, False, False),
        (False, 0, 21, False, True),
        (False, 0, 6, True, True),
        (True, 0, 29, False, False),
        (True, 0, 31, False, True),
        (True, 5_000_000, 400, False, False),
        (True, 5_000_000, 600, False, True),
        (True, 0, 6, True, True),
        (True, 5_000_000, 400, True, False),
    ],
)
def test_which_connections_are_overdue(
    headers_finished: bool, came: int, waited: float, pressed: bool, over: bool
) -> None:
    channel: Any = SimpleNamespace(
        requests=[],
        receives_since=1000.0,
        last_activity=1000.0 + waited,
        request=SimpleNamespace(headers_finished=headers_finished, body_bytes_received=came),
    )
    channel._came = lambda: came
    assert Channel.overdue(channel, 1000.0 + waited, LIMITS, pressed) is over


@pytest.mark.parametrize(
    ("pause", "pressed", "over"),
    [(59, False, False), (61, False, True), (4, True, False), (6, True, True)],
)
def test_how_long_a_connection_may_be_idle(pause: float, pressed: bool, over: bool) -> None:
    channel: Any = SimpleNamespace(requests=[], receives_since=None, last_activity=1000.0)
    assert Channel.overdue(channel, 1000.0 + pause, LIMITS, pressed) is over
    channel.requests = ["one that is being answered"]
    assert not Channel.overdue(channel, 1000.0 + pause, LIMITS, pressed)


def test_what_has_not_come_in_time_is_closed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a real socket: who sends nothing, half a head, or half a body is closed; who asks is
    answered.
    """
    handlers: list[Any] = []
    monkeypatch.setattr(
        web_server.signal, "signal", lambda number, handler: handlers.append(handler)
    )
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setblocking(False)
    port = listening.getsockname()[1]
    # longer than a busy machine keeps `quick` waiting
    limits = Limits(head_seconds=2, body_seconds=2, idle_seconds=2)
    thread = threading.Thread(
        target=web_server.serve, args=(app, listening, lambda *_: 1000, limits), daemon=True
    )
    thread.start()
    slow = [socket.create_connection(("127.0.0.1", port), timeout=20) for _ in range(3)]
    slow[1].sendall(b"GET / HT")
    slow[2].sendall(POST + b"Content-Length: 900\r\n\r\nemail=")
    with socket.create_connection(("127.0.0.1", port), timeout=20) as quick:
        quick.sendall(b"GET /sign-in HTTP/1.0\r\n\r\n")
        assert quick.recv(15).startswith(b"HTTP/1.0 200")
    assert [connection.recv(100) for connection in slow] == [b"", b"", b""]
    handlers[0](15, None)
    thread.join(20)
    assert not thread.is_alive()
    listening.close()


@pytest.mark.parametrize(
    ("status", "version", "connection", "closes"),
    [
        ("304 NOT MODIFIED", "1.1", "", False),
        ("204 NO CONTENT", "1.1", "keep-alive", False),
        ("304 NOT MODIFIED", "1.1", "close", True),
        ("304 NOT MODIFIED", "1.0", "", True),
        ("200 OK", "1.1", "", True),  # of unknown length
    ],
)
def test_an_answer_without_a_body_keeps_the_connection(
    status: str, version: str, connection: str, closes: bool
) -> None:
    request = HTTPRequestParser(Adjustments())
    request.version, request.headers = version, {"CONNECTION": connection} if connection else {}
    channel = Mock()
    channel.server.adj.ident = "tracker"
    task = Channel.task_class(channel, request)
    task.start_time, task.status, task.response_headers = 0.0, status, [("ETag", '"a"')]
    head = task.build_response_header().decode()
    assert task.close_on_finish is closes
    assert ("Connection: close" in head) is closes
