"""What the synchronous endpoints are made of."""

from toggl_api.meta.endpoint import TogglCachedEndpoint

__all__ = ["TogglCachedEndpoint"]
