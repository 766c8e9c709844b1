"""Which database a command works on, and with which key."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from rollcall.cli.failure import Failure
from rollcall.server.keyring import load_keyring
from rollcall.server.storage.address import sqlite_path

if TYPE_CHECKING:
    from rollcall.server.keyring import Keyring

DATA_DIR = Path("~/.local/share/rollcall")
"""Where the embedded database is, and what else the server keeps, unless something else is said."""

_OWN_KEY = Path("~/.config/rollcall/secret-key")


def embedded_url(data_dir: Path) -> str:
    """The URL of the embedded database."""
    return f"sqlite://{data_dir / 'rollcall.db'}"


def existing_url(data_dir: Path) -> str:
    """The URL of the embedded database of a server that has been started before.

    Raises:
        Failure: There is none.
    """
    url = embedded_url(at_home(data_dir))
    file = sqlite_path(url)
    if file is None or not file.exists():
        raise Failure(f"there is no database {file}; --data-dir says where the server keeps its own")
    return url


def keyring(database_url: str) -> Keyring:
    """The keyring: of the key in the environment, else, for an embedded database, of a key of this user's own.

    Raises:
        BadKey: There is no key, or it cannot be used.
        Failure: The key would be kept beside what it seals.
    """
    database = sqlite_path(database_url)
    if database is None:
        return load_keyring(os.environ, None)
    own_key = at_home(_OWN_KEY)
    if own_key.parent == database.parent.resolve():
        raise Failure(f"the secret key is kept in {own_key.parent}: the database must be somewhere else")
    return load_keyring(os.environ, own_key)


def at_home(path: Path) -> Path:
    """A path with `~` as the home directory of this user.

    Raises:
        Failure: They have none.
    """
    try:
        return path.expanduser().resolve()
    except RuntimeError as error:
        raise Failure(f"{path} is in a home directory, and this user has none: set HOME") from error
