"""What stands on the wire: the same whether a reply goes out in one piece or as uvicorn sends it."""

from __future__ import annotations

import asyncio
import gc
import itertools
import logging
import re
import socket
import ssl
import weakref
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self, TypeVar

import pytest
from uvicorn.protocols.http import httptools_impl
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.websockets import auto

from rollcall.contract.operation import BASE_PATH
from rollcall.contract.operations import OPERATIONS
from rollcall.server.certificate import Certificate, own_certificate
from rollcall.server.http.connection import Connection
from rollcall.server.http.listener import Listener
from rollcall.server.http.pending_writes import PendingWrites
from rollcall.server.http.reply import WHOLE, Reply
from rollcall.server.http.sockets import listen
from tests.server.conftest import OpenWorld
from tests.server.http.clock import Clock
from tests.server.world import Person, World

pytestmark = pytest.mark.anyio

T = TypeVar("T")

Application = Callable[[Any, Any, Any], Awaitable[None]]

LAST = b"GET /status HTTP/1.1\r\nConnection: close\r\n\r\n"
MEBIBYTE = 2**20
PATIENCE = 30
"""Seconds after which what should long have happened will not happen."""
STATUS = re.compile(rb"HTTP/1.1 (\d{3}) ")
DATE = re.compile(rb"(?<=\r\ndate: )[^\r]+ GMT(?=\r\n)")


class Served:
    """A listener that serves on this very event loop, as everybody starts it."""

    def __init__(self, listener: Listener, port: int) -> None:
        self.listener = listener
        self.port = port

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def exchange(self, *requests: bytes, ends: bool = False) -> bytes:
        """Send requests on one connection, all at once, and read until the server closes it.

        Args:
            ends: Whether the client tells that it has no more to say.
        """
        reader, writer = await self.connect()
        writer.write(b"".join(requests))
        if ends:
            writer.write_eof()
        try:
            async with asyncio.timeout(PATIENCE):
                return await reader.read(-1)
        finally:
            writer.close()


@asynccontextmanager
async def serving(application: Application, certificate: Certificate | None = None) -> AsyncIterator[Served]:
    [listening] = listen("127.0.0.1", 0)
    ready = asyncio.Event()
    listener = Listener(application, certificate=certificate, farewell=0, when_ready=ready.set)
    with listening:
        port = listening.getsockname()[1]
        task = asyncio.create_task(listener.serve(sockets=[listening]))
        await ready.wait()
        try:
            yield Served(listener, port)
        finally:
            listener.stop()
            await task


async def until(true: Callable[[], bool]) -> None:
    """Let the server go on until something has happened."""
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - uvicorn tells nobody
            await asyncio.sleep(0)


class Wire:
    """What goes over the wire, in one piece and by a server that knows nothing of whole replies."""

    application: Application

    async def whole(self, scope: Any, receive: Any, send: Any) -> None:
        assert WHOLE in scope["extensions"]
        await self.application(scope, receive, send)

    async def in_pieces(self, scope: Any, receive: Any, send: Any) -> None:
        await self.application({**scope, "extensions": {}}, receive, send)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Self]:
        async with serving(self.whole) as self._one, serving(self.in_pieces) as self._other:
            yield self

    async def told(self, application: Application, *requests: bytes, ends: bool = False) -> bytes:
        """What comes back for requests: the same bytes both ways, but for the second in which it was."""
        self.application = application
        servers = (self._one, self._other)
        whole, pieces = [DATE.sub(b"now", await each.exchange(*requests, ends=ends)) for each in servers]
        assert whole == pieces
        return whole


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with Wire().open() as opened:
        yield opened


def answering(reply: Reply, *, reads: bool = False) -> Application:
    """An application that has one reply, and reads what it is sent if it is told to."""

    async def application(scope: Any, receive: Any, send: Any) -> None:
        while reads and (await receive())["more_body"]:
            pass
        await reply.send(scope, send)
        # There is nothing more to come, and nothing is sent to find that out.
        assert (await receive())["type"] == "http.disconnect"

    return application


def ok(body: bytes = b'{"id":1}', *more: tuple[bytes, bytes]) -> Reply:
    return Reply(200, [(b"x-one", b"1"), *more, (b"content-length", b"%d" % len(body))], body)


REPLIES = (
    ok(),
    ok(b""),
    ok(b"x" * MEBIBYTE),
    ok(b"", (b"x-latin", b"\xe9\xff\tb ")),
    Reply(204, [(b"x-one", b"1")], b""),
    Reply(304, [(b"etag", b'"a"')], b""),
)
LASTS = (
    b"%b / HTTP/1.1\r\nConnection: close\r\n\r\n",
    b"%b / HTTP/1.1\r\nconnection: x, Close\r\n\r\n",
    b"%b / HTTP/1.0\r\n\r\n",
    b"%b / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
)


@pytest.mark.parametrize("method", [b"GET", b"HEAD", b"POST", b"OPTIONS"])
async def test_every_kind_of_reply_is_the_same_bytes(wire: Wire, method: bytes) -> None:
    for reply, last in itertools.product(REPLIES, LASTS):
        shown = b"" if method == b"HEAD" else reply.body
        told = await wire.told(answering(reply), b"%b / HTTP/1.1\r\n\r\n" % method, last % method)
        lines = [b"HTTP/1.1 %d %b" % (reply.status, HTTPStatus(reply.status).phrase.encode()), b"date: now"]
        lines += [b"%b: %b" % header for header in reply.headers]
        first = b"\r\n".join([*lines, b"", shown])
        final = b"\r\n".join([*lines, b"connection: close", b"", shown])
        assert told == first + final


async def test_every_status_has_its_words(wire: Wire) -> None:
    for status in {200, *(problem.status for row in OPERATIONS for problem in row.errors.values())}:
        told = await wire.told(answering(Reply(status, [(b"content-length", b"2")], b"ok")), LAST)
        assert told.startswith(b"HTTP/1.1 %d %b\r\n" % (status, HTTPStatus(status).phrase.encode()))


async def test_requests_that_wait_behind_each_other_are_answered_in_turn(wire: Wire) -> None:
    async def echo(scope: Any, _: Any, send: Any) -> None:
        await asyncio.sleep(0)
        await ok(scope["path"].encode()).send(scope, send)

    paths = [f"/{number}".encode() for number in range(30)]
    told = await wire.told(echo, *(b"GET %b HTTP/1.1\r\n\r\n" % path for path in paths), LAST)
    assert re.findall(rb"\r\n\r\n(/[0-9]+|/status)", told) == [*paths, b"/status"]


@pytest.mark.parametrize("reads", [True, False])
async def test_a_client_is_told_to_go_on_only_where_its_body_is_read(wire: Wire, reads: bool) -> None:
    expecting = b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}"
    told = await wire.told(answering(ok(), reads=reads), expecting, LAST)
    assert STATUS.findall(told) == [*([b"100"] if reads else []), b"200", b"200"]


async def test_who_waits_for_more_of_a_request_hears_that_it_is_answered(wire: Wire) -> None:
    heard = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        more = asyncio.ensure_future(receive())
        await asyncio.sleep(0)
        await ok().send(scope, send)
        heard.append((await more)["type"])

    await wire.told(application, b"GET / HTTP/1.1\r\n\r\n", LAST)
    await until(lambda: len(heard) == 4)
    assert set(heard) == {"http.disconnect"}


async def test_a_body_that_nobody_reads_does_not_become_the_next_request(wire: Wire) -> None:
    body = LAST * (MEBIBYTE // len(LAST))
    sized = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    chunked = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    for sent in (sized, chunked):
        told = await wire.told(answering(ok()), sent, LAST)
        assert told.count(b"HTTP/1.1 200 OK\r\n") == 2


async def test_what_the_server_says_of_every_reply_comes_first() -> None:
    async with serving(answering(ok())) as served:
        assert DATE.search(await served.exchange(LAST))
        served.listener.server_state.default_headers = [(b"date", b"today"), (b"x-own", b"2")]
        told = await served.exchange(LAST)
    assert told.startswith(b"HTTP/1.1 200 OK\r\ndate: today\r\nx-own: 2\r\nx-one: 1\r\n")


async def test_replies_of_one_turn_go_out_together() -> None:
    asked, reads = 0, []
    everybody = asyncio.Event()
    clients: list[socket.socket] = []

    def read() -> list[bytes]:
        return [client.recv(1000, socket.MSG_DONTWAIT) for client in clients]

    async def application(scope: Any, _: Any, send: Any) -> None:
        nonlocal asked
        asked += 1
        if asked == len(clients):
            everybody.set()
        await everybody.wait()
        await ok().send(scope, send)
        with suppress(BlockingIOError):
            reads.append(read())

    async with serving(application) as served:
        # However slow the machine is.
        served.listener.server_state.writes = PendingWrites(patience=PATIENCE)
        with ExitStack() as stack:
            clients = [stack.enter_context(socket.create_connection(("127.0.0.1", served.port))) for _ in range(5)]
            for client in clients:
                client.sendall(b"GET / HTTP/1.1\r\n\r\n")
            await until(lambda: served.listener.server_state.total_requests == 5)
            assert reads == []
            await asyncio.sleep(0)
            assert [STATUS.findall(each) for each in read()] == [[b"200"]] * 5


async def test_who_asks_and_says_nothing_more_is_answered(wire: Wire) -> None:
    told = await wire.told(answering(ok()), b"GET / HTTP/1.1\r\n\r\n", ends=True)
    assert STATUS.findall(told) == [b"200"]


class Encrypted:
    """A client whose connection may end without a farewell of TLS, as many a client's does."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, trusted: Path) -> None:
        self._reader = reader
        self._writer = writer
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        context = ssl.create_default_context(cafile=trusted)
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname="127.0.0.1")

    def send(self, request: bytes, *, ends: bool = False) -> None:
        self._tls.write(request)
        self._writer.write(self._outgoing.read())
        if ends:
            self._writer.write_eof()

    async def when_received(self, read: Callable[[], T]) -> T:
        """What can be read once enough has come."""
        while True:
            try:
                return read()
            except ssl.SSLWantReadError:
                if answer := self._outgoing.read():
                    self._writer.write(answer)
                received = await self._reader.read(MEBIBYTE)
                self._incoming.write(received) if received else self._incoming.write_eof()

    async def shake_hands(self) -> None:
        await self.when_received(self._tls.do_handshake)

    async def receive(self) -> bytes:
        return await self.when_received(lambda: self._tls.read(MEBIBYTE))


async def test_who_asks_by_https_and_says_nothing_more_is_answered(tmp_path: Path) -> None:
    certificate = own_certificate(tmp_path, ["127.0.0.1"])
    async with serving(answering(ok()), certificate) as served, asyncio.timeout(PATIENCE):
        for _ in range(10):
            reader, writer = await served.connect()
            client = Encrypted(reader, writer, certificate.file)
            await client.shake_hands()
            for ends in (False, True):
                client.send(b"GET / HTTP/1.1\r\n\r\n", ends=ends)
                assert STATUS.findall(await client.receive()) == [b"200"]
            writer.close()


async def test_a_reply_does_not_wait_for_many_that_take_long() -> None:
    clock = Clock()
    clients: list[socket.socket] = []
    arrived = []

    def has_arrived() -> bool:
        for client in clients:
            with suppress(BlockingIOError):
                return bool(client.recv(1, socket.MSG_DONTWAIT | socket.MSG_PEEK))
        return False

    async def application(scope: Any, _: Any, send: Any) -> None:
        arrived.append(has_arrived())
        if len(arrived) > 1:
            clock.now += 1
            await asyncio.sleep(0)
        await ok().send(scope, send)

    async with serving(application) as served:
        state = served.listener.server_state
        state.writes = PendingWrites(patience=2, clock=clock)
        with ExitStack() as stack:
            clients = [stack.enter_context(socket.create_connection(("127.0.0.1", served.port))) for _ in range(5)]
            await until(lambda: len(state.connections) == 5)
            for client in clients:
                client.sendall(b"GET / HTTP/1.1\r\n\r\n")
            await until(lambda: state.total_requests == 5)
    assert arrived == [False, False, False, True, True]


@pytest.mark.parametrize(
    ("follow", "statuses"),
    [
        (lambda connection: connection.data_received(b"\0\r\n\r\n"), [b"200", b"400"]),
        (lambda connection: connection.timeout_keep_alive_handler(), [b"200"]),
    ],
    ids=["what is not HTTP", "the end of patience with an idle connection"],
)
async def test_a_reply_comes_before_what_follows_it(
    follow: Callable[[Connection], None], statuses: list[bytes]
) -> None:
    async def application(scope: Any, _: Any, send: Any) -> None:
        await ok().send(scope, send)
        [connection] = served.listener.server_state.connections
        assert isinstance(connection, Connection)
        follow(connection)

    async with serving(application) as served:
        assert STATUS.findall(await served.exchange(b"GET / HTTP/1.1\r\n\r\n")) == statuses


class Abundance:
    """An application with more to say than sockets hold.

    Attributes:
        begun: How many replies it has handed over.
        done: How many of them were taken.
    """

    def __init__(self, size: int) -> None:
        self._reply = ok(b"x" * size)
        self.begun = 0
        self.done = 0

    async def __call__(self, scope: Any, _: Any, send: Any) -> None:
        self.begun += 1
        await self._reply.send(scope, send)
        self.done += 1


async def test_a_reply_waits_until_its_client_has_read_those_before() -> None:
    application = Abundance(MEBIBYTE)
    async with serving(application) as served:
        reader, writer = await served.connect()
        writer.write(b"GET / HTTP/1.1\r\n\r\n" * 99 + LAST)
        others = 0
        while application.done == application.begun < 100 + others:
            # Others are answered meanwhile, and there is time to go on.
            await served.exchange(LAST)
            others += 1
        assert application.begun - others < 50
        assert len(await reader.read(-1)) > 100 * MEBIBYTE
        assert application.done == application.begun == 100 + others
        writer.close()


async def test_a_reply_that_waits_is_not_sent_to_who_has_gone(caplog: pytest.LogCaptureFixture) -> None:
    application = Abundance(32 * MEBIBYTE)
    async with serving(application) as served:
        _, writer = await served.connect()
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        await until(lambda: application.done == 1)
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        await until(lambda: application.begun == 2)
        assert application.done == 1
        writer.transport.abort()
        await until(lambda: application.done == 2)
        assert served.listener.server_state.total_requests == 1
    assert caplog.records == []


async def test_nothing_is_sent_to_who_has_gone_before(caplog: pytest.LogCaptureFixture) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        begun.set()
        while (await receive())["type"] != "http.disconnect":
            pass
        await ok().send(scope, send)
        ended.set()

    async with serving(application) as served:
        _, writer = await served.connect()
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        await begun.wait()
        writer.close()
        await ended.wait()
        assert served.listener.server_state.total_requests == 0
    assert caplog.records == []


@pytest.mark.parametrize(
    "header",
    [
        (b"x-one", b"1\r\nset-cookie: a=b"),
        (b"x-one", b"1\nset-cookie: a=b"),
        (b"x-one", b"1\rset-cookie: a=b"),
        (b"x-one", b"\0"),
        (b"x-one: 1\r\nset-cookie", b"a=b"),
        (b"x one", b"1"),
        (b"", b"1"),
    ],
)
async def test_a_value_never_becomes_a_header(header: tuple[bytes, bytes], caplog: pytest.LogCaptureFixture) -> None:
    reply = ok(b"", header)
    with pytest.raises(ValueError, match="is no header of a reply"):
        _ = reply.head
    async with serving(answering(reply)) as served:
        told = await served.exchange(LAST)
    assert told.startswith(b"HTTP/1.1 500 Internal Server Error\r\n")
    assert b"set-cookie" not in told
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(200, [], b"some"), "a body of 4 bytes"),
        (Reply(200, [], b""), "a body of 0 bytes"),
        (Reply(200, [(b"content-length", b"3")], b"some"), "a body of 4 bytes"),
        (Reply(200, [(b"content-length", b"5")], b"some"), "a body of 4 bytes"),
        (Reply(200, [(b"content-length", b"4")] * 2, b"some"), "a body of 4 bytes"),
        (Reply(204, [], b"some"), "a body of 4 bytes"),
        (Reply(304, [(b"content-length", b"0")], b""), "a body of 0 bytes"),
        (ok(b"", (b"connection", b"close")), "is no header of a reply"),
        (ok(b"", (b"transfer-encoding", b"chunked")), "is no header of a reply"),
    ],
)
def test_a_reply_says_how_long_its_body_is_and_nothing_of_its_connection(reply: Reply, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        _ = reply.head


async def test_the_head_of_a_reply_is_made_once() -> None:
    reply = ok()
    assert reply.head is reply.head


class OtherCycle(httptools_impl.RequestResponseCycle):
    """uvicorn's, of a version that is not known here: what it has been given cannot be told."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)


class OtherFlow(FlowControl):
    def __init__(self, *given: Any) -> None:
        super().__init__(*given)


@pytest.mark.parametrize(
    ("name", "other"),
    [("RequestResponseCycle", OtherCycle), ("FlowControl", OtherFlow), ("_start_asgi_task", None)],
)
async def test_another_uvicorn_answers_as_it_always_did(
    monkeypatch: pytest.MonkeyPatch, name: str, other: type | None
) -> None:
    offered = []

    async def application(scope: Any, _: Any, send: Any) -> None:
        offered.append("extensions" in scope)
        await ok().send(scope, send)

    if other is None:
        # Then nobody calls what is overridden here.
        monkeypatch.delattr(Connection, name)
    else:
        monkeypatch.setattr(httptools_impl, name, other)
    async with serving(application) as served:
        assert (await served.exchange(LAST)).startswith(b"HTTP/1.1 200 OK\r\n")
    assert offered == [False]


@pytest.mark.parametrize("offer", [b"h2c", b"websocket"])
async def test_who_offers_another_protocol_is_answered_as_anybody_else(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, offer: bytes
) -> None:
    async def echo(scope: Any, receive: Any, send: Any) -> None:
        body = scope["path"].encode()
        while (message := await receive())["more_body"]:
            body += message["body"]
        await ok(body + message["body"]).send(scope, send)

    # As where a library for WebSockets is installed: uvicorn would answer with it.
    monkeypatch.setattr(auto, "AutoWebSocketsProtocol", asyncio.Protocol)
    asking = b"POST /%d HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: " + offer
    told = await wire.told(
        echo,
        asking % 1 + b"\r\n\r\n",
        asking % 2 + b"\r\nContent-Length: 3\r\n\r\n{1}",
        asking % 3 + b"\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{2}\r\n0\r\n\r\n",
        asking % 4 + b"\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n{3}",
        LAST,
    )
    assert STATUS.findall(told) == [b"200", b"200", b"200", b"100", b"200", b"200"]
    assert re.findall(rb"\r\n\r\n(/[0-9](?:{[0-9]})?)", told) == [b"/1", b"/2{1}", b"/3{2}", b"/4{3}"]
    assert caplog.records == []


async def test_who_asks_for_a_tunnel_is_refused(wire: Wire) -> None:
    told = await wire.told(answering(ok()), b"CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n")
    assert STATUS.findall(told) == [b"400"]


async def test_who_logs_each_access_finds_each(caplog: pytest.LogCaptureFixture) -> None:
    accesses = logging.getLogger("uvicorn.access")
    async with serving(answering(ok())) as served:
        accesses.addHandler(caplog.handler)
        try:
            with caplog.at_level(logging.INFO, "uvicorn.access"):
                await served.exchange(LAST)
        finally:
            accesses.removeHandler(caplog.handler)
    assert [record.getMessage().partition(" - ")[2] for record in caplog.records] == ['"GET /status HTTP/1.1" 200']


async def test_a_connection_that_has_ended_leaves_nothing_to_collect() -> None:
    ended = asyncio.Event()

    async def application(scope: Any, _: Any, send: Any) -> None:
        [connection] = served.listener.server_state.connections
        weakref.finalize(connection, ended.set)
        await ok().send(scope, send)

    gc.disable()
    try:
        async with serving(application) as served:
            await served.exchange(LAST)
            await asyncio.wait_for(ended.wait(), 10)
    finally:
        gc.enable()


async def everything(world: World, ann: Person) -> list[tuple[bytes, list[int]]]:
    """Requests to the API that are answered alike when they are made again, and the statuses of the replies."""
    auth = b64encode(":".join(ann.auth).encode())
    ours = f"/organizations/{ann.organization_id}"

    def request(method: str, path: str, *headers: str, body: bytes = b"", known: bool = True) -> bytes:
        lines = [f"{method} {BASE_PATH}{path} HTTP/1.1", "Host: localhost", *headers]
        if known:
            lines.append(f"Authorization: Basic {auth.decode()}")
        if body:
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode() + body

    etag = (await world.http.get(ours, auth=ann.auth)).headers["etag"]
    logs = f"/audit_logs/{ann.organization_id}/2020-01-01T00:00:00Z/2040-01-01T00:00:00Z?export=true"
    return [
        (request("GET", ours) * 3, [200] * 3),
        (request("GET", f"{ours}/users?page=1") * 2, [200] * 2),
        (request("GET", ours, f"If-None-Match: {etag}") * 2, [304] * 2),
        (request("GET", "/me/organizations"), [200]),
        (request("PUT", ours, body=b'{"name":"Acme"}'), [200]),
        (request("DELETE", "/me/sessions"), [200]),
        (request("GET", f"{ours}/segmentation"), [204]),
        (request("GET", ours, known=False), [401]),
        (request("GET", "/nothing"), [404]),
        (request("HEAD", ours) + request("PATCH", ours), [405] * 2),
        (request("PUT", ours, body=b"{"), [400]),
        (request("PUT", ours, body=b"x" * 2 * MEBIBYTE) + request("GET", "/me/id"), [413, 200]),
        (request("GET", logs), [200]),
        (request("GET", "/docs", known=False) + request("GET", "/openapi.json"), [200] * 2),
        (b"GET /invitations/unknown HTTP/1.1\r\n\r\n", [404]),
    ]


async def test_the_whole_api_says_the_same_bytes(wire: Wire, new_world: OpenWorld) -> None:
    world = await new_world()
    ann = await world.person("ann")
    for requests, statuses in await everything(world, ann):
        told = await wire.told(world.server.application, requests, LAST)
        assert [int(status) for status in STATUS.findall(told)] == [*statuses, 404]
