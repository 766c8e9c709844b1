"""What the server is told when it starts, seen in how it answers."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator

import httpx
import pytest

from rollcall.contract.plan import ENTERPRISE, FREE
from rollcall.server.domain.logins import MAXIMUM_FAILURES
from tests.cli.conftest import starting
from tests.cli.serving import Serving

ANN = ("ann@example.com", "correct horse")
# The proxy adds what it has seen at the end; what stands before that anybody can have written.
FORWARDED = {"x-forwarded-for": "198.51.100.1, 203.0.113.7", "x-forwarded-proto": "https"}
PERSON = {"email": ANN[0], "password": ANN[1], "tos_accepted": True}
ORGANIZATION = {"name": "Acme", "workspace_name": "Main"}
PUBLIC = "https://rollcall.example/toggl"


def listens_on_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server that was told nothing but that a proxy elsewhere is to be trusted."""
    with starting(tmp_path_factory.mktemp("usual")) as start:
        yield start("--trusted-proxy", "10.0.0.1")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server that was told its rules on the command line."""
    rules = ("--default-plan", "free", "--signup", "open", "--prove-addresses", "yes")
    with starting(tmp_path_factory.mktemp("told")) as start:
        yield start(*rules, "--trusted-proxy", "127.0.0.1, 10.0.0.0/8", ROLLCALL_SIGNUP="invited")


@pytest.fixture(scope="module")
def environed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A server that was told its rules by its environment."""
    with starting(tmp_path_factory.mktemp("environed")) as start:
        yield start(
            ROLLCALL_HOST="::1" if listens_on_ipv6() else "127.0.0.1",
            ROLLCALL_ORGANIZATIONS="operator",
            ROLLCALL_PUBLIC_URL=f"{PUBLIC}/",
            ROLLCALL_SMTP_URL="smtp://127.0.0.1",
            ROLLCALL_TRUSTED_PROXY="",
        )


def add_organization(serving: Serving) -> httpx.Response:
    return serving.http.post("/organizations", json=ORGANIZATION, auth=serving.auth)


def plans(serving: Serving, auth: tuple[str, str]) -> set[int]:
    organizations = serving.http.get("/me/organizations", auth=auth).json()
    return {organization["pricing_plan_id"] for organization in organizations}


def test_usually_nothing_is_limited_and_who_is_not_invited_stays_out(usual: Serving) -> None:
    assert usual.http.post("/signup", json=PERSON).status_code == 403
    assert add_organization(usual).status_code == 200
    assert plans(usual, usual.auth) == {ENTERPRISE.id}
    assert (usual.fact("sign-up"), usual.fact("addresses")) == ("invited", "not proved")


def test_rules_can_be_given_on_the_command_line_which_counts_before_the_environment(told: Serving) -> None:
    assert (told.fact("sign-up"), told.fact("addresses")) == ("open", "proved by a mailed link")
    assert told.http.post("/signup", json=PERSON).status_code == 200
    assert plans(told, ANN) == {FREE.id}


def test_rules_can_be_given_in_the_environment(environed: Serving) -> None:
    assert environed.fact("addresses") == "proved by a mailed link"
    assert add_organization(environed).status_code == 403
    assert plans(environed, environed.auth) == set()


def test_the_public_url_is_where_people_reach_it(environed: Serving) -> None:
    assert environed.url == f"{PUBLIC}/api/v9"
    assert f"{PUBLIC}/api/v9/me" in environed.curl
    reply = environed.http.post("/me/sessions", auth=environed.auth)
    assert "; Secure" in reply.headers["set-cookie"]
    assert "strict-transport-security" in reply.headers
    environed.http.cookies.clear()  # it would not send a cookie that is for https
    cookie = reply.headers["set-cookie"].partition(";")[0]
    for origin, status in [("https://rollcall.example", 200), ("https://elsewhere.example", 403)]:
        write = environed.http.post("/me/sessions", headers={"cookie": cookie, "origin": origin})
        assert write.status_code == status


class TestForwardedHeaders:
    @pytest.fixture(params=[True, False], ids=["from the trusted proxy", "from elsewhere"])
    def believed(self, request: pytest.FixtureRequest) -> bool:
        """Whether the server trusts who sends the headers."""
        trusts: bool = request.param
        return trusts

    @pytest.fixture
    def serving(self, request: pytest.FixtureRequest, believed: bool) -> Serving:
        serving: Serving = request.getfixturevalue("told" if believed else "usual")
        return serving

    def test_say_in_the_audit_log_where_a_change_came_from(self, serving: Serving, believed: bool) -> None:
        changed = serving.http.put("/me", json={"fullname": "Ann"}, headers=FORWARDED, auth=serving.auth)
        assert changed.status_code == 200
        database = sqlite3.connect(serving.fact("kept in"))
        [address] = database.execute("SELECT address FROM audit_events ORDER BY id DESC LIMIT 1").fetchone()
        database.close()
        assert address == ("203.0.113.7" if believed else "127.0.0.1")

    def test_slow_down_the_one_who_guesses_and_nobody_else(self, serving: Serving, believed: bool) -> None:
        email = serving.fact("first account")

        def guess() -> int:
            return serving.http.get("/me", headers=FORWARDED, auth=(email, "a guess")).status_code

        assert [guess() for _ in range(MAXIMUM_FAILURES + 1)] == [403] * MAXIMUM_FAILURES + [429]
        mine = serving.http.get("/me", auth=(email, serving.fact("password")))
        assert mine.status_code == (200 if believed else 429)

    def test_say_whether_people_come_by_https(self, serving: Serving, believed: bool) -> None:
        reply = serving.http.post("/me/sessions", headers=FORWARDED, auth=serving.auth)
        assert ("; Secure" in reply.headers["set-cookie"]) is believed
        assert ("strict-transport-security" in reply.headers) is believed
        assert "; Secure" not in serving.http.post("/me/sessions", auth=serving.auth).headers["set-cookie"]
