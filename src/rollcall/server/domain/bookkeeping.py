"""Bookkeeping: invoices that the operator writes down. Rollcall sends none and takes no money."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

import msgspec

from rollcall.contract.identifier import is_id
from rollcall.contract.name import is_storable
from rollcall.contract.wire import encode
from rollcall.server.documents.invoice import InvoiceLine
from rollcall.server.domain import audit
from rollcall.server.domain.order import OrderRefused
from rollcall.server.domain.revisions import take_organization
from rollcall.server.storage import invoices as rows
from rollcall.server.storage import subscriptions as subscription_rows

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from rollcall.server.domain.work import Work

Status = Literal["open", "paid", "void"]

FIRST_YEAR = 1970
MAXIMUM_TEXT = 500
MAXIMUM_LINES = 200
MAXIMUM_QUANTITY = 1_000_000
MAXIMUM_CENTS = 10**12


class Draft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An invoice that is not written down yet.

    Attributes:
        number: The bookkeeper's number; no two invoices of an organization have the same.
        currency: Three capital letters, such as `EUR`.
        tax_percent: Of the sum of the lines.
        lines: What was charged, at least one.
    """

    organization_id: int
    number: str
    issued_on: date
    lines: tuple[InvoiceLine, ...]
    currency: str = "USD"
    status: Status = "paid"
    description: str = ""
    tax_percent: Decimal = Decimal(0)

    @property
    def total_cents(self) -> int:
        """The lines and the tax; half a cent is rounded up."""
        subtotal = sum(line.amount_cents for line in self.lines)
        tax = (subtotal * self.tax_percent / 100).quantize(Decimal(1), ROUND_HALF_UP)
        return subtotal + int(tax)


async def record(work: Work, drafts: Sequence[Draft]) -> list[str]:
    """Write invoices down: all of them, or none where something is wrong with one.

    Returns:
        Their uids, in order.

    Raises:
        OrderRefused: What is wrong with which of them; the places count from 0.
    """
    problems = [(place, text) for place, draft in enumerate(drafts) for text in _flaws(draft)]
    if not problems:
        for organization_id in sorted({draft.organization_id for draft in drafts}):
            await take_organization(work, organization_id)
        problems = [(place, text) async for place, text in _collisions(work, drafts)]
    if problems:
        raise OrderRefused(*problems)
    return [await _add(work, draft) for draft in drafts]


async def set_status(work: Work, organization_id: int, number: str, status: Status) -> None:
    """Note that an invoice is paid, or void, or open again.

    Raises:
        OrderRefused: There is no such invoice.
    """
    await take_organization(work, organization_id)
    invoice = await work.transaction.one(rows.BY_NUMBER, organization_id=organization_id, number=number)
    if invoice is None:
        raise OrderRefused((0, f"organization {organization_id} has no invoice with the number {number!r}"))
    await work.transaction.execute(
        rows.SET_STATUS, organization_id=organization_id, invoice_id=invoice.id, status=status
    )
    await audit.record(
        work,
        organization_id,
        "invoice",
        invoice.id,
        "update",
        before={"status": invoice.status},
        after={"status": status},
    )


def _flaws(draft: Draft) -> Iterator[str]:
    """What no invoice can be, whatever is stored."""
    yield from _flaws_of_text("number", draft.number)
    if draft.description:
        yield from _flaws_of_text("description", draft.description)
    if draft.issued_on.year < FIRST_YEAR:
        yield f"the day is {draft.issued_on}; there are no invoices from before {FIRST_YEAR}"
    if not (len(draft.currency) == 3 and draft.currency.isascii() and draft.currency.isupper()):
        yield f"the currency is {draft.currency!r}; it has three capital letters, such as EUR"
    if not 1 <= len(draft.lines) <= MAXIMUM_LINES:
        yield f"there are {len(draft.lines)} items; an invoice has from 1 to {MAXIMUM_LINES}"
    for place, line in enumerate(draft.lines, 1):
        yield from _flaws_of_text(f"description of item {place}", line.description)
        if not 1 <= line.quantity <= MAXIMUM_QUANTITY:
            yield f"the quantity of item {place} is {line.quantity}; it is from 1 to {MAXIMUM_QUANTITY}"
        if abs(line.unit_price_cents) > MAXIMUM_CENTS:
            yield f"the price of item {place} is {line.unit_price_cents} cents; it is at most {MAXIMUM_CENTS}"
    if not (draft.tax_percent.is_finite() and 0 <= draft.tax_percent <= 100):
        yield f"the tax is {draft.tax_percent} percent; it is from 0 to 100"
    elif not 0 <= draft.total_cents <= MAXIMUM_CENTS:
        yield f"the total is {draft.total_cents} cents; it is from 0 to {MAXIMUM_CENTS}"


def _flaws_of_text(name: str, text: str) -> Iterator[str]:
    if not text.strip():
        yield f"the {name} is empty"
    if len(text) > MAXIMUM_TEXT:
        yield f"the {name} has {len(text)} characters; at most {MAXIMUM_TEXT} are kept"
    if not is_storable(text) or any(unicodedata.category(letter) == "Cc" for letter in text):
        yield f"the {name} holds a character that cannot be written"


async def _collisions(work: Work, drafts: Sequence[Draft]) -> AsyncIterator[tuple[int, str]]:
    """What cannot be beside what is stored, or beside each other."""
    seen: set[tuple[int, str]] = set()
    for place, draft in enumerate(drafts):
        key = (draft.organization_id, draft.number)
        organization = None
        if is_id(draft.organization_id):
            organization = await work.transaction.one(subscription_rows.BY_ID, organization_id=draft.organization_id)
        if organization is None:
            yield place, f"there is no organization {draft.organization_id}"
        elif key in seen:
            yield place, f"the number {draft.number!r} stands twice for organization {draft.organization_id}"
        elif await work.transaction.one(rows.BY_NUMBER, organization_id=draft.organization_id, number=draft.number):
            yield place, f"organization {draft.organization_id} has an invoice {draft.number!r} already"
        seen.add(key)


async def _add(work: Work, draft: Draft) -> str:
    uid = secrets.token_hex(16)
    made = await work.transaction.one(
        rows.ADD,
        organization_id=draft.organization_id,
        uid=uid,
        number=draft.number,
        description=draft.description,
        status=draft.status,
        currency=draft.currency,
        tax_percent=float(draft.tax_percent),
        total_cents=draft.total_cents,
        lines=encode(draft.lines).decode(),
        issued_at=round(datetime.combine(draft.issued_on, time.min, UTC).timestamp() * 1_000_000),
        now=work.now,
    )
    assert made is not None  # noqa: S101 - an INSERT that returns nothing has raised
    await audit.record(
        work,
        draft.organization_id,
        "invoice",
        made.id,
        "create",
        after={
            "number": draft.number,
            "status": draft.status,
            "currency": draft.currency,
            "total_cents": draft.total_cents,
        },
    )
    return uid
