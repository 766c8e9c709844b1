"""The operator's orders, given by the command line while the server runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from rollcall.cli import main
from rollcall.contract.plan import FREE
from rollcall.contract.role import OrganizationRole
from rollcall.server.storage import Statement, Transaction
from rollcall.server.storage.row import Row
from tests.server.world import KEY, Person, World, open_world

pytestmark = pytest.mark.anyio

Give = Callable[..., Awaitable[tuple[int, str, str]]]


class Told(Row):
    """One event of the audit log."""

    entity_type: str
    action: str
    source: str
    after: str


NEWEST_EVENT = Statement(
    """
    SELECT e.entity_type, e.action, e.source, e.response_body FROM audit_events e
    WHERE e.organization_id = :organization_id ORDER BY e.id DESC LIMIT 1
    """,
    Told,
)


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    """The server that runs meanwhile."""
    world = await open_world(database_url)
    yield world
    await world.http.aclose()
    await world.server.close()


@pytest.fixture
def give(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Give:
    """Gives an order; returns the exit status and what was printed, also as errors."""
    monkeypatch.setenv("ROLLCALL_SECRET_KEY", KEY)

    async def give(order: str, *arguments: object) -> tuple[int, str, str]:
        words = ["operator", order, "--database-url", database_url, *map(str, arguments)]
        status = await asyncio.to_thread(main, words)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return give


async def newest_event(world: World, organization_id: int) -> tuple[str, str, str, Any]:
    async def read(transaction: Transaction) -> Told | None:
        return await transaction.one(NEWEST_EVENT, organization_id=organization_id)

    event = await world.server.storage.read(read)
    assert event is not None
    return event.entity_type, event.action, event.source, json.loads(event.after)


async def payment_records(world: World, who: Person) -> Any:
    path = f"/organizations/{who.organization_id}/payment_records?is_unified=true"
    return (await world.http.get(path, auth=who.auth)).json()[0]["items"]


async def leave(world: World, who: Person) -> None:
    reply = await world.http.delete(f"/organizations/{who.organization_id}/users/leave", auth=who.auth)
    assert reply.status_code == 200


class TestPlan:
    async def test_that_allows_less_takes_nothing_away_and_allows_nothing_new(self, world: World, give: Give) -> None:
        ann = await world.person("ann")
        for name in ("b", "c", "d", "e", "f"):
            await world.member(name, of=ann)
        path = f"/organizations/{ann.organization_id}"
        await world.http.post(f"{path}/workspaces", auth=ann.auth, json={"name": "second"})
        await world.http.put(f"/workspaces/{ann.workspace_id}", auth=ann.auth, json={"rounding": -1})
        status, printed, _ = await give("set-plan", ann.organization_id, "free")
        assert (status, printed.splitlines()) == (
            0,
            [
                f"Organization {ann.organization_id} is on the plan Free.",
                "It has 6 active users where 5 are allowed: they stay, and no more can be added.",
                "It has 2 workspaces where 1 are allowed: they stay, and no more can be added.",
            ],
        )
        now = (await world.http.get(path, auth=ann.auth)).json()
        assert (now["pricing_plan_id"], now["max_workspaces"], now["user_count"]) == (FREE.id, 20, 6)
        mine = (await world.http.get("/me/workspaces", auth=ann.auth)).json()
        assert {w["name"]: w["rounding"] for w in mine if w["organization_id"] == ann.organization_id} == {
            "ann's workspace": -1,
            "second": 1,
        }
        reply = await world.http.post(f"{path}/workspaces", auth=ann.auth, json={"name": "third"})
        assert reply.json() == "Multiple workspaces are not enabled in this organization."
        reply = await world.http.put(f"/workspaces/{ann.workspace_id}", auth=ann.auth, json={"rounding": 0})
        assert reply.status_code == 402
        assert await newest_event(world, ann.organization_id) == (
            "organization",
            "update",
            "operator",
            {"plan": "free", "max_workspaces": 20},
        )

    async def test_can_be_had_with_another_limit_of_workspaces(self, world: World, give: Give) -> None:
        ann = await world.person("ann")
        path = f"/organizations/{ann.organization_id}/workspaces"
        _, printed, _ = await give("set-limit", ann.organization_id, 1)
        assert printed == f"Organization {ann.organization_id} may have 1 workspaces.\n"
        assert (await world.http.post(path, auth=ann.auth, json={"name": "second"})).status_code == 400
        await give("set-limit", ann.organization_id, "none")
        assert (await world.http.post(path, auth=ann.auth, json={"name": "second"})).status_code == 200


class TestPayer:
    async def test_is_an_admin_and_cannot_leave_until_another_pays(self, world: World, give: Give) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann, role=OrganizationRole.ADMIN)
        member = await world.member("member", of=ann)
        outsider = await world.person("outsider")
        for who in (member, outsider):
            status, _, error = await give("set-payer", ann.organization_id, who.email)
            expected = f"rollcall: {who.email} is not an active admin of organization {ann.organization_id}\n"
            assert (status, error) == (1, expected)
        assert (await give("set-payer", ann.organization_id, "BOB@example.com"))[0] == 0
        path = f"/organizations/{ann.organization_id}/users/leave"
        assert (await world.http.delete(path, auth=bob.auth)).json() == "Cannot remove the paying user."
        _, listed, _ = await give("list-organizations")
        [row] = [line.split() for line in listed.splitlines() if line.startswith(f"{ann.organization_id} ")]
        assert row[3:] == ["enterprise", "3", "1", "none", "ann@example.com", "bob@example.com"]
        assert (await give("set-payer", ann.organization_id))[0] == 0
        assert (await world.http.delete(path, auth=bob.auth)).status_code == 200


class TestInvoices:
    async def test_are_written_down_one_by_one(self, world: World, give: Give) -> None:
        ann = await world.person("ann")
        order = ("record-invoice", ann.organization_id, "2026-1", "--date", "2026-11-01", "--currency", "EUR")
        items = ("--tax-percent", "19", "--status", "open", "--item", "Premium", 3, 2000, "--item", "Rebate", 1, -999)
        status, printed, _ = await give(*order, *items)
        assert status == 0
        [shown] = await payment_records(world, ann)
        assert printed.rstrip(".\n").endswith(shown["id"])
        assert (shown["invoice_number"], shown["status"], shown["total_amount"]) == ("2026-1", "open", 5951)
        assert (await world.http.get(shown["pdf_url"], auth=ann.auth)).content.startswith(b"%PDF-")
        status, _, error = await give(*order, *items)
        expected = f"rollcall: organization {ann.organization_id} has an invoice '2026-1' already\n"
        assert (status, error) == (1, expected)
        assert (await give("set-invoice-status", ann.organization_id, "2026-1", "paid"))[0] == 0
        [shown] = await payment_records(world, ann)
        assert shown["status"] == "paid"
        assert (await newest_event(world, ann.organization_id))[:3] == ("invoice", "update", "operator")
        status, _, error = await give("set-invoice-status", ann.organization_id, "2026-2", "paid")
        expected = f"rollcall: organization {ann.organization_id} has no invoice with the number '2026-2'\n"
        assert (status, error) == (1, expected)

    async def test_are_imported_from_csv_and_json(self, world: World, give: Give, tmp_path: Path) -> None:
        ann = await world.person("ann")
        other = await world.person("other")
        table = tmp_path / "invoices.csv"
        table.write_text(
            "\ufefforganization_id,number,issued_on,currency,tax_percent,item,quantity,unit_price_cents\r\n"
            f'{ann.organization_id},A-1,2026-10-01,EUR,19,"Premium, Ω",2,2000\r\n'
            f"{other.organization_id},A-1,2026-10-01,,,Starter,,1000\r\n"
            f"{ann.organization_id},A-1,,,,Rebate,1,-500\r\n",
            encoding="utf-8",
        )
        assert await give("import-invoices", table) == (0, "Invoices written down: 2.\n", "")
        document = tmp_path / "invoices.json"
        lines = [{"description": "Premium", "unit_price_cents": 2000, "quantity": 2}]
        later = {"organization_id": ann.organization_id, "number": "A-2", "issued_on": "2026-11-01", "lines": lines}
        document.write_text(json.dumps([{**later, "status": "void", "tax_percent": 7.5}]))
        assert (await give("import-invoices", document))[0] == 0
        shown = [
            (row["invoice_number"], row["status"], row["total_amount"], row["currency"])
            for row in await payment_records(world, ann)
        ]
        assert shown == [("A-2", "void", 4300, "USD"), ("A-1", "paid", 4165, "EUR")]
        assert [row["total_amount"] for row in await payment_records(world, other)] == [1000]

    async def test_of_a_file_are_all_written_down_or_none(self, world: World, give: Give, tmp_path: Path) -> None:
        ann = await world.person("ann")
        file = tmp_path / "invoices.csv"
        file.write_text(
            "organization_id,number,issued_on,item,quantity,unit_price_cents\n"
            f"{ann.organization_id},1,2026-11-01,Premium,1,2000\n"
            f"999999,1,2026-11-01,Premium,1,2000\n"
            f"0,1,2026-11-01,Premium,1,2000\n"
        )
        assert await give("import-invoices", file) == (
            1,
            "",
            (
                f"rollcall: {file}, line 3: there is no organization 999999\n"
                f"rollcall: {file}, line 4: there is no organization 0\n"
            ),
        )
        assert await payment_records(world, ann) == []


class TestDeletedOrganization:
    async def test_is_restored_as_it_was(self, world: World, give: Give) -> None:
        ann = await world.person("ann")
        path = f"/organizations/{ann.organization_id}"
        before = (await world.http.get(path, auth=ann.auth)).json()
        await leave(world, ann)
        assert (await give("set-plan", ann.organization_id, "free"))[0] == 1
        _, listed, _ = await give("list-organizations", "--deleted")
        assert listed.splitlines()[1].startswith(f"{ann.organization_id} ")
        assert (await give("restore-organization", ann.organization_id))[0] == 0
        after = (await world.http.get(path, auth=ann.auth)).json()
        assert {**after, "at": before["at"]} == before
        assert (await world.http.get(f"/workspaces/{ann.workspace_id}", auth=ann.auth)).json()["admin"] is True
        assert await newest_event(world, ann.organization_id) == ("organization", "restore", "operator", {})
        status, _, error = await give("restore-organization", ann.organization_id)
        expected = f"rollcall: organization {ann.organization_id} is not one that was deleted in the last 30 days\n"
        assert (status, error) == (1, expected)


async def test_an_order_for_what_is_not_there_says_so(world: World, give: Give) -> None:
    await world.person("ann")
    for order in ("set-plan 999999 free", "set-limit 0 5", "set-payer 77"):
        number = order.split()[1]
        assert await give(*order.split()) == (1, "", f"rollcall: there is no organization {number}\n")


async def test_an_order_needs_the_database_of_the_server_and_its_key(
    world: World, give: Give, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert (await world.http.get("/status")).status_code == 200
    monkeypatch.setenv("ROLLCALL_SECRET_KEY", "another key, which is long enough to be one")
    status, _, error = await give("list-organizations")
    assert status == 1
    assert error.startswith("rollcall: the database was made with another secret key")
    assert main(["operator", "list-organizations", "--data-dir", str(tmp_path / "elsewhere")]) == 1
