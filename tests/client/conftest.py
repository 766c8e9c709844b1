"""A connection to a server that is a function, by a clock that only counts."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from rollcall.client.connection import Connection
from rollcall.client.failure import CallFailed, Failure
from rollcall.client.fan import OneByOne
from rollcall.client.ports import Fan
from rollcall.client.quota import Ledger
from rollcall.client.request import Request
from rollcall.client.retry import Patience

Answer = Callable[[Request], httpx.Response]
START = 1_800_000_000.0


class Server:
    """Answers each request with a function, and tells the time."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.slept: list[float] = []
        self.answer: Answer = lambda _: httpx.Response(200, json=None)

    async def send(self, request: Request) -> httpx.Response:
        self.requests.append(request)
        response = self.answer(request)
        response.request = httpx.Request(request.method, f"https://rollcall.invalid/api/v9{request.path}")
        return response

    def now(self) -> float:
        return START + sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def connection(self, *, fan: Fan | None = None, **patience: Any) -> Connection:
        return Connection(
            transport=self,
            clock=self,
            fan=fan or OneByOne(),
            patience=Patience(**{"retries": 0, **patience}),
            ledger=Ledger(),
            failed=failed,
            log=logging.getLogger("toggl"),
        )


def failed(failure: Failure) -> CallFailed:
    error = CallFailed(failure.message)
    error.failure = failure
    return error


@pytest.fixture
def server() -> Server:
    return Server()
