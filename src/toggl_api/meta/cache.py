"""Caches on disk, to be given to an endpoint, and queries of what they have.

They keep accounts and servers apart, and answer only with what is fresh. A damaged file is set aside, and one that is
locked, cannot be written or is somebody else's is done without, with a warning in the log `toggl_api.cache`: no call
fails for it. Any number of threads and processes may use one file.

Example:
    >>> from httpx import BasicAuth
    >>> from toggl_api import OrganizationEndpoint
    >>> with OrganizationEndpoint(BasicAuth("ann@example.com", "secret"), JSONCache("cache", 3600)) as endpoint:
    ...     endpoint.query(TogglQuery("user_count", 10, Comparison.GREATER_THEN_OR_EQUAL))
    []
"""

from __future__ import annotations

import copy
import weakref
from datetime import timedelta
from os import PathLike
from pathlib import Path
from typing import Any, Self

from rollcall.client.cache.cache_file import CacheFile
from rollcall.client.cache.json_store import JSONStore
from rollcall.client.cache.model_cache import ModelCache
from rollcall.client.cache.query import Comparison, TogglQuery
from rollcall.client.cache.store import Store

__all__ = [
    "Comparison",
    "JSONCache",
    "MissingParentError",
    "NoCacheAssignedError",
    "SqliteCache",
    "TogglCache",
    "TogglQuery",
]


class MissingParentError(AttributeError):
    """The cache was not given to an endpoint, so it is not known what is asked for."""


class NoCacheAssignedError(AttributeError):
    """The endpoint has no cache that could be asked."""


class FileCache:
    """What all caches have in common.

    One file may serve many endpoints, of many accounts and servers. A cache that is given to one becomes its own: its
    `parent`. Given to another one too, that one's `cache` is another cache on the same file.

    Args:
        store: What reads and writes the file.
        expire_after: For how long it answers with what it keeps: a timedelta, or seconds. None for ever, 0 never.

    Raises:
        TypeError: `expire_after` is no time.
        ValueError: `expire_after` is below zero.

    Attributes:
        file: The file, and for how long it answers.
    """

    def __init__(self, store: Store, expire_after: timedelta | float | None) -> None:
        self.file: CacheFile = CacheFile(store, expire_after)
        self._shelf: ModelCache[Any] | None = None
        self._parent: weakref.ref[Any] | None = None

    @property
    def cache_path(self) -> Path:
        """The file's path."""
        return self.file.store.path

    @property
    def expire_after(self) -> timedelta | None:
        """For how long it answers with what it keeps; None for ever. It counts for all endpoints of this file."""
        return self.file.expire_after

    @expire_after.setter
    def expire_after(self, value: timedelta | float | None) -> None:
        self.file.expire_after = value

    @property
    def parent(self) -> Any:
        """The endpoint whose cache it is.

        Raises:
            MissingParentError: There is none.
        """
        parent = self._parent() if self._parent is not None else None
        if parent is None:
            raise MissingParentError(f"{self.cache_path} is the cache of no endpoint: give it to one")
        return parent

    @property
    def shelf(self) -> ModelCache[Any]:
        """Where its endpoint's objects are.

        Raises:
            MissingParentError: It was given to no endpoint.
        """
        if self._shelf is None:
            raise MissingParentError(f"{self.cache_path} is the cache of no endpoint: give it to one")
        return self._shelf

    def of(self, parent: object, shelf: ModelCache[Any]) -> Self:
        """The cache for an endpoint: this one, or one like it on the same file if it is another endpoint's.

        Args:
            parent: The endpoint.
            shelf: Where its objects are.
        """
        taken = self._parent is not None and self._parent() is not None
        cache = copy.copy(self) if taken else self
        cache._shelf, cache._parent = shelf, weakref.ref(parent)  # noqa: SLF001 - it is of this class
        return cache


class TogglCache(FileCache):
    """A cache that is asked without an event loop."""

    def query(self, *query: TogglQuery[Any], distinct: bool = False) -> list[Any]:
        """The endpoint's fresh objects that match each of the queries. Nothing is asked of the server.

        Args:
            *query: What they must match; none is matched by all.
            distinct: Of objects that are alike in every field that is asked about, only the first.

        Raises:
            MissingParentError: It was given to no endpoint.
            TypeError: A query's value is not of its field's type.
            ValueError: The objects have no such field.
        """
        return self.shelf.select(*query, distinct=distinct)


class JSONCache(TogglCache):
    """A cache in `cache.json`: for few objects, and easy to look into. The file is read and written whole.

    Args:
        path: The folder for the file; it is made when there is something to keep.
        expire_after: For how long it answers with what it keeps: a timedelta, or seconds. None for ever, 0 never.
    """

    def __init__(self, path: str | PathLike[str], expire_after: timedelta | float | None = None) -> None:
        super().__init__(JSONStore(Path(path) / "cache.json"), expire_after)


class SqliteCache(TogglCache):
    """A cache in `cache.sqlite`: for many objects.

    Args:
        path: The folder for the file; it is made when there is something to keep.
        expire_after: For how long it answers with what it keeps: a timedelta, or seconds. None for ever, 0 never.
    """

    def __init__(self, path: str | PathLike[str], expire_after: timedelta | float | None = None) -> None:
        # Only here, so that who has no such cache does not load SQLite.
        from rollcall.client.cache.sqlite_store import SqliteStore

        super().__init__(SqliteStore(Path(path) / "cache.sqlite"), expire_after)
