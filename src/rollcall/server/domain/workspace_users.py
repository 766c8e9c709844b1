"""The people of a workspace: seen, changed, removed.

Who has a direct way into a workspace can be removed from it; what comes through a group is taken through the group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from rollcall.contract.plan import PLANS
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import WorkspaceRole
from rollcall.server.domain import audit
from rollcall.server.domain.given import value_of
from rollcall.server.domain.memberships import exit_workspace
from rollcall.server.domain.reach import as_json, organization_of_workspace
from rollcall.server.domain.revisions import raise_organization
from rollcall.server.domain.workspace_user_settings import changed, settings_of
from rollcall.server.storage import organizations as organization_rows
from rollcall.server.storage import places as place_rows
from rollcall.server.storage import workspace_users as rows

if TYPE_CHECKING:
    from rollcall.contract.models.workspace_user import WorkspaceUserPayload, WorkspaceUsersPatchParams
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.organizations import OrganizationRow
    from rollcall.server.storage.workspace_users import WorkspaceUserRow

T = TypeVar("T")


async def change(work: Work, workspace_id: int, workspace_user_id: int, body: WorkspaceUserPayload) -> str:
    """Change what somebody is in a workspace (`PUT /workspaces/{id}/workspace_users/{id}`)."""
    organization_id = organization_of_workspace(work)
    await raise_organization(work, organization_id)
    stored = await work.transaction.one(
        rows.BY_ID,
        organization_id=organization_id,
        workspace_id=workspace_id,
        workspace_user_id=workspace_user_id,
    )
    if stored is None:
        raise Refused(Reason.WORKSPACE_USER_NOT_FOUND)
    return await _change(work, organization_id, workspace_id, stored, body)


async def change_of_account(work: Work, workspace_id: int, user_id: int, body: WorkspaceUserPayload | None) -> str:
    """Change what somebody is in a workspace (`PUT /workspaces/{id}/users/{id}`); nothing without a body."""
    organization_id = organization_of_workspace(work)
    await raise_organization(work, organization_id)
    stored = await work.transaction.one(
        rows.OF_USER, organization_id=organization_id, workspace_id=workspace_id, user_id=user_id
    )
    if stored is None:
        raise Refused(Reason.USER_NOT_FOUND)
    if body is None:
        return "OK"
    return await _change(work, organization_id, workspace_id, stored, body)


async def remove(work: Work, workspace_id: int, workspace_user_id: int) -> None:
    """Remove somebody from a workspace (`DELETE /workspaces/{id}/workspace_users/{id}`).

    Who is in it through a group too stays, as a user.
    """
    organization_id = organization_of_workspace(work)
    await raise_organization(work, organization_id)
    stored = await work.transaction.one(
        rows.BY_ID,
        organization_id=organization_id,
        workspace_id=workspace_id,
        workspace_user_id=workspace_user_id,
    )
    if stored is None or not stored.direct:
        raise Refused(Reason.WORKSPACE_USER_NOT_FOUND)
    check_may_go(await load_organization(work, organization_id), stored)
    await take_out(work, organization_id, workspace_id, stored)


async def remove_many(work: Work, organization_id: int, workspace_id: int, body: WorkspaceUsersPatchParams) -> str:
    """Remove people from a workspace (`PATCH /organizations/{id}/workspaces/{id}/workspace_users`): all or nobody."""
    given = value_of(body.delete)
    if not given:
        raise Refused(Reason.IDS_MISSING)
    ids = set(given)
    if len(ids) < len(given):
        raise Refused(Reason.IDS_NOT_UNIQUE)
    await raise_organization(work, organization_id)
    found = await work.transaction.all(
        rows.AMONG, organization_id=organization_id, workspace_id=workspace_id, ids=as_json(ids)
    )
    if ids != {stored.id for stored in found if stored.direct}:
        raise Refused(Reason.IDS_UNKNOWN)
    organization = await load_organization(work, organization_id)
    for stored in found:
        check_may_go(organization, stored)
    for stored in found:
        await take_out(work, organization_id, workspace_id, stored)
    return "OK"


def check_may_go(organization: OrganizationRow, stored: WorkspaceUserRow) -> None:
    """Hold the direct ways of those whom no workspace can lose.

    Raises:
        Refused: They own the organization, or pay for it, or are an active admin of it.
    """
    if stored.user_id == organization.owner_id:
        raise Refused(Reason.OWNER_STAYS)
    if stored.user_id == organization.payer_id:
        raise Refused(Reason.PAYER_STAYS)
    if stored.administers:
        raise Refused(Reason.ADMIN_STAYS)


async def take_out(work: Work, organization_id: int, workspace_id: int, stored: WorkspaceUserRow) -> None:
    """Close somebody's direct way into a workspace, and tell of it."""
    await exit_workspace(work, organization_id, workspace_id, stored.user_id)
    await audit.record(
        work,
        organization_id,
        "workspace_user",
        stored.id,
        "delete",
        before={"user_id": stored.user_id, "role_id": stored.role_id},
        workspace_id=workspace_id,
    )


async def load_organization(work: Work, organization_id: int) -> OrganizationRow:
    """The organization that a request is about.

    Raises:
        Refused: It is gone.
    """
    organization = await work.transaction.one(organization_rows.BY_ID, organization_id=organization_id)
    if organization is None:
        raise Refused(Reason.FORBIDDEN)
    return organization


async def _change(
    work: Work, organization_id: int, workspace_id: int, stored: WorkspaceUserRow, body: WorkspaceUserPayload
) -> str:
    organization = await load_organization(work, organization_id)
    before = settings_of(stored)
    after = changed(before, body, PLANS[organization.plan_id], work.now)
    if stored.administers and (after.role_id != WorkspaceRole.ADMIN or after.inactive):
        raise Refused(Reason.ADMIN_STAYS)
    if after.inactive and stored.user_id == organization.payer_id:
        raise Refused(Reason.PAYER_STAYS_ACTIVE)
    was, now = msgspec.structs.asdict(before), msgspec.structs.asdict(after)
    moved = [field for field in now if now[field] != was[field]]
    if not moved:
        return "OK"
    await work.transaction.execute(
        place_rows.CHANGE, organization_id=organization_id, workspace_user_id=stored.id, now=work.now, **now
    )
    await audit.record(
        work,
        organization_id,
        "workspace_user",
        stored.id,
        "update",
        before={"user_id": stored.user_id, **{field: was[field] for field in moved}},
        after={"user_id": stored.user_id, **{field: now[field] for field in moved}},
        workspace_id=workspace_id,
    )
    return "OK"
