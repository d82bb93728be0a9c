"""The code of the hall: whoever types it reads a convention for members, without an account.

It is kept as a hash. The session of whoever typed it holds the version, so that a new code closes
the convention to those who typed an earlier one.
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from flask import g, has_request_context
from flask import session as browser_session
from flask_security import hash_password, verify_password
from sqlalchemy.orm import Session

from tracker.record.publications import MembersCode
from tracker.rules import refusals
from tracker.rules.refusals import Refusal

from .code_words import CODE_WORDS

WORDS_OF_A_CODE = 4
LONGEST = 200  # characters that are looked at
KEY = "members_codes"  # in the browser's session: by convention, the version that was typed


def make(session: Session, convention_id: int, *, person_id: int, now: datetime, seen: int) -> str:
    """A new code, to be shown once; the one before opens nothing any more.

    :param seen: the version that was there when the form was loaded; 0: none. Another one is
        refused: somebody has just read out theirs.
    """
    words = [secrets.choice(CODE_WORDS) for _ in range(WORDS_OF_A_CODE)]
    row = session.get(MembersCode, convention_id, with_for_update=True)
    if row is None:
        row = MembersCode(
            convention_id=convention_id, version=0, hash="", made_at=now, made_by=person_id
        )
        session.add(row)
    refusals.need(row.version == seen, Refusal.CHANGED_MEANWHILE)
    row.version += 1
    row.hash = str(hash_password("-".join(words)))
    row.made_at, row.made_by = now, person_id
    session.flush()
    return " ".join(words)


def find(session: Session, convention_id: int) -> MembersCode | None:
    return session.get(MembersCode, convention_id)


def type_in(session: Session, convention_id: int, typed: str) -> bool:
    """Whether it is the code; then the browser's session reads the convention from now on."""
    code = find(session, convention_id)
    words = re.findall(r"[a-z]+", typed[:LONGEST].casefold())
    if code is None or not verify_password("-".join(words), code.hash):
        return False
    browser_session[KEY] = {**_typed_versions(), str(convention_id): code.version}
    g.pop(KEY, None)
    return True


def opened_conventions(session: Session) -> frozenset[int]:
    """Those whose code of today was typed in this browser; one statement a request, if any was."""
    if not has_request_context() or KEY not in browser_session:
        return frozenset()
    if KEY not in g:
        typed = _typed_versions()
        rows = session.connection().execute(
            sa.select(MembersCode.convention_id, MembersCode.version).where(
                MembersCode.convention_id.in_([int(key) for key in typed])
            )
        )
        opened = frozenset(key for key, version in rows if typed.get(str(key)) == version)
        setattr(g, KEY, opened)
    return cast(frozenset[int], g.get(KEY))


def _typed_versions() -> dict[str, int]:
    return cast(dict[str, int], browser_session.get(KEY, {}))
