"""What a section of a log inherits from the rest of its file."""

from __future__ import annotations

from typing import Literal

from vault.records import Header, Record, decode, encode


class Context(Record, frozen=True):
    """Travels in ``Piece.context``.

    ``kind``: ``log`` is the file's own note (what stands before its first date), ``section`` a dated
    one, ``aside`` a part of the log that stands under no date.  ``log`` is the id of the file's note;
    ``year`` completes a heading without one (0: it has its own, or nobody knows).  The others are the
    header's values that every entry takes over.
    """

    kind: Literal["log", "section", "aside"]
    log: str
    year: int = 0
    tags: tuple[str, ...] = ()
    draft: bool = False
    private: bool = False
    unlisted: bool = False
    lang: str = ""
    series: str = ""


def inherited(kind: Literal["log", "section", "aside"], log: str, year: int, header: Header) -> bytes:
    return encode(
        Context(
            kind,
            log,
            year,
            header.tags,
            header.draft,
            header.private,
            header.unlisted,
            header.lang,
            header.series,
        )
    )


def context_of(data: bytes) -> Context | None:
    """The context of a piece, None for a whole note.  Raises ValueError for other bytes."""
    return decode(data, Context) if data else None
