"""The in-process server: what a test of somebody else's code can count on."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, get_args, get_type_hints

import httpx
import pytest

from rollcall.contract.plan import ENTERPRISE, FREE, PLANS_BY_HANDLE
from rollcall.contract.problem import Refused
from rollcall.testing import Account, RollcallServer, Rules

PERSON = {"email": "ann@example.com", "password": "correct horse", "tos_accepted": True}
ORGANIZATION = {"name": "Acme", "workspace_name": "Main"}


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        yield client


def sign_up(http: httpx.Client, server: RollcallServer) -> httpx.Response:
    return http.post(f"{server.url}/signup", json=PERSON)


def add_organization(http: httpx.Client, server: RollcallServer, account: Account) -> httpx.Response:
    return http.post(f"{server.url}/organizations", json=ORGANIZATION, auth=(account.api_token, "api_token"))


def test_a_server_can_be_used_at_once_with_its_first_account(http: httpx.Client) -> None:
    with RollcallServer(email="boss@example.com", password="battery staple") as server:
        assert server.url.startswith("http://127.0.0.1:")
        assert server.url.endswith("/api/v9")
        for auth in [("boss@example.com", "battery staple"), (server.api_token, "api_token")]:
            reply = http.get(f"{server.url}/me", auth=auth)
            assert (reply.status_code, reply.json()["email"]) == (200, "boss@example.com")
        assert len(http.get(f"{server.url}/me/organizations", auth=auth).json()) == 1


def test_servers_beside_each_other_know_nothing_of_each_other(http: httpx.Client) -> None:
    with RollcallServer() as one, RollcallServer() as other:
        assert one.url != other.url
        assert http.get(f"{other.url}/me", auth=(one.api_token, "api_token")).status_code == 403


def test_an_account_can_be_added_whoever_may_sign_up(http: httpx.Client, rollcall_server: RollcallServer) -> None:
    ann, somebody = rollcall_server.add_account("ann@add.example"), rollcall_server.add_account()
    assert ann.email == "ann@add.example"
    for account in (ann, somebody):
        reply = http.get(f"{rollcall_server.url}/me", auth=(account.email, account.password))
        assert reply.json()["id"] == account.id
        assert reply.json()["api_token"] == account.api_token


def test_an_account_that_cannot_be_made_is_refused(rollcall_server: RollcallServer) -> None:
    with pytest.raises(Refused, match="password_too_short"):
        rollcall_server.add_account(password="short")
    with pytest.raises(Refused, match="email_taken"):
        rollcall_server.add_account(rollcall_server.email)


class TestRules:
    def test_are_given_when_the_server_is_made(self, http: httpx.Client) -> None:
        with RollcallServer(signup="open", default_plan="free", organizations="operator", maximum_body=200) as server:
            assert sign_up(http, server).status_code == 200
            account = server.add_account()
            assert add_organization(http, server, account).status_code == 403
            too_large = http.post(f"{server.url}/signup", json={"email": "x" * 200})
            assert too_large.status_code == 413

    def test_are_set_while_it_serves_and_set_back(self, http: httpx.Client, rollcall_server: RollcallServer) -> None:
        account = rollcall_server.add_account()
        rollcall_server.set_rules(organizations="operator")
        assert add_organization(http, rollcall_server, account).status_code == 403
        rollcall_server.set_rules(default_plan="free")
        assert add_organization(http, rollcall_server, account).status_code == 200
        rollcall_server.set_rules()
        assert add_organization(http, rollcall_server, account).status_code == 200
        mine = http.get(f"{rollcall_server.url}/me/organizations", auth=(account.email, account.password)).json()
        assert [organization["pricing_plan_id"] for organization in mine] == [ENTERPRISE.id, FREE.id, ENTERPRISE.id]

    @pytest.mark.parametrize(
        ("rules", "error", "named"),
        [
            ({"sign_up": "open"}, TypeError, "sign_up: no such rule; there are default_plan, signup"),
            ({"signup": "everybody"}, ValueError, "everybody"),
            ({"default_plan": "gold"}, ValueError, "gold"),
            ({"maximum_body": "1 MB"}, ValueError, "maximum_body"),
        ],
    )
    def test_that_do_not_exist_are_refused(
        self, rollcall_server: RollcallServer, rules: Any, error: type[Exception], named: str
    ) -> None:
        for set_rules in (RollcallServer, rollcall_server.set_rules):
            with pytest.raises(error, match=named):
                set_rules(**rules)

    def test_know_every_plan(self) -> None:
        assert set(get_args(get_type_hints(Rules)["default_plan"])) == set(PLANS_BY_HANDLE)


def test_requests_at_the_same_time_are_all_answered(http: httpx.Client, rollcall_server: RollcallServer) -> None:
    account = rollcall_server.add_account()
    with ThreadPoolExecutor(20) as threads:
        replies = list(threads.map(lambda _: add_organization(http, rollcall_server, account), range(20)))
    assert {reply.status_code for reply in replies} == {200}
    listed = http.get(f"{rollcall_server.url}/me/organizations", auth=(account.email, account.password)).json()
    assert {reply.json()["id"] for reply in replies} <= {organization["id"] for organization in listed}


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = set(threading.enumerate())
    with RollcallServer() as server, httpx.Client() as client:
        client.get(f"{server.url}/me", auth=(server.api_token, "api_token"))
        assert list(tmp_path.glob("rollcall-*/rollcall.db"))
    assert list(tmp_path.iterdir()) == []
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=5)
        assert not thread.is_alive()
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.url)


def test_without_the_extra_it_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['uvicorn'] = None; import rollcall.testing.plugin; rollcall.testing.RollcallServer"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert (
        "ImportError: RollcallServer runs a server, which is not installed: pip install 'toggl-rollcall[testing]'"
        in done.stderr
    )
