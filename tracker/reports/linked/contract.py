"""The private parts of WeasyPrint and pydyf that laying out and packing of single pages use.

Where one is not as it was, reports are made the plain way, and somebody is told which it is. What
is looked at is cheap: versions, parameters, names in the code, and what small objects do.
"""

from __future__ import annotations

import inspect
import io
from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType
from typing import Any, NamedTuple

WEASYPRINT, PYDYF = "70.0", "0.13.0"


class PrivatePartsChanged(Exception):
    """Pages cannot be laid out one by one."""


class PrivatePart(NamedTuple):
    words: str
    holds: Callable[[], bool]


@cache
def broken() -> tuple[str, ...]:
    """What is not as it was, in words; asked once for each process."""
    return tuple(part.words for part in PARTS if not _holds(part))


def check() -> None:
    """Raises PrivatePartsChanged, which says what is not as it was."""
    changed = broken()
    if changed:
        raise PrivatePartsChanged("; ".join(changed))


def _holds(part: PrivatePart) -> bool:
    """A part that is missing does not hold."""
    try:
        return part.holds()
    except Exception:
        return False


def _weasyprint_version() -> bool:
    import weasyprint

    return bool(weasyprint.__version__ == WEASYPRINT)


def _pydyf_version() -> bool:
    import pydyf

    return bool(pydyf.__version__ == PYDYF)


def _documents_are_made_of_pages() -> bool:
    from weasyprint import Document

    return _parameters(Document.__init__)[1:] == [
        "pages",
        "metadata",
        "url_fetcher",
        "font_config",
        "color_profiles",
        "output_intent",
    ] and "finisher" in _parameters(Document.write_pdf)


def _finisher_comes_before_the_file() -> bool:
    from weasyprint import Document
    from weasyprint.document import DocumentMetadata

    from .structure import VARIANT

    class Reached(Exception):
        pass

    def finisher(_document: object, pdf: Any) -> None:
        assert "StructTreeRoot" in pdf.catalog
        raise Reached

    file = io.BytesIO()
    document = Document([], DocumentMetadata(lang="und"), None, None, {}, "srgb")
    try:
        document.write_pdf(file, finisher=finisher, pdf_variant=VARIANT, uncompressed_pdf=True)
    except Reached:
        return not file.getvalue()
    return False


def _fonts_in_values_are_embedded() -> bool:
    import pydyf
    import weasyprint.pdf
    from weasyprint.pdf.stream import Stream

    from .drawing import _FontsInUse

    fonts = _FontsInUse()
    fonts["key"] = None
    pdf = pydyf.PDF()
    before = len(pdf.objects)
    embedded = weasyprint.pdf.build_fonts_dictionary(pdf, fonts, False, True, {})
    return (
        not embedded
        and len(pdf.objects) == before
        and _uses(weasyprint.pdf.generate_pdf, "build_fonts_dictionary", "fonts")
        and _uses(Stream.add_font, "_fonts")
    )


def _fonts_know_their_glyphs() -> bool:
    from weasyprint.pdf.fonts import Font

    return _uses(
        Font.__init__,
        *("hash", "file_content", "index", "name", "family", "flags", "ascent", "descent"),
        *("widths", "to_unicode", "missing"),
    )


def _pages_know_their_links() -> bool:
    from weasyprint import Page
    from weasyprint.anchors import gather_anchors
    from weasyprint.layout.page import PageType
    from weasyprint.pdf.anchors import add_links

    return (
        _uses(Page.__init__, "links", "anchors", "bookmarks", "_page_box")
        and _parameters(gather_anchors)[:5] == ["box", "anchors", "links", "bookmarks", "forms"]
        and _uses(add_links, "link_annotation", "Annots", "Dest", "Contents", "URI")
        and "name" in PageType._fields
    )


def _pages_share_their_resources() -> bool:
    import weasyprint.pdf

    return _uses(
        weasyprint.pdf.generate_pdf,
        *("Font", "ColorSpace", "ExtGState", "XObject", "Pattern", "Shading"),
        *("srgb", "/ICCBased", "StructParents", "Contents", "MediaBox"),
    )


def _tags_are_elements() -> bool:
    from weasyprint.pdf import tags

    return _uses(
        tags.add_tags, "StructTreeRoot", "ParentTree", "Nums", "/Document", "StructParent"
    ) and _uses(
        tags._build_box_tree,
        *("/StructElem", "/OBJR", "Obj", "Pg", "mcid", "Headers", "ID", "BBox", "Alt"),
    )


def _content_is_a_list() -> bool:
    import pydyf

    stream = pydyf.Stream()
    mark = pydyf.Dictionary({"MCID": 0})
    stream.begin_marked_content("Span", mark)
    stream.set_text_matrix(1, 0, 0, -1, 5, 7)
    stream.set_font_size("F", 12)
    stream.show_text("<0001>")
    stream.end_marked_content()
    return bool(
        stream.stream
        == ["/Span", mark, b"BDC", b"1 0 0 -1 5 7 Tm", b"/F 12 Tf", b"[<0001>] TJ", b"EMC"]
    )


def _objects_are_numbered() -> bool:
    import pydyf

    pdf = pydyf.PDF()
    page = pydyf.Dictionary({"Type": "/Page"})
    pdf.add_page(page)
    return (
        pdf.objects[page.number] is page
        and pdf.pages["Kids"][::3] == [page.number]
        and page.reference == b"%d 0 R" % page.number
        and pydyf.String("(a)").data == rb"(\(a\))"
    )


def _freed_objects_are_passed_over() -> bool:
    import pydyf

    from .structure import _Freed

    pdf = pydyf.PDF()
    for text in ("one", "gone", "two"):
        pdf.add_object(pydyf.Dictionary({"Is": f"/{text}"}))
    pdf.objects[-2] = _Freed()
    file = io.BytesIO()
    pdf.write(file, version=b"1.7", identifier=True, compress=False)
    written = file.getvalue()
    return b"/one" in written and b"/two" in written and b"/gone" not in written


def _layout_takes_a_position() -> bool:
    from weasyprint import Document
    from weasyprint.formatting_structure.build import build_formatting_structure
    from weasyprint.layout import LayoutContext, initialize_page_maker
    from weasyprint.layout.page import remake_page

    return (
        _parameters(Document._build_layout_context)[1:]
        == ["html", "font_config", "counter_style", "color_profiles", "options"]
        and _parameters(build_formatting_structure)
        == [
            *("element_tree", "style_for", "get_image_from_uri", "base_url"),
            *("target_collector", "counter_style", "footnotes"),
        ]
        and _parameters(initialize_page_maker) == ["context", "root_box"]
        and _parameters(remake_page) == ["index", "context", "root_box", "html"]
        and _uses(initialize_page_maker, "page_maker", "break", "page")
        and _uses(LayoutContext.__init__, "rendered_notes", "get_image_from_uri", "style_for")
    )


def _breaks_are_decided_by_boxes() -> bool:
    from weasyprint.layout.background import layout_backgrounds
    from weasyprint.layout.block import block_level_page_break

    return _parameters(block_level_page_break) == ["sibling_before", "sibling_after"] and (
        _parameters(layout_backgrounds) == ["page", "get_image_from_uri"]
    )


def _uses(function: Callable[..., object], *names: str) -> bool:
    """Whether all are names or texts in the code of a function."""
    return set(names) <= set(_names(_original(function).__code__))


def _parameters(function: Callable[..., object]) -> list[str]:
    return list(inspect.signature(_original(function)).parameters)


def _original(function: Any) -> Any:
    """A classmethod as the function that it is."""
    return getattr(function, "__func__", function)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    waiting: list[object] = list(code.co_consts)
    while waiting:
        constant = waiting.pop()
        if isinstance(constant, str):
            yield constant
        elif isinstance(constant, tuple):
            waiting.extend(constant)
        elif isinstance(constant, CodeType):
            yield from _names(constant)


PARTS = (
    PrivatePart(f"WeasyPrint is not {WEASYPRINT}", _weasyprint_version),
    PrivatePart(f"pydyf is not {PYDYF}", _pydyf_version),
    PrivatePart("a document is made of other things", _documents_are_made_of_pages),
    PrivatePart("a PDF is not finished before it is written", _finisher_comes_before_the_file),
    PrivatePart("fonts are embedded in another way", _fonts_in_values_are_embedded),
    PrivatePart("a font does not know its glyphs", _fonts_know_their_glyphs),
    PrivatePart("a page does not know its links", _pages_know_their_links),
    PrivatePart("pages have other resources", _pages_share_their_resources),
    PrivatePart("tags are made in another way", _tags_are_elements),
    PrivatePart("the content of a page is written in another way", _content_is_a_list),
    PrivatePart("objects of a PDF are numbered in another way", _objects_are_numbered),
    PrivatePart("objects that are not needed are written", _freed_objects_are_passed_over),
    PrivatePart("pages are laid out in another way", _layout_takes_a_position),
    PrivatePart("breaks between pages are found in another way", _breaks_are_decided_by_boxes),
)
