"""A real browser at a real server: Debian's chromium, else an installed Chrome, else Playwright's
own; `tracker serve` on an instance of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

TRACKER = str(Path(sys.executable).parent / "tracker")
# a small /dev/shm, as containers have it, makes Chromium close its pages
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@contextmanager
def chromium() -> Iterator[Browser]:
    installed = next(
        (
            path
            for name in ("chromium", "chromium-browser", "google-chrome", "chrome")
            if (path := shutil.which(name))
        ),
        None,
    )
    if installed and "snap" in Path(installed).resolve().parts:
        installed = None  # Ubuntu's package is a stub that cannot be driven here
    with sync_playwright() as playwright:
        # a report made in this process hides its fonts
        plain = {
            name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG")
        }
        launched = playwright.chromium.launch(executable_path=installed, args=QUIET, env=plain)
        yield launched
        launched.close()


@contextmanager
def serving(instance: Path, **settings: str) -> Iterator[str]:
    """The address of `tracker serve` on this instance, with its worker; both are ended.

    `settings`: of the environment, besides those that the tests run with.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (instance / "serve.log").open("w") as log:
        server = subprocess.Popen(
            [TRACKER, "--instance", str(instance), "serve", "--port", str(port)],
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, **settings},
        )
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/how-we-count", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert server.poll() is None, (instance / "serve.log").read_text()
                time.sleep(0.1)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def tracker(instance: Path, *words: str) -> str:
    """Runs the command; gives back what it printed."""
    done = subprocess.run(
        [TRACKER, "--instance", str(instance), *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


Opens = Callable[..., Page]


@pytest.fixture
def opens(browser: Browser) -> Iterator[Opens]:
    """Opens a page as one visitor: its own cookies, phone or desk, light or dark, with or without
    JavaScript. An error on the page fails the test.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_(size: dict[str, int], dark: bool = False, javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport=size,
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="en-US",
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                errors.append(message.text)
                if message.type == "error" and not re.search("status of (4|5)", message.text)
                else None
            ),
        )
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not errors


def one_time_link(words: str) -> str:
    address = re.search(r"https?://[^/\s]+(/\S+)", words)
    assert address, words
    return address[1]


def addresses_in(page: Page, pattern: str) -> list[str]:
    """The paths of the links of a page that match a regular expression, each once."""
    paths = page.locator("main a[href]").evaluate_all("links => links.map(link => link.pathname)")
    return sorted({path for path in paths if re.fullmatch(pattern, path)})
