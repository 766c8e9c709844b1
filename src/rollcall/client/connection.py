"""A connection: one account at one server, and how its calls go."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

import httpx
import msgspec

from rollcall.client.failure import CallFailed, Failure, refused, unanswered, unreadable
from rollcall.client.forecast import Forecast, Need, forecast
from rollcall.client.ports import Clock, Fan, Transport
from rollcall.client.quota import Ledger
from rollcall.client.reply import UnreadableReply, read
from rollcall.client.request import Request, build
from rollcall.client.retry import Call, Patience, seconds_to_wait
from rollcall.contract.operation import Operation

R = TypeVar("R")


class Reply(NamedTuple, Generic[R]):
    """What came back.

    Attributes:
        data: What the server answers, as the operation documents it.
        status: The HTTP status.
        headers: The reply's headers.
    """

    data: R
    status: int
    headers: httpx.Headers


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """What every flow of a face needs.

    Attributes:
        transport: The way to the server.
        clock: What waits between attempts.
        fan: How calls are made together.
        patience: How often and how long a call is tried again.
        ledger: What is known of the quota.
        failed: Makes the face's exception for a failure.
        log: Where the face tells what it does.
    """

    transport: Transport
    clock: Clock
    fan: Fan
    patience: Patience
    ledger: Ledger
    failed: Callable[[Failure], CallFailed]
    log: logging.Logger

    async def call(self, operation: Operation, **arguments: object) -> httpx.Response:
        """Call an operation, with its arguments by their names in the table.

        Raises:
            CallFailed: There is no success.
            ValueError: A required argument is missing, or a body is not what the operation takes.
        """
        return await self.send(operation, build(operation, arguments))

    async def ask(self, operation: Operation, request: Request, kind: Any) -> Reply[Any]:
        """Send an operation's request, and read the reply as `kind`.

        Raises:
            CallFailed: There is no success, or it cannot be read.
        """
        response = await self.send(operation, request)
        return Reply(self.read(operation, response, kind), response.status_code, response.headers)

    def read(self, operation: Operation, response: httpx.Response, kind: Any) -> Any:
        """What a success carries, as `kind`.

        Raises:
            CallFailed: It cannot be read.
        """
        try:
            return read(response, kind, media_type=operation.media_type)
        except UnreadableReply as error:
            raise self.unreadable(operation, response, str(error)) from error

    def unreadable(self, operation: Operation, response: httpx.Response, why: str) -> CallFailed:
        """The exception for a success whose content is not what is due."""
        return self._told(unreadable(operation, response, why))

    async def send(self, operation: Operation, request: Request) -> httpx.Response:
        """Send an operation's request. That nothing changed (304) is a success, too.

        Raises:
            CallFailed: There is no success.
        """
        call = Call(
            request,
            transport=self.transport,
            clock=self.clock,
            ledger=self.ledger,
            patience=self.patience,
            log=self.log,
        )
        try:
            response = await call.send()
        except httpx.RequestError as error:
            raise self._told(unanswered(operation, error)) from error
        if response.is_success or response.status_code == httpx.codes.NOT_MODIFIED:
            return response
        raise self._told(refused(operation, response, seconds=seconds_to_wait(response, self.clock.now())))

    def forecast(self, needs: Iterable[Need]) -> Forecast:
        """Whether the quota, as far as it is known, has so many requests."""
        return forecast(needs, self.ledger, self.clock.now())

    def _told(self, failure: Failure) -> CallFailed:
        self.log.debug("%s", failure.message)
        return self.failed(failure)
