"""Templates in use: rendered without detours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import escape

try:
    from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]
except ImportError:  # another implementation of markupsafe: its own way, then
    escaped = escape


class House(Environment):
    """An environment whose templates never change and have no globals of their own."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.ready: dict[Any, Template] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        found = self.ready.get(name)
        if found is None:
            found = self.ready[name] = super().get_template(name, parent, globals)
        return found


class Scene(Context):
    """What a template is rendered with, made without a look at every global."""

    def __init__(
        self, environment: Environment, parent: dict[str, Any], name: Any, blocks: Any, globals: Any = None
    ) -> None:
        self.parent, self.vars, self.environment, self.name = parent, {}, environment, name
        self.eval_ctx, self.exported_vars = EvalContext(environment, name), set()
        self.globals_keys = globals
        self.blocks = {name: [block] for name, block in blocks.items()}


class Direct(Template):
    """A template that prints plain text without wrapping each piece in an object that says it is safe: what
    is printed is joined at once, and nobody asks.  Where it is included it gives one text and not its
    pieces, each of which would go through all that includes it."""

    @classmethod
    def from_code(
        cls, environment: Environment, code: CodeType, globals: Any, uptodate: Any = None
    ) -> Template:
        made = super().from_code(environment, code, globals, uptodate)
        names: dict[str, Any] = getattr(made.root_render_func, "__globals__", {})
        if names.get("escape") is escape:
            names["escape"] = text
        made.root_render_func = joined(made.root_render_func)
        return made

    def new_context(self, vars: Any = None, shared: bool = False, locals: Any = None) -> Context:
        given = self.environment.globals
        parent = (vars or {}) if shared else {**given, **(vars or {})}
        if locals:
            parent = {**parent, **{name: value for name, value in locals.items() if value is not missing}}
        return Scene(self.environment, parent, self.name, self.blocks, given.keys())

    def _get_default_module(self, _: Context | None = None) -> TemplateModule:
        """One for all who import the template: no template has globals of its own."""
        if self._module is None:
            self._module = self.make_module()
        return self._module


def joined(root: Callable[[Context], Iterator[str]]) -> Callable[[Context], Iterator[str]]:
    def whole(context: Context) -> Iterator[str]:
        yield "".join(root(context))

    return whole


def text(value: Any) -> str:
    """``markupsafe.escape`` as a plain string."""
    if type(value) is str:
        return escaped(value)
    if hasattr(value, "__html__"):
        html: str = value.__html__()
        return html
    return escaped(str(value))
