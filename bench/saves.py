"""From the close of a save to the page with it: ``python -m bench.saves VAULT [--rounds 15]``.

Saves of the notes of a vault made by the benchmark's generator (a copy is taken), one kind after another,
each over a server at rest; then a burst, in which every save comes while the vault is surveyed for the one
before.  The page is open in a browser, as far as the server can tell: at each event it is asked for, and
counts as served when it has the mark.  Last comes what the server holds.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.live import Live, Stream, serving
from bench.run import address

Edit = Callable[[str, str], str]
PATIENCE = 120.0


def words(text: str, mark: str) -> str:
    return re.sub(r"\n\nMarked .*", "", text).rstrip("\n") + f"\n\nMarked {mark}.\n"


def title(text: str, mark: str) -> str:
    return re.sub(r"(?m)^title:.*", f'title: "Titled {mark}"', text, count=1)


def tag(text: str, mark: str) -> str:
    return re.sub(
        r"(?m)^tags:.*",
        f"tags: [{random.choice(['agents', 'attention', 'new'])}, t{mark}]",
        words(text, mark),
    )


def link(text: str, mark: str) -> str:
    return words(text, f"{mark}, see [[note-{random.randrange(900):05d}]]")


KINDS: dict[str, Edit] = {"words": words, "title": title, "tag": tag, "link": link}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("vault", type=Path)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--kinds", default=" ".join([*KINDS, "burst"]))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vault-saves-", dir=options.vault.parent) as folder:
        root = Path(folder) / "v"
        shutil.copytree(options.vault, root, symlinks=True, ignore=shutil.ignore_patterns("site"))
        print(measured(root, options.rounds, options.kinds.split()))


def measured(root: Path, rounds: int, kinds: list[str]) -> str:
    notes = sorted((root / "notes").glob("*.md"))
    chosen = [notes[len(notes) // 7], notes[len(notes) // 3]]
    pages = [address(str(root), note.name) for note in chosen]
    rows = ["| save | n | median ms | 95 % | most | CPU ms a save |", "|---|--:|--:|--:|--:|--:|"]
    with serving(root) as live:
        streams = [live.listen(page) for page in pages]
        live.quiet()
        first = live.held()
        for kind in kinds:
            pause = 0.0 if kind == "burst" else 0.6
            edits = (
                [KINDS[name] for name in ("words", "title", "tag", "link")]
                if kind == "burst"
                else [KINDS[kind]]
            )
            cpu, waits = live.cpu(), []
            for turn in range(rounds):
                at = turn % len(chosen)
                waits.append(saved(live, streams[at], chosen[at], edits[turn % len(edits)], turn))
                print(kind, turn, round(waits[-1] * 1000), file=sys.stderr, flush=True)
                if pause:
                    live.quiet(pause)
            live.quiet()
            rows.append(row(kind, waits, (live.cpu() - cpu) * 1000 / rounds))
        last = live.held()
        rows += [
            "",
            f"memory {first.mib:.0f} -> {last.mib:.0f} MiB (PSS), threads {first.threads} -> {last.threads}",
        ]
    return "\n".join(rows)


def saved(live: Live, stream: Stream, note: Path, edit: Edit, turn: int) -> float:
    mark = f"m{turn}x{time.time_ns() % 10**10}"
    note.write_text(edit(note.read_text(encoding="utf-8"), mark), encoding="utf-8")
    wait = stream.until(lambda: mark.encode() in live.get(stream.address)[1], PATIENCE)
    if wait is None:
        sys.exit(f"{note.name} never had {mark}")
    return wait


def row(kind: str, waits: list[float], cpu: float) -> str:
    waits = sorted(waits)
    shown = (waits[len(waits) // 2], waits[int(len(waits) * 0.95)], waits[-1])
    return (
        f"| {kind} | {len(waits)} | " + " | ".join(f"{wait * 1000:.0f}" for wait in shown) + f" | {cpu:.0f} |"
    )


if __name__ == "__main__":
    main()
