import asyncio
import logging
import sqlite3
import subprocess
import sys
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import NoneType

import asyncpg
import msgspec
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from rollcall.server.storage import (
    NewerDatabase,
    Statement,
    Storage,
    StorageError,
    Transaction,
    Unavailable,
    Unreachable,
    connect,
    migrate,
    migration,
)
from rollcall.server.storage.version import newest_revision

pytestmark = pytest.mark.anyio


class Name(msgspec.Struct):
    name: str


class Id(msgspec.Struct):
    id: int


class Settings(msgspec.Struct):
    only_admins_may_create_projects: bool
    projects_billable_by_default: bool
    default_currency: str
    default_hourly_rate: float | None
    rounding: int


TABLES = Statement(
    "",
    Name,
    # What FTS5 keeps its index in is no table of ours.
    sqlite="""
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'people_search_%' ORDER BY name
        """,
    postgresql="SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
)
# Not of the table that is one of FTS5's on SQLite.
COLUMNS = Statement(
    "",
    Name,
    sqlite="""
        SELECT tables.name || '.' || columns.name FROM sqlite_schema AS tables
        JOIN pragma_table_xinfo(tables.name) AS columns
        WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%' AND tables.name NOT LIKE 'people_search%'
        ORDER BY tables.name, columns.cid
        """,
    postgresql="""
        SELECT table_name || '.' || column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> 'people_search' ORDER BY table_name, ordinal_position
        """,
)
# The tables that belong to one organization each; on SQLite a unique index stands for their primary key.
TENANTS = {
    "audit_events",
    "group_users",
    "group_workspaces",
    "groups",
    "invitations",
    "invoices",
    "organization_users",
    "owner_transfers",
    "people_blocks",
    "people_search",
    "segmentations",
    "workspace_users",
    "workspaces",
}
# Those by which an organization is found, and those of accounts and of the server itself.
DIRECTORIES = {"invitation_codes", "user_organizations", "workspace_locations"}
GLOBAL = {
    "alembic_version",
    "login_failures",
    "mailed_codes",
    "meta",
    "organizations",
    "outbox",
    "sessions",
    "users",
}
TENANT_KEYED = Statement(
    "",
    Name,
    sqlite="""
        SELECT DISTINCT tables.name FROM sqlite_schema AS tables
        JOIN pragma_index_list(tables.name) AS indexes
        JOIN pragma_index_xinfo(indexes.name) AS first ON first.seqno = 0 AND first.name = 'organization_id'
        WHERE indexes."unique" AND tables.type = 'table'
        UNION SELECT tables.name FROM sqlite_schema AS tables
        JOIN pragma_table_info(tables.name) AS columns ON columns.pk = 1 AND columns.name = 'organization_id'
        WHERE tables.type = 'table' ORDER BY 1
        """,
    postgresql="""
        SELECT first.table_name FROM information_schema.table_constraints AS constraints
        JOIN information_schema.key_column_usage AS first USING (constraint_name)
        WHERE constraints.constraint_type = 'PRIMARY KEY'
        AND first.ordinal_position = 1 AND first.column_name = 'organization_id' ORDER BY first.table_name
        """,
)
SET_REVISION = Statement("UPDATE alembic_version SET version_num = :revision", NoneType)
PUT = Statement("INSERT INTO meta (name, value) VALUES ('kept', '')", NoneType)
META = Statement("SELECT name FROM meta", Name)
ADD_USER = Statement(
    """
    INSERT INTO users (email, email_key, fullname, name_key, token_hash, token_sealed, timezone, accounts_id,
        created_at, updated_at, authorized_at)
    VALUES (:email, :email, :email, :email, :token, :token, 'UTC', '', 0, 0, 0) RETURNING id
    """,
    Id,
)
DROP_USER = Statement("DELETE FROM users WHERE id = :id", NoneType)


async def names(url: str, statement: Statement[Name]) -> list[str]:
    storage = await connect(url)
    try:
        return [row.name for row in await storage.read(lambda transaction: transaction.all(statement))]
    finally:
        await storage.close()


async def change(url: str, statement: Statement[None], **parameters: str) -> None:
    storage = await connect(url)
    try:
        await storage.write(lambda transaction: transaction.execute(statement, **parameters))
    finally:
        await storage.close()


async def add_user(transaction: Transaction, email: str) -> int:
    user = await transaction.one(ADD_USER, email=email, token=email.encode())
    assert user is not None
    return user.id


async def test_an_empty_database_gets_its_tables_also_from_a_running_event_loop(
    empty_database_url: str,
) -> None:
    await asyncio.to_thread(migrate, empty_database_url)

    made = set(await names(empty_database_url, TABLES))
    assert made == TENANTS | DIRECTORIES | GLOBAL


async def test_a_database_at_the_newest_revision_is_left_alone(database_url: str) -> None:
    await change(database_url, PUT)

    await asyncio.to_thread(migrate, database_url)

    assert await names(database_url, META) == ["kept"]


def test_the_newest_revision_is_known_without_what_migrates() -> None:
    config = Config()
    config.set_main_option("script_location", "rollcall.server.storage:migrations")
    assert newest_revision() == ScriptDirectory.from_config(config).get_current_head()


def test_a_start_on_a_database_at_the_newest_revision_loads_nothing_that_migrates(database_url: str) -> None:
    program = f"import sys; from rollcall.server.storage import migrate; migrate({database_url!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert {"alembic", "sqlalchemy"}.isdisjoint(loaded)


async def test_a_revision_of_a_newer_version_is_named_and_left_alone(database_url: str) -> None:
    await change(database_url, SET_REVISION, revision="9999")

    with pytest.raises(NewerDatabase, match="9999") as newer:
        await asyncio.to_thread(migrate, database_url)

    assert newer.value.revision == "9999"
    assert "users" in await names(database_url, TABLES)


async def test_several_processes_may_start_at_once(empty_database_url: str, processes: ForkServerContext) -> None:
    starting = [processes.Process(target=migrate, args=(empty_database_url,)) for _ in range(4)]
    for process in starting:
        process.start()
    for process in starting:
        process.join()

    assert [process.exitcode for process in starting] == [0, 0, 0, 0]
    assert "users" in await names(empty_database_url, TABLES)


async def test_a_migration_that_another_process_never_finishes_is_unavailable(
    empty_sqlite_url: str, empty_postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration, "PATIENCE", 0.05)
    other = sqlite3.connect(empty_sqlite_url.removeprefix("sqlite://"), isolation_level=None)
    another = await asyncpg.connect(empty_postgresql_url)
    try:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("BEGIN IMMEDIATE")
        await another.execute("SELECT pg_advisory_lock($1)", migration.ADVISORY_LOCK)
        with pytest.raises(Unavailable, match="database is locked"):
            await asyncio.to_thread(migrate, empty_sqlite_url)
        with pytest.raises(Unavailable, match="Another process is migrating"):
            await asyncio.to_thread(migrate, empty_postgresql_url)
    finally:
        other.close()
        await another.close()


async def test_a_database_that_refuses_the_tables_is_unreachable(empty_database_url: str) -> None:
    in_the_way = "CREATE TABLE users (id BIGINT)"
    if empty_database_url.startswith("sqlite"):
        other = sqlite3.connect(empty_database_url.removeprefix("sqlite://"))
        other.execute(in_the_way)
        other.close()
    else:
        another = await asyncpg.connect(empty_database_url)
        await another.execute(in_the_way)
        await another.close()

    with pytest.raises(Unreachable, match="already exists"):
        await asyncio.to_thread(migrate, empty_database_url)

    assert await names(empty_database_url, TABLES) == ["users"]


def test_the_logging_of_the_program_stays_as_it_is(empty_sqlite_url: str, tmp_path: Path) -> None:
    before = logging.getLogger("already.there")
    root = logging.getLogger()
    settings = (root.level, list(root.handlers), before.disabled)

    migrate(empty_sqlite_url)

    assert (root.level, list(root.handlers), before.disabled) == settings
    assert logging.getLogger("alembic").level == logging.NOTSET
    assert [file.name for file in tmp_path.iterdir()] == ["rollcall.db"]


async def test_both_databases_have_the_same_columns(sqlite_url: str, postgresql_url: str) -> None:
    assert await names(sqlite_url, COLUMNS) == await names(postgresql_url, COLUMNS)


async def test_an_organization_leads_the_key_of_its_tables(database_url: str) -> None:
    # On SQLite `people_search` is a table of FTS5, in which the organization leads every entry.
    assert {*await names(database_url, TENANT_KEYED), "people_search"} == TENANTS


async def test_no_id_is_given_twice(storage: Storage) -> None:
    first = await storage.write(lambda transaction: add_user(transaction, "ann"))
    await storage.write(lambda transaction: transaction.execute(DROP_USER, id=first))

    assert await storage.write(lambda transaction: add_user(transaction, "ben")) > first


async def test_the_sessions_of_a_user_end_with_them(storage: Storage) -> None:
    log_in = Statement(
        "INSERT INTO sessions (token_hash, user_id, created_at, expires_at) VALUES (:token, :user_id, 0, 1)",
        NoneType,
    )
    sessions = Statement("SELECT user_id FROM sessions", Id)

    async def work(transaction: Transaction) -> tuple[int, int]:
        user_id = await add_user(transaction, "ann")
        await transaction.execute(log_in, token=b"token", user_id=user_id)
        before = len(await transaction.all(sessions))
        await transaction.execute(DROP_USER, id=user_id)
        return before, len(await transaction.all(sessions))

    assert await storage.write(work) == (1, 0)


async def test_nothing_else_goes_with_a_user_and_a_workspace_starts_with_the_documented_settings(
    storage: Storage,
) -> None:
    found = Statement(
        """
        INSERT INTO organizations (name, name_key, plan_id, owner_id, user_count, workspace_count,
            created_at, updated_at)
        VALUES ('Here', 'here', 0, :owner_id, 1, 1, 0, 0) RETURNING id
        """,
        Id,
    )
    open_workspace = Statement(
        """
        INSERT INTO workspaces (organization_id, name, name_key, created_at, updated_at)
        VALUES (:organization_id, 'Work', 'work', 0, 0)
        RETURNING only_admins_may_create_projects, projects_billable_by_default, default_currency,
            default_hourly_rate, rounding
        """,
        Settings,
    )

    async def work(transaction: Transaction) -> tuple[int, Settings | None]:
        owner_id = await add_user(transaction, "ann")
        organization = await transaction.one(found, owner_id=owner_id)
        assert organization is not None
        return owner_id, await transaction.one(open_workspace, organization_id=organization.id)

    owner_id, settings = await storage.write(work)

    assert settings == Settings(
        only_admins_may_create_projects=False,
        projects_billable_by_default=True,
        default_currency="USD",
        default_hourly_rate=None,
        rounding=1,
    )
    with pytest.raises(StorageError):
        await storage.write(lambda transaction: transaction.execute(DROP_USER, id=owner_id))
