"""A server in this process that answers what it is told to, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import httpx
import pytest

import toggl

from .loopback import Loopback
from .mode import Mode


class Clock:
    """A clock that goes only when it is slept by."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> float:
        return 1_800_000_000.0 + sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class Server:
    """Answers each request with the same reply."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answer: Callable[[httpx.Request], httpx.Response] = lambda _: httpx.Response(200, json=None)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.answer(request)

    def says(self, status: int, **reply: object) -> None:
        """Answer with this from now on."""
        self.answer = lambda request: httpx.Response(status, request=request, **reply)  # type: ignore[arg-type]  # httpx's own


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("TOGGL_API_URL", "TOGGL_API_TOKEN", "TOGGL_EMAIL", "TOGGL_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    yield
    toggl.Configuration.set_default(None)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def configuration() -> toggl.Configuration:
    return toggl.Configuration(host="https://rollcall.invalid/api/v9", username="ann@example.com", password="secret")


@pytest.fixture(params=["blocking", "awaited"])
def mode(request: pytest.FixtureRequest) -> Iterator[Mode]:
    """Each test runs in both modes."""
    mode = Mode(request.param)
    yield mode
    mode.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api_client(
    server: Server, configuration: toggl.Configuration, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> toggl.ApiClient:
    monkeypatch.setattr(toggl.ApiClient, "clock", clock)
    return toggl.ApiClient(configuration, client=httpx.Client(transport=httpx.MockTransport(server)))


@pytest.fixture
def organizations(api_client: toggl.ApiClient) -> toggl.OrganizationsApi:
    return toggl.OrganizationsApi(api_client)


@pytest.fixture
def users(api_client: toggl.ApiClient) -> toggl.UsersApi:
    return toggl.UsersApi(api_client)


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    with Loopback() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.may_answer.set()
        server.shutdown()
        thread.join()
