"""A session: what every flow of an endpoint needs."""

from __future__ import annotations

import msgspec

from rollcall.client.cache.shelves import Shelves
from rollcall.client.connection import Connection


class Session(msgspec.Struct, frozen=True):
    """One account at one server, what is kept of it, and how strict to be.

    Attributes:
        connection: The way there.
        shelves: Where its objects are kept.
        re_raise: Let no refusal pass as an answer.
    """

    connection: Connection
    shelves: Shelves
    re_raise: bool
