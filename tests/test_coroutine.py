import asyncio

import pytest

from rollcall.coroutine import complete


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
