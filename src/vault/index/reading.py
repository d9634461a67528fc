"""The files that are not as they were: read, cut into pieces, parsed where a piece is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from vault import workers
from vault.index.pool import Encoded, Parse, encoded, parse_many
from vault.index.rows import At, Filed
from vault.records import Found, Piece, Problem, Record, Source, changed, digest_of, encode
from vault.tuples import NamedTuple

Read = Callable[[Found], tuple[Source | None, Found | None, tuple[Problem, ...]]]
Split = Callable[[Source], tuple[Piece, ...]]
Progress = Callable[[str, int, int], None]

CODE = b'"language-'
FEW = 20
"""Files that one process reads while another one does what is to be done anyway."""
MANY = 2000
"""Files from which on other processes read and parse them all."""


class Parser(NamedTuple):
    """What the index needs of the rooms it must not know: ``read`` gives the text, the stat it belongs to
    (None: it changed all the while) and Problems; the next are those of ``parse``.  A ``helper`` reads and
    parses few files, and ``meanwhile`` is what can be done beside that; it may ask whether one of them is
    known by then to say more than other words.  ``recall`` is told there what was made of these files before,
    ``load`` makes all of it ready."""

    read: Read
    split: Split
    piece: Parse
    meanwhile: Callable[[Callable[[], bool]], object] | None = None
    recall: Callable[[bytes], object] = lambda _body: None
    load: Callable[[], object] = lambda: None
    helper: workers.Helper | None = None


class Reading(Record, frozen=True):
    """A file as it was read: its stat (None: it was not readable), whether that stood still, the digest of
    its text, its pieces (key, line; none where the text is known), what was wrong."""

    path: str
    found: Found | None
    still: bool
    digest: str
    cuts: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


class Asking(Record, frozen=True):
    """A few files that are to be read and parsed: as they are, as they were read (none of new ones), bodies
    as they were."""

    files: tuple[Found, ...]
    known: tuple[Filed, ...]
    bodies: tuple[bytes, ...]


class Few(Record, frozen=True):
    """What another process made of a few files."""

    read: tuple[Reading, ...]
    fresh: tuple[tuple[str, Encoded], ...]


READING = "reading"
"""The name of the task of a helper that reads and parses few files."""


def task(parser: Parser) -> workers.Task:
    """What that helper does when it is asked."""
    return workers.Task(Asking, partial(answered, parser))


def answered(parser: Parser, asking: Asking) -> Few:
    """What is made of these files; the name of a piece has that of its file in it."""
    known = {one.found.path: one for one in asking.known}
    places = {at.key: at for one in asking.known for at in one.pieces}
    reader = Reader(parser, known, places, lambda _stage, _done, _total: None, lambda _row: [])
    return reader.few(asking.files, asking.bodies)


class Reader:
    """``parsed`` counts the pieces that were parsed."""

    def __init__(
        self,
        parser: Parser,
        known: dict[str, Filed],
        places: dict[str, At],
        tell: Progress,
        bodies: Callable[[int], list[bytes]],
    ) -> None:
        self.parser, self.known, self.places, self.tell, self.parsed = parser, known, places, tell, 0
        self.bodies = bodies

    def read(
        self, files: Sequence[Found], jobs: int
    ) -> tuple[dict[str, Reading], Iterable[tuple[str, Encoded]]]:
        """The files by path, and the pieces that are new, by key."""
        if self.parser.helper and 0 < len(files) <= FEW:
            few = self.asked(files, self.parser.helper)
            self.parsed = len(few.fresh)
            return {one.path: one for one in few.read}, few.fresh
        if jobs > 1 and is_even(files, jobs):
            into: dict[str, Reading] = {}
            return into, self.each(files, jobs, into)
        fresh: dict[str, Piece] = {}
        found = {one.path: one for one in self.readings(files, fresh)}
        keys, pieces = tuple(fresh), tuple(fresh.values())
        self.parsed = len(pieces)
        done = parse_many(self.parser.piece, pieces, jobs, lambda n: self.tell("parsing", n, len(pieces)))
        return found, ((keys[number], one) for number, one in done)

    def each(
        self, files: Sequence[Found], jobs: int, into: dict[str, Reading]
    ) -> Iterator[tuple[str, Encoded]]:
        """New pieces by key, while the files get into a mapping: read and parsed by others, so that neither
        texts nor what parsing takes come into this process, which makes pages afterwards."""
        work = partial(self.one, files)
        for done, (_, few) in enumerate(
            workers.share(len(files), jobs, work, Few, begin=self.hush, here=False)
        ):
            self.tell("parsing", done, len(files))
            into |= {one.path: one for one in few.read}
            self.parsed += len(few.fresh)
            yield from few.fresh

    def one(self, files: Sequence[Found], number: int) -> Few:
        return self.few(files[number : number + 1], [])

    def hush(self) -> None:
        """Tell nothing."""
        self.tell = lambda _stage, _done, _total: None

    def asked(self, files: Sequence[Found], helper: workers.Helper) -> Few:
        """What the helper makes of these files; it is made here where there is none."""
        known = tuple(one for file in files if (one := self.known.get(file.path)))
        asking = Asking(tuple(files), known, self.before(known))
        number = helper.ask(READING, asking)
        told = partial(helper.answer, number, Few)
        if self.parser.meanwhile:
            self.parser.meanwhile(lambda: helper.is_near(number) and self.is_reshaped(told()))
        return told() or self.few(asking.files, asking.bodies)

    def before(self, known: Iterable[Filed]) -> tuple[bytes, ...]:
        """Bodies of these files as they were, where they show coloured code."""
        pieces = (at for one in known if len(one.pieces) <= FEW for at in one.pieces)
        return tuple(body for at in pieces for body in self.bodies(at.row) if CODE in body)

    def few(self, files: Sequence[Found], before: Iterable[bytes]) -> Few:
        fresh: dict[str, Piece] = {}
        read = tuple(self.readings(files, fresh))
        for body in before:
            self.parser.recall(body)
        return Few(read, tuple((key, encoded(self.parser.piece, piece)) for key, piece in fresh.items()))

    def is_reshaped(self, few: Few | None) -> bool:
        """Whether any of the files is known to say more than other words."""
        if few is None:
            return False
        shapes = {key: one.shape for key, one in few.fresh}
        for read in few.read:
            before = self.known.get(read.path)
            if before is None or read.found is None:
                return True
            now = [shapes.get(key) or self.places[key].shape for key, _ in read.cuts]
            if before.digest != read.digest and now != [at.shape for at in before.pieces]:
                return True
        return False

    def readings(self, files: Sequence[Found], fresh: dict[str, Piece]) -> Iterator[Reading]:
        """Each file; new pieces go into ``fresh``, by key."""
        for number, file in enumerate(files):
            self.tell("reading", number, len(files))
            source, now, wrong = self.parser.read(file)
            if source is None:
                yield Reading(file.path, None, False, "", (), wrong)
                continue
            before = self.known.get(file.path)
            same = before is not None and before.digest == source.digest
            cuts = () if same else tuple(self.cut(source, fresh))
            yield Reading(file.path, now or file, now is not None, source.digest, cuts, wrong)

    def cut(self, source: Source, fresh: dict[str, Piece]) -> Iterator[tuple[str, int]]:
        """(key, line) of each piece; those not known yet go into ``fresh``, by key."""
        for piece in self.parser.split(source):
            key = key_of(piece)
            if key not in self.places:
                fresh.setdefault(key, piece)
            yield key, piece.line


def key_of(piece: Piece) -> str:
    """The name of its text and context."""
    return digest_of(encode((piece.path, piece.text, piece.context)))


def is_even(files: Sequence[Found], jobs: int) -> bool:
    """Whether there are many files, and none for which all others would have to be waited with."""
    sizes = [file.size for file in files]
    return len(files) >= MANY and max(sizes) * 4 * jobs < sum(sizes)


def is_as_it_was(before: Filed | None, file: Found) -> bool:
    return before is not None and before.settled and before.found == file


def refiled(
    before: Filed | None, read: Reading | None, places: dict[str, At], looked_ns: int
) -> Filed | None:
    """A file with its pieces where they are stored now; None for one that cannot be read."""
    if read is None:
        return before
    if read.found is None:
        return None
    if before is not None and before.digest == read.digest:
        pieces = before.pieces
    else:
        pieces = tuple(changed(places[key], line=line) for key, line in read.cuts)
    return Filed(read.found, read.digest, read.still and read.found.settled(looked_ns), pieces)
