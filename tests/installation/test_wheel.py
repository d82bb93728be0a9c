"""The wheel holds all that it needs.

Installed from a copy of what is committed, beside nothing of the checkout, it serves from any
folder.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .conftest import CLEAN, Served, get

pytestmark = pytest.mark.installed
ROOT = Path(__file__).resolve().parents[2]
PACKAGED = (
    "templates/base.html",
    "static/css/base.css",
    "migrations/env.py",
    "migrations/alembic.ini",
    "migrations/script.py.mako",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--wheel",
            "--no-isolation",
            "--outdir",
            str(target),
            str(ROOT),
        ],
        env=CLEAN,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return next(target.glob("*.whl"))


def test_it_holds_what_is_packaged(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    missing = [path for path in PACKAGED if f"tracker/packaged/{path}" not in names]
    assert not missing
    for folder in ("templates", "static", "migrations"):
        here = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        assert {f"tracker/packaged/{path}" for path in here} <= set(names)
    assert not [
        name for name in names if "__pycache__" in name or name.startswith(("tests/", "instance/"))
    ]


def test_it_serves_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    venv, elsewhere = tmp_path / "venv", tmp_path / "elsewhere"
    elsewhere.mkdir()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    site = next((venv / "lib").glob("python3*")) / "site-packages"
    zipfile.ZipFile(wheel).extractall(site)
    dependencies = next(Path(entry) for entry in sys.path if entry.endswith("site-packages"))
    (site / "dependencies.pth").write_text(_all_but_ours(dependencies, tmp_path / "dependencies"))
    command = venv / "bin" / "tracker"
    command.write_text(f"#!{venv}/bin/python\nfrom tracker.cli import main\nmain()\n")
    command.chmod(0o755)
    product = Served(tracker=command, instance=tmp_path / "instance", elsewhere=elsewhere)
    made = product.run("init")
    assert made.returncode == 0, made.stderr
    where = subprocess.run(
        [venv / "bin" / "python", "-c", "import tracker; print(tracker.__file__)"],
        cwd=elsewhere,
        env=CLEAN,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert where.startswith(str(venv))
    try:
        address = product.serve()
        status, page = get(address + "/")
        assert status == 200 and "<h1" in page
        assert get(address + "/static/css/base.css")[0] == 200
        assert get(address + "/how-we-count")[0] == 200
        assert product.stop() < 10
    finally:
        if product.process and product.process.poll() is None:
            os.killpg(product.process.pid, signal.SIGKILL)


def _all_but_ours(installed: Path, linked: Path) -> str:
    """A folder with the installed dependencies, linked, and without the checkout itself."""
    linked.mkdir()
    for path in installed.iterdir():
        if "convention_tracker" not in path.name and path.suffix != ".pth":
            (linked / path.name).symlink_to(path)
    shutil.rmtree(linked / "__pycache__", ignore_errors=True)
    return f"{linked}\n"
