"""The endpoints for programs that run an event loop. Their methods are those of `toggl_api`, to be awaited.

Example:
    >>> from httpx import BasicAuth
    >>> from toggl_api.asyncio import AsyncOrganizationEndpoint, AsyncSqliteCache
    >>> async def names() -> list[str]:
    ...     auth = BasicAuth("ann@example.com", "secret")
    ...     async with AsyncOrganizationEndpoint(auth, AsyncSqliteCache("cache", 3600)) as endpoint:
    ...         return [organization.name for organization in await endpoint.collect()]
"""

from toggl_api.asyncio.cache import AsyncJSONCache, AsyncSqliteCache, TogglAsyncCache
from toggl_api.asyncio.endpoint import TogglAsyncCachedEndpoint
from toggl_api.asyncio.organization import AsyncOrganizationEndpoint

__all__ = [
    "AsyncJSONCache",
    "AsyncOrganizationEndpoint",
    "AsyncSqliteCache",
    "TogglAsyncCache",
    "TogglAsyncCachedEndpoint",
]
