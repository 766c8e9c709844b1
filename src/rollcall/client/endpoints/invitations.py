"""What `InvitationEndpoint` does, in both its kinds."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterable
from typing import Generic, TypeVar

from rollcall.client.endpoints import places
from rollcall.client.endpoints.collection import Collection
from rollcall.client.endpoints.identity import number_of
from rollcall.client.endpoints.inviting import Into, Invited, invite
from rollcall.client.endpoints.people import Group, words
from rollcall.client.endpoints.session import Session
from rollcall.client.failure import CallFailed, Meaning
from rollcall.contract.models.invitation import InvitationInfo, ModelsSSOInvitation, OrganizationInvitation
from rollcall.contract.operation import Operation
from rollcall.contract.operations.invitations import (
    ACCEPT_INVITATION,
    GET_INVITATION,
    GET_INVITATIONS,
    REJECT_INVITATION,
    RESEND_INVITATION,
    REVOKE_INVITATION,
)

V = TypeVar("V", bound=OrganizationInvitation)
I = TypeVar("I", bound=InvitationInfo)  # noqa: E741 - an invitation just made, as the face has it
R = TypeVar("R", bound=ModelsSSOInvitation)


class Invitations(Generic[V, I, R]):
    """The invitations of one organization.

    Args:
        session: Whose view of them it is.
        kind: The face's class for one.
        made: The face's class for one just made.
        received: The face's class for one as who has its code sees it.
        organization_id: The organization's number.
    """

    def __init__(self, session: Session, kind: type[V], made: type[I], received: type[R], organization_id: int) -> None:
        place = places.organization(organization_id)
        self._invitations = Collection(session, kind, "invitation", (place,), touched=(place, places.ORGANIZATIONS))
        self._shelves = session.shelves
        self._connection = session.connection
        self._kind = kind
        self._made = made
        self._received = received
        self._organization_id = organization_id

    async def get(self, invitation: V | int, *, refresh: bool) -> V | None:
        """One invitation, out of the list of all, for no operation answers with one."""
        number = self._invitations.number_of(invitation)
        return await self._invitations.pick(number, self.collect, refresh=refresh)

    async def collect(self, *, refresh: bool) -> list[V]:
        """All invitations, pending and past."""
        return await self._invitations.collect_pages(
            GET_INVITATIONS, refresh=refresh, organization_id=self._organization_id
        )

    def iterate(self, *, state: Iterable[str], per_page: int) -> AsyncGenerator[V]:
        """The invitations in any of these states, page after page; nothing is cached."""
        return self._invitations.iterate(
            GET_INVITATIONS,
            organization_id=self._organization_id,
            state=words(state, "state") or None,
            per_page=per_page,
        )

    async def add(
        self, emails: Iterable[str], workspaces: Iterable[Into], groups: Iterable[Group], *, skip_email: bool
    ) -> Invited[I]:
        """Invite people."""
        return await invite(
            self._invitations, self._made, self._organization_id, emails, workspaces, groups, skip_email=skip_email
        )

    async def resend(self, invitation: V | I | int) -> None:
        """Mail an invitation again, with a new code."""
        await self._change(invitation, RESEND_INVITATION)

    async def delete(self, invitation: V | I | int) -> None:
        """Take an invitation back; that there is none (404) is as good, unless `re_raise` is set."""
        try:
            await self._change(invitation, REVOKE_INVITATION)
        except CallFailed as error:
            if self._invitations.session.re_raise or error.meaning is not Meaning.NOT_FOUND:
                raise

    async def look_up(self, code: str) -> R | None:
        """Who invites whom, and where to; None if no invitation has that code, unless `re_raise` is set."""
        try:
            response = await self._connection.call(GET_INVITATION, invitation_code=_checked(code))
        except CallFailed as error:
            if self._invitations.session.re_raise or error.meaning is not Meaning.NOT_FOUND:
                raise
            return None
        invitation = self._connection.read(GET_INVITATION, response, self._received)
        if not isinstance(invitation, self._received):
            raise self._connection.unreadable(GET_INVITATION, response, "it is not an invitation")
        return invitation

    async def accept(self, code: str) -> None:
        """Accept an invitation."""
        await self._answer(code, ACCEPT_INVITATION)

    async def reject(self, code: str) -> None:
        """Reject an invitation."""
        await self._answer(code, REJECT_INVITATION)

    async def _change(self, invitation: V | I | int, operation: Operation) -> None:
        number = number_of(invitation, (self._kind, self._made), "invitation", field="invitation_id")
        await self._invitations.write(number, operation, organization_id=self._organization_id, invitation_id=number)
        # It stays in the list, in another state.
        await self._invitations.cache.distrust(number)

    async def _answer(self, code: str, operation: Operation) -> None:
        checked = _checked(code)
        # It may be of any organization, which is the account's own from then on.
        try:
            await self._invitations.write_many(operation, invitation_code=checked)
        finally:
            await self._shelves.forget()


def _checked(code: object) -> str:
    if not isinstance(code, str) or not code.strip():
        # It is not shown: a code lets somebody in.
        raise TypeError("code must be the text at the end of an invitation's link")
    return code
