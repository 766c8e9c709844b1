"""`rollcall operator`: what only who operates the server decides, done on the database, also while the server runs."""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar, get_args

from rollcall.cli import database, invoice_file
from rollcall.cli.failure import Failure
from rollcall.contract import timestamp
from rollcall.contract.plan import PLANS, PLANS_BY_HANDLE
from rollcall.server.documents.invoice import InvoiceLine
from rollcall.server.domain import bookkeeping, deletions, subscriptions
from rollcall.server.domain.bookkeeping import Draft, Status
from rollcall.server.domain.order import OrderRefused
from rollcall.server.domain.subscriptions import Extent
from rollcall.server.domain.work import Work
from rollcall.server.keyring import BadKey
from rollcall.server.settings import Settings
from rollcall.server.startup import Server
from rollcall.server.storage import StorageError, Transaction, migrate

T = TypeVar("T")

Order = Callable[[Work], Awaitable[T]]


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `operator` to the commands."""
    parser = commands.add_parser(
        "operator",
        help="decide on plans, payers, invoices and deleted organizations",
        description="Orders of who operates the server. They work on its database, also while it runs, and are told "
        "in the audit log of the organization.",
    )
    orders = parser.add_subparsers(dest="order", required=True, metavar="order")

    listing = _add_order(orders, "list-organizations", _list_organizations, "show the organizations of the server")
    listing.add_argument("--deleted", action="store_true", help="those that are deleted and can be restored")

    plan = _add_order(orders, "set-plan", _set_plan, "put an organization on a plan, with the limits of that plan")
    _add_organization(plan)
    plan.add_argument("plan", choices=list(PLANS_BY_HANDLE))

    payer = _add_order(orders, "set-payer", _set_payer, "say who pays for an organization")
    _add_organization(payer)
    payer.add_argument("email", nargs="?", help="address of an admin of it; whoever owns it where left out")

    limit = _add_order(orders, "set-limit", _set_limit, "limit the workspaces of an organization")
    _add_organization(limit)
    limit.add_argument("workspaces", type=_limit, help="how many it may have, or 'none' for no limit")

    record = _add_order(orders, "record-invoice", _record_invoice, "write down an invoice")
    _add_organization(record)
    record.add_argument("number", help="the bookkeeper's number, which no other invoice of the organization has")
    record.add_argument("--date", type=_day, default=None, metavar="YYYY-MM-DD", help="day of issue (today)")
    record.add_argument("--currency", default="USD", help="three letters (%(default)s)")
    record.add_argument("--status", choices=get_args(Status), default="paid", help="(%(default)s)")
    record.add_argument("--description", default="", help="what it is for")
    record.add_argument("--tax-percent", type=_percent, default=Decimal(0), help="of the sum of the items (none)")
    record.add_argument(
        "--item",
        action="append",
        nargs=3,
        required=True,
        metavar=("DESCRIPTION", "QUANTITY", "CENTS"),
        help="what was charged, how many of it, and the price of one in cents; more than once for several",
    )

    importing = _add_order(
        orders, "import-invoices", _import_invoices, "write down the invoices of a file: all, or none if one is wrong"
    )
    importing.add_argument(
        "file", type=Path, help=f"CSV with the columns {', '.join(invoice_file.COLUMNS)}; or a JSON array of invoices"
    )

    status = _add_order(orders, "set-invoice-status", _set_invoice_status, "note that an invoice is paid, or void")
    _add_organization(status)
    status.add_argument("number", help="the bookkeeper's number")
    status.add_argument("status", choices=get_args(Status))

    restore = _add_order(
        orders, "restore-organization", _restore_organization, "undo the deletion of an organization, for 30 days"
    )
    _add_organization(restore)


def _add_order(
    orders: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    do: Callable[[argparse.Namespace], None],
    text: str,
) -> argparse.ArgumentParser:
    parser = orders.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    for option, text in (
        ("--data-dir", "where the server keeps its embedded database"),
        ("--database-url", "postgresql://… in place of the embedded database"),
    ):
        parser.add_argument(option, default="", metavar=option.strip("-").upper(), help=text)
    parser.set_defaults(run=_run, do=do)
    return parser


def _add_organization(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("organization_id", type=int, help="its number, as list-organizations shows it")


def _run(options: argparse.Namespace) -> int:
    try:
        options.do(options)
    except OrderRefused as refused:
        raise Failure(*(text for _, text in refused.problems)) from refused
    except (BadKey, StorageError) as reason:
        raise Failure(str(reason)) from reason
    return 0


def _list_organizations(options: argparse.Namespace) -> None:
    found = _carry_out(options, lambda work: subscriptions.list_all(work, deleted=options.deleted), writes=False)
    table = [("id", "name", "plan", "users", "workspaces", "limit", "owner", "payer", "deleted")]
    table += [
        (
            str(row.id),
            row.name,
            PLANS[row.plan_id].handle,
            str(row.user_count),
            str(row.workspace_count),
            "none" if row.max_workspaces is None else str(row.max_workspaces),
            row.owner_email,
            row.payer_email or "owner",
            timestamp.seconds(row.deleted_at) if row.deleted_at else "",
        )
        for row in found
    ]
    columns = len(table[0]) - (not options.deleted)
    widths = [max(len(row[column]) for row in table) for column in range(columns)]
    for row in table:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=False)).rstrip())


def _set_plan(options: argparse.Namespace) -> None:
    plan = PLANS_BY_HANDLE[options.plan]
    extent = _carry_out(options, lambda work: subscriptions.set_plan(work, options.organization_id, plan))
    print(f"Organization {options.organization_id} is on the plan {plan.name}.")
    _print_excess(extent)


def _set_limit(options: argparse.Namespace) -> None:
    extent = _carry_out(
        options, lambda work: subscriptions.set_limit(work, options.organization_id, options.workspaces)
    )
    limit = "as many workspaces as it likes" if options.workspaces is None else f"{options.workspaces} workspaces"
    print(f"Organization {options.organization_id} may have {limit}.")
    _print_excess(extent)


def _print_excess(extent: Extent) -> None:
    for noun, number, maximum in (
        ("active users", extent.users, extent.max_users),
        ("workspaces", extent.workspaces, extent.max_workspaces),
    ):
        if maximum is not None and number > maximum:
            print(f"It has {number} {noun} where {maximum} are allowed: they stay, and no more can be added.")


def _set_payer(options: argparse.Namespace) -> None:
    _carry_out(options, lambda work: subscriptions.set_payer(work, options.organization_id, options.email))
    print(f"{options.email or 'Whoever owns it'} pays for organization {options.organization_id}.")


def _record_invoice(options: argparse.Namespace) -> None:
    items = []
    for description, quantity, cents in options.item:
        try:
            items.append(InvoiceLine(description, int(cents), int(quantity)))
        except ValueError:
            raise Failure(
                f"--item {description!r}: {quantity!r} and {cents!r} are not both whole numbers: "
                "how many, and the price of one in cents"
            ) from None
    draft = Draft(
        organization_id=options.organization_id,
        number=options.number,
        issued_on=options.date or datetime.now(UTC).date(),
        lines=tuple(items),
        currency=options.currency,
        status=options.status,
        description=options.description,
        tax_percent=options.tax_percent,
    )
    [uid] = _carry_out(options, lambda work: bookkeeping.record(work, [draft]))
    print(f"Invoice {draft.number} of organization {draft.organization_id} is written down. Its uid is {uid}.")


def _import_invoices(options: argparse.Namespace) -> None:
    entries = invoice_file.read(options.file)
    drafts: Sequence[Draft] = [entry.draft for entry in entries]
    try:
        _carry_out(options, lambda work: bookkeeping.record(work, drafts))
    except OrderRefused as refused:
        problems = [(entries[place].line, text) for place, text in refused.problems]
        raise invoice_file.failure(options.file, problems) from refused
    print(f"Invoices written down: {len(drafts)}.")


def _set_invoice_status(options: argparse.Namespace) -> None:
    _carry_out(
        options,
        lambda work: bookkeeping.set_status(work, options.organization_id, options.number, options.status),
    )
    print(f"Invoice {options.number} of organization {options.organization_id} is {options.status}.")


def _restore_organization(options: argparse.Namespace) -> None:
    _carry_out(options, lambda work: deletions.restore(work, options.organization_id))
    print(f"Organization {options.organization_id} is there again.")


def _carry_out(options: argparse.Namespace, order: Order[T], *, writes: bool = True) -> T:
    """Carry out an order on the database, in one transaction."""
    database_url = _database_url(options)
    keyring = database.keyring(database_url)
    migrate(database_url)

    async def carry_out() -> T:
        server = await Server.open(database_url, Settings(), keyring)

        async def work(transaction: Transaction) -> T:
            return await order(Work(transaction, server.service, None, time.time_ns() // 1000, source="operator"))

        try:
            return await (server.storage.write(work) if writes else server.storage.read(work))
        finally:
            await server.close()

    return asyncio.run(carry_out())


def _database_url(options: argparse.Namespace) -> str:
    """The database of the server, which is named as `rollcall serve` is told it."""
    if given := options.database_url or os.environ.get("ROLLCALL_DATABASE_URL"):
        return str(given)
    return database.existing_url(Path(options.data_dir or os.environ.get("ROLLCALL_DATA_DIR") or database.DATA_DIR))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day such as 2026-11-30") from None


def _limit(text: str) -> int | None:
    try:
        return None if text == "none" else int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is neither a whole number nor none") from None


def _percent(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"{text!r} is no number such as 19 or 7.5") from None
