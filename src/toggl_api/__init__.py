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

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from httpx import HTTPStatusError as HTTPStatusError

    from rollcall.client.endpoints.bulk import BulkResult as BulkResult
    from rollcall.client.endpoints.inviting import Invited as Invited
    from rollcall.client.endpoints.naming import NamingError as NamingError
    from rollcall.client.endpoints.organization_users import NotInvitedError as NotInvitedError
    from rollcall.client.paging import ListChanged as ListChanged
    from toggl_api.bodies import InvitationWorkspace as InvitationWorkspace
    from toggl_api.bodies import OrganizationUserBody as OrganizationUserBody
    from toggl_api.bodies import WorkspaceBody as WorkspaceBody
    from toggl_api.bodies import WorkspaceUserBody as WorkspaceUserBody
    from toggl_api.group import GroupEndpoint as GroupEndpoint
    from toggl_api.invitation import InvitationEndpoint as InvitationEndpoint
    from toggl_api.meta.cache import JSONCache as JSONCache
    from toggl_api.meta.cache import MissingParentError as MissingParentError
    from toggl_api.meta.cache import NoCacheAssignedError as NoCacheAssignedError
    from toggl_api.models import TogglGroup as TogglGroup
    from toggl_api.models import TogglInvitation as TogglInvitation
    from toggl_api.models import TogglNewInvitation as TogglNewInvitation
    from toggl_api.models import TogglOrganization as TogglOrganization
    from toggl_api.models import TogglOrganizationUser as TogglOrganizationUser
    from toggl_api.models import TogglReceivedInvitation as TogglReceivedInvitation
    from toggl_api.models import TogglWorkspace as TogglWorkspace
    from toggl_api.models import TogglWorkspaceUser as TogglWorkspaceUser
    from toggl_api.organization import OrganizationEndpoint as OrganizationEndpoint
    from toggl_api.organization_user import OrganizationUserEndpoint as OrganizationUserEndpoint
    from toggl_api.workspace import WorkspaceEndpoint as WorkspaceEndpoint
    from toggl_api.workspace_user import WorkspaceUserEndpoint as WorkspaceUserEndpoint
else:
    from rollcall.client.laziness import lazily

    __getattr__, __dir__ = lazily(
        __name__,
        {
            "httpx": ["HTTPStatusError"],
            "rollcall.client.endpoints.bulk": ["BulkResult"],
            "rollcall.client.endpoints.inviting": ["Invited"],
            "rollcall.client.endpoints.naming": ["NamingError"],
            "rollcall.client.endpoints.organization_users": ["NotInvitedError"],
            "rollcall.client.paging": ["ListChanged"],
            "toggl_api.bodies": ["InvitationWorkspace", "OrganizationUserBody", "WorkspaceBody", "WorkspaceUserBody"],
            "toggl_api.group": ["GroupEndpoint"],
            "toggl_api.invitation": ["InvitationEndpoint"],
            "toggl_api.meta.cache": ["JSONCache", "MissingParentError", "NoCacheAssignedError"],
            "toggl_api.models": [
                "TogglGroup",
                "TogglInvitation",
                "TogglNewInvitation",
                "TogglOrganization",
                "TogglOrganizationUser",
                "TogglReceivedInvitation",
                "TogglWorkspace",
                "TogglWorkspaceUser",
            ],
            "toggl_api.organization": ["OrganizationEndpoint"],
            "toggl_api.organization_user": ["OrganizationUserEndpoint"],
            "toggl_api.workspace": ["WorkspaceEndpoint"],
            "toggl_api.workspace_user": ["WorkspaceUserEndpoint"],
        },
    )
