"""The sockets that a server listens on: opened together, and closed under nobody."""

from __future__ import annotations

import ctypes
import socket
import struct
import sys
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_BACKLOG = 1024
_SO_ATTACH_FILTER = 26
_DROP_SYN = (
    (0x30, 0, 0, 13),  # load the flags of the TCP header
    (0x45, 0, 1, 0x02),  # is SYN among them?
    (0x06, 0, 0, 0),  # yes: drop the packet
    (0x06, 0, 0, 0xFFFFFFFF),  # no: keep it whole
)
"""A classic BPF program for a listening socket."""


def listen(host: str, port: int, count: int = 1) -> list[socket.socket]:
    """Sockets that connections can be made to from now on, all at one address.

    Linux spreads connections over them. Elsewhere the same socket is returned `count` times, and whoever is quickest
    takes a connection.

    Args:
        host: The address to listen on, of IPv4 or IPv6, or a name for one.
        port: The port; 0 for one that is free.
        count: How many processes will take connections, each from a socket of its own.

    Raises:
        OSError: The address is not this machine's, or the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if count == 1 or sys.platform != "linux":
        return [socket.create_server((host, port), family=family, backlog=_BACKLOG)] * count
    # Opened alone, the first finds a port taken even by somebody who would share it.
    first = _bound(family, (host, port))
    sockets = [first]
    try:
        first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        first.listen(_BACKLOG)
        for _ in range(count - 1):
            sockets.append(_bound(family, first.getsockname(), shared=True))
            sockets[-1].listen(_BACKLOG)
    except BaseException:
        for each in sockets:
            each.close()
        raise
    return sockets


def refuse_newcomers(sockets: Sequence[socket.socket]) -> None:
    """Let nobody begin to connect, while those who have begun still get in.

    Closing a socket resets the connections that nobody has accepted yet, and between finding none and closing it one
    may come. So the kernel is told first to drop what would begin a connection: who tries asks again a second later,
    and hears that nobody listens. Other systems than Linux know no such thing; there a newcomer may be reset.
    """
    if sys.platform != "linux":
        return
    program = b"".join(struct.pack("HBBI", *instruction) for instruction in _DROP_SYN)
    kept = ctypes.create_string_buffer(program, len(program))
    for each in sockets:
        with suppress(OSError):
            each.setsockopt(
                socket.SOL_SOCKET, _SO_ATTACH_FILTER, struct.pack("HP", len(_DROP_SYN), ctypes.addressof(kept))
            )


def has_newcomers(sockets: Sequence[socket.socket]) -> bool:
    """Whether anybody has connected whom nobody has accepted yet."""
    with DefaultSelector() as selector:
        for each in set(sockets):
            selector.register(each, EVENT_READ)
        return bool(selector.select(0))


def _bound(family: socket.AddressFamily, address: tuple[object, ...], *, shared: bool = False) -> socket.socket:
    bound = socket.socket(family)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        bound.bind(address)
    except BaseException:
        bound.close()
        raise
    return bound
