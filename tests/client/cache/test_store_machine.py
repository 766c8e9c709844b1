"""Any sequence of changes, through two stores on one file, leaves both kinds of file as it leaves a plain model."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from rollcall.client.cache.store import Shelf

from .stage import STORES, entry

SHELVES = st.sampled_from(["a", "b"])
KEYS = st.sampled_from([1, 2, 3, -(2**63), 2**63 - 1])
ETAGS = st.sampled_from([None, '"v1"', 'W/"v2"'])
SENT = st.sampled_from(['"v1"', 'W/"v2"'])
TIMES = st.integers(0, 9).map(float)
ENTRIES = st.dictionaries(KEYS, st.tuples(st.sampled_from(['"x"', '{"n":1}', '"ö"']), TIMES, ETAGS), max_size=4)

Row = tuple[str, float, str | None]


class Plain:
    """A shelf as one would keep it in mind."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.collected_at: float | None = None
        self.etag: str | None = None

    def seen(self) -> Any:
        return [*self.rows.items()], self.collected_at, self.etag


class Stores(RuleBasedStateMachine):
    open_store: Any

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.stores = [self.open_store(self.folder / "cache") for _ in range(2)]
        self.plain = {"a": Plain(), "b": Plain()}
        self.turn = 0

    def teardown(self) -> None:
        self.stores.clear()
        shutil.rmtree(self.folder)

    @property
    def store(self) -> Any:
        """Now the one, now the other."""
        self.turn += 1
        return self.stores[self.turn % 2]

    @rule(shelf=SHELVES, rows=ENTRIES)
    def put(self, shelf: str, rows: dict[int, Row]) -> None:
        self.store.put(shelf, {key: entry(*row) for key, row in rows.items()})
        plain = self.plain[shelf]
        for key, row in rows.items():
            if key not in plain.rows or plain.rows[key][0] != row[0]:
                plain.etag = None
            plain.rows[key] = row

    @rule(shelf=SHELVES, rows=ENTRIES, collected_at=st.none() | TIMES, etag=ETAGS)
    def replace(self, shelf: str, rows: dict[int, Row], collected_at: float | None, etag: str | None) -> None:
        plain = self.plain[shelf]
        plain.rows, plain.collected_at = dict(rows), collected_at
        plain.etag = None if collected_at is None else etag
        content = Shelf({key: entry(*row) for key, row in rows.items()}, collected_at, plain.etag)
        self.store.replace(shelf, content)

    @rule(shelf=SHELVES, key=KEYS)
    def remove(self, shelf: str, key: int) -> None:
        self.store.remove(shelf, key)
        self._take_out(shelf, key)

    @rule(shelf=SHELVES, key=st.none() | KEYS)
    def distrust(self, shelf: str, key: int | None) -> None:
        self.store.distrust(shelf, key)
        self._take_out(shelf, key)
        self.plain[shelf].collected_at = self.plain[shelf].etag = None

    @rule(shelf=SHELVES, key=KEYS, etag=SENT, moment=TIMES)
    def renew(self, shelf: str, key: int, etag: str, moment: float) -> None:
        self.store.renew(shelf, key, etag, moment)
        rows = self.plain[shelf].rows
        if key in rows and rows[key][2] == etag:
            rows[key] = (rows[key][0], moment, etag)

    @rule(shelf=SHELVES, etag=SENT, moment=TIMES)
    def renew_all(self, shelf: str, etag: str, moment: float) -> None:
        self.store.renew_all(shelf, etag, moment)
        plain = self.plain[shelf]
        if plain.etag == etag:
            plain.collected_at = moment
            plain.rows = {key: (data, moment, tag) for key, (data, _, tag) in plain.rows.items()}

    @rule(shelf=SHELVES)
    def forget(self, shelf: str) -> None:
        self.store.forget(shelf)
        self.plain[shelf] = Plain()

    @rule()
    def begin_anew_with_the_same_file(self) -> None:
        self.stores[0] = self.open_store(self.folder / "cache")

    @invariant()
    def both_stores_have_what_the_model_has(self) -> None:
        for store in self.stores:
            for name, plain in self.plain.items():
                shelf = store.load(name)
                rows = [
                    (key, (bytes(each.data).decode(), each.fetched_at, each.etag))
                    for key, each in shelf.entries.items()
                ]
                assert (rows, shelf.collected_at, shelf.etag) == plain.seen()
                for key, row in plain.rows.items():
                    found = store.find(name, key)
                    assert (bytes(found.data).decode(), found.fetched_at, found.etag) == row

    def _take_out(self, shelf: str, key: int | None) -> None:
        if key in self.plain[shelf].rows:
            del self.plain[shelf].rows[key]
            self.plain[shelf].etag = None


@pytest.mark.parametrize("open_store", STORES)
def test_both_kinds_of_file_keep_what_a_plain_model_keeps(open_store: Any) -> None:
    machine = type("Machine", (Stores,), {"open_store": staticmethod(open_store)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
        ),
    )
