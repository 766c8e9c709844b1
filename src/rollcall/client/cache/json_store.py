"""A cache in one JSON file: small, and easy to look into."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from rollcall.client.cache.store import Entry, Shelf, StoreUnavailable, set_aside


class _Content(msgspec.Struct):
    format: int = 1
    shelves: dict[str, Shelf] = {}


_decoder = msgspec.json.Decoder(_Content)


class JSONStore:
    """A file that is read whole and replaced whole, so that no reader ever sees half of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    def find(self, shelf: str, key: int) -> Entry | None:
        """One object, however old."""
        return self.load(shelf).entries.get(key)

    def load(self, shelf: str) -> Shelf:
        """All of them."""
        return self._read().shelves.get(shelf, Shelf())

    def put(self, shelf: str, entries: dict[int, Entry]) -> None:
        """Add or replace some."""
        self._change(lambda content: content.shelves.setdefault(shelf, Shelf()).entries.update(entries))

    def replace(self, shelf: str, content: Shelf) -> None:
        """Replace them all."""
        self._change(lambda whole: whole.shelves.update({shelf: content}))

    def remove(self, shelf: str, key: int) -> None:
        """Take one out; the rest is as complete as it was."""
        self._change(lambda content: content.shelves.setdefault(shelf, Shelf()).entries.pop(key, None))

    def mark_incomplete(self, shelf: str) -> None:
        """Note that there may be more of them."""
        self._change(lambda content: setattr(content.shelves.setdefault(shelf, Shelf()), "collected_at", None))

    def _read(self) -> _Content:
        try:
            return _decoder.decode(self.path.read_bytes())
        except FileNotFoundError:
            return _Content()
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
        except msgspec.DecodeError as error:
            self._set_aside(error)
            return _Content()

    def _set_aside(self, damage: Exception) -> None:
        try:
            set_aside(self.path, damage)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error

    def _change(self, change: Callable[[_Content], object]) -> None:
        with self._lock:
            content = self._read()
            change(content)
            try:
                self._write(msgspec.json.encode(content))
            except OSError as error:
                raise StoreUnavailable(str(error)) from error

    def _write(self, content: bytes) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=self.path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).replace(self.path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
