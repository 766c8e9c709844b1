"""Invoices."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import IdRow, Row, columns
from rollcall.server.storage.statement import Statement


class InvoiceRow(Row):
    """One invoice.

    Attributes:
        lines: JSON of what was charged.
    """

    id: int
    organization_id: int
    uid: str
    number: str
    description: str
    status: str
    currency: str
    tax_percent: float
    total_cents: int
    lines: str
    issued_at: int


class AddressedInvoiceRow(InvoiceRow):
    """One invoice, and the name of who it is for."""

    organization_name: str


_INVOICES = f"SELECT {columns(InvoiceRow, 'i')} FROM invoices i WHERE i.organization_id = :organization_id "

PAID = Statement(
    _INVOICES + "AND i.status = 'paid' ORDER BY i.issued_at DESC, i.id DESC LIMIT :limit",
    InvoiceRow,
)

OLDER = Statement(
    _INVOICES
    + """
    AND (i.issued_at < :issued_at OR (i.issued_at = :issued_at AND i.id < :id))
    ORDER BY i.issued_at DESC, i.id DESC LIMIT :limit
    """,
    InvoiceRow,
)

NEWER = Statement(
    _INVOICES
    + """
    AND (i.issued_at > :issued_at OR (i.issued_at = :issued_at AND i.id > :id))
    ORDER BY i.issued_at, i.id LIMIT :limit
    """,
    InvoiceRow,
)

BY_UID = Statement(
    f"""
    SELECT {columns(InvoiceRow, "i")}, o.name
    FROM invoices i JOIN organizations o ON o.id = i.organization_id
    WHERE i.organization_id = :organization_id AND i.uid = :uid
    """,
    AddressedInvoiceRow,
)

BY_NUMBER = Statement(_INVOICES + "AND i.number = :number", InvoiceRow)

ADD = Statement(
    """
    INSERT INTO invoices (organization_id, uid, number, description, status, currency, tax_percent, total_cents,
      lines, issued_at, created_at)
    VALUES (:organization_id, :uid, :number, :description, :status, :currency, :tax_percent, :total_cents,
      :lines, :issued_at, :now)
    RETURNING id
    """,
    IdRow,
)

SET_STATUS = Statement(
    "UPDATE invoices SET status = :status WHERE organization_id = :organization_id AND id = :invoice_id", NoneType
)
