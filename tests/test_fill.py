"""Which files one process makes in a row."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vaults import TODAY, built, clean_tree, make, tree, write
from vault import compose, workers
from vault.build import painting
from vault.build.fill import ALL, FEEDS, SIZE, batches
from vault.build.traces import Past
from vault.records import Trace, Traces, VaultError
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


def near(helper: workers.Helper, number: int) -> bool:
    """Whatever is asked is waited for."""
    while helper.heard <= number:
        helper.hear()
    return True


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
    monkeypatch.setattr(workers.Helper, "is_near", near if soon else lambda *_: False)
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


LOADED = """
import sys
from vault.build import Options, build
from vault.disk import find_vault
from vault.records import Date
build(find_vault(sys.argv[1]), Options(jobs=2, today=Date(*map(int, sys.argv[2:]))))
print(*sorted({"jinja2", "yaml", "markdown_it", "hashlib", "typing_extensions"} & set(sys.modules)))
"""


def test_an_edit_of_words_loads_neither_parser_nor_templates(tmp_path: Path) -> None:
    """They are there in the process that helps."""
    root = make(tmp_path / "v")
    built(root)
    edited(root)
    day = map(str, (TODAY.year, TODAY.month, TODAY.day))
    command = [sys.executable, "-c", LOADED, str(root), *day]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert told.stdout.split() == []
    assert tree(root / "site") == clean_tree(root, tmp_path / "clean")


def edited(root: Path) -> None:
    note = root / "notes/attention.md"
    note.write_text(note.read_text() + "\nMore words.\n")


def test_pages_are_made_here_where_the_helper_dies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, here, page = make(tmp_path / "v"), os.getpid(), painting.Painter.page

    def dying(self: painting.Painter, view: bytes) -> bytes:
        died.touch()
        return page(self, view) if os.getpid() == here else os._exit(9)

    died = tmp_path / "died"
    monkeypatch.setattr(painting.Painter, "page", dying)
    built(root, jobs=2)
    edited(root)
    built(root, jobs=2)
    assert died.exists()
    assert tree(root / "site") == clean_tree(root, tmp_path / "clean")


def test_a_template_that_is_wrong_is_told_as_ever(tmp_path: Path) -> None:
    root, told = make(tmp_path / "v"), list[str]()
    built(root)
    edited(root)
    write(
        root,
        "templates/pages/note.html",
        "{% extends 'base.html' %}\n{% block main %}{{ page.nothing }}{% endblock %}\n",
    )
    for jobs in (1, 2):
        with pytest.raises(VaultError) as error:
            built(root, jobs=jobs)
        told.append(str(error.value))
    assert told[0] == told[1] and "nothing" in told[0]
