"""Our environment of templates prints what Jinja's prints.

Text escaped, markup as it is, whatever a call takes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.templating import Environment as FlaskEnvironment
from jinja2 import pass_context, pass_environment
from jinja2.runtime import Context
from markupsafe import Markup

from tracker.formatting import listing
from tracker.templating import LONGEST_KEPT, Environment
from tracker.translation import gettext_in_templates

LONG = "<b>long</b> " * LONGEST_KEPT


@pass_context
def of_context(context: Context, name: str) -> str:
    return str(context[name])


@pass_environment
def of_environment(environment: FlaskEnvironment, text: str) -> str:
    return f"{text} {environment.autoescape}"


class Shouting:
    def __call__(self, text: str) -> str:
        return text.upper()

    def method(self, text: str, *, ending: str = "") -> str:
        return f"<{text}>{ending}"


GIVEN: dict[str, Any] = {
    "text": "<script>&'\"",
    "markup": Markup("<b>bold</b>"),
    "long": LONG,
    "number": 5,
    "nothing": None,
    "of_context": of_context,
    "of_environment": of_environment,
    "shout": Shouting(),
    "plain": lambda *words, **more: f"<{words} {sorted(more)}>",
    "rows": ["<1>", "<2>"],
}
TEMPLATES = [
    "{{ text }}{{ text }}{{ markup }}{{ long }}{{ number }}{{ nothing }}{{ missing }}",
    "{{ text|e }}{{ markup|e }}{{ text|upper }}{{ (text ~ markup) }}{{ rows|join(markup) }}",
    "{{ of_context('text') }}{{ of_environment(text) }}{{ shout(text) }}{{ shout.method(text, "
    "ending='>') }}",
    "{% for row in rows %}{% set here = row %}{{ plain(row, loop.index, by=row) }}{{ "
    "of_context('here') }}{% endfor %}",
    "{% macro mark(a, b='<b>') %}<i>{{ a }}{{ b }}</i>{% endmacro %}{{ mark(text) }}{{ mark(text, "
    "markup) }}{{ mark(b=text, a=number) }}",
    "{% macro many() %}{{ varargs|length }}{{ kwargs|length }}{% endmacro %}{{ many(1, 2, c=text) "
    "}}",
    "{% macro around(a) %}<p>{{ a }}{{ caller() }}</p>{% endmacro %}{% call around(text) %}{{ "
    "text }}{% endcall %}",
    "{% set kept %}<u>{{ text }}</u>{% endset %}{{ kept }}{% block main %}{{ kept }}{{ "
    "of_context('text') }}{% endblock %}{{ self.main() }}",
    "{% macro inner(a) %}[{{ a }}]{% endmacro %}{% macro outer(a) %}{{ inner(inner(a)) }}{% "
    "endmacro %}{{ outer(text) }}",
    "{% autoescape false %}{{ text }}{% endautoescape %}{{ text }}",
    "{{ namespace(a=text).a }}{{ dict(a=text)['a'] }}{{ range(3)|list }}",
]


@pytest.mark.parametrize("source", TEMPLATES)
def test_pages_are_what_jinja_makes_of_them(source: str) -> None:
    app, options = Flask("bare"), {"autoescape": True}
    printed = Environment(app, **options).from_string(source).render(GIVEN)
    assert printed == FlaskEnvironment(app, **options).from_string(source).render(GIVEN)


def test_a_macro_that_gets_too_much_says_so() -> None:
    source = "{% macro one(a) %}{{ a }}{% endmacro %}{{ one(1, 2) }}"
    with pytest.raises(TypeError, match="takes not more than 1 argument"):
        Environment(Flask("bare"), autoescape=True).from_string(source).render()


@pytest.mark.parametrize("say", [gettext_in_templates, lambda text, **more: Markup(text) % more])
def test_what_is_put_into_a_sentence_is_escaped(say: Callable[..., Markup]) -> None:
    sentence = say("<b>%(name)s</b> %(count)d %(mark)s", name="<i>", count=3, mark=Markup("<u>"))
    assert sentence == "<b>&lt;i&gt;</b> 3 <u>" and isinstance(sentence, Markup)


def test_text_that_reads_like_markup_stays_text() -> None:
    """A cache takes the two for equal."""
    assert isinstance(listing([Markup("<b>x</b>")]), Markup)
    assert type(listing(["<b>x</b>"])) is str
    assert type(listing(["<b>x</b>"])) is str and isinstance(listing([Markup("<b>x</b>")]), Markup)


def test_a_sign_has_the_path_of_its_request_and_not_that_of_the_compiler() -> None:
    app = Flask(__name__)
    env = Environment(app)
    root = ""
    env.filters["icon"] = lambda name: f"{root}/icons.svg#{name}"
    template = env.from_string("{{ 'lock'|icon }}")
    assert template.render() == "/icons.svg#lock"
    root = "/below"
    assert template.render() == "/below/icons.svg#lock"
