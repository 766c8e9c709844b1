"""Changes of many at once: what became of each."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

K = TypeVar("K")


class BulkResult(msgspec.Struct, Generic[K], frozen=True):
    """What became of a change of many.

    Attributes:
        done: Those that were changed, or were so already.
        failed: What the server says of each of the others.
    """

    done: list[K]
    failed: dict[K, str]
