"""The only memory: the same notes with it, without it, and whatever became of its file."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import vault
from vault import bibliography, index
from vault.index import pool, stamp, store
from vault.index.libraries import Pieces
from vault.index.memory import Memory, Parser, Remembered
from vault.index.rows import Filed
from vault.records import (
    Attachment,
    Block,
    Body,
    Catalog,
    Found,
    Graph,
    Last,
    LibraryEntry,
    LibraryPiece,
    Link,
    Note,
    Parsed,
    Piece,
    Report,
    Resolved,
    Seen,
    Source,
    Work,
    changed,
    digest_of,
    encode,
    place,
    slot_key,
)
from vault.records.body import LinkSlot

Files = dict[str, str]
LATER = 10**19


class Folder:
    """A notes folder in memory: texts with a stat, and how often each was read and parsed."""

    def __init__(self, files: Files) -> None:
        self.clock = 10**9
        self.files: dict[str, tuple[Found, str]] = {}
        self.reads: list[str] = []
        self.parses: list[str] = []
        for path, text in files.items():
            self.write(path, text)

    def write(self, path: str, text: str) -> None:
        self.clock += 10**10
        found = Found(path, "/" + path, len(text), self.clock, self.clock, 1)
        self.files[path] = (found, text)

    def found(self) -> list[Found]:
        return [found for _, (found, _) in sorted(self.files.items())]

    def read(self, found: Found) -> tuple[Source | None, Found | None, tuple[Any, ...]]:
        self.reads.append(found.path)
        text = self.files[found.path][1]
        return Source(found.path, text, digest_of(text.encode())), self.files[found.path][0], ()

    def parse(self, piece: Piece) -> tuple[Parsed, ...]:
        self.parses.append(piece.text)
        return parse(piece)

    def parser(self) -> Parser:
        return Parser(self.read, split, self.parse)

    def remembered(self, memory: Memory, looked_ns: int = LATER, jobs: int = 1) -> Remembered:
        self.reads.clear()
        self.parses.clear()
        return memory.remember(self.found(), self.parser(), looked_ns, jobs)


def split(source: Source) -> tuple[Piece, ...]:
    """A piece begins at each line ``=``."""
    pieces, line = [], 1
    for part in source.text.split("=\n"):
        pieces.append(Piece(source.path, line, part, b"first" if line == 1 else b""))
        line += part.count("\n") + 1
    return tuple(pieces)


def parse(piece: Piece) -> tuple[Parsed, ...]:
    """A note for each line of text."""
    parsed = []
    for number, text in enumerate(piece.text.splitlines(), start=1):
        body = Body((Block((f"<p>{text}</p>", LinkSlot("wiki", text, "", "", text, number)), line=number),))
        note = Note(
            f"{piece.path}#{text}", piece.path, number, "entry", text, text, links=(Link("wiki", text),)
        )
        parsed.append(Parsed(changed(note, digest=digest_of(encode((note, body)))), body, f"plain {text}"))
    return tuple(parsed)


def afresh(folder: Folder) -> tuple[list[Note], list[Body]]:
    """Notes and bodies without any memory."""
    placed = [
        place(parsed, piece.line)
        for found in folder.found()
        for piece in split(Source(found.path, folder.files[found.path][1], ""))
        for parsed in parse(piece)
    ]
    return [one.note for one in placed], [one.body for one in placed]


def same(folder: Folder, memory: Memory, remembered: Remembered) -> bool:
    notes, bodies = afresh(folder)
    return list(remembered.notes) == notes and [memory.body(note) for note in remembered.notes] == bodies


@pytest.fixture
def cache(tmp_path: Path) -> str:
    return str(tmp_path)


def use(cache: str | None, folder: Folder, looked_ns: int = LATER) -> Remembered:
    memory = Memory(cache, "stamp")
    remembered = folder.remembered(memory, looked_ns)
    assert same(folder, memory, remembered)
    memory.commit()
    memory.close()
    return remembered


VAULT = {"a.md": "one\ntwo\n", "b/log.md": "three\n=\nfour\nfive\n=\nfour\nfive\n", "c.md": ""}


def test_what_is_known_is_neither_read_nor_parsed(cache: str) -> None:
    folder = Folder(VAULT)
    assert use(cache, folder).parsed == 4
    assert use(cache, folder).parsed == 0
    assert (folder.reads, folder.parses) == ([], [])


def test_a_changed_piece_alone_is_parsed(cache: str) -> None:
    folder = Folder(VAULT)
    use(cache, folder)
    folder.write("b/log.md", "zero\nthree\n=\nfour\nfive\n=\nsix\n")
    use(cache, folder)
    assert folder.reads == ["b/log.md"]
    assert folder.parses == ["zero\nthree\n", "six\n"]


def test_a_touched_file_is_read_and_not_parsed(cache: str) -> None:
    folder = Folder(VAULT)
    use(cache, folder)
    folder.write("a.md", VAULT["a.md"])
    use(cache, folder)
    assert (folder.reads, folder.parses) == (["a.md"], [])
    use(cache, folder)
    assert folder.reads == []


def test_an_edit_that_leaves_size_and_mtime_is_seen_by_ctime_or_inode(cache: str) -> None:
    folder = Folder(VAULT)
    use(cache, folder)
    for other in ({"ctime_ns": 5}, {"inode": 9}):
        found, _ = folder.files["a.md"]
        folder.files["a.md"] = (changed(found, **other), "ONE\ntwo\n")
        use(cache, folder)
        assert folder.reads == ["a.md"]


def test_a_file_as_young_as_the_look_at_it_is_read_again(cache: str) -> None:
    folder = Folder({"a.md": "one\n"})
    moment = folder.files["a.md"][0].mtime_ns
    use(cache, folder, looked_ns=moment + 10**9)
    folder.files["a.md"] = (folder.files["a.md"][0], "two\n")  # nothing of its stat changed
    use(cache, folder, looked_ns=moment + 3 * 10**9)
    assert folder.reads == ["a.md"]
    use(cache, folder, looked_ns=moment + 4 * 10**9)
    assert folder.reads == []


def test_a_clock_ahead_or_behind_costs_reading_and_no_more(cache: str) -> None:
    folder = Folder(VAULT)
    for looked in (0, LATER, 0, 10**12):
        use(cache, folder, looked_ns=looked)


def test_a_file_that_changed_while_it_was_read_is_not_trusted(cache: str) -> None:
    folder = Folder({"a.md": "one\n"})
    memory = Memory(cache, "stamp")
    restless = Parser(lambda found: (*folder.read(found)[:1], None, ()), split, folder.parse)
    memory.remember(folder.found(), restless, LATER)
    memory.commit()
    memory.close()
    use(cache, folder)
    assert folder.reads == ["a.md"]


def test_a_renamed_file_is_parsed_under_its_new_name(cache: str) -> None:
    folder = Folder({"a.md": "one\n"})
    use(cache, folder)
    folder.write("b.md", "one\n")
    del folder.files["a.md"]
    assert [note.id for note in use(cache, folder).notes] == ["b.md#one"]
    assert folder.parses == ["one\n"]


def test_what_no_file_has_any_more_is_forgotten(cache: str) -> None:
    folder = Folder(VAULT)
    use(cache, folder)
    folder.files.clear()
    folder.write("x.md", "last\n")
    use(cache, folder)
    db = sqlite3.connect(os.path.join(cache, "index.db"))
    counts = [db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("pieces", "bodies", "text")]
    assert counts == [1, 1, 1]


def test_other_code_remembers_nothing(cache: str) -> None:
    folder = Folder(VAULT)
    use(cache, folder)
    memory = Memory(cache, "another stamp")
    assert folder.remembered(memory).parsed == 4
    memory.close()


TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "=\n", "c\nc\n"]), max_size=5).map("".join)
EDITS = st.lists(st.tuples(st.sampled_from(["x.md", "y.md", "z.md"]), st.none() | TEXTS), max_size=8)


@given(EDITS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_edits_the_notes_are_those_of_a_clean_read(edits: list[tuple[str, str | None]]) -> None:
    folder = Folder({})
    memory = Memory(None, "stamp")
    for path, text in edits:
        if text is None:
            folder.files.pop(path, None)
        else:
            folder.write(path, text)
        assert same(folder, memory, folder.remembered(memory))
    memory.close()


# damage


def make(cache: str, folder: Folder) -> bytes:
    Path(cache, "index.db").unlink(missing_ok=True)
    use(cache, folder)
    return Path(cache, "index.db").read_bytes()


def around(cache: str, folder: Folder) -> int:
    """One use through every fall-back; how many pieces were parsed."""
    seen: list[Remembered] = []

    def read(memory: Memory) -> None:
        seen.append(folder.remembered(memory))
        assert same(folder, memory, seen[-1])
        memory.commit()

    index.with_memory(cache, read)
    return seen[-1].parsed


@pytest.fixture
def known_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vault.index.attempts.parse_stamp", lambda: "stamp")


@pytest.mark.usefixtures("known_stamp")
@pytest.mark.parametrize("data", [b"", b"\0" * 8192, b"SQLite format 3\0" + b"\1" * 9000, b"text"])
def test_a_file_that_is_no_index_is_made_anew(cache: str, data: bytes) -> None:
    folder = Folder(VAULT)
    Path(cache, "index.db").write_bytes(data)
    assert around(cache, folder) == 4
    assert around(cache, folder) == 0


@pytest.mark.usefixtures("known_stamp")
def test_random_damage_never_makes_a_wrong_note(cache: str) -> None:
    folder = Folder({f"{n}.md": f"one {n}\ntwo\n=\nthree {'x' * n * 40}\n" for n in range(12)})
    good = make(cache, folder)
    dice = random.Random(7)
    for _ in range(150):
        bad = bytearray(good)
        for _ in range(dice.randint(1, 40)):
            bad[dice.randrange(len(bad))] = dice.randrange(256)
        cut = dice.randrange(1, len(bad)) if dice.random() < 0.2 else len(bad)
        Path(cache, "index.db").write_bytes(bad[:cut])
        around(cache, folder)
    around(cache, folder)
    assert around(cache, folder) == 0


@pytest.mark.usefixtures("known_stamp")
def test_a_changed_byte_inside_a_value_is_noticed(cache: str) -> None:
    folder = Folder({"a.md": "needle\n"})
    good = make(cache, folder)
    places = [n for n in range(len(good)) if good.startswith(b"needle", n)]
    assert len(places) >= 3
    for at in places:
        Path(cache, "index.db").write_bytes(good[:at] + b"NEEDLE" + good[at + 6 :])
        around(cache, folder)


@pytest.mark.usefixtures("known_stamp")
@pytest.mark.parametrize("statement", ["PRAGMA application_id=1", "PRAGMA user_version=999", "DROP TABLE bodies",
                                       "DELETE FROM bodies", "DELETE FROM memory", "DROP TABLE text",
                                       "UPDATE pieces SET id = id + 100", "UPDATE memory SET value = 'x' WHERE key = 'files'",
                                       "UPDATE memory SET value = NULL", "UPDATE memory SET value = 7"])  # fmt: skip
def test_an_index_that_someone_changed_is_made_anew(cache: str, statement: str) -> None:
    folder = Folder(VAULT)
    make(cache, folder)
    db = sqlite3.connect(os.path.join(cache, "index.db"))
    db.execute(statement)
    db.commit()
    db.close()
    around(cache, folder)


@pytest.mark.usefixtures("known_stamp")
def test_a_locked_index_is_left_alone_and_worked_without(cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    folder = Folder(VAULT)
    before = make(cache, folder)
    db = sqlite3.connect(os.path.join(cache, "index.db"), isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    folder.write("a.md", "new\n")
    assert around(cache, folder) == 4
    db.execute("COMMIT")
    db.close()
    assert Path(cache, "index.db").read_bytes() == before


@pytest.mark.usefixtures("known_stamp")
def test_an_index_that_cannot_grow_is_worked_without(cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(VAULT)
    make(cache, folder)
    real = store.begin

    def begin(file: str) -> sqlite3.Connection:
        db = real(file)
        if file != ":memory:":
            db.execute("PRAGMA max_page_count=1")
        return db

    monkeypatch.setattr(store, "begin", begin)
    folder.write("a.md", "\n".join(f"{n} {'x' * 5000}" for n in range(50)))
    assert around(cache, folder) > 0


def test_a_killed_write_leaves_the_index_before_or_after(cache: str) -> None:
    code = f"""
import os, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_index import *
folder = Folder(VAULT)
memory = Memory({cache!r}, "stamp")
folder.write("new.md", "n\\n" * 2000)
folder.remembered(memory)
os._exit(9)
"""
    folder = Folder(VAULT)
    make(cache, folder)
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    assert use(cache, folder).parsed == 0


# the pool


def test_any_number_of_processes_gives_the_same(cache: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "ENOUGH", 2)
    files = {f"{n:03}.md": f"note {n}\n=\nmore {n}\n" for n in range(30)}
    results, forked, fork = [], list[int](), os.fork

    def counted() -> int:
        forked.append(0)
        return fork()

    monkeypatch.setattr(os, "fork", counted)
    for jobs in (1, 2, 3, 8):
        folder, memory = Folder(files), Memory(None, "stamp")
        remembered = folder.remembered(memory, jobs=jobs)
        results.append((remembered, [memory.body(note) for note in remembered.notes]))
        assert len(forked) == jobs - 1 and (jobs > 1 or len(folder.parses) == 60)
        forked.clear()
        memory.close()
    assert all(result == results[0] for result in results)


def test_a_process_that_dies_costs_nothing_but_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "ENOUGH", 2)
    here = os.getpid()

    def dying(piece: Piece) -> tuple[Parsed, ...]:
        if os.getpid() != here and piece.text == "7\n":
            os._exit(11)
        return parse(piece)

    pieces = [Piece("a.md", 1, f"{n}\n") for n in range(12)]
    parsed = dict(pool.parse_many(dying, pieces, 2, lambda _: None))
    assert parsed == {number: pool.encoded(parse, piece) for number, piece in enumerate(pieces)}


def test_a_stopped_build_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "ENOUGH", 2)
    here = os.getpid()

    def stopped(piece: Piece) -> tuple[Parsed, ...]:
        if os.getpid() == here:
            raise KeyboardInterrupt
        time.sleep(0.01)
        return parse(piece)

    forked: list[int] = []
    fork = os.fork

    def recorded() -> int:
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", recorded)
    pieces = [Piece("a.md", 1, f"{n}\n") for n in range(1000)]
    with pytest.raises(KeyboardInterrupt):
        list(pool.parse_many(stopped, pieces, 2, lambda _: None))
    assert len(forked) == 1
    with pytest.raises(ChildProcessError):
        os.waitpid(forked[0], os.WNOHANG)


# other rows


def test_the_last_build_comes_back_as_it_was(cache: str) -> None:
    seen = Seen(Found("a", "/a", 1, 2, 3, 4), "d", False, "k")
    last = Last("signature", (("/n.md", "d"),), Report(1, 2, 3, 4, 5, 6, 7, 0.5, ()), (seen,))
    memory = Memory(cache, "stamp")
    assert memory.load("last", Last) is None
    memory.save("last", last)
    memory.commit()
    memory.close()
    memory = Memory(cache, "stamp")
    assert memory.load("last", Last) == last
    memory.close()


def test_attachments_are_measured_once_and_digested_when_asked(cache: str) -> None:
    found = [Found("p.png", "/p.png", 10, 5, 5, 1)]
    asked: list[str] = []

    def measure(one: Found) -> tuple[Attachment, Found]:
        asked.append("size")
        return Attachment(one.path, one.file, one.size, "", 3, 4), one

    def digest(one: Attachment) -> str:
        asked.append("digest")
        return "d" * 32

    for _ in range(2):
        memory = Memory(cache, "stamp")
        (attachment,) = memory.attachments(found, measure, LATER)
        assert memory.whole(attachment, digest).digest == "d" * 32
        memory.commit()
        memory.close()
    assert asked == ["size", "digest"]
    memory = Memory(cache, "stamp")
    memory.attachments([changed(found[0], mtime_ns=6)], measure, LATER)
    assert asked == ["size", "digest", "size"]
    assert memory.attachments([], measure, LATER) == ()
    memory.close()


def test_a_library_is_read_once_for_each_text(cache: str) -> None:
    entry = LibraryEntry("k", "misc", "T", (), 0, "", (), "", "", (), "l.bib", 1)
    read: list[str] = []

    def reader(text: str, path: str, _: Any) -> tuple[tuple[LibraryEntry, ...], tuple[Any, ...]]:
        read.append(text)
        return (entry,), ()

    for texts in ([("l.bib", "1")], [("l.bib", "1")], [("l.bib", "2")], [("l.bib", "1")]):
        memory = Memory(cache, "stamp")
        assert memory.libraries(texts, reader)[0].entries == (entry,)
        memory.commit()
        memory.close()
    assert read == ["1", "2", "1"]


PIECES = (
    "% words before\n",
    '@string{nips = "NeurIPS"}\n',
    '@string{nips = "Advances"} @misc{beside, howpublished = nips}\n',
    "@misc{a, title = {One}, howpublished = nips}\n",
    "@misc{a, title = {Another}}\n\n",
    "@misc{b, title = {No comma} year = 2020}\n",
    "@inproceedings{c, title = {Part}, crossref = {vol}}\n",
    "@proceedings{vol, title = {The Volume}, year = 1999, booktitle = nips}\n",
    "@misc{open, title = {left open\n",
    "@@@ }{\n",
)


def reading(db: Any, text: str) -> tuple[Any, list[str]]:
    """What is made of a library with the pieces remembered in ``db``; the texts that were read anew."""
    pieces, anew = Pieces(db, "l.bib"), list[str]()

    def recall(piece: LibraryPiece, read: Any) -> Any:
        def noted(piece: LibraryPiece) -> Any:
            anew.append(piece.text)
            return read(piece)

        return pieces.recall(piece, noted)

    found = bibliography.read(text, "l.bib", recall)
    pieces.keep()
    return found, anew


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=7), min_size=2, max_size=4))
@settings(deadline=None)
def test_a_library_read_in_remembered_pieces_is_as_if_read_anew(texts: list[list[str]]) -> None:
    memory = Memory(None, "stamp")
    for text in map("".join, texts):
        assert reading(memory.db, text)[0] == bibliography.read(text, "l.bib")
        assert reading(memory.db, text)[1] == [], "a second reading reads nothing"
    memory.close()


def test_an_edit_of_one_entry_reads_that_entry() -> None:
    rows = [f"@misc{{k{n}, title = {{Paper {n}}}, howpublished = where}}\n" for n in range(500)]
    memory = Memory(None, "stamp")
    reading(memory.db, '@string{where = "Here"}\n@string{other = "x"}\n' + "".join(rows))
    rows[77] = "@misc{k77,\n title = {Another}}\n"
    text = '@string{where = "Here"}\n@string{other = "y"}\n' + "".join(rows)
    (entries, _), anew = reading(memory.db, text)
    assert anew == ['@string{other = "y"}\n', rows[77]]
    assert (entries[77].title, entries[78].line, entries[499].venue) == ("Another", 82, "Here")
    _, anew = reading(memory.db, text.replace("Here", "There"))
    assert len(anew) == 500, "an abbreviation is part of all that use it"
    count = memory.db.execute("SELECT count(*) FROM library_pieces").fetchone()
    assert count == (502,), "and what is gone is forgotten"
    memory.close()


# tables for people


def catalog_of(notes: tuple[Note, ...]) -> Catalog:
    return Catalog(
        {note.id: note for note in notes}, {"w": Work("w", (), "Work", ("A", "B"), 2020)}, {}, {}, {}, ()
    )


def rows(memory: Memory, query: str) -> list[tuple[Any, ...]]:
    return memory.db.execute(query).fetchall()


def test_tables_follow_the_catalog(cache: str) -> None:
    folder = Folder({"a.md": "one\ntwo\n"})
    memory = Memory(cache, "stamp")
    notes = folder.remembered(memory).notes
    notes = (changed(notes[0], tags=("x", "y")), notes[1])
    leads = {notes[0].id: {slot_key("wiki", "one"): Resolved("note", notes[1].id)}}
    graph = Graph(leads, {}, {}, {}, {}, ())
    number = {note.id: memory.text_row(note) for note in notes}.__getitem__
    memory.tabulate(notes, catalog_of(notes), graph, lambda note_id: "/" + note_id, number)
    memory.tabulate_others(catalog_of(notes))
    assert rows(memory, "SELECT id, line, url FROM notes ORDER BY id") == [
        ("a.md#one", 1, "/a.md#one"),
        ("a.md#two", 2, "/a.md#two"),
    ]
    assert rows(memory, "SELECT * FROM tags ORDER BY tag") == [("a.md#one", "x"), ("a.md#one", "y")]
    assert rows(memory, "SELECT note, leads FROM links ORDER BY note") == [
        ("a.md#one", "a.md#two"),
        ("a.md#two", ""),
    ]
    assert rows(memory, "SELECT title, authors FROM papers") == [("Work", "A; B")]
    found = "SELECT notes.id FROM text JOIN notes ON notes.body = text.rowid WHERE text MATCH 'two'"
    assert rows(memory, found) == [("a.md#two",)]
    before = memory.db.total_changes
    number = {note.id: memory.text_row(note) for note in notes}.__getitem__
    memory.tabulate(notes, catalog_of(notes), graph, lambda note_id: "/" + note_id, number)
    memory.tabulate_others(catalog_of(notes))
    assert memory.db.total_changes == before
    memory.tabulate(notes[1:], catalog_of(notes[1:]), graph, lambda note_id: "/new/", number)
    memory.tabulate_others(catalog_of(notes[1:]))
    assert rows(memory, "SELECT id, url FROM notes") == [("a.md#two", "/new/")]
    assert rows(memory, "SELECT note FROM tags") == []
    memory.close()


# stamps


def test_stamps_are_stable_and_follow_every_room_that_parses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "parse_stamp", stamp.parse_stamp.__wrapped__)
    first = stamp.parse_stamp()
    assert first == stamp.parse_stamp() != stamp.tool_stamp()
    rooms = {"records", "problems", "papers", "dates", "naming", "frontmatter", "markdown", "parse"}
    real = stamp._sources

    def without(dropped: str) -> Any:
        def sources(wanted: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
            return (pair for pair in real(wanted) if not pair[0].startswith(dropped))

        return sources

    for room in rooms & {path.name.removesuffix(".py") for path in Path(vault.__file__).parent.iterdir()}:
        monkeypatch.setattr(stamp, "_sources", without(room))
        assert stamp.parse_stamp() != first, room
    monkeypatch.setattr(stamp, "_sources", without("render"))
    assert stamp.parse_stamp() == first


def test_every_library_is_in_the_stamp() -> None:
    from importlib.metadata import packages_distributions, version

    of = packages_distributions()
    core = {room for floor, rooms in vault.FLOORS.items() if floor < 4 for room in rooms}
    guests = [guest for guest, homes in vault.GUESTS.items() if core & set(homes)]
    wanted = {name.lower().replace("_", "-") for guest in guests for name in of.get(guest, ())}
    assert wanted <= {*stamp.DISTRIBUTIONS, *stamp.EXTRAS}
    found = dict(stamp._libraries()[2])
    assert found["pyyaml"] == version("PyYAML") and found["markdown-it-py"] == version("markdown-it-py")


def test_libraries_that_are_not_in_folders_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """And only then: a library that another one has ceased to need is no reason to load what asks."""
    listed = stamp._libraries()
    asked: list[str] = []
    monkeypatch.setattr(stamp, "_asked", lambda name: asked.append(name) or dict(listed[2])[name])
    monkeypatch.setattr(stamp, "DISTRIBUTIONS", (*stamp.DISTRIBUTIONS, "gone"))
    assert dict(stamp._libraries()[2])["gone"] == ""
    assert asked == []
    monkeypatch.setattr(stamp, "DISTRIBUTIONS", stamp.DISTRIBUTIONS[:-1])
    monkeypatch.setattr(stamp, "_installed", dict)
    assert stamp._libraries() == listed
    assert asked == list(stamp.DISTRIBUTIONS)


@pytest.mark.parametrize("on_disk", [True, False], ids=["on disk", "in memory"])
def test_a_shrunk_index_is_read_as_ever(cache: str, on_disk: bool) -> None:
    def held() -> int:
        size: int = memory.db.execute("PRAGMA cache_size").fetchone()[0]
        return size

    memory = Memory(cache if on_disk else None, "a stamp")
    memory.save("a name", Filed(Found("a", "/a", 1, 2, 3, 4), "d", False, ()))
    with memory.shrunk():
        assert held() == -store.FEW
        assert memory.load("a name", Filed) == Filed(Found("a", "/a", 1, 2, 3, 4), "d", False, ())
    assert held() == -store.MANY
    memory.close()


def test_sizes_are_of_what_is_loaded(cache: str) -> None:
    memory = Memory(cache, "a stamp")
    assert memory.size("a name") == 0
    value = Filed(Found("a", "/a", 1, 2, 3, 4), "d", False, ())
    memory.save("a name", value)
    assert memory.size("a name") == len(encode(value))
    memory.close()
