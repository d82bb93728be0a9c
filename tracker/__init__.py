"""The tracker of a convention's business items."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from .config import Settings

__version__ = "0.2.0"


def create_app(settings: Settings) -> Flask:
    """An application for one instance.

    It is made in `application`, which is imported here so that rules and the record can be
    imported without all that pages need.
    """
    from . import application

    return application.create_app(settings)
