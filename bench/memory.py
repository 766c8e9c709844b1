"""Memory: what a worker occupies under a load of everything."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from bench.asker import Asker
from bench.growth import FILTER
from bench.population import PASSWORD
from bench.request import Credentials
from bench.serving import occupied
from bench.work import PER_PAGE, SOME, page, rename

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.population import Organization
    from bench.serving import Server


def after_load(rollcall: Server, organizations: Sequence[Organization], seconds: float) -> float:
    """Megabytes (10^6 bytes) of the largest process after so many seconds of mixed requests."""
    return during_load(rollcall, organizations, seconds, seconds)[-1]


def during_load(rollcall: Server, organizations: Sequence[Organization], seconds: float, every: float) -> list[float]:
    """Megabytes (10^6 bytes) of the largest process, again and again in so many seconds of mixed requests.

    Args:
        rollcall: The server.
        organizations: Whom its database has.
        seconds: How long it is asked.
        every: Seconds from one look to the next.
    """
    megabytes = []
    requests = _mixture(organizations)
    end = time.monotonic() + seconds
    with Asker(rollcall.port, connections=SOME) as asker:
        while (left := end - time.monotonic()) > 0:
            asker.ask(requests, min(every, left))
            megabytes.append(occupied(rollcall.process) / 1e6)
    return megabytes


def _mixture(organizations: Sequence[Organization]) -> Iterator[bytes]:
    """Pages all over the organizations, some of them by name; organizations, by token and password; and changes."""
    choose = random.Random(1)  # noqa: S311 - it is to be the same every time
    while True:
        organization = choose.choice(organizations)
        path = f"/organizations/{organization.organization_id}"
        last = organization.size // PER_PAGE
        for _ in range(10):
            yield page(organization, choose.randint(1, last))
        yield page(organization)
        yield page(organization, filter=FILTER)
        yield Credentials(organization.token).get(path)
        yield Credentials(organization.email, PASSWORD).get(path)
        yield Credentials(organization.token).get(f"/workspaces/{organization.workspace_id}/users?page={last}")
        yield rename(organization)
