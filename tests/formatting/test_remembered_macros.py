"""A macro that is remembered prints once what it is asked for again, and never for one what it
printed for another.
"""

from __future__ import annotations

from gettext import NullTranslations

from babel import Locale
from jinja2 import Environment
from jinja2.runtime import Macro
from markupsafe import Markup

from tracker import translation
from tracker.formatting import script_root
from tracker.formatting.remembered import remembered
from tracker.translation import Language


class CountedMacro:
    """Counts how often the macro was run."""

    def __init__(self) -> None:
        self.count = 0

    def macro(self) -> Macro:
        environment = Environment(autoescape=True)
        environment.globals["seen"] = self._seen
        module = environment.from_string(
            "{% macro line(value, to) %}{{ seen() }}{{ value }} {{ to }}{% endmacro %}"
        ).module
        line: Macro = module.line  # type: ignore[attr-defined]
        return line

    def _seen(self) -> str:
        self.count += 1
        return ""


def test_equal_values_are_printed_once() -> None:
    printed = CountedMacro()
    line = remembered(printed.macro())
    assert line(("a", 1), "x") == line(("a", 1), "x") == "(&#39;a&#39;, 1) x"
    assert printed.count == 1
    assert line(("a", 2), "x") == "(&#39;a&#39;, 2) x"
    assert printed.count == 2


def test_text_is_escaped_though_markup_of_the_same_signs_was_printed() -> None:
    line = remembered(CountedMacro().macro())
    assert line(Markup("<b>"), "") == "<b> "
    assert line("<b>", "") == "&lt;b&gt; "


def test_another_language_and_another_root_are_printed_anew() -> None:
    printed = CountedMacro()
    line = remembered(printed.macro())
    line("a", "")
    language = translation._of_request.set(Language(Locale("de"), NullTranslations()))
    line("a", "")
    assert printed.count == 2
    root = script_root._of_request.set("/below")
    line("a", "")
    assert printed.count == 3
    script_root._of_request.reset(root)
    translation._of_request.reset(language)
    line("a", "")
    assert printed.count == 3
