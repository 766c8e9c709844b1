"""How many requests are left."""

from __future__ import annotations

from rollcall.contract.wire import Model


class MeGetQuotaResult(Model):
    """The quota of an hour in one organization.

    Attributes:
        organization_id: Null for the requests that concern no organization, such as those to `/me`.
        remaining: Requests left; less than 0 where more were made than would be allowed.
        resets_in_secs: Seconds until the hour starts anew.
        total: Requests in an hour.
    """

    organization_id: int | None = None
    remaining: int | None = None
    resets_in_secs: int | None = None
    total: int | None = None
