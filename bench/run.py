"""vault beside its peers, in alternation: ``make bench N=1000 PEERS="hugo pelican"``.

Builds the benchmark corpus, then times whole processes for each scenario (cold, unchanged, one
note edited), one run of every program in turn, and writes a table of medians and ratios to
``bench/results/<n>.md`` and ``.json``.  Wall and CPU seconds are those of the process and its
children; memory is the peak of the summed PSS over the process tree, sampled every 20 ms.

The corpus generator and the peers' configurations stand in the shared folder beside the
checkout (``--shared``); peers are installed by its ``setup.sh``.  Ratios under 1.5 are noise.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SCENARIOS = ("cold", "unchanged", "edit")


def main() -> None:
    options = arguments()
    sys.path.insert(0, str(options.shared / "bench"))
    os.environ.setdefault("BENCH_ROOT", str(Path(tempfile.gettempdir()) / "vault-bench"))
    programs: list[Any] = [Vault()] + [
        importlib.import_module(f"peers.{name}") for name in options.peers.split()
    ]
    sites = {program.NAME: prepare(program, options.n) for program in programs}
    runs = measure(programs, sites, options.rounds)
    table = render(runs, programs, options.n)
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    (results / f"{options.n}.md").write_text(table, encoding="utf-8")
    (results / f"{options.n}.json").write_text(json.dumps(runs, indent=1) + "\n", encoding="utf-8")
    print(table)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--n", type=int, default=1000, help="notes in the corpus")
    parser.add_argument("--peers", default="hugo", help='names of peers, in one word: "hugo pelican"')
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
        (Path(site) / "vault.toml").write_text('[site]\nurl = "https://example.org/"\n', encoding="utf-8")

    @staticmethod
    def note(site: str, i: int) -> str:
        return f"{site}/notes/note-{i:05d}.md"

    @staticmethod
    def build(site: str) -> list[str]:
        return [str(Path(sys.executable).with_name("vault")), "build", "--vault", site]


def prepare(program: Any, n: int) -> str:
    """The program's own copy of the corpus, made once, always with freshly generated notes."""
    site = f"{os.environ['BENCH_ROOT']}/sites/{program.NAME}-{n}"
    if not os.path.isdir(site):
        os.makedirs(site)
        program.setup(site, n)
    return site


def measure(
    programs: list[Any], sites: dict[str, str], rounds: int
) -> dict[str, dict[str, list[dict[str, float]]]]:
    """scenario -> program -> one figure set a round; programs take turns inside a round."""
    runs: dict[str, dict[str, list[dict[str, float]]]] = {
        scenario: {program.NAME: [] for program in programs} for scenario in SCENARIOS
    }
    for scenario in SCENARIOS:
        for turn in range(rounds):
            for program in programs:
                with staged(scenario, program, sites[program.NAME], turn):
                    figures = timed(program.build(sites[program.NAME]), sites[program.NAME], program.ENV)
                runs[scenario][program.NAME].append(figures)
                print(scenario, turn, program.NAME, figures, file=sys.stderr, flush=True)
    return runs


@contextlib.contextmanager
def staged(scenario: str, program: Any, site: str, turn: int) -> Any:
    """Bring the site into the scenario's state; an edited note is put back when all rounds are over."""
    if scenario == "cold":
        for name in program.CLEAN:
            shutil.rmtree(f"{site}/{name}", ignore_errors=True)
    if scenario == "edit":
        path = Path(program.note(site, 7))
        text = path.read_text(encoding="utf-8").split("\nEdited paragraph")[0].rstrip("\n")
        path.write_text(f"{text}\n\nEdited paragraph {turn} with a few more words.\n", encoding="utf-8")
    yield


def timed(argv: list[str], cwd: str, env: dict[str, str]) -> dict[str, float]:
    """Wall and CPU seconds and peak PSS in MiB of one run; a failing command ends the benchmark."""
    start = time.monotonic()
    process = subprocess.Popen(
        argv, cwd=cwd, env={**os.environ, **env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0.0
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        peak = max(peak, tree_pss(process.pid))
        time.sleep(0.02)
    wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{argv[0]} ended with {process.returncode}")
    return {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "pss": peak}


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
            ratios = [f"{median(ours, k) / median(theirs, k):.2f}" for k in ("wall", "cpu")]
            shown = ["", ""] if program.NAME == "vault" else ratios
            figures = [f"{median(theirs, k):.{2 if k != 'pss' else 0}f}" for k in ("wall", "cpu", "pss")]
            lines.append(f"| {scenario} | {program.NAME} | {' | '.join(figures + shown)} |")
    return "\n".join(lines) + "\n"


def median(rows: list[dict[str, float]], key: str) -> float:
    return statistics.median(row[key] for row in rows)


if __name__ == "__main__":
    main()
