"""Several processes: started, renewed, replaced and stopped, and no request is cut."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
import sqlite3
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
import psutil
import pytest
import trustme

from rollcall.cli.serve.workers import Workers
from rollcall.server.domain.logins import MAXIMUM_FAILURES
from rollcall.server.http.sockets import listen
from tests.cli.conftest import Serve
from tests.cli.hammer import Hammer
from tests.cli.serving import AUTHORITIES, Serving
from tests.cli.test_https import strictly
from tests.cli.test_stopping import wait_until_refused

KEY = "0123456789abcdef0123456789abcdef"
ENOUGH = 300
"""Requests between two events, so that each meets a busy server."""
MOMENT = 0.01
MEMORY = 120 * 2**20
PATIENCE = 30
"""Seconds after which a worker that should have been started will not be."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> dict[str, str]:
    """The variables that tell a server which database to use."""
    if request.param == "sqlite":
        return {}
    return {"ROLLCALL_DATABASE_URL": request.getfixturevalue("postgresql_url"), "ROLLCALL_SECRET_KEY": KEY}


def until(true: Callable[[], bool]) -> None:
    """Wait for what must happen; a server that lets it wait for too long is killed, and the test fails by that."""
    while not true():
        time.sleep(MOMENT)


async def hammered(hammer: Hammer, meanwhile: Callable[[], Awaitable[None]]) -> None:
    """Have many clients ask while something happens, which ends with nobody listening."""
    async with asyncio.TaskGroup() as clients:
        for _ in range(4):
            clients.create_task(hammer.keep_alive())
            clients.create_task(hammer.connect_anew())
        await meanwhile()


async def more_answers(hammer: Hammer) -> None:
    enough = hammer.answered + ENOUGH
    await asyncio.to_thread(until, lambda: hammer.answered >= enough)


async def renewed(serving: Serving) -> None:
    """Renew the workers, and wait until all old ones have ended."""
    old = serving.workers
    serving.process.send_signal(signal.SIGHUP)
    await asyncio.to_thread(until, lambda: not serving.workers.keys() & old.keys() and len(serving.workers) == len(old))


async def live_through(serving: Serving, hammer: Hammer, how: signal.Signals) -> None:
    """Be asked without pause, be renewed, and be stopped."""

    async def live() -> None:
        await more_answers(hammer)
        if serving.workers:
            await renewed(serving)
            await more_answers(hammer)
        serving.process.send_signal(how)

    await hammered(hammer, live)
    assert serving.wait() == 0
    assert hammer.cut == []
    assert hammer.answered >= ENOUGH
    assert hammer.last > 0
    assert serving.errors == ""


def test_no_request_is_cut_while_workers_are_renewed_and_stopped(serve: Serve, database: dict[str, str]) -> None:
    serving = serve("--workers", "2", **database)
    asyncio.run(live_through(serving, Hammer(serving, "/me"), signal.SIGTERM))


def test_no_encrypted_request_is_cut_either(serve: Serve) -> None:
    serving = serve("--workers", "2", "--tls")
    hammer = Hammer(serving, "/me", trusting=strictly(serving.fact("certificate")))
    asyncio.run(live_through(serving, hammer, signal.SIGINT))


def test_no_request_of_a_single_process_is_cut(serve: Serve) -> None:
    serving = serve()
    asyncio.run(live_through(serving, Hammer(serving, "/me"), signal.SIGTERM))


def test_many_workers_say_once_what_one_says(serve: Serve, database: dict[str, str]) -> None:
    serving = serve("--workers", "3", **database)
    assert serving.http.get("/me", auth=serving.auth).json()["email"] == "admin@localhost"
    assert serving.stop() == 0
    for start in ("Rollcall serves", "  first account", "  API token"):
        assert sum(line.startswith(start) for line in serving.said) == 1


def test_nobody_else_shares_the_port_of_workers(serve: Serve) -> None:
    serving = serve("--workers", "2")
    other = serve("--workers", "2", "--port", str(httpx.URL(serving.url).port))
    assert other.wait() == 1
    assert "Address already in use" in other.errors


def test_a_worker_that_dies_is_replaced_and_the_others_go_on(serve: Serve) -> None:
    serving = serve("--workers", "2")
    assert serving.http.get("/me", auth=serving.auth).status_code == 200
    until(lambda: len(serving.workers) == 2)
    victim = next(iter(serving.workers.values()))
    victim.kill()
    until(lambda: victim.pid not in serving.workers and len(serving.workers) == 2)
    for _ in range(20):
        assert httpx.get(f"{serving.url}/me", auth=serving.auth, verify=AUTHORITIES, timeout=60).status_code == 200
    assert serving.stop() == 0
    assert f"worker process {victim.pid} has ended with status -9, another takes its place" in serving.errors


def test_workers_do_not_outlive_who_started_them(serve: Serve) -> None:
    serving = serve("--workers", "2")
    assert serving.http.get("/me", auth=serving.auth).status_code == 200
    workers = serving.workers
    serving.process.kill()
    psutil.wait_procs(workers.values())
    wait_until_refused(serving)


def test_a_renewed_certificate_is_served_and_one_that_cannot_be_is_not(serve: Serve, tmp_path: Path) -> None:
    def issue() -> Path:
        authority = trustme.CA()
        issued = authority.issue_cert("127.0.0.1")
        certificate.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
        issued.private_key_pem.write_to_path(key)
        authority.cert_pem.write_to_path(tmp_path / "authority.pem")
        return tmp_path / "authority.pem"

    def status(authority: Path) -> int:
        return httpx.get(f"{serving.url}/status", verify=strictly(authority), timeout=60).status_code

    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    first = strictly(issue())
    serving = serve("--workers", "2", "--tls-certificate", str(certificate), "--tls-key", str(key))
    assert httpx.get(f"{serving.url}/status", verify=first, timeout=60).status_code == 200
    until(lambda: len(serving.workers) == 2)
    second = issue()
    asyncio.run(renewed(serving))
    assert status(second) == 200
    certificate.write_text("no certificate")
    serving.process.send_signal(signal.SIGHUP)
    until(lambda: "the old ones go on" in serving.errors)
    assert status(second) == 200
    assert serving.stop() == 0


def test_guesses_at_a_password_add_up_over_all_workers(serve: Serve, database: dict[str, str]) -> None:
    serving = serve("--workers", "2", **database)
    statuses = [
        httpx.get(f"{serving.url}/me", auth=("admin@localhost", f"guess {number}"), verify=AUTHORITIES, timeout=60)
        for number in range(MAXIMUM_FAILURES + 3)
    ]
    assert Counter(reply.status_code for reply in statuses) == {403: MAXIMUM_FAILURES, 429: 3}


def test_each_letter_is_delivered_by_one_of_the_workers(serve: Serve, tmp_path: Path) -> None:
    serving = serve("--workers", "3", "--data-dir", str(tmp_path / "data"))
    workspace = serving.http.get("/me/workspaces", auth=serving.auth).json()[0]
    addresses = [f"person{number}@example.com" for number in range(30)]
    body = {"emails": addresses, "workspaces": [{"workspace_id": workspace["id"]}]}
    path = f"/organizations/{workspace['organization_id']}/invitations"
    assert serving.http.post(path, auth=serving.auth, json=body).status_code == 200
    until(lambda: len(list((tmp_path / "data" / "mail").glob("*.eml"))) == len(addresses))
    assert serving.stop() == 0
    with closing(sqlite3.connect(tmp_path / "data" / "rollcall.db")) as database:
        attempts = database.execute("SELECT attempts, COUNT(*) FROM outbox GROUP BY attempts").fetchall()
    assert attempts == [(1, len(addresses))]


def test_a_worker_takes_little_memory(serve: Serve, database: dict[str, str]) -> None:
    serving = serve("--workers", "2", **database)
    for number in range(50):
        body = {"name": f"Acme {number}", "workspace_name": "Main"}
        assert serving.http.post("/organizations", auth=serving.auth, json=body).status_code == 200
        assert serving.http.get("/me/organizations", auth=serving.auth).status_code == 200
    assert [worker.memory_info().rss < MEMORY for worker in serving.workers.values()] == [True, True]


def fail_to_start(_: socket.socket, __: Connection) -> None:
    raise SystemExit("there is something wrong with this machine")


def test_who_cannot_start_a_single_worker_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    with Workers(listen("127.0.0.1", 0, 2), fail_to_start) as workers:
        assert not workers.run()
    assert "there is something wrong with this machine" in capfd.readouterr().err


class Brief:
    """Work that is over once it is ready.

    Args:
        starts: The last of so many comes with the signal to stop.
    """

    def __init__(self, starts: int) -> None:
        self.starts = starts

    def __call__(self, _: socket.socket, supervisor: Connection) -> None:
        with suppress(BrokenPipeError):
            supervisor.send("ready")

    def __getstate__(self) -> dict[str, object]:
        """Wait for the workers before: each is given this when it starts.

        So the supervisor hears at once what they have said, and that they have ended.
        """
        for before in multiprocessing.active_children():
            before.join()
        self.starts -= 1
        if self.starts == 0:
            signal.raise_signal(signal.SIGTERM)
        return vars(self)


def test_a_worker_that_dies_once_it_is_ready_is_replaced(caplog: pytest.LogCaptureFixture) -> None:
    with Workers(listen("127.0.0.1", 0, 2), Brief(starts=3)) as workers:
        assert workers.run()
    assert "has ended with status 0, another takes its place" in caplog.text


def test_a_worker_may_be_ready_and_die_as_the_signal_to_stop_comes(caplog: pytest.LogCaptureFixture) -> None:
    with Workers(listen("127.0.0.1", 0, 2), Brief(starts=2)) as workers:
        assert workers.run()
    assert caplog.records == []


class Relay:
    """Work of three: the second takes over from the first and dies, and the first goes on until there is a third."""

    def __init__(self) -> None:
        self.starts = 0
        self.third = multiprocessing.get_context("spawn").Event()

    def __call__(self, _: socket.socket, supervisor: Connection) -> None:
        with suppress(BrokenPipeError):
            supervisor.send("ready")
        if self.starts == 1:
            with suppress(EOFError):
                supervisor.recv()
            if not self.third.wait(PATIENCE):
                os.kill(os.getppid(), signal.SIGTERM)

    def __getstate__(self) -> dict[str, object]:
        """Count the workers: each is given this when it starts."""
        self.starts += 1
        if self.starts == 1:
            signal.raise_signal(signal.SIGHUP)
        if self.starts == 3:
            self.third.set()
            signal.raise_signal(signal.SIGTERM)
        return vars(self)


def test_a_new_worker_that_dies_is_replaced_while_the_old_one_still_answers() -> None:
    relay = Relay()
    with Workers(listen("127.0.0.1", 0), relay) as workers:
        assert workers.run()
    assert relay.starts == 3
