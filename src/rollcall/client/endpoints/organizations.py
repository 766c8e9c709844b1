"""What `OrganizationEndpoint` does, in both its kinds."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec.structs import replace

from rollcall.client.endpoints import places
from rollcall.client.endpoints.collection import Collection
from rollcall.client.endpoints.naming import check_first_workspace_name, check_organization_name
from rollcall.client.endpoints.session import Session
from rollcall.client.failure import CallFailed
from rollcall.contract.models.organization import ModelsMeOrganization, ModelsPostPayload, ModelsPutPayload
from rollcall.contract.operations.account import GET_ME_ORGANIZATIONS
from rollcall.contract.operations.organizations import (
    GET_ORGANIZATION,
    LEAVE_ORGANIZATION,
    POST_ORGANIZATION,
    PUT_ORGANIZATION,
)

O = TypeVar("O", bound=ModelsMeOrganization)  # noqa: E741 - the organization, as the face has it


class Organizations(Generic[O]):
    """The organizations of one account.

    Args:
        session: Whose they are.
        kind: The face's class for one.
    """

    def __init__(self, session: Session, kind: type[O]) -> None:
        self._organizations = Collection(session, kind, "organization", (places.ORGANIZATIONS,))
        self._shelves = session.shelves
        self._kind = kind

    async def get(self, organization: O | int, *, refresh: bool) -> O | None:
        """One organization, or None if the server answers 404, unless `re_raise` is set."""
        number = self._organizations.number_of(organization)
        return await self._organizations.get(number, GET_ORGANIZATION, refresh=refresh, organization_id=number)

    async def collect(self, *, refresh: bool) -> list[O]:
        """All organizations."""
        return await self._organizations.collect(GET_ME_ORGANIZATIONS, refresh=refresh)

    async def add(self, name: str, workspace_name: str) -> O:
        """Make an organization, and read it back, for the reply has little of it."""
        check_organization_name(name)
        check_first_workspace_name(workspace_name)
        payload = ModelsPostPayload(name=name, workspace_name=workspace_name)
        response = await self._organizations.write(None, POST_ORGANIZATION, post_organizations_request=payload)
        try:
            written = self._organizations.one(POST_ORGANIZATION, response)
        except CallFailed:
            await self._organizations.cache.distrust(None)
            raise
        return await self._read_back(written)

    async def edit(self, organization: O | int, name: str) -> O:
        """Rename an organization, and read it back, for the reply has nothing of it."""
        check_organization_name(name)
        number = self._organizations.number_of(organization)
        await self._organizations.write(
            number, PUT_ORGANIZATION, organization_id=number, put_organizations_request=ModelsPutPayload(name=name)
        )
        if isinstance(organization, self._kind):
            return await self._read_back(replace(organization, name=name))
        return await self._read_back(self._kind(id=number, name=name))

    async def delete(self, organization: O | int) -> None:
        """Leave an organization; that one is not in it (404) is as good, unless `re_raise` is set."""
        number = self._organizations.number_of(organization)
        try:
            await self._organizations.delete(number, LEAVE_ORGANIZATION, organization_id=number)
        finally:
            await self._shelves.forget(places.organization(number))

    async def _read_back(self, written: O) -> O:
        number = self._organizations.number_of(written)
        return await self._organizations.read_back(
            written, lambda: self._organizations.fetch(number, GET_ORGANIZATION, organization_id=number)
        )
