"""The hourly quota: what the server said is left of it.

Toggl counts the requests of an account in each organization, and apart from these the ones that concern none
(`/me`, ...). Each reply may say what is left (`X-Toggl-Quota-Remaining`) and when all is there again
(`X-Toggl-Quota-Resets-In`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias
from weakref import WeakValueDictionary

import httpx
import msgspec

from rollcall.client.reply import said

Scope: TypeAlias = "tuple[str, int] | None"
"""Whose quota a request counts towards: `("organization_id", 5)`, `("workspace_id", 7)`, or None for neither."""

_REMAINING = "X-Toggl-Quota-Remaining"
_RESETS_IN = "X-Toggl-Quota-Resets-In"
_PREFIX = b"x-toggl-quota-"
_PREFIXED = len(_PREFIX)
# Both wordings that are known: "The quota will reset in 5 seconds." and "Your quota will reset in 5 seconds."
_SECONDS = re.compile(r"quota will reset in (\d+) seconds?", re.IGNORECASE)
_EXCEEDED = re.compile(r"hourly limit|quota will reset", re.IGNORECASE)
_PLAN = re.compile(r"premium|enterprise|starter|subscription|\bplan\b", re.IGNORECASE)


class Quota(msgspec.Struct, frozen=True):
    """What is left, as the last reply said.

    Attributes:
        remaining: How many requests; below 0 where the server does not enforce it.
        resets_at: When all of them are there again, in seconds since 1970.
    """

    remaining: int
    resets_at: float

    def seconds(self, now: float) -> float:
        """How long until then, from `now` (seconds since 1970)."""
        return max(0.0, self.resets_at - now)


class Ledger:
    """The quotas of one account at one server."""

    def __init__(self) -> None:
        self._quotas: dict[Scope, Quota] = {}

    def note(self, scope: Scope, headers: httpx.Headers, now: float) -> None:
        """Keep what a reply says, if it says anything."""
        # One look at each header: httpx's own look-up costs more than all else that is done with most replies.
        told = {name.lower(): value for name, value in headers.raw if name[:_PREFIXED].lower() == _PREFIX}
        if not told:
            return
        try:
            remaining, resets_in = (told[_PREFIX + name] for name in (b"remaining", b"resets-in"))
            self._quotas[scope] = Quota(int(remaining), now + float(resets_in))
        except (KeyError, ValueError):  # only one of them, or no numbers
            return

    def known(self, scope: Scope, now: float) -> Quota | None:
        """What is left, or None where nothing is known, or what is known is over."""
        quota = self._quotas.get(scope)
        return quota if quota is not None and quota.resets_at > now else None

    def expect(self, scope: Scope, quota: Quota) -> None:
        """Keep what was learnt otherwise (`GET /me/quota`)."""
        self._quotas[scope] = quota


_ledgers: WeakValueDictionary[str, Ledger] = WeakValueDictionary()


def ledger_of(account: str) -> Ledger:
    """The ledger of an account at a server, the same for all that use it at this time.

    Args:
        account: What tells them apart.
    """
    return _ledgers.setdefault(account, Ledger())


def scope_of(arguments: Mapping[str, object]) -> Scope:
    """Whose quota a request with these path parameters counts towards."""
    for name in ("organization_id", "workspace_id"):
        if isinstance(number := arguments.get(name), int):
            return name, number
    return None


def is_quota_exceeded(response: httpx.Response) -> bool:
    """Whether a 402 says that the quota is used up, and not that the plan does not include something."""
    if response.status_code != httpx.codes.PAYMENT_REQUIRED:
        return False
    text = said(response.text)
    if _EXCEEDED.search(text):
        return True
    return _remaining(response) <= 0 and not _PLAN.search(text)


def seconds_to_reset(response: httpx.Response) -> float | None:
    """How long until the quota is whole again, by the headers, else by the text; None where neither says."""
    header = response.headers.get(_RESETS_IN, "")
    if header.isdigit():
        return float(header)
    found = _SECONDS.search(said(response.text))
    return float(found[1]) if found else None


def _remaining(response: httpx.Response) -> int:
    try:
        return int(response.headers.get(_REMAINING, "1"))
    except ValueError:
        return 1
