"""One call of an operation."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

import httpx

from rollcall.client.ports import Transport
from rollcall.client.reply import UnreadableReply, read
from rollcall.client.request import Request
from rollcall.client.transport import origin
from rollcall.contract.operation import Operation
from toggl.rest import ApiException

R = TypeVar("R")


class Reply(NamedTuple, Generic[R]):
    """What a method `..._with_http_info` answers: the data, the HTTP status, the headers."""

    data: R
    status: int
    headers: httpx.Headers


async def call(operation: Operation, request: Request, transport: Transport) -> Reply[object]:
    """Send a request, and read the reply as its operation's.

    Raises:
        ApiException: The server refuses, fails, does not answer, or answers what cannot be read.
    """
    try:
        response = await transport.send(request)
    except httpx.HTTPError as error:
        raise ApiException(reason=f"{type(error).__name__} at {origin(error)}: {error}") from error
    if not response.is_success:
        raise ApiException.of(response)
    try:
        data = read(response, _reply_type(operation, request), media_type=operation.media_type)
    except UnreadableReply as error:
        raise ApiException.of(response, str(error)) from error
    return Reply(data, response.status_code, response.headers)


def _reply_type(operation: Operation, request: Request) -> object:
    """The documented type of the reply, which a query parameter may change."""
    for parameter, kind in operation.reply_where.items():
        if request.query.get(parameter) == "true":
            return kind
    return operation.reply
