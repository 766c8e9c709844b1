"""What the server is told when it starts, seen in how it answers."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import httpx
import pytest

from rollcall.contract.plan import FREE
from rollcall.server.domain.logins import MAXIMUM_FAILURES
from tests.cli.conftest import Serve
from tests.cli.serving import Serving

ANN = ("ann@example.com", "correct horse")
PERSON = {"email": ANN[0], "password": ANN[1], "tos_accepted": True}
ORGANIZATION = {"name": "Acme", "workspace_name": "Main"}


def add_organization(serving: Serving) -> httpx.Response:
    return httpx.post(f"{serving.url}/organizations", json=ORGANIZATION, auth=serving.auth)


def test_usually_nothing_is_limited_and_who_is_not_invited_stays_out(serve: Serve) -> None:
    serving = serve()
    assert httpx.post(f"{serving.url}/signup", json=PERSON).status_code == 403
    assert add_organization(serving).status_code == 200
    organizations = httpx.get(f"{serving.url}/me/organizations", auth=serving.auth).json()
    assert {organization["pricing_plan_name"] for organization in organizations} == {"Enterprise"}
    assert (serving.fact("sign-up"), serving.fact("addresses")) == ("invited", "not proved")


def test_rules_can_be_given_on_the_command_line(serve: Serve) -> None:
    serving = serve("--default-plan", "free", "--signup", "open", "--prove-addresses", "yes")
    assert serving.fact("addresses") == "proved by a mailed link"
    assert httpx.post(f"{serving.url}/signup", json=PERSON).status_code == 200
    [organization] = httpx.get(f"{serving.url}/me/organizations", auth=ANN).json()
    assert organization["pricing_plan_id"] == FREE.id


def test_rules_can_be_given_in_the_environment_and_the_command_line_counts_first(serve: Serve) -> None:
    serving = serve(
        "--signup",
        "open",
        ROLLCALL_SIGNUP="invited",
        ROLLCALL_ORGANIZATIONS="operator",
        ROLLCALL_SMTP_URL="smtp://127.0.0.1",
        ROLLCALL_TRUSTED_PROXY="",
    )
    assert serving.fact("sign-up") == "open"
    assert serving.fact("addresses") == "proved by a mailed link"
    assert add_organization(serving).status_code == 403
    assert httpx.get(f"{serving.url}/me/organizations", auth=serving.auth).json() == []


def test_the_public_url_is_where_people_reach_it(serve: Serve) -> None:
    serving = serve("--public-url", "https://rollcall.example/toggl/", "--host", "::1")
    assert serving.url == "https://rollcall.example/toggl/api/v9"
    assert "https://rollcall.example/toggl/api/v9/me" in serving.curl
    own_url = serving.fact("listens on")
    assert own_url.startswith("http://[::1]:")
    reply = httpx.post(f"{own_url}/api/v9/me/sessions", auth=serving.auth)
    assert "; Secure" in reply.headers["set-cookie"]
    assert "strict-transport-security" in reply.headers
    cookies = {"cookie": reply.headers["set-cookie"].partition(";")[0]}
    for origin, status in [("https://rollcall.example", 200), ("https://elsewhere.example", 403)]:
        write = httpx.post(f"{own_url}/api/v9/me/sessions", headers={**cookies, "origin": origin})
        assert write.status_code == status


class TestForwardedHeaders:
    CLIENT = "203.0.113.7"

    @pytest.mark.parametrize("proxy", ["127.0.0.1, 10.0.0.0/8", "10.0.0.1"], ids=["from the proxy", "from elsewhere"])
    def test_are_believed_from_the_trusted_proxy_only(self, serve: Serve, tmp_path: Path, proxy: str) -> None:
        serving = serve("--trusted-proxy", proxy)
        believed = proxy.startswith("127.0.0.1")
        # The proxy adds what it has seen at the end; what stands before that anybody can have written.
        headers = {"x-forwarded-for": f"198.51.100.1, {self.CLIENT}", "x-forwarded-proto": "https"}

        changed = httpx.put(f"{serving.url}/me", json={"fullname": "Ann"}, headers=headers, auth=serving.auth)
        assert changed.status_code == 200
        with sqlite3.connect(tmp_path / ".local/share/rollcall/rollcall.db") as database:
            addresses = database.execute("SELECT address FROM audit_events ORDER BY id DESC LIMIT 1").fetchone()
        database.close()
        assert addresses == (self.CLIENT if believed else "127.0.0.1",)

        assert ("strict-transport-security" in changed.headers) is believed
        cookie = httpx.post(f"{serving.url}/me/sessions", headers=headers, auth=serving.auth).headers["set-cookie"]
        assert ("; Secure" in cookie) is believed

        def guess() -> int:
            return httpx.get(f"{serving.url}/me", headers=headers, auth=("admin@localhost", "a guess")).status_code

        assert [guess() for _ in range(MAXIMUM_FAILURES + 1)] == [403] * MAXIMUM_FAILURES + [429]
        # The one who guesses is slowed down, and nobody else.
        mine = httpx.get(f"{serving.url}/me", auth=("admin@localhost", serving.fact("password")))
        assert mine.status_code == (200 if believed else 429)
