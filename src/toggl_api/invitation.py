"""The endpoint of invitations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal

from rollcall.client.endpoints.invitations import Invitations
from rollcall.client.endpoints.inviting import Into, Invited
from rollcall.client.endpoints.people import Group
from rollcall.coroutine import complete, iterate
from toggl_api.meta.organization_part import OrganizationPartEndpoint
from toggl_api.models import TogglInvitation, TogglNewInvitation, TogglReceivedInvitation


class InvitationEndpoint(OrganizationPartEndpoint[TogglInvitation]):
    """The invitations of one organization; and those that the account has got, by their codes.

    `get`, `collect`, `iterate` and `delete` are for Rollcall's servers: Toggl's own neither list invitations nor take
    them back, and answer 404 or 405.

    Example:
        >>> from httpx import BasicAuth
        >>> from toggl_api.meta.cache import SqliteCache
        >>> endpoint = InvitationEndpoint(5, BasicAuth("ann@example.com", "secret"), SqliteCache("cache", 3600))
        >>> endpoint.close()

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

    def get(self, invitation: TogglInvitation | int, *, refresh: bool = False) -> TogglInvitation | None:
        """One invitation, out of all. Source: `GET /organizations/{organization_id}/invitations`, Rollcall's own.

        Args:
            invitation: Which one; of an object only the id counts.
            refresh: Ask the server even if the cache has it.

        Returns:
            The invitation, or None if the server lists none with that number.

        Raises:
            HTTPStatusError: The server answers with an error.
            ListChanged: The list changed each time it was read.
        """
        return complete(self._invitations.get(invitation, refresh=refresh))

    def add(
        self,
        emails: Iterable[str],
        workspaces: Iterable[Into],
        groups: Iterable[Group] = (),
        *,
        skip_email: bool = False,
    ) -> Invited[TogglNewInvitation]:
        """Invite people. Source: `POST /organizations/{organization_id}/invitations`.

        Who is invited already gets a new code, and the old one stops working.

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
        return complete(self._invitations.add(emails, workspaces, groups, skip_email=skip_email))

    def resend(self, invitation: TogglInvitation | TogglNewInvitation | int) -> None:
        """Mail an invitation again, with a new code. Source: `PUT /organizations/{id}/invitations/{id}/resend`.

        Args:
            invitation: Which one; of an object only the id counts.

        Raises:
            HTTPStatusError: The server does not send it.
        """
        complete(self._invitations.resend(invitation))

    def collect(self, *, refresh: bool = False) -> list[TogglInvitation]:
        """All invitations, pending and past. Source: `GET /organizations/{id}/invitations`, Rollcall's own.

        Args:
            refresh: Ask the server even if the cache has them all.

        Raises:
            HTTPStatusError: The server answers with an error.
            ListChanged: The list changed each time it was read.
        """
        return complete(self._invitations.collect(refresh=refresh))

    def iterate(
        self,
        *,
        state: Iterable[Literal["pending", "accepted", "rejected", "revoked", "expired"]] = (),
        per_page: int = 200,
    ) -> Iterator[TogglInvitation]:
        """Invitations, newest first, page after page. Source: `GET /organizations/{id}/invitations`, Rollcall's own.

        Nothing is kept: a list of any length takes the memory of a few pages.

        Args:
            state: Any of these; all where none is given.
            per_page: How many to ask for at once.

        Yields:
            One after another.

        Raises:
            HTTPStatusError: The server answers with an error.
            ListChanged: At the end, where the list changed meanwhile: one may be missing.
        """
        return iterate(self._invitations.iterate(state=state, per_page=per_page))

    def delete(self, invitation: TogglInvitation | TogglNewInvitation | int) -> None:
        """Take an invitation back. Source: `DELETE /organizations/{id}/invitations/{invitation_id}`, Rollcall's own.

        Its code stops working; it stays in the list as `revoked`.

        Args:
            invitation: Which one; of an object only the id counts.

        Raises:
            HTTPStatusError: The server answers with neither 200 nor 404.
        """
        complete(self._invitations.delete(invitation))

    def look_up(self, code: str) -> TogglReceivedInvitation | None:
        """Who invites whom, and where to. Source: `GET /invitations/{invitation_code}`.

        Args:
            code: The last part of the invitation's link.

        Returns:
            The invitation, or None if none that is open has that code.

        Raises:
            HTTPStatusError: The server answers with an error other than 404.
        """
        return complete(self._invitations.look_up(code))

    def accept(self, code: str) -> None:
        """Accept an invitation, of any organization. Source: `POST /organizations/invitations/{code}/accept`.

        Args:
            code: The last part of the invitation's link.

        Raises:
            HTTPStatusError: The account does not join.
        """
        complete(self._invitations.accept(code))

    def reject(self, code: str) -> None:
        """Reject an invitation, of any organization. Source: `POST /organizations/invitations/{code}/reject`.

        Args:
            code: The last part of the invitation's link.

        Raises:
            HTTPStatusError: It is not rejected.
        """
        complete(self._invitations.reject(code))

    @cached_property
    def _invitations(self) -> Invitations[TogglInvitation, TogglNewInvitation, TogglReceivedInvitation]:
        return Invitations(
            self._session, TogglInvitation, TogglNewInvitation, TogglReceivedInvitation, self.organization_id
        )
