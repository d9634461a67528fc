"""The site in a browser while its notes are written: watch, answer, tell.

Nothing is written but a copy of the index in ``.vault/``.  Events are hints, the rescan by stat is the
truth; every answer comes from the last good survey, by a lookup among the files it would write; pages are
made when they are asked for.  Guests: starlette, uvicorn, watchdog.
"""

from vault.serve.server import Serving, Wishes, serve

__all__ = ["Serving", "Wishes", "serve"]
