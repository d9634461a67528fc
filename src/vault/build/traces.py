"""What the files of the last build were made of, and which of it is otherwise now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from vault.records import Trace, Traces
from vault.records.views import Output

if TYPE_CHECKING:
    from vault.compose import SiteMap

NOTHING = Traces("", (), (), {})


class Past:
    """The traces of the last build (of no use when the ``stamp`` is another), growing into those of this.

    Names keep their numbers from build to build, so that a trace that holds is kept as it is.
    """

    def __init__(self, last: Traces | None, stamp: str, sitemap: SiteMap) -> None:
        last = last if last and last.stamp == stamp else NOTHING
        self.stamp, self.sitemap, self.files = stamp, sitemap, last.files
        self.numbers = {name: number for number, name in enumerate(last.names)}
        self.facts = sitemap.facts(last.names)
        pairs = zip(last.digests, self.facts.values(), strict=True)
        self.changed = {number for number, (old, new) in enumerate(pairs) if old != new}
        self.kept: dict[str, Trace] = {}

    def holds(self, output: Output) -> bool:
        """Whether a file would be made of the very same again."""
        trace = self.files.get(output.path)
        if trace is None or not self.changed.isdisjoint(trace.reads):
            return False
        if trace.given != self.sitemap.signature(output):
            return False
        self.kept[output.path] = trace
        return True

    def learn(self, output: Output, reads: Iterable[str]) -> None:
        """What a file was made of just now."""
        given = self.sitemap.signature(output)
        if given is not None:
            numbers = self.numbers
            self.kept[output.path] = Trace(given, tuple(numbers.setdefault(r, len(numbers)) for r in reads))

    def now(self) -> Traces:
        """The traces of this build."""
        new = [name for name in self.numbers if name not in self.facts]
        self.facts |= self.sitemap.facts(new)
        names = tuple(self.numbers)
        gone = sum(digest == "" for digest in self.facts.values())
        if gone > len(names) // 2:  # the next build begins anew, and numbers only what there is
            return NOTHING
        return Traces(self.stamp, names, tuple(self.facts[name] for name in names), self.kept)
