"""A real PostgreSQL that the suite starts itself, in a folder of its own, and stops; as the user
postgres where the suite runs as root.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

FAST = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=60",
    "listen_addresses=",
]


def _programs() -> Path:
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4])
    )
    if versions:
        return versions[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    raise RuntimeError(
        "No PostgreSQL server is installed: `make test` installs it (Debian's package "
        "postgresql), or set TRACKER_TEST_ENGINES=sqlite."
    )


class Server:
    """Listens on a Unix socket only."""

    def __init__(self, options: Sequence[str] = FAST) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tracker-pg-", dir="/tmp"))
        self.programs = _programs()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run(
            "initdb",
            "-D",
            str(self.folder / "data"),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.write(
                "".join(
                    f"{line.split('=')[0]} = '{line.split('=')[1]}'\n"
                    for line in [*options, f"unix_socket_directories={self.folder}"]
                )
            )
        self._run(
            "pg_ctl",
            "-D",
            str(self.folder / "data"),
            "-l",
            str(self.folder / "log"),
            "-w",
            "-t",
            "60",
            "start",
        )

    def _run(self, program: str, *words: str) -> None:
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run(
            [*as_user, str(self.programs / program), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip()}")

    @property
    def url(self) -> str:
        """With {} for the name of the database."""
        return f"postgresql+psycopg://postgres@/{{}}?host={self.folder}"

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


URL_NAME = "TRACKER_TEST_POSTGRES"  # of the environment: with {} for the name of the database


def make_database(name: str, template: str = "template0") -> str:
    """The URL of a new database: empty, or a copy of one that nobody is connected to."""
    server = sa.create_engine(os.environ[URL_NAME].format("postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    server.dispose()
    return os.environ[URL_NAME].format(name)
