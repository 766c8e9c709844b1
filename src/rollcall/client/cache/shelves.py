"""The shelves that one account has in a cache, each at its place: what a change touches can be forgotten together."""

from __future__ import annotations

from typing import Any, TypeVar
from weakref import WeakValueDictionary

from rollcall.client.cache.cache_file import CacheFile
from rollcall.client.cache.model_cache import ModelCache, Run
from rollcall.client.ports import Clock
from rollcall.contract.wire import Model

M = TypeVar("M", bound=Model)


class Writes:
    """How many changes an account has begun and ended, in this process."""

    def __init__(self) -> None:
        self.count = 0


_writes: WeakValueDictionary[str, Writes] = WeakValueDictionary()


class Shelves:
    """The shelves of one account.

    A place is a path of names, as `"organization 5", "workspace 7"`: what is forgotten at a place is forgotten at all
    within it.

    Args:
        file: Where the objects are kept; None for nowhere.
        account: What tells it from other accounts and servers.
        clock: What tells the objects' age.
        run: How the file is used.

    Attributes:
        writes: The account's changes. What was asked for before one of them ended may be older than the change.
    """

    def __init__(self, file: CacheFile | None, account: str, *, clock: Clock, run: Run) -> None:
        self._file = file
        self._account = account
        self._clock = clock
        self._run = run
        self.writes = _writes.setdefault(account, Writes())

    def of(self, kind: type[M], *place: str) -> ModelCache[M]:
        """The shelf for the objects of one kind at a place."""
        name = "/".join((self._account, *place, kind.__name__))
        return ModelCache(self._file, name, kind, clock=self._clock, run=self._run)

    async def forget(self, *place: str, but: ModelCache[Any] | None = None) -> None:
        """Forget all objects of a place and within it; without a place, all of the account.

        Args:
            *place: The place.
            but: A shelf that stays.
        """
        name = "/".join((self._account, *place))
        stays = but.shelf if but is not None else None
        if self._file is not None and self._file.is_used:
            await self._run(self._file.write, name, lambda store: store.forget(name, stays))
