"""Catalog -> graph: where links lead, who links back, what is related, what was never noted.

``connect`` tells the story (its second half, ``compare``, can be told aside, of ``matter`` alone); one file
for each thing it does.  rapidfuzz is imported only when a link leads nowhere.
"""

from vault.link.again import Last
from vault.link.connect import compare, connect, linked, relate
from vault.link.find import closest, notes_named, works_named
from vault.link.matter import Matter, matter
from vault.link.vectors import Vocabulary
from vault.link.vocabulary import unmoved, vocabulary
from vault.records import slot_key

__all__ = [
    "Last",
    "Matter",
    "Vocabulary",
    "closest",
    "compare",
    "connect",
    "linked",
    "matter",
    "notes_named",
    "relate",
    "slot_key",
    "unmoved",
    "vocabulary",
    "works_named",
]
