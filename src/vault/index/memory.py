"""The only memory: what was parsed, by content; what was seen, by stat; what the last build said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from vault.index import rows, tables
from vault.index.libraries import Pieces, ReadPiece, forget_others
from vault.index.reading import Parser, Progress, Reader, is_as_it_was, refiled
from vault.index.rows import BITS, At, Filed, Library, Locked, Measured
from vault.index.store import guarded
from vault.index.values import Values
from vault.records import (
    Attachment,
    Body,
    Catalog,
    Cited,
    Found,
    Graph,
    LibraryEntry,
    LibraryPart,
    LibraryPiece,
    LockEntry,
    Note,
    Parsed,
    Problem,
    changed,
    decode,
    digest_of,
    encode,
    place,
)
from vault.tuples import NamedTuple

Measure = Callable[[Found], tuple[Attachment | None, Found | None]]
Recall = Callable[[LibraryPiece, ReadPiece], LibraryPart]
ReadLibrary = Callable[[str, str, Recall], tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]]
ReadLock = Callable[[str, str], tuple[tuple[LockEntry, ...], tuple[Problem, ...]]]
Url = Callable[[str], str]
R = TypeVar("R")
T = TypeVar("T")

FEW = 100
"""Pieces that are gone and still told; after more of them a build looks at everything anyway."""


class Remembered(NamedTuple):
    """All notes, in path and line order; how many pieces were parsed anew; what was wrong with files."""

    notes: tuple[Note, ...]
    parsed: int
    problems: tuple[Problem, ...]


class Kept(NamedTuple):
    """All files with their pieces, in path order; how many pieces were parsed anew; what was wrong with
    files; the notes of pieces that are gone, as encoded, by their keys (none where many are)."""

    files: tuple[Filed, ...]
    parsed: int
    problems: tuple[Problem, ...]
    gone: dict[str, bytes]


class Memory(Values):
    """An open index, in a transaction.  Any method may raise DamagedError or UnusableError: begin again then,
    with another.  ``folder`` None is an index that ends with this object."""

    def __init__(self, folder: str | None, stamp: str) -> None:
        super().__init__(folder, stamp)
        self.places: dict[tuple[str, int, str], tuple[int, int]] = {}
        self.measured: dict[str, Measured] = {}

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
        kept = self.refile(found, parser, looked_ns, jobs, progress)
        return Remembered(tuple(self.notes(kept.files)), kept.parsed, kept.problems)

    @guarded()
    def refile(
        self,
        found: Sequence[Found],
        parser: Parser,
        looked_ns: int,
        jobs: int = 1,
        progress: Progress | None = None,
    ) -> Kept:
        """What ``remember`` does, but for the notes, which are not looked at."""
        known = rows.load_files(self.db)
        places = {at.key: at for one in known.values() for at in one.pieces}
        unread = [file for file in found if not is_as_it_was(known.get(file.path), file)]
        tell = progress or (lambda _stage, _done, _total: None)
        reader = Reader(parser, known, places, tell, partial(rows.load_bodies, self.db))
        read, fresh = reader.read(unread, jobs)
        places |= rows.save_pieces(self.db, fresh)
        whole = ((known.get(file.path), read.get(file.path)) for file in found)
        files = tuple(one for pair in whole if (one := refiled(*pair, places, looked_ns)))
        gone = self.settle(known, files)
        problems = tuple(wrong for one in read.values() for wrong in one.problems)
        return Kept(files, reader.parsed, problems, gone)

    def settle(self, known: dict[str, Filed], files: tuple[Filed, ...]) -> dict[str, bytes]:
        """Store what is new of the files, forget what is gone: the notes of its pieces, by their keys."""
        if tuple(known.values()) == files:
            return {}
        before = {at.row: at.key for one in known.values() for at in one.pieces}
        lost = before.keys() - {at.row for one in files for at in one.pieces}
        gone = {before[row]: rows.load_piece(self.db, row) for row in lost} if len(lost) <= FEW else {}
        rows.forget_pieces(self.db, lost)
        rows.save(self.db, "files", files)
        return gone

    def notes(self, files: Iterable[Filed]) -> Iterator[Note]:
        """Every note at its line, and where its body is."""
        for at in (at for one in files for at in one.pieces):
            with guarded():
                data = rows.load_piece(self.db, at.row)
            for n, note in enumerate(self.placed(data, at.line)):
                self.places[note.path, note.line, note.digest] = (at.row << BITS | n, at.line)
                yield note

    def renew(self, files: Iterable[Filed]) -> None:
        """Know where the notes of these files are now, and go on knowing of all others."""
        for _ in self.notes(files):
            pass

    def placed(self, data: bytes, line: int) -> tuple[Note, ...]:
        """The notes of an encoded piece that stands at this line."""
        found = decode(data, tuple[Note, ...])
        return found if line == 1 else tuple(place(Parsed(one, Body(), ""), line).note for one in found)

    def places_of(self, files: Iterable[Filed], notes: Mapping[str, Note]) -> dict[str, tuple[int, int]]:
        """Note id -> the number of its piece in these files, its place in the piece."""
        number = {at.row: n for n, at in enumerate(at for one in files for at in one.pieces)}
        rows = {id_: self.places[note.path, note.line, note.digest] for id_, note in notes.items()}
        return {id_: (number[row >> BITS], row & (1 << BITS) - 1) for id_, (row, _) in rows.items()}

    @guarded()
    def notes_at(self, at: At) -> tuple[Note, ...]:
        """The notes of one piece."""
        return self.placed(rows.load_piece(self.db, at.row), at.line)

    @guarded()
    def body(self, note: Note) -> Body:
        """The body of a note that ``remember`` gave (it may have another id since)."""
        row, line = self.places[note.path, note.line, note.digest]
        return self.body_at(row, line, note)

    @guarded()
    def body_at(self, row: int, line: int, note: Note) -> Body:
        """The body in this row, of a note whose piece stands at this line."""
        body = decode(rows.load_body(self.db, row), Body)
        return body if line == 1 else place(Parsed(note, body, ""), line).body

    @guarded()
    def text(self, note: Note) -> str:
        """The plain text of a note that ``remember`` gave."""
        return self.text_at(self.text_row(note))

    @guarded()
    def text_at(self, row: int) -> str:
        """The plain text in this row."""
        return rows.load_text(self.db, row)

    def text_row(self, note: Note) -> int:
        """The row of its full text."""
        return self.places[note.path, note.line, note.digest][0]

    @guarded()
    def attachments(self, found: Iterable[Found], measure: Measure, looked_ns: int) -> tuple[Attachment, ...]:
        """The files beside the notes with their pixel size; those as they were are not read.  The digest
        of one is there once ``whole`` was asked for it."""
        known = rows.load_measured(self.db)
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
        rows.save_measured(self.db, (one for path, one in every.items() if known.get(path) != one))
        rows.forget_measured(self.db, sorted(known.keys() - every.keys()))
        return tuple(one.attachment for one in every.values())

    @guarded()
    def whole(self, attachment: Attachment, digest: Callable[[Attachment], str]) -> Attachment:
        """The file with the digest of its bytes, which are read for it once."""
        if attachment.digest:
            return attachment
        whole = changed(attachment, digest=digest(attachment))
        before = self.measured.get(attachment.path)
        if before and whole.digest:
            rows.save_measured(self.db, [changed(before, attachment=whole)])
        return whole

    @guarded()
    def libraries(self, texts: Iterable[tuple[str, str]], read: ReadLibrary) -> tuple[Library, ...]:
        """What ``read`` makes of each (path, text), remembered by both; of a file whose text is not as it
        was, the pieces that are."""
        known, found, paths = rows.load_libraries(self.db), {}, set()
        for path, text in texts:
            key = digest_of(encode((path, text)))
            found[key] = known.get(key) or self.library(path, text, read)
            paths.add(path)
        if found.keys() != known.keys():
            rows.save_libraries(self.db, found)
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
        known = rows.load_lock(self.db, key)
        if known is None:
            entries, problems = read(text, path)
            known = Locked(tuple(map(lightened, entries)), problems)
            rows.save_lock(self.db, key, known)
        return known

    @guarded()
    def tabulate(
        self, notes: Iterable[Note], catalog: Catalog, graph: Graph, url_of: Url, row: Callable[[str], int]
    ) -> None:
        """Bring the rows of these notes (whole ones) up to date in the tables that people query; ``row`` is
        the row of a note's full text."""
        tables.refresh(self.db, notes, catalog, graph, url_of, row)

    @guarded()
    def tabulate_others(self, catalog: Catalog) -> None:
        """The same for papers, and for notes that are gone."""
        tables.refresh_others(self.db, catalog)


def lightened(entry: LockEntry) -> LockEntry:
    return changed(entry, references=tuple(Cited(cited.key) for cited in entry.references if cited.key))
