"""What is said of a database that cannot be used, when the server starts."""

import asyncio
import os
import re
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rollcall.server.storage import StorageError, Unavailable, Unreachable, connect, migrate, open_replica
from rollcall.server.storage.sqlite import SQLiteStorage

pytestmark = pytest.mark.anyio

NOBODY = 65534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Root may write anywhere; for a while this process is somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def unused_port() -> Iterator[int]:
    with socket.socket() as bound:  # nobody else gets the port, and nobody listens on it
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://localhost/rollcall", "'mysql' is not known: use sqlite:///"),
        ("rollcall.db", "'' is not known: use sqlite:///"),
        ("sqlite://relative.db", "sqlite://relative.db does not hold an absolute path"),
    ],
)
async def test_a_url_of_no_database_is_answered_with_one_that_is(url: str, said: str) -> None:
    with pytest.raises(Unreachable, match=re.escape(said)):
        await connect(url)
    with pytest.raises(Unreachable, match=re.escape(said)):
        migrate(url)


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "rollcall.db"

    with pytest.raises(Unreachable, match=f"{path}: No such file or directory"):
        await connect(f"sqlite://{path}")
    with pytest.raises(Unreachable, match=f"{path}: No such file or directory"):
        migrate(f"sqlite://{path}")


async def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match=f"{tmp_path}: unable to open database file"):
        await connect(f"sqlite://{tmp_path}")


async def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader, " * 100)

    with pytest.raises(Unreachable, match="file is not a database"):
        migrate(f"sqlite://{path}")
    assert path.read_text().startswith("Dear reader")


def test_a_file_that_may_not_be_written_is_named(migrated_sqlite: Path) -> None:
    # pytest's own folders are closed to everybody else, so that this would fail for another reason.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(migrated_sqlite, folder))
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        with (
            unprivileged(),
            pytest.raises(Unreachable, match=f"{path}: attempt to write a readonly database"),
        ):
            asyncio.run(connect(f"sqlite://{path}"))
        Path(folder).chmod(0o700)


async def test_a_file_that_another_process_keeps_locked_is_unavailable(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite://"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Unavailable, match="database is locked"):
            SQLiteStorage(path, patience=0.0)
    finally:
        other.close()


def test_only_its_owner_can_read_a_new_file(empty_sqlite_url: str) -> None:
    path = Path(empty_sqlite_url.removeprefix("sqlite://"))

    migrate(empty_sqlite_url)

    assert path.stat().st_mode & 0o777 == 0o600


async def test_only_its_owner_can_read_the_log_beside_the_file(empty_sqlite_url: str) -> None:
    migrate(empty_sqlite_url)
    storage = await connect(empty_sqlite_url)
    path = Path(empty_sqlite_url.removeprefix("sqlite://"))
    try:
        beside = {f"{file.name}: {file.stat().st_mode & 0o777:o}" for file in path.parent.iterdir()}
    finally:
        await storage.close()

    assert beside == {"rollcall.db: 600", "rollcall.db-wal: 600", "rollcall.db-shm: 600"}


async def test_a_server_that_does_not_answer_is_named_without_the_password() -> None:
    with unused_port() as port:
        url = f"postgresql://somebody:hush@127.0.0.1:{port}/rollcall"
        with pytest.raises(Unreachable, match=r"PostgreSQL at 127\.0\.0\.1") as unreachable:
            await connect(url)

    assert "hush" not in str(unreachable.value)


def test_migrating_a_server_that_does_not_answer_is_unreachable_too() -> None:
    with unused_port() as port, pytest.raises(Unreachable, match=r"PostgreSQL at 127\.0\.0\.1"):
        migrate(f"postgresql://somebody:hush@127.0.0.1:{port}/rollcall")


async def test_a_password_with_unquoted_characters_is_not_shown() -> None:
    with pytest.raises(Unreachable) as unreachable:
        await connect("postgresql://somebody:hu/sh@127.0.0.1/rollcall")

    assert "hu" not in str(unreachable.value)


async def test_a_replica_need_not_be_there_but_its_url_must_be_one() -> None:
    with unused_port() as port:
        replica = await open_replica(f"postgresql://somebody@127.0.0.1:{port}/rollcall", connections=1)
    await replica.close()
    with pytest.raises(Unreachable) as unreachable:
        await open_replica("postgresql://somebody:hu/sh@127.0.0.1/rollcall", connections=1)

    assert "hu" not in str(unreachable.value)


async def test_a_database_that_is_not_there_is_named(postgresql_url: str) -> None:
    url = postgresql_url.replace("/rollcall_", "/missing_")

    with pytest.raises(Unreachable, match=r'database "missing_.*" does not exist'):
        await connect(url)


def test_every_error_is_a_storage_error() -> None:
    assert issubclass(Unreachable, StorageError)
    assert issubclass(Unavailable, StorageError)
