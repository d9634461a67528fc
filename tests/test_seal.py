"""A build that has nothing to do says so from its seal, and only where it has nothing to do."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vaults import SMALL, TODAY, built, make, write
from vault import seal
from vault.build import Mark
from vault.records import source

MARK = Mark("asked", lambda report: f"{report.notes} notes")
TELL = (
    "lambda event, given: event == 'import' and given[0] == 'vault.build' and print('built', file=sys.stderr)"
)
RUN = f"import sys; from vault.cli import main; sys.addaudithook({TELL}); main()"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault that was built and has rested, so that every stat can be trusted."""
    monkeypatch.setattr(source, "TICK_NS", 1_000_000)
    config = SMALL["vault.toml"] + "images = false\n"  # commands of their own may have what draws them
    root = make(tmp_path / "v", {**SMALL, "vault.toml": config})
    built(root, mark=MARK)
    time.sleep(0.02)
    built(root, mark=MARK)
    return root


def told(root: Path, words: str = "asked") -> str | None:
    return seal.holds(str(root / ".vault"), words)


def command(root: Path, *more: str) -> tuple[str, list[str], bool]:
    """What ``vault build`` prints, what it tells, and whether it built anything for that."""
    given = [sys.executable, "-c", RUN, "build", "--vault", str(root), *more]
    environment = {**os.environ, "VAULT_TODAY": TODAY.iso}
    run = subprocess.run(given, capture_output=True, text=True, check=True, env=environment)
    lines = run.stderr.splitlines()
    return run.stdout, [line for line in lines if line != "built"], "built" in lines


def test_what_rests_is_sealed(root: Path) -> None:
    assert told(root) == f"{built(root).notes} notes"


def test_who_finds_it_broken_has_looked_already(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The state that a seal was compared with is that of the build which follows."""
    write(root, "notes/new.md", "A new note.\n")
    looked, state = list[object](), seal.state
    monkeypatch.setattr(seal, "state", lambda *asked: looked.append(asked) or state(*asked))
    look = seal.Once()
    assert seal.holds(str(root / ".vault"), "asked", look) is None
    built(root, mark=Mark(*MARK[:2], look))
    assert len(looked) == 1
    assert told(root) is not None
    assert look([str(root / "notes")], []) != look([], [])
    assert len(looked) == 3


def test_another_question_has_no_answer(root: Path) -> None:
    assert told(root, "asked otherwise") is None


BREAKING: list[Callable[[Path], object]] = [
    lambda root: write(root, "notes/new.md", "A new note.\n"),
    lambda root: write(root, "notes/deep/er/new.md", "A new note.\n"),
    lambda root: next((root / "notes").rglob("*.md")).unlink(),
    lambda root: write(root, "vault.toml", 'title = "W"\n'),
    lambda root: write(root, "about.md", "I read.\n"),
    lambda root: write(root, "tags/x.md", "A tag.\n"),
    lambda root: write(root, "digest/2025-01.md", "A month.\n"),
    lambda root: write(root, "templates/user.css", "a{}\n"),
    lambda root: write(root, "library.bib", "@misc{a, title={A}}\n"),
    lambda root: write(root, "papers.lock", ""),
    lambda root: write(root, "authors.yml", ""),
    lambda root: (root / "site/index.html").unlink(),
    lambda root: (root / "site/index.html").write_text("mine"),
    lambda root: (root / "site/.vault-manifest.json").unlink(),
    lambda root: (root / ".vault/seal").write_text("\x1e" * 8),
    lambda root: (root / ".vault/seal").write_bytes(b"\xff"),
    lambda root: (root / "notes/link.md").symlink_to(root / "vault.toml"),
]


@pytest.mark.parametrize("change", BREAKING, ids=range(len(BREAKING)))
def test_a_change_breaks_it(root: Path, change: Callable[[Path], object]) -> None:
    change(root)
    assert told(root) is None


def test_an_edit_that_keeps_size_and_times_of_a_young_note_breaks_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its bytes are compared as long as its stat cannot be trusted."""
    monkeypatch.setattr(source, "TICK_NS", 60_000_000_000)
    monkeypatch.setattr(source, "FINE_NS", 60_000_000_000)
    note = next((root / "notes").rglob("*.md"))
    note.write_text("one\n")
    built(root, mark=MARK)
    text = (root / ".vault/seal").read_text()
    assert str(note) in text.rpartition("\x1e")[2]
    assert told(root) is not None
    digest = text.rpartition("\x1e")[2].split(f" {note}")[0].rpartition("\n")[2]
    (root / ".vault/seal").write_text(text.replace(f"{digest} {note}", f"{'0' * 32} {note}"))
    assert told(root) is None


def test_young_files_grow_up(root: Path) -> None:
    next((root / "notes").rglob("*.md")).write_text("one\n")
    built(root, mark=MARK)
    time.sleep(0.02)
    assert told(root) is not None
    assert (root / ".vault/seal").read_text().rpartition("\x1e")[2] == ""
    assert told(root) is not None


def test_the_command_says_it_again_without_building(root: Path) -> None:
    write(root, "notes/red.md", "See [[nowhere]].\n")
    first, problems, _ = command(root)
    again, told_again, anew = command(root)
    assert "wrote 0 of" not in first and any("nowhere" in line for line in problems)
    assert "wrote 0 of" in again and told_again == problems and not anew
    write(root, "notes/red.md", "See [[nowhere]] again.\n")
    assert command(root)[2]


def test_more_to_say_is_said_the_long_way(root: Path) -> None:
    command(root)
    for option in ("--explain", "--json", "--verify", "--clean"):
        assert command(root, option)[2], option


def test_options_are_part_of_the_question(root: Path) -> None:
    command(root)
    assert command(root, "--portable")[2]
    assert not command(root, "--portable")[2]
