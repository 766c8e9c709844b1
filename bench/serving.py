"""Rollcall in processes of its own, started as everybody starts it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import psutil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

COMMAND = str(Path(sysconfig.get_path("scripts")) / "rollcall")


class Server(NamedTuple):
    """A server that runs.

    Attributes:
        port: Where it listens.
        process: The process that was started.
    """

    port: int
    process: psutil.Process


@cache
def has_workers() -> bool:
    """Whether `rollcall serve` can be told a number of workers."""
    told = subprocess.run([COMMAND, "serve", "--help"], capture_output=True, text=True, check=True)
    return "--workers" in told.stdout


@contextmanager
def serving(database_url: str, secret_key: str, home: Path, *, workers: int = 1) -> Iterator[Server]:
    """A server on a database, as long as the context lasts.

    Args:
        database_url: A database that is filled.
        secret_key: The one that it was filled with.
        home: A directory for what else it keeps.
        workers: How many processes answer.

    Raises:
        RuntimeError: It did not start.
    """
    home.mkdir(exist_ok=True)
    arguments = ["--port", "0", "--data-dir", str(home), "--database-url", database_url]
    if workers > 1:
        arguments += ["--workers", str(workers)]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "ROLLCALL_SECRET_KEY": secret_key}
    with (
        (home / "stderr.txt").open("w+") as errors,
        subprocess.Popen(
            [COMMAND, "serve", *arguments], env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as started,
    ):
        try:
            assert started.stdout is not None
            port = _port(started.stdout)
            if port is None:
                errors.seek(0)
                raise RuntimeError(f"rollcall serve ended: {errors.read()}")
            # What it says later must not fill the pipe.
            Thread(target=started.stdout.read, daemon=True).start()
            yield Server(port, psutil.Process(started.pid))
        finally:
            started.terminate()
            started.wait()


def files(home: Path) -> Callable[[str], str]:
    """Makes URLs of SQLite databases in a directory, by name."""
    return lambda name: f"sqlite://{home / f'{name}.db'}"


def tree(process: psutil.Process) -> list[psutil.Process]:
    """A process and those that it started."""
    return [process, *process.children(recursive=True)]


def processor_seconds(process: psutil.Process) -> float:
    """The processor time that a process and those that it started have used up."""
    if sys.platform == "linux":
        # As clock_getcpuclockid(3) has it: in nanoseconds, where psutil counts in ticks of 10 milliseconds.
        return sum(time.clock_gettime(~each.pid << 3 | 2) for each in tree(process))
    used = (each.cpu_times() for each in tree(process))
    return float(sum(times.user + times.system for times in used))


def occupied(process: psutil.Process) -> int:
    """Bytes of memory (RSS) of the largest of a process and those that it started."""
    return max(int(each.memory_info().rss) for each in tree(process))


def _port(said: IO[str]) -> int | None:
    for line in said:
        if line.startswith("Rollcall serves "):
            return urlsplit(line.split()[-1]).port
    return None
