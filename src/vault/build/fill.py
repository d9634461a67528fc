"""The files of the site, made where what they were made of has changed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from vault import disk, heap, index, workers
from vault.build.job import Job, Progress, processes, silent
from vault.build.survey import Survey
from vault.build.traces import Past
from vault.records import Record, Traces, digest_of, encode
from vault.records.views import Output, Picture

ENOUGH = 300
"""Weight of pages below which starting a process costs more than it saves."""

ALL, SIZE = 400, 8
"""Pages from which on a process takes several at a time, and how many."""

MANY = 2000
"""Pages from which on nothing of what became of them is held while they are made."""

LARGE = 1_000_000
"""Bytes of a file whose making leaves much memory behind."""


FEEDS = 8
"""Feeds that one process makes in a row: they show the same entries."""


class Filled(Record, frozen=True):
    """What became of a file, and the names of all that it was made of."""

    made: disk.Made
    reads: list[str]


class Batch(Record, frozen=True):
    """What became of some files that one process made in a row."""

    filled: tuple[Filled, ...]


def fill(stage: disk.Stage, job: Job, known: Survey, memory: index.Memory) -> Past:
    """Put every file of the site on the stage; the last build's traces, grown into those of this one.

    One is made anew only where something that it read last time is otherwise, and then written only
    where its view is: in several processes where that pays.
    """
    theme, tool = digest_of(encode(known.templates)), index.tool_stamp()
    last, found = memory.load("traces", Traces), known.findings
    past = Past(last, stamp(known, theme, tool), known.sitemap, found.moved, alike=found.alike)
    outputs = known.sitemap.outputs[::-1]  # those of the whole vault take longest: they begin
    stale = [output for output in outputs if not (past.holds(output) and stage.stands(output.path))]
    work = maker(stage, known, f"{theme} {tool}", stale)
    jobs = min(processes(job), past.weight(stale) // ENOUGH)
    explain = explainer(past, known) if job.options.explain else None
    for output, filled in filled_by(jobs, work, batches(stale, past), memory, job.progress):
        made = filled.made
        stage.add(explain(made, output, filled.reads) if explain else made)
        past.learn(output, filled.reads)
    for path, data in known.assets.items():
        stage.put(path, data)
    for output, file in known.sitemap.attachments_used():
        stage.copy(output.path, job.vault, memory.whole(file, partial(disk.digest, job.vault)))
    return past


def batches(outputs: Sequence[Output], past: Past) -> list[Sequence[Output]]:
    """Files that are made in a row: of many a few at a time, else feeds, and what takes longest first."""
    if len(outputs) >= ALL:
        return [outputs[at : at + SIZE] for at in range(0, len(outputs), SIZE)]
    feeds = [output for output in outputs if is_feed(output)]
    found: list[Sequence[Output]] = [[output] for output in outputs if not is_feed(output)]
    found += (feeds[at : at + FEEDS] for at in range(0, len(feeds), FEEDS))
    return sorted(found, key=past.weight, reverse=True)


def is_feed(output: Output) -> bool:
    return output.path.endswith(("feed.xml", "feed.json"))


def filled_by(
    jobs: int,
    work: Callable[[Output], Filled],
    every: Sequence[Sequence[Output]],
    memory: index.Memory,
    progress: Progress,
) -> Iterator[tuple[Output, Filled]]:
    """What becomes of each file.  Of many files it is told when all are made: while they are, there is no
    room to spare."""
    tell, count = [progress], sum(map(len, every))

    def begin() -> None:
        memory.reopen()
        tell[0] = silent

    def told(number: int) -> Batch:
        tell[0]("writing", min(number * len(every[number]), count), count)
        return Batch(tuple(map(work, every[number])))

    many = count >= MANY
    with memory.shrunk() if many else contextlib.nullcontext():
        for number, batch in workers.share(len(every), jobs, told, Batch, begin=begin, late=many):
            yield from zip(every[number], batch.filled, strict=True)


def explainer(past: Past, known: Survey) -> Callable[[disk.Made, Output, list[str]], disk.Made]:
    """Adds the causes to what was made of a file."""
    from vault.build.causes import Causes  # noqa: PLC0415 - for one option alone

    return Causes(past, known.catalog, lambda note_id: known.shelf[note_id].line).explained


def stamp(known: Survey, theme: str, tool: str) -> str:
    """A name of what every page is made of."""
    scope = known.sitemap.scope
    return digest_of(encode((theme, tool, scope.settings, scope.assets, sorted(scope.layouts))))


def maker(
    stage: disk.Stage, known: Survey, made_by: str, outputs: Sequence[Output]
) -> Callable[[Output], Filled]:
    """Makes one of these files: its view, and its bytes where the view is not the last build's."""
    from vault import render  # noqa: PLC0415 - 0.1 s of libraries

    engine = render.engine(known.templates, disk.Codes()) if outputs else None

    def work(output: Output) -> Filled:
        view, reads = known.sitemap.read(output, known.shelf)
        by = index.tool_stamp() if isinstance(view, Picture) else made_by  # no template has a part in it
        key = f"{digest_of(view if isinstance(view, bytes) else encode(view))} {by}"
        if not stage.has(output.path, key):
            assert engine is not None
            data = view if isinstance(view, bytes) else engine.page(view)
            stage.put(output.path, data, key)
            if len(data) > LARGE:
                heap.trim()
        return Filled(stage.taken(), sorted(reads))

    return work
