"""What a build takes to be otherwise after an edit of more than words: all that is, and little more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.vaults import built, clean_tree, make, tree, write
from vault import compose
from vault.build import fill
from vault.build.traces import Past
from vault.compose.watched import ALL, BARE, WHOLE
from vault.records.views import Output

NOTE = "---\ntitle: {title}\npaper: Paper {n}\ndate: 2024-0{n}-11\narxiv: 2401.0000{n}\ntags: [t{tag}, all/of]\nrating: 4\nstatus: {status}\n---\nThe claim of {n}.\n\nWords of {n}.\n\n## Part\n\nSee [[n{other}]].\n"
LOG = "---\ntype: log\n---\n## 2025-01-02\n\n### [First](https://arxiv.org/abs/2501.00001)\n\nOne.\n\n## 2025-01-03\n\n### [Second](https://arxiv.org/abs/2501.00002)\n\nSee [[nowhere]].\n"
LIST = "---\ntype: list\n---\n- [ ] [Waits](https://arxiv.org/abs/2502.00001)\n- [x] [Done](https://arxiv.org/abs/2502.00002)\n"
TOML = '[site]\nurl = "https://example.org/"\nedit_url = "https://example.org/e/{path}?at={line}"\n'
STATES = ("read", "to-read", "reading", "skimmed")


def note(n: int, **fields: Any) -> str:
    given = {"title": f"Title {n}", "tag": n % 2, "status": STATES[n % 4], "other": n % 7 + 1}
    return NOTE.format(n=n, **{**given, **fields})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {f"notes/n{n}.md": note(n) for n in range(1, 8)}
    files |= {"vault.toml": TOML, "notes/log.md": LOG, "notes/list.md": LIST}
    root = make(tmp_path / "v", files)
    built(root)
    return root


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """The names of what each build takes to be otherwise; nothing else is, of all that any page read."""
    seen = list[frozenset[str]]()

    class Checked(Past):
        def __init__(
            self, last: Any, stamp: str, sitemap: Any, moved: Any = None, *, alike: bool = False
        ) -> None:
            super().__init__(last, stamp, sitemap, moved, alike=alike)
            if moved is not None and last and last.stamp == stamp:
                now = sitemap.facts(last.names)
                assert [name for name in last.names if self.facts[name] != now[name]] == []
                seen.append(moved)

    monkeypatch.setattr(fill, "Past", Checked)
    return seen


def swap(path: str, old: str, new: str) -> Callable[[Path], object]:
    def edit(root: Path) -> None:
        text = (root / path).read_text()
        assert old in text
        write(root, path, text.replace(old, new))

    return edit


EDITS = {
    "a title": swap("notes/n3.md", "Title 3", "Another"),
    "a tag": swap("notes/n3.md", "t1", "t0"),
    "a spelling": lambda root: [swap(f"notes/n{n}.md", "t1", "T1")(root) for n in (3, 5, 7)],
    "the last of a tag": swap("notes/n3.md", "all/of", "all"),
    "a date": swap("notes/n3.md", "2024-03-11", "2023-03-11"),
    "a status": swap("notes/n3.md", "skimmed", "to-read"),
    "a rating": swap("notes/n3.md", "rating: 4", "rating: 2"),
    "a link": swap("notes/n3.md", "See [[n4]]", "See [[n5]] and [[n1#Part]]"),
    "a heading": swap("notes/n3.md", "## Part", "## Piece"),
    "an address": swap("notes/n3.md", "rating", "slug: own\nrating"),
    "a paper": swap("notes/n3.md", "2401.00003", "2401.00004"),
    "unlisted": swap("notes/n3.md", "rating", "unlisted: true\nrating"),
    "a draft": swap("notes/n3.md", "rating", "draft: true\nrating"),
    "a name": swap("notes/n3.md", "rating", "aliases: [nowhere]\nrating"),
    "lines above an entry with a mistake": swap("notes/log.md", "One.", "One.\n\n## More\n\nAnd more."),
    "an entry": swap("notes/log.md", "## 2025-01-03", "### [Third](https://arxiv.org/abs/2501.00003)\n\nTwo.\n\n## 2025-01-03"),
    "an item": swap("notes/list.md", "[ ]", "[x]"),
    "one that comes": lambda root: write(root, "notes/n8.md", note(8, other=3)),
    "one that goes": lambda root: (root / "notes/n3.md").unlink(),
    "another file name": lambda root: (root / "notes/n3.md").rename(root / "notes/m3.md"),
    "long words": swap("notes/n3.md", "Words of 3", "Words of 3 and much besides " * 40),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_is_otherwise_is_named(
    root: Path, tmp_path: Path, named: list[frozenset[str]], edit: Callable[[Path], object]
) -> None:
    edit(root)
    built(root)
    assert tree(root / "site") == clean_tree(root, tmp_path / "clean")
    assert named or not (root / "notes/n3.md").exists()  # nothing is parsed then, and nothing asked beside it


def test_edits_one_after_another(root: Path, tmp_path: Path, named: list[frozenset[str]]) -> None:
    for each in ("a title", "an entry", "a tag", "a link", "one that comes", "an item", "a status"):
        EDITS[each](root)
        built(root)
    assert len(named) == 7
    assert tree(root / "site") == clean_tree(root, tmp_path / "clean")


def test_a_title_names_its_note_and_not_the_bare_one(root: Path, named: list[frozenset[str]]) -> None:
    EDITS["a title"](root)
    built(root)
    (names,) = named
    assert {"n3", f"{WHOLE}n3", f"{ALL}catalog.notes"} <= names
    assert not [name for name in names if name.startswith(BARE)] and f"{ALL}scope.bare" not in names
    assert not names & {"n1", "t1"}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The files that were made anew."""
    paths = set[str]()
    read = compose.SiteMap.read

    def noted(self: compose.SiteMap, output: Output, *given: Any) -> Any:
        paths.add(output.path)
        return read(self, output, *given)

    monkeypatch.setattr(compose.SiteMap, "read", noted)
    return paths


def test_pages_that_count_are_not_made_for_a_title(root: Path, made: set[str]) -> None:
    EDITS["a title"](root)
    built(root)
    assert {"2024/03/n3/index.html", "2024/02/n2/index.html", "index.json"} <= made
    assert not made & {"queue/index.html", "papers.csv", "about/index.html"}
    made.clear()
    EDITS["a status"](root)
    built(root)
    assert {"queue/index.html", "papers.csv", "stats/index.html"} <= made


def test_a_few_words_leave_what_tells_of_lengths(root: Path, made: set[str]) -> None:
    swap("notes/n3.md", "Words of 3", "Many words of 3, and")(root)
    built(root)
    assert "2024/03/n3/index.html" in made
    assert not made & {"index.json", "about/index.html"}
    swap("notes/n3.md", "Many words of 3", "Many words of 3 and much besides " * 40)(root)
    built(root)
    assert {"index.json", "about/index.html"} <= made
