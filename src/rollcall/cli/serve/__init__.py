"""`rollcall serve`: the server, from one command."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from rollcall.cli.failure import Failure
from rollcall.cli.serve.first_account import add_first_account
from rollcall.cli.serve.options import Options, add_options, read_options
from rollcall.cli.serve.place import Place, find_place
from rollcall.cli.serve.welcome import welcome
from rollcall.cli.serve.worker import configure_logging, listener_at, new_event_loop, serve_at, work
from rollcall.cli.serve.workers import Workers
from rollcall.server.certificate import BadCertificate
from rollcall.server.http.sockets import listen
from rollcall.server.keyring import BadKey
from rollcall.server.storage import StorageError, migrate

if TYPE_CHECKING:
    import argparse
    import socket
    from collections.abc import Iterator

    from rollcall.server.http.listener import Listener
    from rollcall.server.startup import Server


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `serve` to the commands."""
    parser = commands.add_parser(
        "serve",
        help="start the server",
        description="Start the server. Every option can also be set in the environment, as ROLLCALL_<OPTION>.",
    )
    parser.set_defaults(run=run)
    add_options(parser)


def run(parsed: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM.

    Returns:
        0: it has been stopped, and everything asked for until then is answered.

    Raises:
        Failure: It cannot start.
    """
    options = read_options(parsed, os.environ)
    configure_logging()
    try:
        with _listening(options) as sockets:
            place = find_place(options, sockets[0])
            migrate(place.database_url)
            if options.workers == 1:
                with asyncio.Runner(loop_factory=new_event_loop) as runner:
                    runner.run(_serve(place, sockets))
            else:
                _serve_by_workers(place, sockets)
    except (BadCertificate, BadKey, StorageError) as error:
        raise Failure(str(error)) from error
    return 0


async def _serve(place: Place, sockets: list[socket.socket]) -> None:
    async with place.server() as server:
        listener = listener_at(place, server)
        with _stopped_by_signals(listener):
            await _welcome(place, server)
            await serve_at(place, server, listener, sockets)


def _serve_by_workers(place: Place, sockets: list[socket.socket]) -> None:
    async def prepare() -> None:
        async with place.server() as server:
            await _welcome(place, server)

    with Workers(sockets, partial(work, place.options)) as workers:
        with asyncio.Runner(loop_factory=new_event_loop) as runner:
            runner.run(prepare())
        if not workers.run():
            raise Failure("no worker could start: what each said is above")


async def _welcome(place: Place, server: Server) -> None:
    """Make the first account where there is none yet, and say how to reach the server."""
    options = place.options
    first = None if await server.has_accounts() else await add_first_account(server, options.email, options.password)
    said = welcome(place.settings, place.database_url, place.own_url, place.certificate, first, place.carrier)
    print(said, flush=True)


@contextmanager
def _stopped_by_signals(listener: Listener) -> Iterator[None]:
    before = {each: signal.signal(each, listener.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def _listening(options: Options) -> Iterator[list[socket.socket]]:
    if options.workers > 1 and sys.platform == "win32":
        raise Failure("--workers needs signals that this system does not have: leave it out")
    try:
        sockets = listen(options.host, options.port, options.workers)
    except OSError as error:
        # The error's own text repeats the address.
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise Failure(
            f"cannot listen on {options.host} port {options.port}: {why}; --host and --port choose others"
        ) from error
    with ExitStack() as stack:
        for each in sockets:
            stack.enter_context(each)
        yield sockets
