"""The files for proxies say what the application says: how large a request may be, where files are taken, and what no log may hold."""
from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tracker.accounts.body_limits import LARGEST_FORM, LARGEST_WITH_FILES, MEGABYTE
from tracker.work.door import ADDRESS

DEPLOY = Path(__file__).parents[2] / "deploy"
CADDY, NGINX, PASSED = (DEPLOY / name for name in ("Caddyfile", "nginx.conf", "tracker-proxy.conf"))


def test_sizes_are_those_of_the_application() -> None:
    form, files = LARGEST_FORM // MEGABYTE, LARGEST_WITH_FILES // MEGABYTE
    assert f"max_size {form}MB" in CADDY.read_text() and f"max_size {files}MB" in CADDY.read_text()
    assert f"client_max_body_size  {form}m;" in NGINX.read_text() and f"client_max_body_size {files}m;" in NGINX.read_text()
    assert ADDRESS.startswith("/my-work/") and "/my-work/*/log" in CADDY.read_text() and "^/my-work/.+/log$" in NGINX.read_text()


def test_requests_wait_at_the_proxy_and_tokens_stay_out_of_its_log() -> None:
    assert "request_buffers" in CADDY.read_text() and "proxy_request_buffering on;" in PASSED.read_text()
    for file in (CADDY, NGINX):
        assert "/account/password/" in file.read_text()
    assert "$request_uri" not in NGINX.read_text().split("log_format")[1].split(";")[0]


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_reads_it(tmp_path: Path) -> None:
    made = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem",
                           "-days", "2", "-subj", "/CN=tracker.example.org"], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("openssl is not installed")
    shutil.copy(PASSED, tmp_path)
    site = NGINX.read_text().replace("/etc/ssl/tracker/", f"{tmp_path}/").replace("/etc/nginx/", f"{tmp_path}/").replace("/var/log/nginx/", f"{tmp_path}/")
    (tmp_path / "site.conf").write_text(site)
    (tmp_path / "nginx.conf").write_text(f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http {{ include {tmp_path}/site.conf; }}")
    done = subprocess.run(["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
