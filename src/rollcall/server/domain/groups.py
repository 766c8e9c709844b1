"""Groups of an organization's people: who is in them, and so in their workspaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from rollcall.contract import timestamp
from rollcall.contract.models.group import GroupOrganizationGroupResponse, ModelsOrganizationUserSimple
from rollcall.contract.name import MAXIMUM_GROUP_NAME, name_key
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.wire import OMITTED
from rollcall.server.domain import audit
from rollcall.server.domain.given import value_of
from rollcall.server.domain.memberships import (
    close_group,
    connect_group,
    disconnect_group,
    enter_group,
    exit_group,
)
from rollcall.server.domain.reach import check_users, check_workspaces, reach_of_viewer
from rollcall.server.domain.revisions import raise_organization
from rollcall.server.storage import groups as rows

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from rollcall.contract.models.group import GroupPayload
    from rollcall.contract.operations.groups import GroupsQuery
    from rollcall.server.domain.reach import Reach
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.groups import GroupWithPeopleRow


class Group(msgspec.Struct):
    """One group while it is changed: it is kept as it is stored.

    Attributes:
        user_ids: Who is in it.
        workspace_ids: The workspaces it is in.
    """

    organization_id: int
    id: int
    name: str
    updated_at: int
    user_ids: frozenset[int] = frozenset()
    workspace_ids: frozenset[int] = frozenset()


async def list_of_organization(
    work: Work, organization_id: int, query: GroupsQuery
) -> list[GroupOrganizationGroupResponse]:
    """The groups of an organization by name (`GET /organizations/{id}/groups`).

    An admin of the organization sees all, a workspace admin those in their workspaces, and a lead those of them that
    the lead is in.
    """
    viewer = work.viewer
    if not viewer.administers_organization:
        led = await work.transaction.one(rows.LED, organization_id=organization_id, user_id=viewer.user_id)
        if led is None:
            raise Refused(Reason.FORBIDDEN)
    return await _list(work, organization_id, name=query.name, workspace_id=query.workspace)


async def list_of_workspace(
    work: Work, organization_id: int, workspace_id: int
) -> list[GroupOrganizationGroupResponse]:
    """The groups in a workspace and their people (`GET /organizations/{id}/workspaces/{id}/groups`)."""
    return await _list(work, organization_id, name=None, workspace_id=workspace_id)


async def create(work: Work, organization_id: int, body: GroupPayload) -> GroupOrganizationGroupResponse:
    """Make a group (`POST /organizations/{id}/groups`).

    A workspace admin names at least one workspace, and only those they administer.
    """
    await raise_organization(work, organization_id)
    reach = await reach_of_viewer(work, organization_id)
    name = checked_name(value_of(body.name) or "")
    user_ids = frozenset(value_of(body.users) or ())
    workspace_ids = frozenset(value_of(body.workspaces) or ())
    reach.check(workspace_ids)
    group = await add(work, organization_id, name)
    await set_people(work, group, user_ids)
    await set_workspaces(work, group, workspace_ids)
    return await _show(work, group)


async def change(work: Work, organization_id: int, group_id: int, body: GroupPayload) -> GroupOrganizationGroupResponse:
    """Rename a group, or say anew who and which workspaces are in it (`PUT /organizations/{id}/groups/{id}`)."""
    await raise_organization(work, organization_id)
    reach = await reach_of_viewer(work, organization_id)
    group = await find(work, reach, organization_id, group_id)
    name = value_of(body.name)
    if name is not None:
        await rename(work, group, checked_name(name))
    user_ids = value_of(body.users)
    if user_ids is not None:
        await set_people(work, group, frozenset(user_ids))
    workspace_ids = value_of(body.workspaces)
    if workspace_ids is not None:
        reach.check(frozenset(workspace_ids))
        await set_workspaces(work, group, frozenset(workspace_ids))
    return await _show(work, group)


async def remove(work: Work, organization_id: int, group_id: int) -> str:
    """Delete a group (`DELETE /organizations/{id}/groups/{id}`). Who has no other way leaves its workspaces."""
    await raise_organization(work, organization_id)
    reach = await reach_of_viewer(work, organization_id)
    await end(work, await find(work, reach, organization_id, group_id))
    return "OK"


async def find(work: Work, reach: Reach, organization_id: int, group_id: int) -> Group:
    """A group that is to be changed.

    Raises:
        Refused: There is none that is shown to who asks, or it is not theirs to change.
    """
    group = await load(work, reach, organization_id, group_id)
    reach.check(group.workspace_ids)
    return group


async def load(work: Work, reach: Reach, organization_id: int, group_id: int) -> Group:
    """A group that is shown to who asks.

    Raises:
        Refused: There is none.
    """
    transaction = work.transaction
    which = {"organization_id": organization_id, "group_id": group_id}
    stored = await transaction.one(rows.BY_ID, **which)
    workspace_ids = frozenset(row.id for row in await transaction.all(rows.WORKSPACES, **which))
    if stored is None or not reach.sees(workspace_ids):
        raise Refused(Reason.GROUP_NOT_FOUND)
    user_ids = frozenset(row.id for row in await transaction.all(rows.USERS, **which))
    return Group(organization_id, group_id, stored.name, stored.updated_at, user_ids, workspace_ids)


async def add(work: Work, organization_id: int, name: str) -> Group:
    """Make an empty group. The caller has taken the organization's turn.

    Raises:
        Refused: The name is another group's.
    """
    await _check_name_is_free(work, organization_id, name, None)
    made = await work.transaction.one(
        rows.ADD, organization_id=organization_id, name=name, name_key=name_key(name), now=work.now
    )
    assert made is not None  # noqa: S101 - an INSERT that returns nothing has raised
    await audit.record(work, organization_id, "group", made.id, "create", after={"name": name})
    return Group(organization_id, made.id, name, work.now)


async def rename(work: Work, group: Group, name: str) -> None:
    """Give a group another name.

    Raises:
        Refused: It is another group's.
    """
    if name == group.name:
        return
    await _check_name_is_free(work, group.organization_id, name, group.id)
    was, group.name = group.name, name
    await _store(work, group)
    await _record(work, group, before={"name": was}, after={"name": name})


async def set_people(work: Work, group: Group, user_ids: AbstractSet[int]) -> None:
    """Let so many people, and nobody else, be in a group.

    Raises:
        Refused: Somebody does not belong to the organization.
    """
    coming, going = user_ids - group.user_ids, group.user_ids - user_ids
    await check_users(work, group.organization_id, coming)
    if coming or going:
        group.user_ids = frozenset(user_ids)
        await _store(work, group)
    for user_id in sorted(coming):
        await enter_group(work, group.organization_id, group.id, user_id)
        await _record(work, group, after={"user_id": user_id})
    for user_id in sorted(going):
        await exit_group(work, group.organization_id, group.id, user_id)
        await _record(work, group, before={"user_id": user_id})


async def set_workspaces(work: Work, group: Group, workspace_ids: AbstractSet[int]) -> None:
    """Let a group be in these workspaces, and in no others.

    Raises:
        Refused: One is not a workspace of the organization.
    """
    coming, going = workspace_ids - group.workspace_ids, group.workspace_ids - workspace_ids
    await check_workspaces(work, group.organization_id, coming)
    if coming or going:
        group.workspace_ids = frozenset(workspace_ids)
        await _store(work, group)
    for workspace_id in sorted(coming):
        await connect_group(work, group.organization_id, group.id, workspace_id)
        await _record(work, group, after={"workspace_id": workspace_id}, workspace_id=workspace_id)
    for workspace_id in sorted(going):
        await disconnect_group(work, group.organization_id, group.id, workspace_id)
        await _record(work, group, before={"workspace_id": workspace_id}, workspace_id=workspace_id)


async def end(work: Work, group: Group) -> None:
    """Delete a group."""
    await close_group(work, group.organization_id, group.id, sorted(group.workspace_ids))
    was = {"name": group.name, "users": sorted(group.user_ids), "workspaces": sorted(group.workspace_ids)}
    await audit.record(work, group.organization_id, "group", group.id, "delete", before=was)


def checked_name(given: str) -> str:
    """The name of a group, without the space around it.

    Raises:
        Refused: It is empty, or too long.
    """
    name = given.strip()
    if not name:
        raise Refused(Reason.NAME_EMPTY)
    if len(name) > MAXIMUM_GROUP_NAME:
        raise Refused(Reason.NAME_TOO_LONG)
    return name


async def _check_name_is_free(work: Work, organization_id: int, name: str, own_id: int | None) -> None:
    holder = await work.transaction.one(rows.BY_NAME, organization_id=organization_id, name_key=name_key(name))
    if holder is not None and holder.id != own_id:
        raise Refused(Reason.NAME_TAKEN)


async def _store(work: Work, group: Group) -> None:
    group.updated_at = work.now
    await work.transaction.execute(
        rows.CHANGE,
        organization_id=group.organization_id,
        group_id=group.id,
        name=group.name,
        name_key=name_key(group.name),
        now=work.now,
    )


async def _record(
    work: Work,
    group: Group,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    workspace_id: int | None = None,
) -> None:
    await audit.record(
        work,
        group.organization_id,
        "group",
        group.id,
        "update",
        before=before,
        after=after,
        workspace_id=workspace_id,
    )


async def _list(
    work: Work, organization_id: int, *, name: str | None, workspace_id: int | None
) -> list[GroupOrganizationGroupResponse]:
    found = await work.transaction.all(
        rows.LIST,
        organization_id=organization_id,
        viewer_id=work.viewer.user_id,
        everything=work.viewer.administers_organization,
        name=None if name is None else name_key(name),
        workspace_id=workspace_id,
    )
    return [_describe(row) for row in found]


async def _show(work: Work, group: Group) -> GroupOrganizationGroupResponse:
    row = await work.transaction.one(
        rows.ONE,
        organization_id=group.organization_id,
        group_id=group.id,
        viewer_id=work.viewer.user_id,
        everything=work.viewer.administers_organization,
    )
    assert row is not None  # noqa: S101 - this very transaction has stored it
    return _describe(row)


def _describe(row: GroupWithPeopleRow) -> GroupOrganizationGroupResponse:
    # SQLite has no booleans: in its JSON they are numbers.
    people = msgspec.json.decode(row.people, type=list[rows.PersonInGroup], strict=False)
    return GroupOrganizationGroupResponse(
        group_id=row.id,
        name=row.name,
        at=timestamp.precise(row.updated_at),
        workspaces=msgspec.json.decode(row.workspaces, type=list[int]),
        users=[
            ModelsOrganizationUserSimple(
                user_id=person.user_id,
                name=person.fullname,
                avatar_url="",
                joined=person.joined,
                inactive=person.inactive,
            )
            for person in people
        ],
        permissions=OMITTED,
    )
