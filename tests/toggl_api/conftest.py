"""A small Toggl in this process, and endpoints of both kinds that are called alike."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from rollcall.testing import Account, RollcallServer
from toggl_api import OrganizationEndpoint
from toggl_api.asyncio import AsyncOrganizationEndpoint

from .live import Live

ANN = httpx.BasicAuth("ann@example.com", "secret")
MINUTE = 60.0


class Clock:
    """A clock that goes only when it is told to, or slept by."""

    def __init__(self) -> None:
        self.seconds = 1_800_000_000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


class Toggl:
    """The organizations of one account, as Toggl answers about them."""

    def __init__(self) -> None:
        self.organizations: dict[int, dict[str, Any]] = {}
        self.requests: list[httpx.Request] = []
        self.failures: list[tuple[str, int | Exception]] = []

    def have(self, number: int, name: str) -> None:
        """Let there be an organization."""
        self.organizations[number] = {
            "id": number,
            "name": name,
            "pricing_plan_id": 0,
            "at": "2026-01-02T03:04:05.678901Z",
            "user_count": 3,
            "trial_info": {"trial": False, "can_have_trial": True},
            "permissions": None,
            "admin": True,
        }

    def fail(self, method: str, *outcomes: int | Exception) -> None:
        """Answer the next requests with that method like this."""
        self.failures.extend((method, outcome) for outcome in outcomes)

    @property
    def asked(self) -> Counter[str]:
        """How many requests came, by method."""
        return Counter(request.method for request in self.requests)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.failures and self.failures[0][0] == request.method:
            _, outcome = self.failures.pop(0)
            if isinstance(outcome, Exception):
                raise outcome
            return httpx.Response(outcome, json="no")
        match request.method, request.url.path.removeprefix("/api/v9").strip("/").split("/"):
            case "GET", ["me", "organizations"]:
                return httpx.Response(200, json=[*self.organizations.values()] or None)
            case "POST", ["organizations"]:
                sent = json.loads(request.content)
                number = 100 + len(self.organizations)
                self.have(number, sent["name"])
                reply = {
                    "id": number,
                    "name": sent["name"],
                    "workspace_id": 7,
                    "workspace_name": sent["workspace_name"],
                }
                return httpx.Response(200, json=reply)
            case method, ["organizations", number, *_] if int(number) in self.organizations:
                return self._one(method, int(number), request)
            case "DELETE", _:
                return httpx.Response(404, json="no such organization")
            case _:
                return httpx.Response(404, json="User not part of organization")

    def _one(self, method: str, number: int, request: httpx.Request) -> httpx.Response:
        if method == "GET":
            return httpx.Response(200, json=self.organizations[number])
        if method == "PUT":
            self.organizations[number]["name"] = json.loads(request.content)["name"]
        else:
            del self.organizations[number]
        return httpx.Response(200, json="OK")


class Called:
    """An endpoint whose methods answer at once, whichever kind it is."""

    def __init__(self, endpoint: OrganizationEndpoint | AsyncOrganizationEndpoint) -> None:
        self.endpoint = endpoint

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def method(*args: Any, **kwargs: Any) -> Any:
            result = getattr(self.endpoint, name)(*args, **kwargs)
            return asyncio.run(result) if inspect.iscoroutine(result) else result

        return method


Make = Callable[..., Called]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Toggl:
    monkeypatch.delenv("TOGGL_API_URL", raising=False)
    toggl = Toggl()
    toggl.have(1, "Ours")
    toggl.have(2, "Theirs")
    return toggl


@pytest.fixture(params=["sync", "async"])
def make(request: pytest.FixtureRequest, server: Toggl, clock: Clock) -> Make:
    """Makes an endpoint of either kind that talks to `server`, by `clock`."""

    def made(cache: Any = None, *, auth: httpx.BasicAuth = ANN, base_url: str = "", **options: Any) -> Called:
        transport = httpx.MockTransport(server)
        if request.param == "sync":
            kind = type("Endpoint", (OrganizationEndpoint,), {"clock": clock})
            return Called(kind(auth, cache, client=httpx.Client(transport=transport, base_url=base_url), **options))
        kind = type("Endpoint", (AsyncOrganizationEndpoint,), {"clock": clock})
        return Called(kind(auth, cache, client=httpx.AsyncClient(transport=transport, base_url=base_url), **options))

    return made


@pytest.fixture(params=["sync", "async"])
def live(request: pytest.FixtureRequest, rollcall_server: RollcallServer, rollcall_account: Account) -> Iterator[Live]:
    """Endpoints of either kind on a real server, for an account with an organization of its own."""
    live = Live(request.param, rollcall_server, rollcall_account)
    yield live
    live.close()
