"""The classes of operations: the seeds' signatures and what these lack, twins with status and headers, threads."""

from __future__ import annotations

import asyncio
import inspect
import json
import pickle
import pydoc
import threading
from inspect import Parameter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import httpx
import pytest

import toggl
from rollcall.client.connection import Reply
from rollcall.client.request import Request
from rollcall.contract.operation import Operation
from rollcall.contract.operations import OPERATIONS
from rollcall.contract.operations.organizations import GET_ORGANIZATION
from toggl.method import methods_of
from toggl.rest import ApiException

if TYPE_CHECKING:
    from .conftest import Server

SEEDS: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "contract" / "seed_operations.json").read_text())
LACKING = {
    "put_organization_group": "group_id",
    "put_organization_users": "organization_user_id",
    "get_organization_workspaces_statistics": "organization_id",
}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["id"])
def test_a_method_has_the_arguments_of_the_seeds(seed: dict[str, Any]) -> None:
    for name in seed["apis"]:
        parameters = inspect.signature(getattr(getattr(toggl, name), seed["id"])).parameters.values()
        positional = [p.name for p in parameters if p.kind is Parameter.POSITIONAL_OR_KEYWORD and p.name != "self"]
        by_name = [p.name for p in parameters if p.kind is Parameter.KEYWORD_ONLY]
        assert positional == seed["positional"]
        assert {*by_name} >= {*seed["optional"], "async_req", "_request_timeout"}


@pytest.mark.parametrize("row", OPERATIONS, ids=lambda row: row.id)
def test_every_operation_is_a_method_of_its_classes_and_says_what_it_does(row: Any) -> None:
    for name in row.apis:
        for method in (
            getattr(getattr(toggl, name), row.id),
            getattr(getattr(toggl, name), f"{row.id}_with_http_info"),
        ):
            assert method.__qualname__ == f"{name}.{method.__name__}"
            assert (inspect.getdoc(method) or "").startswith(f"{row.summary}\n\nSource: `{row.method} {row.path}`.")


def test_a_reply_becomes_its_model(organizations: toggl.OrganizationsApi, server: Server) -> None:
    server.says(200, json={"id": 7, "name": "Ours"})
    assert organizations.get_organization(7) == toggl.ModelsMeOrganization(id=7, name="Ours")
    (request,) = server.requests
    assert (request.method, str(request.url)) == ("GET", "https://rollcall.invalid/api/v9/organizations/7")
    assert request.headers["Authorization"].startswith("Basic ")
    assert "Content-Type" not in request.headers


def test_a_body_is_sent_as_json(organizations: toggl.OrganizationsApi, server: Server) -> None:
    server.says(200, json="OK")
    assert organizations.put_organization(7, toggl.ModelsPutPayload(name="Ours & theirs")) == "OK"
    assert organizations.put_organization(7, {"name": "Ours & theirs"}) == "OK"
    assert [json.loads(request.content) for request in server.requests] == [{"name": "Ours & theirs"}] * 2
    assert server.requests[0].headers["Content-Type"] == "application/json"


def test_query_parameters_are_sent(users: toggl.UsersApi, server: Server) -> None:
    server.says(200, json=[])
    assert users.get_organization_users(7, filter="ann b", only_admins=True, page=2, sort_dir=None) == []
    assert dict(server.requests[0].url.params) == {"filter": "ann b", "only_admins": "true", "page": "2"}


def test_a_parameter_may_change_what_the_reply_is(organizations: toggl.OrganizationsApi, server: Server) -> None:
    server.says(200, json=[{"items": [{"id": "x"}]}])
    (page,) = organizations.get_organizations_payments_records(7, is_unified=True)
    assert isinstance(page, toggl.ModelsUnifiedSubscriptionInvoiceList)
    server.says(200, json=[{"id": 3}])
    assert organizations.get_organizations_payments_records(7) == [toggl.ModelsPaymentRecord(id=3)]


@pytest.mark.parametrize(("operation", "lacking"), LACKING.items())
def test_what_the_seeds_lack_is_asked_for_by_name_before_any_request(
    operation: str, lacking: str, organizations: toggl.OrganizationsApi, server: Server
) -> None:
    method = getattr(organizations, operation)
    positional: dict[str, Any] = {
        name: 1 if name.endswith("_id") else {}
        for name, parameter in inspect.signature(method).parameters.items()
        if parameter.default is Parameter.empty
    }
    with pytest.raises(ValueError, match=f"{operation}: {lacking} is missing"):
        method(*positional.values())
    assert not server.requests
    method(*positional.values(), **{lacking: 5})
    assert "/5" in server.requests[0].url.path


def test_a_required_argument_that_is_none_is_named_before_any_request(
    organizations: toggl.OrganizationsApi, server: Server
) -> None:
    with pytest.raises(ValueError, match="get_organization: organization_id is missing"):
        organizations.get_organization(None)  # type: ignore[call-overload]  # that is the point
    with pytest.raises(ValueError, match="put_organization: put_organizations_request is missing"):
        organizations.put_organization(7, None, async_req=True)  # type: ignore[call-overload]  # that is the point
    assert not server.requests


def test_an_unknown_argument_is_named(organizations: toggl.OrganizationsApi, server: Server) -> None:
    with pytest.raises(TypeError, match=r"get_organization\(\) got an unexpected keyword argument 'colour'"):
        organizations.get_organization(7, colour="red")  # type: ignore[call-overload]  # that is the point
    with pytest.raises(TypeError, match=r"get_organization\(\) missing a required argument: 'organization_id'"):
        organizations.get_organization()  # type: ignore[call-overload]  # that is the point
    assert not server.requests


def test_both_spellings_of_the_invitation_code_work(organizations: toggl.OrganizationsApi, server: Server) -> None:
    server.says(200, json="OK")
    organizations.post_organization_accept_invitation("abc")
    organizations.post_organization_accept_invitation(inviutation_code="abc")
    organizations.post_organization_accept_invitation(invitation_code="abc")
    assert {request.url.path for request in server.requests} == {"/api/v9/organizations/invitations/abc/accept"}
    with pytest.raises(TypeError, match="got invitation_code under two names"):
        organizations.post_organization_accept_invitation("abc", invitation_code="abc")
    with pytest.raises(ValueError, match="invitation_code is missing"):
        organizations.post_organization_accept_invitation()


def test_a_payload_of_two_operations_is_refused_where_a_field_is_the_others(
    users: toggl.UsersApi, server: Server
) -> None:
    with pytest.raises(ValueError, match="put_organization_users: params has no field 'labor_cost': it takes"):
        users.put_organization_users(7, toggl.UserPayload(labor_cost=3), organization_user_id=8)
    assert not server.requests


def test_the_twin_answers_status_and_headers_too(organizations: toggl.OrganizationsApi, server: Server) -> None:
    server.says(200, json={"id": 7}, headers={"X-Records": "1"})
    data, status, headers = organizations.get_organization_with_http_info(7)
    assert (data, status, headers["x-records"]) == (toggl.ModelsMeOrganization(id=7), 200, "1")


@pytest.mark.parametrize(("content", "kind"), [(b'"OK"', "application/json; charset=utf-8"), (b"OK", "text/plain")])
def test_a_documented_string_is_a_str(
    content: bytes, kind: str, organizations: toggl.OrganizationsApi, server: Server
) -> None:
    server.says(200, content=content, headers={"Content-Type": kind})
    assert organizations.delete_organization_users_leave(7) == "OK"


@pytest.mark.parametrize("status", [200, 204])
def test_an_empty_reply_is_none(status: int, users: toggl.UsersApi, server: Server) -> None:
    server.says(status)
    users.delete_workspace_user(7, 8)
    assert users.get_workspace_users(7) is None


def test_a_request_can_run_in_a_thread(organizations: toggl.OrganizationsApi, server: Server) -> None:
    may_answer = threading.Event()

    def slowly(request: httpx.Request) -> httpx.Response:
        assert may_answer.wait(10)
        return httpx.Response(200, json={"id": 7}, request=request)

    server.answer = slowly
    pending = organizations.get_organization(7, async_req=True)
    assert not pending.ready()
    with pytest.raises(TimeoutError):
        pending.get(0.01)
    with pytest.raises(ValueError, match="still being fetched"):
        pending.successful()
    may_answer.set()
    pending.wait(10)
    assert (pending.get(10), pending.ready(), pending.successful()) == (toggl.ModelsMeOrganization(id=7), True, True)


def test_a_twin_can_run_in_a_thread(organizations: toggl.OrganizationsApi, server: Server) -> None:
    server.says(200, json={"id": 7})
    assert organizations.get_organization_with_http_info(7, async_req=True).get(10).status == 200


def test_an_error_in_a_thread_is_raised_where_its_result_is_asked_for(
    organizations: toggl.OrganizationsApi, server: Server
) -> None:
    server.says(403, json="Forbidden")
    pending = organizations.get_organization(7, async_req=True)
    pending.wait(10)
    assert not pending.successful()
    with pytest.raises(ApiException, match="Forbidden"):
        pending.get()


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (None, {"connect": 30, "read": 30, "write": 30, "pool": 30}),
        (5, {"connect": 5, "read": 5, "write": 5, "pool": 5}),
        ((2, 9), {"connect": 2, "read": 9, "write": 9, "pool": 9}),
    ],
)
def test_a_time_limit_is_the_configurations_or_the_calls(
    limit: Any, expected: dict[str, int], organizations: toggl.OrganizationsApi, server: Server
) -> None:
    server.says(200, json={})
    organizations.get_organization(7, _request_timeout=limit)
    assert server.requests[0].extensions["timeout"] == expected


def test_what_is_changed_in_the_configuration_holds_from_the_next_request(
    organizations: toggl.OrganizationsApi, server: Server, configuration: toggl.Configuration
) -> None:
    server.says(200, json={})
    configuration.host, configuration.username = "http://127.0.0.1:9/other/", None
    organizations.get_organization(7)
    assert str(server.requests[0].url) == "http://127.0.0.1:9/other/organizations/7"
    assert "Authorization" not in server.requests[0].headers


def test_help_says_what_each_argument_means() -> None:
    told = inspect.getdoc(toggl.OrganizationsApi.get_organization_users) or ""
    assert "    organization_id: The number of the organization.\n" in told
    assert "    only_admins: Only the admins of the organization.\n" in told
    put = inspect.getdoc(toggl.OrganizationsApi.put_organization) or ""
    assert "    put_organizations_request: What is sent: an object of that class" in put


def test_a_method_is_a_function_like_any_other() -> None:
    method = toggl.OrganizationsApi.get_organization
    assert inspect.isfunction(method)
    assert method is toggl.OrganizationsApi.get_organization
    assert method.__module__ == "toggl.apis"
    assert pickle.loads(pickle.dumps(method)) is method  # noqa: S301 - our own
    assert dict(inspect.getmembers(toggl.OrganizationsApi, inspect.isfunction))["get_organization"] is method
    told = "".join(pydoc.plain(pydoc.render_doc(toggl.OrganizationsApi)).replace("|", " ").split())
    assert "get_organization(self,organization_id:int,*," in told


def test_a_class_of_ones_own_has_the_methods_and_may_change_them(api_client: toggl.ApiClient, server: Server) -> None:
    class Careful(toggl.OrganizationsApi):
        def get_organization(self, organization_id: int) -> toggl.ModelsMeOrganization:  # type: ignore[override]
            return super().get_organization(organization_id, _request_timeout=1)

    server.says(200, json={"id": 7})
    assert Careful(api_client).get_organization(7).id == 7
    assert Careful.get_organization_owner is toggl.OrganizationsApi.get_organization_owner


def test_a_method_can_be_put_in_place_of_in_a_test(organizations: toggl.OrganizationsApi) -> None:
    with mock.patch.object(toggl.OrganizationsApi, "get_organization_segmentation", autospec=True) as double:
        organizations.get_organization_segmentation(7)
        double.assert_called_once_with(organizations, 7)
        with pytest.raises(TypeError):
            organizations.get_organization_segmentation(7, colour="red")  # type: ignore[call-overload]
    double_api = mock.create_autospec(toggl.OrganizationsApi, instance=True)
    double_api.get_organization(7)
    double_api.get_organization.assert_called_once_with(7)


def test_a_method_to_be_awaited_answers_what_its_client_does() -> None:
    class Client:
        async def call(self, operation: Operation, request: Request) -> Reply[object]:
            assert (operation.id, request.path) == ("get_organization", "/organizations/7")
            return Reply(toggl.ModelsMeOrganization(id=7), 200, httpx.Headers())

    awaited = type("Awaited", (), {**methods_of(GET_ORGANIZATION, asynchronous=True), "api_client": Client()})()
    assert asyncio.run(awaited.get_organization(7)) == toggl.ModelsMeOrganization(id=7)
    assert asyncio.run(awaited.get_organization_with_http_info(7)).status == 200
    with pytest.raises(TypeError, match="organization_id must be an int, not 'abc'"):
        asyncio.run(awaited.get_organization("abc"))
