"""A move that is killed at a chosen moment, in a process of its own."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

from asyncpg.transaction import Transaction

from rollcall.server.storage import moving

ROWS_AT_ONCE = 7


def die_moving(source: Path, url: str, fingerprint: str, batch: int, before_commit: bool) -> None:
    """Move, and die with one of the batches: before it is committed, or behind it."""
    batches = 0

    def die_in_time(*_: Any) -> None:
        nonlocal batches
        batches += 1
        if batches == batch:
            os.kill(os.getpid(), signal.SIGKILL)

    async def die_instead_of_committing(transaction: Transaction, *error: Any) -> None:
        nonlocal batches
        batches += 1
        if batches == batch + 1:  # the first transaction sets the mark
            os.kill(os.getpid(), signal.SIGKILL)
        await leave(transaction, *error)

    leave = Transaction.__aexit__
    moving.BATCH = ROWS_AT_ONCE
    if before_commit:
        Transaction.__aexit__ = die_instead_of_committing
    asyncio.run(moving.move(source, url, fingerprint, (lambda _: None) if before_commit else die_in_time))
