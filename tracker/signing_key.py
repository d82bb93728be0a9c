"""The key with which issued reports are signed, as the settings name it. Nothing is signed here."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

PEM = "-----BEGIN "
BASE64 = "base64:"
PKCS12_NAME = "TRACKER_SIGNING_PKCS12"
KEY_NAME = "TRACKER_SIGNING_KEY"
CERTIFICATE_NAME = "TRACKER_SIGNING_CERTIFICATE"
PASSPHRASE_NAME = "TRACKER_SIGNING_PASSPHRASE"
TIMESTAMP_NAME = "TRACKER_TIMESTAMP_URL"


@dataclass(frozen=True, kw_only=True)
class SigningKey:
    """Where the key and the certificate are; either a PKCS#12 or the two others are named.

    A value is a path, or the content itself: PEM as it is, PKCS#12 as `base64:...`.
    """

    pkcs12: str | None = field(default=None, repr=False)
    key: str | None = field(default=None, repr=False)
    certificate: str | None = field(default=None, repr=False)
    passphrase: str | None = field(default=None, repr=False)
    timestamp_url: str | None = None


def content(value: str) -> bytes:
    """The bytes that a value names. Raises OSError, and ValueError for what is no base64."""
    if value.startswith(PEM):
        return value.encode()
    if value.startswith(BASE64):
        try:
            return base64.b64decode("".join(value.removeprefix(BASE64).split()), validate=True)
        except binascii.Error as wrong:
            raise ValueError(f"What follows {BASE64} is no base64.") from wrong
    return Path(value).read_bytes()


def read_signing_key(environ: Mapping[str, str]) -> SigningKey | None:
    """The key that the environment names; None: reports are issued unsigned.

    Raises ValueError; its text says which variable is wrong, and never repeats a secret.
    """
    pkcs12, key, certificate, timestamp_url = (
        environ.get(name, "").strip() or None
        for name in (PKCS12_NAME, KEY_NAME, CERTIFICATE_NAME, TIMESTAMP_NAME)
    )
    if pkcs12 and (key or certificate):
        raise ValueError(
            f"Reports are signed with one key: set {PKCS12_NAME}, or {KEY_NAME} and "
            f"{CERTIFICATE_NAME}, not both."
        )
    if bool(key) != bool(certificate):
        missing = CERTIFICATE_NAME if key else KEY_NAME
        raise ValueError(f"{missing} is missing: a key and its certificate are set together.")
    passphrase = _passphrase(environ)
    if not (pkcs12 or key):
        if passphrase is not None or timestamp_url:
            name = TIMESTAMP_NAME if timestamp_url else PASSPHRASE_NAME
            raise ValueError(f"{name} is set, but no key: set {PKCS12_NAME} or {KEY_NAME}, too.")
        return None
    if timestamp_url:
        _check_url(timestamp_url)
    for name, value in ((PKCS12_NAME, pkcs12), (KEY_NAME, key), (CERTIFICATE_NAME, certificate)):
        if value:
            _check_readable(name, value)
    return SigningKey(
        pkcs12=pkcs12,
        key=key,
        certificate=certificate,
        passphrase=passphrase,
        timestamp_url=timestamp_url,
    )


def _passphrase(environ: Mapping[str, str]) -> str | None:
    words, file = environ.get(PASSPHRASE_NAME), environ.get(f"{PASSPHRASE_NAME}_FILE")
    if words and file:
        raise ValueError(f"Set {PASSPHRASE_NAME} or {PASSPHRASE_NAME}_FILE, not both.")
    if not file:
        return words or None
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as wrong:
        raise ValueError(f"The file of {PASSPHRASE_NAME}_FILE cannot be read.") from wrong


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
    except ValueError as wrong:
        raise ValueError(f"{TIMESTAMP_NAME} cannot be read as a URL.") from wrong
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{TIMESTAMP_NAME} must begin with http:// or https:// and name a host.")


def _check_readable(name: str, value: str) -> None:
    try:
        content(value)
    except (OSError, ValueError) as wrong:
        reason = wrong.strerror if isinstance(wrong, OSError) else str(wrong)
        raise ValueError(f"{name} cannot be read: {reason}") from wrong
