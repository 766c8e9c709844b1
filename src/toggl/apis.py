"""The classes of operations; `apis.pyi` has their types."""

from __future__ import annotations

from toggl.api import API_NAMES, BaseApi, classes_of
from toggl.api_client import ApiClient


class Api(BaseApi):
    """Operations of one server, whose methods block."""

    _client_class = ApiClient


__all__ = API_NAMES.copy()

globals().update(classes_of(Api, asynchronous=False))
