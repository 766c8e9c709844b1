"""What lists say of people is the same wherever their database comes from."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import asyncpg
import pytest

from bench.population import populate
from rollcall.server.storage import migrate
from tests.server.people_lists import parsed

pytestmark = pytest.mark.anyio

PEOPLE = "SELECT id, description FROM organization_users ORDER BY id"
OF_SQLITE = {
    "columns": "SELECT name FROM pragma_table_info('organization_users')",
    "triggers": "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name",
    "ours": "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE '%described_on%'",
}
OF_POSTGRESQL = {
    "columns": """
        SELECT column_name FROM information_schema.columns
        WHERE table_name = 'organization_users' ORDER BY ordinal_position
        """,
    "triggers": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
    "ours": "SELECT proname FROM pg_proc WHERE proname LIKE '%described_on%'",
}
# What revision 0004 kept when it was young, and for which tables' rows triggers kept it.
COLUMNS = {
    "in_workspaces": "TEXT NOT NULL DEFAULT '{}'",
    "in_groups": "TEXT NOT NULL DEFAULT '[]'",
    "invitation_id": "INTEGER",
}
KEPT = {"workspace_users": "in_workspaces", "group_users": "in_groups", "invitations": "invitation_id"}


async def found(database_url: str, *statements: str) -> list[tuple[Any, ...]]:
    """What they find, one after the other."""
    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(database_url.removeprefix("sqlite://"), isolation_level=None)) as connection:
            return [row for sql in statements for row in connection.execute(sql)]
    connection = await asyncpg.connect(database_url)
    try:
        return [tuple(row) for sql in statements for row in await connection.fetch(sql)]
    finally:
        await connection.close()


def young(ours: list[str], *, sqlite: bool) -> Iterator[str]:
    """Makes of the newest revision what 0004 was."""
    for name in ours:
        yield f"DROP TRIGGER {name}" if sqlite else f"DROP FUNCTION {name} CASCADE"
    yield "ALTER TABLE organization_users DROP COLUMN description"
    for column, kind in COLUMNS.items():
        yield f"ALTER TABLE organization_users ADD COLUMN {column} {kind}"
    for table, column in KEPT.items():
        keep = f"UPDATE organization_users SET {column} = {column};"  # noqa: S608 - the names are ours
        if sqlite:
            for name, event in {"come": "INSERT", "go": "DELETE", "change": "UPDATE"}.items():
                yield f"CREATE TRIGGER {table}_tell_{name} AFTER {event} ON {table} BEGIN {keep} END"
            continue
        does = f"LANGUAGE plpgsql AS $$ BEGIN {keep} RETURN NULL; END $$"
        yield f"CREATE FUNCTION {table}_tell() RETURNS trigger {does}"
        for name, event in {"come_or_go": "INSERT OR DELETE", "change": "UPDATE"}.items():
            trigger = f"TRIGGER {table}_tell_{name} AFTER {event} ON {table}"
            yield f"CREATE {trigger} FOR EACH ROW EXECUTE FUNCTION {table}_tell()"
    yield "UPDATE alembic_version SET version_num = '0004'"


async def test_a_database_that_had_other_copies_becomes_like_a_new_one(database_url: str) -> None:
    await asyncio.to_thread(populate, database_url, [40])
    sqlite = database_url.startswith("sqlite")
    of_database = OF_SQLITE if sqlite else OF_POSTGRESQL

    async def state() -> list[object]:
        people = {number: parsed(description) for number, description in await found(database_url, PEOPLE)}
        return [people, *[await found(database_url, of_database[name]) for name in ("columns", "triggers")]]

    new = await state()
    ours = [name for (name,) in await found(database_url, of_database["ours"])]
    await found(database_url, *young(ours, sqlite=sqlite))

    await asyncio.to_thread(migrate, database_url)

    assert await state() == new
