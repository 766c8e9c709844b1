"""Who belongs where, and what hangs on it: the only place where ways in are opened and closed.

A person belongs to a workspace directly or through a group; losing the last way in ends it. Admins of an organization
belong to every workspace of it. The caller has taken the organization's turn, and writes the audit events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain import owner_transfers, people_search
from rollcall.server.storage import group_memberships as group_rows
from rollcall.server.storage import memberships as rows
from rollcall.server.storage import places as place_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.server.domain.work import Work
    from rollcall.server.storage.memberships import RenamedRow


async def enter_organization(
    work: Work, organization_id: int, user_id: int, role: OrganizationRole, *, joined: bool = True
) -> int:
    """Make somebody an active organization user. The caller has taken their turn too, for their name is copied.

    Somebody who is only invited has not `joined`.

    Returns:
        The id of the organization user.
    """
    transaction = work.transaction
    made = await transaction.one(
        rows.ADD_ORGANIZATION_USER,
        organization_id=organization_id,
        user_id=user_id,
        role_id=role,
        joined=joined,
        now=work.now,
    )
    assert made is not None  # noqa: S101 - an INSERT that returns nothing has raised
    await people_search.add(work, organization_id, made.id, made.name_key, made.email_key)
    await transaction.execute(rows.ADD_TO_DIRECTORY, user_id=user_id, organization_id=organization_id)
    await transaction.execute(rows.COUNT_ORGANIZATION_USERS, organization_id=organization_id, change=1)
    return made.id


async def join_organization(work: Work, organization_id: int, user_id: int) -> None:
    """Let somebody in who was invited: what they were put into is open to them from now on."""
    await work.transaction.execute(rows.JOIN, organization_id=organization_id, user_id=user_id, now=work.now)


async def rename(work: Work, organization_id: int, user_id: int) -> None:
    """Let an organization know somebody by the name and address that their account has now."""
    found = await work.transaction.one(rows.RENAMED_USER, organization_id=organization_id, user_id=user_id)
    if found is not None:
        await _rename(work, organization_id, found)


async def rename_everybody(work: Work, organization_id: int) -> None:
    """Let an organization know everybody by what their accounts have now; it was not told while it was deleted."""
    for found in await work.transaction.all(rows.RENAMED_USERS, organization_id=organization_id):
        await _rename(work, organization_id, found)


async def _rename(work: Work, organization_id: int, found: RenamedRow) -> None:
    await people_search.remove(work, organization_id, found.id, found.old_name_key, found.old_email_key)
    await work.transaction.execute(
        rows.RENAME_ORGANIZATION_USER,
        organization_id=organization_id,
        organization_user_id=found.id,
        fullname=found.fullname,
        email=found.email,
        name_key=found.name_key,
        email_key=found.email_key,
    )
    await people_search.add(work, organization_id, found.id, found.name_key, found.email_key)


async def exit_organization(work: Work, organization_id: int, user_id: int) -> None:
    """End somebody's membership, and with it their place in every group and workspace of the organization."""
    transaction = work.transaction
    await owner_transfers.release(work, organization_id, user_id)
    who = {"organization_id": organization_id, "user_id": user_id}
    await transaction.execute(rows.UNCOUNT_EVERYWHERE, **who)
    await transaction.execute(rows.REMOVE_FROM_WORKSPACES, **who)
    await transaction.execute(rows.REMOVE_FROM_GROUPS, **who)
    gone = await transaction.one(rows.REMOVE_ORGANIZATION_USER, **who)
    if gone is not None:
        await people_search.remove(work, organization_id, gone.id, gone.name_key, gone.email_key)
    await transaction.execute(rows.REMOVE_FROM_DIRECTORY, **who)
    await transaction.execute(rows.COUNT_ORGANIZATION_USERS, organization_id=organization_id, change=-1)


async def enter_workspace(
    work: Work, organization_id: int, workspace_id: int, user_id: int, role: WorkspaceRole
) -> None:
    """Put somebody into a workspace directly, in a role. Who is in it already gets that role."""
    where = {"organization_id": organization_id, "workspace_id": workspace_id}
    stored = await work.transaction.one(rows.WORKSPACE_USER, **where, user_id=user_id)
    if stored is not None:
        await work.transaction.execute(
            rows.SET_DIRECT, **where, user_id=user_id, direct=True, role_id=role, now=work.now
        )
        return
    await work.transaction.execute(rows.ADD_WORKSPACE_USER, **where, user_id=user_id, role_id=role, now=work.now)
    await work.transaction.execute(rows.COUNT_MEMBERS, **where, change=1)


async def enter_every_workspace(work: Work, organization_id: int, user_id: int) -> None:
    """Put an admin of an organization into every workspace of it, as an admin."""
    for workspace in await work.transaction.all(place_rows.WORKSPACES, organization_id=organization_id):
        await enter_workspace(work, organization_id, workspace.id, user_id, WorkspaceRole.ADMIN)
    await work.transaction.execute(place_rows.ACTIVATE, organization_id=organization_id, user_id=user_id)


async def exit_workspace(work: Work, organization_id: int, workspace_id: int, user_id: int) -> None:
    """Close somebody's direct way into a workspace. Who is in it through a group too stays, as a user."""
    where = {"organization_id": organization_id, "workspace_id": workspace_id}
    stored = await work.transaction.one(rows.WORKSPACE_USER, **where, user_id=user_id)
    if stored is None:
        return
    if stored.group_count > 0:
        await work.transaction.execute(
            rows.SET_DIRECT, **where, user_id=user_id, direct=False, role_id=WorkspaceRole.USER, now=work.now
        )
        return
    await work.transaction.execute(rows.REMOVE_WORKSPACE_USER, **where, user_id=user_id)
    await work.transaction.execute(rows.COUNT_MEMBERS, **where, change=-1)


async def enter_group(work: Work, organization_id: int, group_id: int, user_id: int) -> bool:
    """Put somebody into a group, and so into its workspaces.

    Returns:
        False where they were in it already.
    """
    transaction = work.transaction
    who = {"organization_id": organization_id, "group_id": group_id, "user_id": user_id}
    if not await transaction.execute(group_rows.ADD_USER, **who):
        return False
    await transaction.execute(group_rows.WIDEN_FOR_USER, **who)
    await transaction.execute(group_rows.COUNT_FOR_USER, **who)
    await transaction.execute(group_rows.OPEN_FOR_USER, **who, role_id=WorkspaceRole.USER, now=work.now)
    return True


async def exit_group(work: Work, organization_id: int, group_id: int, user_id: int) -> bool:
    """Take somebody out of a group, and out of its workspaces where they have no other way in.

    Returns:
        False where they were not in it.
    """
    transaction = work.transaction
    who = {"organization_id": organization_id, "group_id": group_id, "user_id": user_id}
    if not await transaction.execute(group_rows.REMOVE_USER, **who):
        return False
    await transaction.execute(group_rows.NARROW_FOR_USER, **who)
    await transaction.execute(group_rows.UNCOUNT_FOR_USER, organization_id=organization_id, user_id=user_id)
    await transaction.execute(group_rows.CLOSE_FOR_USER, organization_id=organization_id, user_id=user_id)
    return True


async def connect_group(work: Work, organization_id: int, group_id: int, workspace_id: int) -> bool:
    """Put a group, and so everybody in it, into a workspace.

    Returns:
        False where it was in it already.
    """
    transaction = work.transaction
    where = {"organization_id": organization_id, "workspace_id": workspace_id}
    if not await transaction.execute(group_rows.ADD_WORKSPACE, **where, group_id=group_id):
        return False
    await transaction.execute(group_rows.COUNT_GROUPS, **where, change=1)
    await transaction.execute(group_rows.WIDEN_FOR_GROUP, **where, group_id=group_id)
    opened = await transaction.execute(
        group_rows.OPEN_FOR_GROUP, **where, group_id=group_id, role_id=WorkspaceRole.USER, now=work.now
    )
    await transaction.execute(rows.COUNT_MEMBERS, **where, change=opened)
    return True


async def disconnect_group(work: Work, organization_id: int, group_id: int, workspace_id: int) -> bool:
    """Take a group out of a workspace, and with it who has no other way in.

    Returns:
        False where it was not in it.
    """
    transaction = work.transaction
    where = {"organization_id": organization_id, "workspace_id": workspace_id}
    if not await transaction.execute(group_rows.REMOVE_WORKSPACE, **where, group_id=group_id):
        return False
    await transaction.execute(group_rows.COUNT_GROUPS, **where, change=-1)
    await transaction.execute(group_rows.NARROW_FOR_GROUP, **where, group_id=group_id)
    closed = await transaction.execute(group_rows.CLOSE_FOR_GROUP, **where)
    await transaction.execute(rows.COUNT_MEMBERS, **where, change=-closed)
    return True


async def close_group(work: Work, organization_id: int, group_id: int, workspace_ids: Iterable[int]) -> None:
    """End a group, and with it the ways that went through it.

    Args:
        work: The request.
        organization_id: The organization.
        group_id: The group.
        workspace_ids: All workspaces that it is in.
    """
    for workspace_id in workspace_ids:
        await disconnect_group(work, organization_id, group_id, workspace_id)
    await work.transaction.execute(group_rows.EMPTY, organization_id=organization_id, group_id=group_id)
    await work.transaction.execute(group_rows.DELETE, organization_id=organization_id, group_id=group_id)
