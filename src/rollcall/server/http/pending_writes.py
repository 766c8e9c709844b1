"""Writes that go out together: the replies of one turn of the event loop."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PATIENCE = 0.001


class PendingWrites:
    """What is to be written to sockets, until what the event loop has to do in this turn is done.

    A write wakes whoever waits at the other end. Where that is a program on the same machine, most often a proxy, the
    writer pays for it, and pays again for each reply that it writes a little later. Written together, the replies to
    requests that came together wake it once.

    Args:
        patience: Seconds after which what was added first waits for no further piece of work.
        clock: Tells seconds.
    """

    def __init__(self, patience: float = _PATIENCE, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience = patience
        self._clock = clock
        self._writes: deque[tuple[asyncio.Transport, bytes]] = deque()
        self._due = 0.0

    def add(self, transport: asyncio.Transport, data: bytes) -> None:
        """Write something soon.

        Whoever writes to the transport in another way, or closes it, flushes first.
        """
        if not self._writes:
            asyncio.get_running_loop().call_soon(self.flush)
            self._due = self._clock() + self._patience
        self._writes.append((transport, data))
        self.flush_if_due()

    def flush_if_due(self) -> None:
        """Write all there is, if the first of it has waited for long. To be called between pieces of work."""
        if self._writes and self._clock() >= self._due:
            self.flush()

    def flush(self) -> None:
        """Write all there is now."""
        while self._writes:
            transport, data = self._writes.popleft()
            # Its client may have gone since.
            if not transport.is_closing():
                transport.write(data)
