"""The first start: somebody gets an account and is told, once, how to use it; and it is there ever after."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Serve
from tests.cli.serving import AUTHORITIES, COMMAND, clean_environment

ANN = ("ann@example.com", "correct horse")


def test_the_account_is_the_one_that_is_given_and_stays(serve: Serve, tmp_path: Path) -> None:
    first = serve("--email", ANN[0], "--password", ANN[1])
    assert first.url.startswith("http://127.0.0.1:")
    assert first.fact("first account") == ANN[0]
    me = first.http.get("/me", auth=first.auth).json()
    assert first.http.get("/me", auth=ANN).json()["id"] == me["id"]
    organizations = first.http.get("/me/organizations", auth=ANN).json()
    assert len(organizations) == 1
    renamed = first.http.put(f"/organizations/{organizations[0]['id']}", json={"name": "Acme"}, auth=ANN)
    assert renamed.status_code == 200
    by_curl = subprocess.run(first.curl, shell=True, capture_output=True, text=True, check=True)  # noqa: S602 - as pasted
    assert f'"email":"{ANN[0]}"' in by_curl.stdout
    token = first.auth[0]
    assert first.stop() == 0
    assert ANN[1] not in "\n".join(first.said)
    assert first.errors == ""

    second = serve("--email", "somebody@else.example", "--password", "another password")
    assert second.http.get("/me", auth=(token, "api_token")).json()["email"] == ANN[0]
    assert second.http.get("/me/organizations", auth=ANN).json()[0]["name"] == "Acme"
    assert second.http.get("/me", auth=("somebody@else.example", "another password")).status_code == 403
    second.stop()
    everything = "\n".join(second.said)
    assert token not in everything
    assert "curl" not in everything

    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.rglob("*") if "rollcall" in str(path)}
    assert modes["rollcall.db"] == modes["secret-key"] == "0o600"
    assert modes["rollcall"] == "0o700"
    assert not (tmp_path / ".local/share/rollcall/secret-key").exists()


def test_the_account_comes_from_the_environment(serve: Serve, tmp_path: Path) -> None:
    serving = serve(ROLLCALL_EMAIL=ANN[0], ROLLCALL_PASSWORD=ANN[1], ROLLCALL_DATA_DIR=str(tmp_path / "my data"))
    assert serving.http.get("/me", auth=ANN).status_code == 200
    assert serving.fact("kept in") == str(tmp_path / "my data" / "rollcall.db")
    assert ANN[1] not in "\n".join(serving.said)


def test_without_a_terminal_an_account_is_generated(serve: Serve) -> None:
    serving = serve()
    generated = (serving.fact("first account"), serving.fact("password"))
    assert generated[0] == "admin@localhost"
    assert len(generated[1]) >= 16
    assert serving.http.get("/me", auth=generated).json()["email"] == generated[0]


class Terminal:
    """A terminal that `rollcall serve` runs on."""

    def __init__(self, home: Path) -> None:
        self.seen = ""
        self._terminal, inside = pty.openpty()
        self.process = subprocess.Popen(
            [COMMAND, "serve", "--port", "0"],
            env=clean_environment(home),
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,  # so that it does not ask on the terminal that the tests run on
        )
        os.close(inside)

    def wait_for(self, text: str) -> None:
        while text not in self.seen:
            self.seen += os.read(self._terminal, 4096).decode()

    def type(self, text: str) -> None:
        os.write(self._terminal, text.encode())

    def close(self) -> int:
        """Wait for the end of the process; its exit status."""
        with suppress(OSError):  # raised when nobody is left on the other side
            while more := os.read(self._terminal, 4096):
                self.seen += more.decode()
        os.close(self._terminal)
        return self.process.wait()


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.process.kill()
    terminal.process.wait()


def test_on_a_terminal_it_is_asked_for(terminal: Terminal) -> None:
    terminal.wait_for("e-mail: ")
    terminal.type("ann@example.com\n")
    terminal.wait_for("password: ")
    terminal.type("correct horse\n")
    terminal.wait_for("/me\r\n")
    [url] = [line.split()[-1] for line in terminal.seen.splitlines() if line.startswith("Rollcall serves")]
    assert httpx.get(f"{url}/me", auth=ANN, verify=AUTHORITIES).status_code == 200
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.close() == 0
    assert ANN[1] not in terminal.seen


def test_on_a_terminal_where_nothing_is_entered_it_ends(terminal: Terminal) -> None:
    terminal.wait_for("e-mail: ")
    terminal.type("\x04")
    assert terminal.close() == 1
    assert terminal.seen.splitlines()[-1] == "rollcall: no account has been made: nothing was entered"
