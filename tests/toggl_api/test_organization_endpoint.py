"""`OrganizationEndpoint` and `AsyncOrganizationEndpoint`, without a cache: what they ask, answer and raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from rollcall.contract.models.organization import ModelsTrialInfo
from toggl_api import HTTPStatusError, NamingError, TogglOrganization

if TYPE_CHECKING:
    from .conftest import Clock, Make, Toggl


def test_get_answers_with_the_whole_organization(make: Make) -> None:
    organization = make().get(1)
    assert isinstance(organization, TogglOrganization)
    assert (organization.id, organization.name, organization.user_count) == (1, "Ours", 3)
    assert organization.trial_info == ModelsTrialInfo(trial=False, can_have_trial=True)


def test_get_takes_an_organization_for_its_id(make: Make) -> None:
    assert make().get(TogglOrganization(1, "whatever")).name == "Ours"


def test_get_of_what_is_not_there_is_none(make: Make) -> None:
    assert make().get(999) is None


@pytest.mark.parametrize("status", [400, 401, 402, 403])
def test_get_raises_any_other_error(make: Make, server: Toggl, status: int) -> None:
    server.fail("GET", status)
    with pytest.raises(HTTPStatusError) as caught:
        make().get(1)
    assert caught.value.response.status_code == status


def test_collect_answers_with_all_organizations(make: Make, server: Toggl) -> None:
    assert [organization.name for organization in make().collect()] == ["Ours", "Theirs"]
    assert server.requests[0].url.path == "/api/v9/me/organizations"


def test_collect_of_none_is_an_empty_list_although_the_server_says_null(make: Make, server: Toggl) -> None:
    server.organizations.clear()
    assert make().collect() == []


def test_add_makes_an_organization_and_answers_with_it(make: Make, server: Toggl) -> None:
    made = make().add("New-Workspace")
    assert (made.id, made.name, made.user_count) == (102, "New-Workspace", 3)
    assert server.requests[0].content == b'{"name":"New-Workspace","workspace_name":"Default-Workspace"}'


def test_edit_renames_an_organization_and_keeps_all_its_fields(make: Make, server: Toggl) -> None:
    edited = make().edit(1, "Better")
    assert (edited.name, edited.user_count, edited.admin) == ("Better", 3, True)
    assert server.organizations[1]["name"] == "Better"


@pytest.mark.parametrize("failure", [403, httpx.ReadTimeout("too slow")])
def test_a_change_that_is_made_does_not_look_failed_when_it_cannot_be_read_back(
    make: Make, server: Toggl, failure: int | Exception
) -> None:
    endpoint = make()
    server.fail("GET", failure, failure)
    assert endpoint.add("New").name == "New"
    assert endpoint.edit(TogglOrganization(1, "Ours", user_count=8), "Better") == TogglOrganization(
        1, "Better", user_count=8
    )


def test_delete_leaves_an_organization(make: Make, server: Toggl) -> None:
    make().delete(1)
    assert server.requests[0].url.path == "/api/v9/organizations/1/users/leave"
    assert [*server.organizations] == [2]


def test_delete_of_what_is_not_there_is_fine(make: Make) -> None:
    make().delete(999)


@pytest.mark.parametrize("status", [400, 403])
def test_delete_raises_any_other_error(make: Make, server: Toggl, status: int) -> None:
    server.fail("DELETE", status)
    with pytest.raises(HTTPStatusError):
        make().delete(1)


@pytest.mark.parametrize("name", ["", "  ", "n" * 141])
def test_a_name_that_cannot_be_is_refused_before_any_request(make: Make, server: Toggl, name: str) -> None:
    with pytest.raises(NamingError):
        make().add(name)
    with pytest.raises(NamingError):
        make().add("Ours", name)
    with pytest.raises(NamingError):
        make().edit(1, name)
    assert not server.requests


@pytest.mark.parametrize("name", ["Two words", " first", "tab\there", "no\u00a0break"])
def test_a_space_in_the_name_of_a_first_workspace_is_refused(make: Make, server: Toggl, name: str) -> None:
    with pytest.raises(NamingError, match="cannot have spaces"):
        make().add("Spaces are fine here", name)
    assert not server.requests


def test_a_naming_error_is_a_value_error_and_names_go_up_to_140_characters(make: Make) -> None:
    assert issubclass(NamingError, ValueError)
    assert make().add("n" * 140, "w" * 140).name == "n" * 140


def test_a_post_is_never_sent_again_after_a_server_error(make: Make, server: Toggl, clock: Clock) -> None:
    server.fail("POST", 500, 500)
    with pytest.raises(HTTPStatusError):
        make().add("New")
    assert (server.asked["POST"], clock.slept) == (1, [])


def test_a_server_error_is_tried_again_as_often_as_retries_says(make: Make, server: Toggl, clock: Clock) -> None:
    server.fail("GET", 502, 502)
    assert make(retries=2).get(1).name == "Ours"
    assert (server.asked["GET"], len(clock.slept)) == (3, 2)
    server.fail("GET", 502, 502)
    with pytest.raises(HTTPStatusError):
        make(retries=1).get(1)


def test_re_raise_tries_nothing_again_and_lets_no_status_pass(make: Make, server: Toggl, clock: Clock) -> None:
    endpoint = make(re_raise=True, retries=3)
    with pytest.raises(HTTPStatusError):
        endpoint.get(999)
    with pytest.raises(HTTPStatusError):
        endpoint.delete(999)
    server.fail("GET", 500)
    with pytest.raises(HTTPStatusError):
        endpoint.get(1)
    assert (server.asked, clock.slept) == ({"GET": 2, "DELETE": 1}, [])


def test_a_reply_that_is_no_organization_is_an_error(make: Make, server: Toggl) -> None:
    server.organizations[1] = "nothing like it"  # type: ignore[assignment]  # that is the point
    with pytest.raises(httpx.DecodingError, match="not an organization"):
        make().get(1)
    with pytest.raises(httpx.DecodingError, match="not a list of organizations"):
        make().collect()


def test_one_odd_field_does_not_spoil_the_list(make: Make, server: Toggl) -> None:
    server.organizations[1]["user_count"] = "many"
    assert [organization.user_count for organization in make().collect()] == ["many", 3]
