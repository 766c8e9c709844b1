"""Organizations of Toggl Track, or of a Rollcall server, and their people: endpoints that answer with objects.

They keep what they answered with in a cache.

Example:
    >>> from toggl_api import OrganizationEndpoint
    >>> from toggl_api.config import generate_authentication
    >>> from toggl_api.meta.cache import SqliteCache
    >>> with OrganizationEndpoint(generate_authentication(), SqliteCache("cache", 3600)) as endpoint:  # doctest: +SKIP
    ...     [organization.name for organization in endpoint.collect()]
    ['Ours']

The same without blocking an event loop is in `toggl_api.asyncio`.

The server is that of `client`, if it has a base URL, else of the environment's `TOGGL_API_URL`, else Toggl's own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from httpx import HTTPStatusError

    from rollcall.client.bulk import BulkResult
    from rollcall.client.inviting import Invited
    from rollcall.client.naming import NamingError
    from rollcall.client.organization_users import NotInvitedError
    from rollcall.client.paging import ListChanged
    from toggl_api.bodies import InvitationWorkspace, OrganizationUserBody, WorkspaceBody, WorkspaceUserBody
    from toggl_api.group import GroupEndpoint
    from toggl_api.invitation import InvitationEndpoint
    from toggl_api.meta.cache import JSONCache, MissingParentError, NoCacheAssignedError
    from toggl_api.models import (
        TogglGroup,
        TogglInvitation,
        TogglNewInvitation,
        TogglOrganization,
        TogglOrganizationUser,
        TogglReceivedInvitation,
        TogglWorkspace,
        TogglWorkspaceUser,
    )
    from toggl_api.organization import OrganizationEndpoint
    from toggl_api.organization_user import OrganizationUserEndpoint
    from toggl_api.workspace import WorkspaceEndpoint
    from toggl_api.workspace_user import WorkspaceUserEndpoint

__all__ = [
    "BulkResult",
    "GroupEndpoint",
    "HTTPStatusError",
    "InvitationEndpoint",
    "InvitationWorkspace",
    "Invited",
    "JSONCache",
    "ListChanged",
    "MissingParentError",
    "NamingError",
    "NoCacheAssignedError",
    "NotInvitedError",
    "OrganizationEndpoint",
    "OrganizationUserBody",
    "OrganizationUserEndpoint",
    "TogglGroup",
    "TogglInvitation",
    "TogglNewInvitation",
    "TogglOrganization",
    "TogglOrganizationUser",
    "TogglReceivedInvitation",
    "TogglWorkspace",
    "TogglWorkspaceUser",
    "WorkspaceBody",
    "WorkspaceEndpoint",
    "WorkspaceUserBody",
    "WorkspaceUserEndpoint",
]

_HOMES = {
    "httpx": ("HTTPStatusError",),
    "rollcall.client.bulk": ("BulkResult",),
    "rollcall.client.inviting": ("Invited",),
    "rollcall.client.naming": ("NamingError",),
    "rollcall.client.organization_users": ("NotInvitedError",),
    "rollcall.client.paging": ("ListChanged",),
    "toggl_api.bodies": ("InvitationWorkspace", "OrganizationUserBody", "WorkspaceBody", "WorkspaceUserBody"),
    "toggl_api.group": ("GroupEndpoint",),
    "toggl_api.invitation": ("InvitationEndpoint",),
    "toggl_api.meta.cache": ("JSONCache", "MissingParentError", "NoCacheAssignedError"),
    "toggl_api.models": (
        "TogglGroup",
        "TogglInvitation",
        "TogglNewInvitation",
        "TogglOrganization",
        "TogglOrganizationUser",
        "TogglReceivedInvitation",
        "TogglWorkspace",
        "TogglWorkspaceUser",
    ),
    "toggl_api.organization": ("OrganizationEndpoint",),
    "toggl_api.organization_user": ("OrganizationUserEndpoint",),
    "toggl_api.workspace": ("WorkspaceEndpoint",),
    "toggl_api.workspace_user": ("WorkspaceUserEndpoint",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    # Loaded when it is first asked for: a program that uses one endpoint need not wait for the others.
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
