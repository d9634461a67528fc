"""What a build is asked to do."""

from __future__ import annotations

import contextlib
import datetime
import gc
import os
from collections.abc import Callable, Iterator

from vault import seal
from vault.records import (
    Date,
    Record,
    Report,
    Vault,
)
from vault.tuples import NamedTuple

Progress = Callable[[str, int, int], None]
"""Told the stage, how many are done, how many there are."""


class Options(Record, frozen=True, kw_only=True):
    """What the command line may say.  ``jobs`` 0 is one process a core, ``today`` None the day in UTC.

    ``private`` keeps private notes, for reports alone: ``build`` never sets it.
    """

    out: str | None = None
    clean: bool = False
    strict: bool = False
    explain: bool = False
    verify: bool = False
    portable: bool = False
    drafts: bool = False
    private: bool = False
    jobs: int = 0
    today: Date | None = None
    allow_empty: bool = False
    no_overrides: bool = False


class Mark(NamedTuple):
    """How a command would be asked the same again, and what it says of a report: then a build that has
    nothing to do need not be made (``vault.seal``).  ``look`` is ``seal.state``, or what has asked it."""

    words: str
    told: Callable[[Report], str]
    look: Callable[..., str] = seal.state


class Job(NamedTuple):
    """One run of the sentence: the site goes to ``target``; ``out`` (the same, but for ``--verify``) is
    never scanned.  ``clock`` is the file system's time (ns) when it began.  ``held`` gets what a process that
    ends with this build need not take apart."""

    vault: Vault
    options: Options
    out: str
    target: str
    clock: int
    progress: Progress
    mark: Mark | None = None
    held: list[object] | None = None


def processes(job: Job) -> int:
    return job.options.jobs or len(os.sched_getaffinity(0))


def today() -> Date:
    """``VAULT_TODAY``, else the day in UTC."""
    given = os.environ.get("VAULT_TODAY")
    now = datetime.date.fromisoformat(given) if given else datetime.datetime.now(datetime.UTC).date()
    return Date(now.year, now.month, now.day)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for garbage that refers to itself: a build makes hardly any, ends soon, and would
    spend a third of its time on it at 10,000 notes."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def silent(_stage: str, _done: int, _total: int) -> None:
    """No progress."""
