"""How many notes have each word, and whether an edit of words can move any related note.

Related notes come from words that are rare among all notes (``vectors``).  Most edits leave every word as
rare as it was and a note's best words the same; then every list of related notes is what it was, and they
need not be compared again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from vault.link.matter import Matter, compared
from vault.link.vectors import Vocabulary, best, counted, rarity
from vault.records import Note


def vocabulary(of: Matter) -> Vocabulary:
    """The words of these notes."""
    return counted(of.terms)


def unmoved(known: Vocabulary, edits: Iterable[tuple[Note, Note]]) -> Vocabulary | None:
    """The vocabulary after edits (the note before, the note now) of words alone; None where one may move
    a related note."""
    pairs = [(old.terms.split(), new.terms.split()) for old, new in edits if compared(old)]
    members = Counter[str]()
    for old, new in pairs:
        members.update(new[::2])
        members.subtract(old[::2])
    after = {word: known.members.get(word, 0) + more for word, more in members.items()}
    was = {word: rarity(known.total, known.members.get(word, 0)) for word in after}
    now = {word: rarity(known.total, n) for word, n in after.items()}
    if was != now:
        return None
    weight = {word: found for word, found in now.items() if found}
    if any(best(old, weight) != best(new, weight) for old, new in pairs):
        return None
    kept = {word: after.get(word, n) for word, n in {**known.members, **after}.items()}
    return Vocabulary(known.total, {word: n for word, n in kept.items() if n})
