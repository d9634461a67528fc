"""Catalog -> graph: where links lead, who links back, what is related, what was never noted.

``connect`` tells the story; one file for each thing it does.  rapidfuzz is imported only when a
link leads nowhere.
"""

from vault.link.again import Last
from vault.link.connect import connect, relate
from vault.link.find import closest, notes_named, works_named
from vault.link.vocabulary import Vocabulary, unmoved, vocabulary
from vault.records import slot_key

__all__ = [
    "Last",
    "Vocabulary",
    "closest",
    "connect",
    "notes_named",
    "relate",
    "slot_key",
    "unmoved",
    "vocabulary",
    "works_named",
]
