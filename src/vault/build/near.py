"""Related notes, compared by another process as soon as it is known what links where.

That process begins small, before the notes are there, and is told what they are compared by and no more.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import partial

from vault import link, workers
from vault.records import Raw, Record, Related, pack, raw

KIND = tuple[Related, ...]

Asked = workers.Asked[link.Matter, "Near"]


class Near(Record, frozen=True):
    """What is related, and the marks for which it is, packed; the words of all notes that are compared."""

    related: dict[str, Raw]
    marks: dict[str, Raw]
    words: link.Vocabulary


def comparing(last: link.Last | None) -> AbstractContextManager[Asked]:
    """A process that compares notes once it is asked; ``last`` saves comparing them again."""
    return workers.asked(partial(answer, last), link.Matter, Near)


def answer(last: link.Last | None, of: link.Matter) -> Near:
    """What that process tells, in whichever it is found out."""
    words = link.vocabulary(of)
    found = link.compare(of, last, words)
    return Near(raw(pack(found.related, KIND)), raw(pack(found.marks, bytes)), words)
