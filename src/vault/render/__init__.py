"""View and templates to bytes: pages, feeds, and the stylesheet and script they use.

A template sees ``page`` (a record of ``vault.records.views``), ``site`` (``page.site``), ``asset(name)``
(the fingerprinted path of another file of ``assets/``), ``given`` (the hooks that are in use) and ``policy``
(the Content-Security-Policy), no more.  ``_``, ``pgettext`` and ``ngettext`` say words in the vault's
language.
Beside Jinja's own filters there is ``number`` (1,204).  Guest: jinja2.
"""

from vault.render.assets import assets
from vault.render.contract import blocks_of, stale, version
from vault.render.contrast import contrasts, unknown_tokens
from vault.render.engine import Engine, engine
from vault.render.feeds import json_feed
from vault.render.picture import installed as draws
from vault.render.policy import policy
from vault.render.reference import reference
from vault.render.upstream import Compared, compared

__all__ = [
    "Compared",
    "Engine",
    "assets",
    "blocks_of",
    "compared",
    "contrasts",
    "draws",
    "engine",
    "json_feed",
    "policy",
    "reference",
    "stale",
    "unknown_tokens",
    "version",
]
