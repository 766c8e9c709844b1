"""Plans and invoices, as a client meets them."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pypdf
import pytest

from rollcall.contract.operations.billing import GET_INVOICE, GET_PAYMENT_RECORDS, GET_PLAN, GET_PLANS
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole
from rollcall.server.documents.invoice import InvoiceLine
from rollcall.server.domain import bookkeeping
from rollcall.server.domain.bookkeeping import Draft
from rollcall.server.domain.work import Work
from tests.server.conftest import OpenWorld
from tests.server.meets import meets
from tests.server.world import Person, World

pytestmark = pytest.mark.anyio


async def record(world: World, *drafts: Draft) -> list[str]:
    uids: list[str] = []

    async def write(work: Work) -> None:
        uids.extend(await bookkeeping.record(work, drafts))

    await world.act(write)
    return uids


def invoice(of: Person, number: str, issued_on: date = date(2026, 11, 1), **fields: Any) -> Draft:
    lines = (InvoiceLine("Premium for a month", 2000, 3), InvoiceLine("Discount", -500))
    return Draft(organization_id=of.organization_id, number=number, issued_on=issued_on, **{"lines": lines, **fields})


async def page(world: World, who: Person, **query: str) -> Any:
    reply = await world.http.get(
        f"/organizations/{who.organization_id}/payment_records",
        auth=who.auth,
        params={"is_unified": "true", **query},
    )
    assert reply.status_code == 200
    [only] = reply.json()
    return only


class TestPlans:
    async def test_are_the_catalogue_with_prices_for_one_user_in_cents(self, new_world: OpenWorld) -> None:
        world = await new_world()
        ann = await world.person("ann")
        await world.member("bob", of=ann)
        offered = (await world.http.get(f"/organizations/{ann.organization_id}/plans", auth=ann.auth)).json()
        assert offered["user_count"] == 2
        assert [(plan["plan_id"], plan["name"]) for plan in offered["plans"]] == [
            (0, "Free"),
            (1, "Starter"),
            (2, "Premium"),
            (3, "Enterprise"),
        ]
        free, starter, _, enterprise = offered["plans"]
        assert [price["actual_price_in_usd_cents"] for price in free["pricing_plans"]] == [0, 0]
        assert enterprise["pricing_plans"] == []
        assert starter["pricing_plans"][1] == {
            "pricing_plan_id": 1,
            "name": "Starter yearly",
            "period": 12,
            "price_point_handle": "starter-yearly",
            "list_price_in_usd_cents": 10_800,
            "actual_price_in_usd_cents": 10_800,
            "prices_month": {"base": 900, "actual": 900, "with_tax": 900},
            "prices_period": {"base": 10_800, "actual": 10_800, "with_tax": 10_800},
            "campaign": None,
        }

    @meets(GET_PLAN, Reason.PLAN_NOT_FOUND)
    async def test_are_seen_one_by_one_the_free_one_too(self, world: World) -> None:
        ann = await world.person("ann")
        path = f"/organizations/{ann.organization_id}/plans"
        offered = (await world.http.get(path, auth=ann.auth)).json()
        for plan in offered["plans"]:
            single = (await world.http.get(f"{path}/{plan['plan_id']}", auth=ann.auth)).json()
            assert single == {**offered, "plans": [plan]}
        reply = await world.http.get(f"{path}/4", auth=ann.auth)
        assert (reply.status_code, reply.json()) == (404, "Plan not found")


class TestPaymentRecords:
    async def test_are_the_paid_invoices_newest_first(self, world: World) -> None:
        ann = await world.person("ann")
        other = await world.person("other")
        await record(world, invoice(other, "1"))
        first, second, _ = await record(
            world,
            invoice(ann, "1", date(2026, 10, 1), description="October", currency="EUR", tax_percent=Decimal("7.5")),
            invoice(ann, "2", date(2026, 11, 1)),
            invoice(ann, "3", date(2026, 11, 1), status="open"),
        )
        reply = await world.http.get(f"/organizations/{ann.organization_id}/payment_records", auth=ann.auth)
        assert reply.status_code == 200
        assert [row["uid"] for row in reply.json()] == [second, first]
        oldest = reply.json()[1]
        assert oldest.pop("id") > 0
        assert oldest == {
            "uid": first,
            "initial_id": None,
            "record_type": "invoice",
            "description": "October",
            "creation_date": "2026-10-01T00:00:00Z",
            "currency": "EUR",
            "currency_id": None,
            "total_amount": 5913,
        }

    async def test_come_as_pages_of_all_invoices_that_can_be_walked_both_ways(self, new_world: OpenWorld) -> None:
        world = await new_world(public_url="https://rollcall.example")
        ann = await world.person("ann")
        start = date(2020, 1, 1)
        drafts = [invoice(ann, str(place), start + timedelta(days=place // 3)) for place in range(119)]
        await record(world, *drafts, invoice(ann, "unpaid", start + timedelta(days=99), status="open"))
        newest = await page(world, ann)
        assert (len(newest["items"]), newest["prev"]) == (50, None)
        unpaid = newest["items"][0]
        assert unpaid == {
            "id": unpaid["id"],
            "invoice_number": "unpaid",
            "description": "",
            "creation_date": "2020-04-09T00:00:00Z",
            "status": "open",
            "currency": "USD",
            "total_amount": 5500,
            "pdf_url": f"https://rollcall.example/api/v9/organizations/{ann.organization_id}"
            f"/invoices/{unpaid['id']}.pdf",
            "hosted_url": None,
        }
        middle = await page(world, ann, next=newest["next"])
        oldest = await page(world, ann, cursor=middle["next"], last_inv=middle["items"][-1]["id"])
        assert (len(oldest["items"]), oldest["next"]) == (20, None)
        numbers = [row["invoice_number"] for each in (newest, middle, oldest) for row in each["items"]]
        assert numbers == ["unpaid", *(str(place) for place in reversed(range(119)))]
        assert (await page(world, ann, prev=oldest["prev"]))["items"] == middle["items"]
        assert await page(world, ann, prev=middle["prev"]) == newest

    async def test_of_nobody_who_paid_are_an_empty_list_and_an_empty_page(self, world: World) -> None:
        ann = await world.person("ann")
        reply = await world.http.get(f"/organizations/{ann.organization_id}/payment_records", auth=ann.auth)
        assert reply.json() == []
        assert await page(world, ann) == {"items": [], "next": None, "prev": None}

    @meets(GET_PAYMENT_RECORDS, Reason.BOTH_CURSORS, Reason.LAST_INVOICE_MISSING)
    async def test_refuse_cursors_that_cannot_be(self, world: World) -> None:
        ann = await world.person("ann")
        path = f"/organizations/{ann.organization_id}/payment_records"
        for query, text in (
            ("next=1-1&prev=1-1", "'next' and 'prev' can not be present simultaneously"),
            ("cursor=1-1", "'cursor' can not be used without 'last_inv'"),
            ("is_unified=true&next=x", "Invalid value sent for 'next'."),
            (f"is_unified=true&prev={'9' * 19}-1", "Invalid value sent for 'prev'."),
            ("is_unified=true&last_inv=x&cursor=%D9%A3-1", "Invalid value sent for 'cursor'."),
        ):
            reply = await world.http.get(f"{path}?{query}", auth=ann.auth)
            assert (reply.status_code, reply.json()) == (400, text)


class TestInvoicePdf:
    async def test_shows_what_was_recorded(self, world: World) -> None:
        ann = await world.person("ann")
        await world.http.put(f"/organizations/{ann.organization_id}", auth=ann.auth, json={"name": "Žižek & Σωκράτης"})
        [uid] = await record(
            world, invoice(ann, 'Nº 1/"2"', description="November", currency="EUR", tax_percent=Decimal("7.5"))
        )
        path = f"/organizations/{ann.organization_id}/invoices/{uid}.pdf"
        reply = await world.http.get(path, auth=ann.auth)
        assert reply.status_code == 200
        assert reply.headers["content-type"] == "application/pdf"
        assert reply.headers["content-disposition"] == 'inline; filename="invoice-N__1__2_.pdf"'
        assert int(reply.headers["content-length"]) == len(reply.content)
        [drawn] = pypdf.PdfReader(io.BytesIO(reply.content)).pages
        lines = drawn.extract_text().splitlines()
        for line in (
            'Number Nº 1/"2"',
            "Date 2026-11-01",
            "For Žižek & Σωκράτης",
            f"Organization {ann.organization_id}",
            "Premium for a month 3 20.00 60.00",
            "Total   59.13 EUR",
        ):
            assert line in lines

    @meets(GET_INVOICE, Reason.INVOICE_NOT_FOUND, Reason.INVALID_ORGANIZATION_ID)
    async def test_of_another_organization_is_not_found(self, world: World) -> None:
        ann = await world.person("ann")
        other = await world.person("other")
        [uid] = await record(world, invoice(ann, "1"))
        for each in (uid, uid.upper(), "0" * 32, "x", "%00", "%F0%9F%A6%86"):
            reply = await world.http.get(f"/organizations/{other.organization_id}/invoices/{each}.pdf", auth=other.auth)
            assert (reply.status_code, reply.json()) == (404, "No invoice found")
            assert reply.headers["content-type"] == "application/json; charset=utf-8"
        reply = await world.http.get(f"/organizations/mine/invoices/{uid}.pdf", auth=ann.auth)
        assert (reply.status_code, reply.json()) == (404, "Invalid organization id")


@meets(GET_PLANS, Reason.FORBIDDEN)
@meets(GET_PLAN, Reason.FORBIDDEN)
@meets(GET_PAYMENT_RECORDS, Reason.FORBIDDEN)
@meets(GET_INVOICE, Reason.FORBIDDEN)
async def test_billing_is_for_organization_admins(world: World) -> None:
    ann = await world.person("ann")
    admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
    member = await world.member("member", of=ann)
    former = await world.member("former", of=ann, role=OrganizationRole.ADMIN)
    await world.deactivate(former, ann.organization_id)
    outsider = await world.person("outsider")
    [uid] = await record(world, invoice(ann, "1"))
    for path in ("plans", "plans/2", "payment_records", "payment_records?is_unified=true", f"invoices/{uid}.pdf"):
        text = "User does not have access to this resource."
        if path.startswith("invoices"):
            text = "Not authorized to access invoice"
        for who in (ann, admin):
            reply = await world.http.get(f"/organizations/{ann.organization_id}/{path}", auth=who.auth)
            assert reply.status_code == 200
        for who in (member, former, outsider):
            reply = await world.http.get(f"/organizations/{ann.organization_id}/{path}", auth=who.auth)
            assert (reply.status_code, reply.json()) == (403, text)
