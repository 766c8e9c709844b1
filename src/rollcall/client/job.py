"""Jobs: many calls that belong together, whose number is known before the first is made."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from rollcall.client.connection import Connection, Reply
from rollcall.client.failure import CallFailed, Meaning
from rollcall.client.forecast import Forecast, Need
from rollcall.client.quota import Quota
from rollcall.client.request import Request
from rollcall.contract.operation import Operation
from rollcall.contract.operations.quota import GET_QUOTA

E = TypeVar("E", bound=CallFailed)

# After one of these, every further call would fail in the same way.
_HOPELESS = frozenset({Meaning.WRONG_CREDENTIALS, Meaning.QUOTA_EXCEEDED, Meaning.UNREACHABLE})


class Prepared(NamedTuple):
    """A call that has not been made."""

    operation: Operation
    request: Request


class Outcome(NamedTuple, Generic[E]):
    """What became of one call of a job.

    Attributes:
        data: What the server answers; None where there is no success.
        error: Why there is none; None where there is one.
    """

    data: Any
    error: E | None

    @property
    def succeeded(self) -> bool:
        """Whether it was done."""
        return self.error is None


class Job:
    """Calls that are made one after another, or together; one that fails does not keep the others from being made."""

    def __init__(self) -> None:
        self.calls: list[Prepared] = []

    async def forecast(self, connection: Connection, *, ask: bool) -> Forecast:
        """Say how many requests the job makes, and whether they fit into the quota.

        Args:
            connection: Where they will be made.
            ask: Whether to ask the server what is left (`GET /me/quota`, one request that counts towards the account's
                own quota and none of an organization's); otherwise what its last replies said counts.

        Raises:
            CallFailed: The server does not say.
        """
        if ask:
            request = Request(method=GET_QUOTA.method, path=GET_QUOTA.path)
            now = connection.clock.now()
            for told in (await connection.ask(GET_QUOTA, request, GET_QUOTA.reply)).data or []:
                number = told.organization_id
                connection.ledger.expect(
                    None if number is None else ("organization_id", number),
                    Quota(told.remaining or 0, now + (told.resets_in_secs or 0)),
                )
        return connection.forecast([Need(call.request.scope, 1) for call in self.calls])

    async def run(self, connection: Connection) -> AsyncGenerator[Outcome[Any]]:
        """Make the calls, and say of each what became of it, in their order.

        Where the credentials are wrong, the quota is used up or the server is out of reach, the calls after that are
        not made, and have the same error.
        """
        stopped: list[CallFailed] = []

        async def make(call: Prepared) -> Outcome[Any]:
            if stopped:
                return Outcome(None, stopped[0])
            try:
                kind = call.operation.reply_to(call.request.query)
                reply: Reply[Any] = await connection.ask(call.operation, call.request, kind)
            except CallFailed as error:
                if error.meaning in _HOPELESS:
                    stopped.append(error)
                return Outcome(None, error)
            return Outcome(reply.data, None)

        async with aclosing(connection.fan.in_order([partial(make, call) for call in self.calls])) as outcomes:
            async for outcome in outcomes:
                yield outcome
