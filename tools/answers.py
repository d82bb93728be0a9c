"""Reads every page, export, rate and printed report of an instance into one file, so that two
versions of the product can be compared.

    python tools/answers.py read INSTANCE FILE [--as-of DAY ...] [--report FORM ...] [--account
    EMAIL PASSWORD ...]
    python tools/answers.py compare FILE FILE

`read` follows each address of the pages once, as a delegate and as each account, with one filter of
a list at a time; it asks with GET only and changes nothing.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from flask.testing import FlaskClient

BLOCKS = frozenset(
    """
    address article aside blockquote body button caption dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 head header html label legend
    li main nav ol option p pre section select summary table tbody td textarea
    th thead title tr ul
""".split()  # noqa: SIM905
)
ONCE = ("/static/", "/sign-out", "/files/")  # not pages


class Text(HTMLParser):
    """The words of a page: a line for each block, what is inside a line joined as a browser
    does.
    """

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in BLOCKS or tag == "br":
            self.parts.append("\n")
        if tag == "a" and said.get("href"):
            self.links.append(said["href"] or "")
            self.parts.append(f"[{said['href']}]")
        if (
            tag in ("input", "button", "select", "textarea", "meta")
            and said.get("name") != "csrf_token"
        ):
            named = {
                name: said[name] for name in ("name", "type", "value", "content") if said.get(name)
            }
            self.parts.append(f"<{tag} {named}>" if named else "")
        if tag == "time" or said.get("aria-label"):
            self.parts.append(f"<{said.get('datetime') or said.get('aria-label')}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))

    def lines(self) -> list[str]:
        lines = (re.sub(r" +", " ", line).strip() for line in "".join(self.parts).split("\n"))
        return [line for line in lines if line]


def crawl(client: FlaskClient, suffixes: Iterable[str]) -> dict[str, list[str]]:
    """Of each address that the pages lead to: its status and the lines of its words."""
    ahead = deque(["/", *(f"/{suffix}" for suffix in suffixes)])
    found: dict[str, list[str]] = {}
    while ahead:
        path = ahead.popleft()
        if path in found or any(path.startswith(each) for each in ONCE):
            continue
        response = client.get(path)
        found[path] = [str(response.status_code), response.headers.get("Location", "")]
        if response.mimetype != "text/html":
            continue
        page = Text()
        page.feed(response.get_data(as_text=True))
        found[path] += page.lines()
        for link in page.links:
            target, _ = urldefrag(urljoin(path, link))
            address = urlsplit(target)
            filters = [each for each in parse_qsl(address.query) if each[0] != "as_of"]
            if not address.netloc and not address.scheme and len(filters) < 2:
                ahead.append(target)
    return dict(sorted(found.items()))


def signed_in(client: FlaskClient, email: str, password: str) -> FlaskClient:
    form = client.get("/sign-in").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', form)
    answer = client.post(
        "/sign-in",
        data={"email": email, "password": password, "csrf_token": token[1] if token else ""},
    )
    if answer.status_code != 303:
        sys.exit(f"{email} cannot sign in: {answer.status_code}")
    return client


def command(instance: Path, *words: str) -> list[str]:
    """What a command prints, and its exit status."""
    from click.testing import CliRunner

    from tracker.cli import tracker

    done = CliRunner().invoke(tracker, ["--instance", str(instance), *words])
    return [f"status {done.exit_code}", *done.output.splitlines()]


def files(
    instance: Path, conventions: Iterable[str], days: Iterable[str], forms: Iterable[str]
) -> dict[str, list[str]]:
    """Exports and printed reports, by the command that made them."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for slug in conventions:
            for day in ("", *days):
                said = ["--as-of", day] if day else []
                for form in ("csv", "json"):
                    words = ["export", "items", "--convention", slug, "--format", form, *said]
                    target = Path(folder) / f"list.{form}"
                    target.unlink(missing_ok=True)
                    command(instance, *words, "--output", str(target))
                    found[" ".join(words)] = (
                        target.read_text().splitlines() if target.exists() else []
                    )
            for form in forms:
                words = ["report", "convention", slug, "--form", form]
                target = Path(folder) / "report.pdf"
                target.unlink(missing_ok=True)
                command(instance, *words, "--output", str(target))
                text = subprocess.run(
                    ["pdftotext", "-layout", str(target), "-"], capture_output=True, text=True
                ).stdout
                found[" ".join(words)] = [
                    " ".join(line.split()) for line in text.splitlines() if line.strip()
                ]
    return found


def read(
    instance: Path, days: Sequence[str], accounts: Sequence[tuple[str, str]], forms: Sequence[str]
) -> dict[str, dict[str, list[str]]]:
    from tracker import config, create_app
    from tracker.web_extensions import limiter

    app = create_app(config.read(instance))
    limiter.enabled = False
    suffixes = [f"?as_of={day}" for day in days]
    found = {"public": crawl(app.test_client(), suffixes)}
    for email, password in accounts:
        found[email] = crawl(signed_in(app.test_client(), email, password), ())
    conventions = sorted(
        {
            path.strip("/")
            for path in found["public"]
            if path.count("/") == 3 and path.endswith("/") and "?" not in path
        }
    )
    conventions = [slug for slug in conventions if found["public"][f"/{slug}/"][0] == "200"]
    said = {
        " ".join(words): command(instance, *words)
        for words in (["verify"], ["rebuild", "--check"], ["rates", "--json"])
    }
    said |= {
        f"rates as of {day}": command(instance, "rates", "--json", "--as-of", day) for day in days
    }
    found["command"] = said | files(instance, conventions, days, forms)
    return found


def compare(one: Path, other: Path) -> int:
    """Prints what differs; how many addresses do."""
    before, after = json.loads(one.read_text()), json.loads(other.read_text())
    count = 0
    for reader in before.keys() | after.keys():
        old, new = before.get(reader, {}), after.get(reader, {})
        for path in sorted(old.keys() | new.keys()):
            if old.get(path) != new.get(path):
                count += 1
                print(f"== {reader}: {path}")
                lines = difflib.unified_diff(old.get(path, []), new.get(path, []), lineterm="", n=1)
                print("\n".join(list(lines)[2:40]))
    total = sum(len(each) for each in before.values())
    print(f"{count} of {total} addresses, exports, reports and commands differ")
    return count


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("read")
    reading.add_argument("instance", type=Path)
    reading.add_argument("file", type=Path)
    reading.add_argument("--as-of", action="append", default=[])
    reading.add_argument("--report", action="append", default=[], choices=("short", "full"))
    reading.add_argument("--account", nargs=2, action="append", default=[])
    comparing = commands.add_parser("compare")
    comparing.add_argument("files", type=Path, nargs=2)
    given = parser.parse_args()
    if given.command == "compare":
        sys.exit(1 if compare(*given.files) else 0)
    accounts = [(email, password) for email, password in given.account]
    given.file.write_text(
        json.dumps(read(given.instance, given.as_of, accounts, given.report), indent=1)
    )


if __name__ == "__main__":
    main()
