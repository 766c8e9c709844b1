"""A connection: one account at one server, and how its calls go."""

from __future__ import annotations

import textwrap

import httpx
import msgspec

from rollcall.client import retry
from rollcall.client.ports import Clock, Transport
from rollcall.client.reply import said
from rollcall.client.request import build
from rollcall.client.transport import origin
from rollcall.contract.operation import Operation

_LONGEST_TEXT = 300


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """What every flow of an endpoint needs.

    Attributes:
        transport: The way to the server.
        clock: What waits between attempts.
        retries: How often a call is tried again where that is safe.
        re_raise: Raise every error of the server: try nothing again, and let no status pass as an answer.
    """

    transport: Transport
    clock: Clock
    retries: int
    re_raise: bool

    async def call(self, operation: Operation, **arguments: object) -> httpx.Response:
        """Call an operation.

        Raises:
            httpx.HTTPStatusError: The server refuses, or fails at every attempt.
            httpx.RequestError: The server cannot be reached.
        """
        retries = 0 if self.re_raise else max(0, self.retries)
        try:
            response = await retry.send(build(operation, arguments), self.transport, self.clock, retries=retries)
        except httpx.HTTPError as error:
            error.add_note(f"The server is {origin(error)}")
            raise
        if not response.is_success:
            raise httpx.HTTPStatusError(_refusal(response), request=response.request, response=response)
        return response


def _refusal(response: httpx.Response) -> str:
    """What the server refused, and what it said, which httpx's own message leaves out."""
    text = textwrap.shorten(said(response.text), _LONGEST_TEXT, placeholder="...")
    asked = f"{response.request.method} {response.request.url}"
    return f"{response.status_code} {response.reason_phrase} for {asked}" + (f": {text}" if text else "")
