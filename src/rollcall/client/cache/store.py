"""What a cache keeps, and what a file must be able to do to keep it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol

import msgspec

log = logging.getLogger("toggl_api.cache")

SECONDS_TO_WAIT_FOR_A_LOCK = 2.0


class Entry(msgspec.Struct, frozen=True):
    """One object.

    Attributes:
        data: The object as JSON.
        fetched_at: When the server answered with it, in seconds since 1970.
        etag: The `ETag` of that reply, if it had one and was about this object alone.
    """

    data: msgspec.Raw
    fetched_at: float
    etag: str | None = None


class Shelf(msgspec.Struct, frozen=True):
    """All objects of one kind that one account has on one server.

    Attributes:
        entries: The objects by their numbers.
        collected_at: When they were last known to be all there are, in seconds since 1970; None where they are not.
        etag: The `ETag` of the reply that had them all, as long as they are what it said.
    """

    entries: dict[int, Entry] = {}
    collected_at: float | None = None
    etag: str | None = None


class StoreUnavailable(Exception):  # noqa: N818 - a state that passes, which the cache does without
    """The file cannot be read or written now."""


class Store(Protocol):
    """A file of shelves. Every method may raise `StoreUnavailable`; a damaged file is set aside and begun anew.

    A shelf's name tells account, server and kind apart, without telling who it is. An answer is of one moment: no other
    thread or process is seen half-way.
    """

    path: Path

    def is_quick(self) -> bool:
        """Whether reading waits for nothing now, and is over sooner than a thread begins."""

    def find(self, shelf: str, key: int) -> Entry | None:
        """One object, however old."""

    def load(self, shelf: str) -> Shelf:
        """All of them, in the order in which they came; what is handed out is not to be changed."""

    def put(self, shelf: str, entries: dict[int, Entry]) -> None:
        """Add or replace some. If that changes anything, the shelf is no longer what its ETag stands for."""

    def replace(self, shelf: str, content: Shelf) -> None:
        """Replace them all."""

    def remove(self, shelf: str, key: int) -> None:
        """Take one out, and with it the shelf's ETag; the rest is as complete as it was."""

    def distrust(self, shelf: str, key: int | None) -> None:
        """Take one out, if one is named, and note that there may be others; the shelf's ETag goes too."""

    def renew(self, shelf: str, key: int, etag: str, fetched_at: float) -> None:
        """Let one count as fetched then, if it still has that ETag."""

    def renew_all(self, shelf: str, etag: str, collected_at: float) -> None:
        """Let all count as collected then, if the shelf still has that ETag."""

    def forget(self, shelf: str, but: str | None = None) -> None:
        """Take out the whole shelf and those within it, whose names begin with its name and a slash.

        Args:
            shelf: The shelf.
            but: One of those, which stays.
        """

    def close(self) -> None:
        """Let go of the file, until it is used again."""


def is_within(shelf: str, place: str) -> bool:
    """Whether a shelf is the one of that name, or within it."""
    return f"{shelf}/".startswith(f"{place}/")


def set_aside(path: Path, error: Exception, beside: tuple[str, ...] = ()) -> None:
    """Give a damaged file another name, and say so in the log. One that had that name is no more.

    Args:
        path: The file.
        error: What is wrong with it.
        beside: Endings of files that belong to it, which go with it.

    Raises:
        OSError: It cannot be renamed.
    """
    aside = path.with_name(path.name + ".damaged")
    # The file itself goes last: what belongs to it must never be found beside its successor.
    for ending in (*beside, ""):
        source, target = path.with_name(path.name + ending), aside.with_name(aside.name + ending)
        target.unlink(missing_ok=True)
        if source.exists():
            source.replace(target)
    log.warning("The cache %s is damaged (%s). It is now %s, and a new one is begun.", path, error, aside.name)
