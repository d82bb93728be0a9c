"""Unpacks fonts for the printed report.

Pages take packed ones (woff2), which are quickly sent. The layout would have to unpack them for
each report, in Python: a fifth of its time.

python tools/unpack_fonts.py static/fonts/public-sans-latin-400.woff2 ...
"""

from __future__ import annotations

import argparse
from pathlib import Path

from fontTools.ttLib import woff2

TARGET = Path(__file__).parents[1] / "static" / "report"

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fonts", nargs="+", type=Path)
    for font in parser.parse_args().fonts:
        target = TARGET / f"{font.stem}.ttf"
        woff2.decompress(font, target)
        print(target.name, target.stat().st_size)
