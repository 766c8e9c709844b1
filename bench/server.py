"""Measures the server: as shares of a bare ASGI application, and how flat it is, in one run.

Makes its data, starts what it needs, prints a table, and writes it as JSON with a plot. The full run takes about ten
minutes and writes into bench/results; --quick takes about a minute, leaves out PostgreSQL and the large organizations,
and writes beside them under a name that is not committed.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from bench import growth, memory, share, table, work
from bench.asker import Line
from bench.goal import SERVER, SIZES
from bench.population import PASSWORD, Filled, Organization, populate_each
from bench.postgresql import postgresql
from bench.results import DIRECTORY, Results, begin, last_committed, write
from bench.serving import Server, files, has_workers, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from bench.share import Length, Share
    from bench.work import Work

SECRET_KEY = "k" * 32
"""The one that `bench.population` fills databases with."""
FIRST_PAGES = 60
"""People of the organizations of which only the first page is asked."""


class Extent(NamedTuple):
    """How much is measured.

    Attributes:
        databases: On what.
        sizes: People of the organizations whose replies are compared.
        pages: People of the organization whose every page is asked.
        neighbours: How many organizations change and are asked for their first page.
        length: Of each share.
        repeats: How often each organization is changed, and its replies are timed, for the growth.
        load: Seconds of mixed load before the memory is read.
    """

    databases: Sequence[str]
    sizes: Sequence[int]
    pages: int
    neighbours: int
    length: Length
    repeats: int
    load: float

    @property
    def small_sizes(self) -> Sequence[int]:
        """People of the organizations that are asked for the shares."""
        return (min(self.sizes), self.pages, *[FIRST_PAGES] * self.neighbours)


FULL = Extent(("sqlite", "postgresql"), tuple(SIZES), 10_000, 100, share.Length(12, 0.5), 15, 60)
QUICK = Extent(("sqlite",), (1_000, 10_000), 10_000, 40, share.Length(5, 0.3), 6, 5)


class Measurement:
    """One run on one kind of database.

    Args:
        database: Its name, with which the names of its results begin.
        small: Has the organizations for the shares; the first of them is as large as the smallest in `large`.
        large: Has those that are compared with each other.
        home: A directory for what the servers keep.
    """

    def __init__(
        self, database: str, small: Filled, large: Filled, home: Path, extent: Extent, results: Results
    ) -> None:
        self._database = database
        self._small = small
        self._large = large
        self._home = home
        self._extent = extent
        self._results = results
        self._waits = database != "sqlite"

    def run(self) -> None:
        """Measure everything, and add it to the results."""
        one, paged, *others = self._small.organizations
        with self._serving(self._small, "small") as rollcall:
            for name, kind in self._works(rollcall, one, paged, others):
                _say(f"{self._database}: {name}")
                self._add(f"{self._database}_{name}", share.of_bare(rollcall, kind, self._extent.length))
            if self._database == "sqlite":
                self._measure_password(rollcall, one)
            self._measure_workers(rollcall, one)
            with self._serving(self._large, "large") as beside:
                self._measure_growth(beside, rollcall, one)
                _say(f"{self._database}: mixed load")
                used = memory.after_load(beside, self._large.organizations, self._extent.load)
                self._results.memory[f"{self._database}_worker"] = round(used, 1)

    def _works(
        self, rollcall: Server, one: Organization, paged: Organization, others: Sequence[Organization]
    ) -> Iterator[tuple[str, Work]]:
        kinds = {
            "organization": work.get_organization(one),
            "page_unchanged": work.get_page(one),
            "page_first_time": work.get_each_page_once(paged, rollcall.port),
            "page_after_change": work.get_changed_pages(others, rollcall.port),
        }
        yield from ((name, kind._replace(waits=self._waits)) for name, kind in kinds.items())
        if self._database != "sqlite":
            return
        with Line(rollcall.port) as line:
            etag = line.expect(work.page(one)).header(b"etag")
        if etag is None:
            self._results.missing["sqlite_page_not_modified"] = "replies have no ETag"
        else:
            yield "page_not_modified", work.get_page_not_modified(one, etag)
        yield "rename", work.put_organization(one)

    def _measure_password(self, rollcall: Server, one: Organization) -> None:
        _say("by password")
        by_password = work.get_organization_by_password(one, PASSWORD)
        measured = share.of_other_work(rollcall, by_password, work.get_organization(one), self._extent.length)
        self._add("password_against_token", measured)

    def _measure_workers(self, rollcall: Server, one: Organization) -> None:
        name = f"{self._database}_two_workers"
        if not has_workers():
            self._results.missing[name] = "rollcall serve has no --workers"
            return
        _say(f"{self._database}: two workers")
        with self._serving(self._small, "two", workers=2) as two:
            kind = work.get_organization(one)._replace(waits=self._waits)
            self._add(name, share.of_one_worker(two, rollcall, kind, self._extent.length))

    def _measure_growth(self, beside: Server, alone: Server, one: Organization) -> None:
        _say(f"{self._database}: growth")
        prefix, numbers, organizations = self._database, self._results.growth, self._large.organizations
        places = [(beside, organization) for organization in organizations]
        taken = growth.times(places, list(growth.VIEWS), self._extent.repeats, waits=self._waits)
        written = [SIZES[organization.size] for organization in organizations]
        for view, (smallest, *larger) in taken.items():
            for size, seconds in zip(written[1:], larger, strict=True):
                numbers[f"{prefix}_{view}_{size}"] = seconds / smallest
        for size, filtered, page in zip(written, taken["filter"], taken["first_page"], strict=True):
            numbers[f"{prefix}_filter_against_page_{size}"] = filtered / page
        views = ("first_page", "filter")
        neighbours = [(beside, organizations[0]), (alone, one)]
        pairs = growth.times(neighbours, views, self._extent.repeats, waits=self._waits)
        numbers.update({f"{prefix}_{view}_beside_big": big / small for view, (big, small) in pairs.items()})

    def _add(self, name: str, measured: Share) -> None:
        self._results.shares[name] = measured.share
        self._results.rates[name] = (measured.rate, measured.of)
        self._results.spread[name] = measured.spread

    def _serving(self, filled: Filled, name: str, *, workers: int = 1) -> AbstractContextManager[Server]:
        home = self._home / f"{self._database}-{name}"
        return serving(filled.database_url, SECRET_KEY, home, workers=workers)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench server", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a look in a minute")
    options = parser.parse_args()
    # Whoever ends it early must not find servers running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    extent = QUICK if options.quick else FULL
    name = "server-quick" if options.quick else "server"
    measure(extent, name, quick=options.quick)
    return 0


def measure(extent: Extent, name: str, directory: Path = DIRECTORY, *, quick: bool = False) -> Results:
    """Measure, and write the results.

    Args:
        extent: How much.
        name: Of the files that are written.
        directory: Where they are written.
        quick: Whether the results say that they are not to be kept.
    """
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rollcall-bench-") as home, ExitStack() as stack:
        results = begin(_fsync_milliseconds(Path(home)), quick=quick)
        if results.machine.load > 1:
            _say(f"others use this machine ({results.machine.load} on average in the last minute): numbers will vary")
        places = {
            database: files(Path(home)) if database == "sqlite" else stack.enter_context(postgresql())
            for database in extent.databases
        }
        _say("making organizations")
        kinds = {"small": extent.small_sizes, "large": extent.sizes}
        filled = iter(populate_each([(place(kind), kinds[kind]) for place in places.values() for kind in kinds]))
        for database in places:
            Measurement(database, next(filled), next(filled), Path(home), extent, results).run()
    results.seconds = round(time.monotonic() - started, 1)
    write(results, directory / f"{name}.json")
    print(table.text([table.COLUMNS, *table.rows(SERVER, results, last_committed("server"))]))
    _draw(results, directory / f"{name}.png")
    return results


def _draw(results: Results, path: Path) -> None:
    try:
        from bench.plot import draw
    except ModuleNotFoundError as error:
        _say(f"no plot: {error}")
        return
    draw(SERVER, results, path)
    print(path)


def _fsync_milliseconds(directory: Path) -> float:
    """In how many milliseconds the disk confirms a small write."""
    taken = []
    with tempfile.TemporaryFile(dir=directory, buffering=0) as file:
        for _ in range(50):
            file.write(b"0" * 4096)
            started = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - started)
    return round(1000 * median(taken), 3)


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
