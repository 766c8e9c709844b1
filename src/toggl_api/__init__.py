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

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from httpx import HTTPStatusError as HTTPStatusError

    from rollcall.client.naming import NamingError as NamingError
    from toggl_api.meta.cache import JSONCache as JSONCache
    from toggl_api.meta.cache import MissingParentError as MissingParentError
    from toggl_api.meta.cache import NoCacheAssignedError as NoCacheAssignedError
    from toggl_api.models import TogglOrganization as TogglOrganization
    from toggl_api.models import TogglWorkspace as TogglWorkspace
    from toggl_api.organization import OrganizationEndpoint as OrganizationEndpoint
else:
    from rollcall.client.laziness import lazily

    __getattr__, __dir__ = lazily(
        __name__,
        {
            "httpx": ["HTTPStatusError"],
            "rollcall.client.naming": ["NamingError"],
            "toggl_api.meta.cache": ["JSONCache", "MissingParentError", "NoCacheAssignedError"],
            "toggl_api.models": ["TogglOrganization", "TogglWorkspace"],
            "toggl_api.organization": ["OrganizationEndpoint"],
        },
    )
