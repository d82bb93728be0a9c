"""The files for proxies say what the application says.

How large a request may be, where files are taken, and what no log may hold.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tracker.accounts.body_limits import LARGEST_FORM, LARGEST_WITH_FILES, MEGABYTE
from tracker.work.blueprint import ITEM_ADDRESS

from .conftest import free_port, until

DEPLOY = Path(__file__).parents[2] / "deploy"
CADDY, NGINX, PASSED = (DEPLOY / name for name in ("Caddyfile", "nginx.conf", "tracker-proxy.conf"))


def test_sizes_are_those_of_the_application() -> None:
    form, files = LARGEST_FORM // MEGABYTE, LARGEST_WITH_FILES // MEGABYTE
    assert f"max_size {form}MB" in CADDY.read_text() and f"max_size {files}MB" in CADDY.read_text()
    assert (
        f"client_max_body_size  {form}m;" in NGINX.read_text()
        and f"client_max_body_size {files}m;" in NGINX.read_text()
    )
    assert (
        ITEM_ADDRESS.startswith("/my-work/")
        and CADDY.read_text().count("^(/my-work/.+/log|/verify)$") == 2
        and "^(/my-work/.+/log|/verify)$" in NGINX.read_text()
    )


def test_requests_wait_at_the_proxy_and_tokens_stay_out_of_its_log() -> None:
    assert (
        "request_buffers" in CADDY.read_text()
        and "proxy_request_buffering on;" in PASSED.read_text()
    )
    for file in (CADDY, NGINX):
        assert "password" in file.read_text() and "set-up" in file.read_text()
    assert "$request_uri" not in NGINX.read_text().split("log_format")[1].split(";")[0]


@pytest.mark.skipif(
    not (shutil.which("nginx") and shutil.which("openssl")),
    reason="nginx or openssl is not installed",
)
def test_nginx_reads_it(tmp_path: Path) -> None:
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            tmp_path / "privkey.pem",
            "-out",
            tmp_path / "fullchain.pem",
            "-days",
            "2",
            "-subj",
            "/CN=tracker.example.org",
        ],
        capture_output=True,
        check=True,
    )
    shutil.copy(PASSED, tmp_path)
    site = (
        NGINX.read_text()
        .replace("/etc/ssl/tracker/", f"{tmp_path}/")
        .replace("/etc/nginx/", f"{tmp_path}/")
        .replace("/var/log/nginx/", f"{tmp_path}/")
    )
    (tmp_path / "site.conf").write_text(site)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http "
        f"{{ include {tmp_path}/site.conf; }}"
    )
    done = subprocess.run(
        ["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


class Behind(BaseHTTPRequestHandler):
    """Receives a body whole, and says how long it was."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(str(len(body)).encode())

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def caddy(tmp_path: Path) -> Iterator[int]:
    """Caddy with this file, without TLS, before a server that takes everything.

    The port at which it answers.
    """
    port = free_port()
    with ThreadingHTTPServer(("127.0.0.1", 0), Behind) as behind:
        threading.Thread(target=behind.serve_forever, daemon=True).start()
        words = (
            CADDY.read_text()
            .replace("\ntracker.example.org {", f"\nhttp://127.0.0.1:{port} {{")
            .replace("/var/log/caddy/", f"{tmp_path}/")
        )
        words = words.replace("127.0.0.1:5000", f"127.0.0.1:{behind.server_port}").replace(
            "{\n", "{\n\tadmin off\n", 1
        )
        # which Caddy before 2.7 does not know; it is not looked at here
        words = words.replace("request_buffers 1MB", "")
        (tmp_path / "Caddyfile").write_text(words)
        home = {
            **os.environ,
            "HOME": str(tmp_path),
            "XDG_DATA_HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path),
        }
        with (
            (tmp_path / "caddy.log").open("w") as log,
            subprocess.Popen(
                ["caddy", "run", "--config", tmp_path / "Caddyfile", "--adapter", "caddyfile"],
                env=home,
                stdout=log,
                stderr=log,
            ) as process,
        ):
            try:
                assert until(lambda: _listens(port)), (tmp_path / "caddy.log").read_text()
                yield port
            finally:
                process.terminate()
                behind.shutdown()


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@pytest.mark.skipif(not shutil.which("caddy"), reason="caddy is not installed")
def test_caddy_lets_files_through_where_they_are_taken(caddy: int) -> None:
    def status(path: str, length: int) -> int:
        connection = HTTPConnection("127.0.0.1", caddy, timeout=60)
        with closing(connection):
            connection.request("POST", path, b"a" * length)
            return connection.getresponse().status

    assert status("/my-work/union/2026/nbi-1/log", 3 * MEGABYTE) == 200
    assert status("/sign-in", MEGABYTE // 2) == 200
    assert status("/sign-in", 3 * MEGABYTE) in (413, 502)  # Caddy before 2.7 says 502
