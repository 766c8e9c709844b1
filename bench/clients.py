"""Measures the clients: against bare httpx and msgspec that do the same work, in one run.

The server has learnt its replies by heart from a Rollcall server, so that what is measured is the client. The run takes
about two minutes and writes into bench/results; --quick takes about a quarter of one, and writes under a name that is
not committed.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

import httpx
import msgspec

import toggl
from bench import replay, table
from bench.asker import HOST, Line
from bench.goal import CLIENTS
from bench.population import Organization, populate
from bench.request import Credentials
from bench.results import DIRECTORY, Results, begin, last_committed, write
from bench.serving import serving
from rollcall.contract.models.organization import ModelsMeOrganization
from rollcall.contract.models.organization_user import ModelsOrgUser
from toggl_api import OrganizationEndpoint
from toggl_api.asyncio import AsyncJSONCache, AsyncOrganizationEndpoint, AsyncSqliteCache
from toggl_api.meta.cache import JSONCache, SqliteCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SECRET_KEY = "k" * 32
EMAIL, PASSWORD = "ann@example.com", "secret"
PEOPLE, PER_PAGE = 5_000, 50
PAGES = PEOPLE // PER_PAGE
AUTH = httpx.BasicAuth(EMAIL, PASSWORD)
USED = {
    "toggl": "ApiClient, OrganizationsApi, UsersApi",
    "toggl.aio": "ApiClient, OrganizationsApi, UsersApi",
    "toggl_api": "OrganizationEndpoint",
    "toggl_api.asyncio": "AsyncOrganizationEndpoint",
}
"""What programs use of each package, which is loaded when they do."""


class Extent(NamedTuple):
    """How much is measured.

    Attributes:
        rounds: How often the two of a pair take turns.
        calls: How many small calls make one turn.
        imports: How often each package is imported.
        iterated: How many people are iterated, for the memory.
    """

    rounds: int
    calls: int
    imports: int
    iterated: tuple[int, int]


FULL = Extent(25, 60, 15, (10_000, 100_000))
QUICK = Extent(7, 30, 5, (2_000, 10_000))


class Measurement:
    """One run against a server that has learnt its replies.

    Args:
        port: Where it is.
        number: Of the organization of 5,000.
        home: A directory for the caches.
    """

    def __init__(self, port: int, number: int, home: Path, extent: Extent, results: Results) -> None:
        self._port = port
        self._number = number
        self._base_url = f"http://{HOST}:{port}/api/v9"
        self._home = home
        self._extent = extent
        self._results = results

    def run(self) -> None:
        """Measure everything, and add it to the results."""
        with httpx.Client(base_url=self._base_url, auth=AUTH) as bare:
            self._measure_one_reply(bare)
            self._measure_small_calls(bare)
            self._measure_pages(bare)
            self._measure_caches(bare)
        self._measure_imports()
        self._measure_memory()

    def _measure_one_reply(self, bare: httpx.Client) -> None:
        _say("5,000 users in one reply")
        target = f"/organizations/{self._number}/users?per_page={PEOPLE}"
        decode = msgspec.json.Decoder(list[ModelsOrgUser]).decode
        request = Credentials(EMAIL, PASSWORD).get(target)
        with Line(self._port) as line, self._api_client() as api_client:
            users = toggl.UsersApi(api_client)
            self._add(
                "one_reply_httpx_against_socket",
                lambda: decode(bare.get(target).content),
                lambda: line.expect(request),
                calls=1,
            )
            self._add(
                "one_reply_toggl",
                lambda: users.get_organization_users(self._number, per_page=PEOPLE),
                lambda: decode(bare.get(target).content),
                calls=1,
            )

    def _measure_small_calls(self, bare: httpx.Client) -> None:
        _say("small calls")
        target = f"/organizations/{self._number}"
        decode = msgspec.json.Decoder(ModelsMeOrganization).decode

        def plain() -> object:
            return decode(bare.get(target).content)

        with self._api_client() as api_client, httpx.Client(base_url=self._base_url) as client:
            organizations = toggl.OrganizationsApi(api_client)
            self._add("small_call_toggl", lambda: organizations.get_organization(self._number), plain)
            endpoint = OrganizationEndpoint(AUTH, client=client)
            self._add("small_call_toggl_api", lambda: endpoint.get(self._number), plain)

    def _measure_pages(self, bare: httpx.Client) -> None:
        _say("100 pages of 50")
        decode = msgspec.json.Decoder(list[ModelsOrgUser]).decode

        def plain() -> object:
            pages = (bare.get(f"/organizations/{self._number}/users?page={n}&per_page=50") for n in range(1, PAGES + 1))
            return [row for page in pages for row in decode(page.content)]

        with self._api_client() as api_client:
            users = toggl.UsersApi(api_client)
            self._add(
                "pages_toggl", lambda: list(users.iterate_organization_users(self._number, per_page=50)), plain, calls=1
            )

    def _measure_caches(self, bare: httpx.Client) -> None:
        _say("caches")
        target = f"/organizations/{self._number}"

        def plain() -> object:
            return bare.get(target)

        for blocking in (JSONCache, SqliteCache):
            with httpx.Client(base_url=self._base_url) as client:
                endpoint = OrganizationEndpoint(AUTH, blocking(self._home / blocking.__name__), client=client)
                endpoint.get(self._number)
                self._add(f"cached_call_{blocking.__name__}", partial(endpoint.get, self._number), plain)
                endpoint.close()
        for awaited in (AsyncJSONCache, AsyncSqliteCache):
            with asyncio.Runner() as runner:
                ours, theirs = runner.run(self._awaited_in_turns(awaited(self._home / awaited.__name__), plain))
            self._keep(f"cached_call_{awaited.__name__}", ours, theirs)

    async def _awaited_in_turns(
        self, cache: AsyncJSONCache | AsyncSqliteCache, plain: Callable[[], object]
    ) -> tuple[list[float], list[float]]:
        """Seconds for one awaited call and one that is not."""
        ours, theirs = [], []
        async with (
            httpx.AsyncClient(base_url=self._base_url) as client,
            AsyncOrganizationEndpoint(AUTH, cache, client=client) as endpoint,
        ):
            await endpoint.get(self._number)
            for _ in range(self._extent.rounds):
                started = time.process_time()
                for _ in range(self._extent.calls):
                    await endpoint.get(self._number)
                ours.append((time.process_time() - started) / self._extent.calls)
                theirs.append(_seconds(plain, self._extent.calls))
        return ours, theirs

    def _measure_imports(self) -> None:
        _say("imports")
        programs = {"httpx": "import httpx"}
        for package, used in USED.items():
            programs[f"import_{package}"] = f"import {package}"
            programs[f"use_{package}"] = f"from {package} import {used}"
        taken: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(self._extent.imports):
            for name, program in programs.items():
                taken[name].append(_seconds_of(program))
        # What else the machine does only ever adds.
        for name in list(programs)[1:]:
            self._results.ratios[name] = min(taken[name]) / min(taken["httpx"])

    def _measure_memory(self) -> None:
        _say("memory")
        few, many = (_peak_of_iterating(self._base_url, count) for count in self._extent.iterated)
        self._results.ratios["memory_iterating"] = many / few

    def _api_client(self) -> toggl.ApiClient:
        return toggl.ApiClient(toggl.Configuration(host=self._base_url, username=EMAIL, password=PASSWORD))

    def _add(
        self, name: str, ours: Callable[[], object], theirs: Callable[[], object], *, calls: int | None = None
    ) -> None:
        count = calls or self._extent.calls
        self._keep(name, *self._in_turns(ours, theirs, count))

    def _keep(self, name: str, ours: list[float], theirs: list[float]) -> None:
        ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
        low, middle, high = quantiles(ratios, n=4)
        self._results.ratios[name] = middle
        self._results.spread[name] = (low, high)
        self._results.rates[name] = (1 / median(ours), 1 / median(theirs))

    def _in_turns(
        self, ours: Callable[[], object], theirs: Callable[[], object], calls: int
    ) -> tuple[list[float], list[float]]:
        """Seconds for one call of each, round by round; the first round warms up."""
        rounds = [(_seconds(ours, calls), _seconds(theirs, calls)) for _ in range(self._extent.rounds + 1)]
        return [one for one, _ in rounds[1:]], [other for _, other in rounds[1:]]


def _seconds(work: Callable[[], object], calls: int) -> float:
    """Seconds of processor time that one call takes: what else the machine does is not in it."""
    started = time.process_time()
    for _ in range(calls):
        work()
    return (time.process_time() - started) / calls


def _seconds_of(program: str) -> float:
    """Seconds that some imports take without what httpx's own command needs, which a lean environment does not have."""
    timed = (
        "import sys, time; sys.modules.update(dict.fromkeys(('click', 'rich', 'pygments')))\n"
        f"started = time.process_time(); {program}; print(time.process_time() - started)"
    )
    return float(subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True).stdout)


def _peak_of_iterating(base_url: str, people: int) -> float:
    """Kilobytes that a process has occupied at most when it has seen so many people, page by page."""
    program = f"""
import resource, toggl
configuration = toggl.Configuration(host={base_url!r}, username="ann@example.com", password="secret")
with toggl.ApiClient(configuration) as api_client:
    users = toggl.UsersApi(api_client)
    assert sum(1 for _ in users.iterate_organization_users({people}, per_page={PER_PAGE})) == {people}
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    return float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout)


def _recordings(
    url: str, organization: Organization, home: Path, iterated: Sequence[int]
) -> Iterator[tuple[str, replay.Recording]]:
    """What a Rollcall server answers about an organization of 5,000, and, as if there were more, about larger ones."""
    own = f"/organizations/{organization.organization_id}"
    credentials = Credentials(organization.token)
    with serving(url, SECRET_KEY, home / "server") as rollcall, Line(rollcall.port) as line:
        yield own, replay.record(line, credentials.get(own))
        whole = f"users?per_page={PEOPLE}"
        yield f"{own}/{whole}", replay.record(line, credentials.get(f"{own}/{whole}"))
        for size in (PEOPLE, *iterated):
            for page in range(1, size // PER_PAGE + 1):
                asked = credentials.get(f"{own}/users?page={(page - 1) % PAGES + 1}&per_page={PER_PAGE}")
                learnt = replay.record(line, asked, x_page=page, x_pages=size // PER_PAGE, x_records=size)
                number = organization.organization_id if size == PEOPLE else size
                yield f"/organizations/{number}/users?page={page}&per_page={PER_PAGE}", learnt


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench clients", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a look in a quarter of a minute")
    options = parser.parse_args()
    name = "clients-quick" if options.quick else "clients"
    results = measure(QUICK if options.quick else FULL, quick=options.quick)
    write(results, DIRECTORY / f"{name}.json")
    print(table.text([table.COLUMNS, *table.rows(CLIENTS, results, last_committed("clients"))]))
    return 0


def measure(extent: Extent, *, quick: bool = False) -> Results:
    """Measure.

    Args:
        extent: How much.
        quick: Whether the results say that they are not to be kept.
    """
    started = time.monotonic()
    results = begin(0, quick=quick)
    with tempfile.TemporaryDirectory(prefix="rollcall-bench-") as name:
        home = Path(name)
        (organization,) = populate(url := f"sqlite://{home / 'rollcall.db'}", [PEOPLE])
        recorded = _recordings(url, organization, home, extent.iterated)
        with replay.serving({f"/api/v9{target}": reply for target, reply in recorded}) as port:
            Measurement(port, organization.organization_id, home, extent, results).run()
    results.seconds = round(time.monotonic() - started, 1)
    return results


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
