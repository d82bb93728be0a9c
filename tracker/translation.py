"""The one gettext of Python and templates, and the language in which things are said.

Flask-Babel chooses the locale and loads the catalogue, once a request. Its own `gettext` asks
anew for both at each call, which took 78 microseconds where this one takes 1.4, and a page of a
convention says some 370 sentences. Outside an application, things are said in English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations

from babel import Locale
from flask import Flask, current_app, g, has_app_context
from flask_babel import force_locale, get_domain, get_locale
from flask_babel.speaklater import LazyString
from jinja2 import Environment
from markupsafe import Markup, escape


@dataclass(frozen=True, eq=False)
class Language:
    """A locale with its catalogue. Compared by identity, so that it is a cheap key of a cache."""

    locale: Locale
    translations: NullTranslations


ENGLISH = Language(Locale("en"), NullTranslations())
EXTENSION = "tracker.languages"
_of_request: ContextVar[Language | None] = ContextVar("language", default=None)


def current_language() -> Language:
    """That of the request, of the job or of the command; English outside an application."""
    language = _of_request.get()
    if language is not None:
        return language
    if not has_app_context():
        return ENGLISH
    of_context: Language | None = g.get("language")
    if of_context is None:
        of_context = g.language = _chosen_language()
    return of_context


def _chosen_language() -> Language:
    """What Flask-Babel chooses.

    The same object for the same locale, as long as the process lives.
    """
    locale = get_locale() or ENGLISH.locale
    languages: dict[str, Language] = current_app.extensions[EXTENSION]
    name = str(locale)
    if name not in languages:
        languages[name] = Language(locale, get_domain().get_translations())
    return languages[name]


@contextmanager
def in_language(code: str | None) -> Iterator[None]:
    """Says things in another language than the reader's: what is written to somebody else.

    None: in that of the moment. In an application's context.
    """
    if code is None:
        yield
        return
    with force_locale(code):
        token = _of_request.set(_chosen_language())
        try:
            yield
        finally:
            _of_request.reset(token)


def current_locale() -> Locale:
    """For dates, numbers and money."""
    return current_language().locale


def gettext(string: str, **variables: object) -> str:
    """The sentence in the language of the reader, with its variables in place."""
    sentence = _translated(string, current_language())
    return sentence % variables if variables else sentence


def ngettext(singular: str, plural: str, num: int, **variables: object) -> str:
    """The form of the sentence for that number, which is the variable `num` too."""
    sentence = _translated_for_number(singular, plural, num, current_language())
    return sentence % ({"num": num} | variables)


def lazy_gettext(string: str, **variables: object) -> LazyString:
    """For what is made when a module is loaded: translated each time that it is shown."""
    return LazyString(gettext, string, **variables)


def N_(string: str) -> str:
    """Marks a sentence of a table for the catalogue; it is translated where it is shown."""
    return string


@lru_cache(4096)
def _translated(string: str, language: Language) -> str:
    return language.translations.gettext(string)


@lru_cache(4096)
def _translated_for_number(singular: str, plural: str, num: int, language: Language) -> str:
    return language.translations.ngettext(singular, plural, num)


@lru_cache(4096)
def _translated_markup(string: str, language: Language) -> Markup:
    return Markup(language.translations.gettext(string))


def gettext_in_templates(string: str, **variables: object) -> Markup:
    """What `_` is in a template: the sentence may have markup, what is put into it is escaped."""
    sentence = _translated_markup(string, current_language())
    if not variables:
        return sentence
    escaped = {
        name: value if type(value) is int else escape(value) for name, value in variables.items()
    }
    # Each value is escaped already; `Markup.__mod__` would escape it a second time, and slowly.
    return Markup(str.__mod__(sentence, escaped))


def install_in(environment: Environment) -> None:
    """For templates."""
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda string: _translated(string, current_language()),
        lambda singular, plural, num: _translated_for_number(
            singular, plural, num, current_language()
        ),
        newstyle=True,
    )
    environment.globals["_"] = gettext_in_templates


def init_app(app: Flask) -> None:
    """After Flask-Babel is.

    The language of a request is settled before its view runs.
    """
    app.extensions[EXTENSION] = {}

    @app.before_request
    def _settle() -> None:
        _of_request.set(_chosen_language())

    @app.teardown_request
    def _forget(_: BaseException | None) -> None:
        _of_request.set(None)
