"""The storage floor: statements run in transactions, on SQLite or PostgreSQL."""

from rollcall.server.storage.address import sqlite_path
from rollcall.server.storage.errors import Collision, NewerDatabase, StorageError, Unavailable, Unreachable
from rollcall.server.storage.migration import migrate
from rollcall.server.storage.postgresql import connect_postgresql
from rollcall.server.storage.replica import Replica, open_replica
from rollcall.server.storage.sqlite import SQLiteStorage
from rollcall.server.storage.statement import Statement, Value
from rollcall.server.storage.transaction import Storage, Transaction, Work

__all__ = [
    "Collision",
    "NewerDatabase",
    "Replica",
    "Statement",
    "Storage",
    "StorageError",
    "Transaction",
    "Unavailable",
    "Unreachable",
    "Value",
    "Work",
    "connect",
    "migrate",
    "open_replica",
    "sqlite_path",
]


async def connect(url: str, *, connections: int = 10, patience: float = 5.0) -> Storage:
    """Connects to a migrated database.

    Args:
        url: `sqlite:///absolute/path.db` or `postgresql://…`.
        connections: How many connections to PostgreSQL this process may have.
        patience: How long anything may wait for a lock or a connection before it is Unavailable, in seconds.

    Raises:
        Unreachable: The database cannot be connected to, opened or written.
        Unavailable: Somebody else kept it locked.
    """
    path = sqlite_path(url)
    if path is None:
        return await connect_postgresql(url, connections=connections, patience=patience)
    return SQLiteStorage(path, patience=patience)
