"""Jobs: many calls that belong together, whose number is known before the first is made."""

from __future__ import annotations

from collections.abc import Iterator

from rollcall.client.forecast import Forecast
from rollcall.client.job import Outcome
from rollcall.coroutine import complete, iterate
from toggl.api_client import ApiClient
from toggl.base_job import BaseJob
from toggl.rest import ApiException


class Job(BaseJob[ApiClient]):
    """Calls that are made one after another; one that fails does not keep the others from being made.

    Example:
        >>> import toggl
        >>> with toggl.ApiClient() as api_client:  # doctest: +SKIP
        ...     organizations = toggl.OrganizationsApi(api_client)
        ...     job = toggl.Job(api_client)
        ...     for number in (1, 2, 3):
        ...         job.add(organizations.get_organization, number)
        ...     if job.forecast(ask=True).fits is not False:
        ...         names = [outcome.data.name for outcome in job.run() if outcome.succeeded]

    Args:
        api_client: Where they are to be made.

    Raises:
        TypeError: `api_client` is something else.
    """

    def forecast(self, *, ask: bool = False) -> Forecast:
        """Say how many requests the job makes, and whether they fit into the hour's quota.

        Args:
            ask: Whether to ask the server what is left (`GET /me/quota`: one request, which counts towards the quota
                of what concerns no organization); otherwise what its last replies said counts.

        Raises:
            ApiException: The server was asked and does not say.
        """
        return complete(self._job.forecast(self._api_client.connection(), ask=ask))

    def run(self) -> Iterator[Outcome[ApiException]]:
        """Make the calls, each when its outcome is asked for, and say of each what became of it, in their order.

        Where the credentials are wrong, the quota is used up or the server is out of reach, the calls after that are
        not made, and have the same error.
        """
        return iterate(self._job.run(self._api_client.connection()))
