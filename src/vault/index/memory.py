"""The only memory: what was parsed, by content; what was seen, by stat; what the last build said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from vault.index import tables
from vault.index.libraries import Pieces, ReadPiece, forget_others
from vault.index.pool import Parse, parse_many
from vault.index.rows import (
    BITS,
    Filed,
    Library,
    Light,
    Locked,
    Measured,
    forget_files,
    forget_measured,
    forget_pieces,
    load_body,
    load_files,
    load_last,
    load_libraries,
    load_lock,
    load_measured,
    load_pieces,
    load_text,
    load_traces,
    save_files,
    save_last,
    save_libraries,
    save_lock,
    save_measured,
    save_pieces,
    save_traces,
)
from vault.index.store import connect, guarded, reading
from vault.records import (
    Attachment,
    Body,
    Catalog,
    Cited,
    Found,
    Graph,
    Last,
    LibraryEntry,
    LibraryPart,
    LibraryPiece,
    LockEntry,
    Note,
    Parsed,
    Piece,
    Problem,
    Source,
    Traces,
    changed,
    decode,
    digest_of,
    encode,
)

Read = Callable[[Found], tuple[Source | None, Found | None, tuple[Problem, ...]]]
Split = Callable[[Source], tuple[Piece, ...]]
Place = Callable[[Parsed, int], Parsed]
Measure = Callable[[Found], tuple[Attachment | None, Found | None]]
Recall = Callable[[LibraryPiece, ReadPiece], LibraryPart]
ReadLibrary = Callable[[str, str, Recall], tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]]
ReadLock = Callable[[str, str], tuple[tuple[LockEntry, ...], tuple[Problem, ...]]]
Progress = Callable[[str, int, int], None]


class Parser(NamedTuple):
    """What ``remember`` needs of the rooms it must not know: ``read`` gives the text, the stat it
    belongs to (None: it changed all the while) and Problems; the others are those of ``parse``."""

    read: Read
    split: Split
    piece: Parse
    place: Place


class Remembered(NamedTuple):
    """All notes, in path and line order; how many pieces were parsed anew; what was wrong with files."""

    notes: tuple[Note, ...]
    parsed: int
    problems: tuple[Problem, ...]


class Memory:
    """An open index, in a transaction.  Any method may raise DamagedError or UnusableError: begin again then,
    with another.  ``folder`` None is an index that ends with this object."""

    def __init__(self, folder: str | None, stamp: str) -> None:
        self.folder, self.db = folder, connect(folder, stamp)
        self.places: dict[tuple[str, int, str], tuple[int, int]] = {}
        self.measured: dict[str, Measured] = {}
        self.place: Place = lambda parsed, _line: parsed

    @guarded()
    def commit(self) -> None:
        """Make what was stored last, and go on."""
        self.db.execute("COMMIT")
        self.db.execute("BEGIN IMMEDIATE")

    @guarded()
    def reopen(self) -> None:
        """Read on in a forked process, from what was committed: a connection is not to cross a fork."""
        if self.folder is not None:
            self.db = reading(self.folder)

    def close(self) -> None:
        self.db.close()

    @guarded()
    def last(self) -> Last | None:
        """The last build that ended well; None when there was none."""
        return load_last(self.db)

    @guarded()
    def traces(self) -> Traces | None:
        """What the files of the last build were made of; None when that is not known."""
        return load_traces(self.db)

    @guarded()
    def keep(self, last: Last, traces: Traces | None = None) -> None:
        """Of a build that ended well."""
        save_last(self.db, last)
        if traces:
            save_traces(self.db, traces)

    @guarded()
    def remember(
        self,
        found: Sequence[Found],
        parser: Parser,
        looked_ns: int,
        jobs: int = 1,
        progress: Progress | None = None,
    ) -> Remembered:
        """The notes of these files, seen at ``looked_ns``.

        A file whose stat is as it was is not read, a piece whose text and context are known is not
        parsed.  What no file has any more is forgotten.
        """
        tell = progress or (lambda _stage, _done, _total: None)
        known, light = load_files(self.db), load_pieces(self.db)
        fresh: dict[str, Piece] = {}
        problems: list[Problem] = []
        filed: list[Filed] = []
        for number, file in enumerate(found):
            before = known.get(file.path)
            if before and before.settled and before.found == file and is_whole(before, light):
                filed.append(before)
                continue
            tell("reading", number, len(found))
            source, now, wrong = parser.read(file)
            problems += wrong
            if source:
                whole = (
                    before if before and before.digest == source.digest and is_whole(before, light) else None
                )
                pieces = whole.pieces if whole else tuple(cut(parser.split(source), light, fresh))
                settled = now is not None and now.settled(looked_ns)
                filed.append(Filed(now or file, source.digest, settled, pieces))
        parsed = parse_many(
            parser.piece, tuple(fresh.values()), jobs, lambda n: tell("parsing", n, len(fresh))
        )
        keys = tuple(fresh)
        light |= save_pieces(self.db, ((keys[n], one) for n, one in parsed))
        self.settle(known, filed, light)
        self.place = parser.place
        return Remembered(tuple(self.notes(filed, light)), len(fresh), tuple(problems))

    def settle(self, known: dict[str, Filed], filed: list[Filed], light: Light) -> None:
        """Store what is new of the files, forget what is gone."""
        save_files(self.db, (one for one in filed if known.get(one.found.path) != one))
        forget_files(self.db, sorted(known.keys() - {one.found.path for one in filed}))
        forget_pieces(self.db, {light[key][0] for one in filed for key, _ in one.pieces})

    def notes(self, filed: list[Filed], light: Light) -> Iterator[Note]:
        """Every note at its line, and where its body is."""
        for one in filed:
            for key, line in one.pieces:
                row, data = light[key]
                for n, note in enumerate(decode(data, tuple[Note, ...])):
                    placed = note if line == 1 else self.place(Parsed(note, Body(), ""), line).note
                    self.places[placed.path, placed.line, placed.digest] = (row << BITS | n, line)
                    yield placed

    @guarded()
    def body(self, note: Note) -> Body:
        """The body of a note that ``remember`` gave (it may have another id since)."""
        row, line = self.places[note.path, note.line, note.digest]
        body = decode(load_body(self.db, row), Body)
        return body if line == 1 else self.place(Parsed(note, body, ""), line).body

    @guarded()
    def text(self, note: Note) -> str:
        """The plain text of a note that ``remember`` gave."""
        return load_text(self.db, self.text_row(note))

    def text_row(self, note: Note) -> int:
        """The row of its full text."""
        return self.places[note.path, note.line, note.digest][0]

    @guarded()
    def attachments(self, found: Iterable[Found], measure: Measure, looked_ns: int) -> tuple[Attachment, ...]:
        """The files beside the notes with their pixel size; those as they were are not read.  The digest
        of one is there once ``whole`` was asked for it."""
        known = load_measured(self.db)
        every: dict[str, Measured] = {}
        for file in found:
            before = known.get(file.path)
            if before and before.settled and before.found == file:
                every[file.path] = before
                continue
            attachment, now = measure(file)
            if attachment:
                every[file.path] = Measured(
                    now or file, now is not None and now.settled(looked_ns), attachment
                )
        self.measured = every
        save_measured(self.db, (one for path, one in every.items() if known.get(path) != one))
        forget_measured(self.db, sorted(known.keys() - every.keys()))
        return tuple(one.attachment for one in every.values())

    @guarded()
    def whole(self, attachment: Attachment, digest: Callable[[Attachment], str]) -> Attachment:
        """The file with the digest of its bytes, which are read for it once."""
        if attachment.digest:
            return attachment
        whole = changed(attachment, digest=digest(attachment))
        before = self.measured.get(attachment.path)
        if before and whole.digest:
            save_measured(self.db, [changed(before, attachment=whole)])
        return whole

    @guarded()
    def libraries(self, texts: Iterable[tuple[str, str]], read: ReadLibrary) -> tuple[Library, ...]:
        """What ``read`` makes of each (path, text), remembered by both; of a file whose text is not as it
        was, the pieces that are."""
        known, found, paths = load_libraries(self.db), {}, set()
        for path, text in texts:
            key = digest_of(encode((path, text)))
            found[key] = known.get(key) or self.library(path, text, read)
            paths.add(path)
        if found.keys() != known.keys():
            save_libraries(self.db, found)
            forget_others(self.db, paths)
        return tuple(found.values())

    def library(self, path: str, text: str, read: ReadLibrary) -> Library:
        """What ``read`` makes of a file; its pieces are remembered by their own content."""
        pieces = Pieces(self.db, path)
        found = Library(*read(text, path, pieces.recall))
        pieces.keep()
        return found

    @guarded()
    def lock(self, text: str, path: str, read: ReadLock) -> Locked:
        """What ``read`` makes of the lock file, remembered by its text; references keep their keys alone."""
        if not text:
            return Locked((), ())
        key = digest_of(text.encode("utf-8", "replace"))
        known = load_lock(self.db, key)
        if known is None:
            entries, problems = read(text, path)
            known = Locked(tuple(map(lightened, entries)), problems)
            save_lock(self.db, key, known)
        return known

    @guarded()
    def tabulate(self, catalog: Catalog, graph: Graph, url_of: Callable[[str], str]) -> None:
        """Bring the tables that people query up to date."""
        tables.refresh(
            self.db, catalog, graph, url_of, lambda note: self.places[note.path, note.line, note.digest][0]
        )


def lightened(entry: LockEntry) -> LockEntry:
    return changed(entry, references=tuple(Cited(cited.key) for cited in entry.references if cited.key))


class Bodies(NamedTuple):
    """What the pages ask of an index: a note's body, and its plain text, by its id."""

    memory: Memory
    notes: Mapping[str, Note]

    def __call__(self, note_id: str) -> Body:
        return self.memory.body(self.notes[note_id])

    def text(self, note_id: str) -> str:
        return self.memory.text(self.notes[note_id])


def is_whole(filed: Filed, light: Light) -> bool:
    """Whether all its pieces are still there."""
    return all(key in light for key, _ in filed.pieces)


def cut(pieces: Iterable[Piece], light: Light, fresh: dict[str, Piece]) -> Iterator[tuple[str, int]]:
    """(key, line) of each piece; those not known yet go into ``fresh``, by key."""
    for piece in pieces:
        key = digest_of(encode((piece.path, piece.text, piece.context)))
        if key not in light:
            fresh.setdefault(key, piece)
        yield key, piece.line
