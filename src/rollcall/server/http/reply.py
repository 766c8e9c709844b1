"""Replies: what goes back on the wire."""

from __future__ import annotations

import asyncio
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from rollcall.contract.problem import COMMON
from rollcall.contract.reason import Reason
from rollcall.contract.wire import encode
from rollcall.server.documents.document import Document
from rollcall.server.domain.audit_log import Export
from rollcall.server.domain.paging import Page
from rollcall.server.domain.segmentation import NoContent
from rollcall.server.domain.sessions import Closed, Opened
from rollcall.server.http.credentials import COOKIE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping

    from rollcall.contract.operation import Operation
    from rollcall.contract.problem import Refused
    from rollcall.server.storage import Storage

    SendWhole = Callable[[int, bytes, bytes], Awaitable[None]]

Headers = list[tuple[bytes, bytes]]

_JSON = (b"content-type", b"application/json; charset=utf-8")
_ALWAYS: Headers = [
    (b"cache-control", b"private, no-cache"),
    (b"vary", b"Authorization, Cookie"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
]
_ON_SUCCESS: Headers = [
    *_ALWAYS,
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-service-level", b"GREEN"),
]
WHOLE = "rollcall.whole_reply"
"""The ASGI extension by which a server takes a reply in one piece: an awaitable function of status, head and body."""

_LINE = re.compile(rb"(?!connection:|transfer-encoding:)[!#$%&'*+.^_`|~0-9a-z-]+: [\t\x20-\x7e\x80-\xff]*\r\n")
"""A header on the wire. Nothing in it ends it, so that what was meant as a value is never a header of its own."""

_WITHOUT_BODY = (204, 304)

STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=15552000; includeSubDomains")
"""What every reply says where people reach the server by https."""


class Reply(msgspec.Struct, frozen=True, dict=True):
    """A status, headers and a body.

    Attributes:
        headers: Their names are in small letters. None of them is about the connection, whose server says that.
        rest: What follows of a body that is too long to be held at once.
    """

    status: int
    headers: Headers
    body: bytes
    rest: AsyncIterator[bytes] | None = None

    @cached_property
    def head(self) -> bytes:
        """The headers of a reply without `rest` as they stand on the wire; a reply that is sent again has them ready.

        Raises:
            ValueError: A header is not one, or about the connection; or the headers do not tell the body's length.
        """
        lines = [b"%b: %b\r\n" % header for header in self.headers]
        for line in lines:
            if not _LINE.fullmatch(line):
                raise ValueError(f"{line!r} is no header of a reply")
        told = [value for name, value in self.headers if name == b"content-length"]
        length = len(self.body)
        if told != ([] if self.status in _WITHOUT_BODY and not length else [b"%d" % length]):
            raise ValueError(f"a body of {length} bytes with the status {self.status} is told to be of {told}")
        return b"".join(lines)

    def send(
        self, scope: Mapping[str, Any], send: Callable[[MutableMapping[str, Any]], Awaitable[None]]
    ) -> Awaitable[None]:
        """Answer a request (ASGI): in one piece, where the server takes it so and all of it is there."""
        send_whole: SendWhole | None = scope.get("extensions", {}).get(WHOLE)
        if send_whole is not None and self.rest is None:
            return send_whole(self.status, self.head, self.body)
        return self._send_in_pieces(send)

    async def _send_in_pieces(self, send: Callable[[MutableMapping[str, Any]], Awaitable[None]]) -> None:
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        if self.rest is not None:
            await send({"type": "http.response.body", "body": self.body, "more_body": True})
            async for chunk in self.rest:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        else:
            await send({"type": "http.response.body", "body": self.body})


def success(result: object, storage: Storage, *, secure: bool) -> Reply:
    """The reply to an operation that was done.

    Args:
        result: What the rule returned.
        storage: Where the rest of a long result is read from while it is sent.
        secure: Whether people reach the server by https.
    """
    headers = [*_ON_SUCCESS, STRICT_TRANSPORT] if secure else list(_ON_SUCCESS)
    match result:
        case NoContent():
            return Reply(204, headers, b"")
        case Document():
            headers += _of_document(result)
            return Reply(200, headers, result.content)
    headers.append(_JSON)
    match result:
        case Opened():
            body = encode(result.account)
            headers.append((b"set-cookie", _cookie(result.token, result.lasts, secure=secure)))
        case Closed():
            body = b""
            headers.append((b"set-cookie", _cookie("", 0, secure=secure)))
        case Page():
            body = encode(result.items)
            headers += _of_page(result)
        case Export():
            return Reply(200, headers, b"[", _rest(result, storage))
        case None:
            body = b""
        case _:
            body = encode(result)
    headers.append((b"content-length", b"%d" % len(body)))
    return Reply(200, headers, body)


def unchanged(etag: str, *, secure: bool) -> Reply:
    """The reply to who holds already what would be sent."""
    headers = [*_ON_SUCCESS, (b"etag", etag.encode())]
    if secure:
        headers.append(STRICT_TRANSPORT)
    return Reply(304, headers, b"")


def refusal(operation: Operation | None, refused: Refused, *, secure: bool) -> Reply:
    """The reply to a request that was not done, with the text that the operation documents for it."""
    reason = refused.reason
    problem = (operation.problem(reason) if operation else None) or COMMON.get(reason)
    if problem is None:
        raise LookupError(f"{operation.id if operation else 'no operation'} has no text for {reason!r}")
    headers = [*_ALWAYS, STRICT_TRANSPORT] if secure else list(_ALWAYS)
    if problem.text is None:
        headers += [(b"x-authorization-missing", b"true"), (b"content-length", b"0")]
        return Reply(problem.status, headers, b"")
    if reason is Reason.NO_SUCH_METHOD:
        headers.append((b"allow", str(refused.values["allowed"]).encode()))
    body = encode(problem.text.format(**refused.values) if refused.values else problem.text)
    headers += [_JSON, (b"content-length", b"%d" % len(body))]
    return Reply(problem.status, headers, body)


async def _rest(export: Export, storage: Storage) -> AsyncIterator[bytes]:
    """The items of a JSON array, and its end: each batch is read when the one before it is on its way."""
    comma = b""
    while batch := await storage.read(export.next_batch):
        yield comma + encode(batch)[1:-1]
        comma = b","
        # Neither SQLite nor a socket with room suspends: other requests get their turn here.
        await asyncio.sleep(0)
    yield b"]"


def _of_document(document: Document) -> Headers:
    return [
        (b"content-type", document.media_type.encode()),
        (b"content-disposition", f'inline; filename="{document.file_name}"'.encode()),
        (b"content-length", b"%d" % len(document.content)),
    ]


def _of_page(page: Page[object]) -> Headers:
    return [
        (b"x-page", b"%d" % page.page),
        (b"x-page-size", b"%d" % page.per_page),
        (b"x-pages", b"%d" % page.pages),
        (b"x-records", b"%d" % page.total),
        (b"x-sort-order", page.sort_dir.encode()),
    ]


def _cookie(value: str, lasts: int | None, *, secure: bool) -> bytes:
    parts = [f"{COOKIE}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if lasts is not None:
        parts.append(f"Max-Age={lasts}")
    if secure:
        parts.append("Secure")
    return "; ".join(parts).encode()
