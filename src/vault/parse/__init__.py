"""Source -> pieces -> notes: a note, a dated log, a reading list.

``split`` cuts a file into the pieces that are remembered, ``piece`` makes notes of one and never
raises; ``page`` reads a text that stands on a page of the site, ``recall`` spares work on what an
earlier body shows.  No settings, no clock, no other file: what needs them leaves as data.
"""

from vault.markdown import recall
from vault.parse.guard import page, piece
from vault.parse.split import split

__all__ = ["page", "piece", "recall", "split"]
