"""Taking turns between processes, on every system, with what Python brings along."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_FIRST_DELAY = 0.001
_LONGEST_DELAY = 0.05

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _give_back(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give_back(handle: int) -> None:
        # Closing alone would not do where a process was forked meanwhile: it has the handle too.
        fcntl.flock(handle, fcntl.LOCK_UN)


@contextmanager
def locked(path: Path, *, seconds: float) -> Iterator[None]:
    """Hold a lock: no other thread or process does meanwhile.

    Args:
        path: The lock's file. It is made if there is none, and stays: to remove it would give the lock to two.
        seconds: How long to wait for it.

    Raises:
        TimeoutError: Others hold it all the time.
        OSError: The file cannot be made, or the file system has no locks.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            patiently(lambda: _take(handle), seconds=seconds)
        except (BlockingIOError, PermissionError) as error:
            raise TimeoutError(f"{path} is locked by another process") from error
        try:
            yield
        finally:
            _give_back(handle)
    finally:
        os.close(handle)


def patiently(action: Callable[[], object], *, seconds: float) -> None:
    """Do what another process may hinder for a moment: again and again, until it succeeds.

    Args:
        action: What to do; it raises `BlockingIOError`, on Windows `PermissionError`, while it is hindered.
        seconds: How long to try.

    Raises:
        OSError: What `action` raises in the end.
    """
    until, delay = time.monotonic() + seconds, _FIRST_DELAY
    while True:
        try:
            action()
        except (BlockingIOError, PermissionError):
            if time.monotonic() >= until:
                raise
        else:
            return
        time.sleep(delay)
        delay = min(2 * delay, _LONGEST_DELAY)
