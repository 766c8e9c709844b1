"""What an organization subscribes to: its plan, its limit of workspaces, and who pays.

A plan that allows less takes nothing away: what is over a limit stays, and nothing new is allowed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from rollcall.contract.identifier import is_id
from rollcall.contract.name import name_key
from rollcall.contract.plan import PLANS, Plan
from rollcall.contract.role import OrganizationRole
from rollcall.server.domain import audit
from rollcall.server.domain.order import OrderRefused
from rollcall.server.domain.revisions import take_organization
from rollcall.server.storage import subscriptions as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.organizations import OrganizationRow
    from rollcall.server.storage.subscriptions import ListedRow

MAXIMUM_LIMIT = 2**31 - 1


class Extent(msgspec.Struct, frozen=True):
    """How far an organization goes, beside how far it may go from now on.

    Attributes:
        users: Organization users who have joined and are not deactivated.
        max_users: None for no limit, as is `max_workspaces`.
    """

    users: int
    max_users: int | None
    workspaces: int
    max_workspaces: int | None


async def list_all(work: Work, *, deleted: bool) -> list[ListedRow]:
    """Every organization of the server: those in use, or those that are deleted and still kept."""
    return await work.transaction.all(rows.ALL, deleted=deleted)


async def set_plan(work: Work, organization_id: int, plan: Plan) -> Extent:
    """Put an organization on a plan, with that plan's limit of workspaces.

    Raises:
        OrderRefused: There is no such organization.
    """
    return await _set(work, organization_id, plan_id=plan.id, max_workspaces=plan.max_workspaces)


async def set_limit(work: Work, organization_id: int, max_workspaces: int | None) -> Extent:
    """Limit the workspaces of an organization, whatever its plan has; None for no limit.

    Raises:
        OrderRefused: There is no such organization, or it can have no such limit.
    """
    if max_workspaces is not None and not 1 <= max_workspaces <= MAXIMUM_LIMIT:
        raise OrderRefused((0, f"the limit is {max_workspaces}; it is from 1 to {MAXIMUM_LIMIT}, or none"))
    return await _set(work, organization_id, max_workspaces=max_workspaces)


async def set_payer(work: Work, organization_id: int, email: str | None) -> None:
    """Say who pays: an active admin of the organization, or None for whoever owns it.

    Raises:
        OrderRefused: There is no such organization, or they are no admin of it.
    """
    stored = await _take(work, organization_id)
    payer_id = None
    if email is not None:
        payer = await work.transaction.one(rows.PAYER, organization_id=organization_id, email_key=name_key(email))
        if payer is None or not OrganizationRole(payer.role_id).administers:
            raise OrderRefused((0, f"{email} is not an active admin of organization {organization_id}"))
        payer_id = payer.user_id
    await work.transaction.execute(rows.SET_PAYER, organization_id=organization_id, payer_id=payer_id, now=work.now)
    await audit.record(
        work,
        organization_id,
        "organization",
        organization_id,
        "update",
        before={"payer_id": stored.payer_id},
        after={"payer_id": payer_id},
    )


async def _set(work: Work, organization_id: int, *, max_workspaces: int | None, plan_id: int | None = None) -> Extent:
    stored = await _take(work, organization_id)
    plan = PLANS[stored.plan_id if plan_id is None else plan_id]
    await work.transaction.execute(
        rows.SET_PLAN, organization_id=organization_id, plan_id=plan.id, max_workspaces=max_workspaces, now=work.now
    )
    await audit.record(
        work,
        organization_id,
        "organization",
        organization_id,
        "update",
        before={"plan": PLANS[stored.plan_id].handle, "max_workspaces": stored.max_workspaces},
        after={"plan": plan.handle, "max_workspaces": max_workspaces},
    )
    active = await work.transaction.one(rows.COUNT_ACTIVE, organization_id=organization_id)
    assert active is not None  # noqa: S101 - a count always has a row
    return Extent(
        users=active.count,
        max_users=plan.max_users,
        workspaces=stored.workspace_count,
        max_workspaces=max_workspaces if plan.multiple_workspaces else 1,
    )


async def _take(work: Work, organization_id: int) -> OrganizationRow:
    """Take the turn of an organization and read it."""
    stored = None
    if is_id(organization_id) and await take_organization(work, organization_id):
        stored = await work.transaction.one(rows.BY_ID, organization_id=organization_id)
    if stored is None:
        raise OrderRefused((0, f"there is no organization {organization_id}"))
    return stored
