"""A cache as the behaviour of a client sees it: it answers with what is fresh, and never stands in the way.

What a flow does with an `ETag`, for one object (`tagged`, `renew`) as for all of them (`tagged_all`, `renew_all`):

    if not refresh and (fresh := await cache.find(number)) is not None:
        return fresh
    known = await cache.tagged(number)
    response = await connection.call(GET, ..., if_none_match=known.etag if known else None)
    if known and response.status_code == 304:
        await cache.renew(number, known.etag)
        return known.value
    ...
    await cache.keep(model, etag=response.headers.get("ETag"))
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from functools import cache
from types import GenericAlias
from typing import Any, Generic, Protocol, TypeVar, get_args

import msgspec

from rollcall.client.cache.cache_file import CacheFile
from rollcall.client.cache.query import TogglQuery, select
from rollcall.client.cache.store import Entry, Shelf, Store
from rollcall.client.ports import Clock
from rollcall.contract.fitting import decode
from rollcall.contract.wire import Model, encode

M = TypeVar("M", bound=Model)
T = TypeVar("T")
R = TypeVar("R")

_KEYS = range(-(2**63), 2**63)


class Run(Protocol):
    """How a cache's file is used: at once, or off the event loop."""

    async def __call__(self, function: Callable[..., R], /, *args: object) -> R:
        """Call `function`."""


async def at_once(function: Callable[..., R], /, *args: object) -> R:
    """Call `function` here and now."""
    return function(*args)


class Tagged(msgspec.Struct, Generic[T], frozen=True):
    """Something as it was when the server last answered with it.

    Attributes:
        value: What it was.
        etag: What the server is to be asked with whether it still is so (`If-None-Match`).
    """

    value: T
    etag: str


class ModelCache(Generic[M]):
    """The objects of one kind that one account has on one server.

    Args:
        file: Where they are kept; None for nowhere.
        shelf: Their place in it, as `rollcall.client.cache.shelves.Shelves` names it.
        kind: Their class.
        clock: What tells their age.
        run: How the file is used.

    Attributes:
        file: Where they are kept; None for nowhere.
    """

    def __init__(self, file: CacheFile | None, shelf: str, kind: type[M], *, clock: Clock, run: Run) -> None:
        self.file = file
        self._name = shelf
        self._kind = kind
        self._clock = clock
        self._run = run

    async def find(self, key: int) -> M | None:
        """One object, if it is known and fresh."""

        def question(store: Store) -> M | None:
            entry = _find(store, self.shelf, key)
            return self._model(entry) if entry is not None and self._is_fresh(entry.fetched_at) else None

        return await self._read(question)

    async def all(self) -> list[M] | None:
        """All objects, if it is known of all of them which there are, and they are fresh."""

        def question(store: Store) -> list[M] | None:
            shelf = store.load(self.shelf)
            if shelf.collected_at is None or not self._is_fresh(shelf.collected_at):
                return None
            return self._whole(shelf)

        return await self._read(question)

    async def tagged(self, key: int) -> Tagged[M] | None:
        """One object, however old, if the reply it came with had an ETag."""

        def question(store: Store) -> Tagged[M] | None:
            entry = _find(store, self.shelf, key)
            if entry is None or entry.etag is None or (model := self._model(entry)) is None:
                return None
            return Tagged(model, entry.etag)

        return await self._read(question)

    async def tagged_all(self) -> Tagged[list[M]] | None:
        """All objects, however old, if they are what a reply with an ETag said."""

        def question(store: Store) -> Tagged[list[M]] | None:
            shelf = store.load(self.shelf)
            if shelf.etag is None or (models := self._whole(shelf)) is None:
                return None
            return Tagged(models, shelf.etag)

        return await self._read(question)

    async def keep(self, model: M, *, etag: str | None = None) -> None:
        """Keep one object as it is now.

        Args:
            model: The object; one without an id is not kept.
            etag: The `ETag` of the reply, if the reply was this object and nothing else.
        """
        if entries := self._entries([model], etag):
            await self._write(lambda store: store.put(self.shelf, entries))

    async def keep_all(self, models: list[M], *, etag: str | None = None) -> None:
        """Keep these, which are all there are now.

        Args:
            models: The objects.
            etag: The `ETag` of the reply, if the reply was these objects and nothing else.
        """
        entries = self._entries(models)
        shelf = Shelf(entries, self._clock.now(), etag) if len(entries) == len(models) else Shelf(entries)
        await self._write(lambda store: store.replace(self.shelf, shelf))

    async def renew(self, key: int, etag: str) -> None:
        """Let one object be fresh again: the server says that it still has that ETag (304)."""
        await self._write(lambda store: store.renew(self.shelf, key, etag, self._clock.now()))

    async def renew_all(self, etag: str) -> None:
        """Let all objects be fresh again: the server says that together they still have that ETag (304)."""
        await self._write(lambda store: store.renew_all(self.shelf, etag, self._clock.now()))

    async def remove(self, key: int) -> None:
        """Forget an object that is no more."""
        if key in _KEYS:
            await self._write(lambda store: store.remove(self.shelf, key))

    async def distrust(self, key: int | None) -> None:
        """Forget an object of which is not known how it is now, or whether it is at all; None for one without an id."""
        known = key if key is not None and key in _KEYS else None
        await self._write(lambda store: store.distrust(self.shelf, known))

    async def forget(self) -> None:
        """Forget all objects: where they belong has changed, or is no more."""
        await self._write(lambda store: store.forget(self.shelf))

    async def close(self) -> None:
        """Let go of the file, until it is used again."""
        if self.file is not None:
            await self._run(self.file.store.close)

    async def query(self, *query: TogglQuery[Any], distinct: bool = False) -> list[M]:
        """The fresh objects that match each of the queries; see `select`, which does it at once."""
        return await self._run(lambda: self.select(*query, distinct=distinct))

    def select(self, *query: TogglQuery[Any], distinct: bool = False) -> list[M]:
        """The fresh objects that match each of the queries, in the order in which they came.

        Nobody is asked whether there are others: what was never fetched, or is too old, is not found.

        Args:
            *query: What they must match; none is matched by all.
            distinct: Of objects that are alike in every field that is asked about, only the first.

        Raises:
            TypeError: A query's value is not of its field's type.
            ValueError: The objects have no such field.
        """

        def question(store: Store) -> list[M]:
            entries = store.load(self.shelf).entries.values()
            return self._models([entry for entry in entries if self._is_fresh(entry.fetched_at)])

        known = self.file.read(self.shelf, question) if self.file is not None and self.file.is_used else None
        return select(self._kind, known or (), query, distinct=distinct)

    @property
    def shelf(self) -> str:
        """Its name in the file."""
        # What was kept when the class had other fields lacks some of them, and an ETag would vouch for it for ever.
        return f"{self._name} {_shape(self._kind)}"

    async def _read(self, question: Callable[[Store], R | None]) -> R | None:
        if self.file is None or not self.file.is_used:
            return None
        if self._run is at_once or self.file.is_quick(self.shelf):
            return self.file.read(self.shelf, question)
        return await self._run(self.file.read, self.shelf, question)

    async def _write(self, change: Callable[[Store], object]) -> None:
        if self.file is not None and self.file.is_used:
            await self._run(self.file.write, self.shelf, change)

    def _is_fresh(self, moment: float) -> bool:
        # A moment to come means that the clock was set back: how old it is cannot be told.
        expire_after = self.file.expire_after if self.file else None
        return expire_after is None or 0 <= self._clock.now() - moment < expire_after.total_seconds()

    def _model(self, entry: Entry) -> M | None:
        return next(iter(self._models([entry])), None)

    def _whole(self, shelf: Shelf) -> list[M] | None:
        models = self._models(shelf.entries.values())
        return models if len(models) == len(shelf.entries) else None

    def _models(self, entries: Iterable[Entry]) -> list[M]:
        """Those that can be read."""
        text = b"[" + b",".join(bytes(entry.data) for entry in entries) + b"]"
        try:
            values = decode(text, GenericAlias(list, (self._kind,)))
        except (ValueError, RecursionError):
            return []
        return [value for value in values if isinstance(value, self._kind)] if isinstance(values, list) else []

    def _entries(self, models: Iterable[M], etag: str | None = None) -> dict[int, Entry]:
        now = self._clock.now()
        return {
            key: Entry(msgspec.Raw(encode(model)), now, etag)
            for model in models
            if isinstance(key := getattr(model, "id", None), int) and key in _KEYS
        }


def _find(store: Store, shelf: str, key: int) -> Entry | None:
    return store.find(shelf, key) if key in _KEYS else None


@cache
def _shape(kind: type[Model]) -> str:
    """A short name for the fields of a class, and of those in it."""
    names: list[str] = []
    kinds: list[Any] = [kind]
    for each in kinds:
        if isinstance(each, type) and issubclass(each, Model):
            fields = msgspec.structs.fields(each)
            names.append(f"{each.__name__}({','.join(field.encode_name for field in fields)})")
            kinds.extend(field.type for field in fields if field.type not in kinds)
        else:
            kinds.extend(part for part in get_args(each) if part not in kinds)
    return f"{zlib.crc32(' '.join(names).encode()):08x}"
