"""A plain ``vault build`` goes without click, and does and says what it does with it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.vaults import TODAY, make, tree, write

CLICKED = "import sys; sys.argv[0] = 'vault'; from vault.cli.commands import run; run()"
PLAIN = "import sys; sys.argv[0] = 'vault'; from vault.cli import plain; plain.run(sys.argv[2:])"
TELL = "import atexit, sys; atexit.register(lambda: print('click' in sys.modules)); "
INTERRUPTED = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from vault.cli import main; main()"
SECONDS = re.compile(r"\d+\.\d s")


def ran(code: str, folder: Path, *argv: str) -> tuple[int, str, str]:
    """Exit code, standard output without the seconds, standard error."""
    given = [sys.executable, "-c", code, "build", *argv]
    environment = {**os.environ, "VAULT_TODAY": TODAY.iso}
    run = subprocess.run(given, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    return run.returncode, SECONDS.sub("", run.stdout), run.stderr


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("--vault", "."),
        ("--vault=.", "--portable"),
        ("--drafts", "--jobs", "1", "--no-overrides"),
        ("--today", "2025-03-04", "--out", "elsewhere"),
        ("--today", "yesterday"),
        ("--vault", "nowhere"),
        ("--jobs", "-1"),
        ("--jobs", "many"),
        ("--out",),
        ("--out", ""),
        ("--vault", "--portable"),
        ("--portabel",),
        ("here",),
        ("--help",),
    ],
)
def test_it_is_the_same_command(tmp_path: Path, argv: tuple[str, ...]) -> None:
    """Whatever is asked: the files, what is said, the exit code."""
    said = []
    for name, code in (("a", CLICKED), ("b", PLAIN)):
        root = make(tmp_path / name)
        write(root, "notes/red.md", "See [[nowhere]].\n")
        status, *told = ran(code, root, *argv)
        made = {path: data for path, data in tree(root).items() if not path.startswith(".vault")}
        said.append((status, [text.replace(str(root), "ROOT") for text in told], made))
    (status, told, made), (again, told_again, made_again) = said
    assert (status, told) == (again, told_again)
    assert made.keys() == made_again.keys() and made == made_again


def test_it_goes_without_click(tmp_path: Path) -> None:
    root = make(tmp_path)
    assert ran(TELL + PLAIN, root, "--jobs", "1")[1].endswith("False\n")
    assert ran(TELL + PLAIN, root, "--explain")[1].endswith("True\n")


@pytest.mark.parametrize("more", [(), ("--explain",)], ids=["plain", "by click"])
def test_ctrl_c_is_told_and_leaves_no_site(tmp_path: Path, more: tuple[str, ...]) -> None:
    root = make(tmp_path)
    for number in range(400):
        write(root, f"notes/many/{number}.md", f"# Note {number}\n\n" + "Words and *words*. " * 200)
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, "build", "--jobs", "1", *more],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        end = time.monotonic() + 30
        while not (root / ".vault/index.db").exists() and time.monotonic() < end:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=30)[0]
    assert (process.returncode, told.strip()) == (130, "vault: stopped")
    assert not (root / "site/index.html").exists()
