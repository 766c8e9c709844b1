"""Measures the clients: against bare httpx and msgspec that do the same work, in one run.

The server has learnt its replies by heart from a Rollcall server, so that what is measured is the client. The run takes
about two minutes and writes into bench/results; --quick takes about a quarter of one, and writes under a name that is not
committed.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

import httpx
import msgspec

import toggl
from bench import replay, table
from bench.asker import HOST, Line
from bench.goal import CLIENTS
from bench.population import populate
from bench.request import Credentials
from bench.results import DIRECTORY, Results, begin, last_committed, write
from bench.serving import serving
from rollcall.contract.models.organization import ModelsMeOrganization
from rollcall.contract.models.organization_user import ModelsOrgUser
from toggl_api import OrganizationEndpoint
from toggl_api.asyncio import AsyncJSONCache, AsyncOrganizationEndpoint, AsyncSqliteCache
from toggl_api.meta.cache import JSONCache, SqliteCache, TogglCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SECRET_KEY = "k" * 32
PEOPLE, PER_PAGE = 5_000, 50
PAGES = PEOPLE // PER_PAGE
AUTH = httpx.BasicAuth("ann@example.com", "secret")
NUMBER = 7
"""Of the organization, as the server that is measured against has it."""


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
        home: A directory for the caches.
    """

    def __init__(self, port: int, home: Path, extent: Extent, results: Results) -> None:
        self._port = port
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
        target = f"/organizations/{NUMBER}/users?per_page={PEOPLE}"
        decode = msgspec.json.Decoder(list[ModelsOrgUser]).decode
        request = Credentials("ann@example.com", "secret").get(target)
        with Line(self._port) as line, self._api_client() as api_client:
            users = toggl.UsersApi(api_client)
            self._compare("one_reply_httpx_against_socket", lambda: decode(bare.get(target).content), line, request)
            self._add(
                "one_reply_toggl",
                lambda: users.get_organization_users(NUMBER, per_page=PEOPLE),
                lambda: decode(bare.get(target).content),
                calls=1,
            )

    def _compare(self, name: str, work: Callable[[], object], line: Line, request: bytes) -> None:
        self._add(name, work, lambda: line.expect(request), calls=1)

    def _measure_small_calls(self, bare: httpx.Client) -> None:
        _say("small calls")
        target = f"/organizations/{NUMBER}"
        decode = msgspec.json.Decoder(ModelsMeOrganization).decode

        def plain() -> object:
            return decode(bare.get(target).content)

        with self._api_client() as api_client, httpx.Client(base_url=self._base_url) as client:
            organizations = toggl.OrganizationsApi(api_client)
            self._add("small_call_toggl", lambda: organizations.get_organization(NUMBER), plain)
            endpoint = OrganizationEndpoint(AUTH, client=client)
            self._add("small_call_toggl_api", lambda: endpoint.get(NUMBER), plain)

    def _measure_pages(self, bare: httpx.Client) -> None:
        _say("100 pages of 50")
        decode = msgspec.json.Decoder(list[ModelsOrgUser]).decode

        def plain() -> object:
            pages = (bare.get(f"/organizations/{NUMBER}/users?page={n}&per_page=50") for n in range(1, PAGES + 1))
            return [row for page in pages for row in decode(page.content)]

        with self._api_client() as api_client:
            users = toggl.UsersApi(api_client)
            self._add(
                "pages_toggl", lambda: list(users.iterate_organization_users(NUMBER, per_page=50)), plain, calls=1
            )

    def _measure_caches(self, bare: httpx.Client) -> None:
        _say("caches")
        target = f"/organizations/{NUMBER}"

        def plain() -> object:
            return bare.get(target)

        for kind in (JSONCache, SqliteCache):
            with httpx.Client(base_url=self._base_url) as client:
                endpoint = OrganizationEndpoint(AUTH, self._cache(kind), client=client)
                endpoint.get(NUMBER)
                self._add(f"cached_call_{kind.__name__}", lambda endpoint=endpoint: endpoint.get(NUMBER), plain)
        for kind in (AsyncJSONCache, AsyncSqliteCache):
            with asyncio.Runner() as runner:
                client = httpx.AsyncClient(base_url=self._base_url)
                endpoint = AsyncOrganizationEndpoint(AUTH, self._cache(kind), client=client)

                async def many(endpoint: AsyncOrganizationEndpoint = endpoint) -> None:
                    for _ in range(self._extent.calls):
                        await endpoint.get(NUMBER)

                runner.run(many())
                ours, theirs = self._in_turns(lambda: runner.run(many()), plain, (1, self._extent.calls))
                self._keep(f"cached_call_{kind.__name__}", ours, theirs)
                runner.run(client.aclose())

    def _cache(self, kind: type[TogglCache]) -> TogglCache:
        return kind(self._home / kind.__name__)  # type: ignore[arg-type]  # the kinds take a folder, their base a store

    def _measure_imports(self) -> None:
        packages = ("toggl", "toggl.aio", "toggl_api", "toggl_api.asyncio")
        _say("imports")
        taken: dict[str, list[float]] = {name: [] for name in ("httpx", *packages)}
        for _ in range(self._extent.imports):
            for name, seconds in taken.items():
                seconds.append(_import_seconds(name))
        for name in packages:
            ratios = [ours / theirs for ours, theirs in zip(taken[name], taken["httpx"], strict=True)]
            self._results.ratios[f"import_{name}"] = median(ratios)

    def _measure_memory(self) -> None:
        _say("memory")
        few, many = (_peak_of_iterating(self._base_url, count) for count in self._extent.iterated)
        self._results.ratios["memory_iterating"] = many / few

    def _api_client(self) -> toggl.ApiClient:
        return toggl.ApiClient(toggl.Configuration(host=self._base_url, username="ann@example.com", password="secret"))

    def _add(
        self, name: str, ours: Callable[[], object], theirs: Callable[[], object], *, calls: int | None = None
    ) -> None:
        count = calls or self._extent.calls
        self._keep(name, *self._in_turns(ours, theirs, (count, count)))

    def _keep(self, name: str, ours: list[float], theirs: list[float]) -> None:
        ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
        low, middle, high = quantiles(ratios, n=4)
        self._results.ratios[name] = middle
        self._results.spread[name] = (low, high)
        self._results.rates[name] = (1 / median(ours), 1 / median(theirs))

    def _in_turns(
        self, ours: Callable[[], object], theirs: Callable[[], object], calls: tuple[int, int]
    ) -> tuple[list[float], list[float]]:
        """Seconds for one call of each, round by round; the first round warms up."""
        rounds = [
            (_seconds(ours, calls[0]) * calls[0] / calls[1], _seconds(theirs, calls[1]))
            for _ in range(self._extent.rounds + 1)
        ]
        return [one for one, _ in rounds[1:]], [other for _, other in rounds[1:]]


def _seconds(work: Callable[[], object], calls: int) -> float:
    started = time.perf_counter()
    for _ in range(calls):
        work()
    return (time.perf_counter() - started) / calls


def _import_seconds(package: str) -> float:
    """Seconds to import a package where nothing but the clients is installed: httpx's own command would need more."""
    program = (
        "import sys, time; sys.modules.update(dict.fromkeys(('click', 'rich', 'pygments')))\n"
        f"started = time.perf_counter(); import {package}; print(time.perf_counter() - started)"
    )
    return float(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout)


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


def _recordings(home: Path, iterated: Sequence[int]) -> Iterator[tuple[str, replay.Recording]]:
    """What a Rollcall server answers about an organization of 5,000, and, as if there were more, about larger ones."""
    (organization,) = populate(url := f"sqlite://{home / 'rollcall.db'}", [PEOPLE])
    own = f"/organizations/{organization.organization_id}"
    credentials = Credentials(organization.token)
    with serving(url, SECRET_KEY, home / "server") as rollcall, Line(rollcall.port) as line:
        yield f"/organizations/{NUMBER}", replay.record(line, credentials.get(own))
        whole = f"users?per_page={PEOPLE}"
        yield f"/organizations/{NUMBER}/{whole}", replay.record(line, credentials.get(f"{own}/{whole}"))
        for size in (PEOPLE, *iterated):
            for page in range(1, size // PER_PAGE + 1):
                asked = credentials.get(f"{own}/users?page={(page - 1) % PAGES + 1}&per_page={PER_PAGE}")
                learnt = replay.record(line, asked, x_page=page, x_pages=size // PER_PAGE, x_records=size)
                number = NUMBER if size == PEOPLE else size
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
        recordings = {f"/api/v9{target}": reply for target, reply in _recordings(home, extent.iterated)}
        with replay.serving(recordings) as port:
            Measurement(port, home, extent, results).run()
    results.seconds = round(time.monotonic() - started, 1)
    return results


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
