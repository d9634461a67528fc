"""The browsers that listen: each is told that something changed, never more than once ahead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

MOST = 256
BEAT = 15.0
"""Seconds between signs of life, so that a connection that is dead is noticed."""


class Client:
    """A page that is open in a browser: ``path`` is its file, ``drop`` closes its connection."""

    def __init__(self, path: str, drop: Callable[[], None]) -> None:
        self.path, self.drop = path, drop
        self.open = True
        self._stirred = asyncio.Event()

    def stir(self) -> None:
        """Something changed: a flag, so what a slow reader has not taken does not pile up."""
        self._stirred.set()

    async def stirred(self, seconds: float = BEAT) -> bool:
        """Whether something changed within so many seconds."""
        try:
            await asyncio.wait_for(self._stirred.wait(), seconds)
        except TimeoutError:
            return False
        self._stirred.clear()
        return True

    def end(self) -> None:
        self.open = False
        self.stir()


class Streams:
    """All clients, the oldest first.  Used in the event loop; only ``paths`` by other threads."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._clients: dict[Client, None] = {}

    def __len__(self) -> int:
        return len(self._clients)

    def enter(self, client: Client) -> None:
        """One more; the oldest makes room where there are too many."""
        while len(self._clients) >= self.most:
            oldest = next(iter(self._clients))
            self.leave(oldest)
            oldest.end()
            oldest.drop()
        self._clients[client] = None

    def leave(self, client: Client) -> None:
        self._clients.pop(client, None)

    def stir(self) -> None:
        for client in list(self._clients):
            client.stir()

    def end(self) -> None:
        for client in list(self._clients):
            client.end()

    def paths(self) -> tuple[str, ...]:
        """The files of the pages that are open."""
        return tuple(dict.fromkeys(client.path for client in list(self._clients)))
