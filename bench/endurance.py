"""Measures what a worker occupies under an hour of everything: whether it grows, and how far.

Both databases have organizations of up to a million people, and are asked at the same time, one worker each.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bench import table
from bench.goal import ENDURANCE, SIZES
from bench.memory import during_load
from bench.population import populate_each
from bench.postgresql import postgresql
from bench.results import DIRECTORY, Results, begin, last_committed, write
from bench.server import SECRET_KEY
from bench.serving import files, serving

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUTE = 60
"""Seconds."""


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="scripts/bench endurance", description=__doc__)
    parser.add_argument("--minutes", type=int, default=60, help="how long, unless an hour")
    options = parser.parse_args()
    # Whoever ends it early must not find servers running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    measure(options.minutes * MINUTE, tuple(SIZES))
    return 0


def measure(seconds: int, sizes: Sequence[int], directory: Path = DIRECTORY) -> Results:
    """Measure, and write the results.

    Args:
        seconds: Of load.
        sizes: How many people the organizations have.
        directory: Where it is written.
    """
    started = time.monotonic()
    results = begin(0, quick=False)
    with (
        tempfile.TemporaryDirectory(prefix="rollcall-bench-") as home,
        ThreadPoolExecutor() as threads,
        # Left first, also when the run is ended early: who asks a server that has gone gives up.
        ExitStack() as stack,
    ):
        places = {"sqlite": files(Path(home)), "postgresql": stack.enter_context(postgresql())}
        filled = dict(zip(places, populate_each([(place("large"), sizes) for place in places.values()]), strict=True))
        servers = {
            database: stack.enter_context(serving(each.database_url, SECRET_KEY, Path(home) / database))
            for database, each in filled.items()
        }
        occupied = {
            database: threads.submit(during_load, server, filled[database].organizations, seconds, min(seconds, MINUTE))
            for database, server in servers.items()
        }
        for database, future in occupied.items():
            megabytes = future.result()
            print(f"{database}, MB minute by minute: {' '.join(f'{each:.0f}' for each in megabytes)}")
            results.memory |= {f"{database}_most": max(megabytes), f"{database}_at_the_end": megabytes[-1]}
    results.load = seconds
    results.seconds = round(time.monotonic() - started, 1)
    write(results, directory / "endurance.json")
    print(table.text([table.COLUMNS, *table.rows(ENDURANCE, results, last_committed("endurance"))]))
    return results


if __name__ == "__main__":
    sys.exit(main())
