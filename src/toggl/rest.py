"""What goes wrong between client and server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import httpx

from rollcall.client.reply import said


class ApiException(Exception):  # noqa: N818 - the name that the generated clients have
    """The server refuses, fails, does not answer, or answers what cannot be read.

    Attributes:
        status: The HTTP status; 0 where there is no reply.
        reason: The status in words, or why there is no reply.
        body: The reply's body as it came; None where there is no reply.
        headers: The reply's headers; None where there is no reply.
    """

    def __init__(
        self,
        status: int = 0,
        reason: str | None = None,
        body: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason
        self.body = body
        self.headers = headers

    @classmethod
    def of(cls, response: httpx.Response, reason: str | None = None) -> Self:
        """The exception for a reply that is no success, or, with a `reason`, for one that cannot be read."""
        return cls(response.status_code, reason or response.reason_phrase, response.text, response.headers)

    def __str__(self) -> str:
        """Status, reason, and what the server says; never the headers, which may have a cookie."""
        text = said(self.body or "")
        return f"({self.status}) {self.reason}" + (f": {text}" if text else "")
