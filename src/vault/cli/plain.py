"""``vault build`` as it is asked nearly always: without the time that click takes to load."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from vault import seal
from vault.build import Options
from vault.cli import building, still
from vault.cli.days import day
from vault.cli.ways_out import told


def run(argv: Sequence[str], look: Callable[..., str] = seal.state) -> None:
    """Build, where the options are plain ones; whatever else is asked is for click to understand.  ``look``
    as in ``Mark``.  The process ends with it."""
    given = still.read(argv)
    if given is None or not is_plain(given):
        from vault.cli.commands import run as by_click  # noqa: PLC0415 - what this is to spare

        return by_click()
    held: list[object] = []
    with told():
        sys.exit(building.make(given.get("--vault"), options(argv, given), look=look, held=held))


def is_plain(given: dict[str, str]) -> bool:
    """Whether every value is one that needs no second look."""
    return all(value and value[0] != "-" for value in given.values()) and given.get("--jobs", "0").isdecimal()


def options(argv: Sequence[str], given: dict[str, str]) -> Options:
    """As click reads them."""
    flags = {name.lstrip("-").replace("-", "_"): True for name in still.PLAIN.intersection(argv)}
    return Options(
        out=given.get("--out"), jobs=int(given.get("--jobs", 0)), today=day(given.get("--today")), **flags
    )
