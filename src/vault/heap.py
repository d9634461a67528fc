"""Memory that is given back: what the C library keeps of work that is over.  Elsewhere than on glibc it does
nothing."""

from __future__ import annotations

import contextlib
from functools import cache
from typing import Any

ARENAS = -8
"""``M_ARENA_MAX`` of mallopt(3)."""


@cache
def library() -> Any:
    """The C library, where it has mallopt and malloc_trim; else None."""
    import ctypes  # noqa: PLC0415 - for large builds and servers only

    with contextlib.suppress(OSError, AttributeError):
        found = ctypes.CDLL(None)
        found.mallopt, found.malloc_trim  # noqa: B018 - whether they are there
        return found
    return None


def share() -> None:
    """One heap for all threads: what one frees another can use."""
    if library():
        library().mallopt(ARENAS, 1)


def trim() -> None:
    """Give free memory back to the system."""
    if library():
        library().malloc_trim(0)
