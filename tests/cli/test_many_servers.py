"""Two servers on one PostgreSQL: whichever answers, it knows what the other has done."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import httpx
import pytest

from tests.cli.conftest import Serve
from tests.cli.serving import AUTHORITIES, Auth, Serving

KEY = "0123456789abcdef0123456789abcdef"
ORGANIZATIONS = 6
RENAMES = 25


@pytest.fixture
def servers(serve: Serve, postgresql_url: str) -> tuple[Serving, Serving]:
    """Both know the same secret; the first has made the first account."""
    first = serve(ROLLCALL_DATABASE_URL=postgresql_url, ROLLCALL_SECRET_KEY=KEY)
    assert first.auth
    second = serve("--signup", "open", ROLLCALL_DATABASE_URL=postgresql_url, ROLLCALL_SECRET_KEY=KEY)
    assert second.url
    return first, second


class Alternating:
    """A client, such as a browser, whose requests are spread over servers by a balancer."""

    def __init__(self, servers: tuple[Serving, ...]) -> None:
        self._urls = cycle(serving.url for serving in servers)
        self._http = httpx.Client(verify=AUTHORITIES, timeout=60)

    def send(self, method: str, path: str, **more: Any) -> httpx.Response:
        url = next(self._urls)
        headers = {**more.pop("headers", {}), "Origin": url.removesuffix("/api/v9")}
        self._http.cookies.clear()
        return self._http.request(method, url + path, headers=headers, **more)

    def skip(self) -> None:
        """Leave one server out."""
        next(self._urls)

    def close(self) -> None:
        self._http.close()


@pytest.fixture
def client(servers: tuple[Serving, Serving]) -> Iterator[Alternating]:
    client = Alternating(servers)
    yield client
    client.close()


def test_a_session_is_opened_here_used_anywhere_and_closed_there(
    client: Alternating, servers: tuple[Serving, Serving]
) -> None:
    for _ in servers:
        opened = client.send("POST", "/me/sessions", auth=servers[0].auth)
        session = {"Cookie": opened.headers["set-cookie"].partition(";")[0]}
        statuses = [client.send("GET", "/me", headers=session).status_code for _ in range(6)]
        for number in range(5):
            change = {"fullname": f"Name {number}"}
            statuses.append(client.send("PUT", "/me", headers=session, json=change).status_code)
        assert statuses == [200] * 11
        assert client.send("DELETE", "/me/sessions", headers=session).status_code == 200
        assert [client.send("GET", "/me", headers=session).status_code for _ in range(4)] == [401] * 4
        client.skip()


def test_a_token_that_was_reset_here_is_no_good_there(client: Alternating, servers: tuple[Serving, Serving]) -> None:
    auth: Auth = servers[0].auth
    for _ in range(4):
        assert [client.send("GET", "/me", auth=auth).status_code for _ in servers] == [200, 200]
        new = client.send("POST", "/me/reset_token", auth=auth).json()
        assert [client.send("GET", "/me", auth=auth).status_code for _ in servers] == [403, 403]
        auth = (new, "api_token")


def test_a_password_that_was_changed_here_is_no_good_there(
    client: Alternating, servers: tuple[Serving, Serving]
) -> None:
    email, password = "admin@localhost", servers[0].fact("password")
    for number in range(3):
        # Both have checked it, and remember.
        assert [client.send("GET", "/me", auth=(email, password)).status_code for _ in servers] == [200, 200]
        change = {"current_password": password, "password": f"new password {number}"}
        assert client.send("PUT", "/me", auth=(email, password), json=change).status_code == 200
        assert [client.send("GET", "/me", auth=(email, password)).status_code for _ in servers] == [403, 403]
        password = change["password"]
        client.skip()


def test_who_is_deactivated_here_has_no_access_there(client: Alternating, servers: tuple[Serving, Serving]) -> None:
    owner = servers[0].auth
    [workspace] = client.send("GET", "/me/workspaces", auth=owner).json()
    organization = f"/organizations/{workspace['organization_id']}"
    invitation = {"emails": ["bob@example.com"], "workspaces": [{"workspace_id": workspace["id"]}]}
    invited = client.send("POST", f"{organization}/invitations", auth=owner, json=invitation).json()
    code = invited["data"][0]["invite_url"].rpartition("/")[2]
    person = {"email": "bob@example.com", "password": "correct horse", "tos_accepted": True, "invitation_code": code}
    token = client.send("POST", "/signup", json=person).json()["api_token"]
    people = client.send("GET", f"{organization}/users", auth=owner).json()
    [bob] = [each["id"] for each in people if each["email"] == "bob@example.com"]
    for inactive, status in ((True, 404), (False, 200)) * 3:
        changed = client.send("PUT", f"{organization}/users/{bob}", auth=owner, json={"inactive": inactive})
        assert changed.status_code == 200
        assert [client.send("GET", organization, auth=(token, "api_token")).status_code for _ in range(2)] == [
            status
        ] * 2
        client.skip()


def test_what_one_has_acknowledged_the_other_shows(servers: tuple[Serving, Serving]) -> None:
    """Writers and readers at once, each write on one server and the read behind it on the other."""

    async def rename(http: httpx.AsyncClient, number: int) -> None:
        made = await http.post(f"{servers[0].url}/organizations", json={"name": f"O{number}", "workspace_name": "W"})
        path = f"/organizations/{made.raise_for_status().json()['id']}"
        for turn in range(RENAMES):
            writer, reader = servers[turn % 2].url, servers[1 - turn % 2].url
            name = f"Organization {number} for the {turn}th time"
            (await http.put(writer + path, json={"name": name})).raise_for_status()
            replies = await asyncio.gather(*(http.get(each + path) for each in (reader, writer, reader)))
            assert [reply.json()["name"] for reply in replies] == [name] * 3
            people = await http.get(f"{reader}{path}/users")
            assert len(people.json()) == 1

    async def rename_many() -> None:
        async with httpx.AsyncClient(verify=AUTHORITIES, timeout=60, auth=servers[0].auth) as http:
            await asyncio.gather(*(rename(http, number) for number in range(ORGANIZATIONS)))

    asyncio.run(rename_many())


def test_a_server_is_told_of_its_replica(serve: Serve, postgresql_url: str) -> None:
    """Who has what the primary has is as good as a replica: here it is the primary itself."""
    serving = serve(
        "--workers", "2", "--database-url", postgresql_url, "--replica-url", postgresql_url, ROLLCALL_SECRET_KEY=KEY
    )
    path = f"/organizations/{serving.http.get('/me/organizations', auth=serving.auth).json()[0]['id']}"
    for name in ("One", "Two"):
        assert serving.http.put(path, auth=serving.auth, json={"name": name}).status_code == 200
        assert serving.http.get(path, auth=serving.auth).json()["name"] == name


def test_the_embedded_database_has_no_replica(serve: Serve, postgresql_url: str) -> None:
    serving = serve("--replica-url", postgresql_url)
    assert serving.wait() == 1
    assert "the embedded database has no replicas" in serving.errors
