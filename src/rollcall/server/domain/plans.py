"""The catalogue of plans, as an organization is offered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.models.billing import (
    BillingFancyPlan,
    BillingFancyPricingPlan,
    BillingPricesStruct,
    BillingPricingStruct,
)
from rollcall.contract.plan import PLANS, Plan, Price
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.storage import organizations as organization_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.server.domain.work import Work


async def list_all(work: Work, organization_id: int) -> BillingPricingStruct:
    """All plans and their prices (`GET /organizations/{id}/plans`)."""
    return await _describe(work, organization_id, PLANS.values())


async def show(work: Work, organization_id: int, plan_id: int) -> BillingPricingStruct:
    """One plan and its prices (`GET /organizations/{id}/plans/{plan_id}`)."""
    plan = PLANS.get(plan_id)
    if plan is None:
        raise Refused(Reason.PLAN_NOT_FOUND)
    return await _describe(work, organization_id, [plan])


async def _describe(work: Work, organization_id: int, plans: Iterable[Plan]) -> BillingPricingStruct:
    organization = await work.transaction.one(organization_rows.BY_ID, organization_id=organization_id)
    if organization is None:
        raise Refused(Reason.FORBIDDEN)
    return BillingPricingStruct(
        discount_percentage=0,
        plans=[
            BillingFancyPlan(
                plan_id=plan.id, name=plan.name, pricing_plans=[_describe_price(plan, price) for price in plan.prices]
            )
            for plan in plans
        ],
        tax_included=False,
        tax_percentage=0,
        user_count=organization.user_count,
    )


def _describe_price(plan: Plan, price: Price) -> BillingFancyPricingPlan:
    month, period = price.monthly_cents, price.monthly_cents * price.months
    return BillingFancyPricingPlan(
        pricing_plan_id=plan.id,
        name=f"{plan.name} {price.handle}",
        period=price.months,
        price_point_handle=f"{plan.handle}-{price.handle}",
        list_price_in_usd_cents=period,
        actual_price_in_usd_cents=period,
        prices_month=BillingPricesStruct(base=month, actual=month, with_tax=month),
        prices_period=BillingPricesStruct(base=period, actual=period, with_tax=period),
    )
