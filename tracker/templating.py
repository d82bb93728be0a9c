"""The environment of the templates.

Flask's, without three costs that a page of fifty rows pays a thousand times.

Jinja asks each callable anew, at each call, whether it wants the context; makes an object of each
escaped text, though texts are only joined; and copies the globals through a chain of maps for each
template that a page imports. What is printed is the same.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from decimal import Decimal
from functools import lru_cache
from types import FunctionType, MethodType
from typing import Any

from flask import templating
from flask.sansio.app import App
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

FUNCTIONS = (FunctionType, MethodType, type(lru_cache(len)))
LONGEST_KEPT = 100  # characters of a text whose escaped form is kept: names, numbers, addresses


@lru_cache(8192)
def _escaped(text: str) -> str:
    return str(escape(text))


def forget_escaped() -> None:
    """Drops the texts that were printed before."""
    _escaped.cache_clear()


def printed(value: object) -> str:
    """What stands on the page for a value: markup as it is, all else escaped."""
    if type(value) is Markup:
        return value
    if type(value) is str and len(value) <= LONGEST_KEPT:
        return _escaped(value)
    if type(value) is int or type(value) is Decimal:
        return str(value)  # digits and signs: nothing to escape
    return escape(value)


class DirectContext(Context):
    """Calls a function, or a macro with just its arguments, directly. All else goes Jinja's way."""

    def call(
        self,
        callee: Any,
        /,
        *args: Any,
        _loop_vars: dict[str, Any] | None = None,
        _block_vars: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        kind = type(callee)
        if kind in FUNCTIONS and getattr(callee, "jinja_pass_arg", None) is None:
            return callee(*args, **kwargs)
        if kind is Macro and not kwargs and _takes_just(callee, args):
            return str.__new__(Markup, callee._func(*args))
        inner = {"_loop_vars": _loop_vars, "_block_vars": _block_vars}
        return super().call(callee, *args, **inner, **kwargs)


def _takes_just(macro: Macro, args: tuple[Any, ...]) -> bool:
    return len(args) == len(macro.arguments) and not (
        macro.caller or macro.catch_varargs or macro.catch_kwargs
    )


class PrintingCodeGenerator(CodeGenerator):
    """Prints by `printed` where Jinja prints by `escape`, and at each request what it would print
    once for all.
    """

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if finalize.src is None and frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.printed(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Environment(templating.Environment):
    """Calls no filter when a template is compiled.

    What a filter prints can differ from request to request: the address of a sign has the path
    before it below which a proxy serves the application.
    """

    code_generator_class = PrintingCodeGenerator
    context_class = DirectContext
    printed = staticmethod(printed)

    def __init__(self, app: App, **options: Any) -> None:
        super().__init__(app, **{"optimized": False, **options})

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """No template has globals of its own: all share the environment's."""
        return super().make_globals(d) if d else self.globals
