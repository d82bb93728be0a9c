"""Answers that are the same for everybody, kept in the memory of the process.

Public pages under their ETag, packaged files; each compressed once.

What may be kept is decided by who puts it here (public/freshness.py, headers.py); nothing of a
session ever is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache
from flask import Flask, Request, current_app, g

AS_IT_IS = "identity"  # the form that is not compressed, by its name in HTTP
OVERHEAD = 500  # bytes that keeping a page takes beside its forms: names and objects


@dataclass(frozen=True, kw_only=True)
class KeptPage:
    """One page in the forms that were asked for.

    As it is, and compressed, by the name of the encoding.
    """

    forms: Mapping[str, bytes]
    body_id: int | None  # None: a packaged file

    @property
    def weight(self) -> int:
        """In bytes."""
        return OVERHEAD + sum(map(len, self.forms.values()))


class PageCache:
    """Bounded by bytes: what was not asked for the longest goes first. Threads may share it."""

    def __init__(self, size: int) -> None:
        self._pages: LRUCache[str, KeptPage] = LRUCache(size, getsizeof=lambda page: page.weight)
        self._revisions: dict[int, str] = {}
        self._lock = Lock()

    @property
    def weight(self) -> int:
        """Of all that is kept, in bytes."""
        return int(self._pages.currsize)

    def get(self, name: str, form: str = AS_IT_IS) -> bytes | None:
        """None: it is not kept, or not in this form."""
        with self._lock:
            page = self._pages.get(name)
        return page.forms.get(form) if page else None

    def put(
        self, name: str, content: bytes, form: str = AS_IT_IS, body_id: int | None = None
    ) -> None:
        """A form joins those of its page. What is larger than the whole cache is not kept."""
        with self._lock:
            page = self._pages.get(name)
            known = page.forms if page else {}
            owner = page.body_id if page else body_id
            grown = KeptPage(forms={**known, form: content}, body_id=owner)
            if grown.weight <= self._pages.maxsize:
                self._pages[name] = grown

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()

    def see_revision(self, body_id: int, revision: str) -> bool:
        """Whether the record has moved on: then the body's pages of before are dropped.

        Nobody asks for them again, and words may have been erased.
        """
        with self._lock:
            before = self._revisions.get(body_id)
            self._revisions[body_id] = revision
            if before in (None, revision):
                return False
            for name in [name for name, page in self._pages.items() if page.body_id == body_id]:
                del self._pages[name]
            return True


class CompressedForms:
    """The cache that Flask-Compress asks.

    Its keys are the encoding, and the name under which the answer is kept.
    """

    def get(self, key: str) -> bytes | None:
        form, _, name = key.partition(";")
        return pages().get(name, form) if name else None

    def set(self, key: str, value: bytes) -> None:
        form, _, name = key.partition(";")
        if name:
            pages().put(name, value, form)


def keep_under(name: str) -> None:
    """The answer of this request is kept under that name: so are its compressed forms."""
    g.kept_under = name


def _name(_: Request) -> str:
    return str(g.get("kept_under", ""))


def pages() -> PageCache:
    """Of this application, in this process."""
    page_cache: PageCache = current_app.extensions["tracker.pages"]
    return page_cache


def init_app(app: Flask) -> None:
    """Before Flask-Compress is."""
    app.extensions["tracker.pages"] = PageCache(app.config["SETTINGS"].page_cache)
    app.config.from_mapping(COMPRESS_CACHE_BACKEND=CompressedForms, COMPRESS_CACHE_KEY=_name)
