"""Catalog -> graph: where links lead, who links back, what is related, what was never noted.

``connect`` tells the story; one file for each thing it does.  rapidfuzz is imported only when a
link leads nowhere.
"""

from vault.link.connect import connect
from vault.link.find import closest, notes_named, works_named
from vault.link.related import neighbours
from vault.link.vocabulary import Vocabulary, unmoved, vocabulary
from vault.records import slot_key

__all__ = [
    "Vocabulary",
    "closest",
    "connect",
    "neighbours",
    "notes_named",
    "slot_key",
    "unmoved",
    "vocabulary",
    "works_named",
]
