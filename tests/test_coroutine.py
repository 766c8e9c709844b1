import asyncio
from collections.abc import AsyncGenerator

import pytest

from rollcall.coroutine import complete, iterate


async def answer(value: int) -> int:
    return value


def test_a_coroutine_that_never_suspends_runs_to_its_end() -> None:
    async def total() -> int:
        return await answer(2) + await answer(3)

    assert complete(total()) == 5


def test_its_exception_is_raised() -> None:
    async def fail() -> None:
        raise LookupError("nobody")

    with pytest.raises(LookupError, match="nobody"):
        complete(fail())


def test_one_that_suspends_is_closed_and_named() -> None:
    left: list[str] = []

    async def sleepy() -> None:
        try:
            await asyncio.sleep(0)
        finally:
            left.append("closed")

    with pytest.raises(RuntimeError, match="sleepy awaited something that does not answer at once"):
        complete(sleepy())
    assert left == ["closed"]


def test_one_that_has_failed_cannot_go_on() -> None:
    async def fail() -> None:
        raise LookupError

    coroutine = fail()
    with pytest.raises(LookupError):
        complete(coroutine)
    with pytest.raises(RuntimeError, match="cannot reuse"):
        coroutine.send(None)


def numbers(left: list[str]) -> AsyncGenerator[int]:
    async def generator() -> AsyncGenerator[int]:
        try:
            for number in range(3):
                yield await answer(number)
        finally:
            left.append("closed")

    return generator()


def test_an_asynchronous_generator_that_never_suspends_is_an_iterator() -> None:
    left: list[str] = []
    assert list(iterate(numbers(left))) == [0, 1, 2]
    assert left == ["closed"]


def test_it_is_closed_when_nobody_asks_on() -> None:
    left: list[str] = []
    iterator = iterate(numbers(left))
    assert next(iterator) == 0
    del iterator
    assert left == ["closed"]


def test_an_exception_of_a_generator_is_raised() -> None:
    async def failing() -> AsyncGenerator[int]:
        yield 1
        raise LookupError("nobody")

    iterator = iterate(failing())
    assert next(iterator) == 1
    with pytest.raises(LookupError, match="nobody"):
        next(iterator)


def test_a_generator_that_suspends_is_refused() -> None:
    async def sleepy() -> AsyncGenerator[int]:
        await asyncio.sleep(0)
        yield 1

    with pytest.raises(RuntimeError, match="awaited something that does not answer at once"):
        list(iterate(sleepy()))
