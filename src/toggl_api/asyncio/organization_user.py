"""The asynchronous endpoint of organization users."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from functools import cached_property
from typing import Literal

from rollcall.client.endpoints.inviting import Into, Invited
from rollcall.client.endpoints.organization_users import OrganizationUsers
from rollcall.client.endpoints.people import Group, Workspace
from toggl_api.asyncio.organization_part import OrganizationPartAsyncEndpoint
from toggl_api.bodies import OrganizationUserBody
from toggl_api.models import TogglNewInvitation, TogglOrganizationUser


class AsyncOrganizationUserEndpoint(OrganizationPartAsyncEndpoint[TogglOrganizationUser]):
    """The people of one organization, for an event loop: `toggl_api.OrganizationUserEndpoint`, to be awaited.

    Args:
        organization_id: The organization, or its number.
        auth: The account: e-mail address and password, or API token and `"api_token"`.
        cache: Where the organization users are kept; None for nowhere.
        client: Sends the requests; it is used as it is, neither changed nor closed. None for one of the endpoint's own.
        timeout: How long one attempt of a request may take: seconds, or httpx's own.
        re_raise: Raise every error of the server: try nothing again, and take no status for an answer.
        retries: How often to try again after a 5xx, a 429 or a broken connection, where that cannot do anything twice.
        wait_for_quota: Whether to wait when the requests of the hour are used up, until there are more: True, or for
            how many seconds at most. `QuotaExceededError` is raised at once unless told so.
    """

    MODEL = TogglOrganizationUser

    async def get(self, user: TogglOrganizationUser | int, *, refresh: bool = False) -> TogglOrganizationUser | None:
        """One of the people. Source: `GET /organizations/{organization_id}/users`.

        Raises:
            HTTPStatusError: The server answers with an error.
            ListChanged: The list changed each time it was read.
        """
        return await self._users.get(user, refresh=refresh)

    async def add(
        self,
        email: str,
        workspaces: Iterable[Into],
        groups: Iterable[Group] = (),
        *,
        skip_email: bool = False,
    ) -> TogglOrganizationUser:
        """Invite somebody. Source: `POST /organizations/{organization_id}/invitations`.

        Raises:
            NamingError: That is no e-mail address; nothing was sent.
            NotInvitedError: The server made no invitation, and lists nobody with that address.
            HTTPStatusError: The server does not invite them; or, as a note on the error says, they are invited but
                could not be read.
        """
        return await self._users.add(email, workspaces, groups, skip_email=skip_email)

    async def invite(
        self,
        emails: Iterable[str],
        workspaces: Iterable[Into],
        groups: Iterable[Group] = (),
        *,
        skip_email: bool = False,
    ) -> Invited[TogglNewInvitation]:
        """Invite many people at once. Source: `POST /organizations/{organization_id}/invitations`.

        Raises:
            NamingError: One is no e-mail address; nothing was sent.
            HTTPStatusError: The server invites nobody.
        """
        return await self._users.invite(emails, workspaces, groups, skip_email=skip_email)

    async def edit(self, user: TogglOrganizationUser | int, body: OrganizationUserBody) -> TogglOrganizationUser:
        """Change somebody's account, role, groups or workspaces. Source: `PUT /organizations/{id}/users/{id}`.

        Raises:
            NamingError: The name or the address cannot be used; nothing was sent.
            ValueError: Nothing is to be changed.
            HTTPStatusError: The server does not change them.
        """
        return await self._users.edit(user, body)

    async def deactivate(self, user: TogglOrganizationUser | int) -> TogglOrganizationUser:
        """Take somebody's access to the organization; they stay in it. Source: `PUT /organizations/{id}/users/{id}`.

        Raises:
            HTTPStatusError: The server does not do it.
        """
        return await self._users.set_inactive(user, inactive=True)

    async def activate(self, user: TogglOrganizationUser | int) -> TogglOrganizationUser:
        """Give somebody's access back. Source: `PUT /organizations/{organization_id}/users/{organization_user_id}`.

        Raises:
            HTTPStatusError: The server does not do it.
        """
        return await self._users.set_inactive(user, inactive=False)

    async def collect(self, *, refresh: bool = False, per_page: int = 200) -> list[TogglOrganizationUser]:
        """All people of the organization, from all pages. Source: `GET /organizations/{organization_id}/users`.

        Raises:
            HTTPStatusError: The server answers with an error.
            ListChanged: The list changed each time it was read.
        """
        return await self._users.collect(refresh=refresh, per_page=per_page)

    def iterate(
        self,
        *,
        filter: str | None = None,  # noqa: A002 - the API's own name for it
        active_status: Iterable[Literal["active", "inactive", "invited"]] = (),
        only_admins: bool = False,
        groups: Iterable[Group] = (),
        workspaces: Iterable[Workspace] = (),
        sort_dir: Literal["asc", "desc"] = "asc",
        per_page: int = 200,
    ) -> AsyncGenerator[TogglOrganizationUser]:
        """People of the organization, by name, page after page. Source: `GET /organizations/{organization_id}/users`.

        Raises:
            HTTPStatusError: The server answers with an error.
            ListChanged: At the end, where the list changed meanwhile: somebody may be missing.
        """
        return self._users.iterate(
            filter=filter,
            active_status=active_status,
            only_admins=only_admins,
            groups=groups,
            workspaces=workspaces,
            sort_dir=sort_dir,
            per_page=per_page,
        )

    async def delete(self, user: TogglOrganizationUser | int) -> None:
        """Remove somebody from the organization. Source: `PATCH /organizations/{organization_id}/users`.

        Raises:
            HTTPStatusError: The server does not remove them.
        """
        await self._users.delete(user)

    async def delete_many(self, users: Iterable[TogglOrganizationUser | int]) -> None:
        """Remove people from the organization, all or none. Source: `PATCH /organizations/{organization_id}/users`.

        Raises:
            HTTPStatusError: The server removes nobody; it says who may not be removed.
        """
        await self._users.delete_many(users)

    @cached_property
    def _users(self) -> OrganizationUsers[TogglOrganizationUser, TogglNewInvitation]:
        return OrganizationUsers(self._session, TogglOrganizationUser, TogglNewInvitation, self.organization_id)
