"""The small union of the staff's tests."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.work.union import Union, build


@pytest.fixture
def union(app: Flask) -> Union:
    return build(app)
