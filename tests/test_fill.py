"""Which files one process makes in a row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vaults import built, clean_tree, make, tree
from vault import compose, workers
from vault.build.fill import ALL, FEEDS, SIZE, batches
from vault.build.traces import Past
from vault.records import Trace, Traces
from vault.records.views import Output


def outputs(*paths: str) -> list[Output]:
    return [Output(path, f"/{path}", path) for path in paths]


@pytest.fixture
def past() -> Past:
    """Files that read much, little, and nothing that is known."""
    files = {"much.html": Trace(b"", bytes(400)), "little.html": Trace(b"", bytes(8))}

    class Site:
        def facts(self, _: object) -> dict[str, str]:
            return {}

    return Past(Traces("now", (), (), files), "now", Site())  # type: ignore[arg-type]


def test_feeds_are_made_in_a_row_and_what_takes_longest_first(past: Past) -> None:
    feeds = [f"tags/{n}/feed.{ending}" for n in range(5) for ending in ("xml", "json")]
    found = [
        [output.path for output in batch]
        for batch in batches(outputs("little.html", *feeds, "much.html"), past)
    ]
    assert found[0] == ["much.html"]
    assert sorted(map(len, found)) == [1, 1, len(feeds) - FEEDS, FEEDS]
    assert [path for batch in found if len(batch) > 1 for path in batch] == feeds


def test_of_many_files_a_few_are_made_in_a_row(past: Past) -> None:
    many = outputs(*(f"{n}.html" for n in range(ALL + 3)))
    found = batches(many, past)
    assert {len(batch) for batch in found[:-1]} == {SIZE}
    assert [output for batch in found for output in batch] == many


@pytest.mark.parametrize("soon", [True, False], ids=["parsed first", "planned first"])
def test_the_plan_of_a_site_that_stands_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, soon: bool
) -> None:
    """Beside the parsing, and used where no more than words is new; not made where more is known to be."""
    planned, plan = list[compose.Settled](), compose.plan

    def counted(settled: compose.Settled, *given: object, **named: object) -> compose.SiteMap:
        planned.append(settled)
        return plan(settled, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(compose, "plan", counted)
    monkeypatch.setattr(workers.Asked, "is_near", lambda others: soon and bool(others()))
    root = make(tmp_path / "v")
    built(root, jobs=2)
    note = root / "notes/attention.md"
    edits: list[tuple[Callable[[str], str], int]] = [
        (lambda text: f"{text}\nMore words.\n", 1),
        (lambda text: text.replace("title: Attention", "title: Looking"), 1 if soon else 2),
    ]
    for edit, times in edits:
        planned.clear()
        note.write_text(edit(note.read_text()))
        built(root, jobs=2)
        assert len(planned) == times
        assert tree(root / "site") == clean_tree(root, tmp_path / "clean")
