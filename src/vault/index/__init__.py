"""SQLite at ``.vault/index.db``: remembered pieces, tables to query, full text.

A projection of the notes: deleting it loses nothing but time, and no page can come out otherwise
because of it.  It receives what reads and parses; it knows neither.
"""

from vault.index.attempts import with_memory
from vault.index.bodies import Bodies
from vault.index.memory import Kept, Memory, Recall, Remembered
from vault.index.reading import READING, Parser, key_of, task
from vault.index.rows import At, Filed
from vault.index.search import BEGIN, END, Found, Hit, Text
from vault.index.shelf import Shelf
from vault.index.stamp import parse_stamp, tool_stamp
from vault.index.store import DamagedError, UnusableError

__all__ = [
    "BEGIN",
    "END",
    "READING",
    "At",
    "Bodies",
    "DamagedError",
    "Filed",
    "Found",
    "Hit",
    "Kept",
    "Memory",
    "Parser",
    "Recall",
    "Remembered",
    "Shelf",
    "Text",
    "UnusableError",
    "key_of",
    "parse_stamp",
    "task",
    "tool_stamp",
    "with_memory",
]
