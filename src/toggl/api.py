"""Classes of operations, made from the operation table for either mode."""

from __future__ import annotations

from typing import Any, ClassVar

from rollcall.contract.operations import OPERATIONS
from toggl.base_client import BaseApiClient
from toggl.method import methods_of

API_NAMES = sorted({name for operation in OPERATIONS for name in operation.apis})
"""What the classes are called."""


class BaseApi:
    """Operations of one server.

    Args:
        api_client: The client that sends the requests; None for a new one with the default configuration.

    Raises:
        TypeError: `api_client` is something else.
    """

    _client_class: ClassVar[type[BaseApiClient]]

    def __init__(self, api_client: Any = None) -> None:
        due = self._client_class
        if api_client is not None and not isinstance(api_client, due):
            raise TypeError(f"api_client must be a {_shown(due)}, not a {_shown(type(api_client))}")
        self.api_client = api_client if api_client is not None else due(None)


def classes_of(base: type[BaseApi], *, asynchronous: bool) -> dict[str, type[BaseApi]]:
    """The classes of operations, by their names.

    Args:
        base: What they are made of.
        asynchronous: Whether their methods are to be awaited.
    """
    return {name: _class(name, base, asynchronous=asynchronous) for name in API_NAMES}


def _class(name: str, base: type[BaseApi], *, asynchronous: bool) -> type[BaseApi]:
    members: dict[str, Any] = {"__doc__": BaseApi.__doc__, "__module__": base.__module__}
    for row in OPERATIONS:
        if name in row.apis:
            members |= methods_of(row, asynchronous=asynchronous)
    return type(name, (base,), members)


def _shown(kind: type) -> str:
    """What a class is called where it is to be imported from."""
    return f"{kind.__module__.rpartition('.')[0]}.{kind.__name__}" if issubclass(kind, BaseApiClient) else kind.__name__
