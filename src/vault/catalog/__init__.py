"""Notes and library -> the catalog: who stays, works, citation keys, tags, days.

``gather`` tells the story; one file for each thing it does.
"""

from vault.catalog.gather import gather

__all__ = ["gather"]
