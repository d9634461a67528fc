"""View and templates to bytes: pages, feeds, and the stylesheet and script they use.

A template sees ``page`` (a record of ``vault.records.views``), ``site`` (``page.site``), ``asset(name)``
(the fingerprinted path of another file of ``assets/``), ``given`` (the hooks that are in use) and ``policy``
(the Content-Security-Policy), no more.  ``_``, ``pgettext`` and ``ngettext`` say words in the vault's
language.
Beside Jinja's own filters there is ``number`` (1,204).  Guest: jinja2.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from vault.render.assets import assets
from vault.render.contract import stale, version
from vault.render.contrast import contrasts, unknown_tokens
from vault.render.feeds import json_feed
from vault.render.picture import installed as draws
from vault.render.policy import policy

if TYPE_CHECKING:
    from vault.render.blocks import blocks_of
    from vault.render.making import Engine, engine
    from vault.render.manual import reference
    from vault.render.upstream import Compared, compared

LATER = {
    "blocks_of": "blocks",
    "Engine": "making",
    "engine": "making",
    "reference": "manual",
    "Compared": "upstream",
    "compared": "upstream",
}
"""What is loaded when it is first asked for: Jinja, most of it, takes 30 ms, and many builds have it at hand
in another process."""

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


def __getattr__(name: str) -> Any:
    if name not in LATER:
        raise AttributeError(name)
    found = globals()[name] = getattr(import_module(f"vault.render.{LATER[name]}"), name)
    return found
