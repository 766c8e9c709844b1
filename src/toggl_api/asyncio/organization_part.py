"""The base of the asynchronous endpoints for what belongs to one organization."""

from __future__ import annotations

from typing import TypeVar

import httpx

from rollcall.client.endpoints import places
from rollcall.client.endpoints.identity import number_of
from rollcall.contract.wire import Model
from toggl_api.asyncio.cache import TogglAsyncCache
from toggl_api.asyncio.endpoint import TogglAsyncCachedEndpoint
from toggl_api.models import TogglOrganization

T = TypeVar("T", bound=Model)


class OrganizationPartAsyncEndpoint(TogglAsyncCachedEndpoint[T]):
    """An asynchronous endpoint for what belongs to one organization.

    Args:
        organization_id: The organization, or its number.
        auth: The account: e-mail address and password, or API token and `"api_token"`.
        cache: Where the objects are kept; None for nowhere.
        client: Sends the requests; it is used as it is, neither changed nor closed. None for one of the endpoint's own.
        timeout: How long one attempt of a request may take: seconds, or httpx's own.
        re_raise: Raise every error of the server: try nothing again, and take no status for an answer.
        retries: How often to try again after a 5xx, a 429 or a broken connection, where that cannot do anything twice.
        wait_for_quota: Whether to wait when the requests of the hour are used up, until there are more: True, or for
            how many seconds at most. `QuotaExceededError` is raised at once unless told so.

    Raises:
        TypeError: `organization_id`, `auth` or `cache` is none.
        ValueError: The server's base URL or `timeout` is none.

    Attributes:
        organization_id: The organization's number.
    """

    def __init__(
        self,
        organization_id: TogglOrganization | int,
        auth: httpx.BasicAuth,
        cache: TogglAsyncCache | None = None,
        *,
        client: httpx.AsyncClient | None = None,
        timeout: httpx.Timeout | float = 10,
        re_raise: bool = False,
        retries: int = 3,
        wait_for_quota: bool | float = False,
    ) -> None:
        self.organization_id: int = number_of(organization_id, TogglOrganization, "organization")
        super().__init__(
            auth,
            cache,
            client=client,
            timeout=timeout,
            re_raise=re_raise,
            retries=retries,
            wait_for_quota=wait_for_quota,
        )

    @property
    def _place(self) -> tuple[str, ...]:
        return (places.organization(self.organization_id),)
