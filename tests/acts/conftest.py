"""What tests of the acts may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from .staffed_body import StaffedBody


@pytest.fixture
def office(engine: sa.Engine) -> Iterator[StaffedBody]:
    with Session(engine) as session:
        yield StaffedBody(session)
