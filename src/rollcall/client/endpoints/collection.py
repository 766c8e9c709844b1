"""Objects of one kind at one place: read from the server, kept in the cache, and changed through both."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from types import GenericAlias
from typing import Any, Generic, TypeVar

import httpx
from msgspec.structs import replace

from rollcall.client.endpoints.identity import number_of, with_article
from rollcall.client.endpoints.session import Session
from rollcall.client.failure import CallFailed, Meaning
from rollcall.client.paging import PER_PAGE, Listing
from rollcall.client.request import Request, build
from rollcall.contract.operation import Operation
from rollcall.contract.wire import Model

M = TypeVar("M", bound=Model)
R = TypeVar("R")

_NOT_MODIFIED = 304


class Collection(Generic[M]):
    """What the flows of all nouns have in common.

    Args:
        session: Whose objects they are.
        kind: The face's class for one.
        noun: What one is called, as `"group"`.
        place: Where they are.
        touched: The places where a change of one may change others.
        belongs: Whether an object that the server answers with is one of them.
    """

    def __init__(
        self,
        session: Session,
        kind: type[M],
        noun: str,
        place: tuple[str, ...],
        *,
        touched: tuple[str, ...] = (),
        belongs: Callable[[M], bool] = lambda _: True,
    ) -> None:
        self.session = session
        self.kind = kind
        self._noun = noun
        self._touched = touched
        self._belongs = belongs
        self._connection = session.connection
        self._shelves = session.shelves
        self.cache = session.shelves.of(kind, *place)

    def number_of(self, thing: M | int) -> int:
        """The number of an object, or the number itself.

        Raises:
            TypeError: It is neither.
            ValueError: It can be the number of nothing.
        """
        return number_of(thing, self.kind, self._noun)

    async def get(self, number: int, operation: Operation, *, refresh: bool, **arguments: object) -> M | None:
        """One object, from the cache if it is fresh there, else by an operation that answers with it.

        Returns:
            None if the server answers 404, unless `re_raise` is set; or if the object belongs elsewhere.
        """
        if not refresh and (kept := await self.cache.find(number)) is not None:
            return kept
        try:
            found = await self.fetch(number, operation, **arguments)
        except CallFailed as error:
            if error.meaning is not Meaning.NOT_FOUND:
                raise
            await self.cache.remove(number)
            if self.session.re_raise:
                raise
            return None
        return found if self._belongs(found) else None

    async def fetch(self, number: int, operation: Operation, **arguments: object) -> M:
        """One object from the server, which need not send it where it is as it was."""
        known = await self.cache.tagged(number)
        writes = self._shelves.writes.count
        response = await self._ask(operation, arguments, known.etag if known else None)
        if known is not None and response.status_code == _NOT_MODIFIED:
            await self.cache.renew(number, known.etag)
            return known.value
        model = self.one(operation, response)
        if self._belongs(model) and writes == self._shelves.writes.count:
            await self.cache.keep(model, etag=response.headers.get("ETag"))
        return model

    async def collect(self, operation: Operation, *, refresh: bool, **arguments: object) -> list[M]:
        """All objects, from the cache if it has fresh ones and knows that they are all, else by an operation."""
        if not refresh and (kept := await self.cache.all()) is not None:
            return kept
        known = await self.cache.tagged_all()
        writes = self._shelves.writes.count
        response = await self._ask(operation, arguments, known.etag if known else None)
        if known is not None and response.status_code == _NOT_MODIFIED:
            await self.cache.renew_all(known.etag)
            return known.value
        models = [model for model in self.many(operation, response) if self._belongs(model)]
        if writes == self._shelves.writes.count:
            await self.cache.keep_all(models, etag=response.headers.get("ETag"))
        return models

    async def collect_pages(
        self,
        operation: Operation,
        *,
        refresh: bool,
        per_page: int = PER_PAGE,
        unsaid: int | None = None,
        **arguments: object,
    ) -> list[M]:
        """All objects, from the cache if it has fresh ones and knows that they are all, else page by page.

        Args:
            operation: One whose query has `page` and `per_page`.
            refresh: Ask the server in any case.
            per_page: How many to ask for on a page.
            unsaid: How many pages there are where the server does not say; None to look for their end.
            **arguments: What is asked for, by the names in the table.

        Raises:
            ListChanged: The list changed while it was read, each time it was.
        """
        if not refresh and (kept := await self.cache.all()) is not None:
            return kept
        known = await self.cache.tagged_all()
        writes = self._shelves.writes.count
        response = await self._ask(
            operation, {**arguments, "page": 1, "per_page": per_page}, known.etag if known else None
        )
        if known is not None and response.status_code == _NOT_MODIFIED:
            await self.cache.renew_all(known.etag)
            return known.value
        listing = Listing(self._connection, operation, arguments, self.kind, per_page=per_page)
        first = listing.begin(response, unsaid=unsaid)
        models = await listing.all()
        if writes == self._shelves.writes.count:
            # A list that changed while it was read was read again: then it is not what this reply said.
            is_the_reply = first.pages == 1 and models == first.rows and not _is_full(response, models)
            await self.cache.keep_all(models, etag=response.headers.get("ETag") if is_the_reply else None)
        return models

    def iterate(self, operation: Operation, *, per_page: int = PER_PAGE, **arguments: object) -> AsyncGenerator[M]:
        """The objects of a list, page after page. Nothing is kept, so that a list of any length takes little memory.

        Raises:
            ListChanged: At the end, where the list changed while it was read.
        """
        return Listing(self._connection, operation, arguments, self.kind, per_page=per_page).rows()

    async def narrow(self, is_it: Callable[[M], bool], operation: Operation, **arguments: object) -> M | None:
        """One object out of a list that is narrowed down to it and few others; None if it is not on the first page."""
        writes = self._shelves.writes.count
        models = self.many(operation, await self._ask(operation, arguments, None))
        found = next(filter(is_it, models), None)
        if found is not None and writes == self._shelves.writes.count:
            await self.cache.keep(found)
        return found

    async def pick(self, number: int, collect: Callable[..., Awaitable[list[M]]], *, refresh: bool) -> M | None:
        """One object, where no operation answers with one: from the cache if it is fresh there, else out of all.

        Returns:
            None if it is not among them, as the server has them now.
        """
        if not refresh and (kept := await self.cache.find(number)) is not None:
            return kept
        return next((model for model in await collect(refresh=True) if getattr(model, "id", None) == number), None)

    async def write(self, number: int | None, operation: Operation, **arguments: object) -> httpx.Response:
        """Change one object, and forget what that may have changed elsewhere.

        If it fails, it may have been done all the same: then the object is forgotten, too.

        Args:
            number: Which; None for one that is made.
            operation: How.
            **arguments: With what, by the names in the table.
        """
        request = build(operation, arguments)
        try:
            return await self._write(operation, request)
        except BaseException:
            await self.cache.distrust(number)
            raise

    async def write_many(self, operation: Operation, **arguments: object) -> httpx.Response:
        """Change many objects, and forget all that there are, here and where that may have changed something."""
        request = build(operation, arguments)
        try:
            return await self._write(operation, request)
        finally:
            await self.cache.forget()

    async def save(self, number: int | None, operation: Operation, **arguments: object) -> M:
        """Change or make an object by an operation that answers with all of it."""
        response = await self.write(number, operation, **arguments)
        try:
            model = self.one(operation, response)
        except CallFailed:
            await self.cache.distrust(number)
            raise
        await self.cache.keep(model)
        return model

    async def delete(self, number: int, operation: Operation, **arguments: object) -> None:
        """Delete an object; that there is none (404) is as good, unless `re_raise` is set."""
        try:
            await self.write(number, operation, **arguments)
        except CallFailed as error:
            if self.session.re_raise or error.meaning is not Meaning.NOT_FOUND:
                raise
        await self.cache.remove(number)

    async def read_back(self, written: M, read: Callable[[], Awaitable[M | None]]) -> M:
        """An object as the server has it after a change, or as it was written, if the server does not say.

        The change is made: an error here would make it look as if it were not, and be made again.
        """
        try:
            found = await read()
        except CallFailed:
            await self.cache.distrust(getattr(written, "id", None))
            if self.session.re_raise:
                raise
            return written
        return found if found is not None else written

    def one(self, operation: Operation, response: httpx.Response) -> M:
        """The object that a reply is."""
        model = self._connection.read(operation, response, self.kind)
        if not isinstance(model, self.kind) or not isinstance(getattr(model, "id", None), int):
            raise self._connection.unreadable(operation, response, f"it is not {with_article(self._noun)}")
        return model

    def many(self, operation: Operation, response: httpx.Response) -> list[M]:
        """The objects that a reply is a list of."""
        # Go writes a list that has nothing in it as null, if nothing was ever put in.
        models = self._connection.read(operation, response, GenericAlias(list, (self.kind,))) or []
        if not isinstance(models, list) or any(not isinstance(model, self.kind) for model in models):
            raise self._connection.unreadable(operation, response, f"it is not a list of {self._noun}s")
        return models

    async def _ask(self, operation: Operation, arguments: dict[str, Any], etag: str | None) -> httpx.Response:
        request = build(operation, arguments)
        if etag is not None:
            request = replace(request, headers={**request.headers, "If-None-Match": etag})
        return await self._connection.send(operation, request)

    async def _write(self, operation: Operation, request: Request) -> httpx.Response:
        self._shelves.writes.count += 1
        try:
            return await self._connection.send(operation, request)
        finally:
            self._shelves.writes.count += 1
            for place in self._touched:
                await self._shelves.forget(place, but=self.cache)


def _is_full(response: httpx.Response, rows: list[Any]) -> bool:
    """Whether a page is full: it stays as it is when another one begins, so its ETag speaks for nothing but itself."""
    size = response.headers.get("X-Page-Size", "")
    return "X-Pages" in response.headers and not (size.isdigit() and len(rows) < int(size))
