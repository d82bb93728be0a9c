"""Translation and locale, and the root of addresses, looked up once a request: a page says hundreds of sentences, and Flask-Babel
looks into its folders anew for each."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations
from typing import Any

from babel import Locale
from flask import Flask, current_app, g, has_app_context, has_request_context, request
from flask_babel import get_domain, get_locale
from markupsafe import Markup, escape


@dataclass(frozen=True, eq=False)
class Language:
    """The language in which things are said. Compared by identity, so that it is a cheap key of a cache."""

    locale: Locale
    translations: NullTranslations


ENGLISH = Language(Locale("en"), NullTranslations())
_said: ContextVar[Language | None] = ContextVar("said", default=None)
_root: ContextVar[str | None] = ContextVar("root", default=None)


def current_language() -> Language:
    """That of the request; English for a command and a job."""
    found = _said.get()
    if found is not None:
        return found
    if not has_app_context():
        return ENGLISH
    kept: Language | None = g.get("_said")
    if kept is None:
        kept = g._said = _look_up()
    return kept


def _look_up() -> Language:
    where, known = (
        get_locale() or ENGLISH.locale,
        current_app.extensions.setdefault("tracker.catalog", {}),
    )
    found: Language | None = known.get(str(where))
    if found is None:
        found = known[str(where)] = Language(where, get_domain().get_translations())
    return found


def locale() -> Locale:
    return current_language().locale


def root() -> str:
    """What stands before each path in the addresses of the request, where a proxy has the application below one."""
    found = _root.get()
    if found is not None:
        return found
    return request.script_root if has_request_context() else ""


def gettext(string: str, **variables: Any) -> str:
    found = _translated(string, current_language())
    return found % variables if variables else found


def ngettext(singular: str, plural: str, num: int, **variables: Any) -> str:
    return _counted(singular, plural, num, current_language()) % ({"num": num} | variables)


@lru_cache(4096)
def _translated(string: str, said: Language) -> str:
    return said.translations.gettext(string)


@lru_cache(4096)
def _counted(singular: str, plural: str, num: int, said: Language) -> str:
    return said.translations.ngettext(singular, plural, num)


@lru_cache(4096)
def _markup(string: str, said: Language) -> Markup:
    return Markup(said.translations.gettext(string))


def in_templates(string: str, **variables: Any) -> Markup:
    """What `_` is in a template: the sentence may have marks, what is put into it is escaped."""
    found = _markup(string, current_language())
    if not variables:
        return found
    said = {
        name: value if type(value) is int else escape(value) for name, value in variables.items()
    }
    return Markup(str.__mod__(found, said))  # each value is escaped on the line above


def install(app: Flask) -> None:
    """For the templates; and for each request the language is settled before its view runs."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda string: _translated(string, current_language()),
        lambda singular, plural, num: _counted(singular, plural, num, current_language()),
        newstyle=True,
    )
    app.jinja_env.globals["_"] = in_templates

    @app.before_request
    def _settle() -> None:
        _said.set(_look_up())
        _root.set(request.script_root)

    @app.teardown_request
    def _forget(_: BaseException | None) -> None:
        _said.set(None)
        _root.set(None)


def N_(string: str) -> str:
    """Marks a sentence of a table for the catalogue; it is translated where it is shown."""
    return string
