"""What the tests of the caches have in common: a clock that is set by hand, and both kinds of file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Raw

from rollcall.client.cache.cache_file import CacheFile
from rollcall.client.cache.json_store import JSONStore
from rollcall.client.cache.model_cache import ModelCache, at_once
from rollcall.client.cache.sqlite_store import SqliteStore
from rollcall.client.cache.store import Entry, Shelf, Store
from rollcall.contract.wire import Model

STORES: list[Callable[[Path], Store]] = [JSONStore, SqliteStore]
MINUTE = 60.0


class HandClock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


class Person(Model):
    id: int | None = None
    name: str | None = None
    age: int | float | None = None
    active: bool | None = None
    at: str | None = None
    groups: list[str] | str | None = None


def entry(text: str = "{}", fetched_at: float = 1.5, etag: str | None = None) -> Entry:
    return Entry(Raw(text.encode()), fetched_at, etag)


def content(shelf: Shelf) -> dict[int, str]:
    return {key: bytes(found.data).decode() for key, found in shelf.entries.items()}


def people(
    store: Store | None,
    clock: HandClock,
    expire_after: float | None = MINUTE,
    kind: Any = Person,
    shelf: str = "people",
) -> ModelCache[Any]:
    file = CacheFile(store, expire_after) if store else None
    return ModelCache(file, shelf, kind, clock=clock, run=at_once)
