"""The test client that inspects each page that it gets.

Valid HTML, one h1, labelled fields, unique ids, the policy, nothing inline, nothing from elsewhere.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import brotli
import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HTML = "{http://www.w3.org/1999/xhtml}"
NO_LABEL = ("hidden", "submit", "button", "reset", "image")
TOLERATED = {"expected-doctype-but-got-end-tag"}
NEVER_PRINTED = re.compile(r"\b(None|nan|NaN|null|undefined)\b")


def inspect(page: str) -> list[str]:
    """What is wrong with a page; an empty list if nothing is."""
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(page)
    wrong = [f"{code} at {at}" for at, code, _ in parser.errors if code not in TOLERATED]
    every = [
        node for node in tree.iter() if isinstance(node.tag, str) and node.tag.startswith(HTML)
    ]

    def named(name: str) -> list[Any]:
        return [node for node in every if node.tag == HTML + name]

    if len(named("h1")) != 1:
        wrong.append(f"{len(named('h1'))} h1")
    if not "".join(title.text or "" for title in named("title")).strip():
        wrong.append("no title")
    if not (tree.get("lang") or "").strip():
        wrong.append("no lang")
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    wrong += [
        f"id {doubled} twice" for doubled in {doubled for doubled in ids if ids.count(doubled) > 1}
    ]
    labelled = {label.get("for") for label in named("label")}
    inside = {id(node) for label in named("label") for node in label.iter()}
    for node in [*named("input"), *named("select"), *named("textarea")]:
        if (
            node.get("type") not in NO_LABEL
            and node.get("id") not in labelled
            and id(node) not in inside
            and not node.get("aria-label")
        ):
            wrong.append(f"no label: {node.get('name')}")
    for node in tree.iter():
        if node.get("style") is not None:
            wrong.append(f"inline style on {node.tag}")
        names = node.keys()  # iterating over a node gives its children
        wrong += [f"inline {name}" for name in names if name.startswith("on")]
    wrong += ["inline script" for node in named("script") if node.text and node.text.strip()]
    wrong += ["inline style sheet" for _ in named("style")]
    for node in [*named("script"), *named("link"), *named("img"), *named("iframe")]:
        where = urlsplit(node.get("src") or node.get("href") or "")
        if where.netloc and node.get("rel") != "canonical":
            wrong.append(f"from elsewhere: {where.netloc}")
    words = " ".join("".join(node.itertext()) for node in named("main"))
    wrong += [f"prints {word}" for word in set(NEVER_PRINTED.findall(words))]
    return wrong


class Client(FlaskClient):
    """As Flask's, but a page that is not in order fails the test."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        response = super().open(*args, **options)
        if response.mimetype == "text/html" and response.status_code not in (
            301,
            302,
            303,
            304,
            307,
            308,
        ):
            compressed = response.headers.get("Content-Encoding") == "br"
            page = brotli.decompress(response.data).decode() if compressed else response.text
            wrong = inspect(page)
            assert not wrong, (response.request.path, wrong)
            assert response.headers["Content-Security-Policy"].startswith("default-src 'none'"), (
                response.request.path
            )
            assert "unsafe" not in response.headers["Content-Security-Policy"]
        return response
