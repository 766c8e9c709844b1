"""One connection of a client: replies go out in one piece, and stopping the server closes it under no request."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http import httptools_impl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from rollcall.server.http.parser import Parser
from rollcall.server.http.pending_writes import PendingWrites
from rollcall.server.http.reply import WHOLE

if TYPE_CHECKING:
    import asyncio

    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

_STATUS_LINES = {int(status): b"HTTP/1.1 %d %b\r\n" % (status, status.phrase.encode()) for status in HTTPStatus}
_NEEDED = {
    "RequestResponseCycle": {
        "default_headers",
        "disconnected",
        "flow",
        "keep_alive",
        "message_event",
        "on_response",
        "response_complete",
        "response_started",
        "scope",
        "transport",
        "waiting_for_100_continue",
    },
    "FlowControl": {"write_paused"},
}
"""What uvicorn's classes must give their objects for a reply to go out in one piece."""


class State(ServerState):
    """What the connections of one listener have in common.

    Attributes:
        ending: Whether the listener takes no more connections, and is done when these have ended.
        farewell: Seconds in which a client may still use a connection that is idle then.
        writes: Replies on their way to the sockets.
    """

    def __init__(self, farewell: float) -> None:
        super().__init__()
        self.ending = False
        self.farewell = farewell
        self.writes = PendingWrites()
        self._rendered_of: list[tuple[bytes, bytes]] = []
        self._rendered = b""

    def render(self, headers: list[tuple[bytes, bytes]]) -> bytes:
        """What every reply begins with, as it stands on the wire: uvicorn has another list of it once a second."""
        if headers is not self._rendered_of:
            self._rendered_of = headers
            self._rendered = b"".join(b"%b: %b\r\n" % header for header in headers)
        return self._rendered


class Connection(HttpToolsProtocol):
    """Serves one connection.

    uvicorn closes idle connections when it stops; but an idle connection may have a request on its way already. Here
    that request is answered, and told that it is the last; only who says nothing for a while is closed.

    uvicorn takes a reply in two messages, looks at each of its headers, and writes to the socket twice. Here an
    application may hand over a whole reply, its headers rendered, by the extension `WHOLE` of its scope; over http it
    is written together with those of other connections. The bytes are the same. Where another uvicorn works in another
    way, or logs each access, there is no such extension.
    """

    server_state: State
    _answered: RequestResponseCycle

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.parser: Parser = Parser(self)
        self._extensions: dict[str, object] = {}
        logs_access = self.access_log and self.access_logger.isEnabledFor(logging.INFO)
        if _is_known_uvicorn() and not logs_access:
            self._extensions[WHOLE] = self._send_whole

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Take a connection."""
        super().connection_made(transport)
        if self.server_state.ending:
            self.shutdown()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        super().connection_lost(exc)
        # What holds the connection as well as being held by it would keep it from going at once.
        self._extensions.clear()

    def eof_received(self) -> None:
        """Close the connection of who says nothing more, after the replies that are ready."""
        self.server_state.writes.flush()
        super().eof_received()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is not HTTP, after the replies to what was."""
        self.server_state.writes.flush()
        super().send_400_response(msg)

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that nobody has used for a while."""
        self.server_state.writes.flush()
        super().timeout_keep_alive_handler()

    def on_headers_complete(self) -> None:
        """Begin with a request."""
        if self.parser.with_offer:
            return
        super().on_headers_complete()
        if self.server_state.ending:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """Tell who reads a request that this is all of it."""
        if not self.parser.with_offer:
            super().on_message_complete()

    def shutdown(self) -> None:
        """End after the next reply, or after a while without a request."""
        if self.cycle is None or self.cycle.response_complete:
            self._unset_keepalive_if_required()
            farewell = self.server_state.farewell
            self.timeout_keep_alive_task = self.loop.call_later(farewell, self.timeout_keep_alive_handler)
        elif not self.cycle.response_started:
            self.cycle.keep_alive = False

    def _start_asgi_task(self, cycle: RequestResponseCycle, *more: Any, **named: Any) -> None:
        if self._extensions:
            # Of requests that wait behind each other one is answered at a time, and this is where it begins.
            self._answered = cycle
            cycle.scope["extensions"] = self._extensions  # type: ignore[typeddict-item] # uvicorn knows only its own
        super()._start_asgi_task(cycle, *more, **named)
        # Work on this request stands between those that are answered and those that are yet to be begun.
        self.loop.call_soon(self.server_state.writes.flush_if_due)

    async def _send_whole(self, status: int, head: bytes, body: bytes) -> None:
        """Send a reply, as `cycle.send` would.

        Args:
            status: Its status.
            head: Its headers as they stand on the wire, `Content-Length` among them where there may be a body.
            body: Its body, which goes to everybody but who asks by HEAD.
        """
        cycle = self._answered
        if cycle.flow.write_paused and not cycle.disconnected:
            await cycle.flow.drain()
        if cycle.disconnected:
            return
        cycle.response_started = True
        cycle.waiting_for_100_continue = False
        first = self.server_state.render(cycle.default_headers)
        end = b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n"
        shown = b"" if cycle.scope["method"] == "HEAD" else body
        self._write(b"".join((_STATUS_LINES[status], first, head, end, shown)))
        cycle.response_complete = True
        cycle.message_event.set()
        if not cycle.keep_alive:
            self.server_state.writes.flush()
            cycle.transport.close()
        cycle.on_response()

    def _write(self, data: bytes) -> None:
        if self.scheme == "https":
            # Encrypted, it cannot wait: when the client says nothing more, asyncio and uvloop take no more either.
            self.transport.write(data)
        else:
            self.server_state.writes.add(self.transport, data)


def _is_known_uvicorn() -> bool:
    for name, needed in _NEEDED.items():
        kind = getattr(httptools_impl, name, None)
        code = getattr(getattr(kind, "__init__", None), "__code__", None)
        if code is None or not needed <= {*code.co_names}:
            return False
    return True
