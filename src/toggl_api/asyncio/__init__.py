"""The endpoints for programs that run an event loop. Their methods are those of `toggl_api`, to be awaited.

Example:
    >>> from httpx import BasicAuth
    >>> from toggl_api.asyncio import AsyncOrganizationEndpoint, AsyncSqliteCache
    >>> async def names() -> list[str]:
    ...     auth = BasicAuth("ann@example.com", "secret")
    ...     async with AsyncOrganizationEndpoint(auth, AsyncSqliteCache("cache", 3600)) as endpoint:
    ...         return [organization.name for organization in await endpoint.collect()]
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toggl_api.asyncio.cache import AsyncJSONCache as AsyncJSONCache
    from toggl_api.asyncio.cache import AsyncSqliteCache as AsyncSqliteCache
    from toggl_api.asyncio.cache import TogglAsyncCache as TogglAsyncCache
    from toggl_api.asyncio.endpoint import TogglAsyncCachedEndpoint as TogglAsyncCachedEndpoint
    from toggl_api.asyncio.group import AsyncGroupEndpoint as AsyncGroupEndpoint
    from toggl_api.asyncio.invitation import AsyncInvitationEndpoint as AsyncInvitationEndpoint
    from toggl_api.asyncio.organization import AsyncOrganizationEndpoint as AsyncOrganizationEndpoint
    from toggl_api.asyncio.organization_user import AsyncOrganizationUserEndpoint as AsyncOrganizationUserEndpoint
    from toggl_api.asyncio.workspace import AsyncWorkspaceEndpoint as AsyncWorkspaceEndpoint
    from toggl_api.asyncio.workspace_user import AsyncWorkspaceUserEndpoint as AsyncWorkspaceUserEndpoint
else:
    from rollcall.client.laziness import lazily

    __getattr__, __dir__ = lazily(
        __name__,
        {
            "toggl_api.asyncio.cache": ["AsyncJSONCache", "AsyncSqliteCache", "TogglAsyncCache"],
            "toggl_api.asyncio.endpoint": ["TogglAsyncCachedEndpoint"],
            "toggl_api.asyncio.group": ["AsyncGroupEndpoint"],
            "toggl_api.asyncio.invitation": ["AsyncInvitationEndpoint"],
            "toggl_api.asyncio.organization": ["AsyncOrganizationEndpoint"],
            "toggl_api.asyncio.organization_user": ["AsyncOrganizationUserEndpoint"],
            "toggl_api.asyncio.workspace": ["AsyncWorkspaceEndpoint"],
            "toggl_api.asyncio.workspace_user": ["AsyncWorkspaceUserEndpoint"],
        },
    )
