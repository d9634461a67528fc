"""A ``vault serve`` in a process of its own, asked as a browser asks: for ``saves.py`` and ``soak.py``."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from bench.run import free_port, tree_pss

TOKEN = re.compile(rb'data-token="([^"]*)"')
TAG = re.compile(rb'<script src="/__vault/live.js" data-token="[^"]*" data-seen="[^"]*" defer></script>\n')
TODAY = "2026-11-20"


class Held(NamedTuple):
    """What the process holds at one moment."""

    mib: float
    threads: int
    files: int


class Live:
    """The server; ``lines`` is what it printed so far."""

    def __init__(self, root: Path, *options: str) -> None:
        self.root, self.port, self.lines = root, free_port(), list[str]()
        vault = str(Path(sys.executable).with_name("vault"))
        command = [vault, "serve", "--watch", "--vault", str(root), "--port", str(self.port), *options]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "VAULT_TODAY": TODAY},
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.until(lambda: any("Ctrl-C ends" in line for line in self.lines), 600)
        self.link = http.client.HTTPConnection("localhost", self.port, timeout=60)
        found = TOKEN.search(self.get("/")[1])
        assert found, "pages have no live script"
        self.token = found[1].decode()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def get(self, address: str) -> tuple[int, bytes]:
        """Status and body, over one connection that stays open."""
        for again in (True, False):
            try:
                self.link.request("GET", quote(address, safe="/%"))
                answer = self.link.getresponse()
                return answer.status, answer.read()
            except (http.client.HTTPException, OSError):
                self.link.close()
                if not again:
                    raise
        raise AssertionError

    def listen(self, address: str) -> Stream:
        return Stream(self, address)

    def held(self) -> Held:
        pid = self.process.pid
        threads = len(os.listdir(f"/proc/{pid}/task"))
        return Held(tree_pss(pid), threads, len(os.listdir(f"/proc/{pid}/fd")))

    def cpu(self) -> float:
        """Seconds of processor time that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def children(self) -> list[str]:
        """Processes that it has started and that live."""
        pid = self.process.pid
        return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()

    def quiet(self, seconds: float = 0.6, most: float = 120.0) -> None:
        """Wait until it has used no processor to speak of, and printed nothing, for a while."""
        end, since = time.monotonic() + most, time.monotonic()
        before = (self.cpu(), len(self.lines))
        while time.monotonic() - since < seconds and time.monotonic() < end:
            time.sleep(0.05)
            now = (self.cpu(), len(self.lines))
            if now[0] - before[0] > 0.03 or now[1] != before[1]:
                before, since = now, time.monotonic()

    def until(self, found: Callable[[], Any], seconds: float) -> Any:
        end = time.monotonic() + seconds
        while not (value := found()):
            if time.monotonic() > end or self.process.poll() is not None:
                raise AssertionError(f"it never came; the server said {self.lines[-5:]}")
            time.sleep(0.005)
        return value

    def end(self) -> tuple[float, int]:
        """Ctrl-C: seconds until it is gone, and its exit code."""
        self.link.close()
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        return time.monotonic() - began, self.process.returncode

    def port_is_free(self) -> bool:
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(("127.0.0.1", self.port))
            except OSError:
                return False
        return True


class Stream:
    """The events of one open page, read by a thread: ``last`` is the newest, ``count`` how many came."""

    def __init__(self, live: Live, address: str) -> None:
        self.live, self.address = live, address
        self.last: dict[str, Any] = {}
        self.count = 0
        self.came = threading.Condition()
        self.socket = socket.create_connection(("127.0.0.1", live.port))
        target = f"/__vault/events?token={live.token}&page={quote(address)}"
        self.socket.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost:{live.port}\r\n\r\n".encode())
        threading.Thread(target=self._read, daemon=True).start()
        live.until(lambda: self.count, 60)

    def _read(self) -> None:
        pending = b""
        with contextlib.suppress(OSError):
            while data := self.socket.recv(65_536):
                pending += data
                *whole, pending = pending.split(b"\n\n")
                for event in whole:
                    at = event.find(b"data: ")
                    if at >= 0:
                        self._heard(re.sub(rb"\r\n[0-9a-f]+\r\n", b"", event[at + 6 :]))

    def _heard(self, text: bytes) -> None:
        with self.came:
            self.last, self.count = json.loads(text), self.count + 1
            self.came.notify_all()

    def until(self, found: Callable[[], bool], seconds: float) -> float | None:
        """Seconds until it holds, asked at every event; None when it never did."""
        began = time.monotonic()
        seen = -1
        while not (self.count != seen and found()):
            seen = self.count
            with self.came:
                if self.count == seen:
                    self.came.wait(0.25)
            if time.monotonic() - began > seconds:
                return None
            if self.count == seen and found():  # served, and no event told of it yet
                break
        return time.monotonic() - began

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


@contextlib.contextmanager
def serving(root: Path, *options: str) -> Iterator[Live]:
    """A server, which is ended whatever happens."""
    live = Live(root, *options)
    try:
        yield live
    finally:
        if live.process.poll() is None:
            live.end()
