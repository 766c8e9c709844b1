"""`rollcall migrate-to`: from the embedded database to PostgreSQL."""

from __future__ import annotations

import argparse
import asyncio
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from rollcall.cli import database
from rollcall.cli.failure import Failure
from rollcall.server.keyring import BadKey
from rollcall.server.storage import StorageError, migrate
from rollcall.server.storage.address import sqlite_path
from rollcall.server.storage.moving import Progress, give_up, move

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `migrate-to` to the commands."""
    parser = commands.add_parser(
        "migrate-to",
        help="move from the embedded database to PostgreSQL",
        description="Copy everything from the embedded database to an empty PostgreSQL database, and verify each row. "
        "No server may run meanwhile. What was interrupted goes on when it is started again. The embedded database "
        "stays as it is, and is served no more.",
    )
    parser.add_argument("url", nargs="?", default="", metavar="postgresql://…", help="the empty database")
    parser.add_argument(
        "--data-dir", default="", metavar="DATA_DIR", help="where the server keeps its embedded database"
    )
    parser.add_argument(
        "--give-up",
        action="store_true",
        help="serve from the embedded database again: what PostgreSQL has counts no more",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Move, or give it up.

    Raises:
        Failure: It cannot be done, or not now.
    """
    data_dir = Path(options.data_dir or os.environ.get("ROLLCALL_DATA_DIR") or database.DATA_DIR)
    source_url = database.existing_url(data_dir)
    try:
        if options.give_up:
            _give_up(source_url)
        else:
            _move(source_url, options.url)
    except (BadKey, StorageError) as error:
        raise Failure(str(error)) from error
    return 0


def _move(source_url: str, target_url: str) -> None:
    source = sqlite_path(source_url)
    if not target_url:
        raise Failure("where to? rollcall migrate-to postgresql://user:password@host/database")
    if source is None or sqlite_path(target_url) is not None:
        raise Failure("rollcall migrate-to moves from the embedded database to a postgresql:// one, and not back")
    keyring = database.keyring(source_url)
    migrate(source_url)
    migrate(target_url)
    with _Bar() as bar:
        rows = asyncio.run(move(source, target_url, keyring.fingerprint, bar.show))
    print(f"Moved and verified: {rows:,} rows. {source} is served no more; keep it until you trust the new one.")
    print(f"Start the server with the secret key in {keyring.source}:")
    own_file = not keyring.source.startswith("ROLLCALL_")
    key = f"ROLLCALL_SECRET_KEY_FILE={shlex.quote(keyring.source)} " if own_file else ""
    print(f"  {key}rollcall serve --database-url postgresql://…")


def _give_up(source_url: str) -> None:
    source = sqlite_path(source_url)
    if source is None or not give_up(source):
        raise Failure(f"{source} is not moved, nor being moved: there is nothing to give up")
    print(f"{source} is served again. Drop the PostgreSQL database before you move once more.")


class _Bar:
    """A progress bar on a terminal; elsewhere a line for each table."""

    def __enter__(self) -> Self:
        self._bar = tqdm(unit="rows", unit_scale=True, disable=None)
        self._said = ""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bar.close()

    def show(self, progress: Progress) -> None:
        """Show how far it is."""
        if self._bar.disable:
            if progress.table != self._said:
                self._said = progress.table
                print(f"{progress.rows:,} of {progress.total:,} rows: {progress.table}", file=sys.stderr, flush=True)
            return
        self._bar.total = progress.total
        self._bar.set_description(progress.table, refresh=False)
        self._bar.update(progress.rows - self._bar.n)
