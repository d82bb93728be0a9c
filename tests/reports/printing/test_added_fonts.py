"""Fonts that the operator adds: what is taken from them, and what is not."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.factories.fonts import write_font
from tests.reports.conftest import Place, report_of
from tests.reports.printing.test_archive import findings
from tracker import config
from tracker.cli.printing_checks import CHECKS
from tracker.installation.doctor import CheckState
from tracker.reports.models import ReportKind
from tracker.reports.printing import added_fonts, characters, render
from tracker.reports.printing.ways import PrintEngine, Way

WORDS = "Ordinary words, 漢字 漢, e\u0301\u0323 and a\u0300\u0301\u0302, then 語."

SERIF_RULE = 'q { font: 9pt "A", "Noto Serif"; }'


@pytest.fixture
def folder(place: Place, tmp_path: Path) -> Iterator[Path]:
    """The folder of the operator's fonts, with none."""
    settings = place.app.config["SETTINGS"]
    place.app.config["SETTINGS"] = replace(settings, report_fonts=tmp_path)
    with place.app.app_context():
        yield tmp_path
    place.app.config["SETTINGS"] = settings


def test_only_what_no_packaged_font_has_is_taken(folder: Path) -> None:
    text = "Latin, Ελληνικά, 漢字語"
    assert characters.without_sign(text) == "字漢語" and not added_fonts.font_files()
    sheets = [
        'p { font: 400 9pt "Public Sans", "Noto Sans"; }',
        'q { font: 9pt "A", "Noto Serif"; }',
    ]
    assert characters.fonts_for(text).over(sheets) == sheets
    file = write_font(folder / "one.otf", "漢字Lλ")
    assert added_fonts.font_files() == (file,) and characters.without_sign(text) == "語"
    over = characters.fonts_for(text).over(sheets)
    assert over[0] == 'p { font: 400 9pt "Public Sans", "Noto Sans", "Added Sans F1"; }'
    assert over[2].count("@font-face") == 1 and characters.fonts_for("Latin").over(sheets) == sheets
    (face,) = added_fonts.faces([file])
    content = added_fonts._subset(file, face.modified, frozenset(map(ord, "漢")))
    assert added_fonts.faces([_written(folder / "sub" / "set.ttf", content)])[0].characters == {
        0x20,
        ord("漢"),
    }


def _written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def test_each_style_has_the_fonts_of_its_kind_first(folder: Path) -> None:
    for name, options in (
        ("a", {}),
        ("b", {"weight": 700}),
        ("c", {"serif": True}),
        ("d", {"serif": True, "weight": 700}),
    ):
        write_font(folder / f"{name}.otf", "漢字", **options)
    write_font(folder / "e.otf", "語")
    fonts = characters.fonts_for("漢字語")
    assert fonts.sans == ("Added Sans F1", "Added Sans F2", "Added Sans F1")
    sheets = fonts.over([SERIF_RULE])
    families = '"Noto Serif", "Added Serif F1", "Added Sans F1", "Added Sans F2"'
    assert sheets[0] == SERIF_RULE.replace('"Noto Serif"', families)
    assert [int(weight) for weight in re.findall(r"font-weight: (\d+)", sheets[1])] == [
        400, 400, 600, 400, 600,
    ]  # fmt: skip


def test_what_cannot_be_printed_is_passed_over(folder: Path) -> None:
    write_font(folder / "secret.otf", "漢", embeddable=False)
    (folder / "broken.ttf").write_bytes(b"no font")
    (folder / "README").write_text("words")
    assert len(added_fonts.font_files()) == 2 and not added_fonts.faces(added_fonts.font_files())
    assert characters.without_sign("漢") == "漢"


def test_doctor_says_what_they_add(place: Place, folder: Path) -> None:
    def said() -> Any:
        return CHECKS["report fonts"](place.app.config["SETTINGS"])

    assert said()[0] is CheckState.WARNING
    write_font(folder / "one.otf", "漢字L")
    assert said() == (CheckState.WELL, "1 file of fonts adds 2 characters for reports")


def test_the_setting_names_a_folder(tmp_path: Path) -> None:
    (tmp_path / config.KEY_FILE).write_text("k" * config.SHORTEST_KEY)
    settings = config.read(tmp_path, {"TRACKER_REPORT_FONTS": str(tmp_path)})
    assert settings.report_fonts == tmp_path.resolve()
    with pytest.raises(config.WrongSetting, match="TRACKER_REPORT_FONTS"):
        config.read(tmp_path, {"TRACKER_REPORT_FONTS": str(tmp_path / "none")})


@pytest.mark.slow
@pytest.mark.parametrize("engine", PrintEngine)
def test_a_report_with_them_is_an_archive(place: Place, folder: Path, engine: PrintEngine) -> None:
    write_font(folder / "sans.otf", "漢字")
    write_font(folder / "serif.otf", "漢字", serif=True)
    report = report_of(place, ReportKind.FULL)
    key, item = next(iter(report.items_by_id.items()))
    item = replace(item, title=WORDS, versions=(replace(item.versions[0], words=WORDS),))
    report = replace(report, items_by_id={key: item})
    file = folder / "report.pdf"
    made = render.write(report, file, way=Way(engine=engine, keeps_pages=False, processes=1))
    assert made.engine is engine and made.boxes.characters == "語" and findings(file) == []
    fonts = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout
    added = [line for line in fonts.splitlines() if "+Added-" in line]
    assert added and all(line.split()[-5] == "yes" for line in added)
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    assert "漢字 漢" in text.stdout and "then □" in text.stdout
