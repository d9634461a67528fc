"""A server for tests: `vault serve` in this process on a free port, raw requests, and a browser's event stream."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from vault.build import Options
from vault.disk import find_vault
from vault.serve import Serving, Wishes
from vault.serve.memory import own_folder
from vault.serve.ports import listening

TAG = re.compile(rb'<script src="/__vault/live.js" data-token="[^"]*" data-seen="[^"]*" defer></script>\n')
SECONDS = 15.0
"""So long a test waits for what must happen; far longer than it takes."""


class Reply(NamedTuple):
    """``body`` is what came after the head, as it came."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Served:
    """A running server: ``lines`` is what it printed."""

    def __init__(self, serving: Serving, port: int, lines: list[str]) -> None:
        self.serving, self.port, self.lines = serving, port, lines
        self.token = serving.site.token
        self.thread: threading.Thread

    def raw(self, data: bytes, seconds: float = 5.0) -> bytes:
        """What the server sends for these bytes, until it closes or says nothing more for a while."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as one:
            one.sendall(data)
            return received(one)

    def request(self, target: str | bytes = "/", *headers: str, method: str = "GET", host: str = "") -> Reply:
        """One request on a connection of its own; the target goes out as it is."""
        raw = target if isinstance(target, bytes) else target.encode("utf-8")
        lines = [f"Host: {host or f'localhost:{self.port}'}", "Connection: close", *headers]
        head = (
            method.encode() + b" " + raw + b" HTTP/1.1\r\n" + "\r\n".join([*lines, "", ""]).encode("latin-1")
        )
        return parsed(self.raw(head))

    def page(self, address: str) -> bytes:
        """A page as a build would write it: without the live script."""
        reply = self.request(quote(address, safe="/%"))
        assert reply.status == 200, (address, reply.status)
        return TAG.sub(b"", reply.body)

    def listen(self, address: str = "/") -> Listener:
        return Listener(self, address)

    def until(self, found: Callable[[], Any], seconds: float = SECONDS) -> Any:
        """What ``found`` gives once that is something."""
        end = time.monotonic() + seconds
        while not (value := found()):
            assert time.monotonic() < end, f"it never came to be; the server said {self.lines}"
            time.sleep(0.005)
        return value

    def until_served(self, address: str, text: str) -> float:
        """Seconds until the page at an address has the text."""
        began = time.monotonic()
        self.until(lambda: text.encode() in self.request(address).body)
        return time.monotonic() - began

    def quiet(self, seconds: float = 0.4) -> None:
        """Wait until nothing has been surveyed for a while."""
        attempts, since = -1, time.monotonic()
        while time.monotonic() - since < seconds:
            now = self.serving.site._attempts
            if now != attempts:
                attempts, since = now, time.monotonic()
            time.sleep(0.02)


class Listener:
    """An event stream, read by a thread of its own: every state that came, with its time."""

    def __init__(self, served: Served, address: str) -> None:
        self.states: list[tuple[float, dict[str, Any]]] = []
        self.served, self.address = served, address
        self.socket = socket.create_connection(("127.0.0.1", served.port))
        target = f"/__vault/events?token={served.token}&page={quote(address)}"
        self.socket.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost:{served.port}\r\n\r\n".encode())
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()
        served.until(lambda: self.states)

    def _read(self) -> None:
        pending = b""
        with contextlib.suppress(OSError):
            while data := self.socket.recv(65_536):
                pending += data
                *whole, pending = pending.split(b"\n\n")
                for event in whole:
                    at = event.find(b"data: ")
                    if at >= 0:
                        # a chunk may begin inside the line: its length stands before it
                        text = re.sub(rb"\r\n[0-9a-f]+\r\n", b"", event[at + 6 :])
                        self.states.append((time.monotonic(), json.loads(text)))

    @property
    def last(self) -> dict[str, Any]:
        return self.states[-1][1]

    def until(self, found: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        self.served.until(lambda: found(self.last))
        return self.last

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(2)


@contextlib.contextmanager
def served(
    root: Path, *, watch: bool = True, options: Options | None = None, **wishes: Any
) -> Iterator[Served]:
    """The vault in this folder, served; what the server left running fails the test."""
    vault, lines = find_vault(str(root)), list[str]()
    wanted = Wishes(watch=watch, **wishes)
    sockets = listening(wanted.host, wanted.port or 0)
    before = set(threading.enumerate())
    with own_folder(vault, options or Options(jobs=1)) as folder:
        serving = Serving(vault, options or Options(jobs=1), folder, wanted, lines.append)
        base, ready = serving.first(), threading.Event()
        thread = threading.Thread(target=serving.run, args=(sockets, base, lambda _: ready.set()))
        thread.start()
        assert ready.wait(5)
        try:
            running = Served(serving, sockets[0].getsockname()[1], lines)
            running.thread = thread
            yield running
        finally:
            serving.stop()
            thread.join(5)
    assert not thread.is_alive()
    left = [
        one for one in set(threading.enumerate()) - before if one.is_alive() and "watch" in one.name.lower()
    ]
    assert not left, left


def received(one: socket.socket) -> bytes:
    data = b""
    with contextlib.suppress(OSError):
        while piece := one.recv(65_536):
            data += piece
    return data


def parsed(data: bytes) -> Reply:
    head, _, body = data.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if headers.get("transfer-encoding") == "chunked":
        body = unchunked(body)
    return Reply(int(status.split(" ")[1]) if status else 0, headers, body)


def unchunked(data: bytes) -> bytes:
    whole = b""
    while data:
        length, _, data = data.partition(b"\r\n")
        whole, data = whole + data[: int(length, 16)], data[int(length, 16) + 2 :]
    return whole
