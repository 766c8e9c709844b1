"""What opens an account is in no log, no `repr` and no traceback, in both modes and over real connections."""

from __future__ import annotations

import base64
import logging
import traceback
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

import toggl
from rollcall.testing import Account, RollcallServer

from .loopback import Loopback
from .mode import Mode

CODE = "topsecretcode"
PASSWORDS: dict[str, Any] = {"current_password": "topsecretold", "password": "topsecretnew"}


@pytest.fixture
def api_client(mode: Mode, rollcall_server: RollcallServer, rollcall_account: Account) -> Iterator[Any]:
    configuration = toggl.Configuration(
        host=rollcall_server.url, username=rollcall_account.email, password=rollcall_account.password
    )
    api_client = mode.face.ApiClient(configuration)
    yield api_client
    mode.done(api_client.close())


def secrets_of(account: Account) -> set[str]:
    basic = base64.b64encode(f"{account.email}:{account.password}".encode()).decode()
    return {account.password, account.api_token, basic, CODE, *PASSWORDS.values()}


def told(error: BaseException) -> str:
    """A traceback with all that one can have it show."""
    return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


def refusals(mode: Mode, api_client: Any) -> list[toggl.ApiException]:
    """What calls with secrets in path and body are refused with."""
    organizations, me = mode.face.OrganizationsApi(api_client), mode.face.MeApi(api_client)
    errors = []
    for call, *arguments in (
        (organizations.post_organization_accept_invitation, CODE),
        (me.put_me, toggl.MePayload(**PASSWORDS)),
    ):
        with pytest.raises(toggl.ApiException) as error:
            mode.done(call(*arguments))
        errors.append(error.value)
    return errors


def test_no_log_has_them(
    mode: Mode, api_client: Any, rollcall_account: Account, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mode.done(mode.face.MeApi(api_client).get_me())
    refusals(mode, api_client)
    clients = ("toggl", "httpx", "httpcore")  # the server's own are another matter
    records = [record for record in caplog.records if record.name.startswith(clients)]
    assert {"httpx", "httpcore.http11", "toggl"} <= {record.name for record in records}
    shown = "\n".join(record.getMessage() for record in records)
    assert "/organizations/invitations/{invitation_code}/accept" in shown
    assert [secret for secret in secrets_of(rollcall_account) if secret in shown] == []


def test_a_cookie_is_in_a_log_of_httpcore_and_of_nobody_else(
    mode: Mode, api_client: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    reply = mode.done(mode.face.MeApi(api_client).post_me_sessions_with_http_info())
    cookie = reply.headers["Set-Cookie"].partition(";")[0].partition("=")[2]
    assert {record.name for record in caplog.records if cookie in record.getMessage()} == {"httpcore.http11"}
    assert all(record.levelno == logging.DEBUG for record in caplog.records if cookie in record.getMessage())


def test_no_traceback_has_them_even_with_its_local_variables(
    mode: Mode, api_client: Any, rollcall_account: Account
) -> None:
    for error in refusals(mode, api_client):
        shown = f"{told(error)} {error!r} {error.failure!r}"
        assert [secret for secret in secrets_of(rollcall_account) - {CODE} if secret in shown] == []
        # The test's own frames have the code, as an argument; ours have it only where it was handed over.
        assert f"accept/{CODE}" not in shown
        assert f"{CODE}/accept" not in shown


def test_no_traceback_of_a_broken_connection_has_them(mode: Mode, loopback: Loopback) -> None:
    loopback.may_answer.clear()
    configuration = toggl.Configuration(host=loopback.url, username="ann@example.com", password="topsecret", retries=0)
    api_client = mode.face.ApiClient(configuration)
    with pytest.raises(toggl.rest.TimeoutException) as error:
        mode.done(mode.face.OrganizationsApi(api_client).get_organization(7, _request_timeout=0.05))
    mode.done(api_client.close())
    shown = told(error.value)
    assert "topsecret" not in shown
    assert base64.b64encode(b"ann@example.com:topsecret").decode() not in shown


@pytest.mark.parametrize(
    "given", [{"username": "topsecret", "password": "api_token"}, {"api_token": "topsecret"}, {"password": "topsecret"}]
)
def test_no_repr_has_them(mode: Mode, given: dict[str, Any]) -> None:
    configuration = toggl.Configuration(**given)
    api_client = mode.face.ApiClient(configuration)
    api = mode.face.OrganizationsApi(api_client)
    shown = f"{configuration!r} {api_client!r} {api!r} {api_client.connection()!r} {configuration.auth!r}"
    mode.done(api_client.close())
    assert "topsecret" not in shown
    assert "username=" in repr(configuration)
    assert "ann@example.com" in repr(toggl.Configuration(username="ann@example.com", password="topsecret"))


def test_the_code_is_sent_all_the_same(mode: Mode) -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json="OK")

    configuration = toggl.Configuration(host="https://rollcall.invalid/api/v9")
    client = mode.http_client(transport=httpx.MockTransport(answer))
    api = mode.face.OrganizationsApi(mode.face.ApiClient(configuration, client=client))
    mode.done(api.post_organization_accept_invitation("a/b"))
    [request] = sent
    assert request.url.raw_path == b"/api/v9/organizations/invitations/a%2Fb/accept"
    assert str(request.url) == "https://rollcall.invalid/api/v9/organizations/invitations/{invitation_code}/accept"
