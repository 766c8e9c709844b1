"""Caches on disk, to be given to an endpoint.

They keep accounts and servers apart, and answer only with what is fresh. A damaged file is set aside, and one that is
locked or cannot be written is done without, both with a warning in the log `toggl_api.cache`: no call fails for it.
"""

from __future__ import annotations

from datetime import timedelta
from os import PathLike
from pathlib import Path

from rollcall.client.cache.json_store import JSONStore
from rollcall.client.cache.sqlite_store import SqliteStore
from rollcall.client.cache.store import Store


class TogglCache:
    """What the caches have in common.

    Args:
        store: What reads and writes the file.
        expire_after: For how long it answers with what it keeps: a timedelta, or seconds. None for ever, 0 never.

    Attributes:
        store: What reads and writes the file.
        expire_after: For how long it answers with what it keeps; None for ever.
    """

    def __init__(self, store: Store, expire_after: timedelta | float | None) -> None:
        self.store = store
        self.expire_after: timedelta | None = (
            timedelta(seconds=expire_after) if isinstance(expire_after, (int, float)) else expire_after
        )

    @property
    def cache_path(self) -> Path:
        """The file."""
        return self.store.path


class JSONCache(TogglCache):
    """A cache in `cache.json`: small, and easy to look into. Use `SqliteCache` where several processes share one.

    Args:
        path: The folder for the file; it is made when there is something to keep.
        expire_after: For how long it answers with what it keeps: a timedelta, or seconds. None for ever, 0 never.
    """

    def __init__(self, path: str | PathLike[str], expire_after: timedelta | float | None = None) -> None:
        super().__init__(JSONStore(Path(path) / "cache.json"), expire_after)


class SqliteCache(TogglCache):
    """A cache in `cache.sqlite`: for many objects, and for several processes.

    Args:
        path: The folder for the file; it is made when there is something to keep.
        expire_after: For how long it answers with what it keeps: a timedelta, or seconds. None for ever, 0 never.
    """

    def __init__(self, path: str | PathLike[str], expire_after: timedelta | float | None = None) -> None:
        super().__init__(SqliteStore(Path(path) / "cache.sqlite"), expire_after)
