"""How much of the network's time, bytes and patience a request may take."""

from __future__ import annotations

import time
from collections.abc import Callable

from vault.tuples import NamedTuple


class Limits(NamedTuple):
    """Seconds and bytes.  ``total`` is for one answer with its redirects; ``size`` counts after
    decompression; ``patience`` is the longest wait between two tries that a service may ask for;
    ``doubt`` stands for ``connect`` once a host was not reached and none was before it."""

    connect: float = 10.0
    doubt: float = 2.0
    total: float = 30.0
    size: int = 5_000_000
    redirects: int = 3
    tries: int = 4
    backoff: float = 2.0
    patience: float = 60.0


class Clock(NamedTuple):
    """Wall time (seconds since 1970), a clock that only goes forward, and how to wait."""

    now: Callable[[], float] = time.time
    ticks: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
