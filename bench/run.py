"""vault beside its peers, in alternation: ``make bench N=1000 PEERS="hugo pelican"``.

Builds the benchmark corpus, then times whole processes for each scenario (cold, unchanged, one
note's body edited, one note with 20 backlinks or as many as there are given another title), one run of
every program in turn, and writes a table of medians and ratios to ``bench/results/<n>.md`` and ``.json``.
``served`` is the time from the close of a save to the first answer of the program's own server that has
it.  Wall and CPU seconds are those of the process and its children; memory is the peak of the summed PSS
over the process tree, sampled every 20 ms in one more run that is not timed, since looking at it holds the
process up.  Last comes where vault's own time goes.

The corpus generator and the peers' configurations stand in the shared folder beside the
checkout (``--shared``); peers are installed by its ``setup.sh``.  Ratios under 1.5 are noise.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import importlib
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SCENARIOS = ("cold", "unchanged", "edit", "retitle")
SERVED = "served"
PATIENCE = 60.0
"""Seconds after which a save counts as missed."""


def main() -> None:
    options = arguments()
    sys.path.insert(0, str(options.shared / "bench"))
    os.environ.setdefault("BENCH_ROOT", str(Path(tempfile.gettempdir()) / "vault-bench"))
    programs: list[Any] = [Vault(), *([Bare()] if options.bare else [])] + [
        importlib.import_module(f"peers.{name}") for name in options.peers.split()
    ]
    sites = {program.NAME: prepare(program, options.n) for program in programs}
    runs = measure(programs, sites, options.rounds)
    runs[SERVED] = {
        program.NAME: served(program, sites[program.NAME], options.n, options.rounds) for program in programs
    }
    runs = {scenario: rows for scenario, rows in runs.items() if any(rows.values())}
    table = render(runs, programs, options.n) + "\n" + profile(sites["vault"])
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    (results / f"{options.n}.md").write_text(table, encoding="utf-8")
    (results / f"{options.n}.json").write_text(json.dumps(runs, indent=1) + "\n", encoding="utf-8")
    print(table)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--n", type=int, default=1000, help="notes in the corpus")
    parser.add_argument("--peers", default="hugo", help='names of peers, in one word: "hugo pelican"')
    parser.add_argument("--bare", action="store_true", help="vault without feeds, sitemap and queue, too")
    parser.add_argument("--rounds", type=int, default=7, help="alternated rounds of each scenario")
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    options = parser.parse_args()
    if not (options.shared / "bench" / "gen_corpus.py").is_file():
        sys.exit(f"no benchmark corpus at {options.shared}/bench: name the folder with --shared")
    return options


class Vault:
    """vault as one more program of the benchmark, with all its features on."""

    NAME = "vault"
    CLEAN = ("site", ".vault")
    ENV: dict[str, str] = {"VAULT_TODAY": "2026-11-20"}  # noqa: RUF012 - the shape of the peers' modules

    @staticmethod
    def setup(site: str, n: int) -> None:
        generator = Path(sys.path[0]) / "gen_corpus.py"
        notes = Path(site) / "notes"
        subprocess.run(
            [sys.executable, generator, "--n", str(n), "--out", notes, "--variant", "vault"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        Vault.configure(site, '[site]\nurl = "https://example.org/"\n')

    @staticmethod
    def configure(site: str, text: str) -> None:
        (Path(site) / "vault.toml").write_text(text, encoding="utf-8")

    @staticmethod
    def note(site: str, i: int) -> str:
        return f"{site}/notes/note-{i:05d}.md"

    @staticmethod
    def build(site: str) -> list[str]:
        return [str(Path(sys.executable).with_name("vault")), "build", "--vault", site]

    @staticmethod
    def serve(site: str, port: int) -> list[str]:
        vault = str(Path(sys.executable).with_name("vault"))
        return [vault, "serve", "--watch", "--vault", site, "--port", str(port)]

    @staticmethod
    def url(port: int, _slug: str) -> str:
        """Of the note that is edited, whose address its name does not tell."""
        return f"http://localhost:{port}{Vault.page}"

    page = ""


class Bare(Vault):
    """vault with what can be left out left out, to show what that costs.  Hugo makes a feed and a queue."""

    NAME = "vault bare"

    @staticmethod
    def setup(site: str, n: int) -> None:
        Vault.setup(site, n)
        Vault.configure(site, "[site]\nlinks = 'dir'\n[queue]\npublish = false\n")


def prepare(program: Any, n: int) -> str:
    """The program's own copy of the corpus, made once, always with freshly generated notes."""
    site = f"{os.environ['BENCH_ROOT']}/sites/{program.NAME.replace(' ', '-')}-{n}"
    if not os.path.isdir(site):
        os.makedirs(site)
        program.setup(site, n)
    return site


def measure(
    programs: list[Any], sites: dict[str, str], rounds: int
) -> dict[str, dict[str, list[dict[str, float]]]]:
    """scenario -> program -> one figure set a round; programs take turns inside a round.  After the last one
    comes a turn in which they are weighed."""
    runs: dict[str, dict[str, list[dict[str, float]]]] = {
        scenario: {program.NAME: [] for program in programs} for scenario in SCENARIOS
    }
    for scenario in SCENARIOS:
        for turn in range(rounds + 1):
            for program in programs:
                site, rows = sites[program.NAME], runs[scenario][program.NAME]
                command = program.build(site), site, program.ENV
                staged(scenario, program, site, turn)
                if turn < rounds:
                    rows.append(timed(*command))
                    print(scenario, turn, program.NAME, rows[-1], file=sys.stderr, flush=True)
                else:
                    peak = weighed(*command)
                    for row in rows:
                        row["pss"] = peak
    return runs


def staged(scenario: str, program: Any, site: str, turn: int) -> None:
    """Bring the site into the scenario's state."""
    if scenario == "cold":
        for name in program.CLEAN:
            shutil.rmtree(f"{site}/{name}", ignore_errors=True)
    if scenario == "edit":
        save(Path(program.note(site, EDITED)), f"{turn} of {os.getpid()} with a few more words.")
    if scenario == "retitle":
        path = Path(program.note(site, RETITLED))
        lines = path.read_text(encoding="utf-8").split("\n")
        at = next(number for number, line in enumerate(lines) if line.lower().startswith("title:"))
        lines[at] = f"{lines[at].rstrip(chr(34)).split(' (title ')[0]} (title {turn} of {os.getpid()})"
        lines[at] += '"' if lines[at].count('"') % 2 else ""
        path.write_text("\n".join(lines), encoding="utf-8")


EDITED, RETITLED = 7, 3
"""Notes of the corpus; the second is among the most linked ones."""


def save(path: Path, words: str) -> None:
    text = path.read_text(encoding="utf-8").split("\nEdited paragraph")[0].rstrip("\n")
    path.write_text(f"{text}\n\nEdited paragraph {words}\n", encoding="utf-8")


def served(program: Any, site: str, n: int, saves: int) -> list[dict[str, float]]:
    """Seconds from the close of a save to the first answer with it, and the server's memory; nothing for
    a program without a server."""
    if not hasattr(program, "serve"):
        return []
    port, note = free_port(), Path(program.note(site, EDITED))
    if isinstance(program, Vault):
        Vault.page = address(site, note.name)
    place = program.url(port, note.stem)
    process = subprocess.Popen(
        program.serve(site, port),
        cwd=site,
        env={**os.environ, **program.ENV},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(place, b"", 20 * PATIENCE)
        time.sleep(3)
        return [one_save(process.pid, place, note, turn, n) for turn in range(saves)]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def one_save(pid: int, place: str, note: Path, turn: int, n: int) -> dict[str, float]:
    mark = f"mark{turn}x{time.time_ns()}"
    save(note, mark)
    wall = until(place, mark.encode(), PATIENCE)
    figures = {"wall": wall, "cpu": 0.0, "pss": tree_pss(pid)}
    time.sleep(1 + n / 1500)  # what the save touches is made; each save meets a server at rest
    return figures


def until(place: str, mark: bytes, seconds: float) -> float:
    """Seconds until the page at an address has these bytes.  Ends the benchmark when it never has."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        broken = (OSError, http.client.HTTPException)  # a server may rewrite the file while it answers
        with contextlib.suppress(*broken), urllib.request.urlopen(place, timeout=seconds) as answer:
            if mark in answer.read():
                return time.monotonic() - start
        time.sleep(0.002)
    sys.exit(f"{place} never had {mark!r}")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def address(site: str, name: str) -> str:
    """The page of a note, as ``vault list`` knows it."""
    vault = str(Path(sys.executable).with_name("vault"))
    told = subprocess.run([vault, "list", "--vault", site, "--json"], check=True, capture_output=True).stdout
    return next(str(note["url"]) for note in json.loads(told) if note["path"] == name)


def profile(site: str) -> str:
    """CPU milliseconds of the steps of one edited build in one process, as a table."""
    told = subprocess.run(
        [sys.executable, HERE / "steps.py", site], check=True, capture_output=True, text=True
    ).stdout
    return f"Where the time of one edited build goes (CPU ms in one process, `bench/steps.py`):\n\n{told}"


def timed(argv: list[str], cwd: str, env: dict[str, str]) -> dict[str, float]:
    """Wall and CPU seconds of one run; a failing command ends the benchmark."""
    start = time.monotonic()
    process = started(argv, cwd, env)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    ended(process, status)
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime}


def weighed(argv: list[str], cwd: str, env: dict[str, str]) -> float:
    """Peak PSS in MiB of one run."""
    process, peak = started(argv, cwd, env), 0.0
    while True:
        pid, status, _ = os.wait4(process.pid, os.WNOHANG)
        if pid:
            ended(process, status)
            return peak
        peak = max(peak, tree_pss(process.pid))
        time.sleep(0.02)


def started(argv: list[str], cwd: str, env: dict[str, str]) -> subprocess.Popen[bytes]:
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(argv, cwd=cwd, env={**os.environ, **env}, **silent)


def ended(process: subprocess.Popen[bytes], status: int) -> None:
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{process.args[0]} ended with {process.returncode}")


def tree_pss(pid: int) -> float:
    """MiB of PSS of a process and its descendants, as the kernel counts it now."""
    total = 0.0
    with contextlib.suppress(OSError), open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as lines:
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as children:
        total += sum(tree_pss(int(child)) for child in children.read().split())
    return total


def render(runs: dict[str, dict[str, list[dict[str, float]]]], programs: list[Any], n: int) -> str:
    """The table: median wall (CPU) seconds, peak MiB, and vault's ratio to each peer by medians."""
    lines = [f"# {n:,} notes, median of {len(runs['cold']['vault'])} alternated rounds", ""]
    lines += [
        "| scenario | program | wall s | cpu s | peak MiB | vault / it, wall | cpu |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for scenario, by_program in runs.items():
        ours = by_program["vault"]
        for program in programs:
            theirs = by_program[program.NAME]
            ratios = [ratio(ours, theirs, k) for k in ("wall", "cpu")]
            shown = ["", ""] if program.NAME == "vault" else ratios
            if not theirs:
                continue
            figures = [f"{median(theirs, k):.{DIGITS[k]}f}" for k in ("wall", "cpu", "pss")]
            lines.append(f"| {scenario} | {program.NAME} | {' | '.join(figures + shown)} |")
    return "\n".join(lines) + "\n"


DIGITS = {"wall": 3, "cpu": 2, "pss": 0}


def ratio(ours: list[dict[str, float]], theirs: list[dict[str, float]], key: str) -> str:
    return f"{median(ours, key) / median(theirs, key):.2f}" if theirs and median(theirs, key) else ""


def median(rows: list[dict[str, float]], key: str) -> float:
    return statistics.median(row[key] for row in rows)


if __name__ == "__main__":
    main()
