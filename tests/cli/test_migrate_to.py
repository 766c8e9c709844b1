"""From the embedded database to PostgreSQL: nothing is lost, doubled or changed, whatever interrupts it."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from rollcall.cli import main
from rollcall.contract.operation import BASE_PATH
from rollcall.contract.operations import OPERATIONS
from rollcall.contract.operations.account import GET_ME
from rollcall.server.storage import StorageError
from tests.cli.conftest import Serve
from tests.cli.dying_move import ROWS_AT_ONCE, die_moving
from tests.conftest import administer
from tests.server.examples import EXAMPLES, PLAIN
from tests.server.stage import Ids, Stage, set_stage
from tests.server.world import KEY, KEYRING, World, open_world

pytestmark = pytest.mark.anyio

Run = Callable[..., tuple[int, str, str]]

THIS_MOMENT = re.compile(rb'"at":"[^"]+"')
ADD_GROUP = """
INSERT INTO groups (organization_id, name, name_key, created_at, updated_at)
SELECT id, 'Group', 'group', 0, 0 FROM organizations LIMIT 1 RETURNING id
"""


@pytest.fixture
def source(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite://"))


@pytest.fixture
def migrate_to(source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `rollcall migrate-to` on the source; the exit status, what was printed, and the errors."""
    monkeypatch.setenv("ROLLCALL_SECRET_KEY", KEY)
    monkeypatch.setenv("ROLLCALL_DATA_DIR", str(source.parent))

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["migrate-to", *words])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


def rows_of(source: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(source)) as connection:
        found = connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
        tables = [name for (name,) in found if name not in ("meta", "alembic_version") and name[:7] != "sqlite_"]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608 - as above


async def moved_rows(url: str, like: dict[str, list[Any]]) -> dict[str, list[Any]]:
    postgresql = await asyncpg.connect(url)
    try:
        return {name: [tuple(row) for row in await postgresql.fetch(f"TABLE {name}")] for name in like}
    finally:
        await postgresql.close()


def assert_moved(source: Path, url: str) -> None:
    before = rows_of(source)
    after = asyncio.run(moved_rows(url, before))
    assert {name: sorted(rows) for name, rows in after.items()} == {name: sorted(rows) for name, rows in before.items()}
    assert all(before[name] for name in ("users", "sessions", "organization_users"))


async def add_people(source: Path, count: int = 10 * ROWS_AT_ONCE) -> None:
    """A server's database, with many people and their sessions in it."""
    world = await open_world(f"sqlite://{source}")
    ann = await world.person("ann")
    for number in range(count):
        await world.http.post("/me/sessions", auth=ann.auth)
        if number % 4 == 0:
            await world.member(f"person{number}", of=ann)
    await world.execute("DELETE FROM login_failures")
    await close(world)


async def add_person(source: Path, name: str) -> None:
    world = await open_world(f"sqlite://{source}")
    await world.person(name)
    await close(world)


async def close(world: World) -> None:
    await world.http.aclose()
    await world.server.close()


async def every_answer(world: World, stage: Stage) -> list[tuple[str, str, int, bytes]]:
    """What everybody hears when they read everything that there is to read."""
    answers = []
    for operation in OPERATIONS:
        if operation.method != "GET":
            continue
        example = EXAMPLES.get(operation.id, PLAIN)
        for actor in stage.people:
            path = path_of(operation.path, stage.ours)
            reply = await world.http.get(path, params=example.query, auth=stage.auth_of(actor))
            content = THIS_MOMENT.sub(b"", reply.content) if operation is GET_ME else reply.content
            answers.append((operation.id, actor.name, reply.status_code, content))
    return answers


def path_of(template: str, ids: Ids) -> str:
    return template.removeprefix(BASE_PATH).format_map(ids)


def test_a_server_answers_from_the_new_database_as_from_the_old(
    migrate_to: Run, source: Path, empty_postgresql_url: str
) -> None:
    async def before() -> tuple[Stage, list[tuple[str, str, int, bytes]]]:
        stage = await set_stage(f"sqlite://{source}")
        answers = await every_answer(stage.world, stage)
        await stage.close()
        return stage, answers

    async def after(stage: Stage) -> tuple[list[tuple[str, str, int, bytes]], int]:
        world = await open_world(empty_postgresql_url)
        answers = await every_answer(world, stage)
        newcomer = await world.person("newcomer")
        await close(world)
        return answers, newcomer.id

    stage, answers = asyncio.run(before())
    status, said, errors = migrate_to(empty_postgresql_url)
    assert (status, "Moved and verified" in said, "rows: users" in errors) == (0, True, True)
    answers_now, new_id = asyncio.run(after(stage))
    assert answers_now == answers
    assert sum(status == 200 for _, _, status, _ in answers) > 100
    assert new_id == max(person.id for person in stage.people.values()) + 3  # colleague and guest came last


def test_ids_of_what_was_deleted_are_not_given_again(migrate_to: Run, source: Path, empty_postgresql_url: str) -> None:
    asyncio.run(add_people(source, 1))
    with closing(sqlite3.connect(source)) as connection, connection:
        for _ in range(3):
            connection.execute(ADD_GROUP).fetchall()
            connection.execute("DELETE FROM groups")
    assert migrate_to(empty_postgresql_url)[0] == 0
    added: list[Any] = []

    async def add() -> None:
        postgresql = await asyncpg.connect(empty_postgresql_url)
        added.append(await postgresql.fetchval(ADD_GROUP))
        await postgresql.close()

    asyncio.run(add())
    assert added == [4]


@pytest.mark.parametrize("rolled_back", [False, True], ids=["between two batches", "within a batch"])
def test_a_move_that_is_killed_goes_on(
    processes: ForkServerContext, migrate_to: Run, source: Path, postgresql_url: str, rolled_back: bool
) -> None:
    asyncio.run(add_people(source))
    for batch in (1, 3, 8):
        mover = processes.Process(
            target=die_moving, args=(source, postgresql_url, KEYRING.fingerprint, batch, rolled_back)
        )
        mover.start()
        mover.join()
        assert mover.exitcode == -9
        for url in (postgresql_url, f"sqlite://{source}"):
            with pytest.raises(StorageError, match="migrate-to"):
                asyncio.run(open_world(url))
    assert migrate_to(postgresql_url)[0] == 0
    assert_moved(source, postgresql_url)
    assert migrate_to(postgresql_url)[0] == 0  # there is nothing left to do
    assert_moved(source, postgresql_url)


def test_who_has_the_database_open_is_not_moved_away_from(
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    empty_postgresql_url: str,
) -> None:
    serving = serve("--data-dir", str(tmp_path))
    assert serving.http.get("/me", auth=serving.auth).status_code == 200  # and is idle from now on
    monkeypatch.setenv("HOME", str(tmp_path))
    assert main(["migrate-to", empty_postgresql_url, "--data-dir", str(tmp_path)]) == 1
    assert "has it open" in capsys.readouterr().err.replace(f"{tmp_path / 'rollcall.db'}", "it")
    assert (
        serving.http.post("/organizations", auth=serving.auth, json={"name": "A", "workspace_name": "B"}).status_code
        == 200
    )
    assert serving.stop() == 0
    assert main(["migrate-to", empty_postgresql_url, "--data-dir", str(tmp_path)]) == 0
    again = serve("--data-dir", str(tmp_path))
    assert again.wait() == 1
    assert "has been moved to PostgreSQL" in again.errors


def test_only_an_empty_database_is_moved_to(migrate_to: Run, source: Path, empty_postgresql_url: str) -> None:
    async def start_a_server() -> None:
        await close(await open_world(empty_postgresql_url))

    asyncio.run(add_people(source, 1))
    administer(empty_postgresql_url, "CREATE TABLE theirs (id INTEGER)")
    assert "Only one of the two databases has theirs" in migrate_to(empty_postgresql_url)[2]
    administer(empty_postgresql_url, "DROP TABLE theirs")
    asyncio.run(start_a_server())
    assert "is not empty (a server was started on it)" in migrate_to(empty_postgresql_url)[2]
    # Nothing has happened yet, so nothing needs to be given up.
    assert migrate_to("--give-up")[0] == 1
    asyncio.run(add_person(source, "bob"))


def test_another_secret_key_is_noticed(
    migrate_to: Run, source: Path, empty_postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(add_people(source, 1))
    monkeypatch.setenv("ROLLCALL_SECRET_KEY", "another key, with more than 32 bytes")
    assert "another secret key" in migrate_to(empty_postgresql_url)[2]


def test_what_is_given_up_is_served_again_and_not_gone_on_with(
    processes: ForkServerContext, migrate_to: Run, source: Path, postgresql_url: str
) -> None:
    asyncio.run(add_people(source, 1))
    mover = processes.Process(target=die_moving, args=(source, postgresql_url, KEYRING.fingerprint, 1, False))
    mover.start()
    mover.join()
    assert migrate_to("--give-up")[0] == 0
    asyncio.run(add_person(source, "bob"))
    assert "a part of another move" in migrate_to(postgresql_url)[2]


def test_what_postgresql_stores_otherwise_is_noticed(migrate_to: Run, source: Path, postgresql_url: str) -> None:
    asyncio.run(add_people(source, 1))
    with closing(sqlite3.connect(source)) as connection, connection:
        connection.execute("UPDATE workspaces SET default_hourly_rate = 0.1")
    administer(postgresql_url, "ALTER TABLE workspaces ALTER COLUMN default_hourly_rate TYPE REAL")
    status, _, errors = migrate_to(postgresql_url)
    assert (status, "stores other rows in workspaces" in errors) == (1, True)
    with pytest.raises(StorageError, match="not whole"):
        asyncio.run(open_world(postgresql_url))


def test_there_is_no_way_back(migrate_to: Run, sqlite_url: str) -> None:
    assert "and not back" in migrate_to(sqlite_url)[2]
    assert "where to?" in migrate_to()[2]
