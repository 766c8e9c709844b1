"""`rollcall serve`: the server, from one command."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
import secrets
import socket
import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import uvicorn
import uvloop

from rollcall.contract.operations.account import SIGNUP
from rollcall.contract.plan import PLANS_BY_HANDLE
from rollcall.contract.problem import COMMON, Refused
from rollcall.server.certificate import own_certificate
from rollcall.server.http.routes import BASE_PATH
from rollcall.server.keyring import BadKey, Keyring, load_key
from rollcall.server.mail.files import FileCarrier
from rollcall.server.mail.smtp import BadAddress, SMTPCarrier
from rollcall.server.settings import Settings
from rollcall.server.startup import Server
from rollcall.server.storage import StorageError, migrate

_DATA = "~/.local/share/rollcall"
_CONFIGURATION = "~/.config/rollcall"
_BACKLOG = 1024


class CannotStart(Exception):  # noqa: N818 - one line that says why
    """Why the server does not start, and what to do about it."""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `serve` to the commands."""
    environment = os.environ
    parser = commands.add_parser(
        "serve",
        help="start the server",
        description="Start the server. Every option can also be set in the environment as ROLLCALL_<OPTION>.",
    )
    parser.set_defaults(run=run)
    parser.add_argument("--host", default=environment.get("ROLLCALL_HOST", "127.0.0.1"), help="address to listen on")
    parser.add_argument("--port", type=int, default=environment.get("ROLLCALL_PORT", "8080"), help="port to listen on")
    parser.add_argument(
        "--data-dir",
        type=Path,
        default=environment.get("ROLLCALL_DATA_DIR", _DATA),
        help="where the embedded database and the server's own certificate are kept (%(default)s)",
    )
    parser.add_argument(
        "--database-url",
        default=environment.get("ROLLCALL_DATABASE_URL"),
        help="postgresql://… in place of the embedded database",
    )
    first = parser.add_argument_group("the first account, made at the first start")
    first.add_argument("--email", default=environment.get("ROLLCALL_EMAIL"), help="its e-mail address")
    first.add_argument("--password", default=environment.get("ROLLCALL_PASSWORD"), help="its password")
    tls = parser.add_argument_group("https")
    tls.add_argument(
        "--tls",
        action="store_true",
        default=environment.get("ROLLCALL_TLS") in ("1", "yes", "true"),
        help="serve https, with a certificate of the server's own making unless one is given",
    )
    tls.add_argument("--tls-certificate", type=Path, default=environment.get("ROLLCALL_TLS_CERTIFICATE"))
    tls.add_argument("--tls-key", type=Path, default=environment.get("ROLLCALL_TLS_KEY"))
    rules = parser.add_argument_group("rules")
    _add_choice(rules, "--default-plan", list(PLANS_BY_HANDLE), "enterprise", "plan of a new organization")
    _add_choice(rules, "--signup", ["open", "invited"], "invited", "who may make an account")
    _add_choice(rules, "--organizations", ["anyone", "operator"], "anyone", "who may make an organization")
    _add_choice(
        rules,
        "--prove-addresses",
        ["yes", "no"],
        "yes" if environment.get("ROLLCALL_SMTP_URL") else "no",
        "whether an address must be proved by a mailed link; by default where mail can be sent",
    )
    parser.add_argument(
        "--public-url",
        default=environment.get("ROLLCALL_PUBLIC_URL"),
        help="where people reach the server: the start of every mailed link",
    )
    parser.add_argument(
        "--mail-from",
        default=environment.get("ROLLCALL_MAIL_FROM"),
        help="who mail is from; by default rollcall at the host of the public URL. It goes to the SMTP server that "
        "ROLLCALL_SMTP_URL names (smtp://user:password@host:port, or smtps://…), else into files in the data directory",
    )
    parser.add_argument(
        "--trusted-proxy",
        default=environment.get("ROLLCALL_TRUSTED_PROXY"),
        help="address of the proxy (several with commas) whose X-Forwarded-For and -Proto are believed",
    )


def _add_choice(group: argparse._ArgumentGroup, name: str, choices: list[str], default: str, text: str) -> None:
    variable = "ROLLCALL_" + name.strip("-").replace("-", "_").upper()
    given = os.environ.get(variable, default)
    if given not in choices:
        raise SystemExit(f"rollcall: {variable} is {given!r}; it can be {', '.join(choices)}")
    group.add_argument(name, choices=choices, default=given, help=f"{text} (%(default)s)")


def run(options: argparse.Namespace) -> int:
    """Serve until stopped.

    Returns:
        0 after a stop that was asked for, 1 where it could not start.
    """
    try:
        options.data_dir = Path(options.data_dir).expanduser()
        with _listen(options.host, options.port) as listener:
            options.port = listener.getsockname()[1]
            _serve(options, listener)
    except CannotStart as reason:
        print(f"rollcall: {reason}", file=sys.stderr)
        return 1
    return 0


def _serve(options: argparse.Namespace, listener: socket.socket) -> None:
    database_url = options.database_url or f"sqlite:///{_ready(options.data_dir) / 'rollcall.db'}"
    certificate = _certificate(options)
    settings = _settings(options, secure=certificate is not None)
    own_key = None if options.database_url else Path(_CONFIGURATION).expanduser() / "secret-key"
    try:
        keyring = Keyring(load_key(dict(os.environ), own_key))
        migrate(database_url)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve_until_stopped(options, certificate, listener, database_url, settings, keyring))
    except (BadKey, StorageError) as error:
        raise CannotStart(str(error)) from error


async def _serve_until_stopped(
    options: argparse.Namespace,
    certificate: tuple[Path, Path] | None,
    listener: socket.socket,
    database_url: str,
    settings: Settings,
    keyring: Keyring,
) -> None:
    server = await Server.open(database_url, settings, keyring)
    try:
        first = None if await server.has_accounts() else await _add_first_account(options, server)
        carrier = _carrier(options)
        print(_welcome(settings, options, certificate, first, carrier), flush=True)
        configuration = uvicorn.Config(
            server.application,
            lifespan="off",
            access_log=False,
            server_header=False,
            log_level="warning",
            proxy_headers=options.trusted_proxy is not None,
            forwarded_allow_ips=options.trusted_proxy,
            ssl_certfile=certificate[0] if certificate else None,
            ssl_keyfile=certificate[1] if certificate else None,
            timeout_graceful_shutdown=10,
        )
        async with server.delivery(carrier, options.mail_from).running():
            await uvicorn.Server(configuration).serve(sockets=[listener])
    finally:
        await server.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise CannotStart(f"cannot listen on {host} port {port}: {error.strerror}; --port chooses another") from error


def _ready(data_dir: Path) -> Path:
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(f"cannot make the data directory {data_dir}: {error.strerror}") from error
    return data_dir


def _certificate(options: argparse.Namespace) -> tuple[Path, Path] | None:
    given = (options.tls_certificate, options.tls_key)
    if all(given):
        for file in given:
            if not os.access(file, os.R_OK):
                raise CannotStart(f"cannot read {file}")
        return Path(given[0]), Path(given[1])
    if any(given):
        raise CannotStart("--tls-certificate and --tls-key go together")
    if not options.tls:
        return None
    try:
        return own_certificate(_ready(options.data_dir), urlsplit(options.public_url or "").hostname or options.host)
    except OSError as error:
        raise CannotStart(f"cannot keep a certificate in {options.data_dir}: {error.strerror}") from error


def _carrier(options: argparse.Namespace) -> FileCarrier | SMTPCarrier:
    smtp_url = os.environ.get("ROLLCALL_SMTP_URL")
    try:
        return SMTPCarrier(smtp_url) if smtp_url else FileCarrier(_ready(options.data_dir) / "mail")
    except BadAddress as error:
        raise CannotStart(f"ROLLCALL_SMTP_URL: {error}") from error


def _settings(options: argparse.Namespace, *, secure: bool) -> Settings:
    host = f"[{options.host}]" if ":" in options.host else options.host
    own_url = f"{'https' if secure else 'http'}://{host}:{options.port}"
    public_url = (options.public_url or own_url).rstrip("/")
    if urlsplit(public_url).scheme not in ("http", "https") or not urlsplit(public_url).netloc:
        raise CannotStart(f"--public-url is {public_url!r}; it starts with http:// or https:// and names a host")
    return Settings(
        public_url=public_url,
        default_plan=PLANS_BY_HANDLE[options.default_plan],
        signup=options.signup,
        organizations=options.organizations,
        prove_addresses=options.prove_addresses == "yes",
    )


async def _add_first_account(options: argparse.Namespace, server: Server) -> _FirstAccount:
    email, password, generated = options.email, options.password, False
    if sys.stdin.isatty() and not (email and password):
        print("Nobody has an account here yet. The first one:")
        email = email or input("  e-mail: ").strip()  # noqa: ASYNC250 - nobody is served yet
        password = password or getpass.getpass("  password: ")
    elif not password:
        password, generated = secrets.token_urlsafe(12), True
    email = email or "admin@localhost"
    try:
        account = await server.add_account(email, password)
    except Refused as refused:
        problem = SIGNUP.problem(refused.reason) or COMMON[refused.reason]
        raise CannotStart(
            f"cannot make the first account {email!r}: {(problem.text or '').format(**refused.values)}"
        ) from refused
    return _FirstAccount(email, password if generated else None, account.api_token or "")


def _welcome(
    settings: Settings,
    options: argparse.Namespace,
    certificate: tuple[Path, Path] | None,
    first: _FirstAccount | None,
    carrier: FileCarrier | SMTPCarrier,
) -> str:
    api = settings.public_url + BASE_PATH
    where = "PostgreSQL" if options.database_url else options.data_dir / "rollcall.db"
    lines = [
        f"Rollcall serves {api}",
        f"  kept in        {where}",
        f"  mail           {carrier}",
        f"  sign-up        {settings.signup}",
        f"  addresses      {'proved by a mailed link' if settings.prove_addresses else 'not proved'}",
    ]
    trust = ""
    if certificate:
        lines.append(f"  certificate    {certificate[0]}")
        trust = f" --cacert {certificate[0]}"
    if first:
        lines.append(f"  first account  {first.email}")
        if first.password:
            lines.append(f"  password       {first.password}   (shown only now)")
        lines.append(f"  API token      {first.token}   (shown only now)")
        lines.append(f"Try it:\n  curl{trust} -u {first.token}:api_token {api}/me")
    return "\n".join(lines)


class _FirstAccount(NamedTuple):
    email: str
    password: str | None
    """Where it was not chosen by a person."""
    token: str
