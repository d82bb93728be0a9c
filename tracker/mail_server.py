"""The mail server that TRACKER_MAIL_URL names, and how it is spoken to. Nothing is sent here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum, auto
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Encryption(StrEnum):
    FROM_THE_START = auto()  # smtps://
    STARTTLS = auto()  # smtp://: asked for, and nothing is said to a server that has none
    NONE = auto()  # on the machine itself, or where the operator says so


PORTS = {Encryption.FROM_THE_START: 465, Encryption.STARTTLS: 587, Encryption.NONE: 25}


@dataclass(frozen=True, kw_only=True)
class MailServer:
    host: str
    port: int
    encryption: Encryption
    sender: str  # the address that mail comes from
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def read_mail_url(url: str) -> MailServer:
    """The server of `smtp://USER:PASSWORD@HOST:PORT?from=ADDRESS`.

    Raises ValueError; its text says what is wrong, and never repeats the URL, which holds a
    password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as wrong:
        raise ValueError(
            "It cannot be read as a URL: a password with /, ?, #, @ or : is written in per cent "
            "codes."
        ) from wrong
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("It must begin with smtp:// or smtps:// and name a host.")
    options = parse_qs(parts.query)
    if unknown := sorted(set(options) - {"from", "tls"}):
        raise ValueError(f"It has no option {unknown[0]}: there are from and tls.")
    encryption = _encryption(parts, options)
    user = unquote(parts.username) if parts.username else None
    password = unquote(parts.password) if parts.password else None
    if password and encryption is Encryption.NONE and parts.hostname not in LOOPBACK:
        raise ValueError("A password is sent encrypted only: take tls=no away.")
    return MailServer(
        host=parts.hostname,
        port=port or PORTS[encryption],
        encryption=encryption,
        sender=_sender(options, user),
        user=user,
        password=password,
    )


def _encryption(parts: SplitResult, options: dict[str, list[str]]) -> Encryption:
    tls = options.get("tls", ["yes"])[0]
    if tls not in ("yes", "no") or (tls == "no" and parts.scheme == "smtps"):
        raise ValueError("tls must be yes or no, and is always yes with smtps://.")
    if parts.scheme == "smtps":
        return Encryption.FROM_THE_START
    if tls == "no" or ("tls" not in options and parts.hostname in LOOPBACK):
        return Encryption.NONE
    return Encryption.STARTTLS


def _sender(options: dict[str, list[str]], user: str | None) -> str:
    """`from`; without it the name that signs in, where that is an address."""
    from email_validator import EmailNotValidError, validate_email

    address = options.get("from", [user or ""])[0]
    try:
        return validate_email(address, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as wrong:
        raise ValueError(
            "It must say the address that mail comes from: ?from=tracker@example.org"
        ) from wrong
