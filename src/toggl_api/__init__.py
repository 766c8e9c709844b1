"""Organizations of Toggl Track, or of a Rollcall server: endpoints that answer with objects and keep them in a cache.

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

from httpx import HTTPStatusError

from rollcall.client.naming import NamingError
from toggl_api.meta.cache import JSONCache, MissingParentError, NoCacheAssignedError
from toggl_api.models import TogglOrganization, TogglWorkspace
from toggl_api.organization import OrganizationEndpoint

__all__ = [
    "HTTPStatusError",
    "JSONCache",
    "MissingParentError",
    "NamingError",
    "NoCacheAssignedError",
    "OrganizationEndpoint",
    "TogglOrganization",
    "TogglWorkspace",
]
