"""The pytest plugin: fixtures with a server and accounts on it. It is there as soon as Rollcall is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    from rollcall.testing import Account, RollcallServer, Rules


class SetRules(Protocol):
    """Sets rules of the server: `rollcall_rules(default_plan="free")`."""

    def __call__(self, **rules: Unpack[Rules]) -> None:
        """Serve by these rules; what is not named is as usual."""


@pytest.fixture(scope="session")
def rollcall_server() -> Iterator[RollcallServer]:
    """A Rollcall server: one for all tests, or for all of a worker under pytest-xdist."""
    from rollcall.testing import RollcallServer

    with RollcallServer() as server:
        yield server


@pytest.fixture
def rollcall_account(rollcall_server: RollcallServer) -> Account:
    """A new account on the server, with an organization of its own: what other tests do does not touch it."""
    return rollcall_server.add_account()


@pytest.fixture
def rollcall_rules(rollcall_server: RollcallServer) -> Iterator[SetRules]:
    """Sets rules of the server until the test is over."""
    yield rollcall_server.set_rules
    rollcall_server.set_rules()
