"""What `WorkspaceUserEndpoint` does, in both its kinds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from rollcall.client.body import check_body
from rollcall.client.endpoints import places
from rollcall.client.endpoints.collection import Collection
from rollcall.client.endpoints.directory import Directory
from rollcall.client.endpoints.identity import numbers_of, some
from rollcall.client.endpoints.people import Group, User, group_ids, user_id, user_ids
from rollcall.client.endpoints.session import Session
from rollcall.client.failure import CallFailed
from rollcall.contract.models.workspace_user import (
    ModelsWorkspaceUser,
    UserAssignmentsPayload,
    WorkspaceUserPayload,
    WorkspaceUsersPatchParams,
)
from rollcall.contract.operations.workspace_users import (
    DELETE_WORKSPACE_USER,
    GET_ORGANIZATION_WORKSPACE_USERS,
    GET_WORKSPACE_WORKSPACE_USERS,
    PATCH_ORGANIZATION_WORKSPACE_USERS,
    PUT_ASSIGNMENTS,
    PUT_WORKSPACE_USER,
)
from rollcall.contract.paging import MAXIMUM_PER_PAGE

U = TypeVar("U", bound=ModelsWorkspaceUser)


class WorkspaceUsers(Generic[U]):
    """The people of one workspace.

    Args:
        session: Whose view of them it is.
        kind: The face's class for one.
        organization_id: The number of the organization that the workspace belongs to.
        workspace_id: The workspace's number.
    """

    def __init__(self, session: Session, kind: type[U], organization_id: int, workspace_id: int) -> None:
        organization = places.organization(organization_id)
        self._users = Collection(
            session,
            kind,
            "workspace user",
            (organization, places.workspace(workspace_id)),
            touched=(organization, places.ORGANIZATIONS),
        )
        self._where = {"organization_id": organization_id, "workspace_id": workspace_id}
        self._directory = Directory(
            self._users,
            lambda: self.collect(refresh=True),
            lambda email: (GET_ORGANIZATION_WORKSPACE_USERS, {**self._where, "name": "", "search": email}),
        )
        self._kind = kind
        self._workspace_id = workspace_id

    async def get(self, user: U | int, *, refresh: bool) -> U | None:
        """One of the people."""
        return await self._directory.get(user, refresh=refresh)

    async def collect(self, *, refresh: bool) -> list[U]:
        """All of the people, directly in the workspace or through a group."""
        # Toggl answers this list whole, and says nothing of pages; Rollcall says how many there are.
        return await self._users.collect_pages(
            GET_WORKSPACE_WORKSPACE_USERS,
            refresh=refresh,
            per_page=MAXIMUM_PER_PAGE,
            unsaid=1,
            workspace_id=self._workspace_id,
            include_indirect="true",
        )

    async def add(self, user: User) -> U:
        """Put somebody of the organization into the workspace, and read them back, for the reply has nothing of them.

        That they are in it already is as good.
        """
        number = user_id(user)
        payload = UserAssignmentsPayload(operation="add", user_id=number)
        response = await self._users.write(None, PUT_ASSIGNMENTS, **self._where, post=[payload])
        email = None if isinstance(user, int) else user.email
        try:
            found = await self._directory.find(lambda each: number in {each.user_id, each.uid}, email)
        except CallFailed as error:
            await self._users.cache.distrust(None)
            error.add_note("They were put into the workspace; only who they are there could not be read.")
            raise
        if found is None:
            raise self._users.session.connection.unreadable(
                PUT_ASSIGNMENTS, response, "the server lists nobody like that"
            )
        return found

    async def add_many(self, users: Iterable[User]) -> None:
        """Put people of the organization into the workspace: all of them, or none where that raises."""
        await self._assign(
            [UserAssignmentsPayload(operation="add", user_id=number) for number in some(user_ids(users), "user")]
        )

    async def add_groups(self, groups: Iterable[Group]) -> None:
        """Put groups into the workspace: all of them, or none where that raises."""
        await self._assign(
            [UserAssignmentsPayload(operation="add", group_id=number) for number in some(group_ids(groups), "group")]
        )

    async def delete_groups(self, groups: Iterable[Group]) -> None:
        """Take groups out of the workspace: all of them, or none where that raises."""
        await self._assign(
            [UserAssignmentsPayload(operation="remove", group_id=number) for number in some(group_ids(groups), "group")]
        )

    async def edit(self, user: U | int, body: WorkspaceUserPayload) -> U:
        """Change what somebody is in the workspace."""
        check_body(body, WorkspaceUserPayload, "WorkspaceUserBody(role='admin')")
        return await self._directory.edit(
            user,
            body,
            PUT_WORKSPACE_USER,
            workspace_id=self._workspace_id,
            workspace_user_id=self._users.number_of(user),
            post=body,
        )

    async def delete(self, user: U | int) -> None:
        """Remove somebody from the workspace."""
        number = self._users.number_of(user)
        await self._users.delete(
            number, DELETE_WORKSPACE_USER, workspace_id=self._workspace_id, workspace_user_id=number
        )
        # Who is in it through a group, too, stays in the list.
        await self._users.cache.distrust(number)

    async def delete_many(self, users: Iterable[U | int]) -> None:
        """Remove people from the workspace: all of them, or none where that raises."""
        numbers = some(numbers_of(users, self._kind, "workspace user"), "workspace user")
        await self._users.write_many(
            PATCH_ORGANIZATION_WORKSPACE_USERS, **self._where, params=WorkspaceUsersPatchParams(delete=numbers)
        )

    async def _assign(self, assignments: list[UserAssignmentsPayload]) -> None:
        await self._users.write_many(PUT_ASSIGNMENTS, **self._where, post=assignments)
