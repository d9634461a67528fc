"""Regular expressions that are compiled when they are first used.

A build starts a process, and compiling every pattern of the house takes a tenth of a second, most of it for
patterns that the build at hand never asks.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

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
        compiled = re.compile(self._source, self._flags)
        self.__dict__.update((each, getattr(compiled, each)) for each in (*_METHODS, *_FACTS))
        return self.__dict__[name]


def lazy(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` gives, compiled when it is first used; a mistake in it shows then."""
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))
