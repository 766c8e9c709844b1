"""A command beside a running server: the fixtures of the server's own tests."""

from tests.server.conftest import new_world, world

__all__ = ["new_world", "world"]
