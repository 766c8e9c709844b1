"""The certificates that a client trusts unless told otherwise."""

from __future__ import annotations

import ssl
from functools import cache

import httpx


@cache
def usual_context() -> ssl.SSLContext:
    """What httpx trusts by itself, read once: reading it takes longer than most requests, and clients can share it."""
    return httpx.create_ssl_context()
