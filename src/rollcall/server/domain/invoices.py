"""The invoices of an organization, as its admins see them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from rollcall.contract import timestamp
from rollcall.contract.identifier import MAXIMUM_ID
from rollcall.contract.models.billing import (
    ModelsPaymentRecord,
    ModelsUnifiedSubscriptionInvoice,
    ModelsUnifiedSubscriptionInvoiceList,
)
from rollcall.contract.operations.billing import GET_INVOICE
from rollcall.contract.paging import DEFAULT_PER_PAGE, MAXIMUM_PER_PAGE
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.documents.invoice import Invoice, InvoiceLine
from rollcall.server.storage import invoices as rows

if TYPE_CHECKING:
    from rollcall.contract.operations.billing import PaymentRecordsQuery
    from rollcall.server.documents.document import Document
    from rollcall.server.domain.work import Service, Work
    from rollcall.server.storage.invoices import InvoiceRow

_UID = re.compile(r"[0-9a-f]{32}")
_CURSOR = re.compile(r"([0-9]{1,18})-([0-9]{1,18})", re.ASCII)


class Cursor(msgspec.Struct, frozen=True):
    """A place between two invoices: that of the invoice which a page begins after.

    Attributes:
        issued_at: When that invoice was issued, in microseconds.
        id: Its number.
    """

    issued_at: int
    id: int

    def __str__(self) -> str:
        return f"{self.issued_at}-{self.id}"


_NEWEST = Cursor(MAXIMUM_ID, MAXIMUM_ID)
"""Before the first invoice of all."""


async def list_records(
    work: Work, organization_id: int, query: PaymentRecordsQuery
) -> list[ModelsPaymentRecord] | list[ModelsUnifiedSubscriptionInvoiceList]:
    """The invoices of an organization, newest first (`GET /organizations/{id}/payment_records`).

    Returns:
        The paid ones; with `is_unified` a list whose only member is a page of all.
    """
    following = query.next or query.cursor
    if following and query.prev:
        raise Refused(Reason.BOTH_CURSORS)
    if query.cursor and not query.last_inv:
        raise Refused(Reason.LAST_INVOICE_MISSING)
    if not query.is_unified:
        found = await work.transaction.all(rows.PAID, organization_id=organization_id, limit=MAXIMUM_PER_PAGE)
        return [_describe(row) for row in found]
    if query.prev:
        return [await _page_before(work, organization_id, _parse("prev", query.prev))]
    after = _parse("next" if query.next else "cursor", following) if following else None
    return [await _page_after(work, organization_id, after)]


async def show(work: Work, organization_id: int, invoice_uid: str) -> Invoice:
    """What stands on an invoice (`GET /organizations/{id}/invoices/{uid}.pdf`)."""
    row = None
    if _UID.fullmatch(invoice_uid):
        row = await work.transaction.one(rows.BY_UID, organization_id=organization_id, uid=invoice_uid)
    if row is None:
        raise Refused(Reason.INVOICE_NOT_FOUND)
    return Invoice(
        number=row.number,
        organization=row.organization_name,
        organization_id=organization_id,
        description=row.description,
        status=row.status,
        issued=datetime.fromtimestamp(row.issued_at / 1_000_000, UTC),
        currency=row.currency,
        lines=msgspec.json.decode(row.lines, type=tuple[InvoiceLine, ...]),
        tax_percent=row.tax_percent,
        total_cents=row.total_cents,
    )


def draw(service: Service, invoice: Invoice) -> Document:
    """The invoice as a PDF."""
    # Not before it is asked for: loading what draws takes longer than loading the rest of the server.
    from rollcall.server.documents import invoice_pdf

    return invoice_pdf.draw(invoice, service.settings.document_fonts)


def _parse(parameter: str, text: str) -> Cursor:
    match = _CURSOR.fullmatch(text)
    if match is None:
        raise Refused(Reason.INVALID_QUERY, parameter=parameter, value=text)
    return Cursor(int(match[1]), int(match[2]))


async def _page_after(work: Work, organization_id: int, after: Cursor | None) -> ModelsUnifiedSubscriptionInvoiceList:
    start = after or _NEWEST
    # One more than fits tells whether there is another page.
    found = await work.transaction.all(
        rows.OLDER,
        organization_id=organization_id,
        issued_at=start.issued_at,
        id=start.id,
        limit=DEFAULT_PER_PAGE + 1,
    )
    page = found[:DEFAULT_PER_PAGE]
    return _describe_page(work, page, has_next=len(found) > len(page), has_prev=after is not None)


async def _page_before(work: Work, organization_id: int, before: Cursor) -> ModelsUnifiedSubscriptionInvoiceList:
    found = await work.transaction.all(
        rows.NEWER,
        organization_id=organization_id,
        issued_at=before.issued_at,
        id=before.id,
        limit=DEFAULT_PER_PAGE + 1,
    )
    page = found[:DEFAULT_PER_PAGE]
    page.reverse()
    return _describe_page(work, page, has_next=True, has_prev=len(found) > len(page))


def _describe_page(
    work: Work, page: list[InvoiceRow], *, has_next: bool, has_prev: bool
) -> ModelsUnifiedSubscriptionInvoiceList:
    return ModelsUnifiedSubscriptionInvoiceList(
        items=[_describe_unified(work, row) for row in page],
        next=str(Cursor(page[-1].issued_at, page[-1].id)) if page and has_next else None,
        prev=str(Cursor(page[0].issued_at, page[0].id)) if page and has_prev else None,
    )


def _describe(row: InvoiceRow) -> ModelsPaymentRecord:
    return ModelsPaymentRecord(
        id=row.id,
        uid=row.uid,
        record_type="invoice",
        description=row.description,
        creation_date=timestamp.precise(row.issued_at),
        currency=row.currency,
        total_amount=row.total_cents,
    )


def _describe_unified(work: Work, row: InvoiceRow) -> ModelsUnifiedSubscriptionInvoice:
    path = GET_INVOICE.path.format(organization_id=row.organization_id, invoice_uid=row.uid)
    return ModelsUnifiedSubscriptionInvoice(
        id=row.uid,
        invoice_number=row.number,
        description=row.description,
        creation_date=timestamp.precise(row.issued_at),
        status=row.status,
        currency=row.currency,
        total_amount=row.total_cents,
        pdf_url=work.service.settings.api_url + path,
    )
