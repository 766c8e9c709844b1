"""Forecasts: how many requests a job makes, and whether the quota has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from rollcall.client.quota import Ledger, Quota, Scope


class Need(NamedTuple):
    """Requests that count towards one quota."""

    scope: Scope
    requests: int


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """What is known before a job begins.

    Attributes:
        requests: How many requests it makes, if each is answered at the first attempt.
        fits: Whether the quota has them; None where the server has not said what is left.
        remaining: How many requests are left where it is tightest; None where the server has not said.
        seconds: How long until there are more, there; None where the server has not said.
    """

    requests: int
    fits: bool | None
    remaining: int | None = None
    seconds: float | None = None


def forecast(needs: Iterable[Need], ledger: Ledger, now: float) -> Forecast:
    """Compare what is needed with what is left.

    Args:
        needs: The requests, by whose quota they count towards.
        ledger: What is known to be left.
        now: Seconds since 1970.
    """
    by_scope: dict[Scope, int] = {}
    for scope, requests in needs:
        by_scope[scope] = by_scope.get(scope, 0) + requests
    total = sum(by_scope.values())
    if total == 0:
        return Forecast(requests=0, fits=True)
    known: list[tuple[Quota, int]] = [
        (quota, requests) for scope, requests in by_scope.items() if (quota := ledger.known(scope, now)) is not None
    ]
    if not known:
        return Forecast(requests=total, fits=None)
    tightest, needed = min(known, key=lambda pair: pair[0].remaining - pair[1])
    too_few = needed > tightest.remaining
    return Forecast(
        requests=total,
        fits=False if too_few else (True if len(known) == len(by_scope) else None),
        remaining=tightest.remaining,
        seconds=tightest.seconds(now),
    )
