"""What tests of the readings may ask for."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.factories.scenes import Scene, scene


@pytest.fixture(scope="module")
def recorded(engine: sa.Engine) -> Scene:
    """The running convention in the database of a module."""
    with Session(engine) as session:
        return scene(session)
