"""Growth: how much longer a reply takes because an organization, or its neighbour, is large."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from statistics import quantiles
from typing import TYPE_CHECKING

from bench.asker import Line
from bench.serving import processor_seconds
from bench.work import PER_PAGE, page, rename

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bench.population import Organization
    from bench.serving import Server

_LIMIT, _AT_LEAST = 90, 5
"""Seconds after which a server that does not stay flat is timed no more, once there are so many times."""

FILTER = "quixworth"
"""In the name of one person of each organization."""

_VARIANTS = 6
"""How many replies are asked for after each change. Each has another length, so that none of them is kept already; but
for the first, they show what a reply costs by itself, and not what it costs to read again what a change made stale."""

VIEWS: Mapping[str, Callable[[Organization, int], bytes]] = {
    "first_page": lambda organization, longer: page(organization, per_page=PER_PAGE + longer),
    "middle_page": lambda organization, longer: page(
        organization, organization.size // (PER_PAGE + longer) // 2, per_page=PER_PAGE + longer
    ),
    "last_page": lambda organization, longer: page(
        organization, organization.size // (PER_PAGE + longer), per_page=PER_PAGE + longer
    ),
    "totals": lambda organization, longer: page(organization, per_page=1 + longer),
    "filter": lambda organization, longer: page(organization, per_page=PER_PAGE + longer, filter=FILTER),
}
"""Requests that are compared, for an organization and a number of rows beyond the usual."""


def times(
    places: Sequence[tuple[Server, Organization]], views: Sequence[str], repeats: int, *, waits: bool
) -> dict[str, list[float]]:
    """Seconds that one reply takes after a change, for each view and, in their order, each place.

    All take turns, so that whatever else the machine does falls on all, and no reply that is kept is given again. The
    lower quartile counts: others on the machine only ever add.

    Args:
        places: Servers, and organizations on them.
        views: Keys of `VIEWS`.
        repeats: How often each reply is timed.
        waits: Whether the servers wait for a database, so that the clock has to tell; else their processor time does.
    """
    taken: dict[str, list[list[float]]] = defaultdict(lambda: [[] for _ in places])
    choose = random.Random(1)  # noqa: S311 - it is to be the same every time
    end = time.monotonic() + _LIMIT
    for number in range(repeats):
        if number >= _AT_LEAST and time.monotonic() > end:
            break
        for view in views:
            # Who is asked first pays for what the others find warm.
            for place in choose.sample(range(len(places)), len(places)):
                server, organization = places[place]
                taken[view][place] += _after_change(server, organization, VIEWS[view], waits=waits)
    return {
        view: [quantiles(seconds, n=4, method="inclusive")[0] for seconds in of_places]
        for view, of_places in taken.items()
    }


def _after_change(
    server: Server, organization: Organization, view: Callable[[Organization, int], bytes], *, waits: bool
) -> Iterator[float]:
    with Line(server.port) as line:
        line.expect(rename(organization))
        for longer in range(_VARIANTS):
            before = processor_seconds(server.process)
            by_clock = line.expect(view(organization, longer)).seconds
            yield by_clock if waits else processor_seconds(server.process) - before
