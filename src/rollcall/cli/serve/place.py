"""What a server works with on this machine: made by the command, and again by each of its workers."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, NamedTuple

from rollcall.cli.database import at_home, embedded_url, keyring
from rollcall.cli.failure import Failure
from rollcall.contract.plan import PLANS_BY_HANDLE
from rollcall.server.certificate import Certificate, given_certificate, own_certificate
from rollcall.server.mail.files import FileCarrier
from rollcall.server.mail.smtp import BadAddress, SMTPCarrier
from rollcall.server.settings import Settings
from rollcall.server.startup import Server
from rollcall.server.storage import sqlite_path

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator
    from pathlib import Path

    from rollcall.cli.serve.options import Options
    from rollcall.server.keyring import Keyring

_FEWEST_CONNECTIONS = 4
"""A write that waits for its turn keeps a connection, and reads must not wait for it."""


class Place(NamedTuple):
    """What the server works with on this machine."""

    options: Options
    database_url: str
    keyring: Keyring
    certificate: Certificate | None
    carrier: FileCarrier | SMTPCarrier
    own_url: str

    @property
    def settings(self) -> Settings:
        """The rules of the server."""
        options = self.options
        return Settings(
            public_url=options.public_url or self.own_url,
            default_plan=PLANS_BY_HANDLE[options.default_plan],
            signup=options.signup,
            organizations=options.organizations,
            prove_addresses=options.prove_addresses,
            document_fonts=options.document_fonts,
        )

    @asynccontextmanager
    async def server(self) -> AsyncIterator[Server]:
        """The server, while the context lasts.

        Raises:
            StorageError: Its database cannot be used.
            BadKey: Its database was made with another secret key.
        """
        server = await Server.open(
            self.database_url,
            self.settings,
            self.keyring,
            replica_url=self.options.replica_url or None,
            connections=max(_FEWEST_CONNECTIONS, 2 * (os.cpu_count() or 1) // self.options.workers),
        )
        try:
            yield server
        finally:
            await server.close()


def find_place(options: Options, listens_on: socket.socket) -> Place:
    """Find what the options name, and make what is the server's own and not there yet.

    Raises:
        BadCertificate: The certificate cannot be served.
        BadKey: There is no secret key, or it cannot be used.
        StorageError: The URL names no database.
        Failure: Something else that the options name cannot be used.
    """
    database_url = options.database_url or embedded_url(_data_dir(options))
    if options.replica_url and sqlite_path(database_url) is not None:
        raise Failure("--replica-url needs --database-url: the embedded database has no replicas")
    certificate = _certificate(options)
    return Place(
        options,
        database_url,
        keyring(database_url),
        certificate,
        _carrier(options),
        _own_url(options, listens_on, "https" if certificate else "http"),
    )


def _own_url(options: Options, listens_on: socket.socket, scheme: str) -> str:
    # Nobody can be sent to "any address".
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)  # noqa: S104 - nothing is bound here
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{listens_on.getsockname()[1]}"


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
