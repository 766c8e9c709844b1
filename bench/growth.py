"""Growth: how much longer a reply takes because an organization, or its neighbour, is large."""

from __future__ import annotations

import time
from collections import defaultdict
from statistics import quantiles
from typing import TYPE_CHECKING

from bench.asker import Line
from bench.serving import processor_seconds
from bench.work import PER_PAGE, page, rename

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bench.population import Organization
    from bench.serving import Server

_LIMIT, _AT_LEAST = 90, 5
"""Seconds after which a server that does not stay flat is timed no more, once there are so many times."""

FILTER = "quixworth"
"""In the name of one person of each organization."""

VIEWS: Mapping[str, Callable[[Organization], bytes]] = {
    "first_page": page,
    "middle_page": lambda organization: page(organization, organization.size // PER_PAGE // 2),
    "last_page": lambda organization: page(organization, organization.size // PER_PAGE),
    "totals": lambda organization: page(organization, per_page=1),
    "filter": lambda organization: page(organization, filter=FILTER),
}


def times(
    places: Sequence[tuple[Server, Organization]], views: Sequence[str], repeats: int, *, waits: bool
) -> dict[str, list[float]]:
    """Seconds that one reply takes after a change, for each view and, in their order, each place.

    All take turns, so that whatever else the machine does falls on all. Each time the organization is renamed first, so
    that no reply that is kept is given. Of all times the lower quartile counts: others on the machine only ever add.

    Args:
        places: Servers, and organizations on them.
        views: Keys of `VIEWS`.
        repeats: How often each reply is timed.
        waits: Whether the servers wait for a database, so that the clock has to tell; else their processor time does.
    """
    taken: dict[str, list[list[float]]] = defaultdict(lambda: [[] for _ in places])
    end = time.monotonic() + _LIMIT
    for number in range(repeats):
        if number >= _AT_LEAST and time.monotonic() > end:
            break
        for view in views:
            for seconds, (server, organization) in zip(taken[view], places, strict=True):
                with Line(server.port) as line:
                    line.expect(rename(organization))
                    before = processor_seconds(server.process)
                    by_clock = line.expect(VIEWS[view](organization)).seconds
                    by_processor = processor_seconds(server.process) - before
                    seconds.append(by_clock if waits else by_processor)
    return {
        view: [quantiles(seconds, n=4, method="inclusive")[0] for seconds in of_places]
        for view, of_places in taken.items()
    }
