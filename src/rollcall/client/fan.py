"""Many calls at once, or one after another: the ports for what a flow asks for together."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import asyncio

R = TypeVar("R")

Calls = Iterable[Callable[[], Coroutine[Any, Any, R]]]
"""Calls that have not begun."""


class OneByOne:
    """Makes each call when its result is asked for, so that it never suspends."""

    async def in_order(self, calls: Calls[R]) -> AsyncGenerator[R]:
        """The results of the calls, in their order."""
        for call in calls:
            yield await call()


class Together:
    """Has several calls under way on an event loop.

    Args:
        limit: How many, at most. What is finished but not yet taken counts, so that no more is held than that.
    """

    def __init__(self, limit: int = 4) -> None:
        self._limit = limit

    async def in_order(self, calls: Calls[R]) -> AsyncGenerator[R]:
        """The results of the calls, in their order. Where one fails, or nobody asks on, the others are cancelled."""
        import asyncio  # here, because it takes as long to load as all of httpx, and who reads no pages needs none

        waiting = iter(calls)
        begun: deque[asyncio.Task[R]] = deque()
        try:
            while True:
                while len(begun) < self._limit and (call := next(waiting, None)) is not None:
                    begun.append(asyncio.create_task(call()))
                if not begun:
                    return
                yield await begun.popleft()
        finally:
            for task in begun:
                task.cancel()
            await asyncio.gather(*begun, return_exceptions=True)
