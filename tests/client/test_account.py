"""The name of an account at a server: another one for each, and no word of who it is; and the names of its shelves."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import httpx
import pytest

from rollcall.client.account import account_name
from rollcall.client.cache.cache_file import CacheFile
from rollcall.client.cache.json_store import JSONStore
from rollcall.client.cache.model_cache import at_once
from rollcall.client.cache.shelves import Shelves
from rollcall.client.clock import SyncClock
from rollcall.client.endpoints import places
from toggl_api.models import TogglGroup, TogglWorkspaceUser

TOGGL, OURS = "https://api.track.toggl.com/api/v9", "http://127.0.0.1:8080/api/v9"
ANN = httpx.BasicAuth("ann@example.com", "secret")


def test_each_account_and_server_has_a_name_of_its_own() -> None:
    accounts = [ANN, httpx.BasicAuth("bob@example.com", "secret"), httpx.BasicAuth("ann@example.com", "api_token")]
    cases = [*itertools.product([TOGGL, OURS], accounts)]
    assert len({account_name(*case) for case in cases}) == len(cases)


def test_an_account_is_the_same_whatever_its_password_and_however_its_address_is_written() -> None:
    same = account_name(TOGGL, ANN)
    assert account_name(TOGGL + "/", httpx.BasicAuth("Ann@Example.com", "another")) == same


@pytest.mark.parametrize("auth", [ANN, httpx.BasicAuth("0123456789abcdef", "api_token")])
def test_a_name_tells_neither_account_nor_server(auth: httpx.BasicAuth) -> None:
    name = account_name(OURS, auth)
    for told in ("ann", "secret", "0123456789abcdef", "127.0.0.1"):
        assert told not in name


def test_each_account_kind_and_place_has_a_shelf_of_its_own(tmp_path: Path) -> None:
    file = CacheFile(JSONStore(tmp_path / "cache.json"), None)
    accounts = [Shelves(file, account, clock=SyncClock(), run=at_once) for account in ("ann", "bob")]
    where: list[tuple[str, ...]] = [
        (),
        (places.ORGANIZATIONS,),
        (places.organization(5),),
        (places.organization(56),),
        (places.organization(5), places.workspace(5)),
    ]
    kinds: list[Any] = [TogglGroup, TogglWorkspaceUser]
    cases = [*itertools.product(accounts, kinds, where)]
    assert len({shelves.of(kind, *place).shelf for shelves, kind, place in cases}) == len(cases)
