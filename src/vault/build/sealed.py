"""A seal on a build that ended well: the next one finds at once that nothing has changed."""

from __future__ import annotations

import contextlib

from vault import disk, seal
from vault.build.around import Look
from vault.build.job import Job
from vault.records import Last, Report, Seen, Settings


def state(job: Job, settings: Settings) -> str:
    """What is there, before any of it is read; nothing where nobody asks, or a seal cannot stand for it."""
    if job.mark is None:
        return ""
    try:
        return job.mark.look(*disk.places(job.vault, settings), job.target)
    except seal.BrokenError:
        return ""


def leave(cache: str, job: Job, looked: Look, last: Last, report: Report) -> None:
    """Seal it.  A vault without ``vault.toml`` depends on what else stands beside its notes: never sealed."""
    if job.mark is None:
        return
    with contextlib.suppress(OSError):
        if not looked.state or not looked.inputs.config:
            seal.remove(cache)
            return
        young = dict(last.unsettled) | {one.found.file: one.digest for one in last.outputs if not one.settled}
        folders, files = disk.places(job.vault, looked.settings)
        told, paths = job.mark.told(report), [one.found.path for one in last.outputs]
        rows = (folders, files, paths, map(of, last.outputs), [f"{n} {file}" for file, n in young.items()])
        seal.write(cache, seal.Seal(job.mark.words, told, looked.state, job.target, *rows))


def of(one: Seen) -> str:
    """As ``seal.of_file``."""
    found = one.found
    return f"{found.size} {found.mtime_ns} {found.ctime_ns} {found.inode}"
