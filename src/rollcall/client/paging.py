"""Paged lists, read to their end and held to what the server says is in them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from contextlib import aclosing
from functools import partial
from types import GenericAlias
from typing import Any, Generic, TypeVar

import httpx
import msgspec

from rollcall.client.connection import Connection
from rollcall.client.forecast import Forecast, Need
from rollcall.client.request import Request, build
from rollcall.contract.operation import Operation

M = TypeVar("M")

PER_PAGE = 200
"""Rows that are asked for on a page. A server may give fewer on each: how many there are is what it says there are."""

_READINGS = 3


class ListChanged(Exception):  # noqa: N818 - it is what happened to the list, not a fault of the program
    """A list was changed while it was read: a row may be missing, or be there no more.

    Attributes:
        records: How many rows the server said there are.
        received: How many came.
    """

    def __init__(self, records: int, received: int) -> None:
        super().__init__(
            f"The list changed while it was read: {received} rows came of {records} that there were. Read it again."
        )
        self.records = records
        self.received = received


class Page(msgspec.Struct, Generic[M], frozen=True):
    """One page.

    Attributes:
        number: Its number, from 1.
        rows: What is on it.
        pages: How many pages there are; None where the server does not say.
        records: How many rows there are on all of them; None where the server does not say.
    """

    number: int
    rows: list[M]
    pages: int | None
    records: int | None


class Listing(Generic[M]):
    """A list that an operation answers page by page.

    The first page says how many there are; the others are fetched together, as many as the connection's fan allows.
    Where a server says nothing of that, the list ends with a page that has nothing new on it.

    Args:
        connection: Where it is.
        operation: Its row in the table: one whose query has `page` and `per_page`.
        arguments: What is asked for, by the names in the table.
        kind: What a row becomes.
        per_page: How many rows to ask for on a page.
        timeout: How long each request may take; None for what the transport has.

    Raises:
        TypeError: An argument has another type than the operation takes.
        ValueError: A required argument is missing.
    """

    def __init__(
        self,
        connection: Connection,
        operation: Operation,
        arguments: Mapping[str, Any],
        kind: type[M],
        *,
        per_page: int = PER_PAGE,
        timeout: httpx.Timeout | None = None,
    ) -> None:
        self._connection = connection
        self._operation = operation
        self._arguments = {**arguments, "per_page": per_page}
        self._kind = kind
        self._timeout = timeout
        self._first: Page[M] | None = None
        self._request(1)  # a wrong argument is told at once, not when the first row is asked for

    async def forecast(self) -> Forecast:
        """Read the first page, and say how many requests the others need, and whether these fit into the quota.

        The page is kept: `rows` begins with it.

        Raises:
            CallFailed: There is no such page.
        """
        self._first = await self._page(1)
        return self._connection.forecast([Need(self._request(1).scope, (self._first.pages or 1) - 1)])

    def begin(self, response: httpx.Response, *, unsaid: int | None = None) -> Page[M]:
        """Take a reply for the first page: `rows` begins with it.

        Args:
            response: The reply.
            unsaid: How many pages there are where the server does not say; None to look for their end.

        Raises:
            CallFailed: It is no such page.
        """
        page = self._read_page(1, response)
        self._first = page if page.pages is not None else msgspec.structs.replace(page, pages=unsaid)
        return self._first

    async def rows(self) -> AsyncGenerator[M]:
        """All rows, as they come; raises what `batches` raises."""
        async with aclosing(self.batches()) as batches:
            async for batch in batches:
                for row in batch:
                    yield row

    async def batches(self) -> AsyncGenerator[list[M]]:
        """All rows, as many at once as come with one page.

        Raises:
            CallFailed: A page cannot be had.
            ListChanged: At the end, where what came is not what there was. That one row took the place of another
                can go unnoticed.
        """
        received = 0
        records: set[int] = set()
        async with aclosing(self.pages()) as pages:
            before: set[int | None] = set()
            async for page in pages:
                numbers = {_number(row) for row in page.rows} - {None}
                # A row that is on two pages was moved by a change, which moves it by no more than a few rows.
                rows = page.rows if before.isdisjoint(numbers) else [r for r in page.rows if _number(r) not in before]
                received += len(rows)
                yield rows
                if page.records is not None:
                    records.add(page.records)
                before = numbers
        if records and records != {received}:
            raise ListChanged(max(records), received)

    async def all(self) -> list[M]:
        """All rows, read anew where the list changed meanwhile.

        Raises:
            CallFailed: A page cannot be had.
            ListChanged: It changed at every reading.
        """
        for _ in range(_READINGS - 1):
            try:
                return await self._read()
            except ListChanged:
                self._first = None
        return await self._read()

    async def pages(self) -> AsyncGenerator[Page[M]]:
        """All pages, as they come.

        Raises:
            CallFailed: A page cannot be had.
        """
        first = self._first or await self._page(1)
        self._first = None
        yield first
        if first.pages is None:
            async with aclosing(self._until_nothing_is_new(first)) as pages:
                async for page in pages:
                    yield page
            return
        calls: list[Callable[[], Coroutine[Any, Any, Page[M]]]]
        calls = [partial(self._page, number) for number in range(2, first.pages + 1)]
        async with aclosing(self._connection.fan.in_order(calls)) as pages:
            async for page in pages:
                yield page

    async def _until_nothing_is_new(self, page: Page[M]) -> AsyncGenerator[Page[M]]:
        """The pages after one of a server that does not say how many there are; one that does not page repeats it."""
        before = page
        while before.rows:
            page = await self._page(before.number + 1)
            if page.rows == before.rows:
                return
            yield page
            before = page

    async def _read(self) -> list[M]:
        async with aclosing(self.batches()) as batches:
            return [row async for batch in batches for row in batch]

    async def _page(self, number: int) -> Page[M]:
        return self._read_page(number, await self._connection.send(self._operation, self._request(number)))

    def _read_page(self, number: int, response: httpx.Response) -> Page[M]:
        # Go writes a list that has nothing in it as null, if nothing was ever put in.
        rows = self._connection.read(self._operation, response, GenericAlias(list, (self._kind,))) or []
        if not isinstance(rows, list) or any(not isinstance(row, self._kind) for row in rows):
            raise self._connection.unreadable(self._operation, response, f"it is not a list of {self._kind.__name__}")
        return Page(number, rows, _count(response.headers, "X-Pages"), _count(response.headers, "X-Records"))

    def _request(self, number: int) -> Request:
        return build(self._operation, {**self._arguments, "page": number}, timeout=self._timeout)


def _count(headers: httpx.Headers, name: str) -> int | None:
    text = headers.get(name, "")
    return int(text) if text.isdigit() else None


def _number(row: object) -> int | None:
    number = getattr(row, "id", None)
    return number if isinstance(number, int) else None
