"""Assignments: people and groups put into a workspace or taken out of it, all as told or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.identifier import is_id
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import WorkspaceRole
from rollcall.server.domain import audit
from rollcall.server.domain.given import value_of
from rollcall.server.domain.groups import load, set_workspaces
from rollcall.server.domain.memberships import enter_workspace
from rollcall.server.domain.reach import check_users, reach_of_viewer
from rollcall.server.domain.revisions import raise_organization
from rollcall.server.domain.workspace_users import check_may_go, load_organization, take_out
from rollcall.server.storage import workspace_users as rows

if TYPE_CHECKING:
    from rollcall.contract.models.workspace_user import UserAssignmentsPayload
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.workspace_users import WorkspaceUserRow


async def assign(
    work: Work,
    organization_id: int,
    workspace_id: int,
    body: UserAssignmentsPayload | list[UserAssignmentsPayload],
) -> str:
    """Put people and groups into a workspace or take them out (`PUT /organizations/{id}/workspaces/{id}/assignments`).

    What is so already stays so. `joined` changes nothing: an invitation is accepted by who was invited.
    """
    elements = body if isinstance(body, list) else [body]
    if not elements:
        raise Refused(Reason.NOTHING_TO_CHANGE)
    for element in elements:
        _check_form(element)
    await raise_organization(work, organization_id)
    for element in elements:
        adds = element.operation == "add"
        user_id, group_id = value_of(element.user_id), value_of(element.group_id)
        if user_id is not None:
            await _assign_user(work, organization_id, workspace_id, user_id, adds=adds)
        elif group_id is not None:
            await _assign_group(work, organization_id, workspace_id, group_id, adds=adds)
    return "OK"


def _check_form(element: UserAssignmentsPayload) -> None:
    if element.operation not in ("add", "remove"):
        raise Refused(Reason.INVALID_ASSIGNMENT)
    named = [each for each in (value_of(element.user_id), value_of(element.group_id)) if each is not None]
    if not named:
        raise Refused(Reason.USER_OR_GROUP_MISSING)
    if len(named) > 1:
        raise Refused(Reason.USER_AND_GROUP)


async def _assign_user(work: Work, organization_id: int, workspace_id: int, user_id: int, *, adds: bool) -> None:
    await check_users(work, organization_id, {user_id})
    stored = await _find(work, organization_id, workspace_id, user_id)
    if adds:
        if stored is not None and stored.direct:
            return
        role = WorkspaceRole(stored.role_id) if stored else WorkspaceRole.USER
        await enter_workspace(work, organization_id, workspace_id, user_id, role)
        entered = await _find(work, organization_id, workspace_id, user_id)
        assert entered is not None  # noqa: S101 - this very transaction has stored it
        await audit.record(
            work,
            organization_id,
            "workspace_user",
            entered.id,
            "create",
            after={"user_id": user_id, "role_id": int(role)},
            workspace_id=workspace_id,
        )
    elif stored is not None:
        if not stored.direct:
            # Only through a group, and so only with the group: they would still be here after an "OK".
            raise Refused(Reason.USER_NOT_IN_ORGANIZATION)
        check_may_go(await load_organization(work, organization_id), stored)
        await take_out(work, organization_id, workspace_id, stored)


async def _assign_group(work: Work, organization_id: int, workspace_id: int, group_id: int, *, adds: bool) -> None:
    if not is_id(group_id):
        raise Refused(Reason.GROUP_NOT_FOUND)
    group = await load(work, await reach_of_viewer(work, organization_id), organization_id, group_id)
    here = {workspace_id}
    await set_workspaces(work, group, group.workspace_ids | here if adds else group.workspace_ids - here)


async def _find(work: Work, organization_id: int, workspace_id: int, user_id: int) -> WorkspaceUserRow | None:
    return await work.transaction.one(
        rows.OF_USER, organization_id=organization_id, workspace_id=workspace_id, user_id=user_id
    )
