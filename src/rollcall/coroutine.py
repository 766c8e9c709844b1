"""Finishing a coroutine without an event loop.

Behaviour is written once, as `async def` over a port; where the port never suspends, `complete` runs it.
"""

from collections.abc import Coroutine
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
