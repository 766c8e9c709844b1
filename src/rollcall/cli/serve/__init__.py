"""`rollcall serve`: the server, from one command."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from rollcall.cli.database import at_home, embedded_url, keyring
from rollcall.cli.failure import Failure
from rollcall.cli.serve.first_account import add_first_account
from rollcall.cli.serve.options import Options, add_options, read_options
from rollcall.cli.serve.welcome import welcome
from rollcall.contract.plan import PLANS_BY_HANDLE
from rollcall.server.certificate import BadCertificate, Certificate, given_certificate, own_certificate
from rollcall.server.http.listener import Listener, listen
from rollcall.server.keyring import BadKey, Keyring
from rollcall.server.mail.files import FileCarrier
from rollcall.server.mail.smtp import BadAddress, SMTPCarrier
from rollcall.server.purging import purging
from rollcall.server.settings import Settings
from rollcall.server.startup import Server
from rollcall.server.storage import StorageError, migrate

if TYPE_CHECKING:
    import argparse
    import socket
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    _new_event_loop = asyncio.new_event_loop
else:
    from uvloop import new_event_loop as _new_event_loop


class _Place(NamedTuple):
    """What the server works with on this machine."""

    socket: socket.socket
    database_url: str
    keyring: Keyring
    certificate: Certificate | None
    carrier: FileCarrier | SMTPCarrier


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
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        with _listen(options) as socket, asyncio.Runner(loop_factory=_new_event_loop) as runner:
            database_url = options.database_url or embedded_url(_data_dir(options))
            place = _Place(socket, database_url, keyring(database_url), _certificate(options), _carrier(options))
            migrate(database_url)
            runner.run(_serve(options, place))
    except (BadCertificate, BadKey, StorageError) as error:
        raise Failure(str(error)) from error
    return 0


async def _serve(options: Options, place: _Place) -> None:
    own_url = _own_url(options, place)
    settings = Settings(
        public_url=options.public_url or own_url,
        default_plan=PLANS_BY_HANDLE[options.default_plan],
        signup=options.signup,
        organizations=options.organizations,
        prove_addresses=options.prove_addresses,
        document_fonts=options.document_fonts,
    )
    server = await Server.open(place.database_url, settings, place.keyring)
    try:
        first = (
            None if await server.has_accounts() else await add_first_account(server, options.email, options.password)
        )
        listener = Listener(
            server.application, certificate=place.certificate, trusted_proxies=options.trusted_proxy or None
        )
        with _stopped_by_signals(listener):
            print(welcome(settings, place.database_url, own_url, place.certificate, first, place.carrier), flush=True)
            mail = server.delivery(place.carrier, options.mail_from or None)
            async with purging(server.storage, server.service), mail.running():
                await listener.serve(sockets=[place.socket])
    finally:
        await server.close()


@contextmanager
def _stopped_by_signals(listener: Listener) -> Iterator[None]:
    before = {each: signal.signal(each, listener.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _listen(options: Options) -> socket.socket:
    try:
        return listen(options.host, options.port)
    except OSError as error:
        # The error's own text repeats the address.
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise Failure(
            f"cannot listen on {options.host} port {options.port}: {why}; --host and --port choose others"
        ) from error


def _own_url(options: Options, place: _Place) -> str:
    # Nobody can be sent to "any address".
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)  # noqa: S104 - nothing is bound here
    scheme = "https" if place.certificate else "http"
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{place.socket.getsockname()[1]}"


def _certificate(options: Options) -> Certificate | None:
    if options.tls_certificate and options.tls_key:
        return given_certificate(options.tls_certificate, options.tls_key)
    if options.tls_certificate or options.tls_key:
        raise Failure("--tls-certificate and --tls-key go together")
    if not options.tls:
        return None
    return own_certificate(_data_dir(options), [options.host, options.public_host])


def _carrier(options: Options) -> FileCarrier | SMTPCarrier:
    if not options.smtp_url:
        return FileCarrier(_data_dir(options) / "mail")
    try:
        return SMTPCarrier(options.smtp_url)
    except BadAddress as error:
        raise Failure(str(error)) from error


def _data_dir(options: Options) -> Path:
    data_dir = at_home(options.data_dir)
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError as error:
        raise Failure(f"{data_dir} is a file; --data-dir names a directory") from error
    except OSError as error:
        raise Failure(f"cannot make the data directory {data_dir}: {error.strerror}") from error
    return data_dir
