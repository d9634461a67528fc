"""The files of the site, made where what they were made of has changed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from vault import disk, heap, index, workers
from vault.build import painting
from vault.build.job import Job, Progress, processes, silent
from vault.build.survey import Survey
from vault.build.traces import Past
from vault.records import Record, Traces, digest_of, encode
from vault.records.views import Output, Picture
from vault.tuples import NamedTuple

if TYPE_CHECKING:
    from vault.render import Engine

ENOUGH = 800
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


class Viewed(NamedTuple):
    """What a file shows, or its bytes; the names of what that was made of; the name of the view and of all
    that makes bytes of it."""

    output: Output
    view: painting.View | bytes
    reads: list[str]
    key: str


class Batch(Record, frozen=True):
    """What became of some files that one process made in a row."""

    filled: tuple[Filled, ...]


def fill(
    stage: disk.Stage, job: Job, known: Survey, memory: index.Memory, helper: workers.Helper | None
) -> Past:
    """Put every file of the site on the stage; the last build's traces, grown into those of this one.  Of few
    files a ``helper`` makes the pages.

    One is made anew only where something that it read last time is otherwise, and then written only
    where its view is: in several processes where that pays.
    """
    theme, tool = digest_of(encode(known.templates)), index.tool_stamp()
    last, found = memory.load("traces", Traces), known.findings
    past = Past(last, stamp(known, theme, tool), known.sitemap, found.moved, alike=found.alike)
    outputs = known.sitemap.outputs[::-1]  # those of the whole vault take longest: they begin
    stale = [output for output in outputs if not (past.holds(output) and stage.stands(output.path))]
    maker = Maker(stage, known, f"{theme} {tool}")
    jobs = min(processes(job), past.weight(stale) // ENOUGH)
    explain = explainer(past, known) if job.options.explain else None
    if jobs < 2 and helper:
        files = maker.few(stale, helper)
    else:
        maker.begin()
        files = filled_by(jobs, maker, batches(stale, past), memory, job.progress)
    for output, filled in files:
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


class Maker:
    """Makes files: the view of each, and its bytes where the view is not the last build's.  ``made_by`` names
    what makes bytes of a view."""

    def __init__(self, stage: disk.Stage, known: Survey, made_by: str) -> None:
        self.stage, self.known, self.made_by = stage, known, made_by
        self.engine: Engine | None = None

    def begin(self) -> None:
        """Load what makes pages, for all processes at once."""
        if self.engine is None:
            from vault import render  # noqa: PLC0415 - 0.1 s of libraries

            self.engine = render.engine(self.known.templates, disk.Codes())

    def __call__(self, output: Output) -> Filled:
        view = self.viewed(output)
        if not self.stands(view):
            self.put(view, self.page(view))
        return self.filled(view)

    def viewed(self, output: Output) -> Viewed:
        view, reads = self.known.sitemap.read(output, self.known.shelf)
        by = index.tool_stamp() if isinstance(view, Picture) else self.made_by  # no template has a part in it
        return Viewed(output, view, sorted(reads), f"{self.named(output, view)} {by}")

    def named(self, output: Output, view: painting.View | bytes) -> str:
        """The name of a view; none for a file that comes, which nothing can be compared with: to name all of
        them takes a fiftieth of a first build, and the next one makes a few files that it need not.  A
        picture has one: it takes longer to draw than to name."""
        if output.path not in self.stage.known and not isinstance(view, Picture):
            return disk.UNNAMED
        return digest_of(view if isinstance(view, bytes) else encode(view))

    def stands(self, view: Viewed) -> bool:
        return self.stage.has(view.output.path, view.key)

    def page(self, view: Viewed) -> bytes:
        if isinstance(view.view, bytes):
            return view.view
        self.begin()
        assert self.engine is not None
        return self.engine.page(view.view)

    def put(self, view: Viewed, data: bytes) -> None:
        self.stage.put(view.output.path, data, view.key)
        if len(data) > LARGE:
            heap.trim()

    def filled(self, view: Viewed) -> Filled:
        return Filled(self.stage.taken(), view.reads)

    def few(self, outputs: Sequence[Output], helper: workers.Helper) -> Iterator[tuple[Output, Filled]]:
        """Files of which a helper makes each page while this process finds the view of the next."""
        painting.begin(helper, self.known.templates)
        waiting: list[tuple[Viewed, int]] = []
        for view in map(self.viewed, outputs):
            if self.stands(view):
                yield view.output, self.filled(view)
            elif isinstance(view.view, bytes):
                self.put(view, view.view)
                yield view.output, self.filled(view)
            else:
                waiting.append((view, painting.ask(helper, view.view)))
        for view, number in waiting:
            self.put(view, painting.told(helper, number) or self.page(view))
            yield view.output, self.filled(view)
