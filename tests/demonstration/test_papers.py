"""The files of the demonstration are what they say.

A PDF that opens, a picture whose public copy has lost its metadata.
"""

from __future__ import annotations

import io

from PIL import Image
from pypdf import PdfReader

from tracker.demonstration import papers
from tracker.files import pictures, sniff


def test_a_pdf_of_real_text() -> None:
    made = papers.pdf(
        "Who came (all of them)", [f"Local {number}: 40 – on time" for number in range(100)]
    )
    read = PdfReader(io.BytesIO(made))
    assert sniff.media_type(made, "who.pdf") == sniff.PDF
    assert (
        len(read.pages) == 3 and read.metadata and read.metadata.title == "Who came (all of them)"
    )
    assert "Local 99: 40 – on time" in read.pages[2].extract_text()


def test_a_picture_and_its_copy() -> None:
    made = papers.png("Calls", {"Before": 412, "After": 271})
    assert sniff.media_type(made, "calls.png") == sniff.PNG
    copy, kind = pictures.public_copy(made, sniff.PNG)
    assert (
        "Author" in Image.open(io.BytesIO(made)).info
        and "Author" not in Image.open(io.BytesIO(copy)).info
        and kind == sniff.PNG
    )
