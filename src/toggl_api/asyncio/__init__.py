"""The endpoints for programs that run an event loop. Their methods are those of `toggl_api`, to be awaited.

Example:
    >>> from httpx import BasicAuth
    >>> from toggl_api.asyncio import AsyncOrganizationEndpoint, AsyncSqliteCache
    >>> async def names() -> list[str]:
    ...     auth = BasicAuth("ann@example.com", "secret")
    ...     async with AsyncOrganizationEndpoint(auth, AsyncSqliteCache("cache", 3600)) as endpoint:
    ...         return [organization.name for organization in await endpoint.collect()]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toggl_api.asyncio.cache import AsyncJSONCache, AsyncSqliteCache, TogglAsyncCache
    from toggl_api.asyncio.endpoint import TogglAsyncCachedEndpoint
    from toggl_api.asyncio.group import AsyncGroupEndpoint
    from toggl_api.asyncio.invitation import AsyncInvitationEndpoint
    from toggl_api.asyncio.organization import AsyncOrganizationEndpoint
    from toggl_api.asyncio.organization_user import AsyncOrganizationUserEndpoint
    from toggl_api.asyncio.workspace import AsyncWorkspaceEndpoint
    from toggl_api.asyncio.workspace_user import AsyncWorkspaceUserEndpoint

__all__ = [
    "AsyncGroupEndpoint",
    "AsyncInvitationEndpoint",
    "AsyncJSONCache",
    "AsyncOrganizationEndpoint",
    "AsyncOrganizationUserEndpoint",
    "AsyncSqliteCache",
    "AsyncWorkspaceEndpoint",
    "AsyncWorkspaceUserEndpoint",
    "TogglAsyncCache",
    "TogglAsyncCachedEndpoint",
]

_HOME_OF = {
    "AsyncGroupEndpoint": "group",
    "AsyncInvitationEndpoint": "invitation",
    "AsyncJSONCache": "cache",
    "AsyncOrganizationEndpoint": "organization",
    "AsyncOrganizationUserEndpoint": "organization_user",
    "AsyncSqliteCache": "cache",
    "AsyncWorkspaceEndpoint": "workspace",
    "AsyncWorkspaceUserEndpoint": "workspace_user",
    "TogglAsyncCache": "cache",
    "TogglAsyncCachedEndpoint": "endpoint",
}


def __getattr__(name: str) -> Any:
    # Loaded when it is first asked for: a program that uses one endpoint need not wait for the others.
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
