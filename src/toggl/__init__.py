"""A client of the Toggl Track API v9 in the form of a generated one, for Toggl's service or a Rollcall server.

Example:
    >>> import toggl
    >>> configuration = toggl.Configuration(username="ann@example.com", password="secret")
    >>> with toggl.ApiClient(configuration) as api_client:  # doctest: +SKIP
    ...     organizations = toggl.OrganizationsApi(api_client)
    ...     made = organizations.post_organization(toggl.ModelsPostPayload(name="Ours", workspace_name="First"))
    ...     organizations.get_organization(made.id).pricing_plan_name
    'Enterprise'

Each class `...Api` has one method for each of its operations, each method a twin `..._with_http_info` that also answers
the status and headers, and both take `async_req=True` to run in a thread. Where a list is paged there is a method
`iterate_...` that reads it to its end. A `Job` gathers calls and says how many requests they are. `toggl.aio` has the
same classes for an event loop.

What the client does is told to the logger `toggl`, and nothing that opens an account is. httpx's loggers tell no such
thing at level INFO; at DEBUG `httpcore` writes the headers of replies, and `post_me_sessions` has a cookie there.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rollcall.client.paging import ListChanged as ListChanged
    from toggl.api_client import ApiClient as ApiClient
    from toggl.apis import *  # noqa: F403 - the classes that the operation table names
    from toggl.configuration import Configuration as Configuration
    from toggl.job import Job as Job
    from toggl.models import *  # noqa: F403 - the objects of the contract
    from toggl.rest import ApiException as ApiException
else:
    from rollcall.client.laziness import lazily

    __getattr__, __dir__ = lazily(
        __name__,
        {
            "toggl.configuration": ["Configuration"],
            "toggl.rest": ["ApiException"],
            "rollcall.client.paging": ["ListChanged"],
            "toggl.api_client": ["ApiClient"],
            "toggl.apis": None,
            "toggl.job": ["Job"],
            "toggl.models": None,
        },
    )
