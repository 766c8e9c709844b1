"""Operations on plans and invoices."""

from __future__ import annotations

import msgspec

from rollcall.contract.models.billing import (
    BillingPricingStruct,
    ModelsPaymentRecord,
    ModelsUnifiedSubscriptionInvoiceList,
)
from rollcall.contract.operation import Access, Operation
from rollcall.contract.operations.account import SERVER_ERROR
from rollcall.contract.operations.workspaces import NO_ACCESS
from rollcall.contract.problem import Problem
from rollcall.contract.reason import Reason


class PaymentRecordsQuery(msgspec.Struct, frozen=True):
    """Query of the invoices of an organization, newest first.

    Attributes:
        is_unified: Answer by pages.
        next: The cursor of the page after this one; older than `cursor`.
        prev: The cursor of the page before this one.
        cursor: Another name for `next`, which needs `last_inv` with it.
        last_inv: The `id` of the last invoice of this page. The cursor alone says where the next one begins.
    """

    is_unified: bool = False
    next: str | None = None
    prev: str | None = None
    cursor: str | None = None
    last_inv: str | None = None


GET_PLANS = Operation(
    id="get_organizations_plans",
    method="GET",
    path="/organizations/{organization_id}/plans",
    summary="The plans an organization can be on, and their prices.",
    apis=("OrganizationsApi",),
    access=Access.ORGANIZATION_ADMIN,
    reply=BillingPricingStruct,
    errors={Reason.FORBIDDEN: NO_ACCESS, Reason.SERVER_ERROR: SERVER_ERROR},
)

GET_PLAN = Operation(
    id="get_organizations_plans_0",
    method="GET",
    path="/organizations/{organization_id}/plans/{plan_id}",
    summary="One plan an organization can be on, and its prices.",
    apis=("OrganizationsApi",),
    access=Access.ORGANIZATION_ADMIN,
    reply=BillingPricingStruct,
    errors={
        Reason.FORBIDDEN: NO_ACCESS,
        Reason.PLAN_NOT_FOUND: Problem(404, "Plan not found"),
        Reason.SERVER_ERROR: SERVER_ERROR,
    },
)

GET_PAYMENT_RECORDS = Operation(
    id="get_organizations_payments_records",
    method="GET",
    path="/organizations/{organization_id}/payment_records",
    summary="The invoices of an organization: all that are paid, or with `is_unified` a list of one page of all.",
    apis=("OrganizationsApi",),
    access=Access.ORGANIZATION_ADMIN,
    query=PaymentRecordsQuery,
    reply=list[ModelsPaymentRecord],
    reply_where={"is_unified": list[ModelsUnifiedSubscriptionInvoiceList]},
    errors={
        Reason.BOTH_CURSORS: Problem(400, "'next' and 'prev' can not be present simultaneously"),
        Reason.LAST_INVOICE_MISSING: Problem(400, "'cursor' can not be used without 'last_inv'"),
        Reason.PAYMENT_PROVIDER: Problem(
            400,
            "Forwards subscription client error message when `?is_unified=true`",
            never="no payment provider is asked: the server keeps the invoices itself",
        ),
        Reason.FORBIDDEN: NO_ACCESS,
        Reason.SERVER_ERROR: SERVER_ERROR,
    },
)

GET_INVOICE = Operation(
    id="get_organization_invoice_pdf",
    method="GET",
    path="/organizations/{organization_id}/invoices/{invoice_uid}.pdf",
    summary="An invoice as a PDF.",
    apis=("InvoicesApi",),
    access=Access.ORGANIZATION_ADMIN,
    reply=bytes,
    media_type="application/pdf",
    errors={
        Reason.FORBIDDEN: Problem(403, "Not authorized to access invoice"),
        Reason.INVALID_ORGANIZATION_ID: Problem(404, "Invalid organization id"),
        Reason.INVOICE_NOT_FOUND: Problem(404, "No invoice found"),
        Reason.SERVER_ERROR: SERVER_ERROR,
    },
)

OPERATIONS = (GET_PLANS, GET_PLAN, GET_PAYMENT_RECORDS, GET_INVOICE)
