"""`rollcall serve` in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sysconfig
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import Timer

import httpx
import psutil

COMMAND = str(Path(sysconfig.get_path("scripts")) / "rollcall")
PATIENCE = 60
"""Seconds after which a process that says nothing is killed, so that who reads from it goes on."""

Auth = tuple[str, str]

AUTHORITIES = httpx.create_ssl_context()
"""For every client that trusts whom everybody trusts: reading them takes longer than many requests."""


class Serving:
    """A server that has been started.

    Attributes:
        process: Its process.
        said: The lines it has printed, as far as they were read.
    """

    def __init__(self, home: Path, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
        self.said: list[str] = []
        self._errors = home / "stderr.txt"
        with self._errors.open("w") as errors:
            self.process = subprocess.Popen(
                [COMMAND, "serve", "--port", "0", *arguments],
                env=clean_environment(home, **environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._watchdog = Timer(PATIENCE, self.process.kill)
        self._watchdog.start()

    @property
    def errors(self) -> str:
        return self._errors.read_text()

    @property
    def workers(self) -> dict[int, psutil.Process]:
        """The processes that answer for it, by their ids; Python's own tracker of resources is none."""
        found = {}
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.NoSuchProcess):  # it has just ended
                if "spawn_main" in " ".join(child.cmdline()):
                    found[child.pid] = child
        return found

    @property
    def url(self) -> str:
        """Where the API is, as the server says."""
        return self.line("Rollcall serves ").removeprefix("Rollcall serves ")

    @cached_property
    def http(self) -> httpx.Client:
        """A client of the API, without credentials, at the address that the server itself listens on."""
        self.line("  kept in")
        listens = [line.split()[-1] for line in self.said if line.startswith("  listens on")]
        base_url = f"{listens[0]}/api/v9" if listens else self.url
        return httpx.Client(base_url=base_url, verify=AUTHORITIES, timeout=60)

    @property
    def auth(self) -> Auth:
        """The first account's token."""
        return self.fact("API token"), "api_token"

    @property
    def curl(self) -> str:
        """The line to try the server with."""
        return self.line("  curl").strip()

    def fact(self, name: str) -> str:
        """What the server says of one thing."""
        said = self.line(f"  {name}").removeprefix(f"  {name}")
        return said.removesuffix("(shown only now)").strip()

    def line(self, start: str) -> str:
        """The line that starts so; waits until it is printed."""
        for line in self.said:
            if line.startswith(start):
                return line
        assert self.process.stdout is not None
        for text in self.process.stdout:
            self.said.append(text.rstrip("\n"))
            if text.startswith(start):
                return self.said[-1]
        raise AssertionError(f"no line starts with {start!r}: {self.said}\n{self.errors}")

    def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; the exit status. What it printed until the end is in `said`."""
        self.process.send_signal(with_signal)
        return self.wait()

    def kill(self) -> None:
        """End it at once, whatever it does."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.wait()

    def wait(self) -> int:
        """Wait for its end; the exit status."""
        assert self.process.stdout is not None
        if not self.process.stdout.closed:
            with self.process.stdout as output:
                self.said += output.read().splitlines()
        self._watchdog.cancel()
        if "http" in vars(self):
            self.http.close()
        return self.process.wait()


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a user who has set nothing."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {**kept, "HOME": str(home), "PYTHONWARNINGS": "error", **more}
