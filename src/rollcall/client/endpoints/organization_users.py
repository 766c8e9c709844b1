"""What `OrganizationUserEndpoint` does, in both its kinds."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from typing import Generic, TypeVar

from rollcall.client.body import check_body
from rollcall.client.endpoints import places
from rollcall.client.endpoints.collection import Collection
from rollcall.client.endpoints.directory import Directory
from rollcall.client.endpoints.identity import numbers_of, some
from rollcall.client.endpoints.inviting import Into, Invited, invite
from rollcall.client.endpoints.naming import check_email, check_person_name
from rollcall.client.endpoints.people import Group, Workspace, group_ids, words, workspace_ids
from rollcall.client.endpoints.session import Session
from rollcall.client.failure import CallFailed
from rollcall.client.paging import PER_PAGE
from rollcall.contract.models.invitation import InvitationInfo
from rollcall.contract.models.organization_user import ModelsOrgUser, OrganizationUserPayload, UserPatchParams
from rollcall.contract.name import name_key
from rollcall.contract.operations.organization_users import (
    GET_ORGANIZATION_USERS,
    PATCH_ORGANIZATION_USERS,
    PUT_ORGANIZATION_USER,
)

U = TypeVar("U", bound=ModelsOrgUser)
I = TypeVar("I", bound=InvitationInfo)  # noqa: E741 - an invitation just made, as the face has it


class NotInvitedError(ValueError):
    """The server took the invitation, but made none and lists nobody with the address; the text is its own."""


class OrganizationUsers(Generic[U, I]):
    """The people of one organization.

    Args:
        session: Whose view of them it is.
        kind: The face's class for one.
        invitation: The face's class for an invitation just made.
        organization_id: The organization's number.
    """

    def __init__(self, session: Session, kind: type[U], invitation: type[I], organization_id: int) -> None:
        place = places.organization(organization_id)
        self._users = Collection(session, kind, "organization user", (place,), touched=(place, places.ORGANIZATIONS))
        self._directory = Directory(
            self._users,
            lambda: self.collect(refresh=True),
            lambda email: (GET_ORGANIZATION_USERS, {"organization_id": organization_id, "filter": email}),
        )
        self._kind = kind
        self._invitation = invitation
        self._organization_id = organization_id

    async def get(self, user: U | int, *, refresh: bool) -> U | None:
        """One of the people."""
        return await self._directory.get(user, refresh=refresh)

    async def collect(self, *, refresh: bool, per_page: int = PER_PAGE) -> list[U]:
        """All of the people: active, inactive and invited."""
        return await self._users.collect_pages(
            GET_ORGANIZATION_USERS, refresh=refresh, per_page=per_page, organization_id=self._organization_id
        )

    def iterate(
        self,
        *,
        filter: str | None,  # noqa: A002 - the API's own name for it
        active_status: Iterable[str],
        only_admins: bool,
        groups: Iterable[Group],
        workspaces: Iterable[Workspace],
        sort_dir: str,
        per_page: int,
    ) -> AsyncGenerator[U]:
        """The people that the filters let through, page after page; nothing is cached."""
        return self._users.iterate(
            GET_ORGANIZATION_USERS,
            organization_id=self._organization_id,
            filter=filter,
            active_status=words(active_status, "active_status") or None,
            only_admins=only_admins or None,
            groups=group_ids(groups) or None,
            workspaces=workspace_ids(workspaces) or None,
            sort_dir=sort_dir,
            per_page=per_page,
        )

    async def add(self, email: str, workspaces: Iterable[Into], groups: Iterable[Group], *, skip_email: bool) -> U:
        """Invite somebody, and answer with the organization user that they are at once."""
        invited = await self.invite([check_email(email)], workspaces, groups, skip_email=skip_email)
        try:
            found = await self._directory.find(lambda user: name_key(user.email or "") == name_key(email), email)
        except CallFailed as error:
            error.add_note(f"The invitation of {email} was made; only who they are now could not be read.")
            raise
        if found is None:
            raise NotInvitedError(invited.failed.get(email) or f"The server lists nobody with the address {email}")
        return found

    async def invite(
        self, emails: Iterable[str], workspaces: Iterable[Into], groups: Iterable[Group], *, skip_email: bool
    ) -> Invited[I]:
        """Invite many people at once."""
        return await invite(
            self._users, self._invitation, self._organization_id, emails, workspaces, groups, skip_email=skip_email
        )

    async def edit(self, user: U | int, body: OrganizationUserPayload) -> U:
        """Change somebody's account, role, groups and workspaces."""
        check_body(body, OrganizationUserPayload, "OrganizationUserBody(inactive=True)")
        if isinstance(body.name, str):
            check_person_name(body.name)
        if isinstance(body.email, str):
            check_email(body.email)
        return await self._directory.edit(
            user,
            body,
            PUT_ORGANIZATION_USER,
            organization_id=self._organization_id,
            organization_user_id=self._users.number_of(user),
            params=body,
        )

    async def set_inactive(self, user: U | int, *, inactive: bool) -> U:
        """Take somebody's access to the organization, or give it back."""
        return await self.edit(user, OrganizationUserPayload(inactive=inactive))

    async def delete(self, user: U | int) -> None:
        """Remove somebody from the organization."""
        number = self._users.number_of(user)
        await self._users.delete(
            number,
            PATCH_ORGANIZATION_USERS,
            organization_id=self._organization_id,
            params=UserPatchParams(delete=[number]),
        )

    async def delete_many(self, users: Iterable[U | int]) -> None:
        """Remove people from the organization: all of them, or none where that raises."""
        numbers = some(numbers_of(users, self._kind, "organization user"), "organization user")
        await self._users.write_many(
            PATCH_ORGANIZATION_USERS,
            organization_id=self._organization_id,
            params=UserPatchParams(delete=numbers),
        )
