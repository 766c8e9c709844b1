"""Writes of one turn of the event loop go out together, in their order, and none waits long."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from rollcall.server.http.pending_writes import PendingWrites
from tests.server.http.clock import Clock

pytestmark = pytest.mark.anyio


@pytest.fixture(params=[False, True], ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> tuple[str, dict[str, bool]]:
    """Both event loops that the server runs on."""
    return "asyncio", {"use_uvloop": request.param}


class Line:
    """A transport, and what its client finds in the socket at the other end."""

    def __init__(self, transport: asyncio.Transport, other_end: socket.socket) -> None:
        self.transport = transport
        self._other_end = other_end

    def arrived(self) -> bytes:
        try:
            return self._other_end.recv(1000)
        except BlockingIOError:
            return b""


@asynccontextmanager
async def open_line() -> AsyncIterator[Line]:
    near, far = socket.socketpair()
    far.setblocking(False)
    with far:
        transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=near)
        try:
            yield Line(transport, far)
        finally:
            transport.abort()


@pytest.fixture
async def lines() -> AsyncIterator[Callable[[], Awaitable[Line]]]:
    async with AsyncExitStack() as stack:
        yield lambda: stack.enter_async_context(open_line())


OpenLine = Callable[[], Awaitable[Line]]


async def test_what_one_turn_adds_goes_out_with_the_next(lines: OpenLine) -> None:
    one, other = await lines(), await lines()
    writes = PendingWrites(clock=Clock())
    for turn in (b"1", b"2"):
        writes.add(one.transport, b"a" + turn)
        writes.add(other.transport, b"b" + turn)
        writes.add(one.transport, b"c" + turn)
        assert (one.arrived(), other.arrived()) == (b"", b"")
        await asyncio.sleep(0)
        assert (one.arrived(), other.arrived()) == (b"a%bc%b" % (turn, turn), b"b" + turn)


async def test_nothing_waits_for_long(lines: OpenLine) -> None:
    one, other = await lines(), await lines()
    clock = Clock()
    writes = PendingWrites(patience=1, clock=clock)
    for start in (10, 20):
        for seconds in (0, 0.5, 0.9):
            clock.now = start + seconds
            writes.add(one.transport, b"a")
        assert one.arrived() == b""
        clock.now = start + 1
        writes.add(other.transport, b"b")
        assert (one.arrived(), other.arrived()) == (b"aaa", b"b")


async def test_who_does_other_work_may_ask_whether_something_is_due(lines: OpenLine) -> None:
    line = await lines()
    clock = Clock()
    writes = PendingWrites(patience=1, clock=clock)
    writes.flush_if_due()
    writes.add(line.transport, b"a")
    clock.now = 0.9
    writes.flush_if_due()
    assert line.arrived() == b""
    clock.now = 1
    writes.flush_if_due()
    assert line.arrived() == b"a"


async def test_what_is_flushed_is_written_once(lines: OpenLine) -> None:
    line = await lines()
    writes = PendingWrites(clock=Clock())
    writes.add(line.transport, b"a")
    writes.flush()
    assert line.arrived() == b"a"
    writes.flush()
    await asyncio.sleep(0)
    assert line.arrived() == b""


@pytest.mark.parametrize("turns", range(3))
async def test_who_has_gone_keeps_nobody_waiting(lines: OpenLine, caplog: pytest.LogCaptureFixture, turns: int) -> None:
    gone, here = await lines(), await lines()
    writes = PendingWrites(clock=Clock())
    gone.transport.abort()
    for _ in range(turns):
        await asyncio.sleep(0)
    for line in (gone, here, gone):
        writes.add(line.transport, b"a")
    await asyncio.sleep(0)
    assert (gone.arrived(), here.arrived()) == (b"", b"a")
    assert caplog.records == []
