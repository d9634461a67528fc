"""Catalog -> graph: where links lead, who links back, what is related, what was never noted.

``connect`` tells the story; one file for each thing it does.  rapidfuzz is imported only when a
link leads nowhere.
"""

from vault.link.connect import connect
from vault.link.find import closest, works_named
from vault.records import slot_key

__all__ = ["closest", "connect", "slot_key", "works_named"]
