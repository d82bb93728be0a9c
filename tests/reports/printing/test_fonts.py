"""WeasyPrint knows a font by its family, weight and style: two files with the same would be taken
for one, and the text of one drawn with the signs of the other.
"""

from __future__ import annotations

import re

from tracker.paths import STATIC

FACE = re.compile(r"@font-face\s*{([^}]*)}")
FILE = re.compile(r"src:\s*url\([^)]*\);?")


def test_each_file_of_a_font_has_a_name_of_its_own() -> None:
    sheets = [(STATIC / "report" / name).read_text() for name in ("report.css", "scripts.css")]
    faces = [face for sheet in sheets for face in FACE.findall(sheet)]
    names = [" ".join(FILE.sub("", face).split()) for face in faces]
    assert len(names) > 15 and sorted(set(names)) == sorted(names)
