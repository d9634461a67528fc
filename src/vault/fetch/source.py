"""The one interface of all services."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from vault.fetch.client import Request
from vault.records import LockEntry, PaperId
from vault.tuples import NamedTuple


class Account(NamedTuple):
    """Who asks, and with which key of the service at hand."""

    mailto: str = ""
    key: str = ""


class Service(NamedTuple):
    """A service that knows papers.

    ``name`` stands in files, ``label`` in messages; ``home`` is its address, ``interval`` the seconds
    between two requests, ``batch`` how many papers a request may name.  ``call`` gives the service's name
    of a paper, empty where it has none.  ``request`` asks for these names at an address (``home`` or
    another); ``read`` takes the answer apart: name -> entry, only for names that were asked.  ``read``
    raises FetchError.
    """

    name: str
    label: str
    home: str
    interval: float
    batch: int
    call: Callable[[PaperId], str]
    request: Callable[[str, Sequence[str], Account], Request]
    read: Callable[[bytes, Sequence[str]], dict[str, LockEntry]]
