"""uvicorn as we want it: silent, in this process, and gone at once when it is asked to go."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn

from vault.serve.app import App
from vault.serve.door import Door, protocol
from vault.serve.guard import MOST_HEADER

SILENT = 1_000
"""A log level above all: what uvicorn has to say is said by us, or by nobody."""


class Quiet(uvicorn.Server):
    """A server that says nothing, and ends at once: streams and idle connections are cut."""

    def __init__(self, config: uvicorn.Config, end: Callable[[], None]) -> None:
        super().__init__(config)
        self.end, self.signal = end, 0
        self.done = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Ctrl-C and SIGTERM end the server (in the main thread; elsewhere they are not ours)."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop, number)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    def stop(self, number: int = 0) -> None:
        self.signal, self.should_exit = number, True
        self.done.set()

    async def main_loop(self) -> None:
        await self.done.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.end()
        await asyncio.sleep(0)
        await super().shutdown(sockets)


def configured(app: App, door: Door) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=protocol(door),
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level=SILENT,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=MOST_HEADER,
        timeout_graceful_shutdown=1,
    )
