"""Where the time of a build goes: ``python bench/steps.py VAULT`` edits a note, builds, prints a table.

One process and CPU time, so that steps can be compared with the floors that a bare pipeline has.
"""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STARTED = time.process_time()

from vault import catalog, compose, disk, exporters, index, link, parse, render  # noqa: E402, F401 - timed
from vault.build import Options, build, early, findings, recalled, story  # noqa: E402
from vault.build.traces import Past  # noqa: E402

SPENT: dict[str, float] = {"start and imports": time.process_time()}


def timed(owner: Any, name: str, step: str) -> None:
    """Count the CPU time of a function under a step's name."""
    inner: Callable[..., Any] = getattr(owner, name)

    @functools.wraps(inner)
    def outer(*given: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return inner(*given, **named)
        finally:
            SPENT[step] = SPENT.get(step, 0.0) + time.process_time() - began

    setattr(owner, name, outer)


STEPS: list[tuple[Any, str, str]] = [
    (early, "look", "look: stat everything"),
    (index.Memory, "refile", "refile: which files are new, and parse them"),
    (recalled, "recalled", "recall: catalog and graph, where only words changed"),
    (findings, "made", "make: catalog and graph, where more did"),
    (compose, "plan", "plan: addresses and orders"),
    (disk, "standing", "standing: stat the site"),
    (Past, "__init__", "traces: what changed of what was read"),
    (story, "fill", "fill: traces, and pages made anew"),
    (disk, "publish", "publish: renames and the manifest"),
    (story, "keep", "keep: store for the next build"),
]


def main(folder: str) -> None:
    build(disk.find_vault(folder))
    for owner, name, step in STEPS:
        timed(owner, name, step)
    note = sorted((Path(folder) / "notes").rglob("*.md"))[7]
    note.write_text(
        note.read_text(encoding="utf-8").rstrip("\n") + "\n\nA few more words.\n", encoding="utf-8"
    )
    began = time.process_time()
    build(disk.find_vault(folder), Options(jobs=1))
    SPENT["all"] = time.process_time() - began + SPENT["start and imports"]
    print("| step | ms |\n|---|--:|")
    for step, seconds in SPENT.items():
        print(f"| {step} | {seconds * 1000:.0f} |")


if __name__ == "__main__":
    main(sys.argv[1])
