"""The small union, on each engine."""

from __future__ import annotations

import pytest
from flask import Flask

from .union import Union, build


@pytest.fixture
def union(app: Flask) -> Union:
    return build(app)
