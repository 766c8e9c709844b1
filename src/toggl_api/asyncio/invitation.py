"""The asynchronous endpoint of invitations."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from functools import cached_property
from typing import Literal

from rollcall.client.endpoints.invitations import Invitations
from rollcall.client.endpoints.inviting import Into, Invited
from rollcall.client.endpoints.people import Group
from toggl_api.asyncio.organization_part import OrganizationPartAsyncEndpoint
from toggl_api.models import TogglInvitation, TogglNewInvitation, TogglReceivedInvitation


class AsyncInvitationEndpoint(OrganizationPartAsyncEndpoint[TogglInvitation]):
    """The invitations of one organization, for an event loop: `toggl_api.InvitationEndpoint`, to be awaited.

    Args:
        organization_id: The organization, or its number.
        auth: The account: e-mail address and password, or API token and `"api_token"`.
        cache: Where the invitations are kept; None for nowhere.
        client: Sends the requests; it is used as it is, neither changed nor closed. None for one of the endpoint's own.
        timeout: How long one attempt of a request may take: seconds, or httpx's own.
        re_raise: Raise every error of the server: try nothing again, and take no status for an answer.
        retries: How often to try again after a 5xx, a 429 or a broken connection, where that cannot do anything twice.
        wait_for_quota: Whether to wait when the requests of the hour are used up, until there are more: True, or for
            how many seconds at most. `QuotaExceededError` is raised at once unless told so.
    """

    MODEL = TogglInvitation

    async def get(self, invitation: TogglInvitation | int, *, refresh: bool = False) -> TogglInvitation | None:
        """One invitation, out of all. Source: `GET /organizations/{organization_id}/invitations`, Rollcall's own.

        Raises:
            HTTPStatusError: The server answers with an error.
            ListChanged: The list changed each time it was read.
        """
        return await self._invitations.get(invitation, refresh=refresh)

    async def add(
        self,
        emails: Iterable[str],
        workspaces: Iterable[Into],
        groups: Iterable[Group] = (),
        *,
        skip_email: bool = False,
    ) -> Invited[TogglNewInvitation]:
        """Invite people. Source: `POST /organizations/{organization_id}/invitations`.

        Raises:
            NamingError: One is no e-mail address; nothing was sent.
            HTTPStatusError: The server invites nobody.
        """
        return await self._invitations.add(emails, workspaces, groups, skip_email=skip_email)

    async def resend(self, invitation: TogglInvitation | TogglNewInvitation | int) -> None:
        """Mail an invitation again, with a new code. Source: `PUT /organizations/{id}/invitations/{id}/resend`.

        Raises:
            HTTPStatusError: The server does not send it.
        """
        await self._invitations.resend(invitation)

    async def collect(self, *, refresh: bool = False) -> list[TogglInvitation]:
        """All invitations, pending and past. Source: `GET /organizations/{id}/invitations`, Rollcall's own.

        Raises:
            HTTPStatusError: The server answers with an error.
            ListChanged: The list changed each time it was read.
        """
        return await self._invitations.collect(refresh=refresh)

    def iterate(
        self,
        *,
        state: Iterable[Literal["pending", "accepted", "rejected", "revoked", "expired"]] = (),
        per_page: int = 200,
    ) -> AsyncGenerator[TogglInvitation]:
        """Invitations, newest first, page after page. Source: `GET /organizations/{id}/invitations`, Rollcall's own.

        Raises:
            HTTPStatusError: The server answers with an error.
            ListChanged: At the end, where the list changed meanwhile: one may be missing.
        """
        return self._invitations.iterate(state=state, per_page=per_page)

    async def delete(self, invitation: TogglInvitation | TogglNewInvitation | int) -> None:
        """Take an invitation back. Source: `DELETE /organizations/{id}/invitations/{invitation_id}`, Rollcall's own.

        Raises:
            HTTPStatusError: The server answers with neither 200 nor 404.
        """
        await self._invitations.delete(invitation)

    async def look_up(self, code: str) -> TogglReceivedInvitation | None:
        """Who invites whom, and where to. Source: `GET /invitations/{invitation_code}`.

        Raises:
            HTTPStatusError: The server answers with an error other than 404.
        """
        return await self._invitations.look_up(code)

    async def accept(self, code: str) -> None:
        """Accept an invitation, of any organization. Source: `POST /organizations/invitations/{code}/accept`.

        Raises:
            HTTPStatusError: The account does not join.
        """
        await self._invitations.accept(code)

    async def reject(self, code: str) -> None:
        """Reject an invitation, of any organization. Source: `POST /organizations/invitations/{code}/reject`.

        Raises:
            HTTPStatusError: It is not rejected.
        """
        await self._invitations.reject(code)

    @cached_property
    def _invitations(self) -> Invitations[TogglInvitation, TogglNewInvitation, TogglReceivedInvitation]:
        return Invitations(
            self._session, TogglInvitation, TogglNewInvitation, TogglReceivedInvitation, self.organization_id
        )
