"""The caches of the asynchronous endpoints: those of `toggl_api.meta.cache`, read and written off the event loop."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from os import PathLike
from typing import Any

from toggl_api.meta.cache import FileCache, JSONCache, SqliteCache, TogglQuery


class TogglAsyncCache(FileCache):
    """A cache that is asked off the event loop.

    It is the file of the cache of the same kind in `toggl_api.meta.cache`: both may share one folder.
    """

    async def query(self, *query: TogglQuery[Any], distinct: bool = False) -> list[Any]:
        """The endpoint's fresh objects that match each of the queries. Nothing is asked of the server.

        Args:
            *query: What they must match; none is matched by all.
            distinct: Of objects that are alike in every field that is asked about, only the first.

        Raises:
            MissingParentError: It was given to no endpoint.
            TypeError: A query's value is not of its field's type.
            ValueError: The objects have no such field.
        """
        shelf = self.shelf
        return await asyncio.to_thread(shelf.select, *query, distinct=distinct)


class AsyncJSONCache(TogglAsyncCache):
    """A cache in `cache.json`: for few objects, and easy to look into. The file is read and written whole.

    Args:
        path: The folder for the file; it is made when there is something to keep.
        expire_after: For how long it answers with what it keeps: a timedelta, or seconds. None for ever, 0 never.
    """

    def __init__(self, path: str | PathLike[str], expire_after: timedelta | float | None = None) -> None:
        super().__init__(JSONCache(path).file.store, expire_after)


class AsyncSqliteCache(TogglAsyncCache):
    """A cache in `cache.sqlite`: for many objects.

    Args:
        path: The folder for the file; it is made when there is something to keep.
        expire_after: For how long it answers with what it keeps: a timedelta, or seconds. None for ever, 0 never.
    """

    def __init__(self, path: str | PathLike[str], expire_after: timedelta | float | None = None) -> None:
        super().__init__(SqliteCache(path).file.store, expire_after)
