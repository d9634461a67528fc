"""A bibliography's text -> entries: BibTeX and biblatex, CSL-JSON (``.json``), RIS (``.ris``).

``read`` keeps whatever can be read of a file and tells the rest as Problems; ``to_text`` turns TeX
into Unicode.
"""

from vault.bibliography.tex import to_text
from vault.records import LibraryEntry, Problem

__all__ = ["read", "to_text"]


def read(text: str, path: str) -> tuple[tuple[LibraryEntry, ...], tuple[Problem, ...]]:
    """The entries of a file, in order, and what could not be read of it; its name says its format.

    Never raises.  The first of several entries with one key counts (keys are equal under case
    folding, as in BibTeX).  ``papers`` stays empty: which identities the fields name is asked by a
    room upstairs.  ``fields`` hold every other field under its BibTeX name as text, addresses and ids
    unchanged.
    """
    ending = path.rpartition(".")[2].casefold()
    if ending == "json":
        from vault.bibliography import csl  # noqa: PLC0415 - each is used by few vaults

        return csl.read_entries(text, path)
    if ending == "ris":
        from vault.bibliography import ris  # noqa: PLC0415 - as above

        return ris.read_entries(text, path)
    from vault.bibliography import reader  # noqa: PLC0415 - pybtex takes 50 ms

    return reader.read_entries(text, path)
