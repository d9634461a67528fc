"""Metadata of papers over HTTP, for the lock file.

Nothing else in vault opens a socket to elsewhere.  Only hosts of the services are asked, over https,
one request at a time, each at its pace; every answer is held against limits of time and size, taken
apart as text of a stranger, and merged into entries (``vault.records.lock``).
"""

from vault.fetch.client import Client
from vault.fetch.errors import FetchError
from vault.fetch.limits import Clock, Limits
from vault.fetch.pace import Pace
from vault.fetch.run import SERVICES, Desk, Fetched, Wanted, fetch, keys_of, places
from vault.fetch.store import Store

__all__ = [
    "SERVICES",
    "Client",
    "Clock",
    "Desk",
    "FetchError",
    "Fetched",
    "Limits",
    "Pace",
    "Store",
    "Wanted",
    "fetch",
    "keys_of",
    "places",
]
