"""Plans with their prices, and invoices."""

from __future__ import annotations

from rollcall.contract.wire import Model


class ModelsCampaign(Model):
    """A discount for a time."""

    key: str | None = None
    name: str | None = None
    discount: int | None = None
    start: str | None = None
    end: str | None = None


class BillingPricesStruct(Model):
    """One price for one user, in US cents: as listed, as charged, and with tax."""

    base: int | None = None
    actual: int | None = None
    with_tax: int | None = None


class BillingFancyPricingPlan(Model):
    """What a plan costs when it is paid for a period of so many months.

    Attributes:
        pricing_plan_id: What an organization on that plan has in its own `pricing_plan_id`.
        price_point_handle: Plan and period: `starter-yearly`.
        list_price_in_usd_cents: For one user and the whole period; so is `actual_price_in_usd_cents`.
    """

    pricing_plan_id: int | None = None
    name: str | None = None
    period: int | None = None
    price_point_handle: str | None = None
    list_price_in_usd_cents: int | None = None
    actual_price_in_usd_cents: int | None = None
    prices_month: BillingPricesStruct | None = None
    prices_period: BillingPricesStruct | None = None
    campaign: ModelsCampaign | None = None


class BillingFancyPlan(Model):
    """A plan and its prices.

    Attributes:
        pricing_plans: By period; none where the price is agreed with each customer.
    """

    plan_id: int | None = None
    name: str | None = None
    pricing_plans: list[BillingFancyPricingPlan] | None = None


class BillingPricingStruct(Model):
    """The plans an organization could be on, and what each costs for one user.

    Attributes:
        user_count: How many users the organization has.
    """

    currency_id: int | None = None
    discount_percentage: int | None = None
    discount_to: str | None = None
    plans: list[BillingFancyPlan] | None = None
    tax_included: bool | None = None
    tax_percentage: float | None = None
    tax_type: str | None = None
    user_count: int | None = None


class ModelsPaymentRecord(Model):
    """An invoice in the plain list, which is of the paid ones.

    Attributes:
        uid: What `GET /organizations/{id}/invoices/{invoice_uid}.pdf` takes.
        total_amount: In cents.
    """

    id: int | None = None
    uid: str | None = None
    initial_id: int | None = None
    record_type: str | None = None
    description: str | None = None
    creation_date: str | None = None
    currency: str | None = None
    currency_id: int | None = None
    total_amount: int | None = None


class ModelsUnifiedSubscriptionInvoice(Model):
    """An invoice in the paged list.

    Attributes:
        id: The `uid` of the plain list.
        status: `open`, `paid` or `void`.
        total_amount: In cents.
    """

    id: str | None = None
    invoice_number: str | None = None
    description: str | None = None
    creation_date: str | None = None
    status: str | None = None
    currency: str | None = None
    total_amount: int | None = None
    pdf_url: str | None = None
    hosted_url: str | None = None


class ModelsUnifiedSubscriptionInvoiceList(Model):
    """A page of invoices, and the cursors of the pages around it."""

    items: list[ModelsUnifiedSubscriptionInvoice] | None = None
    next: str | None = None
    prev: str | None = None
