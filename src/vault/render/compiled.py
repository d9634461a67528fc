"""Templates that are compiled once for many builds, and print text without detours."""

from __future__ import annotations

from types import CodeType
from typing import Any, Protocol

import jinja2
from jinja2 import BytecodeCache, Environment, Template
from jinja2.bccache import Bucket
from markupsafe import escape

from vault.records import digest_of

try:
    from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]
except ImportError:  # another implementation of markupsafe: its own way, then
    escaped = escape


class Codes(Protocol):
    """Compiled templates by name."""

    def get(self, name: str, /) -> bytes | None: ...

    def put(self, name: str, data: bytes, /) -> None: ...


class Kept(BytecodeCache):
    """Jinja's own form of compiled templates, named by what they were compiled from and by what."""

    def __init__(self, codes: Codes) -> None:
        self.codes = codes

    def load_bytecode(self, bucket: Bucket) -> None:
        data = self.codes.get(named(bucket))
        if data:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes.put(named(bucket), bucket.bytecode_to_string())


def named(bucket: Bucket) -> str:
    """The name of a template's code; that of its Python is Jinja's to check."""
    return digest_of(f"{jinja2.__version__} {bucket.key} {bucket.checksum}".encode())


class Direct(Template):
    """A template that prints plain text without wrapping each piece in an object that says it is safe: what
    is printed is joined at once, and nobody asks."""

    @classmethod
    def from_code(
        cls, environment: Environment, code: CodeType, globals: Any, uptodate: Any = None
    ) -> Template:
        made = super().from_code(environment, code, globals, uptodate)
        names: dict[str, Any] = getattr(made.root_render_func, "__globals__", {})
        if names.get("escape") is escape:
            names["escape"] = text
        return made


def text(value: Any) -> str:
    """``markupsafe.escape`` as a plain string."""
    if type(value) is str:
        return escaped(value)
    if hasattr(value, "__html__"):
        html: str = value.__html__()
        return html
    return escaped(str(value))
