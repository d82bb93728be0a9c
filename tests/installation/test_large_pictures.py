"""The largest pictures of each kind, sent in and released in a real server.

Its memory stays small, and what is too large is told.
"""

from __future__ import annotations

import http.cookiejar
import io
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from tracker.files.picture_limits import MOST_MEMORY, MOST_PIXELS

from . import strangers
from .conftest import Served
from .test_strangers import MOST_MEMORY as MOST_OF_SERVER

pytestmark = [pytest.mark.installed, pytest.mark.soak]

PASSWORD = re.compile(r"(?P<email>\S+@\S+)\s+(?P<password>\S+)\s+")


class Person:
    """Somebody of the demonstration, signed in."""

    def __init__(self, address: str, instance: Path, name: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        accounts = (instance / "demonstration-accounts.txt").read_text()
        account = next(
            match for match in PASSWORD.finditer(accounts) if match["email"].startswith(name + "@")
        )
        status, _page = self.send(
            "/sign-in", {"email": account["email"], "password": account["password"]}
        )
        assert status == 200

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=120) as answer:
            text: str = answer.read().decode()
        return text

    def send(self, path: str, fields: dict[str, object]) -> tuple[int, str]:
        """The form of the page at that path, with these fields filled in besides those that it
        hides.
        """
        hidden = {}
        for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', self.get(path)):
            name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
            if name and value:
                hidden[name[1]] = value[1]
        boundary, body = encode_multipart(MultiDict({**hidden, **fields}))
        request = urllib.request.Request(
            self.address + path, body, {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        )
        try:
            with self.opener.open(request, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()


def square(pixels: int, mode: str, kind: str, **options: Any) -> bytes:
    side = int(pixels**0.5)
    picture = Image.new("RGB", (side, side), "#2c6cb0")
    picture.paste(Image.merge("RGB", [Image.effect_noise((500, 500), 40)] * 3), (10, 10))
    out = io.BytesIO()
    if kind == "TIFF":
        options["tiffinfo"] = {278: side}  # rows of a strip
    picture.convert(mode).save(out, kind, **options)
    return out.getvalue()


LARGEST: dict[str, Callable[[], bytes]] = {
    "a.png": lambda: square(MOST_PIXELS, "RGBA", "PNG"),
    "b.jpg": lambda: square(MOST_PIXELS, "CMYK", "JPEG"),
    "c.tif": lambda: square(MOST_PIXELS, "L", "TIFF", compression="tiff_lzw"),
    "d.tif": lambda: square(MOST_MEMORY // 8, "RGBA", "TIFF", compression="tiff_adobe_deflate"),
    "e.jpg": lambda: square(MOST_MEMORY // 10, "RGB", "JPEG", progressive=True, subsampling=0),
    "f.webp": lambda: square(MOST_MEMORY // 12, "RGB", "WEBP"),
    "g.png": lambda: square(MOST_MEMORY // 5, "I;16", "PNG"),
    "h.jpg": lambda: square(16_000_000, "RGB", "JPEG"),
}
TOO_LARGE: dict[str, Callable[[], bytes]] = {
    "a.tif": lambda: square(MOST_PIXELS, "RGB", "TIFF", compression="tiff_lzw"),
    "b.webp": lambda: square(16_000_000, "RGB", "WEBP"),
    "c.jpg": lambda: square(MOST_PIXELS, "RGB", "JPEG", progressive=True),
}


def log_form(staff: Person) -> str:
    link = re.search(r'href="(/my-work/[^"]*/log)"', staff.get("/my-work"))
    assert link
    return link[1]


def log(staff: Person, path: str, name: str, content: bytes) -> tuple[int, str]:
    file = FileStorage(io.BytesIO(content), name)
    fields = {
        "words": "The work was begun.",
        "reader": "public",
        "clauses-0-claimed": "progress",
        "on": on_of(staff.get(path)),
        "files_open": "y",
        "submit": "1",
        "files": file,
    }
    return staff.send(path, fields)


def on_of(page: str) -> str:
    field = re.search(r'name="on"[^>]*value="([^"]*)"', page)
    assert field
    return field[1]


def release_the_newest(manager: Person) -> tuple[int, str]:
    newest = max(map(int, re.findall(r"release\?entry=(\d+)", manager.get("/my-work"))))
    path = f"/my-work/school-workers/release?entry={newest}"
    opens = re.search(r'<input[^>]*name="entries-0-opens"[^>]*value="(\d+)"', manager.get(path))
    assert opens
    return manager.send(path, {"entries-0-decision": "release", "entries-0-opens": opens[1]})


def test_the_memory_stays_small_while_large_pictures_are_released(served: Served) -> None:
    assert served.run("demo").returncode == 0
    address = served.serve(workers=2)
    assert served.process is not None
    staff, manager = (
        Person(address, served.instance, f"{role}.research") for role in ("staff", "manager")
    )
    path, readings = log_form(staff), {}
    for name, make in LARGEST.items():
        content = make()
        with strangers.highest_memory(served.process.pid) as highest:
            status, page = log(staff, path, name, content)
            assert status == 200 and "is submitted" in page, (name, status, served.log)
            status, page = release_the_newest(manager)
            assert status == 200 and "is released" in page, (name, status, served.log)
        readings[name] = round(highest[0])
    for name, make in TOO_LARGE.items():
        content = make()
        with strangers.highest_memory(served.process.pid) as highest:
            status, page = log(staff, path, name, content)
        readings[f"{name}, refused"] = round(highest[0])
        assert status == 422 and f"{name} has more than" in page, (name, status)
    print(readings, "afterwards", round(strangers.memory_of(served.process.pid)))
    assert max(readings.values()) < MOST_OF_SERVER, readings
