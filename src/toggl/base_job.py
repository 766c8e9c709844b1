"""What both kinds of `Job` have in common: gathering the calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar

from rollcall.client.job import Job
from toggl.base_client import BaseApiClient

C = TypeVar("C", bound=BaseApiClient)


class BaseJob(Generic[C]):
    """Calls that belong together.

    Args:
        api_client: Where they are to be made.
    """

    def __init__(self, api_client: C) -> None:
        if not isinstance(api_client, BaseApiClient):
            raise TypeError(f"api_client must be an ApiClient, not a {type(api_client).__name__}")
        self._api_client = api_client
        self._job = Job()

    def add(self, method: Callable[..., object], /, *args: Any, **kwargs: Any) -> Self:
        """Add a call, which is not made yet.

        Args:
            method: Of an object of operations of the job's client, as `users.put_organization_users`.
            *args: What it is to be called with.
            **kwargs: The same, by name.

        Raises:
            TypeError: It is no such method, or takes other arguments.
            ValueError: It belongs to another client, a required argument is missing, or the body is not what it takes.
        """
        prepare = getattr(method, "prepare", None)
        if prepare is None:
            raise TypeError(
                f"A job takes methods that call an operation, as users.put_organization_users, not {method!r}"
            )
        api = getattr(method, "__self__", None)
        if getattr(api, "api_client", None) is not self._api_client:
            raise ValueError("The method belongs to another ApiClient than the job")
        self._job.calls.append(prepare(api, *args, **kwargs))
        return self

    def __len__(self) -> int:
        """How many calls there are."""
        return len(self._job.calls)
