"""Thousands of random saves over a live server: ``make soak``, or ``python -m bench.soak [--saves 2000]``.

A vault of ``--notes`` notes is served by a process of its own, with two pages open in a browser as far as
it can tell.  Saves come in six styles of editors and in random kinds, some at rest, some while the last one
is still surveyed.  Each must reach its page; every twenty saves a sample of pages, every hundred all of them,
must be byte for byte what a clean build writes, and the open pages must know it.  Printed at the end: what
was missed or differed, seconds from the close of a save to the page with it, memory, threads and files over
time, and how the server ends.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.live import TAG, TODAY, Held, Live, Stream, serving
from bench.writer import Save, Writer
from vault.build import Options, build
from vault.disk import find_vault
from vault.records import Date

PATIENCE = 20.0
SAMPLE, WHOLE = 20, 100
"""Saves after which some pages, and all of them, are compared."""


class Soak:
    """One run: what was measured, and what went wrong."""

    def __init__(self, live: Live, writer: Writer, beside: Path, chance: random.Random) -> None:
        self.live, self.writer, self.beside, self.chance = live, writer, beside, chance
        self.streams = [live.listen(page) for page in writer.pages()[:2]]
        self.waits: dict[str, list[float]] = {}
        self.held: list[Held] = []
        self.wrong: list[str] = []
        self.compared = 0

    def run(self, saves: int) -> None:
        for number in range(1, saves + 1):
            self.one(self.writer.save(f"m{number}x{self.chance.randrange(10**6)}"))
            time.sleep(self.chance.choice([0, 0, 0.05, 0.3]))
            if number % SAMPLE == 0 or number == saves:
                self.compare(whole=number % WHOLE == 0 or number == saves, number=number)

    def one(self, save: Save) -> None:
        """Wait until a save is served."""
        began = time.monotonic()
        while not save.served(self.live.get(save.address)):
            if time.monotonic() - began > PATIENCE:
                self.wrong.append(f"missed: {save.kind} by {save.style}, {save.address}")
                return
            time.sleep(0.003)
        wait = time.monotonic() - began
        self.waits.setdefault(save.kind, []).append(wait)
        self.waits.setdefault(f"style {save.style}", []).append(wait)

    def compare(self, *, whole: bool, number: int) -> None:
        """At rest: pages against those of a clean build, and what the open pages know."""
        self.live.quiet()
        expected = self.clean()
        paths = sorted(expected) if whole else self.chance.sample(sorted(expected), min(30, len(expected)))
        for path in paths:
            status, data = self.live.get("/" + path)
            self.compared += 1
            if status != (404 if path == "404.html" else 200) or TAG.sub(b"", data) != expected[path]:
                self.wrong.append(f"after {number} saves {path} is not as a clean build has it ({status})")
        self.wrong += [
            f"after {number} saves {one.address} is not told" for one in self.streams if not told(one)
        ]
        self.held.append(self.live.held())
        if whole:
            print(f"{number} saves, {self.held[-1]}, {len(self.wrong)} wrong", file=sys.stderr, flush=True)

    def clean(self) -> dict[str, bytes]:
        """Every file of the site as a build without any memory writes it."""
        shutil.rmtree(self.beside, ignore_errors=True)
        day = Date(*map(int, TODAY.split("-")))
        build(find_vault(str(self.live.root)), Options(out=str(self.beside), clean=True, jobs=1, today=day))
        files = (path for path in self.beside.rglob("*") if path.is_file())
        found = {path.relative_to(self.beside).as_posix(): path.read_bytes() for path in files}
        return {path: data for path, data in found.items() if not path.startswith(".")}


def told(stream: Stream) -> bool:
    """Whether an open page knows the version that is answered now."""
    data = stream.live.get(stream.address)[1]
    return str(stream.last["seen"]).encode() in data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--notes", type=int, default=200)
    parser.add_argument("--saves", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="vault-soak-") as folder:
        root = Path(folder) / "v"
        writer = Writer(root, options.notes, chance)
        with serving(root) as live:
            soak = Soak(live, writer, Path(folder) / "beside", chance)
            soak.run(options.saves)
            children = live.children()
            for stream in soak.streams:
                stream.close()
            seconds, code = live.end()
            ending = (seconds, code, live.port_is_free(), children, left_behind(root))
    print(report(soak, options.saves, ending))
    sys.exit(bool(soak.wrong))


def left_behind(root: Path) -> list[str]:
    """Folders of servers that should be gone."""
    return [name for name in os.listdir(root / ".vault") if name.startswith("serve-")]


def report(soak: Soak, saves: int, ending: tuple[float, int, bool, list[str], list[str]]) -> str:
    seconds, code, free, children, left = ending
    rows = ["| save | n | median ms | 95 % | most |", "|---|--:|--:|--:|--:|"]
    total = [wait for kind, waits in soak.waits.items() if not kind.startswith("style") for wait in waits]
    rows += [row(kind, sorted(waits)) for kind, waits in sorted(soak.waits.items())]
    warm = soak.held[len(soak.held) // 5]
    last, most = soak.held[-1], max(held.mib for held in soak.held)
    rows += [
        row("all", sorted(total)),
        "",
        f"{saves} saves, {soak.compared:,} pages compared, {len(soak.wrong)} wrong",
        *soak.wrong[:40],
        f"memory (PSS) {soak.held[0].mib:.0f} MiB, {warm.mib:.0f} when warm, {last.mib:.0f} at the end, "
        f"{most:.0f} at most",
        f"threads {warm.threads} -> {last.threads}, files {warm.files} -> {last.files}",
        f"Ctrl-C: {seconds:.2f} s, exit {code}, port {'free' if free else 'TAKEN'}, processes left "
        f"{len(children)}, folders left {len(left)}",
    ]
    return "\n".join(rows)


def row(kind: str, waits: list[float]) -> str:
    shown = (statistics.median(waits), waits[int(len(waits) * 0.95)], waits[-1])
    return f"| {kind} | {len(waits)} | " + " | ".join(f"{wait * 1000:.0f}" for wait in shown) + " |"


if __name__ == "__main__":
    main()
