"""Mappings whose values stay encoded are mappings like others, and are kept for the next build as they were."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vaults import built, clean_tree, tree, write
from vault import heap, index
from vault.build import apart, early, findings, near, stored
from vault.compose.watched import ALL, Facts, Reads, Watched
from vault.index import reading
from vault.records import (
    Found,
    Packed,
    Reason,
    Record,
    Related,
    Unpacking,
    decode,
    differing,
    encode,
    pack,
    raw,
)

KIND = tuple[Related, ...]
reasons = st.builds(Reason, kind=st.sampled_from(["tags", "words"]), count=st.integers(0, 9))
related = st.lists(
    st.builds(Related, st.text(max_size=4), st.lists(reasons, max_size=2).map(tuple)), max_size=3
)
mappings = st.dictionaries(st.text(max_size=4), related.map(tuple), max_size=5)


class Graph(Record, frozen=True):
    related: dict[str, KIND]


@given(mappings, mappings)
def test_a_packed_mapping_is_as_the_mapping_was(plain: dict[str, KIND], more: dict[str, KIND]) -> None:
    packed = pack(plain, KIND)
    assert packed == plain
    assert {**packed} == dict(packed) == dict(packed.items()) == plain
    assert list(packed) == list(plain)
    assert list(packed.values()) == list(plain.values())
    assert [packed.get(key) for key in (*plain, "none of them")] == [*plain.values(), None]
    assert packed | more == plain | more
    assert isinstance(packed | more, Packed)
    assert encode(packed) == encode(plain) == encode(raw(packed))


@given(mappings, st.text(max_size=4))
def test_one_that_unpacks_is_too_and_keeps_what_it_gave(plain: dict[str, KIND], key: str) -> None:
    found = Unpacking(raw(pack(plain, KIND)), KIND)
    assert found.get(key, "none") == plain.get(key, "none")
    assert found == plain
    assert dict(found.items()) == {**found} == plain
    assert all(found[each] is found[each] for each in plain)
    assert encode(found) == encode(plain) == encode(raw(found))
    assert not differing(found, pack(plain, KIND))


@given(mappings, st.text(max_size=4))
def test_who_asks_a_packed_mapping_is_noted_as_ever(plain: dict[str, KIND], key: str) -> None:
    noted = []
    for found in (plain, pack(plain, KIND), Unpacking(raw(pack(plain, KIND)), KIND)):
        reads, said = Reads(), []
        graph = Watched(Graph(found), "graph", ("related",), reads)
        graph.listen()
        watched = graph.related
        for ask in (
            lambda d: d.get(key),
            lambda d: key in d,
            lambda d: [d[each] for each in plain],
            lambda d: list(d.items()),
            lambda d: list(d.values()),
            len,
            list,
        ):
            reads.names = set()
            said.append((ask(watched), reads.names))
        noted.append(
            (said, Facts({"graph": (Graph(found), ("related",))})([*plain, key, f"{ALL}graph.related"]))
        )
    assert noted[0] == noted[1] == noted[2]


NOTE = "---\ndate: 2020-01-{n:02}\ntags: [t{tag}, deep/t{tag}]\npaper: https://arxiv.org/abs/2001.000{n:02}\n"


def notes(root: Path) -> None:
    write(root, "vault.toml", '[site]\nurl = "https://example.org/"\n')
    write(root, "notes/plain.md", "No day, see [[n01]] and [[nowhere]].\n")
    for n in range(10, 22):
        body = (
            f"authors: [A. Uthor, B. Uthor]\n---\nThe subject{n % 4} of [[n{n - 1}]].\n\n## Part\n\nMore.\n"
        )
        write(root, f"notes/n{n}.md", NOTE.format(n=n, tag=n % 3) + body)


@pytest.fixture
def aparts(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """As for large vaults; grows by one each time that everything is found out in another process."""
    calls: list[bool] = []
    made_apart = apart.made_apart

    def counted(*given: Any) -> Any:
        calls.append(True)
        return made_apart(*given)

    monkeypatch.setattr(findings, "MANY", 1)
    monkeypatch.setattr(apart, "made_apart", counted)
    return calls


def test_a_site_is_the_same_whoever_found_everything_out(tmp_path: Path, aparts: list[bool]) -> None:
    root = tmp_path / "v"
    notes(root)
    built(root, jobs=2)
    assert aparts == [True]
    clean = clean_tree(root, tmp_path / "clean", jobs=1)
    assert aparts == [True]
    assert tree(root / "site") == clean


def test_the_tables_are_the_same_whoever_found_everything_out(tmp_path: Path, aparts: list[bool]) -> None:
    notes(tmp_path / "apart")
    notes(tmp_path / "here")
    built(tmp_path / "apart", jobs=2)
    built(tmp_path / "here", jobs=1)
    assert aparts == [True]
    assert told(tmp_path / "apart") == told(tmp_path / "here")
    assert [len(rows) for rows in told(tmp_path / "here")] == [13, 12, 24, 14]
    write(tmp_path / "apart", "notes/n10.md", "---\ntitle: Other\n---\nNothing.\n")
    built(tmp_path / "apart", jobs=2)
    assert "Other" in {row[0] for row in told(tmp_path / "apart")[0]}


def told(root: Path) -> list[list[tuple[Any, ...]]]:
    """What the tables of an index say."""
    with contextlib.closing(sqlite3.connect(root / ".vault/index.db")) as db:
        return [
            db.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3").fetchall()
            for table, columns in (
                ("notes", "title, path, id, line, kind, date, status, words, url, paper"),
                ("papers", "title, id, authors, key"),
                ("tags", "note, tag, 1"),
                ("links", "note, line, target, kind, leads, sentence"),
            )
        ]


def test_related_notes_are_found_here_where_the_others_die(
    tmp_path: Path, aparts: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, answer = os.getpid(), near.answer

    def dying(*given: Any) -> near.Near:
        if os.getpid() != here:
            os._exit(9)
        return answer(*given)

    monkeypatch.setattr(near, "answer", dying)
    root = tmp_path / "v"
    notes(root)
    built(root, jobs=2)
    assert aparts == [True]
    clean = clean_tree(root, tmp_path / "clean", jobs=1)
    assert tree(root / "site") == clean
    assert b"Related" in clean["2020/01/n15/index.html"]


def test_an_edit_after_it_is_as_well(tmp_path: Path, aparts: list[bool]) -> None:
    """It is found out beside what was known before."""
    root = tmp_path / "v"
    notes(root)
    built(root, jobs=2)
    for text in ("Some more words.\n", "\n[[n12]]\n", "\n## Another part\n"):
        note = root / "notes/n15.md"
        note.write_text(note.read_text() + text)
        built(root, jobs=2)
        assert tree(root / "site") == clean_tree(root, tmp_path / text.strip().strip("#[] "), jobs=1)
    assert len(aparts) == 1


def stored_and_read(known: stored.Known) -> stored.Stored:
    rest, mappings = map(encode, stored.stored(known))
    return stored.Stored(decode(rest, stored.Rest), decode(mappings, stored.MAPPINGS))


def test_what_is_kept_is_what_was_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = []
    keep = findings.keep

    def kept(found: findings.Findings, memory: index.Memory) -> None:
        known.append(found.known)
        keep(found, memory)

    monkeypatch.setattr(findings, "keep", kept)
    notes(tmp_path)
    built(tmp_path)
    again = stored.opened(stored_and_read(known[0]))
    assert again == known[0]
    assert encode(again) == encode(known[0])


def test_what_is_equal_can_be_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = []
    monkeypatch.setattr(findings, "keep", lambda found, _memory: known.append(found.known))
    notes(tmp_path)
    built(tmp_path)
    kept = stored_and_read(known[0])
    again = stored.opened(kept, stored.Alike())
    assert encode(again) == encode(known[0]) == encode(stored.opened(kept))
    one, other = (again.settled.catalog.notes[id_] for id_ in ("n10", "n13"))
    assert one.tags is other.tags and one.authors is other.authors
    assert one.papers is again.settled.catalog.works["arxiv:2001.00010"].ids


@pytest.fixture(params=["of even files", "of uneven ones"])
def large(aparts: list[bool], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[bool]:
    """As for large vaults in all that a build does."""
    for limit in ("ENOUGH", "MANY"):
        monkeypatch.setattr(sys.modules["vault.build.fill"], limit, 1)
        monkeypatch.setattr(sys.modules["vault.index.pool"], limit, 2)
    monkeypatch.setattr(early, "MUCH", 1)
    if request.param == "of even files":
        monkeypatch.setattr(reading, "MANY", 1)
    return aparts


def test_a_site_is_the_same_where_memory_is_spared(tmp_path: Path, large: list[bool]) -> None:
    root = tmp_path / "v"
    notes(root)
    report = built(root, jobs=2)
    assert large == [True]
    assert (report.parsed, report.written) == (13, len(tree(root / "site")) - 1)
    assert tree(root / "site") == clean_tree(root, tmp_path / "clean", jobs=1)
    again = built(root, jobs=2)
    assert (again.parsed, again.written) == (0, 0)
    note = root / "notes/n15.md"
    for text in ("Some more words.\n", "\n[[n12]]\n"):
        note.write_text(note.read_text() + text)
        built(root, jobs=2)
        assert tree(root / "site") == clean_tree(root, tmp_path / text.strip().strip("[]"), jobs=1)


@pytest.mark.parametrize(
    ("sizes", "even"), [([9] * 20, True), ([9] * 20 + [30], False), ([9] * 4, False), ([], False)]
)
def test_files_are_read_by_others_where_none_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, sizes: list[int], even: bool
) -> None:
    monkeypatch.setattr(reading, "MANY", 10)
    files = [Found(f"{n}.md", f"/{n}.md", size, 0, 0, n) for n, size in enumerate(sizes)]
    assert reading.is_even(files, 2) == even


def test_memory_can_be_given_back_at_any_time() -> None:
    heap.trim()
    heap.trim()
