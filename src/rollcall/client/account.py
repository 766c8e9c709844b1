"""Whose answers a cache keeps."""

from __future__ import annotations

import base64
import hashlib

import httpx

from rollcall.client.environment import TOKEN_PASSWORD


def account_name(base_url: str, auth: httpx.BasicAuth) -> str:
    """A name that differs for each account and server, and tells neither.

    No password goes into it: a hash of one could be guessed at by whoever has the cache's file. An API token does: it
    is too long to guess.

    Args:
        base_url: The server's.
        auth: The account's e-mail address and password, or its token.

    Raises:
        TypeError: `auth` is not Basic authentication, so it cannot be told whose it is.
    """
    if not isinstance(auth, httpx.BasicAuth):
        raise TypeError(f"auth must be an httpx.BasicAuth, not {type(auth).__name__}")
    header = next(auth.auth_flow(httpx.Request("GET", base_url))).headers["Authorization"]
    username, _, password = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
    account = f"token {username}" if password == TOKEN_PASSWORD else f"email {username.casefold()}"
    return hashlib.sha256(f"{base_url.rstrip('/')} {account}".encode()).hexdigest()[:32]
