"""One typed settings class, read from the environment and the instance folder; a wrong value stops
the start.

No Flask here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .mail_server import MailServer, read_mail_url
from .signing_key import SigningKey, read_signing_key

KEY_FILE = "secret-key"
DATABASE = "record.sqlite3"
LIMITS = "limits.sqlite3"
HEADS = "heads.log"
SHORTEST_KEY = 32  # characters
PAGE_CACHE = 16 * 2**20  # bytes


class WrongSetting(Exception):
    """A setting that cannot be used; its text says what to do."""


class NoInstance(WrongSetting):
    """The folder is no instance: it holds no key file."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All paths are absolute here; what the instance itself records are names inside it."""

    instance: Path
    secret_key: str
    database_url: str
    base_url: str | None = None  # where the public finds this installation; None: paths only
    # where attempts are counted: `read` names a file of the instance, for all processes of the
    # machine
    limits_url: str = "memory://"
    secure_cookies: bool = False  # on as soon as base_url is https
    hsts_subdomains: bool = (
        False  # whether browsers are told to come over https to every name below this one, too
    )
    proxies: int = (
        0  # how many proxies of one's own stand in front: their forwarded address is believed
    )
    page_cache: int = PAGE_CACHE  # bytes of public pages that each process keeps; 0: none
    mail_server: MailServer | None = None  # None: no mail leaves
    signing_key: SigningKey | None = None  # None: reports are issued unsigned
    report_fonts: Path | None = None  # a folder of fonts besides the packaged ones
    testing: bool = False

    @property
    def cookie_name(self) -> str:
        """Under https with a prefix by which browsers refuse one that another host, or plain http,
        has set.
        """
        return "__Host-session" if self.secure_cookies else "session"

    @property
    def files(self) -> Path:
        return self.instance / "files"

    @property
    def reports(self) -> Path:
        return self.instance / "reports"

    @property
    def report_pages(self) -> Path:
        """Pages of reports that were laid out; whoever deletes them loses time only."""
        return self.instance / "report-pages"

    @property
    def uploads(self) -> Path:
        return self.instance / "uploads"

    @property
    def heads_file(self) -> Path:
        """The heads of the chains, one line a commit, outside the database."""
        return self.instance / HEADS

    @property
    def security_log(self) -> Path:
        """A folder with a file for each day: sign-ins, failures, refusals, roles."""
        return self.instance / "security"

    @property
    def proxy_file(self) -> Path:
        """What was noticed of a proxy that was not declared (proxies.py)."""
        return self.instance / "undeclared-proxy.json"

    @property
    def queue_file(self) -> Path:
        return self.instance / "jobs.sqlite3"

    @property
    def worker_file(self) -> Path:
        """Its time is when the worker was last seen (jobs/heartbeat.py)."""
        return self.instance / "worker-seen"

    @property
    def backup_file(self) -> Path:
        """Its time is when `tracker backup` last made an archive."""
        return self.instance / "last-backup"


def is_instance(folder: Path) -> bool:
    return (folder / KEY_FILE).is_file()


def read(instance: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of an instance.

    Raises NoInstance where there is none, WrongSetting for a value that cannot be used.
    """
    folder = instance.resolve()
    if not is_instance(folder):
        raise NoInstance(
            f"{instance} is no instance: run `tracker --instance {instance} init` to make one."
        )
    key = (folder / KEY_FILE).read_text().strip()
    if len(key) < SHORTEST_KEY:
        raise WrongSetting(
            f"The key in {instance / KEY_FILE} is too short: {SHORTEST_KEY} characters at least."
        )
    base_url = environ.get("TRACKER_BASE_URL", "").rstrip("/") or None
    if base_url and not base_url.startswith(("http://", "https://")):
        raise WrongSetting("TRACKER_BASE_URL must begin with http:// or https://.")
    proxies = environ.get("TRACKER_PROXIES", "0")
    if not (proxies.isascii() and proxies.isdigit()):
        raise WrongSetting(
            "TRACKER_PROXIES must be a whole number: how many proxies stand in front."
        )
    page_cache = environ.get("TRACKER_PAGE_CACHE") or str(PAGE_CACHE)
    if not (page_cache.isascii() and page_cache.isdigit()):
        raise WrongSetting(
            "TRACKER_PAGE_CACHE must be a whole number: how many bytes of public pages each "
            "process keeps."
        )
    subdomains = environ.get("TRACKER_HSTS_SUBDOMAINS") or "no"
    if subdomains not in ("yes", "no"):
        raise WrongSetting("TRACKER_HSTS_SUBDOMAINS must be yes or no.")
    try:
        mail_url = environ.get("TRACKER_MAIL_URL", "").strip()
        mail_server = read_mail_url(mail_url) if mail_url else None
    except ValueError as wrong:
        raise WrongSetting(f"TRACKER_MAIL_URL cannot be used. {wrong}") from wrong
    try:
        signing_key = read_signing_key(environ)
    except ValueError as wrong:
        raise WrongSetting(str(wrong)) from wrong
    fonts = environ.get("TRACKER_REPORT_FONTS", "").strip()
    if fonts and not Path(fonts).is_dir():
        raise WrongSetting("TRACKER_REPORT_FONTS must be a folder: there is none of that name.")
    secure = bool(base_url and base_url.startswith("https://"))
    if subdomains == "yes" and not secure:
        raise WrongSetting(
            "TRACKER_HSTS_SUBDOMAINS=yes needs a TRACKER_BASE_URL that begins with https://."
        )
    return Settings(
        instance=folder,
        secret_key=key,
        database_url=_database_url(folder, environ.get("TRACKER_DATABASE_URL")),
        base_url=base_url,
        limits_url=environ.get("TRACKER_LIMITS_URL") or f"sqlite:///{folder / LIMITS}",
        secure_cookies=secure,
        hsts_subdomains=subdomains == "yes",
        proxies=int(proxies),
        page_cache=int(page_cache),
        mail_server=mail_server,
        signing_key=signing_key,
        report_fonts=Path(fonts).resolve() if fonts else None,
    )


def _database_url(folder: Path, url: str | None) -> str:
    if not url:
        return f"sqlite:///{folder / DATABASE}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if url.startswith(("postgresql+psycopg://", "sqlite:///")):
        return url
    raise WrongSetting("TRACKER_DATABASE_URL must begin with postgresql:// (or sqlite:///).")
