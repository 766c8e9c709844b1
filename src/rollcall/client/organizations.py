"""What `OrganizationEndpoint` does, in both its kinds."""

from __future__ import annotations

from types import GenericAlias
from typing import Generic, TypeVar

import httpx
import msgspec

from rollcall.client.cache.model_cache import ModelCache
from rollcall.client.connection import Connection
from rollcall.client.failure import CallFailed, Meaning
from rollcall.client.naming import check_organization_name, check_workspace_name
from rollcall.contract.models.organization import ModelsMeOrganization, ModelsPostPayload, ModelsPutPayload
from rollcall.contract.operation import Operation
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
        connection: Where they are.
        cache: Where they are kept.
        kind: The face's class for one.
        re_raise: Let no refusal pass as an answer.
    """

    def __init__(self, connection: Connection, cache: ModelCache[O], kind: type[O], *, re_raise: bool) -> None:
        self._connection = connection
        self._cache = cache
        self._kind = kind
        self._re_raise = re_raise

    async def get(self, organization: O | int, *, refresh: bool) -> O | None:
        """One organization, from the cache if it is fresh there, else from `GET /organizations/{id}`.

        Returns:
            None if the server answers 404, unless `re_raise` is set.
        """
        number = _id(organization)
        if not refresh and (kept := await self._cache.find(number)) is not None:
            return kept
        try:
            return await self._fetch(number)
        except CallFailed as error:
            if error.meaning is not Meaning.NOT_FOUND:
                raise
            await self._cache.remove(number)
            if self._re_raise:
                raise
            return None

    async def collect(self, *, refresh: bool) -> list[O]:
        """All organizations, from the cache if it has fresh ones and knows that they are all, else from the server."""
        if not refresh and (kept := await self._cache.all()) is not None:
            return kept
        organizations = self._many(GET_ME_ORGANIZATIONS, await self._connection.call(GET_ME_ORGANIZATIONS))
        await self._cache.keep_all(organizations)
        return organizations

    async def add(self, name: str, workspace_name: str) -> O:
        """Make an organization by `POST /organizations`, and read it back, for the reply has little of it."""
        check_organization_name(name)
        check_workspace_name(workspace_name)
        payload = ModelsPostPayload(name=name, workspace_name=workspace_name)
        response = await self._write(None, POST_ORGANIZATION, post_organizations_request=payload)
        try:
            written = self._one(POST_ORGANIZATION, response)
        except CallFailed:
            await self._cache.distrust(None)
            raise
        return await self._read_back(written)

    async def edit(self, organization: O | int, name: str) -> O:
        """Rename an organization by `PUT /organizations/{id}`, and read it back, for the reply has nothing of it."""
        check_organization_name(name)
        number = _id(organization)
        await self._write(
            number, PUT_ORGANIZATION, organization_id=number, put_organizations_request=ModelsPutPayload(name=name)
        )
        if isinstance(organization, self._kind):
            return await self._read_back(msgspec.structs.replace(organization, name=name))
        return await self._read_back(self._kind(id=number, name=name))

    async def delete(self, organization: O | int) -> None:
        """Leave an organization; that one is not in it (404) is as good, unless `re_raise` is set."""
        number = _id(organization)
        try:
            await self._write(number, LEAVE_ORGANIZATION, organization_id=number)
        except CallFailed as error:
            if self._re_raise or error.meaning is not Meaning.NOT_FOUND:
                raise
        await self._cache.remove(number)

    async def _fetch(self, number: int) -> O:
        response = await self._connection.call(GET_ORGANIZATION, organization_id=number)
        organization = self._one(GET_ORGANIZATION, response)
        await self._cache.keep(organization)
        return organization

    async def _write(self, number: int | None, operation: Operation, **arguments: object) -> httpx.Response:
        """Call an operation that changes an organization; if it fails, it may have been done all the same."""
        try:
            return await self._connection.call(operation, **arguments)
        except BaseException:
            await self._cache.distrust(number)
            raise

    async def _read_back(self, written: O) -> O:
        """The organization as the server has it now, or as it was written, if the server does not say.

        The change is made: an error here would make it look as if it were not, and be made again.
        """
        try:
            return await self._fetch(_id(written))
        except CallFailed:
            await self._cache.distrust(written.id)
            if self._re_raise:
                raise
            return written

    def _one(self, operation: Operation, response: httpx.Response) -> O:
        organization = self._connection.read(operation, response, self._kind)
        if not isinstance(organization, self._kind):
            raise self._connection.unreadable(operation, response, "it is not an organization")
        return organization

    def _many(self, operation: Operation, response: httpx.Response) -> list[O]:
        # Go writes a list that has nothing in it as null, if nothing was ever put in.
        organizations = self._connection.read(operation, response, GenericAlias(list, (self._kind,))) or []
        if not isinstance(organizations, list) or any(not isinstance(one, self._kind) for one in organizations):
            raise self._connection.unreadable(operation, response, "it is not a list of organizations")
        return organizations


def _id(organization: ModelsMeOrganization | int) -> int:
    if isinstance(organization, int):
        return organization
    if not isinstance(organization, ModelsMeOrganization):
        raise TypeError(f"organization must be an organization or its number, not {organization!r}")
    if (number := organization.id) is None:
        raise ValueError("The organization has no id")
    return number
