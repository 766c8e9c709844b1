"""A cache as the behaviour of a client sees it: it answers with what is fresh, and never stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

import msgspec

from rollcall.client.cache.store import Entry, Shelf, Store, StoreUnavailable, log
from rollcall.client.ports import Clock
from rollcall.contract.fitting import decode
from rollcall.contract.wire import Model, encode

M = TypeVar("M", bound=Model)
R = TypeVar("R")


class Run(Protocol):
    """How a cache's file is used: at once, or off the event loop."""

    async def __call__(self, function: Callable[..., R], /, *args: object) -> R:
        """Call `function`."""


async def at_once(function: Callable[..., R], /, *args: object) -> R:
    """Call `function` here and now."""
    return function(*args)


class ModelCache(Generic[M]):
    """The objects of one kind that one account has on one server.

    A file that cannot be used now is as good as an empty one, and a line in the log.
    """

    def __init__(
        self,
        store: Store | None,
        shelf: str,
        kind: type[M],
        *,
        expire_after: timedelta | None,
        clock: Clock,
        run: Run,
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._kind = kind
        self._expire_after = expire_after
        self._clock = clock
        self._run = run

    async def find(self, key: int) -> M | None:
        """One object, if it is known and fresh."""
        entry = await self._ask(lambda store: store.find(self._shelf, key))
        return self._read(entry) if entry is not None and self._is_fresh(entry.fetched_at) else None

    async def all(self) -> list[M] | None:
        """All objects, if it is known of all of them which there are, and they are fresh."""
        shelf = await self._ask(lambda store: store.load(self._shelf))
        if shelf is None or shelf.collected_at is None or not self._is_fresh(shelf.collected_at):
            return None
        models = [self._read(entry) for entry in shelf.entries.values()]
        return [model for model in models if model is not None] if None not in models else None

    async def keep(self, model: M) -> None:
        """Keep one object as it is now."""
        if entries := self._entries([model]):
            await self._ask(lambda store: store.put(self._shelf, entries))

    async def keep_all(self, models: list[M]) -> None:
        """Keep these, which are all there are now."""
        entries = self._entries(models)
        collected_at = self._clock.now() if len(entries) == len(models) else None
        await self._ask(lambda store: store.replace(self._shelf, Shelf(entries, collected_at)))

    async def remove(self, key: int) -> None:
        """Forget an object that is no more."""
        await self._ask(lambda store: store.remove(self._shelf, key))

    async def distrust(self, key: int | None) -> None:
        """Forget an object of which is not known how it is now, or whether it is at all; None for one without an id."""
        if key is not None:
            await self.remove(key)
        await self._ask(lambda store: store.mark_incomplete(self._shelf))

    async def _ask(self, question: Callable[[Store], R]) -> R | None:
        if self._store is None or self._expire_after == timedelta(0):
            return None
        try:
            return await self._run(question, self._store)
        except StoreUnavailable as error:
            log.warning("The cache is not used: %s", error)
            return None

    def _is_fresh(self, moment: float) -> bool:
        # A moment to come means that the clock was set back: how old it is cannot be told.
        age = self._clock.now() - moment
        return self._expire_after is None or 0 <= age < self._expire_after.total_seconds()

    def _read(self, entry: Entry) -> M | None:
        try:
            model = decode(bytes(entry.data), self._kind)
        except msgspec.DecodeError:
            return None
        return model if isinstance(model, self._kind) else None

    def _entries(self, models: Iterable[M]) -> dict[int, Entry]:
        now = self._clock.now()
        return {
            key: Entry(msgspec.Raw(encode(model)), now)
            for model in models
            if isinstance(key := getattr(model, "id", None), int)
        }
