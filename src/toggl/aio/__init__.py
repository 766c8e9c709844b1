"""`toggl` for an event loop: the same classes, whose methods are awaited.

Example:
    >>> import asyncio
    >>> from toggl import aio
    >>> configuration = aio.Configuration(username="ann@example.com", password="secret")
    >>> async def names(organization_ids: list[int]) -> list[str]:
    ...     async with aio.ApiClient(configuration) as api_client:
    ...         organizations = aio.OrganizationsApi(api_client)
    ...         calls = [organizations.get_organization(number) for number in organization_ids]
    ...         return [organization.name for organization in await asyncio.gather(*calls)]
    >>> asyncio.run(names([1, 2]))  # doctest: +SKIP
    ['Ours', 'Theirs']

Models, exceptions and `Configuration` are those of `toggl`. There is no `async_req`: what is to go on beside is a task,
as `asyncio.create_task` makes it. The event loop is asyncio's, and an `ApiClient` belongs to one of them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rollcall.client.paging import ListChanged as ListChanged
    from toggl.aio.api_client import ApiClient as ApiClient
    from toggl.aio.apis import *  # noqa: F403 - the classes that the operation table names
    from toggl.aio.job import Job as Job
    from toggl.configuration import Configuration as Configuration
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
            "toggl.aio.api_client": ["ApiClient"],
            "toggl.aio.apis": None,
            "toggl.aio.job": ["Job"],
            "toggl.models": None,
        },
    )
