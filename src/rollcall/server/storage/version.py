"""Which revision a database is at, found out without loading what brings it to another."""

from __future__ import annotations

import asyncio
import pkgutil
import sqlite3
from typing import TYPE_CHECKING

import asyncpg

from rollcall.server.storage.address import sqlite_path
from rollcall.server.storage.migrations import versions
from rollcall.server.storage.postgresql import connecting
from rollcall.server.storage.sqlite_connection import open_sqlite

if TYPE_CHECKING:
    from pathlib import Path

_STORED = "SELECT version_num FROM alembic_version"


def is_newest(url: str, *, patience: float) -> bool:
    """Whether a database is at the newest revision already. Blocks, as a migration does.

    Args:
        url: `sqlite:///absolute/path.db` (made if it is not there) or `postgresql://…`.
        patience: How long to wait for another process's lock, in seconds.

    Raises:
        Unreachable: The database cannot be connected to or opened.
        Unavailable: Somebody else kept it locked.
    """
    path = sqlite_path(url)
    stored = asyncio.run(_stored_in_postgresql(url)) if path is None else _stored_in_sqlite(path, patience)
    return stored == newest_revision()


def newest_revision() -> str:
    """The newest revision that this version knows: the modules of revisions are named after them, in their order."""
    return max(module.name.partition("_")[0] for module in pkgutil.iter_modules(versions.__path__))


def _stored_in_sqlite(path: Path, patience: float) -> str | None:
    connection = open_sqlite(path, patience=patience)
    try:
        row = connection.execute(_STORED).fetchone()
    except sqlite3.OperationalError:
        # There is no such table yet; whatever else it may be, migrating will tell.
        return None
    finally:
        connection.close()
    return str(row[0]) if row else None


async def _stored_in_postgresql(url: str) -> str | None:
    with connecting(url):
        connection = await asyncpg.connect(url)
    try:
        stored: str | None = await connection.fetchval(_STORED)
    except asyncpg.UndefinedTableError:
        return None
    finally:
        await connection.close()
    return stored
