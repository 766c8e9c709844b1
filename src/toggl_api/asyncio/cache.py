"""The cache of the asynchronous endpoints."""

from __future__ import annotations

from toggl_api.meta.cache import SqliteCache


class AsyncSqliteCache(SqliteCache):
    """A cache in `cache.sqlite`, which an asynchronous endpoint reads and writes off the event loop.

    It is the file of `SqliteCache`: either kind of endpoint takes either cache, and both may share one folder.

    Args:
        path: The folder for the file; it is made when there is something to keep.
        expire_after: For how long it answers with what it keeps: a timedelta, or seconds. None for ever, 0 never.
    """
