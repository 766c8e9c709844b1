"""The pytest plugin, as somebody else's test suite meets it."""

from __future__ import annotations

import pytest

pytest_plugins = ["pytester"]


def test_fixtures_give_a_server_accounts_and_rules(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        import httpx

        def test_nothing_of_the_server_is_loaded_before_it_is_used():
            assert "rollcall.testing.plugin" in sys.modules
            assert not {"uvicorn", "sqlalchemy", "rollcall.testing.server"} & sys.modules.keys()

        def plans(server, account):
            mine = httpx.get(f"{server.url}/me/organizations", auth=(account.api_token, "api_token")).json()
            return {organization["name"]: organization["pricing_plan_id"] for organization in mine}

        def plan_of_a_new_organization(server, account):
            body = {"name": "Acme", "workspace_name": "Main"}
            httpx.post(f"{server.url}/organizations", json=body, auth=(account.email, account.password))
            return plans(server, account)["Acme"]

        urls = set()

        def test_each_test_has_an_account_of_its_own(rollcall_server, rollcall_account):
            urls.add(rollcall_server.url)
            assert "Acme" not in plans(rollcall_server, rollcall_account)
            plan_of_a_new_organization(rollcall_server, rollcall_account)

        def test_on_the_same_server_but_apart_from_the_others(rollcall_server, rollcall_account):
            urls.add(rollcall_server.url)
            assert len(urls) == 1
            assert "Acme" not in plans(rollcall_server, rollcall_account)

        def test_may_set_rules(rollcall_server, rollcall_account, rollcall_rules):
            rollcall_rules(default_plan="free")
            assert plan_of_a_new_organization(rollcall_server, rollcall_account) == 0

        def test_which_end_with_the_test(rollcall_server, rollcall_account):
            assert plan_of_a_new_organization(rollcall_server, rollcall_account) == 3
        """
    )
    pytester.runpytest_subprocess("-W", "error", "-p", "no:cacheprovider").assert_outcomes(passed=5)
