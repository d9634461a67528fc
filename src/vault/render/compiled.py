"""Templates that are compiled once for many builds."""

from __future__ import annotations

from keyword import iskeyword
from typing import Any, Final, Protocol

import jinja2
from jinja2 import BytecodeCache, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, optimizeconst

from vault.records import digest_of


class Codes(Protocol):
    """Compiled templates by name."""

    def get(self, name: str, /) -> bytes | None: ...

    def put(self, name: str, data: bytes, /) -> None: ...


class Kept(BytecodeCache):
    """Jinja's own form of compiled templates, named by what they were compiled from and by what; ``form``
    tells two ways to compile one apart."""

    def __init__(self, codes: Codes, form: str) -> None:
        self.codes, self.form = codes, form

    def load_bytecode(self, bucket: Bucket) -> None:
        data = self.codes.get(self.named(bucket))
        if data:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes.put(self.named(bucket), bucket.bytecode_to_string())

    def named(self, bucket: Bucket) -> str:
        """The name of a template's code; that of its Python is Jinja's to check."""
        return digest_of(f"{jinja2.__version__} {self.form} {bucket.key} {bucket.checksum}".encode())


FORM: Final = "bound 1"
"""What ``Bound`` makes, by a name that changes whenever it does, for the sake of code that was kept."""


class Bound(CodeGenerator):
    """Compiles ``page.title`` to Python's own look-up, which raises AttributeError where Jinja would go on to
    look for an item and for what is undefined; ``page.title is defined`` goes Jinja's way."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.asked: set[nodes.Node] = set()

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        self.asked.add(node.node)
        super().visit_Test(node, frame)

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if node in self.asked or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")
