"""A place to listen: the port that was asked for, or the first free one from there."""

from __future__ import annotations

import errno
import socket

from vault.records import VaultError

FIRST = 8000
TRIES = 100
LOOPBACK = ("127.0.0.1", "::1", "localhost")
BACKLOG = 128


def listening(host: str, port: int | None, first: int = FIRST) -> list[socket.socket]:
    """Sockets that listen, all on one port: on both loopback addresses when ``host`` is empty.

    ``port`` None is the first free one from ``first``, 0 any.  Raises VaultError when there is none.
    """
    addresses = [host] if host else ["127.0.0.1", "::1"]
    ports = [port] if port is not None else range(first, min(first + TRIES, 65_536))
    for number in ports:
        try:
            return bound(addresses, number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or port is not None:
                raise VaultError(*told(host, number, error)) from error
    raise VaultError(f"the ports from {first} on are all taken", hint="Name a free one with --port.")


def told(host: str, port: int, error: OSError) -> tuple[str]:
    where = f"{host or 'localhost'}:{port}"
    return (f"cannot listen on {where}: {(error.strerror or str(error)).lower()}",)


def bound(addresses: list[str], port: int) -> list[socket.socket]:
    """One socket an address; an address that this machine does not have may be missing if another is there.

    Raises OSError.
    """
    made: list[socket.socket] = []
    try:
        for address in addresses:
            try:
                one = listener(address, made[0].getsockname()[1] if made else port)
            except OSError as error:
                if error.errno == errno.EADDRINUSE or not made:
                    raise
                continue
            made.append(one)
    except OSError:
        for one in made:
            one.close()
        raise
    return made


def listener(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # With the protocol named asyncio sends at once; else an answer on a connection that stays open
    # waits 40 ms for the client to acknowledge its head.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((address, port))
        made.listen(BACKLOG)
        made.setblocking(False)
    except OSError:
        made.close()
        raise
    return made
