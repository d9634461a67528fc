"""When a server looks for garbage: not while a survey is made."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

MOST = 100
"""Surveys after which a quiet moment is used to search for it."""


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Survey without looking for garbage: a fifth to a third of the time at 1,000 and 10,000 notes.

    What was made is set aside for good: a survey refers to nothing that refers to it, and goes when the next
    one takes its place (``tests/test_watch.py`` holds it to that).  Other garbage is for ``collect``.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def collect() -> None:
    """Search everything for garbage: half a second at 10,000 notes, in which nothing is answered."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
