"""A cache's file as a client uses it: it never stands in the way, and never tells what it could not be told is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from rollcall.client.cache.store import Store, StoreUnavailable, is_within, log

R = TypeVar("R")


class CacheFile:
    """A store, and for how long it answers.

    A store that cannot be used now is as good as an empty one, and a line in the log: a warning the first time, later
    on for debugging only.

    Args:
        store: What reads and writes the file.
        expire_after: For how long it answers with what it keeps: a timedelta, or seconds. None for ever, 0 never.

    Raises:
        TypeError: `expire_after` is no time.
        ValueError: `expire_after` is below zero.

    Attributes:
        store: What reads and writes the file.
    """

    def __init__(self, store: Store, expire_after: timedelta | float | None) -> None:
        self.store = store
        self.expire_after = expire_after
        self._spoiled: set[str] = set()
        self._told: set[str] = set()

    @property
    def expire_after(self) -> timedelta | None:
        """For how long it answers; None for ever."""
        return self._expire_after

    @expire_after.setter
    def expire_after(self, value: timedelta | float | None) -> None:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            value = timedelta(seconds=value)
        if not isinstance(value, timedelta | None):
            raise TypeError(f"expire_after must be a timedelta, seconds or None, not {value!r}")
        if value is not None and value < timedelta(0):
            raise ValueError(f"expire_after must not be below zero, as {value} is")
        self._expire_after = value

    @property
    def is_used(self) -> bool:
        """Whether anything is kept at all."""
        return self._expire_after != timedelta(0)

    def is_quick(self, shelf: str) -> bool:
        """Whether `read` waits for nothing now, and is over sooner than a thread begins."""
        return not self._spoiling(shelf) and self.store.is_quick()

    def read(self, shelf: str, question: Callable[[Store], R]) -> R | None:
        """Ask the store about a shelf.

        Returns:
            What `question` answers; None if the store cannot be used now.
        """
        try:
            self._drop_if_spoiled(shelf)
            return question(self.store)
        except StoreUnavailable as error:
            self._tell(error)
            return None

    def write(self, shelf: str, change: Callable[[Store], object]) -> None:
        """Change a shelf. If that cannot be done now, nothing of it answers until it could be dropped."""
        try:
            self._drop_if_spoiled(shelf)
            change(self.store)
        except StoreUnavailable as error:
            self._spoiled.add(shelf)
            self._tell(error)

    def _drop_if_spoiled(self, shelf: str) -> None:
        for spoiled in self._spoiling(shelf):
            self.store.forget(spoiled)
            self._spoiled.discard(spoiled)

    def _spoiling(self, shelf: str) -> list[str]:
        """What could not be dropped, and the shelf is within."""
        return [spoiled for spoiled in self._spoiled if is_within(shelf, spoiled)]

    def _tell(self, error: StoreUnavailable) -> None:
        text = str(error)
        tell = log.debug if text in self._told else log.warning
        self._told.add(text)
        tell("The cache is not used: %s", text)
