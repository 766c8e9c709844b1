"""The classes of operations, made from the operation table; `apis.pyi` has their types."""

from __future__ import annotations

from rollcall.contract.operations import OPERATIONS
from toggl.api_client import ApiClient
from toggl.method import methods_of


class Api:
    """Operations of one server.

    Args:
        api_client: The client that sends the requests; None for a new one with the default configuration.

    Raises:
        TypeError: `api_client` is something else.
    """

    def __init__(self, api_client: ApiClient | None = None) -> None:
        if api_client is not None and not isinstance(api_client, ApiClient):
            raise TypeError(f"api_client must be a toggl.ApiClient, not a {type(api_client).__name__}")
        self.api_client = api_client if api_client is not None else ApiClient()


def _class(name: str) -> type[Api]:
    methods = {
        method: function
        for operation in OPERATIONS
        if name in operation.apis
        for method, function in methods_of(operation).items()
    }
    return type(name, (Api,), {"__doc__": Api.__doc__, "__module__": __name__, **methods})


__all__ = sorted({name for operation in OPERATIONS for name in operation.apis})

globals().update({name: _class(name) for name in __all__})
