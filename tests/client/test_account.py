"""A shelf's name: another one for each account, server, kind of object and parent, and no word of who it is."""

from __future__ import annotations

import itertools

import httpx
import pytest

from rollcall.client.account import shelf_name

TOGGL, OURS = "https://api.track.toggl.com/api/v9", "http://127.0.0.1:8080/api/v9"
ANN = httpx.BasicAuth("ann@example.com", "secret")


def test_each_account_server_kind_and_parent_has_a_name_of_its_own() -> None:
    accounts = [ANN, httpx.BasicAuth("bob@example.com", "secret"), httpx.BasicAuth("ann@example.com", "api_token")]
    cases = [*itertools.product([TOGGL, OURS], accounts, ["User", "Group"], [None, 1, 12])]
    assert len({shelf_name(*case) for case in cases}) == len(cases)


def test_an_account_is_the_same_whatever_its_password_and_however_its_address_is_written() -> None:
    same = shelf_name(TOGGL, ANN, "User")
    assert shelf_name(TOGGL + "/", httpx.BasicAuth("Ann@Example.com", "another"), "User") == same


@pytest.mark.parametrize("auth", [ANN, httpx.BasicAuth("0123456789abcdef", "api_token")])
def test_a_name_tells_neither_account_nor_server(auth: httpx.BasicAuth) -> None:
    name = shelf_name(OURS, auth, "User", 7)
    assert name.startswith("User of 7 ")
    for told in ("ann", "secret", "0123456789abcdef", "127.0.0.1"):
        assert told not in name
