"""The endpoint of organization users."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from rollcall.client.endpoints.inviting import Into, Invited
from rollcall.client.endpoints.organization_users import OrganizationUsers
from rollcall.client.endpoints.people import Group, Workspace
from rollcall.coroutine import complete, iterate
from toggl_api.bodies import OrganizationUserBody
from toggl_api.meta.organization_part import OrganizationPartEndpoint
from toggl_api.models import TogglNewInvitation, TogglOrganizationUser


class OrganizationUserEndpoint(OrganizationPartEndpoint[TogglOrganizationUser]):
    """The people of one organization: active, inactive and invited.

    They are meant by an organization user, or the number of one (`id`, not `user_id`).

    Example:
        >>> from httpx import BasicAuth
        >>> from toggl_api.meta.cache import SqliteCache
        >>> endpoint = OrganizationUserEndpoint(5, BasicAuth("ann@example.com", "secret"), SqliteCache("cache", 3600))
        >>> endpoint.close()

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

    def get(self, user: TogglOrganizationUser | int, *, refresh: bool = False) -> TogglOrganizationUser | None:
        """One of the people. Source: `GET /organizations/{organization_id}/users`.

        An object is looked for by its address, which is one request; a number is looked for among all.

        Args:
            user: Who.
            refresh: Ask the server even if the cache has them.

        Returns:
            The organization user, or None if the server lists none with that number.

        Raises:
            HTTPStatusError: The server answers with an error.
            ListChanged: The list changed each time it was read.
        """
        return complete(self._users.get(user, refresh=refresh))

    def add(
        self,
        email: str,
        workspaces: Iterable[Into],
        groups: Iterable[Group] = (),
        *,
        skip_email: bool = False,
    ) -> TogglOrganizationUser:
        """Invite somebody. Source: `POST /organizations/{organization_id}/invitations`.

        Who is invited is an organization user at once, whose `joined` is False. Who is one already is put into the
        workspaces and groups. See `invite` for the link to hand on.

        Args:
            email: Their address.
            workspaces: What to invite them into, one workspace at least; with an `InvitationWorkspace`, as what.
            groups: The groups that they shall be in.
            skip_email: Send no mail.

        Returns:
            The organization user, read from the server.

        Raises:
            NamingError: That is no e-mail address; nothing was sent.
            NotInvitedError: The server made no invitation, and lists nobody with that address.
            HTTPStatusError: The server does not invite them; or, as a note on the error says, they are invited but
                could not be read.
        """
        return complete(self._users.add(email, workspaces, groups, skip_email=skip_email))

    def invite(
        self,
        emails: Iterable[str],
        workspaces: Iterable[Into],
        groups: Iterable[Group] = (),
        *,
        skip_email: bool = False,
    ) -> Invited[TogglNewInvitation]:
        """Invite many people at once. Source: `POST /organizations/{organization_id}/invitations`.

        Args:
            emails: Their addresses; a Rollcall server takes up to 1,000 at once.
            workspaces: What to invite them into, one workspace at least; with an `InvitationWorkspace`, as what.
            groups: The groups that they shall be in.
            skip_email: Send no mail.

        Returns:
            The invitations, and what the server says of each address that got none.

        Raises:
            NamingError: One is no e-mail address; nothing was sent.
            HTTPStatusError: The server invites nobody.
        """
        return complete(self._users.invite(emails, workspaces, groups, skip_email=skip_email))

    def edit(self, user: TogglOrganizationUser | int, body: OrganizationUserBody) -> TogglOrganizationUser:
        """Change somebody's account, role, groups or workspaces. Source: `PUT /organizations/{id}/users/{id}`.

        They are then read from the server, for the first reply has nothing of them. Who is given by number is looked
        for before that, so that nothing is changed that could not be shown.

        Args:
            user: Who.
            body: What to change.

        Returns:
            The organization user as they are now, with all their fields.

        Raises:
            NamingError: The name or the address cannot be used; nothing was sent.
            ValueError: Nothing is to be changed.
            HTTPStatusError: The server does not change them.
        """
        return complete(self._users.edit(user, body))

    def deactivate(self, user: TogglOrganizationUser | int) -> TogglOrganizationUser:
        """Take somebody's access to the organization; they stay in it. Source: `PUT /organizations/{id}/users/{id}`.

        Args:
            user: Who.

        Returns:
            The organization user as they are now.

        Raises:
            HTTPStatusError: The server does not do it.
        """
        return complete(self._users.set_inactive(user, inactive=True))

    def activate(self, user: TogglOrganizationUser | int) -> TogglOrganizationUser:
        """Give somebody's access back. Source: `PUT /organizations/{organization_id}/users/{organization_user_id}`.

        Args:
            user: Who.

        Returns:
            The organization user as they are now.

        Raises:
            HTTPStatusError: The server does not do it.
        """
        return complete(self._users.set_inactive(user, inactive=False))

    def collect(self, *, refresh: bool = False, per_page: int = 200) -> list[TogglOrganizationUser]:
        """All people of the organization, from all pages. Source: `GET /organizations/{organization_id}/users`.

        Args:
            refresh: Ask the server even if the cache has them all.
            per_page: How many to ask for at once.

        Raises:
            HTTPStatusError: The server answers with an error.
            ListChanged: The list changed each time it was read.
        """
        return complete(self._users.collect(refresh=refresh, per_page=per_page))

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
    ) -> Iterator[TogglOrganizationUser]:
        """People of the organization, by name, page after page. Source: `GET /organizations/{organization_id}/users`.

        Nothing is kept: a list of any length takes the memory of a few pages.

        Args:
            filter: Part of the name or the e-mail address.
            active_status: Any of these; all where none is given.
            only_admins: Only the organization's admins.
            groups: In any of these.
            workspaces: In any of these, directly or through a group.
            sort_dir: Whether the list ascends or descends.
            per_page: How many to ask for at once.

        Yields:
            One after another.

        Raises:
            HTTPStatusError: The server answers with an error.
            ListChanged: At the end, where the list changed meanwhile: somebody may be missing.
        """
        return iterate(
            self._users.iterate(
                filter=filter,
                active_status=active_status,
                only_admins=only_admins,
                groups=groups,
                workspaces=workspaces,
                sort_dir=sort_dir,
                per_page=per_page,
            )
        )

    def delete(self, user: TogglOrganizationUser | int) -> None:
        """Remove somebody from the organization. Source: `PATCH /organizations/{organization_id}/users`.

        Args:
            user: Who.

        Raises:
            HTTPStatusError: The server does not remove them.
        """
        complete(self._users.delete(user))

    def delete_many(self, users: Iterable[TogglOrganizationUser | int]) -> None:
        """Remove people from the organization, all or none. Source: `PATCH /organizations/{organization_id}/users`.

        Args:
            users: Who.

        Raises:
            HTTPStatusError: The server removes nobody; it says who may not be removed.
        """
        complete(self._users.delete_many(users))

    @cached_property
    def _users(self) -> OrganizationUsers[TogglOrganizationUser, TogglNewInvitation]:
        return OrganizationUsers(self._session, TogglOrganizationUser, TogglNewInvitation, self.organization_id)
