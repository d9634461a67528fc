"""Regular expressions that are compiled when they are first used.

A build starts a process, and compiling every pattern of the house takes a tenth of a second, most of it for
patterns that the build at hand never asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, AnyStr, cast

_compile = re.compile

_METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
_FACTS = ("pattern", "flags", "groups", "groupindex")


class _Pattern:
    """A pattern to come; once compiled, its methods are this object's own."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        """Only what is not there yet comes here."""
        if name not in _METHODS and name not in _FACTS:
            raise AttributeError(name)
        compiled = _compile(self._source, self._flags)
        self.__dict__.update((each, getattr(compiled, each)) for each in (*_METHODS, *_FACTS))
        return self.__dict__[name]


def lazy(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, compiled when it is first used; a mistake in it shows then."""
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))


@contextmanager
def later() -> Iterator[None]:
    """Patterns of a library that is imported meanwhile are compiled when they are first used, too: PyYAML
    has one that takes 7 to 14 ms, for a reader that is not libyaml's."""
    re.compile = cast("Any", lazy)
    try:
        yield
    finally:
        re.compile = _compile
