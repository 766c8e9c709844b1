"""The server that the seeds' examples are run against."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from rollcall.server.domain import RULES
from rollcall.testing import Account, RollcallServer


class SeedServer(NamedTuple):
    """A server with one account, and what it can do.

    Attributes:
        base_url: Where it is.
        email: The account's address.
        password: The account's password.
        built: The ids of the operations that it does; it answers 501 to the others.
    """

    base_url: str
    email: str
    password: str
    built: frozenset[str]


@pytest.fixture
def seed_server(rollcall_server: RollcallServer, rollcall_account: Account) -> SeedServer:
    return SeedServer(rollcall_server.url, rollcall_account.email, rollcall_account.password, frozenset(RULES))
