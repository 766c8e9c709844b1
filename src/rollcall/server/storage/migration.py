"""Bringing a database to the newest revision."""

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine

from rollcall.server.storage.address import sqlite_path
from rollcall.server.storage.errors import NewerDatabase
from rollcall.server.storage.sqlite_connection import open_sqlite, take_write_lock

# The first of several processes that start at once migrates, the others wait for it.
PATIENCE = 60.0

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
    with _alembic:
        path = sqlite_path(url)
        if path is not None:
            _migrate_sqlite(path)


def _migrate_sqlite(path: Path) -> None:
    opened = open_sqlite(path, patience=PATIENCE)
    engine = create_engine("sqlite://", creator=lambda: opened, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            take_write_lock(opened, path)
            _upgrade(connection)
            connection.commit()
    finally:
        opened.close()


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "rollcall.server.storage:migrations")
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    for revision in MigrationContext.configure(connection).get_current_heads():
        if revision not in known:
            raise NewerDatabase(revision)
    command.upgrade(config, "head")
