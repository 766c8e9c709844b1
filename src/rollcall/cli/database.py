"""Which database a command works on, and with which key."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from rollcall.cli.failure import Failure
from rollcall.server.keyring import Keyring, load_key

if TYPE_CHECKING:
    import argparse

_DATA = "~/.local/share/rollcall"
_CONFIGURATION = "~/.config/rollcall"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which database it is."""
    parser.add_argument(
        "--data-dir",
        type=_directory,
        default=os.environ.get("ROLLCALL_DATA_DIR", _DATA),
        help="where the embedded database and the server's own certificate are kept (%(default)s)",
    )
    parser.add_argument(
        "--database-url",
        default=os.environ.get("ROLLCALL_DATABASE_URL"),
        help="postgresql://… in place of the embedded database",
    )


def embedded(options: argparse.Namespace) -> Path:
    """The file of the embedded database."""
    data_dir: Path = options.data_dir
    return data_dir / "rollcall.db"


def url(options: argparse.Namespace) -> str:
    """The URL of the database."""
    return options.database_url or f"sqlite://{embedded(options)}"


def ready(data_dir: Path) -> Path:
    """The data directory, made if it is not there.

    Raises:
        Failure: It cannot be made.
    """
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"cannot make the data directory {data_dir}: {error.strerror}") from error
    return data_dir


def keyring(options: argparse.Namespace) -> Keyring:
    """The keyring: of the key in the environment, else, for the embedded database, of a key of its own.

    Raises:
        BadKey: There is no key, or it cannot be used.
    """
    own_key = None if options.database_url else Path(_CONFIGURATION).expanduser() / "secret-key"
    return Keyring(load_key(dict(os.environ), own_key))


def _directory(text: str) -> Path:
    return Path(text).expanduser().absolute()
