"""What stands on an invoice."""

from __future__ import annotations

from datetime import datetime

import msgspec


class InvoiceLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was charged.

    Attributes:
        unit_price_cents: For one of it; below zero for a discount.
    """

    description: str
    unit_price_cents: int
    quantity: int = 1

    @property
    def amount_cents(self) -> int:
        """What the line adds to the invoice."""
        return self.quantity * self.unit_price_cents


class Invoice(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on an invoice.

    Attributes:
        organization: The name of who it is for.
        organization_id: Their number, which is readable whatever the letters of the name.
        issued: The day it was issued, at midnight UTC.
        currency: Three letters, such as `EUR`.
        tax_percent: What the total has beyond the lines.
    """

    number: str
    organization: str
    organization_id: int
    description: str
    status: str
    issued: datetime
    currency: str
    lines: tuple[InvoiceLine, ...]
    tax_percent: float
    total_cents: int
