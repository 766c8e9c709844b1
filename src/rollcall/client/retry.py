"""Trying again, where that cannot do anything twice, and waiting, where that was asked for."""

from __future__ import annotations

import email.utils
import logging
import random

import httpx
import msgspec

from rollcall.client.ports import Clock, Transport
from rollcall.client.quota import Ledger, is_quota_exceeded, seconds_to_reset
from rollcall.client.request import Request

_IDEMPOTENT = frozenset({"GET", "PUT", "DELETE"})
_FIRST_DELAY = 0.5
_LONGEST_DELAY = 8.0
_SHORTEST_WAIT_FOR_QUOTA = 1.0

# The request did not leave: nothing can have been done.
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout)
# The connection broke: something may have been done, which an idempotent request does not mind.
_BROKEN = (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout)


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How long a call may go on.

    Attributes:
        retries: How often a request is sent again, at most, where that is safe.
        seconds: After how many seconds, counted from the beginning of the call, it is not sent again.
        wait_for_quota: Whether to wait until a used-up quota is whole again; or for how many seconds, at most.
            What is waited for the quota does not count towards `seconds`.
    """

    retries: int = 3
    seconds: float = 60.0
    wait_for_quota: bool | float = False

    @property
    def for_quota(self) -> float:
        """How many seconds may be waited for the quota."""
        if isinstance(self.wait_for_quota, bool):
            return float("inf") if self.wait_for_quota else 0.0
        return self.wait_for_quota


class Call:
    """One request on its way: how often it was sent, and how long it may still take."""

    def __init__(
        self,
        request: Request,
        *,
        transport: Transport,
        clock: Clock,
        ledger: Ledger,
        patience: Patience,
        log: logging.Logger,
    ) -> None:
        self._request = request
        self._transport = transport
        self._clock = clock
        self._ledger = ledger
        self._patience = patience
        self._log = log
        self._idempotent = request.method in _IDEMPOTENT
        self._passing = _BROKEN if self._idempotent else _UNSENT
        self._retries_left = max(0, patience.retries)
        self._for_quota = patience.for_quota
        self._until = 0.0

    async def send(self) -> httpx.Response:
        """Send the request, and again where that is safe and there is time.

        A request is sent again after a reply that says that it was not taken (429, or 402 for the quota), and after a
        broken connection that it cannot have passed. An idempotent one also after a 5xx and after any broken
        connection. Between two attempts passes what the server asks for (`Retry-After`), else an exponentially growing
        time, of which each client takes its own random share.

        Returns:
            The last reply, whatever its status.

        Raises:
            httpx.RequestError: The last attempt got no reply.
        """
        self._until = self._clock.now() + self._patience.seconds
        await self._spare_a_request()
        while True:
            try:
                response = await self._transport.send(self._request)
            except self._passing as error:
                if not await self._pause(type(error).__name__, None):
                    raise
                continue
            self._ledger.note(self._request.scope, response.headers, self._clock.now())
            if is_quota_exceeded(response):
                seconds = seconds_to_wait(response, self._clock.now())
                if seconds is None or not await self._wait_for_quota(seconds):
                    return response
            elif not self._may_pass(response.status_code) or not await self._pause(
                str(response.status_code), seconds_to_wait(response, self._clock.now())
            ):
                return response

    async def _spare_a_request(self) -> None:
        """Wait first, where it is known that the quota is used up, and waiting was asked for."""
        now = self._clock.now()
        quota = self._ledger.known(self._request.scope, now)
        if self._for_quota and quota is not None and quota.remaining == 0:
            await self._wait_for_quota(quota.seconds(now))

    async def _wait_for_quota(self, seconds: float) -> bool:
        """Wait so long, if that may be."""
        seconds = max(seconds, _SHORTEST_WAIT_FOR_QUOTA)
        if seconds > self._for_quota:
            return False
        self._for_quota -= seconds
        self._until += seconds
        self._log.info("The quota is used up: waiting %.0f seconds for it", seconds)
        await self._clock.sleep(seconds)
        return True

    async def _pause(self, why: str, asked_for: float | None) -> bool:
        """Pause before another attempt, if there may be one."""
        seconds = self._delay() if asked_for is None else asked_for
        if not self._retries_left or self._clock.now() + seconds > self._until:
            return False
        self._retries_left -= 1
        self._log.info("%s: trying again in %.1f seconds", why, seconds)
        await self._clock.sleep(seconds)
        return True

    def _may_pass(self, status: int) -> bool:
        if status == httpx.codes.TOO_MANY_REQUESTS:
            return True
        return self._idempotent and httpx.codes.is_server_error(status) and status != httpx.codes.NOT_IMPLEMENTED

    def _delay(self) -> float:
        """Between half and all of what is due after so many attempts, in seconds."""
        made = self._patience.retries - self._retries_left
        due: float = min(_LONGEST_DELAY, _FIRST_DELAY * 2**made)
        return due * random.uniform(0.5, 1.0)  # noqa: S311 - only spreads load


def seconds_to_wait(response: httpx.Response, now: float) -> float | None:
    """How many seconds the server asks to wait, or None where it does not say.

    It is what `Retry-After` says, in seconds or as a date, or where the quota is used up when that is whole again.

    Args:
        response: The reply.
        now: Seconds since 1970.
    """
    header = response.headers.get("Retry-After", "").strip()
    if header.isdigit():
        return float(header)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - now)
    except ValueError:  # there is none, or it is no date
        return seconds_to_reset(response) if is_quota_exceeded(response) else None
