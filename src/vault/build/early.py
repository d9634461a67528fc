"""What can be found out while a few notes are parsed in a process of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from vault import disk, index, workers
from vault.build import painting
from vault.build.around import Look
from vault.build.given import Given, given, site
from vault.build.job import Job, processes
from vault.build.survey import look, parser
from vault.records import Last, Seen, Standing, Traces
from vault.tuples import NamedTuple

if TYPE_CHECKING:
    from vault.build.findings import Edition
    from vault.build.stored import Known
    from vault.compose import Settled, SiteMap


MUCH = 1_000_000
"""Bytes of what the last build left from which on it is read beside the look at what is there now."""
STANDING = "standing"

STANDING, LOADED = "standing", "loaded"


class Begun(NamedTuple):
    """What is there, and what the last build left; the outputs as that saw them, by path; who helps; how the
    site stands beside that."""

    looked: Look
    last: Last | None
    before: dict[str, Seen]
    helper: workers.Helper | None = None
    otherwise: Callable[[], disk.Otherwise] | None = None


@contextmanager
def begun(job: Job, memory: index.Memory) -> Iterator[Begun]:
    """What is there and what the last build left; where there was one, others begin meanwhile with what will
    be needed if anything has changed."""
    size = memory.size("last")
    if processes(job) == 1 or not size:
        yield Begun(look(job), *last_seen(memory))
        return
    with at_once(job, memory) if size > MUCH else one_by_one(job, memory) as found:
        yield found


@contextmanager
def one_by_one(job: Job, memory: index.Memory) -> Iterator[Begun]:
    """With one process beside this: another would take longer to begin than to do what it is for."""
    last, before = last_seen(memory)
    compare = partial(disk.otherwise, job.target, before)
    tasks = {**tasks_of(job), STANDING: workers.Task(type(None), lambda _: compare())}
    with workers.helper(tasks) as helper:
        number = helper.ask(STANDING)
        helper.ask(LOADED)
        otherwise = partial(helper.answer, number, disk.Otherwise)
        yield Begun(look(job), last, before, helper, lambda: otherwise() or compare())


@contextmanager
def at_once(job: Job, memory: index.Memory) -> Iterator[Begun]:
    """Where there is much to read, while others look at what is there."""
    with ExitStack() as held:
        helper = held.enter_context(workers.helper(tasks_of(job), patient=True))
        helper.ask(LOADED)
        looked = held.enter_context(workers.aside(partial(look, job), Look))
        last, before = last_seen(memory)
        compare = partial(disk.otherwise, job.target, before)
        otherwise = held.enter_context(workers.aside(compare, disk.Otherwise, patient=True))
        from vault.build import findings as _  # noqa: F401, PLC0415 - 0.1 s of libraries

        yield Begun(looked(), last, before, helper, otherwise)


def tasks_of(job: Job) -> dict[str, workers.Task]:
    """What any helper can do."""
    by = parser(job)
    loaded = workers.Task(type(None), lambda _: by.load())
    return {LOADED: loaded, index.READING: index.task(by), **painting.tasks()}


def last_seen(memory: index.Memory) -> tuple[Last | None, dict[str, Seen]]:
    """What the last build left, and the outputs as it saw them."""
    last = memory.load("last", Last)
    return last, {seen.found.path: seen for seen in last.outputs} if last else {}


class Early:
    """The rooms that make pages, what stands around the notes, what the last build left, the site as it
    stands, and the plan of the site where no more than words turns out to be new."""

    def __init__(self, job: Job, begun: Begun, memory: index.Memory) -> None:
        self.job, self.looked, self.memory = job, begun.looked, memory
        self.helper, self.otherwise = begun.helper, begun.otherwise
        self.before = begun.before
        self.given: Given | None = None
        self.last: tuple[Known, Edition] | None = None
        self.found: Standing | None = None
        self.planned: tuple[Settled, SiteMap] | None = None

    def __call__(self, is_reshaped: Callable[[], bool]) -> None:
        """Find it out.  What notes say may be known to be more than other words before the site is
        planned."""
        if self.helper:
            self.helper.ask(painting.READY)
        from vault.build import findings  # noqa: PLC0415 - 0.1 s of libraries

        self.last = findings.prepare(self.memory)
        self.memory.prepare("traces", Traces)
        self.given = given(self.job, self.looked, self.memory)
        if self.last and not self.looked.settings.sources and not is_reshaped():
            settled = self.last[0].settled
            self.planned = settled, site(self.given, self.looked.settings, settled, watched=True)
        if self.otherwise:
            self.found = disk.as_known(self.otherwise(), self.before)

    def left(self) -> tuple[Known, Edition] | None:
        """What the last build knew, for the one who asks first; its plan is of no use then."""
        last, self.last, self.planned = self.last, None, None
        return last

    def site(self, settled: Settled) -> SiteMap | None:
        """The plan, where it was made from this."""
        return self.planned[1] if self.planned and self.planned[0] is settled else None

    def standing(self, paths: Sequence[str]) -> Standing:
        """What stands at these paths: what was found already where they are those of the last build."""
        if self.found is not None and self.stood(paths):
            return self.found
        return disk.standing(self.job.target, paths, self.before)

    def stood(self, paths: Sequence[str]) -> bool:
        """Whether these are the files of the last build, each once, which could stand side by side."""
        return len(paths) == len(self.before) - 1 and self.before.keys() - {disk.MANIFEST} == set(paths)
