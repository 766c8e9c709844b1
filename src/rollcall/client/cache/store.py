"""What a cache keeps, and what a file must be able to do to keep it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol

import msgspec

log = logging.getLogger("toggl_api.cache")


class Entry(msgspec.Struct, frozen=True):
    """One object.

    Attributes:
        data: The object as JSON.
        fetched_at: When the server answered with it, in seconds since 1970.
    """

    data: msgspec.Raw
    fetched_at: float


class Shelf(msgspec.Struct):
    """All objects of one kind that one account has on one server.

    Attributes:
        entries: The objects by their numbers.
        collected_at: When they were last known to be all there are, in seconds since 1970; None where they are not.
    """

    entries: dict[int, Entry] = {}
    collected_at: float | None = None


class StoreUnavailable(Exception):  # noqa: N818 - a state that passes, which the cache does without
    """The file cannot be read or written now."""


class Store(Protocol):
    """A file of shelves. Every method may raise `StoreUnavailable`; a damaged file is set aside and begun anew.

    A shelf's name tells account, server and kind apart, without telling who it is.
    """

    path: Path

    def find(self, shelf: str, key: int) -> Entry | None:
        """One object, however old."""

    def load(self, shelf: str) -> Shelf:
        """All of them."""

    def put(self, shelf: str, entries: dict[int, Entry]) -> None:
        """Add or replace some."""

    def replace(self, shelf: str, content: Shelf) -> None:
        """Replace them all."""

    def remove(self, shelf: str, key: int) -> None:
        """Take one out; the rest is as complete as it was."""

    def mark_incomplete(self, shelf: str) -> None:
        """Note that there may be more of them."""


def set_aside(path: Path, error: Exception) -> None:
    """Give a damaged file another name, and say so in the log.

    Raises:
        OSError: It cannot be renamed.
    """
    aside = path.with_name(path.name + ".damaged")
    path.replace(aside)
    log.warning("The cache %s is damaged (%s). It is now %s, and a new one is begun.", path, error, aside.name)
