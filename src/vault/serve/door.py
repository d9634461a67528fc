"""Connections: how many, how long they may keep us waiting, and what a broken request is told."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from vault.serve.answers import ALWAYS

MOST = 64
HEAD_SECONDS = 10.0
"""How long the head of a request may take to come, and an idle connection may last."""


_HEADERS = {**ALWAYS, "content-length": "0", "connection": "close"}
BAD_REQUEST = "\r\n".join(
    ["HTTP/1.1 400 Bad Request", *(f"{name}: {value}" for name, value in _HEADERS.items()), "", ""]
).encode("ascii")


class Door:
    """The open connections, the oldest first; ``streams`` are those that carry events, and are counted
    by themselves."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.connections: dict[Guarded, None] = {}
        self.streams: set[Any] = set()

    def enter(self, new: Guarded) -> None:
        """One more; where there are too many, the oldest goes that has no request to be answered or takes
        too long to read the answer, else the new one."""
        self.connections[new] = None
        others = [one for one in self.connections if one.client not in self.streams]
        if len(others) > self.most:
            free = [one for one in others if one is not new and (one.idle() or one.old())]
            (free[0] if free else new).abort()

    def leave(self, old: Guarded) -> None:
        self.connections.pop(old, None)
        self.streams.discard(old.client)

    def carry(self, client: Any) -> None:
        """The connection of this client carries events from now on."""
        self.streams.add(client)

    def drop(self, client: Any) -> None:
        """Close the connection of this client, whatever it still has to read."""
        for one in list(self.connections):
            if one.client == client:
                one.abort()

    def close(self) -> None:
        for one in list(self.connections):
            one.abort()


class Guarded(H11Protocol):
    """HTTP/1.1 with a limit on the time that a request's head takes.  ``door`` is set by ``protocol``."""

    door: Door
    late: asyncio.TimerHandle | None = None
    born = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.born = self.loop.time()
        self.wait()
        self.door.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.late:
            self.late.cancel()
        self.door.leave(self)
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        self.door.streams.discard(self.client)
        self.wait()
        super().on_response_complete()

    def wait(self) -> None:
        """Give the next request so long to come."""
        if self.late:
            self.late.cancel()
        self.late = self.loop.call_later(HEAD_SECONDS, self.expire)

    def expire(self) -> None:
        if self.idle():
            self.abort()

    def idle(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def old(self) -> bool:
        return self.loop.time() - self.born > HEAD_SECONDS

    def abort(self) -> None:
        self.door.leave(self)
        if not self.transport.is_closing():
            self.transport.abort()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - uvicorn's own word is not repeated
        """What could not be read as a request: no word about it, and the end."""
        if self.idle():
            self.transport.write(BAD_REQUEST)
        self.transport.close()


def protocol(door: Door) -> type[Guarded]:
    """The protocol class for connections through this door."""
    return type("Protocol", (Guarded,), {"door": door})
