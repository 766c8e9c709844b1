"""Jobs for an event loop: many calls that belong together, whose number is known before the first is made."""

from __future__ import annotations

from collections.abc import AsyncGenerator

from rollcall.client.forecast import Forecast
from rollcall.client.job import Outcome
from toggl.aio.api_client import ApiClient
from toggl.base_job import BaseJob
from toggl.rest import ApiException


class Job(BaseJob[ApiClient]):
    """Calls that are made together, a few at a time; one that fails does not keep the others from being made.

    Args:
        api_client: Where they are to be made.

    Raises:
        TypeError: `api_client` is something else.
    """

    async def forecast(self, *, ask: bool = False) -> Forecast:
        """Say how many requests the job makes, and whether they fit into the hour's quota.

        Args:
            ask: Whether to ask the server what is left (`GET /me/quota`); otherwise what its last replies said counts.

        Raises:
            ApiException: The server was asked and does not say.
        """
        return await self._job.forecast(self._api_client.connection(), ask=ask)

    def run(self) -> AsyncGenerator[Outcome[ApiException]]:
        """Make the calls, and say of each what became of it, in their order."""
        return self._job.run(self._api_client.connection())
