"""Finishing a coroutine without an event loop.

Behaviour is written once, as `async def` over a port; where the port never suspends, `complete` runs it, and `iterate`
runs an asynchronous generator.
"""

from collections.abc import AsyncGenerator, Coroutine, Iterator
from typing import Any, TypeVar

R = TypeVar("R")


def complete(coroutine: Coroutine[Any, Any, R]) -> R:
    """Runs a coroutine that never suspends to its end, in one step.

    Args:
        coroutine: It may await only what answers at once. It is closed afterwards, however it ended.

    Returns:
        What the coroutine returns.

    Raises:
        RuntimeError: The coroutine suspended: it awaited something that needs an event loop.
        BaseException: Whatever the coroutine raises.
    """
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: R = end.value
        return result
    finally:
        coroutine.close()
    name = getattr(coroutine, "__qualname__", repr(coroutine))
    raise RuntimeError(f"{name} awaited something that does not answer at once: here only its port can be awaited")


def iterate(generator: AsyncGenerator[R]) -> Iterator[R]:
    """What an asynchronous generator that never suspends yields.

    It is closed when nobody asks on.

    Raises:
        RuntimeError: It suspended: it awaited something that needs an event loop.
        BaseException: Whatever the generator raises.
    """
    while True:
        try:
            item = complete(_next(generator))
        except StopAsyncIteration:
            return
        try:
            yield item
        except BaseException:
            complete(generator.aclose())
            raise


async def _next(generator: AsyncGenerator[R]) -> R:
    return await anext(generator)
