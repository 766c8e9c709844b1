"""What a database says of itself."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import Row
from rollcall.server.storage.statement import Statement

MOVED = "moved"
"""The mark of a database that is served no more, because it has been, or is being, moved."""

COPYING = "copying"
"""The mark of a database that is not whole yet."""


class ValueRow(Row):
    """One fact."""

    value: str


GET = Statement("SELECT m.value FROM meta m WHERE m.name = :name", ValueRow)

SET = Statement("INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING", NoneType)

RENEW = Statement(
    "INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    NoneType,
)
