"""The plans an organization can be on, and what each allows."""

from __future__ import annotations

import msgspec

MONTH, YEAR = 1, 12
"""The periods a plan is paid for, in months."""


class Price(msgspec.Struct, frozen=True):
    """What a plan costs where it is paid for a period at once.

    Attributes:
        months: The period.
        monthly_cents: For one user and one month of it, in US cents.
    """

    months: int
    monthly_cents: int

    @property
    def handle(self) -> str:
        """The word for the period."""
        return {MONTH: "monthly", YEAR: "yearly"}[self.months]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """One plan of the catalogue.

    Attributes:
        id: Its number in `pricing_plan_id`. Toggl documents only 0; the others are ours.
        handle: The product handle (`free`, `starter`, `premium`, `enterprise`).
        name: What people read.
        max_users: Active users an organization may have; None for no limit.
        max_workspaces: Workspaces an organization may have; None for no limit.
        multiple_workspaces: Whether it may have more than one workspace at all.
        premium_settings: Whether rates, currency, rounding and the like may be set.
        requests_per_hour: The hourly quota of one user in such an organization; None for no limit.
        prices: What it costs, by period; none where the price is agreed with each customer.
    """

    id: int
    handle: str
    name: str
    max_users: int | None = None
    max_workspaces: int | None = None
    multiple_workspaces: bool = False
    premium_settings: bool = True
    requests_per_hour: int | None = None
    prices: tuple[Price, ...] = ()


FREE = Plan(
    id=0,
    handle="free",
    name="Free",
    max_users=5,
    max_workspaces=20,
    premium_settings=False,
    requests_per_hour=30,
    prices=(Price(MONTH, 0), Price(YEAR, 0)),
)
STARTER = Plan(
    id=1,
    handle="starter",
    name="Starter",
    max_workspaces=20,
    requests_per_hour=240,
    prices=(Price(MONTH, 1000), Price(YEAR, 900)),
)
PREMIUM = Plan(
    id=2,
    handle="premium",
    name="Premium",
    max_workspaces=20,
    requests_per_hour=600,
    prices=(Price(MONTH, 2000), Price(YEAR, 1800)),
)
ENTERPRISE = Plan(id=3, handle="enterprise", name="Enterprise", multiple_workspaces=True)

PLANS: dict[int, Plan] = {plan.id: plan for plan in (FREE, STARTER, PREMIUM, ENTERPRISE)}
PLANS_BY_HANDLE: dict[str, Plan] = {plan.handle: plan for plan in PLANS.values()}

MAXIMUM_WORKSPACES_OF_A_USER = 100
"""Workspaces one person may belong to where their organization's plan limits anything."""

UNLIMITED = 2**31 - 1
"""What a reply says where a number is due and there is no limit: the largest that a 32-bit client can hold."""
