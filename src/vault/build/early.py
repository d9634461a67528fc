"""What can be read while a few notes are parsed in a process of their own."""

from __future__ import annotations

from collections.abc import Sequence

from vault import disk, index
from vault.build.job import Job
from vault.build.survey import load
from vault.records import Last, Seen, Standing, Traces


class Early:
    """The rooms that make pages, what the last build left, and the site as it stands."""

    def __init__(self, job: Job, last: Last | None, memory: index.Memory) -> None:
        self.job, self.memory = job, memory
        self.before: dict[str, Seen] = {seen.found.path: seen for seen in last.outputs} if last else {}
        self.found: Standing | None = None

    def __call__(self) -> None:
        """Read it."""
        findings = load()[-1]
        findings.prepare(self.memory)
        self.memory.prepare("traces", Traces)
        self.found = disk.standing(self.job.target, self.before, self.before)

    def standing(self, paths: Sequence[str]) -> Standing:
        """What stands at these paths: what was found already where they are those of the last build."""
        if self.found is not None and self.before.keys() - {disk.MANIFEST} == set(paths):
            return self.found
        return disk.standing(self.job.target, paths, self.before)
