"""View and templates to bytes: pages, feeds, and the stylesheet and script they use.

A template sees ``page`` (a record of ``vault.records.views``), ``site`` (``page.site``), ``asset(name)``
(the fingerprinted path of another file of ``assets/``), ``given`` (the hooks that are in use) and ``policy``
(the Content-Security-Policy), no more.
Beside Jinja's own filters there is ``number`` (1,204).  Guest: jinja2.
"""

from vault.render.assets import assets
from vault.render.contract import stale
from vault.render.engine import Engine, engine
from vault.render.feeds import json_feed
from vault.render.policy import policy

__all__ = ["Engine", "assets", "engine", "json_feed", "policy", "stale"]
