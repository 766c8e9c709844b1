"""Writes that go out together: the replies of one turn of the event loop."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PATIENCE = 0.001


class PendingWrites:
    """What is to be written to sockets before the event loop turns to anything else.

    A write wakes whoever waits at the other end. Where that is a program on the same machine, most often a proxy, the
    writer pays for it, and pays again for each reply that it writes a little later. Written together, the replies to
    requests that came together wake it once.

    Args:
        patience: Seconds after which what was added first waits for no more.
        clock: Tells seconds.
    """

    def __init__(self, patience: float = _PATIENCE, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience = patience
        self._clock = clock
        self._writes: list[tuple[asyncio.Transport, bytes]] = []
        self._due = 0.0

    def add(self, transport: asyncio.Transport, data: bytes) -> None:
        """Write something, at the latest as the first thing of the event loop's next turn.

        Who writes to the transport in another way, or closes it, flushes first.
        """
        now = self._clock()
        if not self._writes:
            asyncio.get_running_loop().call_soon(self.flush)
            self._due = now + self._patience
        self._writes.append((transport, data))
        if now >= self._due:
            self.flush()

    def flush(self) -> None:
        """Write all there is now."""
        writes, self._writes = self._writes, []
        for transport, data in writes:
            # Its client may have gone since.
            if not transport.is_closing():
                transport.write(data)
