"""Which database a URL names."""

from pathlib import Path

from rollcall.server.storage.errors import Unreachable

SCHEMES = "sqlite:///absolute/path.db or postgresql://user:password@host/database"


def sqlite_path(url: str) -> Path | None:
    """The file that a `sqlite:///absolute/path.db` URL names; None for a `postgresql://` URL.

    The path is taken as it is written: nothing in it is unquoted.

    Raises:
        Unreachable: The URL names no database that Rollcall can use.
    """
    # Not by urlsplit, which raises an error of its own for what comes later in the URL.
    scheme = url.partition("://")[0].lower() if "://" in url else ""
    if scheme in ("postgresql", "postgres"):
        return None
    if scheme != "sqlite":
        raise Unreachable(f"A database URL starting with {scheme!r} is not known: use {SCHEMES}")
    path = Path(url.removeprefix("sqlite://"))
    if not path.is_absolute():
        raise Unreachable(f"{url} does not hold an absolute path: use {SCHEMES}")
    return path
