"""What `tracker doctor` says of the key with which reports are signed."""

from __future__ import annotations

import base64
import dataclasses
from pathlib import Path

import pytest

from tests.factories.application import new_application
from tests.factories.certificates import OFFICE, PASSPHRASE, made_up_key
from tracker.accounts.signing_checks import CHECKS
from tracker.installation.doctor import CheckState
from tracker.signing_key import SigningKey

CHECK = CHECKS["signature"]


@pytest.mark.parametrize(
    ("days", "since", "passphrase", "state", "words"),
    [
        (365, 1, PASSPHRASE, CheckState.WELL, f"{OFFICE}, by {OFFICE}, valid until"),
        (20, 1, PASSPHRASE, CheckState.WARNING, "get a new one"),
        (-1, 9, PASSPHRASE, CheckState.PROBLEM, "ended on"),
        (365, -9, PASSPHRASE, CheckState.PROBLEM, "does not hold before"),
        (365, 1, "another", CheckState.PROBLEM, "cannot be used"),
    ],
)
def test_the_doctor_looks_at_the_certificate(
    tmp_path: Path, days: int, since: int, passphrase: str, state: CheckState, words: str
) -> None:
    app = new_application(tmp_path)
    packed = base64.b64encode(made_up_key(days=days, since=since).packed()).decode()
    key = SigningKey(pkcs12=f"base64:{packed}", passphrase=passphrase)
    with app.app_context():
        found_state, found_words = CHECK(
            dataclasses.replace(app.config["SETTINGS"], signing_key=key)
        )
        assert found_state is state and words in found_words
        assert CHECK(app.config["SETTINGS"])[0] is CheckState.WELL
        assert "unsigned" in CHECK(app.config["SETTINGS"])[1]
