"""Calls made together come back in their order, are never more at once than allowed, and never outlive a failure."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from functools import partial
from typing import Any

import pytest

from rollcall.client.fan import OneByOne, Together
from rollcall.coroutine import iterate


class Calls:
    """Calls that end when they are let, in any order."""

    def __init__(self, count: int) -> None:
        self.gates = [asyncio.Event() for _ in range(count)]
        self.begun: list[int] = []
        self.cancelled: list[int] = []

    async def call(self, number: int) -> int:
        self.begun.append(number)
        try:
            await self.gates[number].wait()
        except asyncio.CancelledError:
            self.cancelled.append(number)
            raise
        return number

    @property
    def all(self) -> list[Callable[[], Coroutine[Any, Any, int]]]:
        return [partial(self.call, number) for number in range(len(self.gates))]


async def settled() -> None:
    """Let every task go as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_one_by_one_begins_a_call_when_its_result_is_asked_for() -> None:
    begun: list[int] = []

    async def call(number: int) -> int:
        begun.append(number)
        return number

    results = iterate(OneByOne().in_order([partial(call, number) for number in range(5)]))
    assert begun == []
    assert [next(results), next(results)] == [0, 1]
    assert begun == [0, 1]


def test_together_keeps_the_order_whichever_is_done_first() -> None:
    async def use() -> list[int]:
        calls = Calls(4)
        for gate in reversed(calls.gates):
            gate.set()
            await settled()
        return [result async for result in Together(4).in_order(calls.all)]

    assert asyncio.run(use()) == [0, 1, 2, 3]


def test_together_never_has_more_under_way_than_allowed() -> None:
    async def use() -> None:
        calls = Calls(10)
        async with aclosing(Together(3).in_order(calls.all)) as results:
            first = asyncio.ensure_future(anext(results))
            await settled()
            assert calls.begun == [0, 1, 2]
            calls.gates[1].set()
            calls.gates[2].set()
            await settled()
            assert calls.begun == [0, 1, 2]
            calls.gates[0].set()
            assert await first == 0

    asyncio.run(use())


def test_what_is_under_way_is_cancelled_when_nobody_asks_on() -> None:
    async def use() -> Calls:
        calls = Calls(10)
        calls.gates[0].set()
        async with aclosing(Together(3).in_order(calls.all)) as results:
            async for _ in results:
                break
        return calls

    calls = asyncio.run(use())
    assert calls.begun == [0, 1, 2][: len(calls.begun)]
    assert not {3, 4, 5} & {*calls.begun}


def test_a_failure_cancels_the_others() -> None:
    async def use() -> Calls:
        calls = Calls(3)

        async def fail() -> int:
            await settled()
            raise LookupError("nobody")

        with pytest.raises(LookupError):
            _ = [result async for result in Together(4).in_order([fail, *calls.all])]
        return calls

    calls = asyncio.run(use())
    assert calls.begun == calls.cancelled == [0, 1, 2]
