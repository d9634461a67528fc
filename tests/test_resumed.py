"""A server goes on from its last survey where no more than words has changed, and shows what a build would."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.test_findings import gathered
from tests.vaults import SMALL, TODAY, clean_tree, make, write
from vault.build import Options, look_live
from vault.disk import find_vault
from vault.records import Problem
from vault.serve.site import Site

__all__ = ["gathered"]

FIRST, SECOND = "notes/attention.md", "notes/log.md"
BASE = re.compile(rb'<base href="[^"]*">')
FILES = {**SMALL, "vault.toml": SMALL["vault.toml"] + 'links = "dir"\nimages = false\nsources = true\n'}


class Live:
    """The site of a vault as a server has it, surveyed when it is asked to."""

    def __init__(self, root: Path) -> None:
        self.root, self.vault, self.options = root, find_vault(str(root)), Options(today=TODAY, jobs=1)
        (root / ".vault").mkdir(exist_ok=True)
        self.site = Site(self.vault, self.options, str(root / ".vault"))
        self.survey()

    def survey(self) -> None:
        state = self.site.rebuild(look_live(self.vault, self.options, 0))
        assert not state.failures, state.failures

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        file = self.root / path
        file.write_text(change(file.read_text()))
        self.survey()

    def problems(self) -> tuple[Problem, ...]:
        snapshot = self.site.state.snapshot
        assert snapshot
        return snapshot.survey.problems

    def pages(self) -> dict[str, bytes]:
        """Everything that is answered, as a build would write it."""
        snapshot = self.site.state.snapshot
        assert snapshot
        made = {path: self.site.make(path) for path in snapshot.outputs}
        return {path: BASE.sub(b"", page.made.data) for path, page in made.items() if page}

    def check(self, tmp_path: Path) -> None:
        clean = clean_tree(self.root, tmp_path / f"clean{random.random()}")
        pages = self.pages()
        assert pages == {path: BASE.sub(b"", clean[path]) for path in pages}


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    one = Live(make(tmp_path / "v", FILES))
    yield one
    one.site.close()


@pytest.mark.parametrize("path", [FIRST, SECOND, "notes/2025/2025-01-29-lora.md", "notes/secret.md"])
def test_words_are_no_reason_to_gather(live: Live, tmp_path: Path, gathered: list[bool], path: str) -> None:
    gathered.clear()
    for words in ("More words.", "And again other words, of them more."):
        live.edit(path, lambda text, words=words: text.rstrip("\n") + f"\n- {words}\n")  # type: ignore[misc]
        assert not gathered
    live.check(tmp_path)


def test_lines_are_no_reason_either(live: Live, tmp_path: Path, gathered: list[bool]) -> None:
    """What stands below an edit says what it said, and is wrong where it was wrong, at another line."""
    live.edit(SECOND, lambda text: text + "\n## 2025-03-03\n\n- [[nowhere]] is written\n")
    line = [found.line for found in live.problems() if found.path == "log.md"]
    gathered.clear()
    live.edit(SECOND, lambda text: text.replace("# Log 2025\n", "# Log 2025\n\n\n"))
    assert (
        [found.line for found in live.problems() if found.path == "log.md"] == [at + 2 for at in line] != []
    )
    assert not gathered
    live.check(tmp_path)


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (FIRST, lambda text: text + "\n## A heading\n"),
        (FIRST, lambda text: text + "\n[[LoRA]]\n"),
        (FIRST, lambda text: text.replace("[rank]", "[rank, other]")),
        ("notes/broken.md", lambda text: text + "\nMore of it.\n"),
    ],
    ids=["a heading", "a link", "a tag", "a note that is wrong"],
)
def test_more_than_words_is(
    live: Live, tmp_path: Path, gathered: list[bool], path: str, change: Callable[[str], str]
) -> None:
    gathered.clear()
    live.edit(path, change)
    assert gathered
    live.check(tmp_path)


def test_a_survey_that_was_refused_leaves_no_trace(live: Live, tmp_path: Path, gathered: list[bool]) -> None:
    write(live.root, "templates/base.html", "{% broken")
    (live.root / FIRST).write_text((live.root / FIRST).read_text() + "Refused words.\n")
    state = live.site.rebuild(look_live(live.vault, live.options, 0))
    assert state.failures
    (live.root / "templates/base.html").unlink()
    gathered.clear()
    live.edit(FIRST, lambda text: text.replace("Refused", "Other"))
    assert not gathered
    live.check(tmp_path)


def test_words_that_move_related_notes_move_them(tmp_path: Path, gathered: list[bool]) -> None:
    """Three subjects; a note that changes its subject has other neighbours, and is another's."""
    subjects = ("kernels inducing posterior", "tokens logits perplexity", "voxels meshes splatting")
    files = {
        f"notes/n{n}.md": f"---\ndate: 2025-01-{n + 1:02}\n---\nOne sentence first.\n\n{subjects[n % 3]} here.\n"
        for n in range(9)
    }
    one = Live(make(tmp_path / "v", {"vault.toml": "[site]\nlinks = 'dir'\nimages = false\n", **files}))
    rng = random.Random(7)
    gathered.clear()
    for _ in range(12):
        old, new = rng.sample(subjects, 2)
        one.edit(f"notes/n{rng.randrange(9)}.md", lambda text, old=old, new=new: text.replace(old, new))  # type: ignore[misc]
    assert not gathered
    one.check(tmp_path)
    one.site.close()


def test_random_edits_end_where_a_clean_build_does(live: Live, tmp_path: Path) -> None:
    rng, edits = random.Random(3), list[Callable[[str], str]]()
    edits += [
        lambda text: text.rstrip("\n") + " word\n",
        lambda text: text.rstrip("\n") + "\n\nA paragraph.\n",
    ]
    edits += [lambda text: text.replace("rank", "order"), lambda text: text + "\n- #tagged, as [[LoRA]] is\n"]
    edits += [
        lambda text: text.replace(" word", ""),
        lambda text: text.replace("\n- #tagged, as [[LoRA]] is\n", ""),
    ]
    for turn in range(24):
        live.edit(rng.choice([FIRST, SECOND, "notes/2025/2025-01-29-lora.md"]), rng.choice(edits))
        if turn % 6 == 5:
            live.check(tmp_path)
