"""The part of Flask-Babel that the house uses, typed.

Its gettext is left out: that of tracker.translation is used.
"""

from collections.abc import Callable
from typing import Any

from babel import Locale
from flask import Flask

def get_domain() -> Any: ...
def get_locale() -> Locale | None: ...
def force_locale(locale: str | Locale) -> Any: ...

class Babel:
    def __init__(self, *, configure_jinja: bool = ...) -> None: ...
    def init_app(
        self,
        app: Flask,
        *,
        locale_selector: Callable[[], str | Locale | None] | None = ...,
        timezone_selector: Callable[[], str | None] | None = ...,
        default_locale: str = ...,
        default_timezone: str = ...,
        default_translation_directories: str = ...,
        default_domain: str = ...,
    ) -> None: ...
