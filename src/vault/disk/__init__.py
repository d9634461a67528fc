"""The two doors: what is read from disk, and what is written to it.

In: the vault's place, its settings, notes, library, templates.  Out: the site.  Everything read comes
with its stat, and is read by descriptors of regular files inside the vault; everything written is
staged first, and nothing is deleted that is not as vault wrote it.
"""

from vault.disk.attachments import digest, measure, pixels
from vault.disk.codes import Codes
from vault.disk.compare import differences
from vault.disk.digests import still, unsettled
from vault.disk.find import find_vault, site_folder
from vault.disk.inputs import (
    Inputs,
    authors,
    config_text,
    inputs,
    libraries,
    lock_text,
    pages,
    places,
    tag_descriptions,
    templates,
)
from vault.disk.lock import cache_folder, locked
from vault.disk.manifest import NAME as MANIFEST
from vault.disk.manifest import notes_of, owned
from vault.disk.read import Read, foreign, read
from vault.disk.scan import scan
from vault.disk.stage import UNNAMED, Made, Stage
from vault.disk.standing import Otherwise, as_known, otherwise, standing, unchanged
from vault.disk.swap import Outcome, publish
from vault.disk.theme import based_on, eject, is_theme, originals, own, shipped, standing_copy
from vault.disk.write import create, free_name, replace, text_of, write_whole

__all__ = [
    "MANIFEST",
    "UNNAMED",
    "Codes",
    "Inputs",
    "Made",
    "Otherwise",
    "Outcome",
    "Read",
    "Stage",
    "as_known",
    "authors",
    "based_on",
    "cache_folder",
    "config_text",
    "create",
    "differences",
    "digest",
    "eject",
    "find_vault",
    "foreign",
    "free_name",
    "inputs",
    "is_theme",
    "libraries",
    "lock_text",
    "locked",
    "measure",
    "notes_of",
    "originals",
    "otherwise",
    "own",
    "owned",
    "pages",
    "pixels",
    "places",
    "publish",
    "read",
    "replace",
    "scan",
    "shipped",
    "site_folder",
    "standing",
    "standing_copy",
    "still",
    "tag_descriptions",
    "templates",
    "text_of",
    "unchanged",
    "unsettled",
    "write_whole",
]
