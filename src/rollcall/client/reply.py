"""Replies: JSON read into the models, with patience for what does not fit them."""

from __future__ import annotations

import httpx
import msgspec

from rollcall.contract.fitting import decode


class UnreadableReply(httpx.DecodingError):
    """A reply that is not what is due at all: a proxy's page, or half a body."""


def read(response: httpx.Response, kind: object, *, media_type: str = "application/json") -> object:
    """Read what a successful reply carries.

    Args:
        response: The reply, read whole.
        kind: The type its JSON is documented to have; None for an empty reply.
        media_type: What it is documented to be; anything but JSON is handed over as bytes.

    Returns:
        None for an empty reply, else the value, as patiently as `fitting.decode` reads it.

    Raises:
        UnreadableReply: It is not JSON.
    """
    content = response.content
    if kind is None or not content:
        return None
    if media_type != "application/json":
        return content
    try:
        return _string(response) if kind is str else decode(content, kind)
    except msgspec.DecodeError as error:
        raise UnreadableReply(
            f"The reply of {response.url.host} with status {response.status_code} is not JSON: {error}",
            request=response.request,
        ) from error


def said(body: str) -> str:
    """What a refusal says: Toggl's are JSON strings; anything else is told as it came."""
    try:
        return msgspec.json.decode(body, type=str)
    except msgspec.DecodeError:
        return body


def _string(response: httpx.Response) -> str | None:
    """A documented string, which comes as JSON or as plain text."""
    try:
        return msgspec.json.decode(response.content, type=str | None)
    except (msgspec.DecodeError, UnicodeDecodeError):
        if "html" in response.headers.get("Content-Type", ""):
            raise
        return response.text
