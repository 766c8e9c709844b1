"""The hourly quota of requests, which is told but not enforced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.models.quota import MeGetQuotaResult
from rollcall.contract.plan import FREE, PLANS, UNLIMITED
from rollcall.server.storage import organizations as organization_rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work

_HOUR = 3600
"""Seconds of a window; none has begun, since nothing is counted."""


async def show(work: Work) -> list[MeGetQuotaResult]:
    """What is left to one in each organization, and outside of any (`GET /me/quota`): everything.

    What concerns no organization has the quota of the free plan, whatever the plans of one's organizations, as
    Toggl has it; but none where a new organization has none.
    """
    own = await work.transaction.all(organization_rows.OF_USER, user_id=work.viewer.user_id)
    default = work.service.settings.default_plan
    outside = None if default.requests_per_hour is None else FREE.requests_per_hour
    return [
        _describe(None, outside),
        *(_describe(row.id, PLANS[row.plan_id].requests_per_hour) for row in own),
    ]


def _describe(organization_id: int | None, limit: int | None) -> MeGetQuotaResult:
    total = UNLIMITED if limit is None else limit
    return MeGetQuotaResult(organization_id=organization_id, remaining=total, resets_in_secs=_HOUR, total=total)
