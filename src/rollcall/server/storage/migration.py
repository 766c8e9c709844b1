"""Bringing a database to the newest revision.

Alembic and SQLAlchemy are imported where they are used: a process that only serves has no use for their 30 MB.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import asyncpg

from rollcall.server.storage.address import sqlite_path
from rollcall.server.storage.errors import NewerDatabase, Unavailable, Unreachable
from rollcall.server.storage.postgresql import connecting, milliseconds
from rollcall.server.storage.sqlite_connection import open_sqlite, take_write_lock
from rollcall.server.storage.version import is_newest

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

# The first of several processes that start at once migrates, the others wait for it.
PATIENCE = 60.0

# Any number, as long as every version of Rollcall takes the same one.
ADVISORY_LOCK = 7_655_425_592

# Alembic keeps the connection of a migration in module globals.
_alembic = threading.Lock()


def migrate(url: str) -> None:
    """Brings a database to the newest revision; does nothing to one that is there already.

    Several processes may call it at once. It blocks: a running event loop calls it by `asyncio.to_thread`.

    Args:
        url: `sqlite:///absolute/path.db` (made if it is not there) or `postgresql://…`.

    Raises:
        Unreachable: The database cannot be connected to, opened or written.
        NewerDatabase: Its revision is not one of this version.
        Unavailable: Somebody else kept it locked.
    """
    if is_newest(url, patience=PATIENCE):
        return
    from sqlalchemy.exc import DBAPIError

    with _alembic:
        path = sqlite_path(url)
        try:
            if path is None:
                asyncio.run(_migrate_postgresql(url))
            else:
                _migrate_sqlite(path)
        except DBAPIError as error:
            raise Unreachable(f"Cannot migrate the database: {error.orig}") from error


def _migrate_sqlite(path: Path) -> None:
    from sqlalchemy import NullPool, create_engine

    opened = open_sqlite(path, patience=PATIENCE)
    engine = create_engine("sqlite://", creator=lambda: opened, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            take_write_lock(opened, path)
            _upgrade(connection)
            connection.commit()
    finally:
        opened.close()


async def _migrate_postgresql(url: str) -> None:
    from sqlalchemy import NullPool
    from sqlalchemy.ext.asyncio import create_async_engine

    with connecting(url):
        opened = await asyncpg.connect(url, server_settings={"lock_timeout": milliseconds(PATIENCE)})

    async def connection_in_hand() -> asyncpg.Connection:
        return opened

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connection_in_hand, poolclass=NullPool)
    try:
        try:
            # Until the connection closes.
            await opened.execute("SELECT pg_advisory_lock($1)", ADVISORY_LOCK)
        except asyncpg.LockNotAvailableError as error:
            raise Unavailable("Another process is migrating the database, and does not finish") from error
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    finally:
        await opened.close()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "rollcall.server.storage:migrations")
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    for revision in MigrationContext.configure(connection).get_current_heads():
        if revision not in known:
            raise NewerDatabase(revision)
    command.upgrade(config, "head")
