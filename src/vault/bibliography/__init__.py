"""``.bib`` text -> entries.

``read`` keeps whatever can be read of a file and tells the rest as Problems; ``to_text`` turns TeX
into Unicode.
"""

from vault.bibliography.tex import to_text
from vault.records import LibraryEntry, Problem

__all__ = ["read", "to_text"]


def read(text: str, path: str) -> tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]:
    """The entries of a ``.bib`` (or ``.ris``) file, in order, and what could not be read of it.

    Never raises.  The first of several entries with one key counts (keys are equal under case
    folding, as in BibTeX).  ``papers`` stays empty: which identities the fields name is asked by a
    room upstairs.  ``fields`` hold every other field as text, addresses and ids unchanged.
    """
    if path.endswith(".ris"):
        from vault.bibliography import ris_records  # noqa: PLC0415 - asked for by few

        return ris_records.read_entries(text, path)
    from vault.bibliography.reader import read_entries  # noqa: PLC0415 - pybtex takes 50 ms

    return read_entries(text, path)
