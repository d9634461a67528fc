"""What the makers of files were given, as bytes that can be compared from build to build."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from vault.compose.planned import Given
from vault.compose.scope import Scope
from vault.compose.watched import Once
from vault.records import digest_of, encode

LONG = 64
"""Bytes above which a digest stands for an argument."""


class Signatures:
    """Arguments as bytes; long ones that many makers share are encoded once.

    The scope and memos are left out: what is read of them is noted when it is read.
    """

    def __init__(self) -> None:
        self.long: dict[int, bytes] = {}

    def __call__(self, make: Callable[..., Any]) -> bytes | None:
        """None for a maker whose arguments have no such form: its file is made every time."""
        if not isinstance(make, Given):
            return None
        try:
            return b"".join(self.one(value) for value in make if not isinstance(value, Scope | Once))
        except TypeError:
            return None

    def one(self, value: Any) -> bytes:
        if isinstance(value, str | int):
            return encode(value)
        if callable(value):
            return encode(f"{value.__module__}.{value.__qualname__}")
        if id(value) not in self.long:
            data = encode(value)
            self.long[id(value)] = data if len(data) < LONG else digest_of(data).encode()
        return self.long[id(value)]
