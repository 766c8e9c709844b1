"""What type checkers see of `toggl`: `tests/test_typing.py` has them check it as a user's own strict program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_type

import httpx
from msgspec import UnsetType

import toggl
from rollcall.client.connection import Reply
from toggl.pending import Pending
from toggl.rest import ApiException


def methods(organizations: toggl.OrganizationsApi, users: toggl.UsersApi) -> None:
    assert_type(organizations.get_organization(1), toggl.ModelsMeOrganization)
    assert_type(organizations.get_organization(organization_id=1, async_req=False), toggl.ModelsMeOrganization)
    assert_type(organizations.get_organization(1, async_req=True), Pending[toggl.ModelsMeOrganization])
    assert_type(organizations.get_organization(1, async_req=True).get(2.5), toggl.ModelsMeOrganization)
    assert_type(organizations.delete_organization_users_leave(1), str)
    assert_type(users.get_organization_users(1, page=2, only_admins="true"), list[toggl.ModelsOrgUser])
    assert_type(users.get_organization_users(1, groups=[3, "4"], only_admins=True), list[toggl.ModelsOrgUser])
    assert_type(
        organizations.get_organizations_payments_records(1, is_unified=True),
        list[toggl.ModelsPaymentRecord] | list[toggl.ModelsUnifiedSubscriptionInvoiceList],
    )
    organizations.get_organization("one")  # type: ignore[call-overload]  # an id is a number
    organizations.get_organization(1, page=2)  # type: ignore[call-overload]  # it has no pages
    organizations.get_organisation(1)  # type: ignore[attr-defined]  # there is no such method
    users.get_organization_users(1, groups=3)  # type: ignore[call-overload]  # it takes many


def iterators(users: toggl.UsersApi) -> None:
    assert_type(users.iterate_organization_users(1, per_page=50, only_admins=True), Iterator[toggl.ModelsOrgUser])
    users.iterate_organization_users(1, page=2)  # type: ignore[call-arg]  # it reads every page


def twins(organizations: toggl.OrganizationsApi) -> None:
    reply = organizations.get_organization_with_http_info(1)
    assert_type(reply, Reply[toggl.ModelsMeOrganization])
    data, status, headers = reply
    assert_type(data, toggl.ModelsMeOrganization)
    assert_type(status, int)
    assert_type(headers, httpx.Headers)
    pending = organizations.get_organization_with_http_info(1, async_req=True)
    assert_type(pending, Pending[Reply[toggl.ModelsMeOrganization]])


def bodies(organizations: toggl.OrganizationsApi, users: toggl.UsersApi) -> None:
    assert_type(organizations.put_organization(1, toggl.ModelsPutPayload(name="Ours")), str)
    assert_type(organizations.put_organization(1, {"name": "Ours"}), str)
    users.put_organization_users(1, toggl.UserPayload(inactive=True), organization_user_id=2)
    patches = [toggl.GroupsPatchInput(op="add", path="/users", value=[3])]
    assert_type(organizations.patch_organization_group(1, 2, patches), toggl.GroupsPatchOutput)
    organizations.put_organization(1, toggl.GroupPayload(name="Ours"))  # type: ignore[call-overload]  # another body
    toggl.ModelsPutPayload(name=3)  # type: ignore[arg-type]  # a name is text
    toggl.ModelsPutPayload(nmae="Ours")  # type: ignore[call-arg]  # it has no such field


def models(organization: toggl.ModelsMeOrganization) -> None:
    assert_type(organization.id, int | None)
    assert_type(organization.trial_info, toggl.ModelsTrialInfo | None)
    assert_type(organization.permissions, list[str] | str | None)
    assert_type(toggl.ModelsPutPayload().name, str | UnsetType | None)
    assert_type(toggl.ModelsMeOrganization.from_dict({"id": 1}), toggl.ModelsMeOrganization)
    assert_type(toggl.ModelsMeOrganization.from_json('{"id":1}'), toggl.ModelsMeOrganization)
    assert_type(organization.to_dict(), dict[str, Any])
    assert_type(organization.to_json(), str)
    assert_type(organization.to_str(), str)


def clients() -> None:
    configuration = toggl.Configuration(username="ann@example.com", password="secret")
    with toggl.ApiClient(configuration) as api_client:
        assert_type(api_client, toggl.ApiClient)
        assert_type(toggl.OrganizationsApi(api_client).api_client, toggl.ApiClient)
    try:
        toggl.OrganizationsApi()
    except toggl.ApiException as error:
        assert_type(error, ApiException)
        assert_type(error.status, int)
        assert_type(error.body, str | None)
    toggl.OrganisationsApi()  # type: ignore[attr-defined]  # there is no such class
