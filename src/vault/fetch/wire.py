"""The one place where a socket is opened: addresses are looked at before, deadlines at every read."""

from __future__ import annotations

import ipaddress
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import httpx

from vault.fetch.errors import FetchError
from vault.fetch.limits import Clock

Resolve = Callable[[str, int], list[str]]
"""Host and port -> the addresses of the host."""
ADDRESSES = 4
"""So many of a host's addresses are tried."""


class Deadline:
    """When the answer that is being waited for must be there, by ``clock.ticks``."""

    def __init__(self, clock: Clock) -> None:
        self.clock, self.at = clock, 0.0

    def left(self, most: float | None) -> float:
        """Seconds until then, ``most`` at the most.  Raises ReadTimeout when there are none."""
        left = self.at - self.clock.ticks()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer took too long as a whole")
        return left if most is None else min(left, most)


class Stream(httpcore.NetworkStream):
    """A connection whose every read and write ends by the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self.inner, self.deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self.deadline.left(timeout)
        return Stream(self.inner.start_tls(ssl_context, server_hostname, left), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class Backend(httpcore.SyncBackend):
    """Connects to the address that was looked at, never to what a second look-up would give.

    ``own`` are hosts that ``vault.toml`` names: they may stand in a private network.
    """

    def __init__(self, deadline: Deadline, own: frozenset[str], resolve: Resolve) -> None:
        self.deadline, self.own, self.resolve = deadline, own, resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = in_time(self.resolve, host, port, self.deadline.left(timeout))
        checked = [address for address in addresses if is_open(address, private=host in self.own)]
        if not checked:
            raise FetchError(f"{host} leads to an address inside a private network")
        failed: Exception | None = None
        for address in checked[:ADDRESSES]:
            try:
                left = self.deadline.left(timeout)
                inner = super().connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return Stream(inner, self.deadline)
        raise failed or httpcore.ConnectError(f"no address for {host}")


def in_time(resolve: Resolve, host: str, port: int, seconds: float) -> list[str]:
    """What ``resolve`` gives within this time: the system's own resolver knows no limit.  Raises
    ConnectError and ConnectTimeout."""
    found: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def look() -> None:
        try:
            found.put(resolve(host, port))
        except (OSError, UnicodeError) as error:
            found.put(error)

    threading.Thread(target=look, daemon=True).start()
    try:
        answer = found.get(timeout=seconds)
    except queue.Empty:
        raise httpcore.ConnectTimeout(f"the address of {host} was not told in time") from None
    if isinstance(answer, Exception):
        raise httpcore.ConnectError(f"no address for {host}") from answer
    return answer


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, each once, as the system's resolver orders them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def is_open(address: str, *, private: bool) -> bool:
    """Whether an address may be talked to: any that is public; with ``private`` also loopback and
    private networks, but never link-local ones, where machines keep their secrets."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    found = mapped or found
    if found.is_link_local or found.is_multicast or found.is_unspecified:
        return False
    return found.is_global or (private and (found.is_private or found.is_loopback))


class Transport(httpx.HTTPTransport):
    """httpx's own transport over ``Backend``: no proxy, no certificate from the environment."""

    def __init__(self, backend: Backend) -> None:
        context = ssl.create_default_context()
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_connections=4, max_keepalive_connections=4, network_backend=backend
        )
