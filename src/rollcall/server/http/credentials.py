"""Credentials: who a request says it comes from."""

from __future__ import annotations

import binascii
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from rollcall.contract.name import is_storable, name_key
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.keyring import digest

if TYPE_CHECKING:
    from rollcall.server.http.request import Request

COOKIE = "toggl_api_session_new"
"""The session cookie; Toggl's API has called it so since version 8."""

TOKEN_PASSWORD = "api_token"


class Token(msgspec.Struct, frozen=True):
    """An API token, by its hash."""

    hash: bytes


class Session(msgspec.Struct, frozen=True):
    """A session cookie, by the hash of what it holds."""

    hash: bytes


class Password(msgspec.Struct, frozen=True):
    """An address, by its key, and a password."""

    email_key: str
    password: str


Credentials = Token | Session | Password


def read_credentials(request: Request) -> Credentials | None:
    """The credentials of a request: Basic authentication, else the session cookie; None where there are neither.

    Raises:
        Refused: There is an `Authorization` header that cannot be read.
    """
    header = request.raw_header(b"authorization")
    if header is not None:
        return _read_basic(header)
    session = request.cookie(COOKIE)
    return Session(digest(session)) if session else None


def check_origin(request: Request, public_url: str) -> None:
    """Refuse a write that another site makes with the visitor's cookie.

    Browsers name the origin of every such request; who sends none is no browser, and sends no cookie unasked.

    Raises:
        Refused: The origin is neither the server's public one nor the host the request was sent to.
    """
    origin = request.header(b"origin")
    if origin is None:
        return
    own_host = request.header(b"host")
    parts = urlsplit(public_url)
    if origin != f"{parts.scheme}://{parts.netloc}" and urlsplit(origin).netloc != own_host:
        raise Refused(Reason.CROSS_ORIGIN)


def _read_basic(header: bytes) -> Credentials:
    scheme, _, encoded = header.partition(b" ")
    try:
        name, colon, password = binascii.a2b_base64(encoded.strip(), strict_mode=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refused(Reason.WRONG_CREDENTIALS) from None
    if scheme.lower() != b"basic" or not colon or not is_storable(name):
        raise Refused(Reason.WRONG_CREDENTIALS)
    if password == TOKEN_PASSWORD:
        return Token(digest(name))
    return Password(name_key(name), password)
