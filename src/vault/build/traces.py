"""What the files of the last build were made of, and which of it is otherwise now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from vault import workers
from vault.build.numbers import WIDTH, packed, unpacked
from vault.records import Trace, Traces
from vault.records.views import Output

if TYPE_CHECKING:
    from vault.compose import SiteMap

NOTHING = Traces("", (), (), {})
MANY = 5000
"""Names from which on another process digests what they stand for."""
FEW = 8
"""Names that are looked for among the bytes of a trace one by one."""


class Numbers(dict[str, int]):
    """Name -> its number; one that was not met yet gets the next.  A cold build looks up a million."""

    __slots__ = ()

    def __missing__(self, name: str) -> int:
        found = self[name] = len(self)
        return found


class Past:
    """The traces of the last build (of no use when the ``stamp`` is another), growing into those of this.

    Names keep their numbers from build to build, so that a trace that holds is kept as it is.  ``moved`` are
    the names of all that may be otherwise (None: everything may); ``alike``: makers are given what they
    were.
    """

    def __init__(
        self,
        last: Traces | None,
        stamp: str,
        sitemap: SiteMap,
        moved: frozenset[str] | None = None,
        *,
        alike: bool = False,
    ) -> None:
        last = last if last and last.stamp == stamp else NOTHING
        self.stamp, self.sitemap, self.files = stamp, sitemap, last.files
        self.alike = alike
        self.names = last.names
        self.numbers = Numbers(zip(last.names, count()))
        before = dict(zip(last.names, last.digests, strict=True))
        asked = last.names if moved is None else [name for name in last.names if name in moved]
        now = sitemap.facts(asked)
        self.facts = before | now
        self.changed = {self.numbers[name] for name in asked if before[name] != now[name]}
        self.signs = tuple(packed([number]) for number in self.changed) if len(self.changed) <= FEW else None
        self.kept: dict[str, Trace] = {}

    def holds(self, output: Output) -> bool:
        """Whether a file would be made of the very same again."""
        trace = self.files.get(output.path)
        if trace is None or self.is_moved(trace.reads):
            return False
        if not self.alike and trace.given != self.sitemap.signature(output):
            return False
        self.kept[output.path] = trace
        return True

    def is_moved(self, reads: bytes) -> bool:
        """Whether any of what a trace names is otherwise; of few names it is soonest seen which traces
        cannot have one."""
        if self.signs is None:
            return not self.changed.isdisjoint(unpacked(reads))
        for sign in self.signs:  # ten thousands of times: a generator would take as long again
            if sign in reads:
                return not self.changed.isdisjoint(unpacked(reads))
        return False

    def causes(self, output: Output, reads: Iterable[str]) -> list[str]:
        """The names of what is otherwise of all that a file was made of, or that it was not made of before;
        an empty one where that is what its maker is given, nothing for a file of other templates."""
        trace = self.files.get(output.path)
        if trace is None:
            return []
        numbers = unpacked(trace.reads)
        before = {self.names[number] for number in numbers}
        found = [self.names[number] for number in self.changed.intersection(numbers)]
        found += [name for name in reads if name not in before]
        return found or ([""] if trace.given != self.sitemap.signature(output) else [])

    def is_other(self, name: str) -> bool:
        """Whether what has this name is otherwise than it was."""
        return self.numbers.get(name) in self.changed

    def is_new(self, name: str) -> bool:
        """Whether no file of the last build was made of what has this name."""
        return self.numbers.get(name, len(self.names)) >= len(self.names)

    def weight(self, outputs: Sequence[Output]) -> int:
        """About what it takes to make them: one for each, and one for every two things that it read."""
        traces = (self.files.get(output.path) for output in outputs)
        return len(outputs) + sum(len(trace.reads) // (2 * WIDTH) if trace else 1 for trace in traces)

    def learn(self, output: Output, reads: Iterable[str]) -> None:
        """What a file was made of just now."""
        given = self.sitemap.signature(output)
        if given is not None:
            self.kept[output.path] = Trace(given, packed([*map(self.numbers.__getitem__, reads)]))

    @contextmanager
    def ending(self, jobs: int) -> Iterator[Callable[[], Traces]]:
        """The traces of this build, when they are asked for; what many names stand for is digested
        meanwhile."""
        names = [name for name in self.numbers if name not in self.facts]
        digest = partial(self.sitemap.facts, names)
        if jobs == 1 or len(names) < MANY:
            yield lambda: self.now(digest())
            return
        with workers.aside(digest, dict[str, str]) as found:
            yield lambda: self.now(found())

    def now(self, fresh: dict[str, str]) -> Traces:
        """The traces of this build, with these digests."""
        self.facts |= fresh
        names = tuple(self.numbers)
        gone = sum(digest == "" for digest in self.facts.values())
        if gone > len(names) // 2:  # the next build begins anew, and numbers only what there is
            return NOTHING
        return Traces(self.stamp, names, tuple(self.facts[name] for name in names), self.kept)
