"""One connection of a client, which is not closed under a request when the server stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

if TYPE_CHECKING:
    import asyncio


class State(ServerState):
    """What the connections of one listener have in common.

    Attributes:
        ending: Whether the listener takes no more connections, and is done when these have ended.
        farewell: Seconds in which a client may still use a connection that is idle then.
    """

    def __init__(self, farewell: float) -> None:
        super().__init__()
        self.ending = False
        self.farewell = farewell


class Connection(HttpToolsProtocol):
    """Serves one connection.

    uvicorn closes idle connections when it stops; but an idle connection may have a request on its way already. Here
    that request is answered, and told that it is the last; only who says nothing for a while is closed.
    """

    server_state: State

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Take a connection."""
        super().connection_made(transport)
        if self.server_state.ending:
            self.shutdown()

    def on_headers_complete(self) -> None:
        """Begin with a request."""
        super().on_headers_complete()
        if self.server_state.ending:
            self.cycle.keep_alive = False

    def shutdown(self) -> None:
        """End after the next reply, or after a while without a request."""
        if self.cycle is None or self.cycle.response_complete:
            self._unset_keepalive_if_required()
            farewell = self.server_state.farewell
            self.timeout_keep_alive_task = self.loop.call_later(farewell, self.timeout_keep_alive_handler)
        elif not self.cycle.response_started:
            self.cycle.keep_alive = False
