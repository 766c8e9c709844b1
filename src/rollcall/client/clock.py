"""The clocks of the two kinds of client."""

from __future__ import annotations

import time


class SyncClock:
    """Blocks its thread while it sleeps."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Come back after so many seconds."""
        time.sleep(seconds)  # noqa: ASYNC251 - this clock is only given to coroutines that no event loop runs


class AsyncClock:
    """Lets the event loop go on while it sleeps."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Come back after so many seconds."""
        import asyncio  # here, because it takes as long to load as all of httpx, and who never sleeps needs none

        await asyncio.sleep(seconds)
