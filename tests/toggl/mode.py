"""The two modes of `toggl`, written as one: what blocks in the one is awaited in the other."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncGenerator, Iterable
from types import ModuleType
from typing import Any

import httpx

import toggl
import toggl.aio


class Mode:
    """One of the modes.

    Attributes:
        face: The package that has it.
        http_client: The class of httpx's clients that it takes.
    """

    def __init__(self, name: str) -> None:
        self.is_awaited = name == "awaited"
        self.face: ModuleType = toggl.aio if self.is_awaited else toggl
        self.http_client: Any = httpx.AsyncClient if self.is_awaited else httpx.Client
        self._runner = asyncio.Runner()

    def done(self, result: Any) -> Any:
        """The result of a call: itself, or what comes of it on the one event loop that all calls share."""
        return self._runner.run(result) if inspect.iscoroutine(result) else result

    def listed(self, rows: Iterable[Any] | AsyncGenerator[Any]) -> list[Any]:
        """All that an iterator yields."""
        if not isinstance(rows, AsyncGenerator):
            return list(rows)

        async def read() -> list[Any]:
            return [row async for row in rows]

        return self._runner.run(read())

    def close_http(self, client: Any) -> None:
        """Close a client of httpx."""
        self.done(client.aclose() if self.is_awaited else client.close())

    def close(self) -> None:
        self._runner.close()
