"""`ApiException`: what went wrong, readable, without anything secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

import toggl
from rollcall.client.failure import Meaning
from toggl import rest
from toggl.rest import ApiException

if TYPE_CHECKING:
    from .conftest import Clock, Server


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
        f"No reply for GET https://rollcall.invalid/api/v9/organizations/7: {type(error).__name__}: {error}",
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


SAYS = "You have hit your hourly limit for API calls. Your quota will reset in 9 seconds."


@pytest.mark.parametrize(
    ("kind", "status", "text"),
    [
        (rest.BadRequestException, 400, "Invalid JSON input"),
        (rest.BadRequestException, 409, "no"),
        (rest.UnauthorizedException, 401, ""),
        (rest.UnauthorizedException, 403, "Incorrect username and/or password"),
        (rest.ForbiddenException, 403, "Forbidden"),
        (rest.NotFoundException, 404, "User not part of organization"),
        (rest.PlanRequiredException, 402, "Must be a premium user to use rounding"),
        (rest.QuotaExceededException, 402, SAYS),
        (rest.TooManyRequestsException, 429, "Too Many Requests"),
        (rest.ServiceException, 500, "Internal Server Error"),
        (rest.ServiceException, 503, "Service Unavailable"),
        (rest.ApiException, 302, ""),
    ],
)
def test_each_meaning_has_a_class_that_tells_status_text_and_operation(
    kind: type[ApiException], status: int, text: str, organizations: toggl.OrganizationsApi, server: Server
) -> None:
    server.says(status, json=text)
    error = caught(organizations)
    assert type(error) is kind
    assert (error.status, error.text, error.operation) == (status, text, "get_organization")


@pytest.mark.parametrize(
    ("kind", "cause"),
    [
        (rest.UnreachableException, httpx.ConnectError("refused")),
        (rest.UnreachableException, httpx.RemoteProtocolError("half a body")),
        (rest.TimeoutException, httpx.ReadTimeout("too slow")),
    ],
)
def test_no_reply_has_classes_too(
    kind: type[ApiException], cause: httpx.HTTPError, organizations: toggl.OrganizationsApi, server: Server
) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise cause

    server.answer = fail
    assert type(caught(organizations)) is kind


def test_every_meaning_has_a_class() -> None:
    assert {*rest._CLASSES} == {*Meaning}


def test_a_used_up_quota_tells_how_long_it_lasts(organizations: toggl.OrganizationsApi, server: Server) -> None:
    server.says(402, json=SAYS)
    assert caught(organizations).seconds == 9


def test_a_used_up_quota_is_waited_for_where_that_is_configured(
    organizations: toggl.OrganizationsApi, server: Server, clock: Clock
) -> None:
    replies = iter([httpx.Response(402, json=SAYS), httpx.Response(200, json={"id": 7})])
    server.answer = lambda _: next(replies)
    organizations.api_client.configuration.wait_for_quota = True
    assert organizations.get_organization(7).id == 7
    assert clock.slept == [9]


def test_what_is_left_of_the_quota_can_be_asked_for(organizations: toggl.OrganizationsApi, server: Server) -> None:
    api_client = organizations.api_client
    server.says(200, json={}, headers={"X-Toggl-Quota-Remaining": "29", "X-Toggl-Quota-Resets-In": "3600"})
    organizations.get_organization(7)
    quota = api_client.quota(7)
    assert quota is not None
    assert quota.remaining == 29
    assert api_client.quota() is None
    assert len(server.requests) == 1


def test_a_code_in_the_path_is_not_shown(server: Server, api_client: toggl.ApiClient) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("too slow")

    server.answer = fail
    with pytest.raises(rest.TimeoutException) as error:
        toggl.OrganizationsApi(api_client).post_organization_accept_invitation("topsecret")
    assert "topsecret" not in f"{error.value} {error.value!r}"
    assert "/organizations/invitations/{invitation_code}/accept" in str(error.value)


def test_it_is_quiet_unless_asked(organizations: toggl.OrganizationsApi, capfd: pytest.CaptureFixture[str]) -> None:
    organizations.get_organization(7)
    assert capfd.readouterr() == ("", "")


def test_it_is_exported_where_the_generated_clients_have_it() -> None:
    assert toggl.ApiException is ApiException
