"""What the variables of the signature may say, and what is answered to what they may not."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from tracker.signing_key import content, read_signing_key

SECRET = "geheim"
ARCHIVE = "base64:" + base64.b64encode(b"archive").decode()
KEY = "-----BEGIN PRIVATE KEY-----"
CERTIFICATE = "-----BEGIN CERTIFICATE-----"


def test_no_variable_is_no_key() -> None:
    assert read_signing_key({}) is None
    assert read_signing_key({"TRACKER_SIGNING_PKCS12": " ", "TRACKER_TIMESTAMP_URL": ""}) is None


def test_a_value_is_a_path_or_the_content_itself(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"of a file")
    assert content(str(tmp_path / "key")) == b"of a file"
    assert content(ARCHIVE) == b"archive"
    assert content(KEY) == KEY.encode()


def test_the_passphrase_may_be_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text(f"{SECRET}\n")
    key = read_signing_key(
        {
            "TRACKER_SIGNING_PKCS12": ARCHIVE,
            "TRACKER_SIGNING_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
            "TRACKER_TIMESTAMP_URL": "https://time.example.org/tsa",
        }
    )
    assert key is not None and key.passphrase == SECRET
    assert key.timestamp_url == "https://time.example.org/tsa"
    assert SECRET not in repr(key) and ARCHIVE not in repr(key)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"PKCS12": ARCHIVE, "KEY": KEY}, "not both"),
        ({"KEY": KEY}, "TRACKER_SIGNING_CERTIFICATE is missing"),
        ({"CERTIFICATE": CERTIFICATE}, "TRACKER_SIGNING_KEY is missing"),
        ({"PASSPHRASE": SECRET}, "TRACKER_SIGNING_PASSPHRASE is set, but no key"),
        ({"PKCS12": "/no/such/file"}, "TRACKER_SIGNING_PKCS12 cannot be read: No such file"),
        ({"PKCS12": "base64:???"}, "TRACKER_SIGNING_PKCS12 cannot be read: What follows"),
        ({"PKCS12": ARCHIVE, "PASSPHRASE_FILE": "/no/such/file"}, "PASSPHRASE_FILE cannot"),
        ({"PKCS12": ARCHIVE, "PASSPHRASE": SECRET, "PASSPHRASE_FILE": "x"}, "not both"),
    ],
)
def test_what_does_not_fit_together_is_said(environ: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words) as wrong:
        read_signing_key({f"TRACKER_SIGNING_{name}": value for name, value in environ.items()})
    assert SECRET not in str(wrong.value)


@pytest.mark.parametrize("url", ["ftp://time.example.org", "time.example.org", "http://[oh"])
def test_the_authority_is_an_address(url: str) -> None:
    with pytest.raises(ValueError, match="TRACKER_TIMESTAMP_URL"):
        read_signing_key({"TRACKER_SIGNING_PKCS12": ARCHIVE, "TRACKER_TIMESTAMP_URL": url})
    with pytest.raises(ValueError, match="TRACKER_TIMESTAMP_URL is set, but no key"):
        read_signing_key({"TRACKER_TIMESTAMP_URL": url})
