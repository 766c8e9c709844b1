"""The awaited classes of operations; `apis.pyi` has their types."""

from __future__ import annotations

from toggl.aio.api_client import ApiClient
from toggl.api import API_NAMES, BaseApi, classes_of


class Api(BaseApi):
    """Operations of one server, whose methods are awaited."""

    _client_class = ApiClient


__all__ = API_NAMES.copy()

globals().update(classes_of(Api, asynchronous=True))
