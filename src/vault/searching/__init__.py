"""The site's search: notes' words as an index that the browser loads as it stands, cut into files.

The browser's engine is MiniSearch (``templates/assets/minisearch.js``); its index is written here, so
that no reader's machine has to make it.
"""

from vault.searching.files import script
from vault.searching.index import Field, index, posting
from vault.searching.parts import part_of, parts

__all__ = ["Field", "index", "part_of", "parts", "posting", "script"]
