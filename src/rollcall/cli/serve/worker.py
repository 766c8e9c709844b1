"""One process that answers requests: the only one, or one of several."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from rollcall.cli.serve.place import Place, find_place
from rollcall.server.http.listener import Listener
from rollcall.server.purging import purging

if TYPE_CHECKING:
    import socket
    from multiprocessing.connection import Connection

    from rollcall.cli.serve.options import Options
    from rollcall.server.startup import Server

if sys.platform == "win32":
    new_event_loop = asyncio.new_event_loop
else:
    from uvloop import new_event_loop as new_event_loop


def configure_logging() -> None:
    """Say on standard error what an operator should know."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def listener_at(place: Place, server: Server, **more: Any) -> Listener:
    """What takes requests to the server."""
    return Listener(
        server.application,
        certificate=place.certificate,
        trusted_proxies=place.options.trusted_proxy or None,
        **more,
    )


async def serve_at(place: Place, server: Server, listener: Listener, sockets: list[socket.socket]) -> None:
    """Answer requests, deliver mail and remove what is outlived, until the listener is told to stop."""
    # What is here now stays as long as the process: nothing of it need be looked at again to find what can go.
    gc.collect()
    gc.freeze()
    mail = server.delivery(place.carrier, place.options.mail_from or None)
    async with purging(server.storage, server.service), mail.running():
        await listener.serve(sockets=sockets)


def work(options: Options, listens_on: socket.socket, supervisor: Connection) -> None:
    """Be one of several workers: say when requests are answered, and go on until the supervisor hangs up."""
    configure_logging()
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_work(find_place(options, listens_on), listens_on, supervisor))


async def _work(place: Place, listens_on: socket.socket, supervisor: Connection) -> None:
    async with place.server() as server:
        listener = listener_at(place, server, alone=False, when_ready=partial(_say_ready, supervisor))
        asyncio.get_running_loop().add_reader(supervisor.fileno(), listener.stop)
        await serve_at(place, server, listener, [listens_on])


def _say_ready(supervisor: Connection) -> None:
    with suppress(BrokenPipeError):  # it has hung up already
        supervisor.send(None)
