"""A bibliography's text -> entries: BibTeX and biblatex, CSL-JSON (``.json``), RIS (``.ris``).

``read`` keeps whatever can be read of a file and tells the rest as Problems; ``to_text`` turns TeX
into Unicode.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from vault.bibliography.tex import to_text
from vault.records import LibraryEntry, LibraryPart, LibraryPiece, Problem

if TYPE_CHECKING:
    from vault.bibliography.pieces import Recall

__all__ = ["read", "to_text"]


def anew(piece: LibraryPiece, read_piece: Callable[[LibraryPiece], LibraryPart]) -> LibraryPart:
    """Remembers nothing."""
    return read_piece(piece)


def read(text: str, path: str, recall: Recall = anew) -> tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]:
    """The entries of a file, in order, and what could not be read of it; its name says its format.

    Never raises.  The first of several entries with one key counts (keys are equal under case
    folding, as in BibTeX).  ``papers`` stays empty: which identities the fields name is asked by a
    room upstairs.  ``fields`` hold every other field under its BibTeX name as text, addresses and ids
    unchanged.  ``recall`` may remember what was made of a piece of a ``.bib`` file.
    """
    ending = path.rpartition(".")[2].casefold()
    if ending == "json":
        from vault.bibliography import csl  # noqa: PLC0415 - each is used by few vaults

        return csl.read_entries(text, path)
    if ending == "ris":
        from vault.bibliography import ris  # noqa: PLC0415 - as above

        return ris.read_entries(text, path)
    from vault.bibliography import pieces  # noqa: PLC0415 - as above

    return pieces.read_entries(text, path, recall)
