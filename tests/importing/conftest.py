"""What tests of importing may ask for."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from .office import Office


@pytest.fixture
def office(session: Session) -> Office:
    """An office with an empty record, as of its usual day; a test may have one of its own."""
    return Office(session)
