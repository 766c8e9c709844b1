"""Invoices as they are written down: what they add up to, and what they cannot be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from rollcall.server.documents.invoice import InvoiceLine
from rollcall.server.domain import bookkeeping
from rollcall.server.domain.bookkeeping import Draft
from rollcall.server.domain.order import OrderRefused
from rollcall.server.domain.work import Work
from tests.server.world import World


def draft(*lines: InvoiceLine, **fields: Any) -> Draft:
    given = {"organization_id": 5, "number": "1", "issued_on": date(2026, 11, 1), "lines": lines}
    return Draft(**{**given, **fields})


@pytest.mark.parametrize(
    ("percent", "total"), [("0", 1010), ("19", 1202), ("7.5", 1086), ("0.04", 1010), ("0.05", 1011), ("100", 2020)]
)
def test_the_tax_is_rounded_to_the_cent_and_half_a_cent_up(percent: str, total: int) -> None:
    lines = (InvoiceLine("Premium", 505, 3), InvoiceLine("Rebate", -505))
    assert draft(*lines, tax_percent=Decimal(percent)).total_cents == total


@pytest.mark.anyio
async def test_invoices_that_cannot_be_are_refused_together(world: World) -> None:
    ann = await world.person("ann")
    mine = ann.organization_id
    item = InvoiceLine("x", 100)
    text = "holds a character that cannot be written"
    flawed = {
        "the number is empty": draft(item, number=" "),
        "the description has 501 characters; at most 500 are kept": draft(item, description="x" * 501),
        f"the description {text}": draft(item, description="a\nb"),
        "the day is 1969-12-31; there are no invoices from before 1970": draft(item, issued_on=date(1969, 12, 31)),
        "the currency is 'eur'; it has three capital letters, such as EUR": draft(item, currency="eur"),
        "there are 0 items; an invoice has from 1 to 200": draft(),
        "the description of item 2 is empty": draft(item, InvoiceLine("", 1)),
        "the quantity of item 1 is 0; it is from 1 to 1000000": draft(InvoiceLine("x", 1, 0)),
        "the tax is NaN percent; it is from 0 to 100": draft(item, tax_percent=Decimal("nan")),
        "the total is -1 cents; it is from 0 to 1000000000000": draft(InvoiceLine("x", -1)),
    }

    async def refused(drafts: list[Draft]) -> list[tuple[int, str]]:
        async def write(work: Work) -> None:
            await bookkeeping.record(work, drafts)

        with pytest.raises(OrderRefused) as refusal:
            await world.act(write)
        return list(refusal.value.problems)

    assert await refused([draft(item, organization_id=mine), *flawed.values()]) == list(enumerate(flawed, 1))
    stored = [draft(item, organization_id=mine, number=number) for number in ("1", "1", "2")]
    assert await refused([*stored, draft(item, organization_id=999_999)]) == [
        (1, f"the number '1' stands twice for organization {mine}"),
        (3, "there is no organization 999999"),
    ]
    path = f"/organizations/{mine}/payment_records"
    assert (await world.http.get(path, auth=ann.auth)).json() == []
