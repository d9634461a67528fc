"""What a build recalls of the last one when no more than words has changed, and when it does not."""

from __future__ import annotations

import random
import re
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_related import corpus, neighbours
from tests.vaults import built, clean_tree, make, tree, write
from vault import catalog, compose
from vault.index import At, Memory
from vault.link import Vocabulary, unmoved
from vault.link.matter import compared
from vault.link.vectors import counted
from vault.records import Date, Note, Unpacking, changed
from vault.records.views import Output

HEAD = "---\ndate: 2020-01-{day:02}\ntags: [t{tag}]\n---\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Twelve notes on different things, built."""
    root = tmp_path / "v"
    write(root, "vault.toml", "")
    for n in range(12):
        write(root, f"notes/n{n:02}.md", HEAD.format(day=n + 1, tag=n % 3) + f"The subject{n} of this.\n")
    built(root)
    return root


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Grows by one each time that a catalog is made."""
    calls: list[bool] = []
    gather = catalog.gather

    def counted(*given: Any, **named: Any) -> Any:
        calls.append(True)
        return gather(*given, **named)

    monkeypatch.setattr(catalog, "gather", counted)
    return calls


def vocabulary(notes: list[Note]) -> Vocabulary:
    return counted(note.terms for note in filter(compared, notes))


def same_as_clean(root: Path, tmp_path: Path) -> bool:
    return tree(root / "site") == clean_tree(root, tmp_path / "clean")


@pytest.mark.parametrize("added", ["Some more of it.\n", "\n\n\nA paragraph.\n", "- a list\n- of two\n"])
def test_an_edit_of_words_gathers_nothing(
    root: Path, tmp_path: Path, gathered: list[bool], added: str
) -> None:
    note = root / "notes" / "n05.md"
    note.write_text(note.read_text() + added)
    assert built(root).parsed == 1
    assert not gathered
    assert added.rsplit(maxsplit=1)[-1] in (root / "site/2020/01/n05/index.html").read_text()
    assert same_as_clean(root, tmp_path)


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("t2", "other"),
        lambda text: text.replace("2020", "2021"),
        lambda text: text + "\n## A heading\n",
        lambda text: text + "\n[[n03]]\n",
        lambda text: text.replace("The subject5 of", "A wholly other first sentence of"),
    ],
    ids=["a tag", "a date", "a heading", "a link", "the summary"],
)
def test_an_edit_of_more_than_words_does(root: Path, tmp_path: Path, gathered: list[bool], edit: Any) -> None:
    note = root / "notes" / "n05.md"
    note.write_text(edit(note.read_text()))
    built(root)
    assert gathered
    gathered.clear()
    assert same_as_clean(root, tmp_path)


def test_what_is_known_holds_on_another_day(root: Path, tmp_path: Path, gathered: list[bool]) -> None:
    """The pages that tell the day are made anew, of what was known."""
    note = root / "notes" / "n05.md"
    for day, more in ((Date(2025, 3, 2), ""), (Date(2026, 1, 1), "Some more of it.\n")):
        note.write_text(note.read_text() + more)
        built(root, today=day)
        assert not gathered
        assert tree(root / "site") == clean_tree(root, tmp_path / day.iso, today=day)
        gathered.clear()


def test_a_plan_of_what_is_known_reads_no_note_and_no_work(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()
    read = Unpacking.__getitem__

    def noted(self: Unpacking[str, Any], key: str) -> Any:
        asked.add(key)
        return read(self, key)

    monkeypatch.setattr(Unpacking, "__getitem__", noted)
    planned: list[set[str]] = []
    plan = compose.plan

    def watched(*given: Any, **named: Any) -> Any:
        asked.clear()
        found = plan(*given, **named)
        planned.append(set(asked))
        return found

    monkeypatch.setattr(compose, "plan", watched)
    note = root / "notes" / "n05.md"
    note.write_text(note.read_text() + "Some more of it.\n")
    built(root)
    assert planned == [{"n11"}], "the newest of each month dates its letter"
    assert "n05" in asked


def test_words_that_move_related_notes_are_compared_again(
    root: Path, tmp_path: Path, gathered: list[bool]
) -> None:
    """Nothing is gathered for that either."""
    for number in (3, 5):
        note = root / "notes" / f"n{number:02}.md"
        note.write_text(note.read_text() + "Eigenvalues of kernels, sketched and whitened.\n" * 4)
    built(root)
    assert "sketched" in (root / "site/2020/01/n05/index.html").read_text()
    assert "eigenvalues" in (root / "site/2020/01/n03/index.html").read_text().split("Related", 1)[1]
    assert not gathered
    assert same_as_clean(root, tmp_path)
    note = root / "notes" / "n05.md"
    note.write_text(note.read_text().replace("Eigenvalues of kernels, sketched and whitened.\n", ""))
    gathered.clear()
    built(root)
    assert not gathered
    assert same_as_clean(root, tmp_path)


def test_lines_of_problems_move_with_their_links(root: Path, gathered: list[bool]) -> None:
    """A note that something is wrong with is never recalled: its lines are told."""
    note = root / "notes" / "n05.md"
    note.write_text(note.read_text() + "\n[[nowhere]]\n")
    assert [found.line for found in built(root).problems] == [7]
    note.write_text(note.read_text().replace("The", "\nThe"))
    gathered.clear()
    assert [found.line for found in built(root).problems] == [8]
    assert gathered


def test_a_note_that_comes_touches_few_pages_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not those of all that are older, nor of all that have its tags."""
    root = make(tmp_path / "v", {"vault.toml": ""})
    for n in range(60):
        write(
            root, f"notes/n{n:02}.md", HEAD.format(day=n // 3 + 1, tag=n % 2) + f"The subject{n} of this.\n"
        )
    built(root)
    made: list[str] = []
    read = compose.SiteMap.read

    def noted(self: compose.SiteMap, output: Output, *given: Any) -> Any:
        made.append(output.path)
        return read(self, output, *given)

    monkeypatch.setattr(compose.SiteMap, "read", noted)
    write(root, "notes/n99.md", HEAD.format(day=28, tag=0) + "A thing of its own.\n")
    built(root)
    notes = {path for path in made if path.startswith("2020/01/")}
    assert notes == {f"2020/01/{name}/index.html" for name in ("n99", "n57", "n58")}
    assert same_as_clean(root, tmp_path)


@pytest.mark.parametrize("name", ["~a.md", "#a.md", "+a.md", "*a.md", "*catalog.notes.md"])
def test_names_of_notes_are_not_taken_for_other_names(tmp_path: Path, name: str) -> None:
    root = tmp_path / "v"
    write(root, "vault.toml", "")
    write(root, "notes/a.md", HEAD.format(day=1, tag=1) + "One.\n")
    write(root, f"notes/{name}", "---\ntitle: First\ndate: 2020-01-02\ntags: [own]\n---\nTwo.\n")
    built(root)
    for title in ("Other", "Third"):
        write(root, f"notes/{name}", f"---\ntitle: {title}\ndate: 2020-01-02\ntags: [own]\n---\nTwo.\n")
        built(root)
        assert title in (root / "site/tags/own/index.html").read_text()
        assert same_as_clean(root, tmp_path)


LOG = "---\ntype: log\n---\n" + "".join(
    f"## 2025-02-{day:02}\n\n### [Paper {day}](https://arxiv.org/abs/2501.000{day:02})\n\nRead on day {day}.\n\nMore of {day}.\n\n"
    for day in range(1, 11)
)


@pytest.fixture
def log(root: Path) -> Path:
    """A log beside the notes, of which one entry is wrong."""
    file = root / "notes" / "log.md"
    file.write_text(LOG.replace("Read on day 7.", "See [[nowhere]]."))
    built(root)
    return file


def test_an_entry_of_a_log_is_edited_without_gathering(
    log: Path, root: Path, tmp_path: Path, gathered: list[bool]
) -> None:
    """That another entry is wrong is no reason to, nor that those below stand elsewhere now."""
    before = [found.line for found in built(root).problems if found.code == "link-broken"]
    gathered.clear()
    for words, more in (("Much of 3.", 0), ("More of 3.\n\nAnd\n\nagain.", 4), ("Little.", 0)):
        text = LOG.replace("Read on day 7.", "See [[nowhere]].").replace("More of 3.", words)
        log.write_text(text)
        report = built(root)
        assert report.parsed == 1
        assert [found.line for found in report.problems if found.code == "link-broken"] == [before[0] + more]
        assert not gathered
        assert same_as_clean(root, tmp_path)
        gathered.clear()


def test_a_day_of_a_log_is_read_once_for_all_its_entries(
    root: Path, tmp_path: Path, gathered: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    day = "".join(
        f"[Paper {n}](https://arxiv.org/abs/2502.000{n:02})\n\n- One.\n- The matter{n} of it.\n\n---\n\n"
        for n in range(10, 40)
    )
    write(root, "notes/day.md", f"---\ntype: log\n---\n## 2025-03-01\n\n{day}")
    assert built(root).notes == 42
    read = Counter[int]()
    notes_at = Memory.notes_at

    def counted(self: Memory, at: At) -> tuple[Note, ...]:
        read[at.row] += 1
        return notes_at(self, at)

    monkeypatch.setattr(Memory, "notes_at", counted)
    gathered.clear()
    write(
        root, "notes/day.md", f"---\ntype: log\n---\n## 2025-03-01\n\n{day.replace('matter12', 'matter15')}"
    )
    built(root)
    assert not gathered
    assert read and max(read.values()) <= 5
    assert same_as_clean(root, tmp_path)


def test_an_entry_that_is_wrong_is_looked_at_anew(log: Path, root: Path, gathered: list[bool]) -> None:
    gathered.clear()
    log.write_text(log.read_text().replace("See [[nowhere]].", "\nSee\nthis: [[nowhere]]."))
    assert [found.line for found in built(root).problems if found.code == "link-broken"] == [
        log.read_text().splitlines().index("this: [[nowhere]].") + 1
    ]
    assert gathered


def test_pages_that_show_their_lines_follow_them(log: Path, root: Path, tmp_path: Path) -> None:
    write(root, "vault.toml", "[site]\nedit_url = 'https://example.org/edit/{path}#L{line}'\n")
    built(root)
    log.write_text(log.read_text().replace("Read on day 2.", "Read\non day 2."))
    report = built(root)
    assert (report.parsed, report.written) == (1, 9)
    assert same_as_clean(root, tmp_path)


def test_the_tables_know_the_lines(log: Path, root: Path) -> None:
    """Entries below an edit have rows of their own to be put right."""
    log.write_text(log.read_text().replace("Read on day 2.", "Read\non day 2."))
    built(root)
    with sqlite3.connect(root / ".vault" / "index.db") as db:
        found = dict(db.execute("SELECT id, line FROM notes WHERE path = 'log.md'"))
    lines = log.read_text().splitlines()
    wrong = {id_: line for id_, line in found.items() if line > 1 and not lines[line - 1].startswith("#")}
    assert len(found) == 11
    assert wrong == {}


def test_a_place_that_is_named_in_words_is_named_anew(root: Path, gathered: list[bool]) -> None:
    """Two entries want one address; the problem names both lines."""
    twice = "\n".join(f"## 2025-02-02\n\n### One thing\n\nSaid {n}.\n" for n in range(2))
    write(root, "notes/log.md", f"---\ntype: log\n---\n\n{twice}")
    told = [found for found in built(root).problems if found.code == "url-collision"]
    write(root, "notes/log.md", f"---\ntype: log\n---\n\n\n{twice}")
    gathered.clear()
    now = [found for found in built(root).problems if found.code == "url-collision"]
    assert not gathered
    assert [found.line + 1 for found in told] == [found.line for found in now] != []
    assert [re.sub(r"(?<=log.md:)\d+", lambda n: str(int(n[0]) + 1), found.message) for found in told] == [
        found.message for found in now
    ]


def test_other_texts_of_the_vault_are_compared_as_ever(root: Path, tmp_path: Path) -> None:
    note = root / "notes" / "n05.md"
    note.write_text(note.read_text() + "More.\n")
    write(root, "tags/t1.md", "About *this*.\n")
    write(root, "about.md", "I read.\n")
    built(root)
    assert "About <em>this</em>" in (root / "site/tags/t1/index.html").read_text()
    assert same_as_clean(root, tmp_path)


WORDS = [f"w{n}" for n in range(80)] + ["new"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5), st.lists(st.sampled_from(WORDS), max_size=6), st.data())
def test_what_is_said_not_to_move_does_not(seed: int, more: list[str], data: st.DataObject) -> None:
    notes = corpus(60, seed, vocabulary=80)
    at = data.draw(st.integers(0, len(notes) - 1))
    edited = edit(notes[at], more, random.Random(seed))
    known = vocabulary(notes)
    after = [*notes[:at], edited, *notes[at + 1 :]]
    found = unmoved(known, [(notes[at], edited)])
    if found is not None:
        assert neighbours(*after) == neighbours(*notes)
        assert found == vocabulary(after)


def edit(note: Note, more: list[str], chance: random.Random) -> Note:
    """The note with some words more and some fewer."""
    terms = note.terms.split()
    counts = dict(zip(terms[::2], map(int, terms[1::2]), strict=True))
    for word in more:
        counts[word] = counts.get(word, 0) + 1
    kept = {word: n for word, n in counts.items() if chance.random() > 0.05}
    return changed(note, terms=" ".join(f"{word} {n}" for word, n in sorted(kept.items())))


def test_a_word_that_is_new_to_all_moves_nothing() -> None:
    notes = corpus(60, 1)
    edited = changed(notes[7], terms=notes[7].terms + " zzz 2")
    assert unmoved(vocabulary(notes), [(notes[7], edited)]) is not None


def test_a_word_that_becomes_shared_may() -> None:
    notes = corpus(60, 1)
    notes[3] = changed(notes[3], terms=notes[3].terms + " zzz 2")
    edited = changed(notes[7], terms=notes[7].terms + " zzz 2")
    assert unmoved(vocabulary(notes), [(notes[7], edited)]) is None
