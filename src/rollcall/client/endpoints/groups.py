"""What `GroupEndpoint` does, in both its kinds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from msgspec import UNSET

from rollcall.client.endpoints import places
from rollcall.client.endpoints.bulk import BulkResult
from rollcall.client.endpoints.collection import Collection
from rollcall.client.endpoints.group_patches import Change, Patching, Path
from rollcall.client.endpoints.identity import some
from rollcall.client.endpoints.naming import check_group_name
from rollcall.client.endpoints.people import User, Workspace, user_ids, workspace_ids
from rollcall.client.endpoints.session import Session
from rollcall.contract.models.group import GroupOrganizationGroupResponse, GroupPayload
from rollcall.contract.operations.groups import DELETE_GROUP, GET_GROUPS, POST_GROUP, PUT_GROUP

G = TypeVar("G", bound=GroupOrganizationGroupResponse)


class Groups(Generic[G]):
    """The groups of one organization.

    Args:
        session: Whose view of them it is.
        kind: The face's class for one.
        organization_id: The organization's number.
    """

    def __init__(self, session: Session, kind: type[G], organization_id: int) -> None:
        place = places.organization(organization_id)
        self._groups = Collection(session, kind, "group", (place,), touched=(place, places.ORGANIZATIONS))
        self._organization_id = organization_id

    async def get(self, group: G | int, *, refresh: bool) -> G | None:
        """One group, out of the list of all, for no operation answers with one."""
        return await self._groups.pick(self._groups.number_of(group), self.collect, refresh=refresh)

    async def collect(self, *, refresh: bool) -> list[G]:
        """All groups that the account may see."""
        return await self._groups.collect(GET_GROUPS, refresh=refresh, organization_id=self._organization_id)

    async def add(self, name: str, users: Iterable[User], workspaces: Iterable[Workspace]) -> G:
        """Make a group."""
        check_group_name(name)
        payload = GroupPayload(name=name, users=user_ids(users), workspaces=workspace_ids(workspaces))
        return await self._groups.save(
            None, POST_GROUP, organization_id=self._organization_id, post_group_request=payload
        )

    async def edit(
        self, group: G | int, name: str | None, users: Iterable[User] | None, workspaces: Iterable[Workspace] | None
    ) -> G:
        """Rename a group, or say anew who and which workspaces are in it."""
        if name is None and users is None and workspaces is None:
            raise ValueError("There must be something to change: name, users or workspaces")
        if name is not None:
            check_group_name(name)
        number = self._groups.number_of(group)
        payload = GroupPayload(
            name=UNSET if name is None else name,
            users=UNSET if users is None else user_ids(users),
            workspaces=UNSET if workspaces is None else workspace_ids(workspaces),
        )
        return await self._groups.save(
            number, PUT_GROUP, organization_id=self._organization_id, group_id=number, put_group_request=payload
        )

    async def delete(self, group: G | int) -> None:
        """Delete a group; that there is none (404) is as good, unless `re_raise` is set."""
        number = self._groups.number_of(group)
        await self._groups.delete(number, DELETE_GROUP, organization_id=self._organization_id, group_id=number)

    async def change_users(self, group: G | int, change: Change, users: Iterable[User]) -> BulkResult[int]:
        """Put people into a group, or take them out, each by themselves."""
        return await self._change(group, change, "/users", some(user_ids(users), "user"))

    async def change_workspaces(
        self, group: G | int, change: Change, workspaces: Iterable[Workspace]
    ) -> BulkResult[int]:
        """Put workspaces into a group, or take them out, each by itself."""
        return await self._change(group, change, "/workspaces", some(workspace_ids(workspaces), "workspace"))

    async def _change(self, group: G | int, change: Change, path: Path, values: list[int]) -> BulkResult[int]:
        patching = Patching(self._groups, self._organization_id, self._groups.number_of(group), change, path)
        return await patching.run(values)
