"""The index of people, made anew where a move leads to: SQLite's holds entries that nobody can read back."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from typing import Any

from rollcall.server.storage.errors import StorageError
from rollcall.server.storage.moving_tables import Table
from rollcall.server.storage.people_search import ADD, entries_of

NAME = "people_search"

_LAST = """
SELECT organization_id, organization_user_id FROM people_search
ORDER BY organization_id DESC, organization_user_id DESC LIMIT 1
"""
_STORED = """
SELECT organization_id, organization_user_id, tsvector_to_array(entries) FROM people_search
WHERE (organization_id, organization_user_id) >= ($1, $2) AND (organization_id, organization_user_id) <= ($3, $4)
ORDER BY organization_id, organization_user_id
"""


async def index_people(sqlite: sqlite3.Connection, postgresql: Any, people: Table, size: int) -> AsyncIterator[int]:
    """Index the people who are not indexed yet, in batches that are a transaction each.

    Args:
        sqlite: Where the people are.
        postgresql: Where the index is.
        people: Their table, `organization_users`.
        size: How many make a batch.

    Yields:
        After each batch, how many it had.

    Raises:
        StorageError: What is stored is not what was given.
    """
    last = await postgresql.fetchrow(_LAST)
    places = [people.columns.index(column) for column in ("organization_id", "id", "name_key", "email_key")]
    for batch in people.batches(sqlite, None if last is None else tuple(last), size):
        entries = []
        for row in batch:
            organization_id, number, name_key, email_key = (row[place] for place in places)
            entries.append((organization_id, number, entries_of(organization_id, name_key, email_key)))
        async with postgresql.transaction():
            await postgresql.executemany(
                ADD.postgresql,
                [
                    ADD.positional({"organization_id": of, "organization_user_id": who, "entries": text})
                    for of, who, text in entries
                ],
            )
            stored = await postgresql.fetch(_STORED, *people.key_of(batch[0]), *people.key_of(batch[-1]))
            if [tuple(row) for row in stored] != [(of, who, sorted(text.split())) for of, who, text in entries]:
                raise StorageError(f"PostgreSQL stores other rows in {NAME} than were given to it")
        yield len(batch)
