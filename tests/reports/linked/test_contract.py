"""Each private part of WeasyPrint and pydyf that is used: where it changes, it is named."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from operator import attrgetter
from typing import Any

import pytest

from tracker.paths import STATIC
from tracker.reports.linked import contract, structure
from tracker.reports.linked.layout import LayoutRequest, prepared
from tracker.reports.printing.fetching import BASE, PackagedOnly

Change = Callable[[Any], Any]


def another_function(_part: Any) -> Any:
    def replaced(self: object, something: object = None) -> None:
        """With other parameters, and another content."""

    return replaced


CHANGES: dict[str, tuple[str, str, Change]] = {
    "WeasyPrint is not 70.0": ("weasyprint", "__version__", lambda _version: "71.0"),
    "pydyf is not 0.13.0": ("pydyf", "__version__", lambda _version: "0.14.0"),
    "a document is made of other things": ("weasyprint", "Document.__init__", another_function),
    "a PDF is not finished before it is written": (
        "weasyprint.document",
        "generate_pdf",
        lambda _part: lambda *_words, **_options: None,
    ),
    "fonts are embedded in another way": (
        "weasyprint.pdf",
        "build_fonts_dictionary",
        lambda _part: lambda pdf, fonts, *_options: {"F": list(fonts.by_key)},
    ),
    "a font does not know its glyphs": (
        "weasyprint.pdf.fonts",
        "Font.__init__",
        another_function,
    ),
    "a page does not know its links": ("weasyprint.pdf.anchors", "add_links", another_function),
    "pages have other resources": ("weasyprint.pdf", "generate_pdf", another_function),
    "tags are made in another way": ("weasyprint.pdf.tags", "_build_box_tree", another_function),
    "the content of a page is written in another way": (
        "pydyf",
        "Stream.show_text",
        another_function,
    ),
    "objects of a PDF are numbered in another way": (
        "pydyf",
        "PDF.add_page",
        lambda _part: lambda pdf, page: pdf.add_object(page),
    ),
    "objects that are not needed are written": (
        "tracker.reports.linked.structure",
        "_Freed.free",
        lambda _part: "n",
    ),
    "pages are laid out in another way": (
        "weasyprint.layout.page",
        "remake_page",
        another_function,
    ),
    "breaks between pages are found in another way": (
        "weasyprint.layout.block",
        "block_level_page_break",
        another_function,
    ),
}


def test_nothing_is_broken() -> None:
    assert contract.broken() == ()
    assert set(CHANGES) == {part.words for part in contract.PARTS}


@pytest.mark.parametrize("words", CHANGES)
def test_what_changes_is_named(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module, path, change = CHANGES[words]
    owner: Any = importlib.import_module(module)
    *within, name = path.split(".")
    for part in within:
        owner = getattr(owner, part)
    monkeypatch.setattr(owner, name, change(attrgetter(name)(owner)))
    contract.broken.cache_clear()
    try:
        assert words in contract.broken()
    finally:
        contract.broken.cache_clear()


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import page

    monkeypatch.delattr(page, "remake_page")
    contract.broken.cache_clear()
    try:
        assert contract.broken() == ("pages are laid out in another way",)
    finally:
        contract.broken.cache_clear()


def test_no_page_is_laid_out_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contract, "broken", lambda: ("pydyf is not 0.13.0",))
    request = LayoutRequest(
        sheets=(),
        fetcher=PackagedOnly,
        base_url=BASE,
        variant=structure.VARIANT,
        font_configuration=str(STATIC / "report" / "fonts.conf"),
    )
    with pytest.raises(contract.PrivatePartsChanged, match="pydyf is not"):
        prepared(request)
