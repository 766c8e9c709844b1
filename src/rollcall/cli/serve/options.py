"""What `rollcall serve` can be told, on the command line or in the environment."""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple
from urllib.parse import urlsplit

import msgspec

from rollcall.cli.database import DATA_DIR
from rollcall.cli.failure import Failure
from rollcall.contract.plan import PLANS_BY_HANDLE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """The options that were given, and for the others what holds without them."""

    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 1
    data_dir: Path = DATA_DIR
    database_url: str = ""
    replica_url: str = ""
    email: str = ""
    password: str = ""
    tls: bool = False
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    default_plan: str = "enterprise"
    signup: Literal["open", "invited"] = "invited"
    organizations: Literal["anyone", "operator"] = "anyone"
    prove_addresses: bool = False
    public_url: str = ""
    trusted_proxy: str = ""
    mail_from: str = ""
    smtp_url: str = ""
    document_fonts: tuple[Path, ...] = ()

    @property
    def public_host(self) -> str:
        """The host of `public_url`, empty where none is given."""
        return urlsplit(self.public_url).hostname or ""


class _Option(NamedTuple):
    """One option.

    Attributes:
        name: The field of `Options`.
        text: What `--help` says of it.
        read: Makes the value from its text; a ValueError says what would be right.
        values: What stands for the value in `--help`.
    """

    name: str
    text: str
    read: Callable[[str], object] = str
    values: str | None = None

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")

    @property
    def variable(self) -> str:
        return "ROLLCALL_" + self.name.upper()


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser, which leaves their texts unread."""
    for title, options in _GROUPS.items():
        group = parser.add_argument_group(title)
        for option in options:
            if option.name == "tls":
                group.add_argument(option.flag, action="store_const", const="yes", help=option.text)
            else:
                group.add_argument(option.flag, metavar=option.values or option.name.upper(), help=option.text)


def read_options(parsed: argparse.Namespace, environment: Mapping[str, str]) -> Options:
    """Read what was given: the command line counts before the environment, and an empty text as nothing.

    Raises:
        Failure: An option cannot have the value it was given.
    """
    given: dict[str, Any] = {}
    for option in (option for options in _GROUPS.values() for option in options):
        for source, text in (
            (option.flag, getattr(parsed, option.name)),
            (option.variable, environment.get(option.variable)),
        ):
            if text:
                given[option.name] = _read(option, source, text)
                break
    # Where mail can be sent, addresses can be proved.
    return Options(**({"prove_addresses": "smtp_url" in given} | given))


def _read(option: _Option, source: str, text: str) -> object:
    try:
        return option.read(text)
    except ValueError as error:
        raise Failure(f"{source} is {text!r}; it {error}") from None


def _one_of(*values: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in values:
            raise ValueError(f"is one of {', '.join(values)}")
        return text

    return read


def _yes_or_no(text: str) -> bool:
    known = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
    if text.lower() not in known:
        raise ValueError("is yes or no")
    return known[text.lower()]


def _host(text: str) -> str:
    if not _can_name_host(text):
        raise ValueError("is an address of this machine, or a name for one")
    return text


def _can_name_host(text: str) -> bool:
    try:
        return bool(text.encode("idna")) and text.isprintable() and " " not in text
    except UnicodeError:  # an empty or a long part between the dots
        return False


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise ValueError("is a number from 0 (any that is free) to 65535")
    return int(text)


def _workers(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_WORKERS):
        raise ValueError(f"is a number from 1 to {_MOST_WORKERS}")
    return int(text)


def _public_url(text: str) -> str:
    try:
        parts = urlsplit(text)
        complete = parts.scheme in ("http", "https") and _can_name_host(parts.hostname or "") and parts.port != 0
    except ValueError:  # a port or an address that is none
        complete = False
    if not complete or parts.query or parts.fragment or parts.username is not None:
        raise ValueError("starts with http:// or https://, names a host, and has no query")
    return text.rstrip("/")


def _proxies(text: str) -> str:
    try:
        for each in text.split(","):
            ip_network(each.strip())
    except ValueError:
        raise ValueError(
            "is an address or a network, or several with commas, such as 10.0.0.1,192.168.0.0/24"
        ) from None
    return text


def _fonts(text: str) -> tuple[Path, ...]:
    # Not before they are named: loading what draws takes longer than loading the rest of the server.
    from rollcall.server.documents.invoice_pdf import check_font

    fonts = tuple(Path(file).expanduser() for file in text.split(os.pathsep))
    for font in fonts:
        check_font(font)
    return fonts


_MOST_WORKERS = 256
_PLANS = tuple(PLANS_BY_HANDLE)
_GROUPS: dict[str, tuple[_Option, ...]] = {
    "where it listens": (
        _Option("host", "the address (127.0.0.1: this machine only)", _host),
        _Option("port", "the port (8080)", _port),
        _Option(
            "workers",
            "how many processes answer requests (1); as many as the machine has cores is a good number",
            _workers,
        ),
        _Option("public_url", "where people reach it, if elsewhere: the start of every mailed link", _public_url),
        _Option("trusted_proxy", "the proxies whose X-Forwarded-For and -Proto are believed", _proxies),
    ),
    "where it keeps things": (
        _Option("data_dir", "the embedded database and the server's own certificate (~/.local/share/rollcall)", Path),
        _Option("database_url", "postgresql://… in place of the embedded database"),
        _Option("replica_url", "postgresql://… of a replica of it, which may lag: it answers reads where it can"),
        _Option(
            "document_fonts",
            f"font files, with {os.pathsep} between them, for letters in invoices that Rollcall's own has not",
            _fonts,
            "FILES",
        ),
    ),
    "mail": (
        _Option("smtp_url", "smtp://user:password@host:port or smtps://…; without it, files in the data directory"),
        _Option("mail_from", "who it is from; by default rollcall at the host of the public URL", str, "ADDRESS"),
    ),
    "the first account, made at the first start": (
        _Option("email", "its e-mail address"),
        _Option("password", "its password"),
    ),
    "https": (
        _Option("tls", "serve https, with a certificate of the server's own making unless one is given", _yes_or_no),
        _Option("tls_certificate", "a certificate with its chain (PEM); implies --tls", Path, "FILE"),
        _Option("tls_key", "the certificate's key (PEM)", Path, "FILE"),
    ),
    "rules": (
        _Option("default_plan", "plan of a new organization (enterprise)", _one_of(*_PLANS), "|".join(_PLANS)),
        _Option("signup", "who may make an account (invited)", _one_of("open", "invited"), "open|invited"),
        _Option(
            "organizations",
            "who may make an organization (anyone)",
            _one_of("anyone", "operator"),
            "anyone|operator",
        ),
        _Option(
            "prove_addresses",
            "whether an address must be proved by a mailed link (yes where mail can be sent)",
            _yes_or_no,
            "yes|no",
        ),
    ),
}
