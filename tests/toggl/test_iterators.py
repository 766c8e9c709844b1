"""Paged lists are iterated over page by page, in both modes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

import toggl
from rollcall.testing import Account, RollcallServer

from .conftest import Server
from .mode import Mode

PEOPLE = 5


@pytest.fixture
def api_client(mode: Mode, rollcall_server: RollcallServer, rollcall_account: Account) -> Iterator[Any]:
    """A client of an account whose organization has invited some people."""
    configuration = toggl.Configuration(
        host=rollcall_server.url, username=rollcall_account.email, password=rollcall_account.password
    )
    with toggl.ApiClient(configuration) as blocking:
        [workspace] = toggl.MeApi(blocking).get_me_workspaces()
        assert workspace.organization_id is not None
        toggl.OrganizationsApi(blocking).post_organization_invitation(
            workspace.organization_id,
            toggl.InvitationPost(
                emails=[f"{number}.{rollcall_account.email}" for number in range(PEOPLE)],
                workspaces=[toggl.InvitationPostWorkspaces(workspace_id=workspace.id)],
            ),
        )
    api_client = mode.face.ApiClient(configuration)
    yield api_client
    mode.done(api_client.close())


def own_organization(mode: Mode, api_client: Any) -> int:
    [own] = mode.done(mode.face.MeApi(api_client).get_me_organizations())
    number: int = own.id
    return number


def test_all_pages_are_read_whatever_their_size(mode: Mode, api_client: Any) -> None:
    users = mode.face.UsersApi(api_client)
    number = own_organization(mode, api_client)
    at_once = mode.done(users.get_organization_users(number, per_page=100))
    assert len(at_once) == 1 + PEOPLE
    for per_page in (1, 2, 6, None):
        assert mode.listed(users.iterate_organization_users(number, per_page=per_page)) == at_once


def test_every_paged_list_can_be_iterated_over(mode: Mode, api_client: Any) -> None:
    number = own_organization(mode, api_client)
    [workspace] = mode.done(mode.face.MeApi(api_client).get_me_workspaces())
    users = mode.face.UsersApi(api_client)
    invitations = mode.face.InvitationsApi(api_client)
    for api, operation, arguments in (
        (users, "organization_users_detailed", (number,)),
        (users, "workspace_users", (workspace.id,)),
        (users, "workspace_workspace_users", (workspace.id, "true")),
        (users, "organization_workspaces_workspaceusers", (number, workspace.id, "")),
        (invitations, "organization_invitations", (number,)),
    ):
        at_once = mode.done(getattr(api, f"get_{operation}")(*arguments, per_page=100))
        assert len(at_once) >= PEOPLE
        assert mode.listed(getattr(api, f"iterate_{operation}")(*arguments, per_page=2)) == at_once


def test_filters_are_kept_on_every_page(mode: Mode, api_client: Any) -> None:
    users = mode.face.UsersApi(api_client)
    number = own_organization(mode, api_client)
    invited = mode.listed(users.iterate_organization_users(number, active_status="invited", per_page=2))
    assert len(invited) == PEOPLE


def test_a_wrong_argument_is_told_before_a_row_is_asked_for(mode: Mode) -> None:
    users = mode.face.UsersApi(mode.face.ApiClient(client=mode.http_client(transport=httpx.MockTransport(Server()))))
    with pytest.raises(TypeError, match=r"iterate_organization_users\(\) got an unexpected keyword argument 'page'"):
        users.iterate_organization_users(7, page=2)
    with pytest.raises(TypeError, match=r"iterate_organization_users\(\) missing a required argument"):
        users.iterate_organization_users()
    with pytest.raises(ValueError, match="get_organization_users: organization_id is missing"):
        users.iterate_organization_users(None)
    with pytest.raises(ValueError, match="A timeout is seconds"):
        users.iterate_organization_users(7, _request_timeout=-1)


@pytest.fixture
def users(mode: Mode, server: Server) -> Any:
    client = mode.http_client(transport=httpx.MockTransport(server))
    configuration = toggl.Configuration(host="https://rollcall.invalid/api/v9")
    return mode.face.UsersApi(mode.face.ApiClient(configuration, client=client))


def test_no_page_is_asked_for_before_a_row_is(users: Any, server: Server) -> None:
    users.iterate_organization_users(7)
    assert server.requests == []


def test_each_request_has_the_calls_time_limit(mode: Mode, users: Any, server: Server) -> None:
    server.says(200, json=[{"id": 1}], headers={"X-Pages": "2", "X-Records": "1"})
    mode.listed(users.iterate_organization_users(7, _request_timeout=5))
    assert [request.extensions["timeout"]["read"] for request in server.requests] == [5, 5]


def test_a_list_that_changed_underneath_is_told_at_the_end(mode: Mode, users: Any, server: Server) -> None:
    server.says(200, json=[{"id": 1}], headers={"X-Pages": "1", "X-Records": "2"})
    with pytest.raises(toggl.ListChanged, match="1 rows came of 2"):
        mode.listed(users.iterate_organization_users(7))


def test_a_page_that_cannot_be_had_is_an_error_of_the_face(mode: Mode, users: Any, server: Server) -> None:
    server.says(403, json="User is not authorized to list the organization users")
    with pytest.raises(toggl.ApiException, match="not authorized"):
        mode.listed(users.iterate_organization_users(7))


def test_an_iterator_holds_the_client_whose_connections_it_needs(
    rollcall_server: RollcallServer, rollcall_account: Account
) -> None:
    configuration = toggl.Configuration(
        host=rollcall_server.url, username=rollcall_account.email, password=rollcall_account.password
    )
    with toggl.ApiClient(configuration) as api_client:
        [own] = toggl.MeApi(api_client).get_me_organizations()
    assert own.id is not None
    rows = toggl.UsersApi(toggl.ApiClient(configuration)).iterate_organization_users(own.id)
    gc.collect()
    assert len(list(rows)) == 1
