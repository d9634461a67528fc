"""Catalog -> graph: where links lead, who links back, what is related, what was never noted.

``connect`` tells the story (its second half, ``relate``, can be told aside); one file for each thing it
does.  rapidfuzz is imported only when a link leads nowhere.
"""

from vault.link.again import Last
from vault.link.connect import connect, linked, relate
from vault.link.find import closest, notes_named, works_named
from vault.link.vectors import Vocabulary
from vault.link.vocabulary import unmoved, vocabulary
from vault.records import slot_key

__all__ = [
    "Last",
    "Vocabulary",
    "closest",
    "connect",
    "linked",
    "notes_named",
    "relate",
    "slot_key",
    "unmoved",
    "vocabulary",
    "works_named",
]
