"""Translation and locale, looked up once a request: a page says hundreds of sentences, and Flask-Babel asks anew for each."""
from __future__ import annotations

from gettext import NullTranslations
from typing import Any

from babel import Locale
from flask import Flask, g, has_app_context
from flask_babel import get_domain, get_locale

ENGLISH = Locale("en")
_NONE = NullTranslations()


def locale() -> Locale:
    """That of the request; English for a command and a job."""
    return _here()[0]


def _here() -> tuple[Locale, NullTranslations]:
    if not has_app_context():
        return ENGLISH, _NONE
    found: tuple[Locale, NullTranslations] | None = g.get("_catalog")
    if found is None:
        found = g._catalog = (get_locale() or ENGLISH, get_domain().get_translations())
    return found


def gettext(string: str, **variables: Any) -> str:
    found = _here()[1].gettext(string)
    return found % variables if variables else found


def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str:
    return _here()[1].ngettext(singular, plural, num) % ({"num": num} | variables)


def install(app: Flask) -> None:
    """For the templates too: they format what these give back themselves."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda string: _here()[1].gettext(string), lambda singular, plural, num: _here()[1].ngettext(singular, plural, num), newstyle=True)


def N_(string: str) -> str:
    """Marks a sentence of a table for the catalogue; it is translated where it is shown."""
    return string
