"""`ApiException`: what went wrong, readable, without anything secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

import toggl
from toggl.rest import ApiException

if TYPE_CHECKING:
    from .conftest import Server


def caught(organizations: toggl.OrganizationsApi) -> ApiException:
    with pytest.raises(ApiException) as error:
        organizations.get_organization(7)
    return error.value


def test_an_error_of_the_server_has_its_status_reason_body_and_headers(
    organizations: toggl.OrganizationsApi, server: Server
) -> None:
    server.says(404, json="User not part of organization", headers={"X-Trace": "1"})
    error = caught(organizations)
    assert (error.status, error.reason, error.body) == (404, "Not Found", '"User not part of organization"')
    assert error.headers is not None
    assert error.headers["x-trace"] == "1"
    assert str(error) == "(404) Not Found: User not part of organization"


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        ({"content": b""}, "(401) Unauthorized"),
        ({"content": b"go away"}, "(401) Unauthorized: go away"),
        ({"json": {"error": "no"}}, '(401) Unauthorized: {"error":"no"}'),
    ],
)
def test_an_error_shows_whatever_the_server_says(
    reply: dict[str, object], shown: str, organizations: toggl.OrganizationsApi, server: Server
) -> None:
    server.says(401, **reply)
    assert str(caught(organizations)) == shown


def test_neither_credentials_nor_cookies_are_shown(organizations: toggl.OrganizationsApi, server: Server) -> None:
    server.says(403, json="no", headers={"Set-Cookie": "session=topsecret"})
    shown = f"{caught(organizations)!s} {caught(organizations)!r}"
    assert "topsecret" not in shown
    assert "secret" not in shown


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("refused"), httpx.ReadTimeout("too slow"), httpx.RemoteProtocolError("cut")]
)
def test_a_server_that_does_not_answer_has_status_0_and_a_reason_that_names_it(
    error: httpx.HTTPError, organizations: toggl.OrganizationsApi, server: Server
) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    server.answer = fail
    raised = caught(organizations)
    assert (raised.status, raised.reason, raised.body) == (
        0,
        f"{type(error).__name__} at https://rollcall.invalid: {error}",
        None,
    )
    assert raised.__cause__ is error


def test_a_redirection_is_no_success(organizations: toggl.OrganizationsApi, server: Server) -> None:
    server.says(302, headers={"Location": "https://elsewhere.invalid"})
    assert caught(organizations).status == 302


def test_a_success_that_cannot_be_read_is_none(organizations: toggl.OrganizationsApi, server: Server) -> None:
    server.says(200, content=b"<html>", headers={"Content-Type": "text/html"})
    error = caught(organizations)
    assert (error.status, error.body) == (200, "<html>")
    assert "is not JSON" in str(error)


def test_it_is_exported_where_the_generated_clients_have_it() -> None:
    assert toggl.ApiException is ApiException
