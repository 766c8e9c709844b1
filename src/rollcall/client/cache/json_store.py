"""A cache in one JSON file: small, and easy to look into."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from rollcall.client.cache import store
from rollcall.client.cache.file_lock import locked, patiently
from rollcall.client.cache.store import Entry, Shelf, StoreUnavailable, is_within, set_aside

FORMAT: Final = 1

# Of two files one after the other, also where the first one's number is given again and the clock stood still.
_NANOSECONDS_APART = 1000

# What is read of so much takes no longer than it takes to begin a thread.
_LITTLE = 65_536


class _Content(msgspec.Struct, frozen=True):
    format: Literal[1]
    shelves: dict[str, Shelf]


_decoder = msgspec.json.Decoder(_Content)
_encoder = msgspec.json.Encoder()

_Shelves = dict[str, Shelf]
_Signature = tuple[int, int, int]


class JSONStore:
    """A file that is read whole and replaced whole, so that no reader ever sees half of it.

    Who changes it holds a lock beside it. What was read is remembered for as long as the file is the same one. A file
    of another program, or of another version's format, is neither used nor touched.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[_Signature, _Shelves] | None = None

    def is_quick(self) -> bool:
        """Whether all there is has been read, and is little."""
        seen = self._seen
        try:
            return seen is not None and seen[0] == (now := _signature(self.path.stat())) and now[1] <= _LITTLE
        except OSError:
            return False

    def find(self, shelf: str, key: int) -> Entry | None:
        """One object, however old."""
        return self.load(shelf).entries.get(key)

    def load(self, shelf: str) -> Shelf:
        """All of them."""
        return self._read().get(shelf, _EMPTY)

    def put(self, shelf: str, entries: dict[int, Entry]) -> None:
        """Add or replace some."""

        def change(before: Shelf) -> Shelf:
            same = all(_data(before.entries.get(key)) == _data(entry) for key, entry in entries.items())
            return replace(before, entries=before.entries | entries, etag=before.etag if same else None)

        self._change(shelf, change)

    def replace(self, shelf: str, content: Shelf) -> None:
        """Replace them all."""
        self._change(shelf, lambda _: content)

    def remove(self, shelf: str, key: int) -> None:
        """Take one out; the rest is as complete as it was."""
        self._change(shelf, lambda before: _without(before, key))

    def distrust(self, shelf: str, key: int | None) -> None:
        """Take one out, if one is named, and note that there may be others."""

        def change(before: Shelf) -> Shelf:
            after = _without(before, key)
            return after if after.collected_at is None else replace(after, collected_at=None, etag=None)

        self._change(shelf, change)

    def renew(self, shelf: str, key: int, etag: str, fetched_at: float) -> None:
        """Let one count as fetched then, if it still has that ETag."""

        def change(before: Shelf) -> Shelf:
            entry = before.entries.get(key)
            if entry is None or entry.etag != etag:
                return before
            return replace(before, entries=before.entries | {key: replace(entry, fetched_at=fetched_at)})

        self._change(shelf, change)

    def renew_all(self, shelf: str, etag: str, collected_at: float) -> None:
        """Let all count as collected then, if the shelf still has that ETag."""

        def change(before: Shelf) -> Shelf:
            if before.etag != etag:
                return before
            entries = {key: replace(entry, fetched_at=collected_at) for key, entry in before.entries.items()}
            return Shelf(entries, collected_at, etag)

        self._change(shelf, change)

    def forget(self, shelf: str, but: str | None = None) -> None:
        """Take out the whole shelf and those within it, but one."""

        def change(shelves: _Shelves) -> _Shelves:
            stay = {name: each for name, each in shelves.items() if name == but or not is_within(name, shelf)}
            return shelves if len(stay) == len(shelves) else stay

        self._rewrite(change)

    def close(self) -> None:
        """Let go of what was read."""
        self._seen = None

    def _read(self) -> _Shelves:
        try:
            return self._shelves()
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
        except _Damaged:
            self._rewrite(lambda before: before)  # sets it aside, unless somebody else just did
            return {}

    def _change(self, shelf: str, change: Callable[[Shelf], Shelf]) -> None:
        """Change a shelf; where that comes to nothing, nothing is written."""

        def change_one(shelves: _Shelves) -> _Shelves:
            before = shelves.get(shelf, _EMPTY)
            after = change(before)
            if after is before:
                return shelves
            return {name: each for name, each in {**shelves, shelf: after}.items() if each is not _EMPTY}

        self._rewrite(change_one)

    def _rewrite(self, change: Callable[[_Shelves], _Shelves]) -> None:
        """Change what the file has; where that comes to nothing, nothing is written."""
        try:
            if not self.path.exists() and not change({}):
                return
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with locked(self.path.with_name(self.path.name + ".lock"), seconds=store.SECONDS_TO_WAIT_FOR_A_LOCK):
                try:
                    before = self._shelves()
                except _Damaged as error:
                    set_aside(self.path, error)
                    before = {}
                after = change(before)
                if after is not before:
                    self._write(after)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error

    def _shelves(self) -> _Shelves:
        """What the file has.

        Raises:
            OSError: It cannot be read.
            StoreUnavailable: It is not one of ours.
            _Damaged: It was one of ours.
        """
        seen = self._seen
        try:
            if seen is not None and seen[0] == _signature(self.path.stat()):
                return seen[1]
            with self.path.open("rb") as file:
                signature, content = _signature(os.fstat(file.fileno())), file.read()
        except FileNotFoundError:
            return {}
        shelves = self._decode(content)
        self._seen = (signature, shelves)
        return shelves

    def _decode(self, content: bytes) -> _Shelves:
        try:
            return _decoder.decode(content).shelves
        except (ValueError, RecursionError) as error:  # ValueError: msgspec's own, and that of text that is not UTF-8
            if _is_of_others(content):
                raise StoreUnavailable(
                    f"{self.path} was written by another program or version, and is left as it is;"
                    " give the cache a folder of its own"
                ) from error
            raise _Damaged(str(error)) from error

    def _write(self, shelves: _Shelves) -> None:
        new = self.path.with_name(self.path.name + ".new")
        new.unlink(missing_ok=True)  # of a process that was killed
        try:
            with open(new, "xb", opener=_private) as file:
                file.write(_encoder.encode(_Content(FORMAT, shelves)))
            self._make_later(new)
            signature = _signature(new.stat())
            # Windows does not replace what somebody reads.
            patiently(lambda: new.replace(self.path), seconds=store.SECONDS_TO_WAIT_FOR_A_LOCK)
        except OSError:
            # A full disk: a file that cannot be told what is new must not go on to tell what was.
            for path in (new, self.path):
                with suppress(OSError):
                    path.unlink()
            raise
        self._seen = (signature, shelves)

    def _make_later(self, new: Path) -> None:
        with suppress(FileNotFoundError):
            moment = max(time.time_ns(), self.path.stat().st_mtime_ns + _NANOSECONDS_APART)
            os.utime(new, ns=(moment, moment))


class _Damaged(Exception):  # noqa: N818 - what the file is
    """The file cannot be made sense of."""


_EMPTY = Shelf()


def _is_of_others(content: bytes) -> bool:
    """Whether it is whole, but was never in our format."""
    try:
        whole = msgspec.json.decode(content)
    except (ValueError, RecursionError):
        return False
    return not (isinstance(whole, dict) and whole.get("format") == FORMAT and "shelves" in whole)


def _without(shelf: Shelf, key: int | None) -> Shelf:
    if key is None or key not in shelf.entries:
        return shelf
    return replace(shelf, entries={each: entry for each, entry in shelf.entries.items() if each != key}, etag=None)


def _data(entry: Entry | None) -> bytes | None:
    return None if entry is None else bytes(entry.data)


def _signature(status: os.stat_result) -> _Signature:
    return status.st_mtime_ns, status.st_size, status.st_ino


def _private(path: str, flags: int) -> int:
    """The file holds names and addresses of people: it is for its owner alone."""
    return os.open(path, flags, 0o600)
