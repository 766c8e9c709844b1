"""Which server an endpoint talks to."""

from __future__ import annotations

import httpx

from rollcall.client import environment
from rollcall.client.transport import checked

TOGGL = "https://api.track.toggl.com/api/v9"
"""Toggl's own base URL."""


def base_url(client: httpx.Client | httpx.AsyncClient | None) -> str:
    """That of the caller's client, if it has one, else the environment's `TOGGL_API_URL`, else Toggl's own.

    Raises:
        ValueError: It is no base URL, or has credentials in it.
    """
    of_client = str(client.base_url) if client is not None else ""
    return checked(of_client or environment.base_url(TOGGL))
